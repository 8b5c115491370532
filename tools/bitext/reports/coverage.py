"""Coverage as a table for people and as JSON for machines."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bitext.checks import CheckReport
from bitext.coverage import Coverage, LanguageCoverage
from bitext.model import State
from bitext.reports.json_text import to_json

_STATES = (State.TRANSLATED, State.FUZZY, State.STALE, State.UNTRANSLATED)

_NARROW = ("words", "%", "change", str(State.UNTRANSLATED))
"""The columns that a narrow terminal shows."""

_WIDE, _WIDEST = 80, 100
"""The columns of a terminal that has room for all but the articles, and for all."""


def print_coverage(report: CheckReport, console: Console, *, by_article: bool) -> None:
    """Print a row for each language; with `by_article` a row for each article below it.

    A change is of per cent, since the revision that was asked for.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("language" if not by_article else "language, article", overflow="fold")
    shown = [name for name in _columns(report) if _has_room(name, console.width)]
    for name in shown:
        table.add_column(name, justify="right", no_wrap=True)
    for language in report.languages:
        style = "red" if language.is_below else ""
        before = language.before.articles if language.before else {}
        cells = _cells(language.total, language.before.total if language.before else None)
        cells["articles"] = f"{language.complete_articles}/{len(language.articles)}"
        table.add_row(language.tag, *(cells[name] for name in shown), style=style)
        if by_article:
            for article, coverage in sorted(language.articles.items()):
                cells = _cells(coverage, before.get(article)) | {"articles": ""}
                table.add_row(Text(f"  {article}"), *(cells[name] for name in shown))
    console.print(table)


def _columns(report: CheckReport) -> list[str]:
    """Return the columns that have something to say."""
    has_change = any(language.before for language in report.languages)
    has_machine = any(language.total.machine_segments for language in report.languages)
    columns = ["words", "%", *(["change"] if has_change else []), *map(str, _STATES)]
    return [*columns, *(["machine"] if has_machine else []), "segments", "articles"]


def _has_room(column: str, width: int) -> bool:
    if width < _WIDE:
        return column in _NARROW
    return width >= _WIDEST or column != "articles"


def _cells(coverage: Coverage, before: Coverage | None) -> dict[str, str]:
    change = coverage.per_cent - before.per_cent if before else None
    return {
        "words": str(coverage.total_words),
        "%": _floor(coverage.per_cent),
        "change": "new" if change is None else f"{change:+.1f}",
        **{str(state): str(coverage.words.get(state, 0)) for state in _STATES},
        "machine": str(coverage.machine_words),
        "segments": str(coverage.total_segments),
    }


def _floor(per_cent: float) -> str:
    """Return a percentage cut off, so that only a complete language shows 100.0."""
    return f"{int(per_cent * 10) / 10:.1f}"


def coverage_json(report: CheckReport) -> str:
    """Return coverage as JSON: languages, each with its total and its articles."""
    languages = [language_json(language) for language in report.languages]
    return to_json({"version": 1, "languages": languages})


def language_json(language: LanguageCoverage) -> dict[str, Any]:
    """Return a language's coverage as JSON has it."""
    return {
        "language": language.tag,
        "required": language.required,
        "is_below": language.is_below,
        "articles_complete": language.complete_articles,
        "total": _counts(language.total),
        "articles": {name: _counts(found) for name, found in sorted(language.articles.items())},
        **({"before": language_json(language.before)} if language.before else {}),
    }


def _counts(coverage: Coverage) -> dict[str, Any]:
    return {
        "per_cent": int(coverage.per_cent * 100) / 100,
        "words": {str(state): coverage.words.get(state, 0) for state in _STATES},
        "segments": {str(state): coverage.segments.get(state, 0) for state in _STATES},
        "machine": {"words": coverage.machine_words, "segments": coverage.machine_segments},
    }
