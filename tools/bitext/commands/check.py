"""``bitext check``: what is wrong, in all of the project or in what a branch touched."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from bitext.checks import CheckReport, Finding, Severity
from bitext.checks.catalog import SYNTAX, UNREADABLE
from bitext.checks.glossary import make_glossary
from bitext.commands.article_checks import find_in_articles
from bitext.commands.articles import read_known_files
from bitext.commands.changes import find_changes, find_new_faults, find_touched_texts
from bitext.commands.language_checks import Sight, add_language, find_lack
from bitext.commands.languages import find_in_folders
from bitext.commands.noted import find_all_faulty
from bitext.commands.places import with_lines
from bitext.commands.stats import measure_if_asked, measure_now
from bitext.commands.terms import read_terms
from bitext.commands.unsettled import view_unsettled
from bitext.commands.views import (
    Templates,
    choose_languages,
    current_templates,
    view_articles,
    view_language,
)
from bitext.errors import SettingsError, UsageError
from bitext.project import SETTINGS_FILE, Project
from bitext.settled import make_catalog

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
    project = choose_checks(project, checks)
    chosen = choose_languages(project, tags)
    if since:
        report, templates = _check_changes(project, chosen, since)
    else:
        report, templates = _check_all(project, chosen)
    if checks:
        wanted = {*checks, *_ALWAYS}
        report.findings = [found for found in report.findings if found.check in wanted]
    severities = project.settings.check.severity
    if severities:
        report.findings = [weigh(finding, severities) for finding in report.findings]
    report.source = project.settings.source
    if has_lines:
        report.findings = with_lines(project, report.findings, templates.catalogs)
    return report


def choose_checks(project: Project, checks: Sequence[str]) -> Project:
    """Return the project with settings that switch none of `checks` off.

    Raises `UsageError` or `SettingsError` for a check that does not exist.
    """
    known = _known_checks() if checks else []
    for name in checks:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise UsageError(f"there is no check {name!r}{hint}; there are: {', '.join(known)}")
    own = project.settings.check
    _require_known("disable", own.disable)
    _require_known("severity", own.severity)
    disable = tuple(name for name in own.disable if name not in checks)
    return replace(project, settings=replace(project.settings, check=replace(own, disable=disable)))


def _known_checks() -> list[str]:
    """Return the IDs of all checks: what looks at built pages is imported for them."""
    from bitext.checks.explain import known_checks

    return known_checks()


def _require_known(key: str, names: Collection[str]) -> None:
    """Raise `SettingsError` if a check that is switched off or weighed does not exist."""
    if not names:
        return
    known = [name for name in _known_checks() if name not in {*_ALWAYS, "coverage"}]
    for name in names:
        if name not in known:
            message = f"check.{key} holds {name!r}; it may hold: {', '.join(known)}"
            raise SettingsError(message, path=SETTINGS_FILE)


def weigh(finding: Finding, severities: Mapping[str, str]) -> Finding:
    """Return the finding as bad as the project takes it."""
    own = severities.get(finding.check)
    return replace(finding, severity=Severity(own)) if own else finding


def _check_all(project: Project, tags: Sequence[str]) -> tuple[CheckReport, Templates]:
    """Return what is found in all articles and their catalogs."""
    terms = read_terms(project)
    templates = current_templates(project)
    report = CheckReport(findings=list(find_in_articles(project, templates, templates.noted)))
    report.findings += find_all_faulty(project, templates.noted)
    report.findings += find_in_folders(project)
    report.is_unreadable = bool(templates.errors)
    measuring = measure_if_asked if len(tags) == 1 else measure_now  # not all in memory at once
    for tag in tags:
        found = view_unsettled(project, tag, templates)
        coverage = measuring(project, found)
        report.languages.append(coverage)
        glossary = make_glossary(terms, tag)
        settled = {a: make_catalog(str(found.texts[a]), own) for a, own in found.settled.items()}
        sight = Sight(
            found.view, templates, glossary, coverage.is_below, is_whole=True, settled=settled
        )
        add_language(report, project, sight)
        report.findings.extend(find_lack(coverage))
    return report, templates


def _check_changes(
    project: Project, tags: Sequence[str], since: str
) -> tuple[CheckReport, Templates]:
    """Return what is found in the entries that differ from a revision; read what git names.

    Coverage is not measured, nor are articles compared with one another. Where an article is new,
    all of the project is read, for it may have been renamed.
    """
    changes = find_changes(project, since)
    articles = changes.find_articles(project, tags)
    files = read_known_files(project, articles)
    terms = read_terms(project)
    templates = current_templates(project, files)
    chosen = {path: one for path, one in templates.catalogs.items() if path in articles}
    found = find_in_articles(project, templates, project.find_articles())
    report = CheckReport(findings=list(find_touched_texts(project, changes, found)))
    new = find_new_faults(project, changes, templates.noted)
    report.findings += find_all_faulty(project, new)
    report.is_unreadable = any(finding.check in _ALWAYS for finding in report.findings)
    for tag in tags:
        if files is None:
            view = view_language(project, tag, templates.catalogs)
        else:
            view = view_articles(project, tag, chosen, articles)
        own = CheckReport()
        glossary = make_glossary(terms, tag)
        is_whole = files is None
        add_language(own, project, Sight(view, templates, glossary, False, is_whole))
        touched = changes.find_touched(project, view, templates)
        kept = [found for found in own.findings if changes.has_touched(found, touched)]
        report.findings += kept
        report.is_unreadable |= any(finding.check in _ALWAYS for finding in kept)
    return report, templates
