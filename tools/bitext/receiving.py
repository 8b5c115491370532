"""Take in what a tool did with the entries it was sent, and what a foreign memory has.

Entries are found by ID. What a person changed here meanwhile is never replaced: of two
translations both are kept, as when branches are merged. Nothing that came is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bitext.exchange.tmx import MemoryUnit
from bitext.exchange.xliff import Unit, fingerprint
from bitext.merge import unite_duplicates
from bitext.model import SegmentId
from bitext.notes import drop_false_notes
from bitext.po import Catalog, Entry
from bitext.states import speaks
from bitext.threeway import unite


class Receipt(StrEnum):
    """What became of a translation that came back."""

    TAKEN = "taken"
    REVIEWED = "the same, its state changed"
    KNOWN = "known already"
    STALE = "taken as stale, its English changed meanwhile"
    CONFLICT = "translated here too, both are kept"
    RETIRED = "its sentence is gone, kept for the memory"
    EMPTY = "not translated"


@dataclass(frozen=True, slots=True)
class Received:
    """A language's catalogs with what came in."""

    catalogs: Mapping[str, Catalog]
    """By article; only those that changed."""

    receipts: Mapping[Receipt, int]
    rest: tuple[MemoryUnit, ...] = ()
    """Of a memory what no entry asked for."""


class _Shelf:
    """Catalogs while entries in them are replaced."""

    def __init__(self, catalogs: Mapping[str, Catalog]) -> None:
        self._catalogs = catalogs
        self._new: dict[tuple[str, int], Entry] = {}
        self._retired: dict[str, list[Entry]] = {}
        self._places: dict[str | None, tuple[str, int]] = {}
        self._homes: dict[str, str] = {}
        self._held: set[tuple[str, str]] = set()
        for article, catalog in catalogs.items():
            for place, entry in enumerate(catalog.entries):
                self._held.add((entry.msgid, entry.msgstr))
                own = SegmentId.parse(entry.msgctxt or "")
                self._homes.setdefault(own.prefix if own else "", article)
                if not entry.is_obsolete:
                    self._places[entry.msgctxt] = (article, place)

    def find(self, identifier: str) -> Entry | None:
        """Return the entry in use that has an ID."""
        place = self._places.get(identifier)
        return self._at(*place) if place else None

    def _at(self, article: str, place: int) -> Entry:
        return self._new.get((article, place), self._catalogs[article].entries[place])

    def entries(self) -> Iterator[Entry]:
        """Yield the entries in use of all catalogs."""
        return (self._at(*place) for place in self._places.values())

    def put(self, entry: Entry) -> None:
        """Replace the entry of the same ID."""
        self._new[self._places[entry.msgctxt]] = entry

    def retire(self, entry: Entry) -> bool:
        """Keep an entry that no sentence has, with its article if known; tell if it is new."""
        if (entry.msgid, entry.msgstr) in self._held:
            return False
        self._held.add((entry.msgid, entry.msgstr))
        own = SegmentId.parse(entry.msgctxt or "")
        first = next(iter(self._catalogs), "")
        home = self._homes.get(own.prefix if own else "", first)
        self._retired.setdefault(home, []).append(replace(entry, is_obsolete=True, raw=None))
        return True

    def changed(self) -> dict[str, Catalog]:
        """Return the catalogs that changed."""
        articles = dict.fromkeys([*(article for article, _ in self._new), *self._retired])
        found: dict[str, Catalog] = {}
        for article in articles:
            old = self._catalogs[article]
            entries = [self._new.get((article, n), entry) for n, entry in enumerate(old.entries)]
            united = unite_duplicates([*entries, *self._retired.get(article, ())])
            found[article] = replace(old, entries=tuple(united))
        return {article: one for article, one in found.items() if one != self._catalogs[article]}


def receive(units: Sequence[Unit], catalogs: Mapping[str, Catalog]) -> Received:
    """Return `catalogs`, as `update` would leave them, with the units of a document taken in."""
    shelf = _Shelf(catalogs)
    receipts = Counter(_receive_unit(unit, shelf) for unit in units)
    return Received(shelf.changed(), {r: receipts[r] for r in Receipt if receipts[r]})


