"""Text inside HTML blocks: the runs between block-level tags, inline tags kept."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bitext.characters import make_readable
from bitext.markdown.cutting import Cutting, FindCuts, OwnCutting, Piece, PieceKind, Shape
from bitext.markdown.html_use import find_alt, html_use
from bitext.markdown.localize import LocalSegment
from bitext.markdown.stray import find_markdown

INLINE_TAGS = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup"
    " time u var".split()
)
"""Phrasing elements that belong to a sentence (HTML Living Standard, text-level semantics)."""

_EMPTY_TAGS = frozenset({"img", "wbr"})
"""Elements without an end tag that may stand in a sentence."""

_MAY_BE_UNQUOTED = re.compile(r"""[^\s"'=<>`]+""")
_ENDS_VALUE = re.compile(r"[\s=`]")
"""What ends an attribute's value that stands in no quotation marks, or breaks it."""

_OPAQUE_TAGS = "script|style|pre|textarea|svg|math|iframe|object|template"
_WORDLESS_TAGS = re.compile(
    r"<(code|kbd|samp|var)\b[^<>]*> (?:(?!<\1\b).)*? </\1\s*>",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""One that is never closed is looked through only to the next: in linear time."""

_MARKUP = re.compile(
    rf"""
    <!--.*?(?:-->|\Z)                                            # a comment
    | <(?P<opaque>{_OPAQUE_TAGS})\b.*?(?:</(?P=opaque)\s*>|\Z)   # an element that is not prose
    | <[!?][^>]*(?:>|\Z)                                         # a declaration
    | <(?P<close>/?)(?P<tag>[a-z][a-z0-9-]*)                     # a tag, and its attributes
      (?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*/?>
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class _Token(NamedTuple):
    """A stretch of HTML: text, an inline tag, or markup that ends a run."""

    text: str
    tag: str
    """The name of an inline tag; empty for text and for what ends a run."""

    nesting: int
    """1 for an inline tag that opens, -1 for one that closes, 0 for the rest."""

    ends_run: bool


def split_html(content: str, find_cuts: FindCuts) -> list[str | Cutting]:
    """Return an HTML block as markup (str) and runs of text; joined, they are `content`."""
    parts: list[str | Cutting] = []
    for run, is_text in _runs(_tokenize(content)):
        if is_text:
            parts.extend(_split_run(run, find_cuts))
        else:
            parts.append("".join(token.text for token in run))
    return parts


def _tokenize(content: str) -> Iterator[_Token]:
    """Yield text and tags; joined, their texts are `content`."""
    position = 0
    for match in _MARKUP.finditer(content):
        if match.start() > position:
            yield _Token(content[position : match.start()], "", 0, ends_run=False)
        position = match.end()
        tag = (match["tag"] or "").lower()
        if tag not in INLINE_TAGS and tag not in _EMPTY_TAGS:
            yield _Token(match[0], "", 0, ends_run=True)
        else:
            nesting = 0 if tag in _EMPTY_TAGS else -1 if match["close"] else 1
            yield _Token(match[0], tag, nesting, ends_run=False)
    if position < len(content):
        yield _Token(content[position:], "", 0, ends_run=False)


def _runs(tokens: Iterator[_Token]) -> Iterator[tuple[list[_Token], bool]]:
    """Yield stretches of tokens, each with whether it is a run of text."""
    run: list[_Token] = []
    for token in tokens:
        if not token.ends_run:
            run.append(token)
            continue
        yield from _balanced_runs(run)
        run = []
        yield [token], False
    yield from _balanced_runs(run)


def _balanced_runs(run: list[_Token]) -> Iterator[tuple[list[_Token], bool]]:
    """Yield the run; if its inline tags do not pair, they too end runs."""
    if _depths(run) is not None:
        yield run, True
        return
    for token in run:
        yield [token], not token.tag or token.tag == "img"


def _depths(run: Sequence[_Token]) -> list[int] | None:
    """Return how many inline elements are open after each token, or None if they do not pair."""
    opened: list[str] = []
    depths: list[int] = []
    for token in run:
        if token.nesting == 1:
            opened.append(token.tag)
        elif token.nesting == -1 and (not opened or opened.pop() != token.tag):
            return None
        depths.append(len(opened))
    return None if opened else depths


def _split_run(run: Sequence[_Token], find_cuts: FindCuts) -> Iterator[str | Cutting]:
    """Yield the white space around the run's text, and the run if it has words."""
    text = "".join(token.text for token in run)
    words = text.strip()
    if not words or not _has_words(words, find_cuts):
        yield from _split_images(run)
        return
    lead = text[: text.index(words)]
    yield lead
    yield _cut_run(words, find_cuts)
    yield text[len(lead) + len(words) :]


def _split_images(run: Sequence[_Token]) -> Iterator[str | Cutting]:
    """Yield a run without words, the alt texts of its images cut out."""
    text = "".join(token.text for token in run)
    begin = position = 0
    for token in run:
        first, last = find_alt(token.text) if token.tag == "img" else (0, 0)
        value = token.text[first:last]
        if any(map(str.isalpha, html.unescape(value))):
            words = value.strip()
            start = position + first + value.index(words)
            yield text[begin:start]
            yield Cutting(words, Shape.IMAGE, (Piece(PieceKind.SEGMENT, words),))
            begin = start + len(words)
        position += len(token.text)
    yield text[begin:]


def _has_words(text: str, find_cuts: FindCuts) -> bool:
    """Tell whether HTML text has a letter outside of tags, entities and code."""
    bare = html.unescape(_MARKUP.sub("", _WORDLESS_TAGS.sub("", text)))
    if isinstance(find_cuts, OwnCutting):
        return find_cuts.counts(bare)
    return any(map(str.isalpha, bare))


def _cut_run(text: str, find_cuts: FindCuts) -> Cutting:
    """Cut a run at the sentence ends that stand in no tag and no inline element."""
    inside = list(_inner_spans(text))
    pieces: list[Piece] = []
    position = 0
    for start, end in find_cuts(text):
        before = bisect_left(inside, (start, 0)) - 1
        if before < 0 or start >= inside[before][1]:
            pieces.append(_sentence(text[position:start], find_cuts))
            pieces.append(Piece(PieceKind.GAP, text[start:end]))
            position = end
    pieces.append(_sentence(text[position:], find_cuts))
    return Cutting(text, Shape.TEXT, tuple(pieces))


def _sentence(text: str, find_cuts: FindCuts) -> Piece:
    kind = PieceKind.SEGMENT if _has_words(text, find_cuts) else PieceKind.VERBATIM
    return Piece(kind, text)


def _inner_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of outermost inline elements and tags, in which no cut is made."""
    depth = position = begin = 0
    for token in _tokenize(text):
        if token.tag and depth == 0:
            begin = position
        depth += token.nesting
        position += len(token.text)
        if token.tag and depth == 0:
            yield begin, position


class HtmlSentence(NamedTuple):
    """A sentence of an HTML block as the page shows it."""

    html: str
    lookup: str
    """Its English as inert HTML; empty if it is shown in English."""

    warning: str
    """What of the translation is shown as text, and why; empty if nothing is."""


def localize_alt(segment: LocalSegment, source: str) -> HtmlSentence:
    """Return alt text as an attribute's value; `source` is the English one."""
    if not segment.translation:
        return HtmlSentence(source, "", "")
    translation = segment.translation.strip()
    lost = "" if segment.is_literal else _find_lost(translation, source)
    stray = "" if segment.is_literal else lost or find_markdown(translation, source)
    is_spelled = segment.is_literal or lost
    escaped = html.escape(translation if is_spelled else html.unescape(translation))
    if _MAY_BE_UNQUOTED.fullmatch(source):
        escaped = _ENDS_VALUE.sub(lambda match: f"&#{ord(match[0])};", escaped)
    return HtmlSentence(escaped, "", _warning(stray) if stray else "")


def localize_html(segment: LocalSegment, source: str) -> HtmlSentence:
    """Return a sentence whose English is the HTML `source`, translated if it may be."""
    if not segment.translation:
        return HtmlSentence(source, "", "")
    lookup = "".join(_escape_text(t.text) for t in _tokenize(source) if not _is_markup(t))
    if segment.is_literal:
        return HtmlSentence(html.escape(segment.translation), lookup, "")
    translation = segment.translation.strip()
    tokens = list(_tokenize(translation))
    surplus = _find_surplus(tokens, source)
    if surplus:
        return HtmlSentence(html.escape(translation), lookup, _warning(surplus))
    escaped = "".join(t.text if _is_markup(t) else _escape_text(t.text) for t in tokens)
    stray = find_markdown("".join("\0" if _is_markup(t) else t.text for t in tokens), source)
    return HtmlSentence(escaped, lookup, _warning(stray) if stray else "")


def _warning(use: str) -> str:
    return f"its translation uses {use}, its English does not; it is shown as text"


def _find_surplus(translation: Sequence[_Token], source: str) -> str:
    """Return what the tokens of `translation` use beyond the HTML `source`; empty if nothing."""
    allowed = Counter(html_use(token.text) for token in _tokenize(source) if _is_markup(token))
    used = Counter[str]()
    for token in translation:
        use = html_use(token.text) if _is_markup(token) else ""
        used[use] += 1
        if use and (use not in allowed or (" id=" in use and used[use] > allowed[use])):
            return use
    if _depths(translation) is None:
        return "HTML tags that do not pair"
    return _find_lost("".join(t.text for t in translation if not _is_markup(t)), source)


def _find_lost(translation: str, source: str) -> str:
    """Return a character of HTML text, as such or as an entity, that no page may hold."""
    lost = make_readable(html.unescape(translation), html.unescape(source)).lost
    return f"the character {lost}" if lost else ""


def _is_markup(token: _Token) -> bool:
    return bool(token.tag) or token.ends_run


def _escape_text(text: str) -> str:
    """Escape HTML text; entities in it stay."""
    return html.escape(html.unescape(text), quote=False)
