"""Parse the sentences of one block, each in its language, into one stream of inline tokens."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, linkify
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.characters import joins_without_space, make_readable
from bitext.markdown.cutting import (
    GAP,
    Cutting,
    InlineParser,
    Piece,
    PieceKind,
    Shape,
    gap_tokens,
    join_lines,
)
from bitext.markdown.lookup import inert_html
from bitext.markdown.stray import find_stray
from bitext.markdown.trust import find_surplus
from bitext.model import State

_SIGN = re.compile(r"[\n\\`*_\[\]<>&!{}$~^@|:/§]")
"""What any inline rule of MyST's extensions may react to, besides an address with ``www.``."""


@dataclass(frozen=True, slots=True)
class LocalSegment:
    """One sentence of a block as a page shows it."""

    id: str
    """Its segment ID; empty for a sentence that has none yet."""

    translation: str = ""
    """Inline Markdown; empty shows the English."""

    state: State | None = State.UNTRANSLATED
    """The entry's state; None on the pages of the source language."""

    origin: str = ""
    """Where its translation comes from, as a note in its entry says; empty if none does."""

    is_literal: bool = False
    """Whether the translation is shown as it is spelled, whatever it holds."""

    paragraph: LocalSegment | None = None
    """What is shown in place of it and of others after it: the block's paragraph entry."""

    joined: int = 1
    """How many sentences of the block it stands for: of a paragraph entry more than one."""


@dataclass(slots=True)
class LocalizedTokens:
    """The inline tokens of one block in its language."""

    tokens: list[Token] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    """(segment ID, message) for each translation of which something is shown as text."""

    dropped: list[str] = field(default_factory=list)
    """The keys of the spaces between sentences that the language does not write."""


def gap_key(identifier: str, place: int) -> str:
    """Return what names white space: the first ID of its block, and its place among the pieces."""
    return f"{identifier} {place}"


def localized_tokens(
    cutting: Cutting, segments: Sequence[LocalSegment], md: MarkdownIt, env: EnvType
) -> LocalizedTokens:
    """Return the tokens of a block, each sentence between ``segment_open`` and ``segment_close``.

    `segments` are those of the block, one for each of its segment pieces.
    """
    result = LocalizedTokens()
    if cutting.is_whole and len(segments) > 1:
        cutting, segments = join_sentences(cutting, segments)
    is_shown = partial(_is_shown, cutting=cutting, md=md, env=env)
    first = next((segment.id for segment in segments if segment.id), "")
    gap = ("", "")
    for place, (piece, segment, own) in enumerate(_pair(cutting, segments, is_shown)):
        if piece.kind is PieceKind.GAP:
            _add_gap(result, gap, ())
            gap = (piece.text, gap_key(first, place))
            continue
        tokens = _tokens_of(result, piece, segment, cutting=own, md=md, env=env)
        _add_gap(result, gap, tokens)
        gap = ("", "")
        result.tokens.extend(tokens)
    _add_gap(result, gap, ())
    return result


def _add_gap(result: LocalizedTokens, gap: tuple[str, str], following: Sequence[Token]) -> None:
    """Add white space, by its text and its key, unless the language of its neighbours has none."""
    text, key = gap
    if text and _is_invented(text, result.tokens, following):
        result.dropped.append(key)
    elif text:
        tokens = gap_tokens(text)
        for token in tokens:
            token.meta[GAP] = key
        result.tokens.extend(tokens)


def _tokens_of(
    result: LocalizedTokens,
    piece: Piece,
    segment: LocalSegment | None,
    *,
    cutting: Cutting,
    md: MarkdownIt,
    env: EnvType,
) -> list[Token]:
    """Return the tokens of a sentence, or of what is none; warnings go to `result`."""
    if segment is not None:
        return _sentence_tokens(result, piece, segment, cutting=cutting, md=md, env=env)
    return parse_inline(piece.text, md, env) if piece.kind is PieceKind.VERBATIM else []


class _Shown(NamedTuple):
    """A piece of a block, the sentence that it is, and the block, or the link, that it is in."""

    piece: Piece
    segment: LocalSegment | None
    cutting: Cutting


