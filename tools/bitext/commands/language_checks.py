"""What is wrong with the catalogs of one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from bitext.checks import CheckReport, Finding, Severity, Unit, check_catalog, find_in_language
from bitext.checks.catalog import ORPHAN
from bitext.checks.glossary import Glossary
from bitext.checks.known import Known
from bitext.checks.pair import find_labels
from bitext.commands.articles import read_article_file
from bitext.commands.known import load_known, store_known
from bitext.commands.stats import finding_of
from bitext.commands.views import LanguageView, Templates
from bitext.coverage import LanguageCoverage
from bitext.ledger import PREFIX_FIELD
from bitext.model import State
from bitext.po import Catalog, Entry
from bitext.project import SETTINGS_FILE, Project

if TYPE_CHECKING:
    from bitext.markdown.blocks import Grammar


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a language is looked at."""

    view: LanguageView
    templates: Templates
    glossary: Glossary
    is_below: bool
    """Whether less is translated than the settings ask for."""

    is_whole: bool
    """Whether these are all articles: only then can they be compared with one another."""

    settled: Mapping[str, Catalog] = field(default_factory=dict)
    """The catalogs in which all is translated, by article: they are not in the view."""


def add_language(report: CheckReport, project: Project, sight: Sight) -> None:
    """Add what is wrong with the catalogs of a language."""
    view = sight.view
    report.findings.extend(finding_of(error, view.tag) for error in view.errors)
    report.is_unreadable |= bool(view.errors)
    report.findings.extend(_find_in_catalogs(project, sight))
    if ORPHAN not in project.settings.check.disable:
        report.findings.extend(_find_orphans(project, view))


def _find_in_catalogs(project: Project, sight: Sight) -> Iterator[Finding]:
    disabled = project.settings.check.disable
    tag = sight.view.tag
    grammar = cache(partial(_grammar, project))  # asked for with each entry
    units = list(_units(sight))
    translated = chain.from_iterable(unit.by_state[State.TRANSLATED] for unit in units)
    whole = find_in_language(translated, tag, disabled=disabled) if sight.is_whole else None
    known = load_known(project, tag, sight.glossary) if sight.is_whole else Known()
    for unit in units:
        found = check_catalog(
            unit,
            path=project.shown(project.catalog_path(unit.article, tag)),
            disabled=disabled,
            grammar=grammar,
            whole=whole,
            glossary=sight.glossary,
            known=known,
            labels=cache(partial(_labels, project, unit.article)),
        )
        yield from _with_texts(found, unit.catalog)
    if sight.is_whole:
        store_known(project, tag, sight.glossary, known)


def _units(sight: Sight) -> Iterator[Unit]:
    """Yield what there is to check of each article."""
    view, templates = sight.view, sight.templates.catalogs
    is_known = sight.is_whole and view.updates
    known = {templates.field(article, PREFIX_FIELD) for article in templates} if is_known else ()
    for article in templates:
        if article in sight.settled:
            catalog = sight.settled[article]
            yield Unit(view.tag, article, catalog, None, sight.is_below, catalog)
        elif article in view.updates:
            catalog = view.updates[article].catalog
            before = view.before.get(view.moved.get(article, article))
            template = templates[article]
            yield Unit(view.tag, article, catalog, template, sight.is_below, before, known)


def _with_texts(findings: Iterable[Finding], catalog: Catalog) -> Iterator[Finding]:
    """Yield the findings of one catalog, each with its sentence and that one's translation."""
    entries: dict[str | None, Entry] = {}
    for finding in findings:
        if finding.english:
            yield finding
            continue
        if finding.segment and not entries:
            entries = {e.msgctxt: e for e in catalog.entries if not e.is_obsolete}
        entry = entries.get(finding.segment)
        if entry is None:
            yield finding
        else:
            yield replace(finding, english=entry.msgid, translation=entry.msgstr)


def find_lack(coverage: LanguageCoverage) -> Iterator[Finding]:
    """Yield a finding if less is translated than the settings ask for."""
    if coverage.is_below:
        message = (
            f"{coverage.tag}: {coverage.total.per_cent:.1f} % of words are translated,"
            f" the settings ask for {coverage.required:g} %"
        )
        yield Finding(SETTINGS_FILE, 0, Severity.ERROR, message, "coverage", coverage.tag)


def _grammar(project: Project) -> Grammar:
    """Return what parses the project's Markdown."""
    from bitext.segments import make_grammar

    return make_grammar(project.settings)


def _labels(project: Project, article: str) -> frozenset[str]:
    """Return the labels that an article defines."""
    return find_labels(read_article_file(project, article).decode(errors="replace"))


def _find_orphans(project: Project, view: LanguageView) -> Iterator[Finding]:
    """Yield the catalogs whose article is gone."""
    for article in sorted(view.before.keys() - view.updates.keys() - set(view.moved.values())):
        if not (project.source / article).exists():
            path = project.shown(project.catalog_path(article, view.tag))
            message = f"there is no {project.settings.source}/{article}; delete it, or keep it"
            way = "as a memory of old translations"
            yield Finding(
                path, 0, Severity.INFO, f"{message} {way}", ORPHAN, view.tag, article=article
            )
