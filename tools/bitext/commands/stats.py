"""``bitext stats``: how much is translated, and how much was at an earlier revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from posixpath import normpath
from types import MappingProxyType

from bitext.checks import CheckReport, Finding, Severity
from bitext.checks.catalog import SYNTAX, UNREADABLE
from bitext.commands.changes import read_catalogs_at, read_template
from bitext.commands.revisions import Revision, find_revision
from bitext.commands.unsettled import view_unsettled
from bitext.commands.views import (
    LanguageView,
    Templates,
    choose_languages,
    current_templates,
    join_catalogs,
    view_language,
)
from bitext.coverage import LanguageCoverage, measure, measure_settled
from bitext.errors import ArticleError, BitextError
from bitext.po import Catalog
from bitext.project import Project
from bitext.settled import Settled


def run_stats(project: Project, tags: Sequence[str] = (), *, since: str = "") -> CheckReport:
    """Return the coverage of languages, and what could not be read.

    With `since`, each language has the coverage that it had at that git revision too.
    """
    chosen = choose_languages(project, tags)
    past = _read_past(project, since) if since else None
    templates = current_templates(project)
    report = CheckReport(findings=[finding_of(error) for error in templates.errors])
    report.is_unreadable = bool(templates.errors)
    for tag in chosen:
        view, settled = _view(project, tag, templates, is_compared=past is not None)
        report.findings.extend(finding_of(error, tag) for error in view.errors)
        report.is_unreadable |= bool(view.errors)
        coverage = measure_language(project, view, settled)
        if past is not None:
            before = past.view(project, view, templates)
            coverage = replace(coverage, before=measure_language(project, before))
        report.languages.append(coverage)
    return report


def _view(
    project: Project, tag: str, templates: Templates, *, is_compared: bool
) -> tuple[LanguageView, Mapping[str, Settled]]:
    """Return a language's catalogs, and those in which all is translated.

    Whoever compares them with those of a revision needs all of them parsed.
    """
    if is_compared:
        return view_language(project, tag, templates.catalogs), {}
    view, settled, _ = view_unsettled(project, tag, templates)
    return view, settled


def measure_language(
    project: Project, view: LanguageView, settled: Mapping[str, Settled] = MappingProxyType({})
) -> LanguageCoverage:
    """Return the coverage of a language's articles; `settled` are those that the view has not."""
    known = {article: measure(catalog) for article, catalog in view.catalogs.items()}
    known |= {article: measure_settled(own.english) for article, own in settled.items()}
    articles = {article: known[article] for article in sorted(known)} if settled else known
    return LanguageCoverage(view.tag, articles, project.settings.min_coverage(view.tag))


def finding_of(error: BitextError, tag: str = "") -> Finding:
    """Return an error of reading as a finding."""
    check = UNREADABLE if isinstance(error, ArticleError) else SYNTAX
    finding = Finding(error.path, error.line, Severity.ERROR, error.message, check, tag)
    return replace(finding, column=error.column)


class _Past:
    """The catalogs of a project at a revision."""

    def __init__(self, revision: Revision, paths: frozenset[str]) -> None:
        self._paths = paths
        self._catalogs = read_catalogs_at(revision, paths)

    def view(self, project: Project, now: LanguageView, templates: Templates) -> LanguageView:
        """Return a language as `update` would have left it; what did not change is as it is now."""
        pots = self._before(project, "pot", ".pot", self._templates(project, templates))
        folder = f"{now.tag}/LC_MESSAGES"
        catalogs = self._before(project, folder, ".po", now.before)
        return join_catalogs(project, now.tag, catalogs, pots, errors=[])

    def _templates(self, project: Project, templates: Templates) -> dict[str, Catalog]:
        """Return the POTs as they are on disk."""
        behind = {article: read_template(project, article) for article in templates.behind}
        found = {**templates.catalogs, **behind}
        return {article: catalog for article, catalog in found.items() if catalog}

    def _before(
        self, project: Project, folder: str, suffix: str, now: Mapping[str, Catalog]
    ) -> dict[str, Catalog]:
        """Return the catalogs of a folder at the revision, by article, in order."""
        start = f"{normpath(project.settings.locale)}/{folder}/".removeprefix("./")
        kept = {a: c for a, c in now.items() if start + _stem(a) + suffix not in self._paths}
        old = {
            path.removeprefix(start).removesuffix(suffix) + ".md": catalog
            for path, catalog in self._catalogs.items()
            if path.startswith(start) and path.endswith(suffix)
        }
        found = kept | old
        return {article: found[article] for article in sorted(found)}


def _stem(article: str) -> str:
    return article.removesuffix(".md")


def _read_past(project: Project, since: str) -> _Past:
    revision = find_revision(project.root, since)
    return _Past(revision, revision.changed_paths([project.settings.locale]))
