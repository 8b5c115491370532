"""The ledger: which ID belongs to which sentence of an article, for life.

An old ledger and an article's new sentences are aligned in steps, each on what the one before
left over: sentences that stand in both exactly once fix the order (patience diff, after Bram
Cohen); other equal ones are matched in order, first between the same neighbours, then anywhere
(moved); in the gaps that remain, sentences that are still recognisably the same keep their
order (weighted alignment by edit similarity); at last, those that were both edited a little and
moved, the likest pairs first. What is left is new, and what is left of the old is gone. How
edited sentences are told is in `recognition`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bitext.errors import CatalogError
from bitext.model import NUMBER_DIGITS

FIRST_NUMBER = 101

PREFIX_FIELD = "X-Bitext-Prefix"
"""The POT header field of the article's prefix."""

SEGMENTER_FIELD = "X-Bitext-Segmenter"
"""The POT header field of the rules that an article is cut by."""

_PREFIX_LINE = re.compile(rf'"{PREFIX_FIELD}:\s*([0-9a-f]{{5}})\\n"')


class LedgerEntry(NamedTuple):
    """One sentence with its number."""

    number: int | None
    """None for a sentence that has no number of its own: not issued yet, or issued twice."""

    text: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The IDs of one article's sentences, in their order."""

    prefix: str
    """Five hex digits, this article's alone."""

    next: int
    """The number that the next new sentence takes."""

    segmenter: str
    """The rules its blocks were cut by: name and version."""

    entries: tuple[LedgerEntry, ...] = ()


def find_prefix(pot: str) -> str:
    """Return the prefix that a POT's text declares, without parsing it; empty if none."""
    match = _PREFIX_LINE.search(pot)
    return match[1] if match else ""


def new_prefix(path: str, taken: Collection[str]) -> str:
    """Return the prefix of a new article: of its path's SHA-256, the first that is free.

    >>> new_prefix("install.md", set())
    'f8e56'
    """
    attempt = 0
    while True:
        name = f"{path}#{attempt}" if attempt else path
        prefix = hashlib.sha256(name.encode()).hexdigest()[:5]
        if prefix not in taken:
            return prefix
        attempt += 1


def follow(ledger: Ledger, texts: Sequence[str]) -> list[LedgerEntry]:
    """Return the article's sentences with the numbers that they keep; new ones have none."""
    if not ledger.entries:
        return [LedgerEntry(None, text) for text in texts]
    before = [entry.text for entry in ledger.entries]
    if before == list(texts):
        return list(ledger.entries)
    matched = align(before, texts)
    numbers = (None if old is None else ledger.entries[old].number for old in matched)
    return [LedgerEntry(number, text) for number, text in zip(numbers, texts, strict=True)]


def advance(ledger: Ledger, texts: Sequence[str], *, highest: Callable[[], int]) -> Ledger:
    """Return the ledger after its article changed to `texts`: new sentences have new numbers.

    `highest` gives the highest number that any catalog of the article holds; it is asked only
    if a number is issued, since a revert may have rewound the ledger.
    """
    entries = follow(ledger, texts)
    issued_before = (FIRST_NUMBER, ledger.next)
    following = max(
        [*issued_before, *(e.number + 1 for e in ledger.entries if e.number is not None)]
    )
    if any(entry.number is None for entry in entries):
        following = max(following, highest() + 1)
    issued: list[LedgerEntry] = []
    for entry in entries:
        if entry.number is None:
            entry = LedgerEntry(following, entry.text)
            following += 1
        issued.append(entry)
    if following > 10**NUMBER_DIGITS:
        way = "restore the POT from git, or delete it to issue new IDs"
        raise CatalogError(f"its numbers are used up: none has {NUMBER_DIGITS + 1} digits; {way}")
    return replace(ledger, next=following, entries=tuple(issued))


def is_same_sentence(old: str, new: str) -> bool:
    """Tell whether `new` is recognisably an edit of `old`."""
    from bitext.recognition import likeness

    return likeness(old, new) > 0


def align(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each sentence of `new` the index of the one in `old` that it was, or None.

    No index is given twice. Near linear: only gaps without any equal sentence are compared
    pair by pair.
    """
    matched: list[int | None] = [None] * len(new)
    for old_index, new_index in match_in_order(old, new):
        matched[new_index] = old_index
    _match_moved(old, new, matched)
    added = matched.count(None)
    if added and len(new) - added < len(old):
        from bitext.recognition import match_edited, match_edited_and_moved

        for old_gap, new_gap in _gaps(matched, len(old)):
            for old_index, new_index in match_edited(old, new, old_gap, new_gap):
                matched[new_index] = old_index
        match_edited_and_moved(old, new, matched)
    return matched


def match_in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield equal pairs that keep their order: the anchors, and what grows from them."""
    begin_old = begin_new = 0
    for anchor_old, anchor_new in [*_find_anchors(old, new), (len(old), len(new))]:
        yield from _match_ends(old, new, (begin_old, anchor_old), (begin_new, anchor_new))
        if anchor_old < len(old):
            yield anchor_old, anchor_new
        begin_old, begin_new = anchor_old + 1, anchor_new + 1


def _find_anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of sentences unique in both that keep their order: the longest such run."""
    counts_old, counts_new = Counter(old), Counter(new)
    place = {text: index for index, text in enumerate(old)}
    pairs = [
        (place[text], index)
        for index, text in enumerate(new)
        if counts_new[text] == 1 and counts_old.get(text) == 1
    ]
    return _longest_increasing(pairs)


def _longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of `pairs` whose first members increase (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, (first, _) in enumerate(pairs):
        pile = bisect_left(tops, first)
        previous.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [first]
        ends[pile : pile + 1] = [index]
    run: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(pairs[index])
        index = previous[index]
    return run[::-1]


def _match_ends(
    old: Sequence[str], new: Sequence[str], old_range: tuple[int, int], new_range: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield equal pairs from both ends of a stretch between two anchors."""
    (old_start, old_end), (new_start, new_end) = old_range, new_range
    while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
        yield old_start, new_start
        old_start, new_start = old_start + 1, new_start + 1
    while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
        yield old_end, new_end


def _match_moved(old: Sequence[str], new: Sequence[str], matched: list[int | None]) -> None:
    """Match equal sentences wherever they moved, repeated ones in their order."""
    used = {index for index in matched if index is not None}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index in range(len(old) - 1, -1, -1):
        if index not in used:
            places[old[index]].append(index)
    for index, text in enumerate(new):
        if matched[index] is None and places.get(text):
            matched[index] = places[text].pop()


def _gaps(matched: Sequence[int | None], old_length: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the unmatched (old, new) indices between neighbours that kept their order."""
    used = {index for index in matched if index is not None}
    pairs = [(old, new) for new, old in enumerate(matched) if old is not None]
    kept = _longest_increasing(pairs)
    begin_old = begin_new = 0
    for end_old, end_new in [*kept, (old_length, len(matched))]:
        old_gap = [index for index in range(begin_old, end_old) if index not in used]
        new_gap = [index for index in range(begin_new, end_new) if matched[index] is None]
        if old_gap and new_gap:
            yield old_gap, new_gap
        begin_old, begin_new = end_old + 1, end_new + 1
