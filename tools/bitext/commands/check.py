"""``bitext check`` and ``bitext stats``: what is wrong, and how much is translated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from bitext.checks import (
    CheckReport,
    Finding,
    Severity,
    Unit,
    check_catalog,
    known_checks,
)
from bitext.checks.catalog import BEHIND, ORPHAN, SYNTAX, UNREADABLE
from bitext.checks.source import NOT_EXTRACTED, find_not_extracted
from bitext.commands.views import (
    LanguageView,
    Templates,
    choose_languages,
    current_templates,
    view_language,
)
from bitext.coverage import LanguageCoverage, measure
from bitext.errors import ArticleError, BitextError, SettingsError
from bitext.project import SETTINGS_FILE, Project

if TYPE_CHECKING:
    from bitext.markdown.blocks import Grammar


def run_check(project: Project, tags: Sequence[str] = ()) -> CheckReport:
    """Check the catalogs of languages as `gettext` and `update` would leave them; write nothing."""
    _require_known(project.settings.check.disable)
    chosen = choose_languages(project, tags)
    templates = current_templates(project)
    report = CheckReport(findings=list(_find_in_articles(project, templates)))
    report.is_unreadable = bool(templates.errors)
    for tag in chosen:
        view = view_language(project, tag, templates.catalogs)
        coverage = _measure(project, view)
        report.languages.append(coverage)
        report.findings.extend(_finding_of(error, tag) for error in view.errors)
        report.is_unreadable |= bool(view.errors)
        report.findings.extend(_check_language(project, view, templates, coverage))
    return report


def _require_known(disabled: Sequence[str]) -> None:
    """Raise `SettingsError` if a check that is switched off does not exist."""
    always = {SYNTAX, UNREADABLE, "coverage"}
    known = [name for name in known_checks() if name not in always]
    for name in disabled:
        if name not in known:
            message = f"check.disable holds {name!r}; it may hold: {', '.join(known)}"
            raise SettingsError(message, path=SETTINGS_FILE)


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
    if BEHIND in project.settings.check.disable:
        return
    for article in templates.behind:
        path = project.shown_template(article)
        message = f"is behind {project.settings.source}/{article}; run 'bitext gettext'"
        yield Finding(path, 0, Severity.INFO, message, BEHIND, article=article)


def _finding_of(error: BitextError, tag: str = "") -> Finding:
    """Return an error of reading as a finding."""
    check = UNREADABLE if isinstance(error, ArticleError) else SYNTAX
    return Finding(error.path, error.line, Severity.ERROR, error.message, check, tag)


def _check_language(
    project: Project, view: LanguageView, templates: Templates, coverage: LanguageCoverage
) -> Iterator[Finding]:
    disabled = project.settings.check.disable
    is_below = coverage.is_below
    for article, updated in view.updates.items():
        unit = Unit(view.tag, article, updated.catalog, templates.catalogs[article], is_below)
        path = project.shown(project.catalog_path(article, view.tag))
        yield from check_catalog(
            unit, path=path, disabled=disabled, grammar=partial(_grammar, project)
        )
    if ORPHAN not in disabled:
        yield from _find_orphans(project, view)
    if is_below:
        message = (
            f"{view.tag}: {coverage.total.per_cent:.1f} % of words are translated,"
            f" the settings ask for {coverage.required:g} %"
        )
        yield Finding("pyproject.toml", 0, Severity.ERROR, message, "coverage", view.tag)


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
