"""What other programs read is as their schemas, and ours, say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bitext.checks import CheckReport, Finding, Severity
from bitext.coverage import Coverage, LanguageCoverage
from bitext.model import State
from bitext.reports.coverage import coverage_json
from bitext.reports.exchange import findings_junit, findings_sarif
from bitext.reports.findings import findings_json
from sites import bitext, edit, make_project, po, succeed, translate

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
referencing = pytest.importorskip("referencing", reason="referencing is not installed")
xmlschema = pytest.importorskip("xmlschema", reason="xmlschema is not installed")

SCHEMAS = Path(__file__).resolve().parent / "schemas"
OURS = Path(__file__).resolve().parents[1] / "tools/bitext/reports"

PLAIN = Finding(
    *("locale/sl-SI/LC_MESSAGES/a.po", 12, Severity.ERROR, "137fa-101 missing: `make`: copy it"),
    *("code-changed", "sl-SI", "a.md", "137fa-101"),
    column=3,
    english="Run `make`.",
    translation="Zaženite.",
    source_line=4,
)
ODD = (
    "</span><script>&\"']]>\\ \x00\x07\x1b[31m\x7f\x85\u2028\u202e\ud800\ufffe\uffff\U0001f600\r\n"
)
FINDINGS = (
    PLAIN,
    PLAIN,
    replace(PLAIN, severity=Severity.WARNING, check="numbers", source_line=0, column=0),
    replace(PLAIN, severity=Severity.INFO, check="untranslated", translation=""),
    Finding("pyproject.toml", 0, Severity.ERROR, "50 %,\nnot 80 %", "coverage", "sl-SI"),
    Finding("source/a b/č#?.md", 7, Severity.WARNING, "x", "not-extracted", article="a b/č#?.md"),
    replace(PLAIN, path=ODD, message=ODD, english=ODD, translation=ODD, article=ODD, language=ODD),
    Finding("a.po", 1, Severity.ERROR, ODD, "po-syntax", column=99),
)
COVERAGE = LanguageCoverage("sl-SI", {ODD: Coverage({State.STALE: 2}, {State.STALE: 1})}, 99.5)


@cache
def _junit() -> Any:
    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


@cache
def _validator(path: Path) -> Any:
    schema = json.loads(path.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    stats = json.loads((OURS / "stats.schema.json").read_text(encoding="utf-8"))
    resource = referencing.Resource.from_contents(stats)
    registry = referencing.Registry().with_resource("stats.schema.json", resource)
    return kind(schema, registry=registry, format_checker=kind.FORMAT_CHECKER)


def _reports() -> Iterator[CheckReport]:
    yield CheckReport()
    yield CheckReport(list(FINDINGS), [COVERAGE], is_unreadable=True)
    for finding in FINDINGS:
        yield CheckReport([finding])


REPORTS = list(_reports())


@pytest.mark.parametrize("report", REPORTS)
def test_sarif_is_valid(report: CheckReport) -> None:
    log = json.loads(findings_sarif(report))
    assert [
        error.message for error in _validator(SCHEMAS / "sarif-2.1.0.json").iter_errors(log)
    ] == []
    assert len(log["runs"][0]["results"]) == len(report.findings)


@pytest.mark.parametrize("report", REPORTS)
def test_json_is_as_documented(report: CheckReport) -> None:
    found = json.loads(findings_json(report))
    assert [
        error.message for error in _validator(OURS / "check.schema.json").iter_errors(found)
    ] == []
    assert [row["message"] for row in found["findings"]] == [f.message for f in report.findings]
    stats = json.loads(coverage_json(report))
    assert [
        error.message for error in _validator(OURS / "stats.schema.json").iter_errors(stats)
    ] == []


@pytest.mark.parametrize("report", REPORTS)
def test_junit_is_valid(report: CheckReport) -> None:
    assert [str(error) for error in _junit().iter_errors(findings_junit(report))] == []


@pytest.mark.parametrize("name", ["check.schema.json", "stats.schema.json"])
def test_the_manual_shows_the_schemas_of_the_package(name: str) -> None:
    manual = Path(__file__).resolve().parents[1] / "source/reference" / name
    assert manual.read_bytes() == (OURS / name).read_bytes()


def test_the_schemas_can_say_no() -> None:
    sarif = json.loads(findings_sarif(CheckReport([PLAIN])))
    sarif["runs"][0]["results"][0]["level"] = "fatal"
    assert not _validator(SCHEMAS / "sarif-2.1.0.json").is_valid(sarif)
    found = json.loads(findings_json(CheckReport([PLAIN], [COVERAGE])))
    found["findings"][0]["line"] = -1
    assert not _validator(OURS / "check.schema.json").is_valid(found)
    found = json.loads(findings_json(CheckReport([PLAIN], [COVERAGE])))
    del found["languages"][0]["total"]["words"]["stale"]
    assert not _validator(OURS / "check.schema.json").is_valid(found)
    assert not _junit().is_valid("<testsuites><suite/></testsuites>")


@pytest.mark.parametrize("writer", [findings_json, findings_sarif])
def test_json_holds_nothing_that_a_terminal_obeys(writer: Any) -> None:
    text = writer(REPORTS[1])
    assert not set(text) & set("\x00\x07\x1b\x7f\x85\u2028\u202e\ud800\uffff")
    assert "č" in text


def _log(root: Path) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = json.loads(bitext(root, "check", "--format", "sarif").out)[
        "runs"
    ][0]["results"]
    return results


def test_sarif_of_a_project_names_both_places_and_outlives_lines(tmp_path: Path) -> None:
    article = "# Title\n\n- An item\n  in two\n  lines. Run `make`.\n\n> Run `tar`.\n"
    root = make_project(tmp_path / "project", {"a.md": article})
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "a"), {"Run `make`.": "Zaženite.", "Run `tar`.": "Zaženite `tar` `tar`."})
    before = _log(root)
    lines = {
        result["relatedLocations"][0]["message"]["text"]: (
            result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"],
        )
        for result in before
    }
    assert lines["English: Run `make`."] == ("source/a.md", 5)
    assert lines["English: Run `tar`."] == ("source/a.md", 7)
    assert lines["English: An item in two lines."] == ("source/a.md", 3)
    edit(root / "source/a.md", "# Title\n", "# Title\n\nOne.\n\nTwo.\n")
    path = po(root, "a")
    path.write_text("# More.\n# Lines.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    after = _log(root)
    marks = [{r["partialFingerprints"]["bitext/v1"] for r in log} for log in (before, after)]
    assert len(marks[0]) == len(before)
    assert marks[0] < marks[1]
