"""Three-way merge of catalogs by ID: what git's line by line cannot know.

Entries of the three catalogs are one sentence if they have the same ID and English, else if
they have the same ID as one that the base has (its English was edited). All others were added:
two sentences that two branches gave the same number are both kept, and `gettext` numbers one anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

from bitext.po import Catalog, Entry, serialize
from bitext.threeway import MergedEntry, merge_entry, merge_header, pick, unite


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog that was merged."""

    catalog: Catalog
    conflicts: tuple[Entry, ...] = ()
    """Its entries that both sides translated, differently; each holds both translations."""


@dataclass(slots=True)
class _Sentence:
    """One sentence as the three catalogs have it."""

    base: Entry | None = None
    ours: Entry | None = None
    theirs: Entry | None = None

    @property
    def is_our_addition(self) -> bool:
        """Whether only our side has it, and had it not before."""
        return self.base is None and self.theirs is None

    def merge(self) -> MergedEntry | None:
        """Return what became of it; None if it was taken away, and not changed meanwhile."""
        if self.ours is not None and self.theirs is not None:
            return merge_entry(self.base, self.ours, self.theirs)
        left = self.ours or self.theirs
        if left is None or (self.base is not None and not _says_more(left, self.base)):
            return None
        return MergedEntry(left)


def _says_more(entry: Entry, base: Entry) -> bool:
    """Tell whether more than an entry's place and kind changed since `base`."""
    return replace(entry, extracted=base.extracted, references=base.references) != base


def merge_catalogs(base: Catalog, ours: Catalog, theirs: Catalog) -> Merged:
    """Return the catalog with what both sides did since `base`.

    One that a side did not change is the other side's, byte for byte; else the order, and the
    bytes of what neither changed, are ours.
    """
    texts = [serialize(catalog) for catalog in (base, ours, theirs)]
    if texts[1] in (texts[0], texts[2]):
        return Merged(theirs)
    if texts[2] == texts[0]:
        return Merged(ours)
    newline = pick(base.newline, ours.newline, theirs.newline)
    base, ours, theirs = (_with_newline(catalog, newline) for catalog in (base, ours, theirs))
    entries: list[Entry] = []
    conflicts: set[tuple[str | None, str]] = set()
    for sentence in _in_order(_pair(base.entries, ours.entries, theirs.entries)):
        if merged := sentence.merge():
            entries.append(merged.entry)
            conflicts |= {_key(merged.entry)} if merged.is_conflict else set()
    entries = unite_duplicates(entries)
    header = merge_header(base.header, ours.header, theirs.header)
    tail = pick(base.tail, ours.tail, theirs.tail)
    found = tuple(entry for entry in entries if _key(entry) in conflicts)
    return Merged(Catalog(header, tuple(entries), tail, newline), found)


def unite_duplicates(entries: Sequence[Entry]) -> list[Entry]:
    """Return `entries` with one for each ID and English, as gettext wants it; nothing is lost."""
    places: dict[tuple[str | None, str], int] = {}
    kept: list[Entry] = []
    for entry in entries:
        place = places.setdefault(_key(entry), len(kept))
        if place == len(kept):
            kept.append(entry)
        else:
            kept[place] = unite(kept[place], entry)
    return kept


def _key(entry: Entry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def _with_newline(catalog: Catalog, newline: str) -> Catalog:
    """Return a catalog with other line ends."""
    if catalog.newline == newline:
        return catalog

    def turn(text: str) -> str:
        return text.replace("\r\n", "\n").replace("\n", newline)

    def turned(entry: Entry) -> Entry:
        return entry if entry.raw is None else replace(entry, raw=turn(entry.raw))

    entries = tuple(map(turned, catalog.entries))
    return Catalog(turned(catalog.header), entries, turn(catalog.tail), newline)


_KEYS: Sequence[Callable[[Entry], Hashable]] = (
    lambda entry: (entry.is_obsolete, _key(entry)),
    lambda entry: None if entry.is_obsolete else entry.msgctxt,
    _key,
    lambda entry: entry.msgctxt,
)
"""What two entries of one sentence have in common, the surest first; None says nothing."""


def _match(
    base: Sequence[Entry], side: Sequence[Entry], keys: Sequence[Callable[[Entry], Hashable]]
) -> dict[int, int]:
    """Return for places in `side` the place in `base` of the same sentence; none is given twice."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for key in keys:
        places: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place in reversed(range(len(base))):
            if place not in taken:
                places[key(base[place])].append(place)
        for place, entry in enumerate(side):
            value = key(entry)
            if place not in found and value is not None and places.get(value):
                found[place] = places[value].pop()
        taken.update(found.values())
    return found


_Pairs = tuple[list[_Sentence], list[_Sentence]]
"""The sentences of our catalog and of theirs, each in its order; those of both are in both."""


def _pair(base: Sequence[Entry], ours: Sequence[Entry], theirs: Sequence[Entry]) -> _Pairs:
    """Return the sentences of both sides; in those of neither side nothing is left to say."""
    known = [_Sentence(base=entry) for entry in base]
    own = _match(base, ours, _KEYS)
    other = _match(base, theirs, _KEYS)
    our_sentences = [known[own[at]] if at in own else _Sentence() for at in range(len(ours))]
    added = [at for at in range(len(ours)) if at not in own]
    new = [at for at in range(len(theirs)) if at not in other]
    both = _match([ours[at] for at in added], [theirs[at] for at in new], _KEYS[::2])
    again = {new[at]: our_sentences[added[place]] for at, place in both.items()}
    their_sentences = [
        known[other[at]] if at in other else again.get(at) or _Sentence()
        for at in range(len(theirs))
    ]
    for sentence, entry in zip(our_sentences, ours, strict=True):
        sentence.ours = entry
    for sentence, entry in zip(their_sentences, theirs, strict=True):
        sentence.theirs = entry
    return our_sentences, their_sentences


def _in_order(pairs: _Pairs) -> Iterator[_Sentence]:
    """Yield our sentences in their order, and each of theirs alone after the one it followed.

    What they retired, or brought back, goes to where they have it: retired ones stand last.
    """
    ours, theirs = pairs
    kept = [sentence for sentence in ours if not _is_moved_by_them(sentence)]
    places = {id(sentence): place for place, sentence in enumerate(kept)}
    followers: defaultdict[int, list[_Sentence]] = defaultdict(list)
    last = -1
    for sentence in theirs:
        is_obsolete = sentence.theirs is not None and sentence.theirs.is_obsolete
        if id(sentence) in places:
            last = last if is_obsolete else places[id(sentence)]
        else:
            followers[len(kept) - 1 if is_obsolete else last].append(sentence)
    waiting = followers[-1]
    for place, sentence in enumerate(kept):
        if not sentence.is_our_addition:
            yield from waiting
            waiting = []
        yield sentence
        waiting = [*waiting, *followers[place]]
    yield from waiting


def _is_moved_by_them(sentence: _Sentence) -> bool:
    """Tell whether they retired a sentence that is in use on our side, or brought it back."""
    if not (sentence.base and sentence.ours and sentence.theirs):
        return False
    was = sentence.base.is_obsolete
    return sentence.ours.is_obsolete == was and sentence.theirs.is_obsolete != was
