"""Catalogs that other tools made, message by message; the only door to polib.

polib reads what our own strict reader would refuse: other encodings, duplicates, notes in any
order. It also reads a file that was cut off as if nothing was missing; that is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext.errors import CatalogError

if TYPE_CHECKING:
    from polib import POEntry, POFile

_CHARSET = re.compile(rb'"Content-Type:[^"\n]*?charset=([\w.:-]+)', re.IGNORECASE)
_HEAD = 8192
"""Bytes at the start of a file that hold its header."""

_STRING = re.compile(
    r'(?:\#~\|?\s*|\#\|\s*)?(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?P<rest>.*)'
)
_WHOLE = re.compile(r'(?:[^"\\]|\\.)*"\s*')
_LINE = re.compile(r"\(line (\d+)\)")
_OTHER_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a foreign catalog that has a translation."""

    english: str
    translation: str
    line: int
    """In its file, from 1."""

    is_fuzzy: bool = False
    is_obsolete: bool = False
    references: tuple[str, ...] = ()
    """The files that it stands in, as the catalog names them, without line numbers."""

    comments: tuple[str, ...] = ()
    """The translator's, one per line."""

    proposed_for: str = ""
    """The English that a fuzzy message is proposed for; empty if it translates no former one."""


@dataclass(frozen=True, slots=True)
class ForeignCatalog:
    """A foreign catalog: what it translates, and how much it does not."""

    language: str
    """As its header names it: ``zh_CN``; empty if it does not."""

    messages: tuple[Message, ...]
    untranslated: int


def read_foreign(content: bytes) -> ForeignCatalog:
    """Return what a PO file says, whatever wrote it.

    A fuzzy message that tells its former English (``#| msgid``) is a translation of that.
    Raises `CatalogError` with the line of what cannot be read.
    """
    import polib

    text = _decode(content)
    _require_whole(text)
    try:
        catalog = polib.pofile(f"{text}\n")
    except (OSError, ValueError, IndexError) as error:
        found = _LINE.search(str(error))
        message = "not a PO file that gettext would read; see 'msgfmt -c'"
        raise CatalogError(message, line=int(found[1]) if found else 0) from error
    entries = [entry for entry in catalog if entry.msgid]
    messages = tuple(message for entry in entries for message in _find_messages(entry))
    untranslated = sum(not entry.obsolete and not _is_translated(entry) for entry in entries)
    return ForeignCatalog(_language(catalog), messages, untranslated)


def _decode(content: bytes) -> str:
    """Return the text of a catalog in the encoding that its header names."""
    named = _CHARSET.search(content[:_HEAD])
    charset = named[1].decode() if named and named[1].upper() != b"CHARSET" else "utf-8"
    try:
        text = content.decode("utf-8-sig" if charset.lower() in ("utf-8", "utf8") else charset)
    except (UnicodeDecodeError, LookupError) as error:
        way = f"save it as {charset}, or mend the charset in its header"
        raise CatalogError(f"is not {charset} throughout; {way}", line=1) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return _OTHER_BREAKS.sub(" ", text)  # polib takes them for line ends


def _require_whole(text: str) -> None:
    """Raise `CatalogError` at a string that does not end: the file was cut off, or edited so."""
    for number, line in enumerate(text.split("\n"), start=1):
        found = _STRING.fullmatch(line.strip())
        if found and not _WHOLE.fullmatch(found["rest"]):
            raise CatalogError("the string does not end; is the file complete?", line=number)
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            raise CatalogError("git left a conflict here; mend it first", line=number)


def _is_translated(entry: POEntry) -> bool:
    return any(text.strip() for text in (entry.msgstr, *entry.msgstr_plural.values()))


def _find_messages(entry: POEntry) -> Iterator[Message]:
    """Yield what an entry translates: one text, or its singular and its last plural form."""
    fuzzy = entry.fuzzy
    former = entry.previous_msgid if fuzzy else None
    pairs = [(former or entry.msgid, entry.msgstr)]
    if entry.msgid_plural:
        forms = [text for _, text in sorted(entry.msgstr_plural.items())] or [""]
        pairs = [(entry.msgid, forms[0]), (entry.msgid_plural, forms[-1])]
    for english, translation in pairs:
        if translation.strip():
            yield Message(
                english,
                translation,
                entry.linenum or 0,
                is_fuzzy=fuzzy and not former,
                is_obsolete=bool(entry.obsolete),
                references=tuple(dict.fromkeys(path for path, _ in entry.occurrences)),
                comments=tuple(entry.tcomment.split("\n")) if entry.tcomment else (),
                proposed_for=entry.msgid if former and not entry.obsolete else "",
            )


def _language(catalog: POFile) -> str:
    return str(catalog.metadata.get("Language", "")).strip()
