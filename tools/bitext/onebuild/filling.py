"""Slots filled: the texts of a language put where they belong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import TypeVar

from bitext.onebuild.changes import UnfitError, joins_lines
from bitext.onebuild.slots import Kind, Slot, cut_slots, has_slot, read_slot, require_no_mark

_Value = TypeVar("_Value")

_OF_A_PAGE = frozenset({Kind.SENTENCE, Kind.ALT, Kind.PAGE})
"""What fills these depends on the page that they are on."""

_HAS_PAGE = re.compile(f"[{''.join(_OF_A_PAGE)}]")

_MOST_NESTED = 8

Fill = Callable[[Kind, str], str]
"""What returns the text for a slot of a kind with a key; may raise `UnfitError`.

The places of a slot's arguments in it are those of `argument_place`; slots may be in it.
"""

_PLACE = re.compile("\0([0-9]+)\0")

ABSENT = "\0-"
"""What fills a slot of something that a language does not have; white space before it goes too."""


def value_of(values: Mapping[str, _Value], key: str) -> _Value:
    """Return what is known of a sentence or a part. Raises `UnfitError` if nothing is."""
    if key not in values:
        raise UnfitError(f"{key} cannot be shown there alone")
    return values[key]


def fill_slots(text: str, fill: Fill, known: MutableMapping[str, str] | None = None) -> str:
    """Return `text` with all slots filled; see `fill_pieces`."""
    return fill_pieces(cut_slots(text), fill, {} if known is None else known)


def fill_pieces(pieces: Sequence[str], fill: Fill, known: MutableMapping[str, str]) -> str:
    """Return a text that `cut_slots` cut, with all slots filled.

    `known` keeps what fills slots that are the same on every page.
    Raises `UnfitError` if a canary came back changed in an unknown way, or a mark is left.
    """
    filled = list(pieces)
    for place in range(1, len(filled), 2):
        text = filled[place]
        value = known.get(text)
        if value is None:
            slot = read_slot(text)
            value = _fill_one(slot, fill, 0)
            of_page = slot.kind in _OF_A_PAGE or (slot.arguments and _HAS_PAGE.search(text))
            if not of_page:
                known[text] = value
        filled[place] = value
    *before, last = "".join(filled).split(ABSENT)
    return "".join([text.rstrip() for text in before]) + last


def _fill_one(slot: Slot, fill: Fill, depth: int) -> str:
    """Return what fills a slot, with the slots in that filled too."""
    if depth == _MOST_NESTED:
        raise UnfitError("slots are in one another without end")
    value = fill(slot.kind, slot.key)
    if slot.kind is Kind.GAP:  # the space itself was changed where it is
        return _with_arguments(value, slot.arguments)
    if slot.change is not None:
        value = slot.change(value)
    if slot.arguments:
        value = _with_arguments(value, slot.arguments)
        if slot.change is not None and joins_lines(slot.change):  # an argument may be empty
            value = " ".join(value.split())
    if not has_slot(value):
        if slot.kind is not Kind.PAGE:  # all of that is made for the page, whole
            require_no_mark(value)
        return value
    pieces = cut_slots(value)
    pieces[1::2] = [_fill_one(read_slot(own), fill, depth + 1) for own in pieces[1::2]]
    return "".join(pieces)


def _with_arguments(value: str, arguments: Sequence[str]) -> str:
    return _PLACE.sub(lambda place: arguments[int(place[1])], value)
