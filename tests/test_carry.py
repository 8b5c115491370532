"""Mechanical carry: golden cases, and what no carried translation may do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from bitext.carry import carry, make_carry, rough_key, rough_start
from bitext.carry.sentence import _COPIED, key_of, take_apart
from bitext.markdown.localize import parse_inline
from bitext.markdown.parts import join_parts, split_parts
from bitext.segments import make_grammar
from bitext.settings import Settings
from golden import Case, params

PARSER = make_grammar(Settings(myst_extensions=("dollarmath", "substitution"))).parser


def parse(text: str) -> Sequence[Token]:
    return parse_inline(text, PARSER, {})


@pytest.mark.parametrize("case", params("carry"))
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    tag, old, new, translation = case.given.split("\n")
    carried = carry(old, new, translation, tag=tag, parse=parse)
    check_case(case, "(not carried)" if carried is None else carried)


PIECES = st.sampled_from(
    [
        *("word", "Word", " ", "  ", "[a](b.md)", "[c](d.md)", "`x`", "`y`", "5", "6", "21", "."),
        *(
            ":",
            "**",
            "*",
            "_",
            "\\>",
            ">",
            "![i](j.png)",
            "https://e.org/f",
            "<br>",
            "{{g}}",
            "$h$",
        ),
        *("]", "(", "[", "`", "\\", "!", "(k.md)", "ž", "日", "«", "~~", "$", "<", "{ref}`l`"),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
@settings(deadline=None, max_examples=500, derandomize=True)
def test_parts_joined_are_the_sentence(text: str) -> None:
    assert join_parts(split_parts(text)) == text


@given(TEXTS, st.text(max_size=30))
@settings(deadline=None, max_examples=300, derandomize=True)
def test_english_that_did_not_change_changes_nothing(english: str, translation: str) -> None:
    assert carry(english, english, translation, tag="sl-SI", parse=parse) in (translation, None)


@given(TEXTS, TEXTS)
@settings(deadline=None, max_examples=500, derandomize=True)
def test_what_is_its_own_translation_becomes_the_new_english(old: str, new: str) -> None:
    carried = carry(old, new, old, tag="en-GB", parse=parse)
    if carried is not None:
        assert key_of(take_apart(carried)) == key_of(take_apart(new))
        assert [t.type for t in parse(carried) if t.type != "text"] == [
            t.type for t in parse(new) if t.type != "text"
        ]


def test_the_parser_is_made_only_if_it_is_needed() -> None:
    asked: list[int] = []

    def parser() -> object:
        asked.append(1)
        return PARSER

    carry_in = make_carry("sl-SI", parser)  # type: ignore[arg-type]
    assert carry_in("Open the box.", "Open the bag.", "Odprite škatlo.") is None
    assert not asked
    assert carry_in("See [a](b).", "See [a](c).", "Glejte [a](b).") == "Glejte [a](c)."
    assert asked


SENTENCES = st.lists(
    st.sampled_from(
        [*"aB1 .-_`$[]{}<>()!^~@ªᴬⅷ²Σ", "\n", "Ž", "İ", "ß", "日", "](", "http", "https://a.b"]
    )
).map("".join)


@given(SENTENCES)
def test_the_rough_key_of_plain_text_is_that_of_the_pattern(text: str) -> None:
    assert rough_key(text) == _COPIED.sub("", text).lower()


@given(SENTENCES)
def test_the_rough_key_starts_as_is_told(text: str) -> None:
    assert rough_key(text).startswith(rough_start(text))
