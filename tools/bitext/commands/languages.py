"""Languages that have catalogs, and that the settings do not list."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks import Finding, Severity
from bitext.checks.catalog import UNLISTED
from bitext.project import SETTINGS_FILE, Project

WAY = f"add it to languages in {SETTINGS_FILE}, or delete the folder"
"""What to do about such a language."""


def find_unlisted(project: Project) -> list[str]:
    """Return the languages with a PO file of an article that the settings do not list."""
    listed = (*project.settings.languages, "pot")
    there = [tag for tag in project.find_languages() if tag not in listed]
    articles = set(project.find_articles()) if there else set()
    return [tag for tag in there if not articles.isdisjoint(project.find_catalogs(tag))]


def find_in_folders(project: Project) -> Iterator[Finding]:
    """Yield a finding for each language that no command looks at."""
    if UNLISTED not in project.settings.check.disable:
        for tag in find_unlisted(project):
            path = f"{project.settings.locale}/{tag}"
            message = f"the settings do not list the language of these catalogs; {WAY}"
            yield Finding(path, 0, Severity.WARNING, message, UNLISTED, tag)
