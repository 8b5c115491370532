"""Sets of places as the ones of a number, and their sums for all places at once.

The sum of sets is a list of sets, the lowest bit of all places' sums first. Sets are added bit by
bit like a circuit does, three at a time, as in Wallace, "A suggestion for a fast multiplier", 1964;
the sums are compared as in Rinfret, O'Neil and O'Neil, "Bit-sliced index arithmetic", SIGMOD 2001.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat

_DENSE = 24
"""A set that holds more than one place of so many is made by digits, in less time."""

_MARKS = bytes([0] + [1] * 255)
"""For each byte, whether there is a one in it."""

_ONES = [[place for place in range(8) if byte >> place & 1] for byte in range(256)]
"""The places of the ones in each byte."""


def make_set(places: Sequence[int]) -> int:
    """Return the set of places, which rise; some may be there twice."""
    size = places[-1] + 1 if places else 0
    if len(places) * _DENSE > size:
        digits = bytearray(b"0") * size
        for place in places:
            digits[~place] = 49  # the digit 1; the highest place is first
        return int(digits, 2)
    content = bytearray(size // 8 + 1)
    for place in places:
        content[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(content, "little")


def read_set(places: int, first: int = 0) -> list[int]:
    """Return the places of a set, rising, each `first` higher."""
    content = places.to_bytes(places.bit_length() // 8 + 1, "little")
    marks = content.translate(_MARKS)
    found: list[int] = []
    at = marks.find(1)
    while at >= 0:
        byte, lowest = content[at], first + 8 * at
        if byte & byte - 1:
            found += [lowest + place for place in _ONES[byte]]
        else:  # of a set of few there is mostly one, which takes half the time
            found.append(lowest + byte.bit_length() - 1)
        at = marks.find(1, at + 1)
    return found


def add_sets(levels: Sequence[Sequence[int]]) -> list[int]:
    """Return the sum of sets, of which those of item *n* count two to the power of *n* each.

    Of the sum at a place, bit *n* is what item *n* has there. Three sets of a level are one of it
    and one of the next; so are two that no third comes to.
    """
    sums: list[int] = []
    carried: list[int] = []
    for level in chain(levels, repeat(())):
        if not level and not carried and len(sums) >= len(levels):
            break
        pending, carried = [*level, *carried], []
        while len(pending) > 2:
            first, second, third = pending.pop(), pending.pop(), pending.pop()
            either = first ^ second
            pending.append(either ^ third)
            carried.append(first & second | either & third)
        if len(pending) == 2:
            first, second = pending
            pending = [first ^ second]
            carried.append(first & second)
        sums.append(pending[0] if pending else 0)
    while sums and not sums[-1]:
        sums.pop()
    return sums


def find_at_least(sums: Sequence[int], needed: int, every: int) -> int:
    """Return the set of those of `every` whose sum is at least `needed`."""
    if needed <= 0:
        return every
    if needed >> len(sums):
        return 0
    missing = (1 << len(sums)) - needed
    reached = 0  # the carry of adding what is missing from what is needed to the next power of two
    for level, bits in enumerate(sums):
        reached = bits | reached if missing >> level & 1 else bits & reached
    return reached & every
