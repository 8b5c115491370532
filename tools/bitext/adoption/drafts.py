"""Catalogs while messages are taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bitext.adoption.placing import PlacedBlock
from bitext.alignment import Pair
from bitext.merge import unite_duplicates
from bitext.model import is_paragraph_id
from bitext.notes import drop_false_notes
from bitext.paragraphs import Run, find_runs
from bitext.po import Catalog, Entry
from bitext.po.escapes import unescape
from bitext.states import find_paragraphs, is_proposal, speaks
from bitext.threeway import OTHER


@dataclass(slots=True)
class Draft:
    """A catalog while messages are taken in."""

    catalog: Catalog
    by_id: dict[str | None, Entry]
    runs: Mapping[str | None, Run]
    """What can be joined, by the ID of its first sentence."""

    joined: dict[str | None, Entry]
    """The paragraph entries in use, by the ID of the sentence that each stands before."""

    paragraphs: dict[str | None, Entry] = field(default_factory=dict)
    """New ones, likewise."""

    retired: list[Entry] = field(default_factory=list)

    def paragraph_of(self, block: PlacedBlock) -> Entry | None:
        """Return the paragraph entry that speaks for a block."""
        first = block.entries[0].msgctxt
        return self.paragraphs.get(first) or self.joined.get(first)

    def finish(self) -> Catalog:
        """Return the catalog; untouched entries keep their bytes."""
        entries: list[Entry] = []
        for entry in self.catalog.entries:
            if entry.is_obsolete:
                entries.append(entry)
                continue
            if entry.msgctxt in self.paragraphs:
                entries.append(self.paragraphs[entry.msgctxt])
            entries.append(self.by_id[entry.msgctxt])
        united = unite_duplicates([*entries, *self.retired])
        return replace(self.catalog, entries=tuple(united))


def make_draft(catalog: Catalog) -> Draft:
    """Return a draft that nothing was taken in yet."""
    in_use = [entry for entry in catalog.entries if not entry.is_obsolete]
    sentences = [entry for entry in in_use if not is_paragraph_id(entry.msgctxt)]
    by_id = {entry.msgctxt: entry for entry in in_use}
    runs = {run.entries[0].msgctxt: run for run in find_runs(sentences)}
    return Draft(catalog, by_id, runs, find_paragraphs(catalog.entries))


def sayings(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield what a catalog says, retired entries and what was left of merges included."""
    for entry in catalog.entries:
        for translation in (entry.msgstr, *_others(entry)):
            yield entry.msgid, translation
            yield entry.previous_msgid or entry.msgid, translation


def _others(entry: Entry) -> Iterator[str]:
    """Yield the translations that comments keep: each is what a merge could not decide on."""
    kept = (comment for comment in entry.comments if comment.startswith(OTHER))
    return (unescape(comment.removeprefix(OTHER)) for comment in kept)


def says(entry: Entry, translation: str) -> bool:
    """Tell whether an entry has this translation, and not as a proposal alone."""
    return entry.msgstr == translation and not is_proposal(entry)


def is_taken(entry: Entry, pair: Pair) -> bool:
    """Tell whether an entry has a translation of its own, and another one."""
    return speaks(entry) and entry.msgstr != pair.translation


def fill(entry: Entry, pair: Pair, comments: Sequence[str], *, is_fuzzy: bool) -> Entry:
    """Return an entry with a translation."""
    new = tuple(comment for comment in comments if comment not in entry.comments)
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    filled = replace(
        entry,
        msgstr=pair.translation,
        comments=(*entry.comments, *new),
        flags=flags if pair.is_sure and not is_fuzzy else ("fuzzy", *flags),
        previous_msgctxt=None,
        previous_msgid=None,
        raw=None,
    )
    return drop_false_notes(filled)
