"""Sets as numbers, held against sets."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bitext.bit_sets import add_sets, find_at_least, make_set, read_set

PLACES = st.sets(st.integers(0, 90)) | st.sets(st.integers(0, 4000), max_size=20)


@given(places=st.lists(st.integers(0, 400)) | st.lists(st.integers(0, 20_000), max_size=9))
def test_a_set_holds_its_places(places: list[int]) -> None:
    made = make_set(sorted(places))
    assert made == sum(1 << place for place in set(places))
    assert read_set(made) == sorted(set(places))
    assert read_set(made, 7) == [place + 7 for place in sorted(set(places))]


@given(levels=st.lists(st.lists(PLACES, max_size=6), max_size=5), needed=st.integers(-2, 130))
def test_sums_are_of_each_place(levels: list[list[set[int]]], needed: int) -> None:
    counts: Counter[int] = Counter()
    for level, sets in enumerate(levels):
        for places in sets:
            counts.update(dict.fromkeys(places, 1 << level))
    sums = add_sets([[make_set(sorted(places)) for places in sets] for sets in levels])
    every = range(5000)
    assert [sum((bits >> place & 1) << n for n, bits in enumerate(sums)) for place in every] == [
        counts[place] for place in every
    ]
    found = find_at_least(sums, needed, (1 << len(every)) - 1)
    assert read_set(found) == [place for place in every if counts[place] >= needed]
