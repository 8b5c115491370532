"""Findings in the formats that other programs read: SARIF, JUnit, GitHub's annotations.

SARIF 2.1.0: OASIS, "Static Analysis Results Interchange Format", section 3. JUnit: the schema of
Jenkins' xUnit plugin. Annotations: GitHub, "Workflow commands".
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from bitext import __version__
from bitext.characters import visible
from bitext.checks import (
    CHECKS,
    PAIR_CHECKS,
    CheckReport,
    Finding,
    Severity,
)
from bitext.checks.explain import describe_checks, explain
from bitext.reports.fingerprints import fingerprints
from bitext.reports.json_text import to_json

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def findings_sarif(report: CheckReport) -> str:
    """Return findings as a SARIF log of one run."""
    used = sorted({finding.check for finding in report.findings})
    why = describe_checks()
    levels = {finding.check: finding.severity for finding in report.findings}
    levels |= {check.id: check.severity for check in (*CHECKS, *PAIR_CHECKS)}
    rules = [_sarif_rule(name, why.get(name, name), levels[name]) for name in used]
    places = {name: place for place, name in enumerate(used)}
    results = [
        _sarif_result(finding, places[finding.check], mark, report.source)
        for finding, mark in zip(report.findings, fingerprints(report.findings), strict=True)
    ]
    driver = {"name": "bitext", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not report.is_unreadable}],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return to_json({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(name: str, why: str, severity: Severity) -> dict[str, Any]:
    text = explain(name) or name
    words = "".join(word.capitalize() for word in name.split("-"))
    return {
        "id": name,
        "name": words,
        "shortDescription": {"text": why.partition(". ")[0].removesuffix(".") + "."},
        "fullDescription": {"text": why},
        "help": {"text": text, "markdown": f"```text\n{text.rstrip()}\n```"},
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }


def _sarif_result(finding: Finding, rule: int, fingerprint: str, source: str) -> dict[str, Any]:
    place = _sarif_place(finding.path, finding.line, finding.column)
    if finding.segment:
        full = f"{finding.language}/{finding.segment}" if finding.language else finding.segment
        name = {"name": finding.segment, "fullyQualifiedName": full, "kind": "resource"}
        place["logicalLocations"] = [name]
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [place],
        "partialFingerprints": {"bitext/v1": fingerprint},
    }
    if finding.article and finding.segment:
        english = _sarif_place(f"{source}/{finding.article}", finding.source_line)
        said = {"text": f"English: {finding.english}" if finding.english else "English"}
        result["relatedLocations"] = [{"id": 1, "message": said, **english}]
    return result


def _sarif_place(path: str, line: int, column: int = 0) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    if line:
        place["region"] = {"startLine": line} | ({"startColumn": column} if column else {})
    return {"physicalLocation": place}


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path, errors="replace")


def findings_junit(report: CheckReport) -> str:
    """Return findings as JUnit's XML: a suite for each file, a case for each finding.

    Errors are failures; the rest is a case that passed and says what was found.
    """
    by_path: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_path.setdefault(finding.path, []).append(finding)
    root = ElementTree.Element("testsuites", name="bitext check")
    for path, findings in by_path.items():
        _add_suite(root, path, findings)
    if not by_path:
        suite = ElementTree.SubElement(
            root, "testsuite", name="bitext check", tests="1", failures="0", errors="0"
        )
        ElementTree.SubElement(suite, "testcase", classname="bitext", name="nothing found")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _add_suite(root: ElementTree.Element, path: str, findings: list[Finding]) -> None:
    failures = sum(finding.severity is Severity.ERROR for finding in findings)
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=visible(path),
        tests=str(len(findings)),
        failures=str(failures),
        errors="0",
    )
    for finding in findings:
        name = f"{finding.check} {finding.segment or finding.line}"
        case = ElementTree.SubElement(suite, "testcase", classname=visible(path), name=name)
        text = visible(str(finding))
        if finding.severity is Severity.ERROR:
            message = visible(finding.message)
            ElementTree.SubElement(case, "failure", message=message, type=finding.check).text = text
        else:
            ElementTree.SubElement(case, "system-out").text = text


def findings_github(report: CheckReport) -> str:
    """Return findings as workflow commands, which GitHub shows beside the changed lines."""
    return "\n".join(map(_annotation, report.findings))


def _annotation(finding: Finding) -> str:
    line = f",line={finding.line}" if finding.line else ""
    line += f",col={finding.column}" if finding.column else ""
    title = _escaped(finding.check, is_property=True)
    place = f"file={_escaped(finding.path, is_property=True)}{line},title={title}"
    return f"::{_COMMANDS[finding.severity]} {place}::{_escaped(finding.message)}"


def _escaped(text: str, *, is_property: bool = False) -> str:
    """Return a text as a workflow command holds it."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if is_property else escaped
