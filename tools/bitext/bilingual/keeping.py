"""What a catalog had, and what was imported: nothing of either is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bitext.bilingual.filling import Work
from bitext.bilingual.published import (
    Published,
    write_published,
)
from bitext.po import Catalog, Entry


def merge(base: Catalog, work: Work, published: Published) -> Catalog:
    """Return the catalog that has what it had and what was imported.

    A translation that is there stays; the one that was published is then kept, retired.
    """
    known = {entry.msgctxt: entry for entry in base.entries if not entry.is_obsolete}
    entries: list[Entry] = []
    retired = [entry for entry in base.entries if entry.is_obsolete]
    for place, entry in enumerate(work.entries):
        above = work.paragraphs.get(place)
        for own in filter(None, (above, entry)):
            before = known.pop(own.msgctxt, None)
            kept, former = _choose(before, own)
            entries.append(kept)
            retired += former
    rest = [entry for entry in base.entries if not entry.is_obsolete and entry.msgctxt in known]
    entries = _insert(entries, rest)
    said = {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in retired}
    said_by = (e for e in work.retired if (e.msgctxt, e.msgid, e.msgstr) not in said)
    header = write_published(base.header, published)
    return Catalog(header, (*entries, *retired, *said_by), base.tail, base.newline)


def _insert(entries: list[Entry], rest: Sequence[Entry]) -> list[Entry]:
    """Return entries with the paragraph entries that were there, each before its sentence."""
    for paragraph in rest:
        own = (paragraph.msgctxt or "").replace("-p", "-")
        place = next((n for n, e in enumerate(entries) if e.msgctxt == own), len(entries))
        entries = [*entries[:place], paragraph, *entries[place:]]
    return entries


def _choose(before: Entry | None, entry: Entry) -> tuple[Entry, list[Entry]]:
    """Return the entry to keep, and what is retired for it."""
    if before is None or not before.is_translated:
        comments = (*(before.comments if before else ()), *entry.comments)
        return replace(entry, comments=comments), []
    if before.msgstr == entry.msgstr or not entry.msgstr:
        is_sure = before.is_fuzzy and entry.msgstr and not entry.is_fuzzy
        chosen = entry if is_sure else before
        note = next((c for c in entry.comments if c not in before.comments), None)
        if is_sure or note:
            own = tuple(dict.fromkeys((*before.comments, *entry.comments)))
            return replace(chosen, comments=own, raw=None), []
        return before, []
    if before.is_fuzzy and not entry.is_fuzzy:
        return replace(entry, comments=(*before.comments, *entry.comments)), [_retired(before)]
    return before, [_retired(entry)]


def _retired(entry: Entry) -> Entry:
    bare = replace(entry, is_obsolete=True, extracted=(), references=(), raw=None)
    return replace(bare, comments=())
