"""``bitext gc``: drop entries that were retired long ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from bitext.commands.revisions import Revision, find_revision_before
from bitext.commands.texts import catalog_folder
from bitext.commands.views import choose_languages
from bitext.encoding import decode_catalog
from bitext.errors import BitextError, CatalogError, UsageError
from bitext.lock import alone
from bitext.po import Catalog, Entry, parse, serialize
from bitext.project import Project


@dataclass(slots=True)
class CollectReport:
    """What was dropped, or would be."""

    dropped: int = 0
    """Retired entries."""

    kept: int = 0
    """Retired entries that are not old enough."""

    written: list[str] = field(default_factory=list)
    errors: list[BitextError] = field(default_factory=list)


def run_collect(
    project: Project, tags: Sequence[str] = (), *, before: str, check: bool = False
) -> CollectReport:
    """Drop the retired entries that were so before a day, such as ``2026-01-31``.

    The history of git says which: those that the last commit before that day holds, retired. With
    `check`, only say what would be dropped. Raises `UsageError` for another form of date, and
    without a history.
    """
    revision = find_revision_before(project.root, _parse_day(before))
    report = CollectReport()
    with alone(project.root, is_writing=not check) as write:
        changes: dict[Path, str | None] = {}
        for tag in choose_languages(project, tags):
            changes.update(_collect(project, tag, revision, report))
        report.written = [project.shown(path) for path in changes]
        if not check:
            write(changes)
    return report


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day; write it like 2026-01-31") from error


def _collect(
    project: Project, tag: str, revision: Revision, report: CollectReport
) -> dict[Path, str | None]:
    """Return the new texts of the catalogs of a language that lose entries."""
    folder = catalog_folder(project, tag)
    texts = folder.read(project.find_catalogs(tag))
    retiring = {a: text for a, text in texts.items() if isinstance(text, str) and "#~" in text}
    catalogs = folder.parse(retiring, report.errors, is_merged=True)
    paths = {article: project.catalog_path(article, tag) for article in catalogs}
    former = revision.read_files(project.shown(path) for path in paths.values())
    changes: dict[Path, str | None] = {}
    for article, catalog in catalogs.items():
        shown = project.shown(paths[article])
        old = _read_retired(former[shown], shown) if shown in former else frozenset()
        kept = drop_retired(catalog, old)
        report.dropped += len(catalog.entries) - len(kept.entries)
        report.kept += sum(entry.is_obsolete for entry in kept.entries)
        if kept is not catalog:
            changes[paths[article]] = serialize(kept)
    return changes


Retired = tuple[str | None, str, str]
"""ID, English and translation of a retired entry."""


def _read_retired(content: bytes, shown: str) -> frozenset[Retired]:
    """Return what a catalog of old held retired; nothing if it cannot be read."""
    try:
        catalog = parse(decode_catalog(content, shown), is_merged=True)
    except CatalogError:
        return frozenset()
    return frozenset(_key(entry) for entry in catalog.entries if entry.is_obsolete)


def _key(entry: Entry) -> Retired:
    return entry.msgctxt, entry.msgid, entry.msgstr


def drop_retired(catalog: Catalog, old: frozenset[Retired]) -> Catalog:
    """Return a catalog without those retired entries that are `old`; itself if it has none."""
    kept = tuple(e for e in catalog.entries if not (e.is_obsolete and _key(e) in old))
    return catalog if len(kept) == len(catalog.entries) else replace(catalog, entries=kept)
