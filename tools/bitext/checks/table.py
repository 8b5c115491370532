"""The table of checks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from bitext.checks.catalog import PO_HEADER
from bitext.checks.model import Check, Finding, Severity, Unit
from bitext.checks.states import FUZZY, STALE, UNTRANSLATED

COVERAGE_CHECKS = (UNTRANSLATED, FUZZY, STALE)
"""Errors in a language that is below the coverage its settings ask for, else information."""

CHECKS = (PO_HEADER, *COVERAGE_CHECKS)


def check_catalog(unit: Unit, *, path: str, disabled: Collection[str]) -> Iterator[Finding]:
    """Yield what the checks find in one catalog, at lines of the file `path`."""
    for check in CHECKS:
        if check.id not in disabled:
            yield from _run(check, unit, path)


def _run(check: Check, unit: Unit, path: str) -> Iterator[Finding]:
    severity = check.severity
    if check in COVERAGE_CHECKS and unit.is_below:
        severity = Severity.ERROR
    finding = Finding(path, 0, severity, "", check.id, unit.language, unit.article)
    for entry, message in check.find(unit):
        line = entry.line if entry else 0
        identifier = (entry.msgctxt or "") if entry else ""
        yield replace(finding, line=line, message=message, segment=identifier)
