"""Findings in the formats that other programs read: SARIF, JUnit, GitHub's annotations.

SARIF 2.1.0: OASIS, "Static Analysis Results Interchange Format", section 3. JUnit: the schema of
Jenkins' xUnit plugin. Annotations: GitHub, "Workflow commands".
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from bitext import __version__
from bitext.characters import visible
from bitext.checks import CheckReport, Finding, Severity, describe_checks

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def findings_sarif(report: CheckReport) -> str:
    """Return findings as a SARIF log of one run."""
    used = sorted({finding.check for finding in report.findings})
    why = describe_checks()
    rules = [{"id": name, "shortDescription": {"text": why.get(name, name)}} for name in used]
    results = [
        _sarif_result(finding, used.index(finding.check), mark)
        for finding, mark in zip(report.findings, _fingerprints(report), strict=True)
    ]
    driver = {"name": "bitext", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _sarif_result(finding: Finding, rule: int, fingerprint: str) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.path)}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    return {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"bitext/v1": fingerprint},
    }


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path, errors="replace")


def _fingerprints(report: CheckReport) -> Iterator[str]:
    """Yield what tells a finding from all others, on whatever line it comes to stand."""
    seen: Counter[str] = Counter()
    for finding in report.findings:
        parts = (finding.check, finding.language, finding.path, finding.segment, finding.message)
        key = "\0".join(parts)
        seen[key] += 1
        yield hashlib.sha256(f"{key}\0{seen[key]}".encode(errors="replace")).hexdigest()[:32]


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
            root, "testsuite", name="bitext check", tests="1", failures="0"
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
    title = _escaped(finding.check, is_property=True)
    place = f"file={_escaped(finding.path, is_property=True)}{line},title={title}"
    return f"::{_COMMANDS[finding.severity]} {place}::{_escaped(finding.message)}"


def _escaped(text: str, *, is_property: bool = False) -> str:
    """Return a text as a workflow command holds it."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if is_property else escaped
