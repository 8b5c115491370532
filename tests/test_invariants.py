"""The promises, over real articles and generated text; each test's name is its promise."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import (
    ALL_EXTENSIONS,
    EXTENSIONS,
    articles,
    find_articles,
    find_english,
    grammar,
    inline_texts,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown import segment_rule
from bitext.markdown.cutting import (
    Cutting,
    FindCuts,
    NormalToken,
    PieceKind,
    Shape,
    cut_block,
    gap_tokens,
    has_words,
    join_lines,
    normal_form,
)
from bitext.markdown.glance import has_simple_words, is_seam_safe, simple_link_label
from bitext.markdown.html_block import split_html
from bitext.segments import read_article

SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(SETTINGS, max_examples=1200)
SOME = settings(SETTINGS, max_examples=300)
GRAMMARS = pytest.mark.parametrize(
    "extensions", [(), EXTENSIONS, ALL_EXTENSIONS], ids=["none", "ours", "all"]
)


def environment() -> EnvType:
    """Return the environment of an article that defines ``[X]`` and ``[^1]``."""
    footnotes: EnvType = {"refs": {":1": -1}, "list": {}}
    return {"references": {"X": {"href": "x", "title": ""}}, "footnotes": footnotes}


class Inline:
    """Parses inline text in an article's environment, which it leaves as it is."""

    def __init__(self, md: MarkdownIt, env: EnvType) -> None:
        self._md, self._env = md, env

    def __call__(self, text: str) -> list[Token]:
        tokens: list[Token] = []
        self._md.inline.parse(text, self._md, self._scratch(text), tokens)
        return tokens

    def _scratch(self, text: str) -> EnvType:
        if "[^" not in text:
            return self._env
        notes = {key: dict(value) for key, value in self._env.get("footnotes", {}).items()}
        notes["list"] = {key: dict(value) for key, value in notes.get("list", {}).items()}
        return {**self._env, "footnotes": notes}


class Witness:
    """Stands in for `cut_block`: tries each block it sees, in its article's environment."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __call__(self, text: str, md: MarkdownIt, env: EnvType, find_cuts: FindCuts) -> Cutting:
        cutting = cut_block(text, md, env, find_cuts)
        if text not in self.seen:
            self.seen.add(text)
            try_cutting(cutting, Inline(md, env))
            try_glances(text, Inline(md, env), find_cuts)
        return cutting


def try_cutting(cutting: Cutting, parse: Inline) -> None:
    """Assert what holds for each block that was cut."""
    assert "".join(piece.text for piece in cutting.pieces) == (
        cutting.text if not cutting.text.isspace() else ""
    ), "tile"
    kinds = [piece.kind for piece in cutting.pieces]
    assert all(kind is PieceKind.GAP for kind in kinds[1::2] if cutting.shape is Shape.TEXT)
    assert PieceKind.GAP not in kinds[::2]
    for piece in cutting.pieces:
        assert piece.text.strip() or piece.kind is not PieceKind.SEGMENT
    if len(kinds) > 1:
        whole = parse(cutting.text)
        assert joined(cutting, parse) == inner(cutting, whole), "seam"
        assert normal_form(parse(cutting.text)) == normal_form(whole), "parsing leaves no trace"


def inner(cutting: Cutting, whole: list[Token]) -> list[NormalToken]:
    """Return the tokens of a whole block: of a block that is one link or image, its words'."""
    if cutting.shape is Shape.LINK:
        assert (whole[0].type, whole[-1].type) == ("link_open", "link_close")
        return normal_form(whole[1:-1])
    if cutting.shape is Shape.IMAGE:
        assert [token.type for token in whole] == ["image"]
        return normal_form(whole[0].children or [])
    return normal_form(whole)


def joined(cutting: Cutting, parse: Inline) -> list[NormalToken]:
    """Return the tokens of a block's pieces, joined."""
    if cutting.shape is not Shape.TEXT:
        before, words, after = (piece.text for piece in cutting.pieces)
        lead = before.removeprefix("!").removeprefix("[")
        return normal_form(parse(lead + words + after[: len(after) - len(after.lstrip())]))
    tokens: list[Token] = []
    for piece in cutting.pieces:
        tokens += gap_tokens(piece.text) if piece.kind is PieceKind.GAP else parse(piece.text)
    return normal_form(tokens)


def try_glances(text: str, parse: Inline, find_cuts: FindCuts) -> None:
    """Assert that what is said at a glance is what the parser says."""
    whole = parse(text)
    words = has_simple_words(text)
    assert words is None or words == has_words(whole), f"words: {text!r}"
    label = simple_link_label(text) if words else ""
    if label:
        assert (whole[0].type, whole[-1].type) == ("link_open", "link_close"), text
        assert normal_form(whole[1:-1]) == normal_form(parse(label)), text
        assert sum(token.type == "link_open" for token in whole) == 1
    parts = split_at(text, find_cuts(text))
    if is_seam_safe(parts):
        apart = [parse(part) if n % 2 == 0 else gap_tokens(part) for n, part in enumerate(parts)]
        assert normal_form(sum(apart, [])) == normal_form(whole), f"seam: {text!r}"


def split_at(text: str, cuts: object) -> list[str]:
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    return [text[start:end] for start, end in zip(edges, edges[1:], strict=False)]


@pytest.fixture
def witness(monkeypatch: pytest.MonkeyPatch) -> Witness:
    """Try every block of each article that is read during the test."""
    found = Witness()
    monkeypatch.setattr(segment_rule, "cut_block", found)
    return found


@GRAMMARS
def test_tile_seam_and_glance_of_english(
    corpora: Path, history: Path, witness: Witness, extensions: tuple[str, ...]
) -> None:
    for _, text in find_english(corpora, history):
        read_article("a.md", text, grammar(*extensions))
    assert len(witness.seen) > 20_000


@pytest.mark.parametrize(
    "folder", ["alchemy/sl-SI", "alchemy/ja-JP", "nuget/de-DE", "quantum/ja-JP"]
)
def test_tile_seam_and_glance_of_side_by_side_articles(
    corpora: Path, witness: Witness, folder: str
) -> None:
    for _, text in find_articles(corpora / folder, every=12):
        read_article("a.md", text, grammar(*EXTENSIONS))
    assert len(witness.seen) > 500


@GRAMMARS
@MANY
@given(text=inline_texts())
def test_tile_seam_and_glance_of_nasty_text(extensions: tuple[str, ...], text: str) -> None:
    reader = grammar(*extensions)
    env = environment()
    parse = Inline(reader.parser, env)
    try_cutting(cut_block(text, reader.parser, env, reader.find_cuts), parse)
    try_glances(text, parse, reader.find_cuts)
    assert env == environment()


@GRAMMARS
@SOME
@given(text=articles())
def test_tile_seam_and_glance_of_nasty_articles(extensions: tuple[str, ...], text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment_rule, "cut_block", Witness())
        read_article("a.md", text, grammar(*extensions))
