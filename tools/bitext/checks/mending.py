"""Fixes: translations without what a check found in them, where that can be known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import NamedTuple

from bitext.checks.glossary import NO_TERMS, Glossary
from bitext.checks.model import PairCheck
from bitext.checks.pair import Pair
from bitext.checks.table import find_in_pair
from bitext.checks.waivers import find_waivers, waived
from bitext.markdown.blocks import Grammar
from bitext.model import State
from bitext.notes import renew_note
from bitext.po import Catalog, Entry, with_msgstr
from bitext.states import find_standings


class Fix(NamedTuple):
    """What was mended in one entry."""

    entry: Entry
    """As it was."""

    msgstr: str
    """Its new translation."""

    checks: tuple[str, ...]
    """The IDs of the checks that find less now."""


class Mended(NamedTuple):
    """A catalog after its fixes."""

    catalog: Catalog
    fixes: tuple[Fix, ...]


def mend_catalog(
    catalog: Catalog,
    language: str,
    *,
    grammar: Callable[[], Grammar],
    disabled: Collection[str] = (),
    glossary: Glossary = NO_TERMS,
) -> Mended:
    """Return a catalog, as it is on disk, with the fixes of its translated entries.

    All but the translations keep their bytes. What is fuzzy or retired is left alone.
    """
    fixes: dict[int, Fix] = {}
    for standing in find_standings(catalog.entries):
        entry = standing.entry
        if standing.state is State.TRANSLATED and not standing.is_covered and _is_plain(entry):
            fix = mend(Pair(entry, language, grammar(), glossary), disabled=disabled)
            if fix:
                fixes[id(entry)] = fix
    if not fixes:
        return Mended(catalog, ())
    entries = tuple(
        _apply(entry, fixes[id(entry)], catalog.newline) if id(entry) in fixes else entry
        for entry in catalog.entries
    )
    return Mended(replace(catalog, entries=entries), tuple(fixes.values()))


def _is_plain(entry: Entry) -> bool:
    return entry.msgid_plural is None and bool(entry.msgid)


def _apply(entry: Entry, fix: Fix, newline: str) -> Entry:
    """Return the entry with its new translation; what a machine noted of it stays true."""
    return renew_note(entry, with_msgstr(entry, fix.msgstr, newline))


def mend(pair: Pair, *, disabled: Collection[str] = ()) -> Fix | None:
    """Return the fix of one translation; None if nothing in it can be mended for sure.

    A change is kept only if the check finds less in it, and no check finds more.
    """
    silent = waived(find_waivers(pair.entry)) if pair.entry.comments else frozenset()
    found = _count(pair, disabled)
    current, done = pair, []
    for check in _mendable(pair, disabled):
        if check.id in silent or check.mend is None:
            continue
        text = check.mend(current)
        if text == current.translation:
            continue
        candidate = replace(current, entry=replace(current.entry, msgstr=text, raw=None))
        left = _count(candidate, disabled)
        if left[check.id] < found[check.id] and left <= found:
            current, found = candidate, left
            done.append(check.id)
    return Fix(pair.entry, current.translation, tuple(done)) if done else None


def _mendable(pair: Pair, disabled: Collection[str]) -> list[PairCheck]:
    """Return the checks that find something and may know the way out, each once."""
    return list(
        dict.fromkeys(c for c, _ in find_in_pair(pair, disabled=disabled) if c.mend is not None)
    )


def _count(pair: Pair, disabled: Collection[str]) -> Counter[str]:
    return Counter(check.id for check, _ in find_in_pair(pair, disabled=disabled))
