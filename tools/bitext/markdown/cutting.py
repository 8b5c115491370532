"""Cut a block of inline Markdown into sentences without changing what it means.

The *seam*: the inline tokens of a block's pieces, joined, equal those of the block parsed
whole. Where a cut would break that (a full stop inside a link, code, emphasis or math), the
cut is not made. Extraction and build both cut here, so an ID points at the same text in both.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.glance import (
    has_simple_words,
    is_seam_safe,
    may_be_single,
    simple_image_label,
    simple_link_label,
)
from bitext.markdown.html_use import find_alt

FindCuts = Callable[[str], Sequence[tuple[int, int]]]
"""Candidate sentence boundaries in a text: the ``[start, end)`` of each gap, in order."""


class OwnCutting(ABC):
    """Sentence rules that say more than where a sentence ends: how a block is read, too."""

    __slots__ = ()

    @abstractmethod
    def __call__(self, text: str) -> Sequence[tuple[int, int]]:
        """Return the candidate sentence boundaries of a text."""

    @abstractmethod
    def cut(self, text: str, md: MarkdownIt, env: EnvType) -> Cutting:
        """Return a block cut into its pieces."""

    @abstractmethod
    def prepare(self, tokens: list[Token]) -> list[Token]:
        """Return the tokens of an article, or of a part of it, before its blocks are cut."""

    @abstractmethod
    def counts(self, text: str) -> bool:
        """Tell whether a text without markup is anything to translate."""


MARKUP = re.compile(r"[\\`*_\[\]<>&!{}$~^@|\"':/]")
"""What may start an inline construct in any dialect; without one of these a text is only text."""

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_MAX_SEAM_WORK = 400_000
"""Code points parsed in search of safe cuts in one block; beyond, the block stays whole."""

_WORDLESS = frozenset(
    {
        *("code_inline", "html_inline", "math_inline", "math_single", "math_inline_double"),
        *("learn_no_loc", "learn_xref", "learn_include_inline"),
    }
)


class PieceKind(Enum):
    """What a stretch of a block is."""

    SEGMENT = auto()
    GAP = auto()
    """White space, or a hard break, between two sentences."""

    VERBATIM = auto()
    """A sentence without words: only code, math or an address."""

    MARKUP = auto()
    """The brackets and target around the words of exactly one link or image."""


class Piece(NamedTuple):
    """A stretch of a block. The texts of a block's pieces, joined, are the block."""

    kind: PieceKind
    text: str


class Shape(Enum):
    """Whether a block is exactly one link or image; then only its words are a segment."""

    TEXT = auto()
    LINK = auto()
    IMAGE = auto()


class Cutting(NamedTuple):
    """A block cut into pieces."""

    text: str
    shape: Shape
    pieces: tuple[Piece, ...]
    is_whole: bool = False
    """Whether its sentences mean what they do only together: a page shows them as one."""

    @property
    def has_segments(self) -> bool:
        """Whether there is anything to translate."""
        return any(piece.kind is PieceKind.SEGMENT for piece in self.pieces)

    @property
    def segments(self) -> tuple[str, ...]:
        """Its sentences as catalogs hold them: soft breaks are single spaces."""
        return tuple(
            join_lines(piece.text) for piece in self.pieces if piece.kind is PieceKind.SEGMENT
        )

    @property
    def follows(self) -> tuple[bool, ...]:
        """Of each sentence whether it follows another with only white space between."""
        if len(self.pieces) == 1:
            return (False,) if self.has_segments else ()
        kinds = [piece.kind for piece in self.pieces if piece.kind is not PieceKind.GAP]
        return tuple(
            before is kind for before, kind in pairwise([None, *kinds]) if kind is PieceKind.SEGMENT
        )