def _is_invented(gap: str, before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Tell whether a gap is a space that the language of what is shown around it does not write."""
    if "\\\n" in gap or "  \n" in gap:
        return False
    last = next(filter(None, map(_shown_text, reversed(before))), "")
    first = next(filter(None, map(_shown_text, after)), "")
    return joins_without_space(last.rstrip(), first.lstrip())


def _shown_text(token: Token) -> str:
    """Return what a token shows; of an image no text, and no end of one either."""
    if token.type == "html_inline":
        return ""
    return "\0" if token.type == "image" else token.content


def _pair(
    cutting: Cutting,
    segments: Sequence[LocalSegment],
    is_shown: Callable[[Piece, LocalSegment], bool],
) -> Iterator[_Shown]:
    """Yield each piece with the sentence that it is; those of a paragraph entry as one."""
    pieces = cutting.pieces
    sentences = iter(segments)
    place = 0
    while place < len(pieces):
        piece, end = pieces[place], place + 1
        if piece.kind is PieceKind.MARKUP and cutting.shape is Shape.TEXT:
            link = pieces[place : place + 3]
            own = Cutting("".join(part.text for part in link), Shape.LINK, link)
            yield _Shown(link[1], next(sentences), own)
            place += 3
            continue
        segment = next(sentences) if piece.kind is PieceKind.SEGMENT else None
        if segment and segment.paragraph:
            others = segment.paragraph.joined - 1  # a gap stands before each
            whole = "".join(part.text for part in pieces[place : end + 2 * others])
            if is_shown(piece._replace(text=whole), segment.paragraph):
                piece, end = piece._replace(text=whole), end + 2 * others
                segment = segment.paragraph
                for _ in range(others):
                    next(sentences)
        yield _Shown(piece, segment, cutting)
        place = end


def join_sentences(
    cutting: Cutting, segments: Sequence[LocalSegment]
) -> tuple[Cutting, Sequence[LocalSegment]]:
    """Return a block whose sentences mean what they do only together, as one sentence."""
    pieces = cutting.pieces
    if cutting.shape is not Shape.TEXT:
        pieces = pieces[1:-1]
    words: list[str] = []
    sentences = iter(segments)
    skipped = 0
    for piece in pieces:
        if skipped:
            skipped -= 1
            if piece.kind is PieceKind.SEGMENT:
                next(sentences)
            continue
        segment = next(sentences) if piece.kind is PieceKind.SEGMENT else None
        if segment and segment.paragraph:
            skipped = 2 * (segment.paragraph.joined - 1)  # a gap stands before each
            segment = segment.paragraph
        words.append((segment.translation if segment else "") or piece.text)
    text = "".join(piece.text for piece in pieces)
    known = [own for own in (one.paragraph or one for one in segments) if own.translation]
    first = known[0] if known else segments[0]
    is_literal = any(own.is_literal for own in known)
    translation = join_lines("".join(words)) if known else ""
    one = replace(
        first, id=segments[0].id, translation=translation, is_literal=is_literal, paragraph=None
    )
    whole = [Piece(PieceKind.SEGMENT, text)]
    if cutting.shape is not Shape.TEXT:
        whole = [cutting.pieces[0], *whole, cutting.pieces[-1]]
    return Cutting(cutting.text, cutting.shape, tuple(whole)), (replace(one, joined=1),)


def _is_shown(
    piece: Piece, paragraph: LocalSegment, *, cutting: Cutting, md: MarkdownIt, env: EnvType
) -> bool:
    """Tell whether a paragraph entry may be shown: a stale one that links elsewhere may not."""
    if paragraph.state is not State.STALE or paragraph.is_literal:
        return True
    parse = InlineParser(md, env)
    source, tokens = parse(join_lines(piece.text)), parse(paragraph.translation.strip())
    return not _find_surplus(tokens, source, cutting=cutting, md=md, env=env)


def _sentence_tokens(
    result: LocalizedTokens,
    piece: Piece,
    segment: LocalSegment,
    *,
    cutting: Cutting,
    md: MarkdownIt,
    env: EnvType,
) -> list[Token]:
    """Return the tokens of one sentence: translated if there is a translation that may be shown.

    A stale one may link to where its English no longer links: then the English is shown.
    """
    if not segment.id and cutting.shape is Shape.TEXT:
        return parse_inline(piece.text, md, env)
    if not segment.translation:
        return _in_shape(cutting, parse_inline(piece.text, md, env), segment, "", md, env)
    source = parse_inline(join_lines(piece.text), md, env)
    tokens = [] if segment.is_literal else _parse_translation(segment.translation, md, env)
    surplus = _find_surplus(tokens, source, cutting=cutting, md=md, env=env)
    if surplus and segment.state is State.STALE:
        untranslated = replace(segment, translation="", state=State.UNTRANSLATED, origin="")
        return _sentence_tokens(result, piece, untranslated, cutting=cutting, md=md, env=env)
    stray = surplus or find_stray(
        segment.translation.strip(), tokens, source=join_lines(piece.text), source_tokens=source
    )
    if stray:
        message = f"its translation uses {stray}, its English does not; it is shown as text"
        result.warnings.append((segment.id, message))
    if surplus or segment.is_literal:
        tokens = _literal(segment.translation, cutting)
    return _in_shape(cutting, tokens, segment, inert_html(source, tokens), md, env)


def _parse_translation(translation: str, md: MarkdownIt, env: EnvType) -> list[Token]:
    """Return inline tokens without line ends: a title is a line of Sphinx's inventory."""
    tokens = parse_inline(translation.strip(), md, env)
    if "\n" in translation:
        for token in tokens:
            if token.type == "softbreak":
                token.type, token.content = "text", " "
    return tokens


def _find_surplus(
    tokens: list[Token], source: list[Token], *, cutting: Cutting, md: MarkdownIt, env: EnvType
) -> str:
    """Return what a sentence's translated `tokens` use beyond its English; empty if nothing."""
    if len(tokens) == 1 and tokens[0].type == "text" and not md.options.linkify:
        return ""
    linkifier = md.linkify if md.options.linkify else None
    whole = (
        parse_inline(join_lines(cutting.text), md, env) if cutting.shape is Shape.LINK else source
    )
    is_inside = cutting.shape is not Shape.TEXT and "link_open" not in {t.type for t in tokens}
    if linkifier and not is_inside and linkifier.pretest(cutting.text):
        tokens, whole = _linkified(tokens, md, env), _linkified(whole, md, env)
    return find_surplus(tokens, whole) or find_hidden(tokens, cutting.text)


def _linkified(tokens: list[Token], md: MarkdownIt, env: EnvType) -> list[Token]:
    """Return tokens with the links that markdown-it makes of addresses when all are parsed."""
    inline = Token("inline", "", 0, children=list(tokens))
    inline.content = "".join(token.content for token in tokens)
    linkify(StateCore(inline.content, md, env, [inline]))
    return inline.children or []


def find_hidden(tokens: list[Token], source: str) -> str:
    """Return a character spelled as an entity that no translation may hold; empty if none."""
    spelled = "".join(token.content for token in tokens if token.info == "entity")
    if "\n" in spelled:
        return "a line end as an entity"
    lost = make_readable(spelled, html.unescape(source)).lost if spelled else ""
    return f"the character {lost}" if lost else ""


def _literal(text: str, cutting: Cutting) -> list[Token]:
    """Return the token of a text in which nothing is a link, a quotation mark or a dash."""
    kind = "text" if cutting.shape is Shape.IMAGE else "text_special"
    return [Token(kind, "", 0, content=text.replace("\n", " "))]


def _in_shape(
    cutting: Cutting,
    tokens: list[Token],
    segment: LocalSegment,
    lookup: str,
    md: MarkdownIt,
    env: EnvType,
) -> list[Token]:
    """Return the sentence's tokens inside the link or image that its block is."""
    if cutting.shape is Shape.TEXT:
        return _bracket(tokens, segment, lookup)
    whole = parse_inline(cutting.text, md, env)
    if cutting.shape is Shape.IMAGE:
        whole[0].children = tokens
        return whole
    if any(token.type == "link_open" for token in tokens):
        return _bracket(tokens, segment, lookup)
    inner = _bracket(tokens, segment, lookup)
    for token in inner:
        token.level += 1  # linkify makes no link inside of one
    return [whole[0], *inner, whole[-1]]


def _bracket(tokens: Iterable[Token], segment: LocalSegment, lookup: str) -> list[Token]:
    """Return `tokens` between the segment's own."""
    meta = {
        "id": segment.id,
        "state": segment.state,
        "lookup": lookup,
        "origin": segment.origin,
    }
    opening = Token("segment_open", "span", 1, meta=meta)
    return [opening, *tokens, Token("segment_close", "span", -1)]


def may_hold_markup(text: str) -> bool:
    """Tell whether the parser may see anything but words in a text."""
    return _SIGN.search(text) is not None or "www." in text


def parse_inline(text: str, md: MarkdownIt, env: EnvType) -> list[Token]:
    """Return the inline tokens of `text`; one without markup needs no parser."""
    if not may_hold_markup(text):
        return [Token("text", "", 0, content=text)]
    tokens: list[Token] = []
    md.inline.parse(text, md, env, tokens)
    return tokens
