r"""Pipe tables: a pipe that is part of a construct ends no cell.

Markdig finds the cells of a row among its inline constructs (its specification of pipe tables,
rules 7 to 9): a pipe inside code, a tag, an address or a link is that construct's. An escaped one
keeps its backslash, which inline parsing takes away, though not in code. A construct that begins
in one row and ends in another is none here: there Markdig gives up the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table

_CODE = r"(?P<{0}>`+)(?!`) .*? (?<!`)(?P={0})(?!`)"
_CONSTRUCT = re.compile(
    rf"""
      \\.                                                   # an escaped character
    | {_CODE.format("ticks")}
    | `+                                                    # no code: it does not end
    | :::\s*[a-z-]+ (?:\s+[a-z-]+\s*=\s*"[^"]*")+ \s*:::    # an image, words to keep
    | </?[a-z][a-z0-9-]* (?:\s+ [^\s"'<>/=]+                # a tag, with its attributes
         (?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))? )* \s*/?>
    | <!--.{{0,1000}}?-->                                     # in linear time, whatever follows
    | <[a-z][a-z0-9+.-]{{1,31}}:[^<>]*>                     # an address, a reference
    | \[ (?:[^\[\]\\`]|\\.|\[[^\[\]]*\]|{_CODE.format("inner")})* \]  # the label of a link,
      \( \s* (?:<[^<>]*>|(?:[^()\s<]|\([^()\s]*\))*)        # its target
         (?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))? \s* \)      # and its title
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HINT = re.compile(r"[\\`<\[:]")
"""Without one of these a row has no construct."""

_UNDERLINE = re.compile(r"\s*[-:|][-:|\s]*")
_PIPE, _BACKSLASH = "\ufdd0", "\ufdd1"
"""What stands for a pipe that ends no cell, and for a backslash before one that does: characters
that are in no text (Unicode, noncharacters)."""


def table_plugin(md: MarkdownIt) -> None:
    """Plug in: read tables with the pipes of constructs as text."""
    terminators = ["paragraph", "reference"]
    md.block.ruler.at("table", _read_table, {"alt": terminators})


def find_kept_pipes(row: str) -> Iterator[int]:
    r"""Yield the place of each pipe of a row that ends no cell.

    >>> list(find_kept_pipes(r"a | `b|c` | d \| e"))
    [6, 15]
    """
    for match in _CONSTRUCT.finditer(row):
        for place in range(match.start(), match.end()):
            if row[place] == "|":
                yield place


def write_in_cell(text: str) -> str:
    r"""Return inline Markdown as a cell may hold it: a pipe that would end it is escaped.

    >>> write_in_cell("a | `b|c`")
    'a \\| `b|c`'
    """
    if "|" not in text:
        return text
    kept = set(find_kept_pipes(text))
    return "".join(
        "\\|" if character == "|" and place not in kept else character
        for place, character in enumerate(text)
    )


def _read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table in a text in which the pipes that end no cell are hidden."""
    if start + 2 > end or not _UNDERLINE.fullmatch(_line(state, start + 1)):
        return False
    source, first = state.src, len(state.tokens)
    if _PIPE in source or _BACKSLASH in source:
        return table(state, start, end, silent)
    state.src = _hide(state, start, end)
    try:
        return table(state, start, end, silent)
    finally:
        state.src = source
        for token in state.tokens[first:]:
            token.content = token.content.replace(_PIPE, "|").replace(_BACKSLASH, "\\")


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]]


def _hide(state: StateBlock, start: int, end: int) -> str:
    """Return the text, as long as it was, without such pipes down to the next empty line."""
    pieces: list[str] = []
    position = 0
    line = start
    while line < end and not state.isEmpty(line):
        pieces.append(state.src[position : state.bMarks[line]])
        pieces.append(_hide_in_row(_line(state, line)))
        position = state.eMarks[line]
        line += 1
    return "".join(pieces) + state.src[position:]


def _hide_in_row(row: str) -> str:
    if "|" not in row or not _HINT.search(row):
        return row
    characters = list(row)
    for place in find_kept_pipes(row):
        characters[place] = _PIPE
    return "".join(characters).replace("\\|", f"{_BACKSLASH}|")
