"""Pages and sites of a built folder that no article and no language of the project makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from bitext.checks import Finding, Severity
from bitext.checks.audit import LEFTOVER
from bitext.checks.audit.model import Page
from bitext.disk import find_files
from bitext.languages import PSEUDO_LANGUAGE, parse_language
from bitext.project import SETTINGS_FILE, Project


def find_leftover_pages(
    project: Project, folder: str, pages: Sequence[Page], files: Set[str]
) -> Iterator[Finding]:
    """Yield the pages of one site that were made of a document which is gone.

    `files` are all of the folder. Other pages, such as an index or one of a theme, are none.
    """
    there = {article.rpartition(".")[0] for article in project.find_articles()}
    others = (path for path in find_files(project.source, "") if not path.endswith(".md"))
    there.update(path.rpartition(".")[0] for path in others)
    copied = {path.removesuffix(".txt").rpartition(".")[0] for path in files}
    for page in pages:
        documents = _documents_of(page.address)
        is_one = page.segments or any(f"{page.tag}/_sources/{one}" in copied for one in documents)
        if is_one and there.isdisjoint(documents):
            article = f"{project.settings.source}/{documents[-1]}.md"
            message = f"there is no {article}, which this page was made of; delete the page"
            path = f"{folder.rstrip('/')}/{page.path}"
            yield Finding(path, 0, Severity.WARNING, message, LEFTOVER, page.tag)


def _documents_of(address: str) -> list[str]:
    """Return the names that a page's document may have: of a page beside others, of a folder."""
    stem = address.removesuffix(".html")
    return [stem, stem.removesuffix("/index")] if stem.endswith("/index") else [stem]


def find_leftover_sites(project: Project, folder: str, files: Set[str]) -> Iterator[Finding]:
    """Yield the folders of sites in languages that the settings do not list."""
    listed = {*project.settings.languages, project.settings.source_language, PSEUDO_LANGUAGE}
    for path in sorted(files):
        tag, _, rest = path.partition("/")
        if rest == "searchindex.js" and tag not in listed and parse_language(tag):
            message = f"the settings do not list {tag}; delete the folder, or add the language"
            place = f"{folder.rstrip('/')}/{tag}"
            way = f"to languages in {SETTINGS_FILE}"
            yield Finding(place, 0, Severity.WARNING, f"{message} {way}", LEFTOVER, tag)
