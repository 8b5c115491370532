"""Paragraphs of translations cut where their English is."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.alignment import align
from bitext.markdown.cutting import Cutting, cut_block
from bitext.segments import make_grammar
from bitext.sentences.foreign import find_candidates
from bitext.settings import Settings
from golden import Case, params

GRAMMAR = make_grammar(Settings())


def _cut(text: str, tag: str = "") -> Cutting:
    find_cuts = partial(find_candidates, tag=tag) if tag else GRAMMAR.find_cuts
    return cut_block(text, GRAMMAR.parser, {}, find_cuts)


@pytest.mark.parametrize("case", params("alignment"))
def test_cases(case: Case, check_case: Callable[[Case, str], None]) -> None:
    tag, _, texts = case.given.partition("\n")
    english, _, translation = texts.partition("\n--\n")
    pairs = align(_cut(english), _cut(translation, tag))
    lines = [f"{'sure' if p.is_sure else 'unsure'}: {p.english} = {p.translation}" for p in pairs]
    check_case(case, "\n".join(lines or ["whole"]))


_WORDS = st.sampled_from(
    ["Das ist es.", "Ja!", "z. B. `a. b`", "[c. d](e.md).", "第一。", "\\\nf", "?"]
)


@given(st.lists(_WORDS, min_size=1, max_size=8), st.lists(_WORDS, min_size=1, max_size=8))
def test_nothing_is_lost_or_made_up(english: list[str], translation: list[str]) -> None:
    text = " ".join(translation)
    for pair in align(_cut(" ".join(english)), _cut(text, "de-DE")):
        assert pair.english
        assert pair.translation
        assert "".join(pair.translation.split()) in "".join(text.split())


@given(
    st.text(alphabet=".!?。！ \n\\*`[]()ab字", max_size=60), st.sampled_from(["el", "th", "ja-JP"])
)
def test_candidates_are_gaps_in_order(text: str, tag: str) -> None:
    last = 0
    for start, end in find_candidates(text, tag):
        assert last <= start <= end
        assert not text[start:end].strip(" \n\\")
        last = end


def test_a_long_paragraph_takes_no_longer_for_its_length() -> None:
    def seconds(count: int) -> float:
        english = " ".join(["This is one of many sentences."] * count)
        german = " ".join(["Das ist, z. B., einer von vielen Sätzen."] * count)
        start = time.process_time()
        align(_cut(english), _cut(german, "de-DE"))
        return time.process_time() - start

    seconds(5)  # warm
    assert seconds(60) < 5
    assert align(_cut("A b. " * 300), _cut("A b. " * 300, "de-DE")) == ()
