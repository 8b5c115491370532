"""Whole files: `parse`, and what only a whole file can get wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bitext.po.canonical import read_canonical
from bitext.po.catalog import Catalog, Entry
from bitext.po.faults import fault
from bitext.po.lines import Place
from bitext.po.strict import read_strict

BYTE_ORDER_MARK = "\ufeff"

_CHARSET = re.compile(r"charset\s*=\s*([^\s;]*)", re.IGNORECASE)


def parse(text: str, *, is_fast: bool = True, is_merged: bool = False) -> Catalog:
    r"""Return the catalog that `text` spells, every character of it kept.

    Lines end at ``\n`` or ``\r\n`` only. Raises `CatalogError`, with line and column, for what
    gettext could not read or would read otherwise than it looks. Without `is_fast` the full
    grammar reads every entry; the result is the same. With `is_merged` one sentence may have
    several entries: git, which merges line by line, leaves such catalogs.

    >>> parse('msgctxt "137fa-101"\nmsgid "Install"\nmsgstr "Namestitev"\n').entries[0].msgstr
    'Namestitev'
    """
    _refuse_nul(text)
    newline = _find_newline(text)
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    entries = _read_entries(text, newline=newline, is_fast=is_fast)
    tail = text[len(mark) + sum([len(entry.raw or "") for entry in entries]) :]
    header, entries = _split_header(entries)
    _refuse_other_charset(header)
    if not is_merged:
        _refuse_duplicates(entries)
    return Catalog(replace(header, raw=f"{mark}{header.raw}"), tuple(entries), tail, newline)


def _read_entries(text: str, *, newline: str, is_fast: bool) -> list[Entry]:
    """Return the entries of `text`, the header among them."""
    entries: list[Entry] = []
    place = Place(int(text.startswith(BYTE_ORDER_MARK)), 1)
    while True:
        if is_fast:
            found, place = read_canonical(text, place, newline=newline)
            entries += found
        entry = read_strict(text, place)
        if entry is None:
            return entries
        entries.append(entry)
        place = place.after(entry.raw or "")


def _find_newline(text: str) -> str:
    r"""Return how the first line of `text` ends; ``\n`` if it has no end."""
    end = text.find("\n")
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def _split_header(entries: list[Entry]) -> tuple[Entry, list[Entry]]:
    """Return the header, empty if there is none, and the other entries."""
    headers = [entry for entry in entries if not entry.msgid and _is_header(entry)]
    if len(headers) > 1:
        message = f'a second header (msgid ""); the first is on line {headers[0].line}: merge them'
        raise fault(message, headers[1].line)
    if not headers:
        return Entry("", raw=""), entries
    if headers[0] is not entries[0]:
        message = 'the header (msgid "") is not the first entry; move it to the top of the file'
        raise fault(message, headers[0].line)
    return headers[0], entries[1:]


def _is_header(entry: Entry) -> bool:
    return not entry.msgid and entry.msgctxt is None and not entry.is_obsolete


def _refuse_nul(text: str) -> None:
    at = text.find("\0")
    if at >= 0:
        column = at - text.rfind("\n", 0, at)
        message = "a NUL character; delete it, or save the file as UTF-8 text"
        raise fault(message, text.count("\n", 0, at) + 1, column)


def _refuse_other_charset(header: Entry) -> None:
    """Raise if the header names another charset than UTF-8, or a template's placeholder."""
    named = _CHARSET.search(header.msgstr)
    if named is None or named[1] == "CHARSET" or named[1].lower() == "utf-8":
        return
    message = f"charset {named[1]!r} in the header; save the file as UTF-8 and write charset=UTF-8"
    raise fault(message, *_find_charset(header))


def _find_charset(header: Entry) -> tuple[int, int]:
    """Return the line and column of the header's charset; of its msgstr if wrapped apart."""
    rows = (header.raw or "").split("\n")
    for number, row in enumerate(rows[header.msgstr_line - 1 :], header.msgstr_line):
        if named := _CHARSET.search(row):
            return number, named.start(1) + 1
    return header.msgstr_line, 1


def _refuse_duplicates(entries: Sequence[Entry]) -> None:
    """Raise if two entries that are not obsolete have the same context and English."""
    live = [entry for entry in entries if not entry.is_obsolete]
    if len({_find_key(entry) for entry in live}) == len(live):
        return
    lines: dict[str, int] = {}
    for entry in live:
        first = lines.setdefault(_find_key(entry), entry.line)
        if first != entry.line:
            message = f"the same msgctxt and msgid as on line {first}; delete one of the entries"
            raise fault(message, entry.line)


def _find_key(entry: Entry) -> str:
    """Return what tells an entry from all others, as gettext's compiled catalogs spell it."""
    return entry.msgid if entry.msgctxt is None else f"{entry.msgctxt}\4{entry.msgid}"
