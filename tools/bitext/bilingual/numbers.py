"""The numbers of published IDs, as an article alone gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bitext.bilingual.align import Group
from bitext.bilingual.pairs import Pair
from bitext.ledger import FIRST_NUMBER
from bitext.paragraphs import Run


def adopt_numbers(pairs: Sequence[Pair], groups: Sequence[Group], count: int) -> list[int]:
    """Return the number of each of `count` sentences: its pair's, or one that is free.

    A sentence without a pair takes the number after the one before it where the pairs leave it
    free, as the format does; else one behind all others. No number is given twice.
    """
    wanted: dict[int, int] = {}
    taken: set[int] = set()
    for group in groups:
        number = pairs[group.pairs[0]].id.number
        is_plain = not pairs[group.pairs[0]].id.is_paragraph
        if group.sentences and is_plain and number not in taken and number >= FIRST_NUMBER:
            wanted[group.sentences[0]] = number
            taken.add(number)
    used = taken | {pair.id.number for pair in pairs if not pair.id.is_paragraph}
    numbers: list[int] = []
    later: list[int] = []
    last = FIRST_NUMBER - 1
    for place in range(count):
        number = wanted.get(place, last + 1)
        if place not in wanted and number in used:
            later.append(place)
            number = 0
        numbers.append(number)
        used.add(number)
        last = number or last
    highest = max([last, *used], default=last)
    for offset, place in enumerate(later, 1):
        numbers[place] = highest + offset
    return numbers


def paragraph_numbers(runs: Sequence[Run]) -> Mapping[int, int]:
    """Return the published number of each block that could be one pair, by its first place.

    The format counts the blocks of several sentences, from 101.
    """
    return dict(_count(runs))


def _count(runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    number = FIRST_NUMBER
    for run in runs:
        if len(run.entries) > 1:
            yield run.place, number
            number += 1
