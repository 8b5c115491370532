"""A block cut into its sentences: golden cases, and what a cut costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from markdown_it.token import Token
from markdown_it.utils import EnvType

from articles import EXTENSIONS, grammar, show
from bitext.markdown.cutting import (
    Cutting,
    PieceKind,
    Shape,
    cut_block,
    gap_tokens,
    join_lines,
    normal_form,
)
from golden import Case, params


def environment() -> EnvType:
    """Return the environment of an article that defines ``[X]`` and ``[^1]``."""
    footnotes: EnvType = {"refs": {":1": -1}, "list": {}}
    return {"references": {"X": {"href": "x", "title": ""}}, "footnotes": footnotes}


def cut(text: str, *extensions: str) -> Cutting:
    reader = grammar(*(extensions or EXTENSIONS))
    return cut_block(text, reader.parser, environment(), reader.find_cuts)


def parse(text: str) -> list[Token]:
    md = grammar(*EXTENSIONS).parser
    tokens: list[Token] = []
    md.inline.parse(text, md, environment(), tokens)
    return tokens


def dump(cutting: Cutting) -> str:
    shape = [] if cutting.shape is Shape.TEXT else [f"shape {cutting.shape.name.lower()}"]
    pieces = [f"{piece.kind.name.lower():8} {show(piece.text)}" for piece in cutting.pieces]
    return "\n".join(line.rstrip() for line in shape + pieces)


@pytest.mark.parametrize("case", params("cutting"))
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    check_case(case, dump(cut(case.given)))


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("one", "one"),
        ("one \t\n\t two", "one two"),
        ("one\n\n two", "one  two"),
        ("one  \n  two", "one  \ntwo"),
        ("one\\\n  two\nthree", "one\\\ntwo three"),
        ("one\\\\\ntwo", "one\\\\ two"),
        ("one\u2028two\x85three\x0cfour", "one\u2028two\x85three\x0cfour"),
    ],
)
def test_lines_are_joined_but_for_hard_breaks(text: str, joined: str) -> None:
    assert join_lines(text) == joined
    assert join_lines(joined) == joined


@pytest.mark.parametrize(
    "gap",
    [
        *(" ", "  ", "\t", "\u00a0", "\n", " \n", "  \n", "   \n ", "\t\n\t", " \t \n", "\t  \n"),
        *(
            "\u00a0\n",
            "\n\u00a0",
            "\u2028\n",
            "\x0c",
            "\\\n",
            " \\\n",
            "  \\\n",
            "\\\n  ",
            "\\\n\\\n",
        ),
    ],
)
def test_a_gap_means_what_it_means_between_words(gap: str) -> None:
    words = Token("text", "", 0, content="a")
    assert normal_form([words, *gap_tokens(gap), words]) == normal_form(parse(f"a{gap}a"))


def test_an_address_in_a_label_keeps_its_link() -> None:
    text = "[www.example.org](https://example.com)"
    assert dump(cut(text, "gfm_autolink")) == f"segment  {text}"


def test_a_footnote_in_a_block_is_not_counted_twice() -> None:
    env = environment()
    reader = grammar()
    cut_block("One[^1]. Two *a*[^1]. Three.", reader.parser, env, reader.find_cuts)
    assert env == environment()


def test_a_hopeless_block_stays_whole_in_time() -> None:
    cutting = cut("Let `it. " * 3_000)
    assert "".join(piece.text for piece in cutting.pieces) == cutting.text
    assert 0 < len(cutting.segments) < 3_000
    assert cutting.pieces[0].kind is PieceKind.SEGMENT
