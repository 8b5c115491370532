"""``bitext format``: catalogs in the form that bitext writes, whoever wrapped them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bitext.commands.texts import CatalogFolder, catalog_folder, template_folder
from bitext.commands.views import choose_languages
from bitext.errors import BitextError, CatalogError
from bitext.lock import alone
from bitext.po import Catalog, serialize
from bitext.project import Project


@dataclass(slots=True)
class FormatReport:
    """What was formatted, or would be."""

    catalogs: int = 0
    """All that were read."""

    written: list[str] = field(default_factory=list)
    errors: list[BitextError] = field(default_factory=list)


def run_format(project: Project, tags: Sequence[str] = (), *, check: bool = False) -> FormatReport:
    """Write catalogs in canonical form: those of the languages `tags`, or all, POT files too.

    Only the form changes: one line per string, one blank line between entries, LF, no byte order
    mark, the flag ``fuzzy`` first. A catalog that cannot be read is left as it is.
    """
    report = FormatReport()
    with alone(project.root, is_writing=not check) as write:
        changes: dict[Path, str | None] = {}
        for folder, articles in _find_folders(project, tags):
            changes.update(_format(folder, articles, report))
        report.written = [project.shown(path) for path in changes]
        if not check:
            write(changes)
    return report


def _find_folders(
    project: Project, tags: Sequence[str]
) -> Iterator[tuple[CatalogFolder, Sequence[str]]]:
    """Yield each folder of catalogs, and the articles that have one there."""
    for tag in choose_languages(project, tags):
        yield catalog_folder(project, tag), project.find_catalogs(tag)
    if not tags:
        yield template_folder(project), project.find_templates()


def _format(
    folder: CatalogFolder, articles: Sequence[str], report: FormatReport
) -> Iterator[tuple[Path, str]]:
    """Yield the files of a folder that have another form, each with its new text."""
    texts = folder.read(articles)
    found = folder.parse(texts, report.errors, is_merged=True)
    report.catalogs += len(texts)
    for article, catalog in found.items():
        text = texts[article]
        formatted = serialize(canonical(catalog))
        if isinstance(text, CatalogError) or text == formatted:
            continue
        yield Path(folder.path, f"{article.removesuffix('.md')}{folder.suffix}"), formatted


def canonical(catalog: Catalog) -> Catalog:
    """Return a catalog that says the same and keeps no form of its file."""
    entries = tuple(replace(entry, raw=None) for entry in catalog.entries)
    tail = catalog.tail.replace("\r\n", "\n")
    return Catalog(replace(catalog.header, raw=None), entries, tail, "\n")
