"""Paragraph entries: the translation of a whole block, where a language joins its sentences.

A POT has none; ``137fa-p103`` exists only in the PO of the language that made it, directly
before the sentences that it speaks for. Its English is theirs with single spaces between,
whatever white space or hard break the article has there: where lines break is up to the
translation. What is joined is a *run*: sentences with only white space between. One that is
only code has no entry, and ends a run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bitext.model import SegmentId, is_paragraph_id
from bitext.notes import find_note
from bitext.places import is_continued, is_html, split_section
from bitext.po import Entry, make_entry

SPLIT = "split"
"""The word of the note on a retired paragraph entry that no update brings back."""

_NAMED = re.compile(r"paragraph entry of ((?:[0-9a-f]{5}-[0-9]+(?:, )?)+)")


@dataclass(frozen=True)
class Run:
    """Sentences of one block that can be joined."""

    place: int
    """Of its first sentence in the POT, from 0."""

    entries: tuple[Entry, ...]
    """Those of the POT; one or more."""

    @property
    def english(self) -> str:
        """The English of its paragraph entry."""
        return " ".join(entry.msgid for entry in self.entries)

    @property
    def can_join(self) -> bool:
        """Whether it can have a paragraph entry."""
        return len(self.entries) > 1 and not is_html(self.entries[0])

    @cached_property
    def ids(self) -> tuple[SegmentId, ...]:
        """The IDs of its sentences, in their order."""
        found = (SegmentId.parse(entry.msgctxt or "") for entry in self.entries)
        return tuple(identifier for identifier in found if identifier)

    def holds(self, paragraph: Entry) -> bool:
        """Tell whether the sentence whose number a paragraph entry has is one of these."""
        own = SegmentId.parse(paragraph.msgctxt or "")
        return own is not None and own._replace(is_paragraph=False) in self.ids


def find_runs(template: Sequence[Entry]) -> Iterator[Run]:
    """Yield the runs of a POT's entries; joined they are all of them."""
    starts = [n for n, entry in enumerate(template) if not n or not is_continued(entry)]
    for start, end in pairwise([*starts, len(template)]):
        yield Run(start, tuple(template[start:end]))


def make_paragraph(run: Run, identifier: SegmentId) -> Entry:
    """Return the empty paragraph entry of a run."""
    first = run.entries[0]
    section = split_section(first.extracted[0])[1] if first.extracted else ""
    named = f"paragraph entry of {', '.join(map(str, run.ids))}"
    place = f'{named} in "{section}"' if section else named
    return make_entry(
        run.english,
        msgctxt=str(identifier),
        extracted=(place, *first.extracted[1:]),
        references=first.references,
    )


def new_id(run: Run, taken: Sequence[Entry]) -> SegmentId:
    """Return the ID of a new paragraph entry: the first sentence's number, unless in use."""
    used = {entry.msgctxt for entry in taken if not entry.is_obsolete}
    ids = [own._replace(is_paragraph=True) for own in run.ids]
    return next((own for own in ids if str(own) not in used), ids[0])


def wanted_paragraph(run: Run, known: Entry) -> Entry:
    """Return the paragraph entry that `known` becomes: it keeps its ID while its article does."""
    own = SegmentId.parse(known.msgctxt or "")
    is_kept = own is not None and own.prefix == run.ids[0].prefix
    identifier = own if own and is_kept else run.ids[0]._replace(is_paragraph=True)
    return make_paragraph(run, identifier)


def match_paragraphs(entries: Sequence[Entry], runs: Sequence[Run]) -> dict[int, Run]:
    """Return the run of each paragraph entry, by the entry's place among `entries`.

    An entry is that of a run with its English, else of the one that holds most of its
    sentences; of two, one in use goes before a retired one, and one that somebody split is
    none at all. No run is given twice.
    """
    if not any(is_paragraph_id(entry.msgctxt) for entry in entries):
        return {}
    able = _Runs([run for run in runs if run.can_join and len(run.ids) == len(run.entries)])
    places = [n for n, entry in enumerate(entries) if is_paragraph_id(entry.msgctxt)]
    used = [n for n in places if not entries[n].is_obsolete]
    retired = [n for n in places if entries[n].is_obsolete and find_note(entries[n]) != SPLIT]
    found: dict[int, Run] = {}
    for find in (able.find_own, able.find_by_text, able.find_by_sentences):
        for group in (used, retired):
            _match(entries, group, find, found)
    return found


def _match(
    entries: Sequence[Entry],
    group: Sequence[int],
    find: Callable[[Entry], Sequence[Run]],
    found: dict[int, Run],
) -> None:
    """Add to `found` what one rule finds for entries that have no run yet."""
    taken = {run.place for run in found.values()}
    for place in group:
        free = (run for run in find(entries[place]) if run.place not in taken)
        run = None if place in found else next(free, None)
        if run is not None:
            found[place] = run
            taken.add(run.place)


class _Runs:
    """Runs, found by what paragraph entries have in common with them."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._by_text: dict[str, list[Run]] = {}
        self._by_number: dict[SegmentId, Run] = {}
        for run in runs:
            self._by_text.setdefault(run.english, []).append(run)
            self._by_number.update(dict.fromkeys(run.ids, run))

    def find_by_text(self, entry: Entry) -> Sequence[Run]:
        """Return the runs whose English the entry is of, or its translation."""
        texts = dict.fromkeys((entry.msgid, former_english(entry)))
        return [run for text in texts for run in self._by_text.get(text, ())]

    def find_own(self, entry: Entry) -> Sequence[Run]:
        """Return the runs of the same English that hold the entry's number."""
        return [run for run in self.find_by_text(entry) if run.holds(entry)]

    def find_by_sentences(self, entry: Entry) -> Sequence[Run]:
        """Return the runs that hold sentences of the entry's, most of them first."""
        named = [own for own in map(SegmentId.parse, _sentences_of(entry)) if own]
        runs = [self._by_number[own] for own in named if own in self._by_number]
        counts = Counter(run.place for run in runs)
        unique = {run.place: run for run in runs}
        return [unique[place] for place, _ in counts.most_common()]


def _sentences_of(entry: Entry) -> list[str]:
    """Return the IDs of the sentences of a paragraph entry, as far as it tells: its own first."""
    own = (entry.msgctxt or "").replace("-p", "-")
    named = _NAMED.match(entry.extracted[0]) if entry.extracted else None
    return list(dict.fromkeys([own, *(named[1].split(", ") if named else ())]))


def former_english(entry: Entry) -> str:
    """Return the English that an entry's translation is of."""
    is_former = entry.is_fuzzy and entry.previous_msgid is not None
    return (entry.previous_msgid or "") if is_former else entry.msgid
