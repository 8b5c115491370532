"""``bitext check`` and ``bitext stats``: what is wrong, and how much is translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from bitext.checks import (
    CheckReport,
    Finding,
    Severity,
    Unit,
    check_catalog,
    find_in_language,
    known_checks,
)
from bitext.checks.catalog import BEHIND, OLD_CUTS, ORPHAN, SYNTAX, UNREADABLE
from bitext.checks.glossary import Glossary, make_glossary
from bitext.checks.model import in_state
from bitext.checks.source import NOT_EXTRACTED, find_not_extracted
from bitext.commands.terms import read_terms
from bitext.commands.views import (
    LanguageView,
    Templates,
    choose_languages,
    current_templates,
    view_language,
)
from bitext.coverage import LanguageCoverage, measure
from bitext.errors import ArticleError, BitextError, SettingsError
from bitext.ledger import PREFIX_FIELD, SEGMENTER_FIELD
from bitext.model import State
from bitext.project import SETTINGS_FILE, Project

if TYPE_CHECKING:
    from bitext.markdown.blocks import Grammar


def run_check(project: Project, tags: Sequence[str] = ()) -> CheckReport:
    """Check the catalogs of languages as `gettext` and `update` would leave them; write nothing."""
    _require_known("disable", project.settings.check.disable)
    _require_known("severity", project.settings.check.severity)
    chosen = choose_languages(project, tags)
    terms = read_terms(project)
    templates = current_templates(project)
    report = CheckReport(findings=list(_find_in_articles(project, templates)))
    report.is_unreadable = bool(templates.errors)
    for tag in chosen:
        view = view_language(project, tag, templates.catalogs)
        coverage = _measure(project, view)
        report.languages.append(coverage)
        report.findings.extend(_finding_of(error, tag) for error in view.errors)
        report.is_unreadable |= bool(view.errors)
        glossary = make_glossary(terms, tag)
        report.findings.extend(_check_language(project, view, templates, coverage, glossary))
    severities = project.settings.check.severity
    if severities:
        report.findings = [_weigh(finding, severities) for finding in report.findings]
    return report


def _require_known(key: str, names: Iterable[str]) -> None:
    """Raise `SettingsError` if a check that is switched off or weighed does not exist."""
    always = {SYNTAX, UNREADABLE, "coverage"}
    known = [name for name in known_checks() if name not in always]
    for name in names:
        if name not in known:
            message = f"check.{key} holds {name!r}; it may hold: {', '.join(known)}"
            raise SettingsError(message, path=SETTINGS_FILE)


def _weigh(finding: Finding, severities: Mapping[str, str]) -> Finding:
    """Return the finding as bad as the project takes it."""
    own = severities.get(finding.check)
    return replace(finding, severity=Severity(own)) if own else finding


def run_stats(project: Project, tags: Sequence[str] = ()) -> CheckReport:
    """Return the coverage of languages, and what could not be read."""
    chosen = choose_languages(project, tags)
    templates = current_templates(project)
    report = CheckReport(findings=[_finding_of(error) for error in templates.errors])
    report.is_unreadable = bool(templates.errors)
    for tag in chosen:
        view = view_language(project, tag, templates.catalogs)
        report.findings.extend(_finding_of(error, tag) for error in view.errors)
        report.is_unreadable |= bool(view.errors)
        report.languages.append(_measure(project, view))
    return report


def _measure(project: Project, view: LanguageView) -> LanguageCoverage:
    articles = {article: measure(catalog) for article, catalog in view.catalogs.items()}
    return LanguageCoverage(view.tag, articles, project.settings.min_coverage(view.tag))


def _find_in_articles(project: Project, templates: Templates) -> Iterator[Finding]:
    """Yield what is wrong before any language is looked at."""
    yield from map(_finding_of, templates.errors)
    if NOT_EXTRACTED not in project.settings.check.disable:
        source = project.settings.source
        for article, own in templates.unread.items():
            yield from find_not_extracted(article, own, articles=templates.unread, source=source)
    if OLD_CUTS not in project.settings.check.disable:
        yield from _find_old_cuts(project, templates)
    if BEHIND in project.settings.check.disable:
        return
    for article in templates.behind:
        path = project.shown_template(article)
        message = f"is behind {project.settings.source}/{article}; run 'bitext gettext'"
        yield Finding(path, 0, Severity.INFO, message, BEHIND, article=article)


def _find_old_cuts(project: Project, templates: Templates) -> Iterator[Finding]:
    """Yield the articles whose POT names other rules than the project's."""
    from bitext.segments import sentence_rules

    wanted = sentence_rules(project.settings).label
    for article, template in templates.catalogs.items():
        own = template.field(SEGMENTER_FIELD) or ""
        if own and own != wanted:
            message = f"is cut by {own!r}, the project by {wanted!r}; its IDs stay, or run"
            path = project.shown_template(article)
            yield Finding(
                path,
                0,
                Severity.INFO,
                f"{message} 'bitext gettext --resegment'",
                OLD_CUTS,
                article=article,
            )


def _finding_of(error: BitextError, tag: str = "") -> Finding:
    """Return an error of reading as a finding."""
    check = UNREADABLE if isinstance(error, ArticleError) else SYNTAX
    return Finding(error.path, error.line, Severity.ERROR, error.message, check, tag)


def _check_language(
    project: Project,
    view: LanguageView,
    templates: Templates,
    coverage: LanguageCoverage,
    glossary: Glossary,
) -> Iterator[Finding]:
    disabled = project.settings.check.disable
    is_below = coverage.is_below
    grammar = cache(partial(_grammar, project))
    units = list(_units(view, templates, is_below=is_below))
    translated = chain.from_iterable(in_state(unit, State.TRANSLATED) for unit in units)
    whole = find_in_language(translated, view.tag, disabled=disabled)
    for unit in units:
        path = project.shown(project.catalog_path(unit.article, view.tag))
        yield from check_catalog(
            unit,
            path=path,
            disabled=disabled,
            grammar=grammar,
            whole=whole,
            glossary=glossary,
        )
    if ORPHAN not in disabled:
        yield from _find_orphans(project, view)
    if is_below:
        message = (
            f"{view.tag}: {coverage.total.per_cent:.1f} % of words are translated,"
            f" the settings ask for {coverage.required:g} %"
        )
        yield Finding("pyproject.toml", 0, Severity.ERROR, message, "coverage", view.tag)


def _units(view: LanguageView, templates: Templates, *, is_below: bool) -> Iterator[Unit]:
    """Yield what there is to check of each article."""
    prefixes = {template.field(PREFIX_FIELD) or "" for template in templates.catalogs.values()}
    for article, updated in view.updates.items():
        template = templates.catalogs[article]
        before = view.before.get(view.moved.get(article, article))
        yield Unit(view.tag, article, updated.catalog, template, is_below, before, prefixes)


def _grammar(project: Project) -> Grammar:
    """Return what parses the project's Markdown."""
    from bitext.segments import make_grammar

    return make_grammar(project.settings)


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
