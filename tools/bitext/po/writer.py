"""Catalogs as text: what was read as it was, what changed in canonical form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bitext.po.catalog import Catalog, Entry
from bitext.po.escapes import escape
from bitext.po.reader import BYTE_ORDER_MARK

_BLANK_LINE = re.compile(r"[ \t\r\f\v]*\n")
_ROW = re.compile(r"[^\n]*\n|[^\n]+")


def serialize(catalog: Catalog) -> str:
    """Return the text of `catalog`: the one it was parsed from, but for what changed.

    An entry without `raw` is written canonically with one blank line before it, and after it
    if another entry follows.
    """
    pieces: list[str] = []
    last, is_raw = "", True
    for entry in (catalog.header, *catalog.entries):
        piece = format_entry(entry, catalog.newline) if entry.raw is None else entry.raw
        if last and last != BYTE_ORDER_MARK:
            has_gap = is_raw and entry.raw is not None
            pieces.append(_join_lines(last, piece, newline=catalog.newline, has_gap=has_gap))
        pieces.append(piece)
        last, is_raw = piece or last, entry.raw is not None
    if catalog.tail and last not in {"", BYTE_ORDER_MARK} and not last.endswith("\n"):
        pieces.append(catalog.newline)
    return "".join([*pieces, catalog.tail])


def _join_lines(last: str, piece: str, *, newline: str, has_gap: bool) -> str:
    """Return what must stand between two entries; `has_gap` if their own blank lines do."""
    end = "" if last.endswith("\n") else newline
    return end if has_gap or _BLANK_LINE.match(piece) else end + newline


_MSGSTR = re.compile(
    r'^msgstr[ \t]*"(?:[^"\\\n]|\\.)*"(?:[ \t\r]*\n[ \t]*"(?:[^"\\\n]|\\.)*")*', re.MULTILINE
)
"""The translation of an entry in use, with all its lines."""


def with_msgstr(entry: Entry, msgstr: str, newline: str = "\n") -> Entry:
    """Return an entry in use, without plural forms, with another translation.

    All other lines that it was read from keep their bytes.
    """
    lines = newline.join(_format_string("", "msgstr", msgstr))
    found = list(_MSGSTR.finditer(entry.raw or ""))
    if entry.raw is None or len(found) != 1:
        return replace(entry, msgstr=msgstr, raw=None)
    raw = entry.raw[: found[0].start()] + lines + entry.raw[found[0].end() :]
    return replace(entry, msgstr=msgstr, raw=raw)


def format_entry(entry: Entry, newline: str = "\n") -> str:
    r"""Return the canonical text of `entry`, without a blank line before it.

    One line per string, as ``msgcat --no-wrap`` writes it: only one with a line break inside
    has a line for each of its lines. The flag ``fuzzy`` comes first. A line break in a comment
    begins a new comment; one that ends in a backslash gets a space, or gettext would read the
    next line as part of it. Raises `ValueError` if a string holds a NUL.

    >>> print(format_entry(Entry("Save", "Shrani", "137fa-101", flags=("fuzzy",))), end="")
    #, fuzzy
    msgctxt "137fa-101"
    msgid "Save"
    msgstr "Shrani"
    """
    if _is_new(entry):
        return newline.join(_format_new(entry))
    return "".join([f"{line}{newline}" for line in _format_lines(entry)])


def _is_new(entry: Entry) -> bool:
    """Tell whether an entry is one that extraction makes: notes and strings of one line each."""
    if (
        entry.msgctxt is None
        or entry.comments
        or entry.flags
        or entry.is_obsolete
        or entry.previous_msgid is not None
        or entry.previous_msgctxt is not None
        or entry.msgid_plural is not None
        or entry.previous_msgid_plural is not None
    ):
        return False
    notes = entry.extracted + entry.references
    rows = "\n".join(("", *notes, entry.msgid, ""))
    is_each_a_row = rows.count("\n") == len(notes) + 2 and "\n\n" not in rows
    return is_each_a_row and "\\" not in rows and "\n" not in entry.msgstr


def _format_new(entry: Entry) -> list[str]:
    """Return the lines of an entry for which `_is_new` holds, and an empty one; most are such."""
    lines = ["#. " + text for text in entry.extracted]
    lines += ["#: " + text for text in entry.references]
    lines += (
        f'msgctxt "{escape(entry.msgctxt or "")}"',
        f'msgid "{escape(entry.msgid)}"',
        f'msgstr "{escape(entry.msgstr)}"' if entry.msgstr else 'msgstr ""',
        "",
    )
    return lines


def _format_lines(entry: Entry) -> Iterator[str]:
    yield from _format_comments("#", entry.comments)
    yield from _format_comments("#.", entry.extracted)
    yield from _format_comments("#:", entry.references)
    if entry.flags:
        yield f"#, {', '.join(sorted(entry.flags, key=lambda flag: flag != 'fuzzy'))}"
    previous, mark = ("#~| ", "#~ ") if entry.is_obsolete else ("#| ", "")
    yield from _format_string(previous, "msgctxt", entry.previous_msgctxt)
    yield from _format_string(previous, "msgid", entry.previous_msgid)
    yield from _format_string(previous, "msgid_plural", entry.previous_msgid_plural)
    yield from _format_string(mark, "msgctxt", entry.msgctxt)
    yield from _format_string(mark, "msgid", entry.msgid)
    yield from _format_string(mark, "msgid_plural", entry.msgid_plural)
    if entry.msgid_plural is None:
        yield from _format_string(mark, "msgstr", entry.msgstr)
    else:
        for index, form in enumerate(entry.plurals or (entry.msgstr,)):
            yield from _format_string(mark, f"msgstr[{index}]", form)


def _format_comments(mark: str, comments: tuple[str, ...]) -> Iterator[str]:
    for comment in comments:
        for row in comment.split("\n"):
            end = " " if row.endswith("\\") else ""
            yield f"{mark} {row}{end}" if row else mark


def _format_string(mark: str, keyword: str, text: str | None) -> Iterator[str]:
    """Yield the lines of a string, none if `text` is None."""
    if text is None:
        return
    if not 0 <= text.find("\n") < len(text) - 1:
        yield f'{mark}{keyword} "{escape(text)}"'
        return
    yield f'{mark}{keyword} ""'
    for row in _ROW.findall(text):
        yield f'{mark}"{escape(row)}"'
