"""Quotes that are more than quotes: alerts, ``[!div …]`` and ``[!VIDEO …]``.

A marker begins a line of a quote's paragraph. What follows it, to the next marker or to the
end of the quote, is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from bitext.markdown.learn.attributes import parse_attributes
from bitext.markdown.learn.commands import VIDEO_PATTERN, read_video
from bitext.markdown.learn.containers import DIVISION
from bitext.markdown.learn.faults import note_fault
from bitext.markdown.learn.markers import VIDEO
from bitext.markdown.learn.nesting import find_end, make_pair, relevel

_KINDS = "note|tip|important|caution|warning"
_MARK = re.compile(
    rf"""
    \[!\s*(?:
      (?P<alert>{_KINDS})\s*\]
    | (?P<div>div)\b\s*`?(?P<attributes>[^\]`]*)`?\s*\]
    | (?P<video>video)\s[^\]]*\]
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ANY = re.compile(r"\[!\s*[A-Za-z][\w-]*\s*\]")


def quote_plugin(md: MarkdownIt) -> None:
    """Plug in: make elements of what follows a marker in a quote."""
    md.core.ruler.after("learn_containers", "learn_quotes", _read_quotes)


def _read_quotes(state: StateCore) -> None:
    tokens = state.tokens
    if "[!" not in state.src or not any(token.type == "blockquote_open" for token in tokens):
        return
    state.tokens = _rewrite(tokens, state)
    relevel(state.tokens)


def _rewrite(tokens: Sequence[Token], state: StateCore) -> list[Token]:
    """Return the tokens with each quote that holds a marker taken apart."""
    found: list[Token] = []
    levels: list[tuple[int, Token, Token]] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "blockquote_open":
            levels.append((token.level, token, token))
            found.append(token)
        elif token.type == "blockquote_close":
            closing = levels.pop()[2]
            found.append(closing if closing.nesting == -1 else token)
            place += 1
            continue
        elif token.type == "paragraph_open" and levels and token.level == levels[-1][0] + 1:
            end = find_end(tokens, place)
            _add_paragraph(found, tokens[place : end + 1], levels, state)
            place = end + 1
            continue
        else:
            found.append(token)
        place += 1
    return _without_empty(found)


def _add_paragraph(
    found: list[Token],
    paragraph: Sequence[Token],
    levels: list[tuple[int, Token, Token]],
    state: StateCore,
) -> None:
    """Add a quote's paragraph; each marker in it ends the element before, and begins its own."""
    inline = paragraph[1]
    if "[!" not in inline.content:
        found.extend(paragraph)
        return
    begin = paragraph[0].map[0] if paragraph[0].map else 0
    for mark, number, lines in _split_lines(inline.content):
        line = begin + number
        if mark is not None:
            level, quote, closing = levels[-1]
            found.append(closing if closing.nesting == -1 else _closing_of(quote, level))
            opening, closing = _make_element(mark, line)
            found.append(opening)
            levels[-1] = (level, quote, closing)
            if mark["video"]:
                found.append(_make_video(mark[0], line))
        elif lines and _ANY.match(lines[0]):
            note_fault(state.env, "mark that is not known", line, lines[0].strip())
        if any(line.strip() for line in lines):
            found.extend(_make_paragraph(paragraph, lines, line))


def _closing_of(quote: Token, level: int) -> Token:
    return Token("blockquote_close", quote.tag, -1, level=level, block=True, markup=quote.markup)


def _split_lines(content: str) -> Iterator[tuple[re.Match[str] | None, int, list[str]]]:
    """Yield each marker of a paragraph with its line, from 0, and the lines that follow it."""
    mark: re.Match[str] | None = None
    begin = 0
    lines: list[str] = []
    for number, line in enumerate(content.split("\n")):
        found = _MARK.match(line.lstrip())
        if found is None:
            lines.append(line)
            continue
        if lines or mark:
            yield mark, begin, lines
        rest = line.lstrip()[found.end() :].strip()
        mark, begin, lines = found, number, [rest]
    yield mark, begin, lines


def _make_element(mark: re.Match[str], line: int) -> tuple[Token, Token]:
    """Return the tokens that open and close what a marker begins."""
    place = [line, line + 1]
    if mark["alert"]:
        return make_pair("alert", place, {}, mark["alert"].upper())
    values = parse_attributes(mark["attributes"] or "") or {}
    name = "video" if mark["video"] else values.get("class", "")
    return make_pair(DIVISION, place, {"class": name}, "div")


def _make_video(text: str, line: int) -> Token:
    match = VIDEO_PATTERN.fullmatch(text.strip())
    meta = read_video(match) if match else {"target": text, "title": ""}
    return Token(VIDEO, "", 0, meta=meta, map=[line, line + 1], block=True)


def _make_paragraph(paragraph: Sequence[Token], lines: Sequence[str], line: int) -> list[Token]:
    """Return a paragraph like `paragraph` of these lines; a marker's own may be empty."""
    opening, inline, closing = (token.copy(meta={}) for token in paragraph)
    kept = [number for number, text in enumerate(lines) if text.strip()]
    first = line + kept[0]
    inline.content = "\n".join(lines[kept[0] :])
    opening.map = inline.map = [first, line + len(lines)]
    return [opening, inline, closing]


def _without_empty(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without quotes that hold nothing: a marker began on their first line."""
    kept: list[Token] = []
    for token in tokens:
        if token.type == "blockquote_close" and kept and kept[-1].type == "blockquote_open":
            kept.pop()
        else:
            kept.append(token)
    return kept
