"""The report as one HTML file: coverage, findings with their sentences, and what checks mean.

It works from a folder, without a script too, and asks for nothing. All text of catalogs and
articles is escaped, and the page's own policy forbids any script but ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from bitext import __version__
from bitext.characters import visible
from bitext.checks import CheckReport, Finding, Severity
from bitext.checks.explain import describe_checks
from bitext.coverage import Coverage, LanguageCoverage
from bitext.languages import direction, short_name
from bitext.model import State
from bitext.reports.html_page import PAGE, POLICY, SCRIPT, STYLE
from bitext.reports.marks import Mark, find_marks, split_at

_STATES = (State.TRANSLATED, State.FUZZY, State.STALE, State.UNTRANSLATED)


def report_html(report: CheckReport, *, project: str, source_language: str) -> str:
    """Return the page; `project` is its name, `source_language` the tag of the English."""
    sections = [
        *_coverage(report.languages),
        *_findings(report, source_language),
        *_explanations(report.findings),
    ]
    return PAGE.substitute(
        policy=escape(POLICY),
        version=__version__,
        title=_text(f"{project}: translations"),
        summary=_summary(report.findings),
        content="\n".join(sections),
        style=STYLE,
        script=SCRIPT,
    )


def _text(text: str) -> str:
    """Return a text as HTML holds it; what nobody can see is spelled out."""
    return escape(visible(text))


def _summary(findings: Sequence[Finding]) -> str:
    counts = {kind: sum(found.severity is kind for found in findings) for kind in Severity}
    parts = [
        f'<span class="{kind}">{count} {kind}{_plural(kind, count)}</span>'
        for kind, count in counts.items()
        if count
    ]
    return " · ".join(parts) if findings else "Nothing found."


def _plural(kind: Severity, count: int) -> str:
    return "" if count == 1 or kind is Severity.INFO else "s"


def _coverage(languages: Sequence[LanguageCoverage]) -> Iterator[str]:
    if not languages:
        return
    yield '<section aria-labelledby="coverage"><h2 id="coverage">Coverage</h2>'
    yield '<p class="summary">In English words; only what is translated and not fuzzy counts.</p>'
    names = {one.tag: _name(one.tag, [other.tag for other in languages]) for one in languages}
    yield from _table(((names[one.tag], one.total, one.is_below) for one in languages), "Language")
    for language in languages:
        articles = sorted(language.articles.items())
        done = f"{language.complete_articles} of {len(articles)} articles complete"
        if language.required:
            done += f", {language.required:g} % required"
        yield f"<details><summary>{names[language.tag]}: {done}</summary>"
        yield from _table(((_text(path), one, False) for path, one in articles), "Article")
        yield "</details>"
    yield "</section>"


def _name(tag: str, among: Collection[str]) -> str:
    own = _text(short_name(tag, among=among))
    return f'{_text(tag)} <span lang="{_text(tag)}" dir="{direction(tag)}">{own}</span>'


def _table(rows: Iterable[tuple[str, Coverage, bool]], head: str) -> Iterator[str]:
    """Yield a table of coverage; each row is its name as HTML, its counts, whether it lacks."""
    columns = "".join(f'<th scope="col" class="wide">{state}</th>' for state in _STATES)
    machine = '<th scope="col" class="wide">by machine</th>'
    yield f'<table><thead><tr><th scope="col">{head}</th><th scope="col">%</th>'
    yield f'<th scope="col">words</th>{columns}{machine}</tr></thead><tbody>'
    for name, coverage, is_below in rows:
        counts = [*(coverage.words.get(state, 0) for state in _STATES), coverage.machine_words]
        cells = "".join(f'<td class="wide">{count}</td>' for count in counts)
        per_cent = f"{int(coverage.per_cent * 10) / 10:.1f}"
        lacks = ' class="below"' if is_below else ""
        meter = f'<meter class="wide" max="100" value="{per_cent}" aria-hidden="true"></meter>'
        yield f'<tr><th scope="row">{name}</th><td{lacks}>{meter} {per_cent}</td>'
        yield f"<td>{coverage.total_words}</td>{cells}</tr>"
    yield "</tbody></table>"


def _findings(report: CheckReport, source_language: str) -> Iterator[str]:
    yield '<section aria-labelledby="findings"><h2 id="findings" tabindex="-1">Findings</h2>'
    if not report.findings:
        yield "<p>Nothing found.</p></section>"
        return
    yield _filters(report.findings)
    yield '<p class="count" role="status"></p>'
    for path, group in groupby(report.findings, key=lambda finding: finding.path):
        yield f'<section class="group"><h3><code>{_text(path)}</code></h3><ol>'
        for finding in group:
            yield from _finding(finding, report.source, source_language)
        yield "</ol></section>"
    yield "</section>"


def _filters(findings: Sequence[Finding]) -> str:
    """Return the form, which the script shows."""
    choices = {
        "severity": [str(kind) for kind in Severity if any(f.severity is kind for f in findings)],
        "language": sorted({finding.language for finding in findings} - {""}),
        "check": sorted({finding.check for finding in findings}),
        "article": sorted({finding.article for finding in findings} - {""}),
    }
    selects = "".join(_select(name, values) for name, values in choices.items())
    search = '<input type="search" name="search" autocomplete="off">'
    return (
        '<form class="filters" hidden aria-label="Filter the findings">'
        f'<label class="search">Search {search}</label>{selects}'
        '<button type="reset">Show all</button></form>'
    )


def _select(name: str, values: Sequence[str]) -> str:
    options = "".join(f'<option value="{_text(v)}">{_text(v)}</option>' for v in values)
    chosen = f'<select name="{name}"><option value="">all</option>{options}</select>'
    return f"<label>{name.capitalize()} {chosen}</label>"


def _finding(finding: Finding, source: str, source_language: str) -> Iterator[str]:
    names = ("severity", "language", "check", "article")
    kept = " ".join(f'data-{name}="{_text(str(getattr(finding, name)))}"' for name in names)
    yield f'<li class="finding is-{finding.severity}" {kept}><p class="head">'
    yield f'<span class="severity {finding.severity}">{finding.severity}</span>'
    yield f'<a href="#check-{_text(finding.check)}"><code>{_text(finding.check)}</code></a>'
    yield f'<span class="place">{_text(_place(finding, source))}</span></p>'
    yield f"<p>{_text(finding.message)}</p>"
    if finding.english:
        marks = find_marks(finding)
        english = _sentence(finding.english, marks.english, source_language)
        yield f"<dl><dt>English</dt>{english}"
        if finding.translation.strip():
            translation = _sentence(finding.translation, marks.translation, finding.language)
            yield f"<dt>{_text(finding.language)}</dt>{translation}"
        yield "</dl>"
    yield "</li>"


def _place(finding: Finding, source: str) -> str:
    """Return where in the files a finding is, as far as that is known."""
    numbers = ":".join(str(number) for number in (finding.line, finding.column) if number)
    parts = [f"line {numbers}"] if numbers else []
    if finding.source_line:
        parts.append(f"{source}/{finding.article}:{finding.source_line}")
    return " · ".join(parts)


def _sentence(text: str, marks: Sequence[Mark], tag: str) -> str:
    pieces = split_at(text, marks)
    shown = "".join(f"<mark>{_text(p)}</mark>" if marked else _text(p) for p, marked in pieces)
    return f'<dd lang="{_text(tag)}" dir="{direction(tag)}">{shown}</dd>'


def _explanations(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield why each check that found something matters."""
    why = describe_checks()
    used = sorted({finding.check for finding in findings})
    if used:
        yield '<section class="checks" aria-labelledby="checks"><h2 id="checks">Checks</h2><dl>'
        for name in used:
            yield f'<dt id="check-{_text(name)}"><code>{_text(name)}</code></dt>'
            yield f"<dd>{_text(why.get(name, name))}</dd>"
        yield "</dl></section>"
