"""Cut a block as the pipeline of published side-by-side files did.

That pipeline saw some things in a block otherwise than a reader does. ``<br>``, an image in HTML
and the tags of lists and tables end a text. A number, and most punctuation, is text to translate.
Math is text like any other. Of a sentence that is exactly one link, only the label is translated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.cutting import (
    MARKUP,
    Cutting,
    FindCuts,
    InlineParser,
    OwnCutting,
    Piece,
    PieceKind,
    Shape,
    bracketed,
    find_safe_cuts,
    find_units,
    has_alt,
    has_own_title,
    is_label,
    keeps_seam,
    normal_form,
    split_at,
)
from bitext.markdown.glance import has_simple_words, is_seam_safe, is_simple

_SIGNS = frozenset({"Pd", "Sm", "Sc", "Sk", "Zs", "Zl", "Zp", "Cc", "Cf"})
"""Categories of characters that are nothing to translate: dashes, arrows, white space."""

_WORDLESS = frozenset(
    {"code_inline", "html_inline", "learn_no_loc", "learn_xref", "learn_include_inline"}
)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ENDING = (
    "br|img|p|li|ul|ol|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|div|center|blockquote|hr|h[1-6]"
)
_GAP = re.compile(
    rf"""
      \\.                                                    # an escaped character
    | (?P<ticks>`+)(?!`)(?:.*?)(?<!`)(?P=ticks)(?!`)          # code
    | (?P<gap>(?:\s*</?(?:{_ENDING})(?:\s[^<>]*|\s*/)?>)+\s*)  # tags that end a text
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LINK_LINE = re.compile(
    r"""
    ^[ \t]*(?:<[a-z][a-z0-9+.-]{1,31}:[^\s<>]*>|\[`[^][`]+`\]\([^()\s]+\))  # all of a line
    (?P<gap>[ \t]*\n[ \t]*)(?=\S)
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_ANCHORS = re.compile(
    r"""(?:<a\s+(?:name|id)\s*=\s*(?:"[^"<>]*"|'[^'<>]*')\s*>\s*</a>\s*)+(?=\S)""", re.IGNORECASE
)
_MATH, _MASK = "$", "="


@dataclass(frozen=True, slots=True)
class PublishedCuts(OwnCutting):
    """Sentence rules by which blocks are cut as they were in published files."""

    find: FindCuts

    def __call__(self, text: str) -> Sequence[tuple[int, int]]:
        """Return the candidate sentence boundaries of a text."""
        return self.find(text)

    def counts(self, text: str) -> bool:
        """Tell whether a text without markup is anything to translate."""
        return is_counted(text)

    def prepare(self, tokens: list[Token]) -> list[Token]:
        """Return the tokens with math as what it is to the pipeline: text of its paragraph."""
        return open_math(tokens) if any(token.type == "math_block" for token in tokens) else tokens

    def cut(self, text: str, md: MarkdownIt, env: EnvType) -> Cutting:
        """Return a block cut into its pieces."""
        cuts = _find_gaps(text, self.find)
        if not MARKUP.search(text):
            return Cutting(text, Shape.TEXT, tuple(_cut_plain(text, cuts)))
        parse = _MaskedParser(md, env)
        if _is_easy(text) and is_seam_safe(list(split_at(text, cuts))):
            return Cutting(text, Shape.TEXT, tuple(_cut_at(text, cuts, parse)))
        tokens = parse(text)
        if not counts(tokens):
            return Cutting(text, Shape.TEXT, (Piece(PieceKind.VERBATIM, text),))
        single = _cut_single(text, tokens, parse)
        if single is not None:
            return self._cut_alt(single) if single.shape is Shape.IMAGE else single
        if not keeps_seam(text, normal_form(tokens), cuts, parse):
            cuts = find_safe_cuts(text, cuts, parse)
        pieces = tuple(_cut_at(text, cuts, parse))
        return Cutting(text, Shape.TEXT, pieces, _is_whole(text, pieces, InlineParser(md, env)))

    def _cut_alt(self, image: Cutting) -> Cutting:
        """Return an image whose alt text is cut into its sentences."""
        opening, alt, target = image.pieces
        sentences = _cut_plain(alt.text, self.find(alt.text))
        pieces = (opening, *sentences, target)
        return image._replace(pieces=pieces, is_whole=len(pieces) > len(image.pieces))


class _MaskedParser(InlineParser):
    """Parses inline Markdown as one who knows no math."""

    def __call__(self, text: str) -> list[Token]:
        """Return the inline tokens of `text`, with another sign in place of math's."""
        return super().__call__(text.replace(_MATH, _MASK))


def is_counted(text: str) -> bool:
    """Tell whether a text is anything to translate: more than a dash, an arrow or a star."""
    return len(text.split()) > 1 or any(
        c not in "*@_" and unicodedata.category(c) not in _SIGNS for c in text
    )


def counts(tokens: Sequence[Token]) -> bool:
    """Tell whether inline tokens hold anything to translate outside of code and addresses."""
    return any(map(_counts_one, _find_prose(tokens)))


def _counts_one(token: Token) -> bool:
    if token.type == "html_inline":
        return has_alt(token.content)
    if token.type in _WORDLESS:
        return False
    return counts(token.children) if token.children else is_counted(token.content)


def _find_prose(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens that are in no address: neither a bare one nor a link that shows one."""
    inside: list[Token] | None = None
    for token in tokens:
        if token.type == "link_open":
            inside = []
        elif token.type == "link_close":
            label = "".join(own.content for own in inside or ())
            if token.info != "auto" and not _URL.fullmatch(label):
                yield from inside or ()
            inside = None
        elif inside is None:
            yield token
        else:
            inside.append(token)


def _is_easy(text: str) -> bool:
    """Tell whether a text is words, and closed in itself, without a parse."""
    return text[0] not in "[!<" and is_simple(text) and bool(has_simple_words(text))


def _find_gaps(text: str, find_cuts: FindCuts) -> list[tuple[int, int]]:
    """Return what stands between the sentences of a block, or around them: tags or white space."""
    gaps: list[tuple[int, int]] = []
    position = 0
    for start, end in [*_find_ends(text), (len(text), len(text))]:
        inner = find_cuts(text[position:start])
        gaps += [(position + left, position + right) for left, right in inner]
        if end > start:
            gaps.append((start, end))
        position = end
    return gaps


def _find_ends(text: str) -> list[tuple[int, int]]:
    """Return where a text ends without a sentence's end: at tags, behind lines of one link."""
    tags = _GAP.finditer(text) if "<" in text else ()
    lines = _LINK_LINE.finditer(text) if "\n" in text else ()
    return sorted(match.span("gap") for match in (*tags, *lines) if match["gap"])


def _cut_plain(text: str, cuts: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Yield the pieces of a text without markup."""
    for index, part in enumerate(split_at(text, cuts)):
        kind = PieceKind.SEGMENT if is_counted(part) else PieceKind.VERBATIM
        yield Piece(PieceKind.GAP if index % 2 else kind, part)


def _cut_at(text: str, cuts: Sequence[tuple[int, int]], parse: InlineParser) -> Iterator[Piece]:
    """Yield the pieces of a text with markup."""
    for index, part in enumerate(split_at(text, cuts)):
        if index % 2:
            yield Piece(PieceKind.VERBATIM if "<" in part else PieceKind.GAP, part)
        elif part:
            anchors = _ANCHORS.match(part)
            lead = anchors[0] if anchors else ""
            if lead:
                yield Piece(PieceKind.VERBATIM, lead)
            tail = "\\" if _ends_open(part) else ""
            words = part[len(lead) : len(part) - len(tail)]
            yield from _cut_sentence(words, parse) if words else ()
            if tail:
                yield Piece(PieceKind.VERBATIM, tail)


def _ends_open(part: str) -> bool:
    """Tell whether a sentence ends in a backslash that escapes nothing."""
    return (len(part) - len(part.rstrip("\\"))) % 2 == 1


def _cut_sentence(part: str, parse: InlineParser) -> Iterator[Piece]:
    """Yield the pieces of one sentence: the words of a link apart from the link that it is."""
    if _is_easy(part):
        yield Piece(PieceKind.SEGMENT, part)
        return
    tokens = parse(part)
    if not counts(tokens):
        yield Piece(PieceKind.VERBATIM, part)
        return
    single = _cut_single(part, tokens, parse)
    if single is not None and single.shape is Shape.LINK:
        yield from single.pieces
    else:
        yield Piece(PieceKind.SEGMENT, part)


def _cut_single(text: str, tokens: Sequence[Token], parse: InlineParser) -> Cutting | None:
    """Return the cutting of a text that is exactly one link or one image, else None."""
    if text[0] == "!" and len(tokens) == 1 and tokens[0].type == "image":
        return None if "title" in tokens[0].attrs else bracketed(text, 1, Shape.IMAGE, parse)
    if text[0] != "[" or has_own_title(text, tokens[0]):
        return None
    kinds = [token.type for token in tokens]
    is_one = kinds[0] == "link_open" and kinds[-1] == "link_close"
    if not is_one or "image" in kinds or kinds.count("link_open") > 1:
        return None
    cutting = bracketed(text, 0, Shape.LINK, parse)
    if cutting is None or not is_label(cutting, tokens[1:-1], parse):
        return None
    _, label, target = (piece.text for piece in cutting.pieces)
    return None if "[" in label or target.count("(") > 1 else cutting


def _is_whole(text: str, pieces: Sequence[Piece], parse: InlineParser) -> bool:
    """Tell whether pieces that were cut without a look at math mean something else apart."""
    if _MATH not in text or len(pieces) == 1:
        return False
    tokens = [own for unit in find_units(pieces) for own in _parse_unit(unit, parse)]
    return normal_form(tokens) != normal_form(parse(text))


def _parse_unit(unit: Sequence[Piece], parse: InlineParser) -> list[Token]:
    text = "".join(piece.text for piece in unit)
    return parse.gap(text) if unit[0].kind is PieceKind.GAP else parse(text)


def open_math(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens in which blocks of math are text of the paragraphs that they touch."""
    found: list[Token] = []
    for token in tokens:
        if token.type == "math_block" and token.map and "\n\n" not in token.content:
            _add_math(found, token)
        elif token.type == "paragraph_open" and _touches(found, token):
            found.pop()
        elif token.type == "inline" and found and found[-1].type == "inline":
            found[-1] = _join(found[-1], token)
        else:
            found.append(token)
    return found


def _add_math(found: list[Token], math: Token) -> None:
    """Add a block of math as a paragraph, or to the paragraph right above."""
    inline = Token("inline", "", 0, content=f"$${math.content}$$", map=math.map, block=True)
    inline.level, inline.children = math.level + 1, []
    closing = Token("paragraph_close", "p", -1, level=math.level, block=True)
    closing.meta = {_OPENED: math.map[1] if math.map else 0}
    if found and found[-1].type == "paragraph_close" and _ends_at(found[-2], math):
        found[-2:] = [_join(found[-2], inline), closing]
        return
    opening = Token("paragraph_open", "p", 1, level=math.level, block=True, map=math.map)
    found += [opening, inline, closing]


_OPENED = "bitext_math"
"""The key in the `meta` of the token that closes a paragraph of math: the line below."""


def _ends_at(inline: Token, token: Token) -> bool:
    """Tell whether an inline token's last line is the one above a token, on the same level."""
    if inline.level != token.level + 1 or not inline.map or not token.map:
        return False
    return inline.map[1] == token.map[0]


def _touches(found: Sequence[Token], opening: Token) -> bool:
    """Tell whether a paragraph begins on the line below math."""
    if not found or found[-1].level != opening.level or not opening.map:
        return False
    return found[-1].meta.get(_OPENED) == opening.map[0]


def _join(one: Token, other: Token) -> Token:
    """Return two inline tokens as one."""
    lines = [one.map[0], other.map[1]] if one.map and other.map else one.map
    return one.copy(content=f"{one.content}\n{other.content}", map=lines)
