"""Work that grows no faster than what is read."""

from __future__ import annotations

from time import process_time

from articles import grammar
from bitext.ledger import align
from bitext.markdown.cutting import cut_block
from bitext.markdown.html_block import split_html
from bitext.markdown.localize import LocalSegment
from bitext.markdown.segment_rule import BlockKey, Found, find_localized
from bitext.recognition import likeness

SECONDS = 2.0
"""Far above what is needed, far below what it took when time grew with the square."""


class _Counting(dict[BlockKey, tuple[LocalSegment, ...]]):
    """Blocks that count how often they are asked."""

    asked = 0

    def __contains__(self, key: object) -> bool:
        self.asked += 1
        return super().__contains__(key)


def test_a_block_shown_often_is_found_in_few_steps() -> None:
    blocks = _Counting({BlockKey("x", 0): (LocalSegment("137fa-101"),)})
    cutting = cut_block("x", grammar().parser, {}, grammar().find_cuts)
    found = Found(BlockKey("x", 100_000), cutting, "")
    assert find_localized(blocks, found) == (LocalSegment("137fa-101"),)
    assert blocks.asked < 50


def test_code_that_is_never_closed() -> None:
    start = process_time()
    split_html("<p>" + "<code>x " * 40_000, grammar().find_cuts)
    assert process_time() - start < SECONDS


def test_code_that_is_closed_has_no_words() -> None:
    parts = split_html("<p><code class='a'>word\n<b>x</b></code></p>", grammar().find_cuts)
    assert all(isinstance(part, str) for part in parts)


def test_sentences_of_a_megabyte_are_compared_by_their_beginning() -> None:
    start = process_time()
    assert likeness("ab" * 500_000, "ba" * 500_000) > 0.9
    assert process_time() - start < SECONDS


def test_a_gap_of_long_sentences_is_bounded() -> None:
    old = [f"{number} " + "abcdefgh " * 400 for number in range(150)]
    new = [f"{number} " + "hgfedcba " * 400 for number in range(150)]
    start = process_time()
    assert align(old, new) == [None] * 150
    assert process_time() - start < SECONDS
