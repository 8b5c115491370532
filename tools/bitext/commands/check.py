"""``bitext check`` and ``bitext stats``: what is wrong, and how much is translated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache, partial
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
from bitext.commands.articles import read_known_files
from bitext.commands.changes import find_changes, find_touched_texts
from bitext.commands.places import with_lines
from bitext.commands.stats import finding_of, measure_language
from bitext.commands.views import (
    LanguageView,
    Templates,
    choose_languages,
    current_templates,
    view_articles,
    view_language,
)
from bitext.coverage import LanguageCoverage
from bitext.errors import SettingsError, UsageError
from bitext.po import Catalog, Entry
from bitext.project import SETTINGS_FILE, Project

if TYPE_CHECKING:
    from bitext.markdown.blocks import Grammar

_ALWAYS = (SYNTAX, UNREADABLE)
"""Found whatever is asked for: what cannot be read cannot be checked."""


def run_check(
    project: Project,
    tags: Sequence[str] = (),
    *,
    checks: Sequence[str] = (),
    since: str = "",
    has_lines: bool = False,
) -> CheckReport:
    """Check the catalogs of languages as `gettext` and `update` would leave them; write nothing.

    Only `checks` if there are any, those too that the settings switch off; only the entries that
    differ from the git revision `since` if there is one. With `has_lines` the line of each
    sentence in its article is found.
    """
    project = _choose_checks(project, checks)
    chosen = choose_languages(project, tags)
    if since:
        report, templates = _check_changes(project, chosen, since)
    else:
        report, templates = _check_all(project, chosen)
    if checks:
        wanted = {*checks, *_ALWAYS}
        report.findings = [found for found in report.findings if found.check in wanted]
    report.source = project.settings.source
    if has_lines:
        report.findings = with_lines(project, report.findings, templates.catalogs)
    return report


def _choose_checks(project: Project, checks: Sequence[str]) -> Project:
    """Return the project with settings that switch none of `checks` off.

    Raises `UsageError` or `SettingsError` for a check that does not exist.
    """
    known = known_checks()
    for name in checks:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise UsageError(f"there is no check {name!r}{hint}; there are: {', '.join(known)}")
    own = project.settings.check
    allowed = [name for name in known if name not in {*_ALWAYS, "coverage"}]
    for name in own.disable:
        if name not in allowed:
            message = f"check.disable holds {name!r}; it may hold: {', '.join(allowed)}"
            raise SettingsError(message, path=SETTINGS_FILE)
    disable = tuple(name for name in own.disable if name not in checks)
    return replace(project, settings=replace(project.settings, check=replace(own, disable=disable)))


def _check_all(project: Project, tags: Sequence[str]) -> tuple[CheckReport, Templates]:
    """Return what is found in all articles and their catalogs."""
    templates = current_templates(project)
    report = CheckReport(findings=list(_find_in_articles(project, templates, templates.unread)))
    report.is_unreadable = bool(templates.errors)
    for tag in tags:
        view = view_language(project, tag, templates.catalogs)
        coverage = measure_language(project, view)
        report.languages.append(coverage)
        _add_language(report, project, view, templates, is_below=coverage.is_below)
        report.findings.extend(_find_orphans(project, view) if _has(project, ORPHAN) else ())
        report.findings.extend(_find_lack(coverage))
    return report, templates


def _check_changes(
    project: Project, tags: Sequence[str], since: str
) -> tuple[CheckReport, Templates]:
    """Return what is found in the entries that differ from a revision; read what git names.

    Coverage is not measured. Where an article is new, all of the project is read, for it may have
    been renamed.
    """
    changes = find_changes(project, since)
    articles = changes.find_articles(project, tags)
    files = read_known_files(project, articles)
    templates = current_templates(project, files)
    chosen = {path: one for path, one in templates.catalogs.items() if path in articles}
    found = _find_in_articles(project, templates, project.find_articles())
    report = CheckReport(findings=list(find_touched_texts(project, changes, found)))
    report.is_unreadable = any(finding.check in _ALWAYS for finding in report.findings)
    for tag in tags:
        if files is None:
            view = view_language(project, tag, templates.catalogs)
        else:
            view = view_articles(project, tag, chosen, articles)
        own = CheckReport()
        _add_language(own, project, view, templates, is_below=False)
        own.findings.extend(_find_orphans(project, view) if _has(project, ORPHAN) else ())
        touched = changes.find_touched(project, view, templates)
        kept = [found for found in own.findings if changes.has_touched(found, touched)]
        report.findings += kept
        report.is_unreadable |= any(finding.check in _ALWAYS for finding in kept)
    return report, templates


def _add_language(
    report: CheckReport,
    project: Project,
    view: LanguageView,
    templates: Templates,
    *,
    is_below: bool,
) -> None:
    """Add what is wrong with the catalogs of a language."""
    report.findings.extend(finding_of(error, view.tag) for error in view.errors)
    report.is_unreadable |= bool(view.errors)
    report.findings.extend(_find_in_catalogs(project, view, templates, is_below=is_below))


def _has(project: Project, check: str) -> bool:
    """Tell whether the settings leave a check on."""
    return check not in project.settings.check.disable


def _find_in_articles(
    project: Project, templates: Templates, articles: Collection[str]
) -> Iterator[Finding]:
    """Yield what is wrong before any language is looked at; `articles` are all of the project."""
    yield from map(finding_of, templates.errors)
    if _has(project, NOT_EXTRACTED):
        source = project.settings.source
        for article, own in templates.unread.items():
            yield from find_not_extracted(article, own, articles=articles, source=source)
    if not _has(project, BEHIND):
        return
    for article in templates.behind:
        path = project.shown_template(article)
        message = f"is behind {project.settings.source}/{article}; run 'bitext gettext'"
        yield Finding(path, 0, Severity.INFO, message, BEHIND, article=article)


def _find_in_catalogs(
    project: Project, view: LanguageView, templates: Templates, *, is_below: bool
) -> Iterator[Finding]:
    disabled = project.settings.check.disable
    grammar = cache(partial(_grammar, project))  # asked for with each entry
    for article, updated in view.updates.items():
        unit = Unit(view.tag, article, updated.catalog, templates.catalogs[article], is_below)
        path = project.shown(project.catalog_path(article, view.tag))
        found = check_catalog(unit, path=path, disabled=disabled, grammar=grammar)
        yield from _with_texts(found, updated.catalog)


def _with_texts(findings: Iterable[Finding], catalog: Catalog) -> Iterator[Finding]:
    """Yield the findings of one catalog, each with its sentence and that one's translation."""
    entries: dict[str | None, Entry] = {}
    for finding in findings:
        if finding.segment and not entries:
            entries = {e.msgctxt: e for e in catalog.entries if not e.is_obsolete}
        entry = entries.get(finding.segment)
        if entry is None:
            yield finding
        else:
            yield replace(finding, english=entry.msgid, translation=entry.msgstr)


def _find_lack(coverage: LanguageCoverage) -> Iterator[Finding]:
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
