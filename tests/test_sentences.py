from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.sentences import PLAIN, PUBLISHED, RULES, Cut, Rules, find_cuts, split
from bitext.sentences.english import ABBREVIATIONS, LABELS, STARTERS
from bitext.sentences.published import ABBREVIATIONS as PUBLISHED_ABBREVIATIONS
from bitext.sentences.rules import Closer, Mark, Next, Place, Word, WordList

CASES = Path(__file__).parent / "cases" / "sentences"
VISIBLE = str.maketrans({"␣": " ", "→": "\t", "⍽": "\u00a0", "⍹": "\u202f"})
GAP = re.compile(r"\s+|[ \t]*(?:\\\n\s*|  \n\s*)+")
ALL_RULES = pytest.mark.parametrize("rules", RULES.values(), ids=list(RULES))


class Case(NamedTuple):
    """One golden case: ``title . input . expected .``, each dot alone on its line."""

    title: str
    text: str
    expected: str


def parse_cases(content: str) -> Iterator[Case]:
    """Yield the cases of a golden file; lines that start with ``# `` between cases are notes."""
    parts = re.split(r"^\.\n", content, flags=re.MULTILINE)
    for title, text, expected in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
        yield Case(title.strip().split("\n")[-1], text.removesuffix("\n"), expected.rstrip("\n"))


def collect_cases() -> Iterator[object]:
    for name, rules in RULES.items():
        for case in parse_cases((CASES / f"{name}.txt").read_text(encoding="utf-8")):
            yield pytest.param(rules, case, id=f"{name}: {case.title}")


@pytest.mark.parametrize(("rules", "case"), list(collect_cases()))
def test_case(rules: Rules, case: Case) -> None:
    pieces = split(case.text.translate(VISIBLE), rules)
    assert [re.sub(r" *\n *", " ", piece) for piece in pieces] == case.expected.split("\n")


@pytest.mark.parametrize(("name", "least"), [("plain", 120), ("published", 60)])
def test_cases_are_many_and_have_titles_of_their_own(name: str, least: int) -> None:
    titles = [c.title for c in parse_cases((CASES / f"{name}.txt").read_text(encoding="utf-8"))]
    assert len(titles) >= least
    assert len(set(titles)) == len(titles)


def test_cut_tells_the_gap() -> None:
    assert find_cuts("Save it.  Then\\\nrestart.", PLAIN) == [Cut(8, 10), Cut(14, 16)]


def test_rules_are_known_by_name_and_labelled() -> None:
    assert RULES == {"plain": PLAIN, "published": PUBLISHED}
    assert [rules.label for rules in RULES.values()] == ["plain 1", "published 2"]


def test_hard_breaks_do_not_cut_where_rules_say_so() -> None:
    soft = Rules("soft", 1, PLAIN.language, PLAIN.rows, hard_breaks_cut=False)
    assert split("Main Street  \nLjubljana. The end.", soft) == [
        "Main Street  \nLjubljana.",
        "The end.",
    ]


# The tables


@ALL_RULES
def test_rows_have_an_id_of_their_own_and_a_reason(rules: Rules) -> None:
    ids = [row.id for row in rules.rows]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", id_) for id_ in ids)
    assert all(row.why.endswith(".") for row in rules.rows)


@ALL_RULES
def test_some_row_decides_about_every_place_and_each_row_about_some(rules: Rules) -> None:
    places = [Place(m, c, w, n) for m in Mark for c in Closer for w in Word for n in Next]
    assert {rules.row(place).id for place in places} == {row.id for row in rules.rows}


@pytest.mark.parametrize("lists", [ABBREVIATIONS, PUBLISHED_ABBREVIATIONS])
def test_no_word_is_listed_twice(lists: tuple[WordList, ...]) -> None:
    words = [word for each in lists for word in each.words.split()]
    assert sorted(words) == sorted(set(words))


