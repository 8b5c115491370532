"""What holds for each block that is cut: tile, seam, glance and echo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.cutting import (
    GAP,
    Cutting,
    FindCuts,
    NormalToken,
    PieceKind,
    Shape,
    cut_block,
    gap_tokens,
    has_words,
    normal_form,
)
from bitext.markdown.glance import (
    has_simple_words,
    is_seam_safe,
    may_be_single,
    simple_image_label,
    simple_link_label,
)
from bitext.markdown.localize import LocalSegment, localized_tokens
from bitext.markdown.simple import read_simple


def environment() -> EnvType:
    """Return the environment of an article that defines ``[X]`` and ``[^1]``."""
    footnotes: EnvType = {"refs": {":1": -1}, "list": {}}
    return {"references": {"X": {"href": "x", "title": ""}}, "footnotes": footnotes}


class Inline:
    """Parses inline text in an article's environment, which it leaves as it is."""

    def __init__(self, md: MarkdownIt, env: EnvType) -> None:
        self.md, self._env = md, env

    def __call__(self, text: str) -> list[Token]:
        tokens: list[Token] = []
        self.md.inline.parse(text, self.md, self.scratch(text), tokens)
        return tokens

    def scratch(self, text: str) -> EnvType:
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
            try_echo(cutting, md, env)
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
        assert joined(cutting, parse) == inner(cutting, whole), f"seam: {cutting.text!r}"
        assert normal_form(parse(cutting.text)) == normal_form(whole), "parsing leaves no trace"


def try_echo(cutting: Cutting, md: MarkdownIt, env: EnvType) -> None:
    """Assert that English, and English as its own translation, are the block parsed whole."""
    if not cutting.segments or any(text != text.strip() for text in cutting.segments):
        return
    whole = shown(cutting, Inline(md, env)(cutting.text))
    for texts in ([""] * len(cutting.segments), cutting.segments):
        segments = [LocalSegment(f"137fa-{n}", text) for n, text in enumerate(texts, 101)]
        localized = localized_tokens(cutting, segments, md, Inline(md, env).scratch(cutting.text))
        assert not localized.warnings, cutting.text
        assert shown(cutting, localized.tokens) == whole, f"echo: {cutting.text!r}"
        opened = [token.meta["id"] for token in localized.tokens if token.type == "segment_open"]
        if cutting.shape is not Shape.IMAGE:
            assert opened == [segment.id for segment in segments]


def shown(cutting: Cutting, tokens: list[Token]) -> list[NormalToken]:
    """Return a block's tokens as a page shows them: white space counts once, sentences not."""
    space = Token("text", "", 0, content=" ")
    kept = [space if token.type == "softbreak" else token for token in tokens]
    normal = normal_form(token for token in kept if not token.type.startswith("segment_"))
    found = [_squeeze(token._replace(meta=_without_gap(token))) for token in normal]
    if cutting.shape is Shape.LINK:
        label = [found[1]._replace(content=found[1].content.lstrip()), *found[2:-1]]
        label[-1] = label[-1]._replace(content=label[-1].content.rstrip())
        found[1:-1] = [token for token in label if token.content or token.type != "text"]
    return found


def _without_gap(token: NormalToken) -> tuple[tuple[str, str], ...]:
    """Return the meta of a token without the name of the white space that it is."""
    return tuple(pair for pair in token.meta if pair[0] != GAP)


def _squeeze(token: NormalToken) -> NormalToken:
    alt = "".join(child.content or " " for child in token.children)
    attributes = tuple((name, " ".join(value.split())) for name, value in token.attributes)
    content = re.sub(r"\s+", " ", alt or token.content)
    content = content.strip() if token.type in ("image", "code_inline") else content
    return token._replace(content=content, attributes=attributes, children=())


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
    alt = simple_image_label(text)
    if alt and has_simple_words(alt):
        assert [token.type for token in whole] == ["image"], text
        assert normal_form(whole[0].children or []) == normal_form(parse(alt)), text
        assert "title" not in whole[0].attrs
    if words and not label and not may_be_single(text):
        assert not is_single(whole), f"single: {text!r}"
    parts = split_at(text, find_cuts(text))
    for part in (text, *parts[::2]):
        try_simple(part, parse)
    if is_seam_safe(parts):
        apart = [parse(part) if n % 2 == 0 else gap_tokens(part) for n, part in enumerate(parts)]
        assert normal_form(chain.from_iterable(apart)) == normal_form(whole), f"seam: {text!r}"


def try_simple(text: str, parse: Inline, *, has_labels: bool = True) -> bool:
    """Assert that a sentence whose tokens a glance finds has these; return whether it does."""
    simple = read_simple(text, parse.md, has_labels=has_labels)
    if simple is not None:
        assert [_shown(token) for token in simple] == [_shown(token) for token in parse(text)], text
    return simple is not None


def _shown(token: Token) -> tuple[object, ...]:
    """Return what a check may look at."""
    return (*(token.type, token.tag, token.nesting, token.content), token.markup, token.attrs)


def is_single(tokens: Sequence[Token]) -> bool:
    """Tell whether a block is one image, or one link around all of it."""
    kinds = [token.type for token in tokens]
    links = kinds.count("link_open")
    return kinds == ["image"] or (
        links == 1 and (kinds[0], kinds[-1]) == ("link_open", "link_close")
    )


def split_at(text: str, cuts: Sequence[tuple[int, int]]) -> list[str]:
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def try_block(text: str, md: MarkdownIt, env: EnvType, find_cuts: FindCuts) -> Cutting:
    """Assert all that holds for one block; return how it was cut."""
    cutting = cut_block(text, md, env, find_cuts)
    try_cutting(cutting, Inline(md, env))
    try_glances(text, Inline(md, env), find_cuts)
    try_echo(cutting, md, env)
    return cutting