def _receive_unit(unit: Unit, shelf: _Shelf) -> Receipt:
    entry = shelf.find(unit.id)
    if not unit.translation.strip():
        return Receipt.EMPTY
    if entry is None:
        flags = () if unit.is_done else ("fuzzy",)
        gone = Entry(unit.english, unit.translation, unit.id or None, flags, unit.comments)
        return Receipt.RETIRED if shelf.retire(gone) else Receipt.KNOWN
    changed, receipt = _answer(unit, entry)
    if receipt is Receipt.RETIRED:
        former = replace(changed, msgid=unit.english, flags=(), previous_msgid=None)
        return receipt if shelf.retire(former) else Receipt.KNOWN
    missing = tuple(comment for comment in unit.comments if comment not in changed.comments)
    if missing:
        changed = replace(changed, comments=(*changed.comments, *missing), raw=None)
    if changed != entry:
        shelf.put(changed)
    return receipt


def _answer(unit: Unit, entry: Entry) -> tuple[Entry, Receipt]:
    """Return the entry as a unit leaves it; what is to be retired with the unit's translation."""
    is_untouched = bool(unit.exported) and fingerprint(unit.translation) == unit.exported
    is_other_here = speaks(entry) and fingerprint(entry.msgstr) != unit.exported
    same_english = entry.msgid == unit.english
    if entry.msgstr == unit.translation and same_english:
        return _set_state(unit, entry)
    if is_untouched:
        return entry, Receipt.KNOWN
    if not same_english:
        if is_other_here:
            return replace(entry, msgstr=unit.translation), Receipt.RETIRED
        return _stale(unit, entry), Receipt.STALE
    if is_other_here and unit.exported:
        other = replace(_translated(entry, unit.translation), comments=())
        return unite(entry, other), Receipt.CONFLICT
    taken = _translated(entry, unit.translation)
    return taken if unit.is_done else _fuzzy(taken), Receipt.TAKEN


def _set_state(unit: Unit, entry: Entry) -> tuple[Entry, Receipt]:
    """Return an entry with the unit's state: only a tool that was sent it fuzzy says it is done."""
    if unit.is_done == (not entry.is_fuzzy):
        return entry, Receipt.KNOWN
    if unit.is_done:
        return _translated(entry, entry.msgstr), Receipt.REVIEWED
    return _fuzzy(entry), Receipt.REVIEWED


def _translated(entry: Entry, translation: str) -> Entry:
    filled = replace(
        entry,
        msgstr=translation,
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        previous_msgctxt=None,
        previous_msgid=None,
        raw=None,
    )
    return drop_false_notes(filled)


def _fuzzy(entry: Entry) -> Entry:
    flags = ("fuzzy", *(flag for flag in entry.flags if flag != "fuzzy"))
    return replace(entry, flags=flags, raw=None)


def _stale(unit: Unit, entry: Entry) -> Entry:
    stale = _fuzzy(_translated(entry, unit.translation))
    return replace(stale, previous_msgctxt=entry.msgctxt, previous_msgid=unit.english)


def receive_memory(units: Sequence[MemoryUnit], catalogs: Mapping[str, Catalog]) -> Received:
    """Return `catalogs` with a memory's translations in entries that have none.

    An entry takes the translation of its own ID, else the only one that its English has.
    """
    shelf = _Shelf(catalogs)
    by_english: dict[str, list[MemoryUnit]] = {}
    for unit in units:
        by_english.setdefault(unit.english, []).append(unit)
    used: set[MemoryUnit] = set()
    taken = known = 0
    for entry in list(shelf.entries()):
        candidates = by_english.get(entry.msgid, [])
        if speaks(entry):
            same = {unit for unit in candidates if unit.translation == entry.msgstr}
            known += len(same - used)
            used |= same
            continue
        chosen = _choose(entry, candidates)
        if chosen is not None:
            filled = _translated(entry, chosen.translation)
            missing = tuple(c for c in chosen.comments if c not in filled.comments)
            filled = replace(filled, comments=(*filled.comments, *missing))
            shelf.put(_fuzzy(filled) if chosen.is_fuzzy else filled)
            used.add(chosen)
            taken += 1
    rest = tuple(unit for unit in dict.fromkeys(units) if unit not in used)
    receipts = {Receipt.TAKEN: taken, Receipt.KNOWN: known}
    return Received(shelf.changed(), {r: n for r, n in receipts.items() if n}, rest)


def _choose(entry: Entry, candidates: Sequence[MemoryUnit]) -> MemoryUnit | None:
    """Return what translates an entry; None if there are several and none is its own."""
    own = [unit for unit in candidates if unit.id == entry.msgctxt]
    sure = [unit for unit in own or candidates if not unit.is_fuzzy] or own or list(candidates)
    return sure[0] if len({unit.translation for unit in sure}) == 1 else None
