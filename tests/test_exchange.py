"""Findings as other programs read them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bitext.checks import CheckReport, Finding, Severity
from bitext.reports.exchange import findings_github, findings_junit, findings_sarif

BAD = Finding(
    "locale/a b/š.po", 12, Severity.ERROR, "137fa-101 x: y", "code-changed", "sl-SI", "a.md"
)
FOUND = [
    BAD,
    BAD,
    replace(BAD, severity=Severity.WARNING, check="numbers", segment="137fa-102"),
    Finding("pyproject.toml", 0, Severity.ERROR, "50 %,\nnot 80 %", "coverage", "sl-SI"),
    replace(BAD, severity=Severity.INFO, check="spacing", message='<b> & "\x07" ]]>'),
]
REPORT = CheckReport(findings=FOUND)


def _results(report: CheckReport) -> list[dict[str, object]]:
    results: list[dict[str, object]] = json.loads(findings_sarif(report))["runs"][0]["results"]
    return results


def test_sarif_names_each_rule_once_and_each_finding_with_its_place() -> None:
    log = json.loads(findings_sarif(REPORT))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in rules] == ["code-changed", "coverage", "numbers", "spacing"]
    assert all(rule["shortDescription"]["text"].endswith(".") for rule in rules)
    for finding, result in zip(FOUND, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.check
        assert result["message"]["text"] == finding.message
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place.get("region", {"startLine": 0}) == {"startLine": finding.line}
        assert " " not in place["artifactLocation"]["uri"]
    assert [
        result["level"] for result in run["results"]
    ] == "error error warning error note".split()


def test_fingerprints_differ_and_survive_moved_lines() -> None:
    moved = CheckReport(findings=[replace(finding, line=finding.line + 40) for finding in FOUND])
    before, after = (
        [result["partialFingerprints"] for result in _results(report)] for report in (REPORT, moved)
    )
    assert before == after
    assert len({json.dumps(mark) for mark in before}) == len(FOUND)


def test_junit_counts_errors_as_failures() -> None:
    root = ElementTree.fromstring(findings_junit(REPORT))
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {"locale/a b/š.po", "pyproject.toml"}
    for suite in suites.values():
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    assert len(root.findall(".//failure")) == 3


def test_github_has_one_line_for_each_finding() -> None:
    lines = findings_github(REPORT).split("\n")
    assert len(lines) == len(FOUND)
    assert lines[0] == ("::error file=locale/a b/š.po,line=12,title=code-changed::137fa-101 x: y")
    assert lines[3] == "::error file=pyproject.toml,title=coverage::50 %25,%0Anot 80 %25"
    assert lines[4].startswith("::notice ")


@pytest.mark.parametrize("write", [findings_sarif, findings_junit, findings_github])
def test_nothing_found_is_valid_too(write: Callable[[CheckReport], str]) -> None:
    text = write(CheckReport())
    assert "<failure" not in text
    assert '"level"' not in text
    if write is findings_sarif:
        assert json.loads(text)["runs"][0]["results"] == []
    if write is findings_junit:
        assert ElementTree.fromstring(text).findall(".//testcase")