def find_units(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces, the words of a link together with the link's own."""
    place = 0
    while place < len(pieces):
        end = place + (3 if pieces[place].kind is PieceKind.MARKUP else 1)
        yield tuple(pieces[place:end])
        place = end


def join_lines(text: str) -> str:
    r"""Return `text` with its soft line breaks as single spaces; hard breaks stay.

    >>> join_lines("one\ntwo")
    'one two'
    """
    if "\n" not in text:
        return text
    lines = text.split("\n")
    for index in range(len(lines) - 1):
        line = lines[index]
        lines[index] = f"{line}\n" if _ends_hard(line) else line.rstrip(" \t") + " "
        lines[index + 1] = lines[index + 1].lstrip(" \t")
    return "".join(lines)


def _ends_hard(line: str) -> bool:
    """Tell whether the line break after `line` is a hard one."""
    backslashes = len(line) - len(line.rstrip("\\"))
    return line.endswith("  ") or backslashes % 2 == 1


def cut_block(text: str, md: MarkdownIt, env: EnvType, find_cuts: FindCuts) -> Cutting:
    """Return `text`, the content of one inline token, cut into its pieces.

    `env` is the article's: reference links and footnotes resolve in it, and it is not changed.
    """
    if not text or text.isspace():
        return Cutting(text, Shape.TEXT, ())
    if isinstance(find_cuts, OwnCutting):
        return find_cuts.cut(text, md, env)
    cuts = find_cuts(text)
    if not MARKUP.search(text):
        return _cut_plain(text, cuts)
    words = has_simple_words(text)
    if words is False:
        return Cutting(text, Shape.TEXT, (Piece(PieceKind.VERBATIM, text),))
    label = simple_link_label(text) if words else ""
    if label:
        return bracket(text, 1, 1 + len(label), Shape.LINK)
    alt = simple_image_label(text)
    if alt and has_simple_words(alt):
        return bracket(text, 2, 2 + len(alt), Shape.IMAGE)
    parse = InlineParser(md, env)
    if words and not may_be_single(text) and is_seam_safe(list(split_at(text, cuts))):
        return _cut_at(text, cuts, parse)
    tokens = parse(text)
    if not has_words(tokens):
        return Cutting(text, Shape.TEXT, (Piece(PieceKind.VERBATIM, text),))
    return _cut_single(text, tokens, parse) or _cut_text(text, tokens, cuts, parse)


def _cut_plain(text: str, cuts: Sequence[tuple[int, int]]) -> Cutting:
    """Cut a text without markup; it has no constructs that a cut could break."""
    if not any(character.isalpha() for character in text):
        return Cutting(text, Shape.TEXT, (Piece(PieceKind.VERBATIM, text),))
    pieces: list[Piece] = []
    for index, part in enumerate(split_at(text, cuts)):
        has_letter = any(map(str.isalpha, part))
        worded = PieceKind.SEGMENT if has_letter else PieceKind.VERBATIM
        pieces.append(Piece(PieceKind.GAP if index % 2 else worded, part))
    return Cutting(text, Shape.TEXT, tuple(pieces))


def has_alt(tag: str) -> bool:
    """Tell whether an HTML tag has alt text to translate."""
    start, end = find_alt(tag)
    return any(map(str.isalpha, tag[start:end]))


def has_words(tokens: Iterable[Token]) -> bool:
    """Tell whether inline tokens hold a letter that a translator would translate."""
    in_address = 0
    for token in tokens:
        if token.type in ("link_open", "link_close") and token.info == "auto":
            in_address += token.nesting
        elif token.type == "html_inline" and has_alt(token.content):
            return True
        elif in_address or token.type in _WORDLESS:
            continue
        elif token.type in ("myst_role", "substitution_inline"):
            return True
        elif token.children:
            if has_words(token.children):
                return True
        elif any(map(str.isalpha, token.content)):
            return True
    return False


class InlineParser:
    """Parses inline Markdown in an article's environment without leaving a trace in it."""

    def __init__(self, md: MarkdownIt, env: EnvType) -> None:
        self.md = md
        self._env = env
        self.work = 0

    def __call__(self, text: str) -> list[Token]:
        """Return the inline tokens of `text`."""
        self.work += len(text)
        tokens: list[Token] = []
        self.md.inline.parse(text, self.md, self.scratch_env(text), tokens)
        return tokens

    def scratch_env(self, text: str) -> EnvType:
        """Return an environment whose footnote counters may be changed."""
        if "[^" not in text:
            return self._env
        footnotes = self._env.get("footnotes", {})
        copied = {key: dict(value) for key, value in footnotes.items()}
        copied["list"] = {key: dict(value) for key, value in footnotes.get("list", {}).items()}
        return {**self._env, "footnotes": copied}

    def gap(self, text: str) -> list[Token]:
        """Return the inline tokens of what stands between two sentences: tags, or white space."""
        return self(text) if "<" in text else gap_tokens(text)


def _cut_single(text: str, tokens: Sequence[Token], parse: InlineParser) -> Cutting | None:
    """Return the cutting of a block that is exactly one link or one image, else None."""
    if text[0] == "!" and len(tokens) == 1 and tokens[0].type == "image":
        if "title" in tokens[0].attrs:
            return None
        return bracketed(text, 1, Shape.IMAGE, parse)
    if text[0] == "[" and _is_single_link(tokens) and not has_own_title(text, tokens[0]):
        cutting = bracketed(text, 0, Shape.LINK, parse)
        return cutting if cutting and is_label(cutting, tokens[1:-1], parse) else None
    return None


def is_label(cutting: Cutting, inner: Sequence[Token], parse: InlineParser) -> bool:
    """Tell whether a link's label means the same without its link: an address would be a link."""
    before, label, after = (piece.text for piece in cutting.pieces)
    padded = before[1:] + label + after[: after.index("]")]
    return normal_form(parse(padded)) == normal_form(inner)


def has_own_title(text: str, link: Token) -> bool:
    """Tell whether a link that is all of `text` has a title there: then that is translated too."""
    title = str(link.attrs.get("title", ""))
    return text.endswith(")") and any(map(str.isalpha, title))


def _is_single_link(tokens: Sequence[Token]) -> bool:
    if tokens[0].type != "link_open" or tokens[-1].type != "link_close":
        return False
    inner = [token.type for token in tokens[1:-1]]
    return not {"link_open", "link_close", "image"} & set(inner) and has_words(tokens[1:-1])


def bracketed(text: str, start: int, shape: Shape, parse: InlineParser) -> Cutting | None:
    """Return the cutting whose one segment stands in the bracket pair that opens at `start`."""
    state = StateInline(text, parse.md, parse.scratch_env(text), [])
    end = parse.md.helpers.parseLinkLabel(state, start)
    label = text[start + 1 : end].strip()
    if end < 0 or not label or label.endswith("\\"):
        return None
    return bracket(text, start + 1, end, shape)


def bracket(text: str, start: int, end: int, shape: Shape) -> Cutting:
    """Return the cutting whose one segment is ``text[start:end]``, white space outside."""
    label = text[start:end]
    words = label.strip()
    lead = start + label.index(words)
    markup = (
        Piece(PieceKind.MARKUP, text[:lead]),
        Piece(PieceKind.MARKUP, text[lead + len(words) :]),
    )
    return Cutting(text, shape, (markup[0], Piece(PieceKind.SEGMENT, words), markup[1]))


def _cut_text(
    text: str, tokens: Sequence[Token], cuts: Sequence[tuple[int, int]], parse: InlineParser
) -> Cutting:
    """Cut a block with markup at those of `cuts` that keep the seam."""
    if not keeps_seam(text, normal_form(tokens), cuts, parse):
        cuts = find_safe_cuts(text, cuts, parse)
    return _cut_at(text, cuts, parse)


def _cut_at(text: str, cuts: Sequence[tuple[int, int]], parse: InlineParser) -> Cutting:
    """Cut a block at `cuts`, all of which keep the seam."""
    pieces: list[Piece] = []
    for index, part in enumerate(split_at(text, cuts)):
        kind = PieceKind.GAP if index % 2 else _kind(part, cuts, parse)
        pieces.append(Piece(kind, part))
    return Cutting(text, Shape.TEXT, tuple(pieces))


def _kind(part: str, cuts: Sequence[tuple[int, int]], parse: InlineParser) -> PieceKind:
    """Return what a sentence is: a segment, or verbatim if it holds no words of its own."""
    if not cuts:
        return PieceKind.SEGMENT
    known = has_simple_words(part)
    worded = has_words(parse(part)) if known is None else known
    return PieceKind.SEGMENT if worded else PieceKind.VERBATIM


def split_at(text: str, cuts: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield sentence, gap, sentence, …; joined they are `text`."""
    position = 0
    for start, end in cuts:
        yield text[position:start]
        yield text[start:end]
        position = end
    yield text[position:]


def keeps_seam(
    text: str, whole: list[NormalToken], cuts: Sequence[tuple[int, int]], parse: InlineParser
) -> bool:
    """Tell whether the pieces' tokens, joined, are those of the whole."""
    if not cuts:
        return True
    joined: list[NormalToken] = []
    parsed: list[list[Token]] = []
    for index, part in enumerate(split_at(text, cuts)):
        parsed.append(parse.gap(part) if index % 2 else parse(part))
        _extend(joined, parsed[-1])
    return joined == whole and not _splits_element(parsed[::2])


def find_safe_cuts(
    text: str, cuts: Sequence[tuple[int, int]], parse: InlineParser
) -> list[tuple[int, int]]:
    """Return the cuts at which what is left of it and what is right of it are parsed alike apart.

    Each cut is tried on the rest of the block after the last safe one, so all of them
    together keep the seam. Linear work for each cut, and bounded over all.
    """
    safe: list[tuple[int, int]] = []
    begin = 0
    whole = normal_form(parse(text))
    for start, end in cuts:
        if parse.work > _MAX_SEAM_WORK:
            break
        left = parse(text[begin:start])
        joined = normal_form(left)
        _extend(joined, parse.gap(text[start:end]))
        rest = parse(text[end:])
        right = normal_form(rest)
        _extend(joined, rest)
        if joined == whole and not _splits_element((left, rest)):
            safe.append((start, end))
            begin, whole = end, right
    return safe


def _splits_element(parts: Iterable[Sequence[Token]]) -> bool:
    """Tell whether an inline HTML element begins in one of `parts` and ends in another."""
    outer: set[str] = set()
    for tokens in parts:
        opened: list[str] = []
        for token in tokens:
            tag = _TAG.match(token.content) if token.type == "html_inline" else None
            if tag is None:
                continue
            name = tag["name"].lower()
            if not tag["close"]:
                opened.append(name)
            elif name in opened:
                opened.remove(name)
            elif name in outer:
                return True
        outer.update(opened)
    return False


def gap_tokens(gap: str) -> list[Token]:
    """Return the inline tokens of the white space or hard break between two sentences."""
    first, *others = gap.split("\n")
    lines = [first, *(line.lstrip(" \t") for line in others)]
    tokens: list[Token] = []
    for line in lines[:-1]:
        is_hard = _ends_hard(line)
        before = line.rstrip(" ") if line.endswith("  ") else line.removesuffix(" ")
        tokens.extend(_text_tokens(before.removesuffix("\\") if is_hard else before))
        tokens.append(Token("hardbreak" if is_hard else "softbreak", "br", 0))
    return [*tokens, *_text_tokens(lines[-1])]


def _text_tokens(content: str) -> list[Token]:
    return [Token("text", "", 0, content=content)] if content else []


class NormalToken(NamedTuple):
    """What matters of an inline token for the seam: neither its level nor its counters."""

    type: str
    content: str
    markup: str
    attributes: tuple[tuple[str, str], ...]
    meta: tuple[tuple[str, str], ...]
    children: tuple[NormalToken, ...]


GAP = "bitext_gap"
"""The key of the `meta` of white space between sentences that names it."""

_COUNTERS = frozenset({"id", "subId", GAP})
"""Keys of tokens' `meta` that mean nothing: those of footnotes differ each time they are parsed."""


def normal_form(tokens: Iterable[Token]) -> list[NormalToken]:
    """Return tokens in a form that is equal for equal meaning; neighbouring texts are joined."""
    normal: list[NormalToken] = []
    _extend(normal, tokens)
    return normal


def _extend(normal: list[NormalToken], tokens: Iterable[Token]) -> None:
    """Append tokens in normal form, joining text at the seam."""
    for token in tokens:
        if token.type in ("text", "text_special"):
            _append_text(normal, token.content)
        else:
            normal.append(_normalize(token))


def _append_text(normal: list[NormalToken], content: str) -> None:
    if normal and normal[-1].type == "text":
        normal[-1] = normal[-1]._replace(content=normal[-1].content + content)
    elif content:
        normal.append(NormalToken("text", content, "", (), (), ()))


def _normalize(token: Token) -> NormalToken:
    attributes = tuple(sorted((name, str(value)) for name, value in token.attrs.items()))
    meta = tuple(sorted((str(k), str(v)) for k, v in token.meta.items() if k not in _COUNTERS))
    children = tuple(normal_form(token.children)) if token.children else ()
    return NormalToken(token.type, token.content, token.markup, attributes, meta, children)
