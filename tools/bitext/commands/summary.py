"""``bitext summary``: what changed for translators since a revision."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bitext.commands.revisions import Revision, find_revision
from bitext.commands.views import current_templates, view_language
from bitext.coverage import LanguageCoverage, measure
from bitext.errors import BitextError
from bitext.project import SETTINGS_FILE, Project, open_project
from bitext.reports.summary import LanguageChange, find_english_changes, summarize
from bitext.worklist import find_tasks


class _Picture(NamedTuple):
    """A project at one moment."""

    english: Mapping[str, tuple[str, str]]
    """Article and English of each sentence, by ID."""

    coverage: Mapping[str, LanguageCoverage]
    waiting: Mapping[str, Mapping[str, str]]
    """By language: the English of what waits for a translator, by ID."""

    lost: Collection[str]
    """The articles that cannot be read, or whose POT cannot."""

    errors: Mapping[str, Sequence[BitextError]]
    """What cannot be read, by language; of articles and POT files under an empty one."""

    def is_known(self, tag: str) -> bool:
        """Tell whether all files were read that say how much a language translates."""
        return not (self.errors.get("") or self.errors.get(tag))


def run_summary(project: Project, since: str) -> tuple[str, list[BitextError]]:
    """Return what changed since a revision of git, as Markdown, and what could not be read.

    Raises `UsageError` outside of a repository, or for a revision that it has not.
    """
    with TemporaryDirectory(prefix="bitext-") as folder:
        former = _unpack(project, since, Path(folder))
        before = _picture(former) if former else _EMPTY
    after = _picture(project)
    languages = [
        LanguageChange(
            before.coverage.get(tag),
            after.coverage[tag],
            [text for own, text in waiting.items() if before.waiting.get(tag, {}).get(own) != text],
            before.is_known(tag) and after.is_known(tag),
        )
        for tag, waiting in after.waiting.items()
    ]
    lost = {*before.lost, *after.lost}
    english = list(find_english_changes(_without(before, lost), _without(after, lost)))
    errors = [error for own in after.errors.values() for error in own]
    old = [f"{error} (at {since})" for own in before.errors.values() for error in own]
    unreadable = [*map(str, errors), *old]
    return summarize(languages, english, since, unreadable=unreadable), errors


def _without(picture: _Picture, lost: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Return the English of the articles that could be read then and now."""
    return {own: text for own, text in picture.english.items() if text[0] not in lost}


_EMPTY = _Picture({}, {}, {}, (), {})


def _unpack(project: Project, since: str, root: Path) -> Project | None:
    """Write the project as it was at a revision below `root`; None if there was none.

    The memories outside of its catalogs are those of today.
    """
    revision = find_revision(project.root, since)
    _write(revision, [SETTINGS_FILE], root)
    if not (root / SETTINGS_FILE).is_file():
        return None
    former = open_project(root)
    _write(revision, {former.settings.source, former.settings.locale}, root)
    patterns = tuple(str(project.root.resolve() / one) for one in former.settings.memory.files)
    memory = replace(former.settings.memory, files=patterns)
    return replace(former, settings=replace(former.settings, memory=memory))


def _write(revision: Revision, folders: Collection[str], root: Path) -> None:
    """Write the files of folders as they were at a revision below `root`."""
    for path, content in revision.read_files(revision.list_files(folders)).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def _picture(project: Project) -> _Picture:
    templates = current_templates(project)
    english = {
        entry.msgctxt or "": (article, entry.msgid)
        for article, template in templates.catalogs.items()
        for entry in template.entries
    }
    coverage: dict[str, LanguageCoverage] = {}
    waiting: dict[str, Mapping[str, str]] = {}
    errors: dict[str, Sequence[BitextError]] = {"": templates.errors}
    for tag in project.settings.languages:
        view = view_language(project, tag, templates.catalogs)
        errors[tag] = view.errors
        articles = {name: measure(catalog) for name, catalog in view.catalogs.items()}
        coverage[tag] = LanguageCoverage(tag, articles, project.settings.min_coverage(tag))
        tasks = find_tasks(view.catalogs)
        waiting[tag] = {task.entry.msgctxt or "": task.entry.msgid for task in tasks}
    return _Picture(english, coverage, waiting, _find_lost(project, templates.errors), errors)


def _find_lost(project: Project, errors: Sequence[BitextError]) -> Collection[str]:
    """Return the articles that errors are about."""
    paths = {error.path for error in errors}
    return [
        article
        for article in project.find_articles()
        if not paths.isdisjoint(
            (f"{project.settings.source}/{article}", project.shown_template(article))
        )
    ]
