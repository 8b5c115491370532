"""The values: one catalog and its entries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalog; two are equal if they say the same, wherever they stand."""

    msgid: str
    """The English, escapes resolved."""

    msgstr: str = ""
    """The translation; of a plural entry its first form. Empty if untranslated."""

    msgctxt: str | None = None
    """The segment ID in our catalogs; None if the entry has no context."""

    flags: tuple[str, ...] = ()
    """From all ``#,`` and ``#=`` lines, in file order."""

    comments: tuple[str, ...] = ()
    """The translator's, one per line, without ``#`` and one space."""

    extracted: tuple[str, ...] = ()
    """The ``#.`` comments, one per line."""

    references: tuple[str, ...] = ()
    """The ``#:`` comments, one per line as written; a line may name several places."""

    previous_msgctxt: str | None = None
    """``#| msgctxt``: the ID of the English that `msgstr` translates."""

    previous_msgid: str | None = None
    """``#| msgid``: the English that `msgstr` translates."""

    msgid_plural: str | None = None
    """The English plural; None if the entry has no plural forms."""

    plurals: tuple[str, ...] = ()
    """``msgstr[0]``, ``msgstr[1]`` … of a plural entry; empty for others."""

    previous_msgid_plural: str | None = None
    """``#| msgid_plural``."""

    is_obsolete: bool = False
    """Whether it is retired (``#~``)."""

    raw: str | None = field(default=None, compare=False)
    """Its text in the file, from the blank lines before it to its last newline; None if it is
    to be written canonically. Whoever changes another field sets this to None."""

    line: int = field(default=0, compare=False)
    """The line of its first keyword, from 1; 0 if it was not read from a file."""

    msgstr_line: int = field(default=0, compare=False)
    """The line of its (first) ``msgstr``, from 1; 0 if it was not read from a file."""

    @property
    def is_translated(self) -> bool:
        """Whether it has a translation, fuzzy or not; white space is none."""
        return bool(self.msgstr.strip())

    @property
    def is_fuzzy(self) -> bool:
        """Whether a person should review it."""
        return "fuzzy" in self.flags


@dataclass(frozen=True, slots=True)
class Catalog:
    """One PO or POT file."""

    header: Entry
    """The entry with an empty `msgid` and no `msgctxt`; its `raw` begins with the file's byte
    order mark if there is one. A file without a header has one with nothing in it."""

    entries: tuple[Entry, ...]
    """All others in file order, obsolete ones included."""

    tail: str
    """The text after the last entry: comments and blank lines."""

    newline: str
    r"""How the file ends its lines: ``\n`` or ``\r\n``."""

    def field(self, name: str) -> str | None:
        """Return the value of the header field `name` (in any case), None if it is absent."""
        return _find_field(self.header, name)


def set_field(header: Entry, name: str, value: str) -> Entry:
    r"""Return `header` with its field `name` (in any case) set to `value`.

    A new field comes last; the others keep their order and bytes. A header that already has
    the value is returned as it is. Raises `ValueError` if the field would not be one line.

    >>> set_field(Entry("", "Language: de\n"), "language", "sl").msgstr
    'Language: sl\n'
    """
    if "\n" in name + value or ":" in name:
        raise ValueError(f"not a header field: {name!r}: {value!r}")
    if _find_field(header, name) == value:
        return header
    lines = header.msgstr.removesuffix("\n").split("\n") if header.msgstr else []
    places = [place for place, line in enumerate(lines) if _is_field(line, name)]
    place = places[0] if places else len(lines)
    spelling = lines[place].partition(":")[0] if places else name
    lines[place : place + 1] = [f"{spelling}: {value}"]
    return replace(header, msgstr="".join(f"{line}\n" for line in lines), raw=None)


def _find_field(header: Entry, name: str) -> str | None:
    """Return the value of the header field `name`, without the spaces around it."""
    for line in header.msgstr.split("\n"):
        if _is_field(line, name):
            return line.partition(":")[2].strip()
    return None


def _is_field(line: str, name: str) -> bool:
    key, colon, _ = line.partition(":")
    return bool(colon) and key.strip().lower() == name.lower()
