"""Findings and coverage as JSON; `check.schema.json` beside this file describes it."""

from __future__ import annotations

from typing import Any

from bitext.checks import CheckReport, Finding
from bitext.reports.coverage import language_json
from bitext.reports.fingerprints import fingerprints
from bitext.reports.json_text import to_json
from bitext.reports.marks import find_marks


def findings_json(report: CheckReport) -> str:
    """Return findings and coverage as JSON."""
    pairs = zip(report.findings, fingerprints(report.findings), strict=True)
    findings = [_finding(finding, mark, report.source) for finding, mark in pairs]
    languages = [language_json(language) for language in report.languages]
    return to_json({"version": 1, "findings": findings, "languages": languages})


def _finding(finding: Finding, fingerprint: str, source: str) -> dict[str, Any]:
    marks = find_marks(finding)
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "severity": str(finding.severity),
        "check": finding.check,
        "message": finding.message,
        "language": finding.language,
        "article": finding.article,
        "segment": finding.segment,
        "english": finding.english,
        "translation": finding.translation,
        "marks": {"english": marks.english, "translation": marks.translation},
        "source_path": f"{source}/{finding.article}" if finding.article else "",
        "source_line": finding.source_line,
        "fingerprint": fingerprint,
    }
