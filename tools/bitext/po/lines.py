"""One line of a catalog, read by the full grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bitext.po.escapes import ESCAPE, unescape
from bitext.po.faults import BLANK, fault, find_fault

_STATEMENT = re.compile(
    rf"""
    {BLANK}
    (\#~\||\#~|\#\||) {BLANK}              # 1: obsolete, previous, or both
    (?:
      (msgctxt|msgid_plural|msgid|msgstr)  # 2: none on a continuation line
      {BLANK}
      (?: \[ {BLANK} ([0-9]{{1,9}}) {BLANK} \] {BLANK} )?  # 3: which plural form
    )?
    "( [^"\\\n]*+ (?: {ESCAPE} [^"\\\n]*+ )*+ )"     # 4: the string, escapes and all
    {BLANK} (?: \n | \Z )
    """,
    re.VERBOSE,
)
_COMMENT = re.compile(rf"{BLANK}\#(?![~|])([.:,=]?)[ ]?([^\n]*?)\r?(?:\n|\Z)", re.VERBOSE)
_NOTHING = re.compile(rf"{BLANK}(?:\#~{BLANK})?(?:\n|\Z)", re.VERBOSE)

_COMMENT_MARKS = frozenset({"#", "#.", "#:", "#,", "#="})

NOTHING = " "
"""The mark of a blank line."""


class Place(NamedTuple):
    """Where reading has got to: the beginning of a line."""

    offset: int
    """Its offset in the file's text."""

    line: int
    """Its number, from 1."""

    def after(self, raw: str) -> Place:
        """Return the place behind `raw`, which begins here."""
        return Place(self.offset + len(raw), self.line + raw.count("\n"))


class Line(NamedTuple):
    """One line: a comment, a string with or without its keyword, or nothing."""

    number: int
    """Its number in the file, from 1."""

    column: int
    """Where it begins in the line after blanks, from 1."""

    end: int
    """Where the next one begins in the file's text."""

    mark: str
    """How it begins: ``#``, ``#.``, ``#:``, ``#,`` or ``#=`` if it is a comment, ``#~``,
    ``#|``, ``#~|`` or empty if it is a string; `NOTHING` if there is nothing on it."""

    keyword: str
    """``msgctxt``, ``msgid``, ``msgid_plural`` or ``msgstr``; empty if it has none."""

    form: str
    """The number of a plural form; empty if there is none."""

    text: str
    """The comment, or the string with its escapes resolved."""

    @property
    def is_comment(self) -> bool:
        """Whether it is a comment; a previous or an obsolete string is not."""
        return self.mark in _COMMENT_MARKS

    @property
    def is_previous(self) -> bool:
        """Whether it belongs to what an entry's English used to be."""
        return self.mark.endswith("|")

    @property
    def is_obsolete(self) -> bool:
        """Whether it belongs to an obsolete entry."""
        return self.mark.startswith("#~")

    @property
    def is_opening(self) -> bool:
        """Whether it can be the first of an entry."""
        return self.keyword in {"msgctxt", "msgid"} or self.is_comment or self.is_previous


def read_lines(text: str, place: Place) -> Iterator[Line]:
    """Yield the lines of `text` from `place`. Raises `CatalogError` at a line that is none."""
    start, number = place
    while start < len(text):
        line = _read_line(text, start, number)
        yield line
        start, number = line.end, number + 1


def _read_line(text: str, start: int, number: int) -> Line:
    if match := _STATEMENT.match(text, start):
        mark, keyword, form, body = match.groups("")
        if not form or keyword == "msgstr":
            string = _read_string(match, number) if "\\" in body else body
            column = match.start(1) - start + 1
            return Line(number, column, match.end(), mark, keyword, form, string)
    elif match := _COMMENT.match(text, start):
        column = match.start(1) - start
        return Line(number, column, match.end(), f"#{match[1]}", "", "", match[2])
    elif match := _NOTHING.match(text, start):
        return Line(number, 1, match.end(), NOTHING, "", "", "")
    raise find_fault(text, start, number=number)


def _read_string(match: re.Match[str], number: int) -> str:
    """Return the string of a statement; raise if its byte escapes are not text."""
    try:
        return unescape(match[4])
    except ValueError as error:
        message = (
            "the octal or hex escapes in this string are not UTF-8 text; "
            "write the characters themselves"
        )
        raise fault(message, number, match.start(4) - match.start()) from error
