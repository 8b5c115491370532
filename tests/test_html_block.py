"""Text in HTML blocks: golden cases, tiles, and what a translation may do to a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import grammar, show
from bitext.markdown.cutting import Cutting, PieceKind
from bitext.markdown.html_block import (
    INLINE_TAGS,
    HtmlSentence,
    localize_alt,
    localize_html,
    split_html,
)
from bitext.markdown.localize import LocalSegment
from golden import Case, params
from sites import parse_html

PIECES = (
    *("One. ", "Two ", "3", ". ", " ", "\n", "&nbsp;", "&lt;", "&", "<", ">", '"', "'", "Ž"),
    *("<b>", "</b>", "<i class='x'>", "</i>", "<br>", "<p>", "</p>", "<td a=b>", "</td>", "<B>"),
    *("<!--", "-->", "<!", "<?", "<script>", "</script>", "<pre>", "</pre >", "<code>", "</code>"),
    *("<a href=", "<a b='", "/>", "<b/>", "<b", "</", "<wbr>", "\x00", "\u2028", "<svg>", "</svg>"),
)
TAG = re.compile(r"<(/?)([a-z]+)\b[^<>]*>", re.IGNORECASE)


def split(content: str) -> list[str | Cutting]:
    return split_html(content, grammar().find_cuts)


def dump(parts: Sequence[str | Cutting]) -> str:
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            lines += [f"markup   {show(part)}"] if part else []
        else:
            lines += [f"{piece.kind.name.lower():8} {show(piece.text)}" for piece in part.pieces]
    return "\n".join(lines)


@pytest.mark.parametrize("case", params("html"))
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    check_case(case, dump(split(case.given)))


@settings(
    deadline=None, max_examples=500, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_parts_tile_the_block_and_sentences_are_balanced(content: str) -> None:
    parts = split(content)
    assert "".join(part if isinstance(part, str) else part.text for part in parts) == content
    for part in parts:
        if isinstance(part, Cutting):
            assert "".join(piece.text for piece in part.pieces) == part.text
            sentences = [p.text for p in part.pieces if p.kind is PieceKind.SEGMENT]
            assert all(sentence.strip() == sentence != "" for sentence in sentences)


@pytest.mark.parametrize("tag", sorted(INLINE_TAGS - {"wbr"}))
def test_each_inline_element_stays_whole(tag: str) -> None:
    (_, run, _) = [part for part in split(f"<p>One. See <{tag}>a. b</{tag}>. Three.</p>") if part]
    assert isinstance(run, Cutting)
    assert run.segments == ("One.", f"See <{tag}>a. b</{tag}>.", "Three.")


def localize(source: str, translation: str) -> HtmlSentence:
    return localize_html(LocalSegment("137fa-101", translation), source)


def test_english_is_shown_as_it_is() -> None:
    assert localize("a < <b>c</b>", "") == HtmlSentence("a < <b>c</b>", "", "")


@pytest.mark.parametrize(
    ("source", "translation", "html"),
    [
        ("One <b>two</b>", " Ena <b>dve</b> ", "Ena <b>dve</b>"),
        ("<b>One</b> two", "Dve <b>ena</b>, <b>ena</b>", "Dve <b>ena</b>, <b>ena</b>"),
        ("a &amp; b", "a &amp; b < c", "a &amp; b &lt; c"),
        ('<a href="x" title="One">a</a>', '<a href="x" title="Ena">a</a>', None),
        ("a", "&lt;script&gt;", "&lt;script&gt;"),
    ],
)
def test_translation_is_shown(source: str, translation: str, html: str | None) -> None:
    assert localize(source, translation)._replace(lookup="") == (html or translation, "", "")


@pytest.mark.parametrize(
    "translation",
    [
        *("<script>x</script>", "<img src=x onerror=y>", "<b onclick=x>a</b>", "<i>a</i>"),
        *("<b>a", "a</b>", "</b>a<b>", "<!-- a", "<b/onclick=x>a</b>", "<p>a</p>", "<!a>"),
        *("<?a", "<svg>a</svg>", "<b\nonclick='x'>a</b>", "<style>a</style>", "<b a=>a</b>"),
    ],
)
def test_what_the_english_does_not_have_is_shown_as_text(translation: str) -> None:
    sentence = localize("One <b>two</b>", translation)
    assert sentence.warning
    assert "<" not in sentence.html


@settings(
    deadline=None, max_examples=500, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join).filter(str.strip))
def test_no_translation_adds_markup(translation: str) -> None:
    sentence = localize("One <b>two</b> <br>", translation)
    assert {tag.lower() for tag in re.findall("<[^>]*>?", sentence.html)} <= {"<b>", "</b>", "<br>"}


@pytest.mark.parametrize("quote", ["", '"', "'"])
@pytest.mark.parametrize(
    "translation",
    ["Pes", "Dva psa", "onload=x", "\"'` <b onclick=x>", "a > b/", "Pes\n&amp;"],
)
def test_alt_text_stays_in_its_attribute(quote: str, translation: str) -> None:
    segment = LocalSegment("137fa-101", translation)
    shown = localize_alt(segment, "Dog" if quote == "" else "A dog").html
    (image,) = parse_html(f"<img alt={quote}{shown}{quote} id=b>").find("img")
    assert image.attributes == {"alt": unescape(translation), "id": "b"}


def test_the_lookup_has_no_markup() -> None:
    source = '<a href="x">One</a> &lt;b&gt; &amp; <script>two</script> "three"'
    assert localize(source, "Ena").lookup == 'One &lt;b&gt; &amp;  "three"'
