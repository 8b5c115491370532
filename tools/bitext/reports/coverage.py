"""Coverage as a table for people and as JSON for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bitext.checks import CheckReport
from bitext.coverage import Coverage, LanguageCoverage
from bitext.model import State
from bitext.reports.json_text import to_json
from bitext.reports.summary import inline_code

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
    table.add_column(_first_column(by_article), overflow="fold")
    shown = [name for name in _columns(report) if _has_room(name, console.width)]
    for name in shown:
        table.add_column(name, justify="right", no_wrap=True)
    for row in _rows(report, by_article=by_article):
        first = Text(f"  {row.article}" if row.article else row.language.tag)
        style = "red" if row.language.is_below and not row.article else ""
        table.add_row(first, *(row.cells[name] for name in shown), style=style)
    console.print(table)


def coverage_markdown(report: CheckReport, *, by_article: bool) -> str:
    """Return the same rows as a table for a pull request, in GitHub's Markdown.

    A language below what the settings ask for is bold.
    """
    shown = _columns(report)
    lines = [
        f"| {' | '.join([_first_column(by_article), *shown])} |",
        f"|---|{'---:|' * len(shown)}",
    ]
    for row in _rows(report, by_article=by_article):
        mark = "**" if row.language.is_below else ""
        name = _path(row.article) if row.article else f"{mark}{row.language.tag}{mark}"
        lines.append(f"| {' | '.join([name, *(row.cells[one] for one in shown)])} |")
    return "\n".join([*lines, ""])


class _Row(NamedTuple):
    """A row of the table."""

    language: LanguageCoverage
    article: str
    """Empty in the row of the language itself."""

    cells: dict[str, str]
    """By the name of the column."""


def _rows(report: CheckReport, *, by_article: bool) -> Iterator[_Row]:
    for language in report.languages:
        before = language.before.articles if language.before else {}
        cells = _cells(language.total, language.before.total if language.before else None)
        complete = f"{language.complete_articles}/{len(language.articles)}"
        yield _Row(language, "", cells | {"articles": complete})
        for article, coverage in sorted(language.articles.items()) if by_article else ():
            yield _Row(language, article, _cells(coverage, before.get(article)) | {"articles": ""})


def _path(article: str) -> str:
    """Return a path as code in a cell, whatever it holds."""
    return inline_code(article).replace("|", "\\|")


def _first_column(by_article: bool) -> str:
    return "language, article" if by_article else "language"


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
