"""What the last build was made of, by content: what is the same is not built again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bitext.onebuild.own_images import OwnImages
from bitext.onebuild.record import SiteRecord, load
from bitext.onebuild.sentence_parts import Word
from bitext.project import Project
from bitext.site.page import Edition
from bitext.sphinx_ext.reading import MadeFrom, Reading

_OURS = Path(__file__).parents[1]


@dataclass(slots=True)
class Shared:
    """What pages may show of each other, by segment ID."""

    titles: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    strings: dict[str, str] = field(default_factory=dict)
    words: dict[str, tuple[Word, ...]] = field(default_factory=dict)
    gaps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of the gaps without a space, by the ID of the first sentence of their block."""

    def is_dropped(self, key: str) -> bool:
        """Tell whether the language has no space in a gap."""
        return key in self.gaps.get(key.partition(" ")[0], ())

    def forget(self, identifiers: Iterable[str]) -> None:
        """Forget sentences."""
        for identifier in identifiers:
            for known in (self.titles, self.texts, self.strings, self.words, self.gaps):
                known.pop(identifier, None)

    def find_changed(self, other: Shared) -> set[str]:
        """Return the sentences that are others than in `other`."""
        pairs = (
            (self.titles, other.titles),
            (self.texts, other.texts),
            (self.strings, other.strings),
            (self.gaps, other.gaps),
        )
        return {
            identifier
            for mine, theirs in pairs
            for identifier in mine.keys() | theirs.keys()
            if mine.get(identifier) != theirs.get(identifier)
        }

    def copy(self) -> Shared:
        """Return one that may change without this."""
        return Shared(
            dict(self.titles),
            dict(self.texts),
            dict(self.strings),
            dict(self.words),
            dict(self.gaps),
        )


@dataclass(slots=True)
class LanguageState:
    """What the site of a language was made of, and its files."""

    fingerprint: str
    """Of the marked build."""

    hashes: Mapping[str, str]
    """Those of its pages."""

    travelling: Set[str] = frozenset()
    """The IDs of sentences that other pages than their own might show."""

    made_from: dict[str, tuple[MadeFrom, ...]] = field(default_factory=dict)
    """The catalogs of each page, by docname."""

    shared: Shared = field(default_factory=Shared)
    search_index: Mapping[str, Any] = field(default_factory=dict)
    """What Sphinx's environment knows for its search index, by attribute."""

    ordinary: dict[str, str] = field(default_factory=dict)
    images: OwnImages = field(default_factory=dict)
    """Those that the language has of its own."""

    lost_images: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The paths of those that only the English sentences of a page show, by docname."""

    editions: Mapping[str, tuple[Edition, ...]] = field(default_factory=dict)
    """The languages that each page was offered in."""

    files: Mapping[str, int] = field(default_factory=dict)
    """The size of each file of the site."""


def forget_pages(known: dict[Any, Any], docnames: Set[str]) -> None:
    """Take pages out of one of Sphinx's tables for search: by page, by word, or of object types."""
    for key, value in list(known.items()):
        if isinstance(value, set):
            value.difference_update(docnames)
        if not value if isinstance(value, set) else key in docnames:
            del known[key]


def sort_pages(known: dict[Any, Any], docnames: Set[str]) -> None:
    """Sort one of Sphinx's tables for search, if it is by page."""
    if known.keys() <= docnames:
        ordered = sorted(known.items())
        known.clear()
        known.update(ordered)


def load_state(path: Path, marked: SiteRecord, site: Path) -> LanguageState | None:
    """Return what `site` was made of.

    None if that is not known, if files of it are missing, or if it had other pages than `marked`.
    """
    try:
        state = load(path)
    except (OSError, ValueError):
        return None
    if not isinstance(state, LanguageState) or state.fingerprint != marked.fingerprint:
        return None
    if state.hashes.keys() != marked.hashes.keys():
        return None
    return state if state.files.items() <= find_sizes(site).items() else None


def find_sizes(site: Path) -> dict[str, int]:
    """Return the size of each file of a site, by its path in it."""
    return dict(_sizes_below(os.fspath(site), ""))


def _sizes_below(folder: str, shown: str) -> Iterator[tuple[str, int]]:
    """Yield path and size of each file; a `Path` for each would cost more than all else."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield f"{shown}{entry.name}", entry.stat().st_size
            elif entry.name != "__pycache__":
                yield from _sizes_below(entry.path, f"{shown}{entry.name}/")


def find_changed_pages(
    project: Project, tag: str, state: LanguageState, marked: SiteRecord
) -> set[str]:
    """Return the pages that are others now, or whose catalogs say something else."""
    own = "" if tag == project.settings.source_language else tag
    is_current = Reading(project, own).is_current
    return {
        docname
        for docname, parts in state.made_from.items()
        if state.hashes[docname] != marked.hashes[docname] or not all(map(is_current, parts))
    }
