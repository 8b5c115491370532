r"""Catalogs of which the text alone tells that there is nothing to update: most, at any time.

Such a PO has its POT's entries, character for character, each with a translation; its retired
entries follow. To see that takes a fifth of the time that parsing both takes. What is said here
of a catalog is what `parse` and `update` would say; all others (wrapped or annotated ones, fuzzy
entries, anything odd or damaged) are left to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from operator import add

from bitext.errors import CatalogError
from bitext.model import is_paragraph_id
from bitext.po import Catalog, Entry, make_translated, parse
from bitext.po.escapes import SIMPLE_ESCAPE, unescape

_STRINGS = re.compile('\nmsgctxt "(.*)"\nmsgid "(.*)"\nmsgstr "(.*)"\n')
_MSGSTR = re.compile('\nmsgstr ".*\n')
_NOTES = re.compile(r"(?: (?: \n \#[.:] [ ] .*+ )*+ \n )*+", re.VERBOSE)
_IDS = re.compile(r"(?: [0-9a-f]{5}-[0-9]{1,9} \n )*+", re.VERBOSE)
_ESCAPE = re.compile(SIMPLE_ESCAPE)
_BLANK = re.compile(r'\n(?:\s|\\[^"\\])')
r"""The beginning of a line that may stand for white space only."""

_HEADER = re.compile(
    r"""
    (?: \# (?:[ ].*+)? \n )*+
    msgid[ ]"" \n msgstr[ ]"" \n
    (?: " [^"\\\n]*+ (?: \\" [^"\\\n]*+ )*+ \\n" \n )++  # fields, quotes escaped and nothing else
    """,
    re.VERBOSE,
)
_SOURCE = '\n"X-Bitext-Source: '
_CHARSET = '; charset=UTF-8\\n"\n'


@dataclass(frozen=True, slots=True)
class Settled:
    """What a catalog says for which there is nothing to do."""

    ids: list[str]
    """Of its sentences, in the order of the article; `english` and `translations` likewise."""

    english: list[str]
    translations: list[str]
    retired: tuple[Entry, ...] = ()

    notes: Sequence[str] = field(default=(), compare=False)
    """What stands above each in its file."""


def read_settled(po: str, pot: str) -> Settled | None:
    """Return what the catalog `po` says if its POT changes nothing in it; None if it may.

    Neither text is damaged then: `parse` reads both.
    """
    head, body = _split_head(po)
    pot_head, pot_body = _split_head(pot)
    gap = body.find("\n\n#~ ")
    live, retired = (body[: gap + 1], body[gap + 2 :]) if gap >= 0 else (body, "")
    if _MSGSTR.sub('\nmsgstr ""\n', live) != pot_body or not _are_headers(head, pot_head):
        return None
    pieces = _STRINGS.split(live)  # notes, ID, English, translation, notes …
    notes, ids, english, translations = (pieces[first::4] for first in range(4))
    texts = _lines(english) + _lines(translations)
    is_plain = (
        notes.pop() == ""
        and _NOTES.fullmatch(_lines(sorted(set(notes))))
        and _IDS.fullmatch(_lines(ids))
        and len(set(ids)) == len(ids)
        and not _BLANK.search("\n" + _lines(translations))
        and _are_strings(texts)
        and not ("\0" in po or "\r" in po or "\0" in pot_head or "\r" in pot_head)
    )
    gone = _read_retired(retired) if is_plain and retired else ()
    if not is_plain or gone is None:
        return None
    if "\\" in texts:
        english, translations = _unescape_all(english), _unescape_all(translations)
    return Settled(ids, english, translations, gone, notes)


def _count_lines(head: str, notes: Sequence[str]) -> list[int]:
    """Return the lines at which entries begin, each after its note; four newlines are its own."""
    sizes = [note.count("\n") for note in notes]
    ends = accumulate([size + 4 for size in sizes], initial=head.count("\n") + 2)
    return list(map(add, ends, sizes))


def make_catalog(po: str, settled: Settled) -> Catalog:
    """Return the sentences of a settled catalog whose text is `po`, for whoever only reads them.

    They stand at their lines; their comments, and the retired entries, are left out.
    """
    lines = _count_lines(_split_head(po)[0], settled.notes)
    own = zip(settled.english, settled.translations, settled.ids, lines, strict=True)
    entries = tuple([make_translated(a, b, name, line=line) for a, b, name, line in own])
    return replace(parse_head(po), entries=entries)


def parse_head(po: str) -> Catalog:
    """Return a settled catalog without its entries."""
    head, _ = _split_head(po)
    return Catalog(parse(head).header, (), "", "\n")


def _split_head(text: str) -> tuple[str, str]:
    """Return the lines before the first blank one, and the text from that on."""
    end = text.find("\n\n") + 1
    return text[:end], text[end:]


def _lines(texts: list[str]) -> str:
    return "\n".join([*texts, ""])


def _are_strings(text: str) -> bool:
    """Tell whether all quotes and backslashes are in escapes that gettext writes."""
    rest = _ESCAPE.sub("", text) if "\\" in text else text
    return not ('"' in rest or "\\" in rest)


def _unescape_all(bodies: list[str]) -> list[str]:
    return [unescape(body) if "\\" in body else body for body in bodies]


def _are_headers(po: str, pot: str) -> bool:
    """Tell whether these are headers that parse, in UTF-8 and of one article."""
    own = _source_row(po)
    return bool(own) and own == _source_row(pot)


def _source_row(head: str) -> str:
    """Return the one row of a header that has the article's path; empty for a header to parse.

    Each field's name is known in any case of letters; which field counts, and which charset, is
    sure only if there is one.
    """
    start = head.find(_SOURCE)
    folded = head.casefold()
    is_plain = (
        start >= 0
        and _CHARSET in head
        and folded.count("x-bitext-source") == 1 == folded.count("charset")
        and _HEADER.fullmatch(head)
    )
    return head[start : head.find("\n", start + 1)] if is_plain else ""


def _read_retired(text: str) -> tuple[Entry, ...] | None:
    """Return the retired entries in `text`; None if there is anything else in it.

    A paragraph entry that was retired may be revived.
    """
    try:
        entries = parse(text).entries
    except CatalogError:
        return None  # whoever parses the whole file knows the line
    is_settled = all(e.is_obsolete and not is_paragraph_id(e.msgctxt) for e in entries)
    return entries if is_settled else None
