"""``bitext summary``: what changed for translators since a revision."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bitext.commands.views import current_templates, view_language
from bitext.coverage import LanguageCoverage, measure
from bitext.errors import BitextError, UsageError
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

    errors: list[BitextError]


def run_summary(project: Project, since: str) -> tuple[str, list[BitextError]]:
    """Return what changed since a revision of git, as Markdown, and what could not be read.

    Raises `UsageError` outside of a repository, or for a revision that it has not.
    """
    with TemporaryDirectory(prefix="bitext-") as folder:
        root = Path(folder)
        _unpack(project, since, root)
        before = _picture(open_project(root)) if (root / SETTINGS_FILE).is_file() else _EMPTY
    after = _picture(project)
    languages = [
        LanguageChange(
            before.coverage.get(tag),
            after.coverage[tag],
            [text for own, text in waiting.items() if before.waiting.get(tag, {}).get(own) != text],
        )
        for tag, waiting in after.waiting.items()
    ]
    english = list(find_english_changes(before.english, after.english))
    return summarize(languages, english, since), after.errors


_EMPTY = _Picture({}, {}, {}, [])


def _unpack(project: Project, since: str, root: Path) -> None:
    """Write the project's files as they were at a revision below `root`."""
    git = shutil.which("git")
    if git is None:
        raise UsageError("git is not installed; a summary compares two revisions")
    if since.startswith("-"):
        raise UsageError(f"{since!r} is no revision")
    command = [git, "-C", str(project.root), "archive", "--format=tar", since]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise UsageError(f"git has no revision {since!r} here: {said}; fetch it, or name another")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as packed:
        packed.extractall(root, filter="data")


def _picture(project: Project) -> _Picture:
    templates = current_templates(project)
    english = {
        entry.msgctxt or "": (article, entry.msgid)
        for article, template in templates.catalogs.items()
        for entry in template.entries
    }
    coverage: dict[str, LanguageCoverage] = {}
    waiting: dict[str, Mapping[str, str]] = {}
    errors = list(templates.errors)
    for tag in project.settings.languages:
        view = view_language(project, tag, templates.catalogs)
        errors += view.errors
        articles = {name: measure(catalog) for name, catalog in view.catalogs.items()}
        coverage[tag] = LanguageCoverage(tag, articles, project.settings.min_coverage(tag))
        tasks = find_tasks(view.catalogs)
        waiting[tag] = {task.entry.msgctxt or "": task.entry.msgid for task in tasks}
    return _Picture(english, coverage, waiting, errors)
