"""Blocks cut as published files were: golden cases, and that a page shows what it did."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from articles import dump
from bitext.markdown.blocks import Grammar
from bitext.markdown.cutting import Cutting, cut_block, normal_form
from bitext.markdown.localize import LocalSegment, localized_tokens
from bitext.model import State
from bitext.segments import make_grammar, read_article
from bitext.settings import Settings
from golden import Case, params
from seams import Inline, environment, shown

PIECES = (
    *(
        "One",
        "two.",
        "Three.",
        "5",
        "200",
        "`a`",
        "`b`.",
        " ",
        " ",
        " ",
        "\n",
        "<br>",
        "</br>",
        "\\",
    ),
    *("**x**", "*y.*", "[l](a.md)", "[1. m](b.md)", "[`c`](d.md)", "<xref:A.B>", "$x$", "$a. b$"),
    *("$$", "$", "<ul><li>", "</li></ul>", '<a name="n"></a>', '<img src="i.png">', "- ", "-> "),
    *(
        "![p. q](i.png)",
        "<b>",
        "</b>",
        "&nbsp;",
        "  \n",
        "...",
        "e.g. ",
        "J. A. ",
        "https://a.org/b",
    ),
)


@cache
def published(dialect: str = "learn") -> Grammar:
    return make_grammar(Settings(dialect=dialect, segmentation="published"))


def cut(text: str) -> Cutting:
    grammar = published()
    return cut_block(text, grammar.parser, environment(), grammar.find_cuts)


@pytest.mark.parametrize("case", params("published"))
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    article = read_article("a.md", case.given, published())
    check_case(case, "\n".join(dump(read.block) for read in article.blocks))


def _random(seed: int) -> str:
    random = Random(seed)
    text = "".join(random.choice(PIECES) for _ in range(random.randint(1, 14)))
    return re.sub(r"\n\s+", "\n", text.strip())


@pytest.mark.parametrize("seed", range(600))
def test_a_page_shows_a_block_as_it_is(seed: int) -> None:
    text = _random(seed)
    cutting = cut(text)
    md = published().parser
    assert "".join(piece.text for piece in cutting.pieces) == text
    if not cutting.segments:
        return
    whole = shown(cutting, Inline(md, environment())(text))
    for texts in ([""] * len(cutting.segments), cutting.segments):
        segments = [LocalSegment(f"137fa-{n}", own) for n, own in enumerate(texts, 101)]
        localized = localized_tokens(cutting, segments, md, environment())
        assert shown(cutting, localized.tokens) == whole, text


def test_sentences_of_math_are_shown_as_one() -> None:
    text = "$$ a = b. c = d $$"
    cutting = cut(text)
    assert cutting.segments == ("$$ a = b.", "c = d $$")
    assert cutting.is_whole
    segments = [
        LocalSegment("137fa-101", "$$ a = b.", State.TRANSLATED),
        LocalSegment("137fa-102", "c = e $$", State.TRANSLATED),
    ]
    md = published().parser
    tokens = localized_tokens(cutting, segments, md, environment()).tokens
    assert [token.type for token in tokens] == [
        "segment_open",
        "math_inline_double",
        "segment_close",
    ]
    assert tokens[0].meta["id"] == "137fa-101"


def test_a_link_in_a_row_of_sentences_keeps_its_target() -> None:
    cutting = cut("See this. [More](more.md) [x](y.md)! It ends. [Less](less.md)")
    assert cutting.segments[-1] == "Less"
    names = ["Glej to.", "[Več](more.md) [x](y.md)!", "Konec.", "Manj"]
    segments = [LocalSegment(f"137fa-{n}", name) for n, name in enumerate(names, 101)]
    md = published().parser
    tokens = localized_tokens(cutting, segments, md, environment()).tokens
    opened = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert opened == ["more.md", "y.md", "less.md"]
    assert "Manj" in [token.content for token in tokens]


def test_alt_text_of_several_sentences_is_one_text() -> None:
    cutting = cut("![One. Two.](i.png)")
    assert cutting.segments == ("One.", "Two.")
    segments = [LocalSegment("137fa-101", "Ena."), LocalSegment("137fa-102", "Dve.")]
    md = published().parser
    (image,) = localized_tokens(cutting, segments, md, environment()).tokens
    assert [token.content for token in normal_form(image.children or [])] == ["Ena. Dve."]


def test_the_plain_rules_know_nothing_of_it() -> None:
    grammar = make_grammar(Settings(dialect="learn"))
    texts = read_article("a.md", "| A | B |\n|---|---|\n| 200 | x<br>y. |\n", grammar).texts
    assert texts == ["A", "B", "x<br>y."]
