"""Which sentence keeps which ID: golden alignments, properties, numbers, and the cost."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from bitext.ledger import (
    Ledger,
    LedgerEntry,
    advance,
    align,
    find_prefix,
    follow,
    new_prefix,
)
from bitext.recognition import EDITED
from golden import Case, params

SETTINGS = settings(
    deadline=None, max_examples=400, derandomize=True, suppress_health_check=list(HealthCheck)
)
SENTENCES = st.sampled_from(
    [
        *("Yes.", "No.", "Save the file.", "Save the files.", "Save this file.", "a", "b", "c"),
        *("Then restart the server.", "Then restart the old server.", "1", "日本語。", "x" * 50),
    ]
)
TEXTS = st.lists(SENTENCES, max_size=14)
UNIQUE = st.lists(st.integers(0, 99).map("Sentence number {}.".format), max_size=25, unique=True)


def ledger(*texts: str, following: int = 0) -> Ledger:
    entries = tuple(LedgerEntry(number, text) for number, text in enumerate(texts, 101))
    return Ledger("137fa", following or 101 + len(texts), "plain 1", entries)


def numbers(found: Sequence[LedgerEntry]) -> list[int | None]:
    return [entry.number for entry in found]


def never() -> int:
    raise AssertionError("the catalogs are asked only if a number is issued")


@pytest.mark.parametrize("case", params("align"))
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    before, _, after = case.given.partition("---")
    old, new = (part.strip("\n").split("\n") if part.strip() else [] for part in (before, after))
    matched = align(old, new)
    lines = [
        f"new  {text}" if index is None else f"{index:4} {text}"
        for index, text in zip(matched, new, strict=True)
    ]
    gone = [text for index, text in enumerate(old) if index not in matched]
    check_case(case, "\n".join([*lines, *(f"gone {text}" for text in gone)]))


@SETTINGS
@given(old=TEXTS, new=TEXTS)
def test_alignment(old: list[str], new: list[str]) -> None:
    matched = align(old, new)
    kept = [index for index in matched if index is not None]
    assert len(matched) == len(new)
    assert len(set(kept)) == len(kept), "no ID goes to two sentences"
    assert matched == align(old, new), "alike each time"
    equal = Counter(old) & Counter(new)
    found = Counter(
        text
        for text, index in zip(new, matched, strict=True)
        if index is not None and old[index] == text
    )
    assert found == equal, "what stands in both keeps an ID, as often as it stands in both"
    for text, index in zip(new, matched, strict=True):
        if index is not None and old[index] != text:
            assert Indel.normalized_similarity(old[index], text) >= EDITED


@SETTINGS
@given(TEXTS)
def test_an_article_that_did_not_change_keeps_everything(texts: list[str]) -> None:
    assert align(texts, texts) == list(range(len(texts)))


@SETTINGS
@given(UNIQUE, st.randoms(use_true_random=False))
def test_sentences_keep_their_ids_wherever_they_move(texts: list[str], random: object) -> None:
    shuffled = list(texts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [texts[index or 0] for index in align(texts, shuffled)] == shuffled


@SETTINGS
@given(UNIQUE.filter(bool), st.data())
def test_an_edit_of_one_sentence_moves_no_other(texts: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(texts) - 1))
    edited = [*texts[:place], texts[place].replace("number", "numbers"), *texts[place + 1 :]]
    assert align(texts, edited) == list(range(len(texts)))


@SETTINGS
@given(old=TEXTS, new=TEXTS, following=st.integers(0, 130), highest=st.integers(0, 130))
def test_no_number_is_issued_twice(
    old: list[str], new: list[str], following: int, highest: int
) -> None:
    before = ledger(*old, following=following)
    after = advance(before, new, highest=lambda: highest)
    used = {entry.number for entry in before.entries}
    issued = [e.number or 0 for e in after.entries if e.number not in used]
    assert len(set(numbers(after.entries))) == len(after.entries)
    assert [entry.text for entry in after.entries] == new
    assert all(number >= max(following, 101 + len(old), highest + 1) for number in issued)
    assert issued == sorted(issued)
    assert after.next > max([0, *(entry.number or 0 for entry in after.entries)])
    assert after.next >= before.next
    assert advance(after, new, highest=never) == after, "a second run changes nothing"


def test_numbers_of_a_new_article_count_from_101() -> None:
    empty = Ledger("137fa", 101, "plain 1")
    assert advance(empty, ["a", "b"], highest=lambda: 0) == ledger("a", "b")


def test_a_retired_number_is_not_issued_again() -> None:
    shorter = advance(ledger("aaaa", "bbbb"), ["aaaa"], highest=never)
    assert shorter.next == 103
    assert numbers(advance(shorter, ["aaaa", "cccc"], highest=lambda: 0).entries) == [101, 103]


def test_a_number_that_only_a_catalog_remembers_is_not_issued_again() -> None:
    after = advance(ledger("aaaa"), ["aaaa", "bbbb"], highest=lambda: 140)
    assert (numbers(after.entries), after.next) == ([101, 141], 142)


def test_a_sentence_without_a_number_gets_one() -> None:
    merged = Ledger("137fa", 102, "plain 1", (LedgerEntry(101, "a"), LedgerEntry(None, "b")))
    assert numbers(follow(merged, ["a", "b"])) == [101, None]
    assert numbers(advance(merged, ["a", "b"], highest=lambda: 101).entries) == [101, 102]


def test_an_edit_keeps_the_id_only_while_it_is_recognisably_the_same_sentence() -> None:
    texts = ["Save the file."]
    assert align(texts, ["Save the file again."]) == [0]
    assert align(texts, ["Restart all servers now."]) == [None]


def test_prefix_is_the_first_free_one() -> None:
    first, second = (
        hashlib.sha256(name.encode()).hexdigest()[:5] for name in ("a/ž.md", "a/ž.md#1")
    )
    assert new_prefix("a/ž.md", set()) == first
    assert new_prefix("a/ž.md", {first}) == second
    assert len({new_prefix("a/ž.md", {first, second}), first, second}) == 3


@pytest.mark.parametrize(
    ("line", "prefix"),
    [
        ('"X-Bitext-Prefix: 137fa\\n"', "137fa"),
        ('"X-Bitext-Prefix:137fa\\n"', "137fa"),
        ('"X-Bitext-Prefix: 137FA\\n"', ""),
        ('"X-Bitext-Prefix: 137fab\\n"', ""),
        ('msgid "X-Bitext-Prefix"', ""),
    ],
)
def test_prefix_is_found_without_parsing(line: str, prefix: str) -> None:
    assert find_prefix(f'msgid ""\nmsgstr ""\n{line}\n') == prefix


ARTICLES = {
    "equal": lambda n: (["x"] * n, ["x"] * (n + 1)),
    "unique and shifted": lambda n: (
        [f"Sentence {i}." for i in range(n)],
        [f"Sentence {i}." for i in range(1, n + 1)],
    ),
    "reversed": lambda n: ([str(i) for i in range(n)], [str(i) for i in range(n, 0, -1)]),
    "rewritten": lambda n: ([f"a{i}" for i in range(n)], [f"b{i}" for i in range(n)]),
    "every second one edited": lambda n: (
        [f"Sentence number {i}." for i in range(n)],
        [f"Sentence number {i}{'!' if i % 2 else '.'}" for i in range(n)],
    ),
}


@pytest.mark.parametrize("make", ARTICLES.values(), ids=list(ARTICLES))
def test_time_grows_with_length_only(make: Callable[[int], tuple[list[str], list[str]]]) -> None:
    def seconds(length: int) -> float:
        texts = make(length)
        times = []
        for _ in range(3):
            begin = process_time()
            align(*texts)
            times.append(process_time() - begin)
        return min(times)

    assert seconds(8_000) < 8 * 3 * seconds(1_000) + 0.01