def test_english_words_are_written_as_they_are_looked_up() -> None:
    assert not any(word.endswith(".") for each in ABBREVIATIONS for word in each.words.split())
    assert all(word[0].isupper() for word in (*STARTERS.split(), *LABELS.split()))


# What holds for every text

FRAGMENTS = st.sampled_from(
    [
        *("Save", "it", "e.g", "etc", "Dr", "No", "1", "12", "a", "B", "U.S", "Figure 2", "x.y"),
        *(".", "..", "...", "…", "?", "!", "?!", ",", ":", "-", "—"),
        *("(", ")", "[", "]", "](x)", "][x]", "[^1]", '"', "“", "”", "'", "*", "**", "_", "`"),
        *(" ", " ", " ", "  ", "\n", "  \n", "\\\n", "\\", "\t", "\u00a0", "\u202f", "\u2028"),
        *("{ref}`x`", "<b>", "</b>", "<br>", "$", "日本", "。", "🎉", "The", "the"),
    ]
)
TEXTS = st.lists(FRAGMENTS, max_size=40).map("".join) | st.text(max_size=60)


@ALL_RULES
@given(text=TEXTS)
def test_cuts_are_ordered_and_disjoint_and_inside_the_text(rules: Rules, text: str) -> None:
    edges = [0, *(edge for cut in find_cuts(text, rules) for edge in cut), len(text)]
    assert not text or all(left < right for left, right in pairwise(edges))


@ALL_RULES
@given(text=TEXTS)
def test_gaps_are_white_space_or_hard_breaks(rules: Rules, text: str) -> None:
    assert all(GAP.fullmatch(text[cut.start : cut.end]) for cut in find_cuts(text, rules))


@ALL_RULES
@given(text=TEXTS)
def test_pieces_and_gaps_joined_are_the_text(rules: Rules, text: str) -> None:
    gaps = [text[cut.start : cut.end] for cut in find_cuts(text, rules)]
    pieces = split(text, rules)
    assert "".join(p + g for p, g in zip(pieces, [*gaps, ""], strict=True)) == text


@ALL_RULES
@given(text=TEXTS)
def test_a_piece_is_one_sentence(rules: Rules, text: str) -> None:
    assert all(split(piece, rules) == [piece] for piece in split(text, rules))


@ALL_RULES
@given(text=TEXTS, more=TEXTS)
def test_later_text_moves_no_earlier_cut(rules: Rules, text: str, more: str) -> None:
    cuts = find_cuts(f"{text}.\n{more}", rules)
    assert [cut for cut in cuts if cut.end < len(text)] == [
        cut for cut in find_cuts(f"{text}.\nx", rules) if cut.end < len(text)
    ]


# Time


HOSTILE = {
    "prose": "Save the file (see below). Then restart the server, e.g. with `make serve`. ",
    "no terminator": "Save the file and restart the server ",
    "dots": ".",
    "spaced dots": ". ",
    "quotes": '."',
    "only quotes": '"',
    "asterisks": "*",
    "dot and asterisks": ".**",
    "spaces": " ",
    "dot and spaces": ".    ",
    "backslashes": "\\",
    "hard breaks": "\\\n",
    "space breaks": "a  \n",
    "links": ".](",
    "footnotes": ".[^",
    "roles": ".{a",
    "tags": ".</a",
    "parentheses": "(.) ",
    "closing parentheses": "a.) ",
    "openers": '. "([*',
    "dashes": ". -",
    "one word": "a",
    "letters": "A. ",
    "line feeds": "\n",
}


def measure(text: str, rules: Rules) -> float:
    """Return the best of three times, in seconds."""
    times = []
    for _ in range(3):
        start = process_time()
        find_cuts(text, rules)
        times.append(process_time() - start)
    return min(times)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize("head", ["", "a", "A."], ids=["bare", "word", "stop"])
def test_time_grows_with_length_only(unit: str, head: str) -> None:
    small, large = (head + unit * (size // len(unit)) + "x" for size in (5_000, 40_000))
    assert measure(large, PLAIN) < 8 * 3 * measure(small, PLAIN) + 0.002
