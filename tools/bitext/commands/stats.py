"""``bitext stats``: how much is translated, and how much was at an earlier revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from posixpath import normpath

from bitext.checks import CheckReport, Finding, Severity
from bitext.checks.catalog import SYNTAX, UNREADABLE
from bitext.commands.changes import read_catalogs_at, read_template
from bitext.commands.revisions import Revision, find_revision
from bitext.commands.unsettled import Unsettled, view_unsettled
from bitext.commands.views import (
    LanguageView,
    Templates,
    choose_languages,
    current_templates,
    join_catalogs,
    view_language,
)
from bitext.coverage import Coverage, LanguageCoverage, measure, measure_settled
from bitext.errors import ArticleError, BitextError
from bitext.lazy import lazy
from bitext.po import Catalog
from bitext.project import Project


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
        found = _view(project, tag, templates, is_compared=past is not None)
        view = found.view
        report.findings.extend(finding_of(error, tag) for error in view.errors)
        report.is_unreadable |= bool(view.errors)
        coverage = measure_now(project, found)
        if past is not None:
            before = past.view(project, view, templates)
            coverage = replace(coverage, before=measure_language(project, before))
        report.languages.append(coverage)
    return report


def _view(project: Project, tag: str, templates: Templates, *, is_compared: bool) -> Unsettled:
    """Return a language's catalogs, and those in which all is translated.

    Whoever compares them with those of a revision needs all of them parsed.
    """
    if is_compared:
        return Unsettled(view_language(project, tag, templates.catalogs), {}, (), {})
    return view_unsettled(project, tag, templates)


def measure_now(project: Project, found: Unsettled) -> LanguageCoverage:
    """Return the coverage of a language's articles, the settled ones among them."""
    return _cover(project, found.view.tag, _measure(found))


def measure_if_asked(project: Project, found: Unsettled) -> LanguageCoverage:
    """Return the same, measured if anybody asks; until then all of `found` stays in memory."""
    return _cover(project, found.view.tag, _Measured(found) if found.settled else _measure(found))


def _measure(found: Unsettled) -> dict[str, Coverage]:
    """Return the coverage of each article, by path."""
    known = {article: measure(catalog) for article, catalog in found.view.catalogs.items()}
    for article, own in found.settled.items():
        known[article] = measure_settled(own.english, is_machine=article in found.machine)
    return {article: known[article] for article in sorted(known)} if found.settled else known


class _Measured(Mapping[str, Coverage]):
    """The coverage of each article, measured if anybody asks: to print findings nobody does."""

    def __init__(self, found: Unsettled) -> None:
        self._found = found

    @lazy
    def _coverage(self) -> Mapping[str, Coverage]:
        return _measure(self._found)

    def __getitem__(self, article: str) -> Coverage:
        return self._coverage[article]

    def __iter__(self) -> Iterator[str]:
        return iter(self._coverage)

    def __len__(self) -> int:
        return len(self._coverage)


def measure_language(project: Project, view: LanguageView) -> LanguageCoverage:
    """Return the coverage of a language's articles."""
    known = {article: measure(catalog) for article, catalog in view.catalogs.items()}
    return _cover(project, view.tag, known)


def _cover(project: Project, tag: str, articles: Mapping[str, Coverage]) -> LanguageCoverage:
    return LanguageCoverage(tag, articles, project.settings.min_coverage(tag))


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
