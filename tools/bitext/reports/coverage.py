"""Coverage as a table for people and as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bitext.checks import CheckReport
from bitext.coverage import Coverage, LanguageCoverage
from bitext.model import State

_STATES = (State.TRANSLATED, State.FUZZY, State.STALE, State.UNTRANSLATED)

_COLUMNS = ("words", "%", *map(str, _STATES), "segments")
_NARROW = ("words", "%", str(State.UNTRANSLATED))
"""The columns that a narrow terminal shows."""

_WIDE = 80
"""The columns of a terminal that has room for all."""


def print_coverage(report: CheckReport, console: Console, *, by_article: bool) -> None:
    """Print a row for each language; with `by_article` a row for each article below it."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("language" if not by_article else "language, article", overflow="fold")
    shown = [name for name in _COLUMNS if console.width >= _WIDE or name in _NARROW]
    for name in shown:
        table.add_column(name, justify="right", no_wrap=True)
    for language in report.languages:
        style = "red" if language.is_below else ""
        table.add_row(language.tag, *_cells(language.total, shown), style=style)
        if by_article:
            for article, coverage in sorted(language.articles.items()):
                table.add_row(Text(f"  {article}"), *_cells(coverage, shown))
    console.print(table)


def _cells(coverage: Coverage, shown: Sequence[str]) -> Sequence[str]:
    words = [str(coverage.words.get(state, 0)) for state in _STATES]
    total, segments = str(coverage.total_words), str(coverage.total_segments)
    cells = (total, _floor(coverage.per_cent), *words, segments)
    return [cell for name, cell in zip(_COLUMNS, cells, strict=True) if name in shown]


def _floor(per_cent: float) -> str:
    """Return a percentage cut off, so that only a complete language shows 100.0."""
    return f"{int(per_cent * 10) / 10:.1f}"


def coverage_json(report: CheckReport) -> str:
    """Return coverage as JSON: languages, each with its total and its articles."""
    return json.dumps(
        {"version": 1, "languages": [_language(language) for language in report.languages]},
        indent=2,
        ensure_ascii=False,
    )


def findings_json(report: CheckReport) -> str:
    """Return findings and coverage as JSON."""
    findings = [
        {
            "path": finding.path,
            "line": finding.line,
            "severity": str(finding.severity),
            "check": finding.check,
            "message": finding.message,
            "language": finding.language,
            "article": finding.article,
            "segment": finding.segment,
        }
        for finding in report.findings
    ]
    languages = [_language(language) for language in report.languages]
    return json.dumps(
        {"version": 1, "findings": findings, "languages": languages}, indent=2, ensure_ascii=False
    )


def _language(language: LanguageCoverage) -> dict[str, Any]:
    return {
        "language": language.tag,
        "required": language.required,
        "is_below": language.is_below,
        "total": _counts(language.total),
        "articles": {name: _counts(found) for name, found in sorted(language.articles.items())},
    }


def _counts(coverage: Coverage) -> dict[str, Any]:
    machine = {"machine_words": coverage.machine} if coverage.machine else {}
    return machine | {
        "per_cent": int(coverage.per_cent * 100) / 100,
        "words": {str(state): coverage.words.get(state, 0) for state in _STATES},
        "segments": {str(state): coverage.segments.get(state, 0) for state in _STATES},
    }
