"""The fast path: an entry as gettext and we write it, in one regular expression.

It covers entries without plural forms whose comments stand in gettext's order, wrapped or
not. Everything else is left to `strict`.
"""

from __future__ import annotations

import re
from dataclasses import fields, make_dataclass
from functools import cache, lru_cache
from typing import Any, cast

from bitext.po.catalog import Entry
from bitext.po.escapes import SIMPLE_ESCAPE, unescape
from bitext.po.lines import Place
from bitext.po.strict import split_flags

_ENTRY = r"""
    (?: {eol} )*+
    ( (?: \# (?: [ ] .*+ )? \n )*+ )  # comments
    ( (?: \#\.       [ ] .*+   \n )*+ )  # extracted
    ( (?: \#:        [ ] .*+   \n )*+ )  # references
    (?: \#,          [ ] (.*+) \n )?    # flags
    (?: {previous} msgctxt [ ] {previous_string} )?
    (?: {previous} msgid   [ ] {previous_string} )?
    (?: {mark}     msgctxt [ ] {string} )?
        {mark}     msgid   [ ] {string}
        {mark}     msgstr  [ ] {string}
    # what follows must not be a part of the same entry
    (?= (?: {eol} )*+ (?: \#(?!~) | \#~\|[ ] | (?:\#~[ ])? msg(?:id|ctxt)[ ] | \Z ) )
"""

_JOINT = re.compile(r'"\r?\n(?:#[~|]{1,2} )?"')

_Unfrozen: Any = make_dataclass(
    "_Unfrozen", [(field.name, field.type) for field in fields(Entry)], slots=True
)
"""`Entry` while it is filled: four times as fast to make as a frozen one, of equal layout."""


_NEW: tuple[object, ...] = (None, None, None, (), None, False, None, 0, 0)
"""What follows an entry's references if it is new: nothing older, no place in a file."""


def make_entry(
    msgid: str, *, msgctxt: str, extracted: tuple[str, ...], references: tuple[str, ...]
) -> Entry:
    """Return a new, untranslated entry: `Entry` with these fields, for making many."""
    entry = _Unfrozen(msgid, "", msgctxt, (), (), extracted, references, *_NEW)
    entry.__class__ = Entry
    made: Entry = entry
    return made


def make_translated(msgid: str, msgstr: str, msgctxt: str, *, line: int) -> Entry:
    """Return an entry that is only read: it has neither comments nor a text of its own."""
    entry = _Unfrozen(msgid, msgstr, msgctxt, (), (), (), (), *_NEW)
    entry.line, entry.msgstr_line = line, line + 2
    entry.__class__ = Entry
    made: Entry = entry
    return made


def read_canonical(text: str, place: Place, *, newline: str) -> tuple[list[Entry], Place]:
    """Return the entries of `text` from `place` while they are canonical, and where they end.

    What stands there may still be an entry, or wrong.
    """
    live, obsolete = _compile(newline, is_obsolete=False), _compile(newline, is_obsolete=True)
    entries: list[Entry] = []
    start, line = place
    while match := live.match(text, start) or obsolete.match(text, start):
        raw = match[0]
        start += len(raw)
        line += raw.count("\n")
        entries.append(_build(match, raw, line, is_obsolete=match.re is obsolete))
    return entries, Place(start, line)


def _build(match: re.Match[str], raw: str, next_line: int, *, is_obsolete: bool) -> Entry:
    """Return the entry of a match, whose text is `raw`; `next_line` is the one after it."""
    comments, extracted, references, flags, old_msgctxt, old_msgid, msgctxt, msgid, msgstr = (
        match.groups()
    )
    msgstr_line = next_line - 1 - msgstr.count("\n")
    line = msgstr_line - 1 - msgid.count("\n")
    entry = _Unfrozen(
        _read_string(msgid),
        _read_string(msgstr),
        None if msgctxt is None else _read_string(msgctxt),
        tuple(split_flags(flags)) if flags else (),
        _split_rows(comments, 2) if comments else (),
        _split_rows(extracted, 3) if extracted else (),
        _split_rows(references, 3) if references else (),
        None if old_msgctxt is None else _read_string(old_msgctxt),
        None if old_msgid is None else _read_string(old_msgid),
        None,
        (),
        None,
        is_obsolete,
        raw,
        line if msgctxt is None else line - 1 - msgctxt.count("\n"),
        msgstr_line,
    )
    entry.__class__ = Entry
    return cast("Entry", entry)


def _read_string(body: str) -> str:
    """Return the string that `body` stands for: its lines joined, its escapes resolved."""
    if "\n" in body:
        body = _JOINT.sub("", body)
    return unescape(body) if "\\" in body else body


@lru_cache(maxsize=1024)
def _split_rows(block: str, mark_length: int) -> tuple[str, ...]:
    """Return the comments of a block of lines, without their marks and ends."""
    return tuple([row[mark_length:].removesuffix("\r") for row in block.split("\n")[:-1]])


@cache
def _compile(newline: str, *, is_obsolete: bool) -> re.Pattern[str]:
    """Return the pattern of a live or an obsolete entry in a file with this `newline`."""
    mark, previous = (r"\#~[ ]", r"\#~\|[ ]") if is_obsolete else ("", r"\#\|[ ]")
    eol = newline.replace("\r", r"\r").replace("\n", r"\n")
    string, previous_string = _write_string(eol, mark), _write_string(eol, previous)
    return re.compile(
        _ENTRY.format(
            eol=eol, mark=mark, previous=previous, string=string, previous_string=previous_string
        ),
        re.VERBOSE,
    )


def _write_string(eol: str, mark: str) -> str:
    """Return the pattern of a string whose lines begin with `mark`, and of its line's end."""
    row = r'[^"\\\n]*+'
    return rf'"( {row} (?: (?: {SIMPLE_ESCAPE} | "{eol}{mark}" ) {row} )*+ )"{eol}'
