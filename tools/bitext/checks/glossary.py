"""The project's terms: ``locale/terms.csv``, and how a term is found in a sentence.

One row a term and language::

    term,language,rendering,forbidden,do-not-translate
    translation memory,sl-SI,pomnilnik prevodov,spomin prevodov,
    GitHub,,,,yes
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from bitext.errors import SettingsError
from bitext.languages import parse_language

COLUMNS = ("term", "language", "rendering", "forbidden", "do-not-translate")
_REQUIRED = COLUMNS[:1]
_YES = frozenset({"yes", "true", "1", "x"})
_NO = frozenset({"", "no", "false", "0"})
_ADDRESS = re.compile(r"\S*(?:@|://|\\)\S*")
"""What is no prose: an address or a path."""

_WORD = re.compile(r"[^\W_]+(?:['’.+#-][^\W_]+)*[+#]*")


class Term(NamedTuple):
    """One row."""

    term: str
    """As English writes it; one in small letters is found in any case."""

    language: str
    """A tag; empty for all languages."""

    renderings: tuple[str, ...]
    """Each is good."""

    forbidden: tuple[str, ...]
    is_kept: bool
    """Whether the term stays as it is in every translation."""


class TermPlace(NamedTuple):
    """Where a text holds a term: ``text[start:end]`` is a form of it."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True)
class Glossary:
    """The terms of one language, by the first word of each in its English forms."""

    language: str
    terms: Mapping[str, Sequence[Term]] = field(default_factory=dict)

    def find(self, english: str) -> Iterator[Term]:
        """Yield the terms that a text holds, each once; one inside of a longer one is not there."""
        yield from dict.fromkeys(place.term for place in self.find_places(english))

    def find_places(self, english: str) -> Iterator[TermPlace]:
        """Yield where a text holds terms; one inside of a longer one is not there."""
        if not self.terms:
            return
        places: list[TermPlace] = []
        english = _ADDRESS.sub(lambda match: " " * len(match[0]), english)
        for word in {match[0].lower() for match in _WORD.finditer(english)}:
            for term in self.terms.get(word, ()):
                found = english_pattern(term.term).finditer(english)
                places += [TermPlace(match.start(), match.end(), term) for match in found]
        for place in sorted(places):
            start, end, _ = place
            if not any(a <= start and end <= b and b - a > end - start for a, b, _ in places):
                yield place


NO_TERMS = Glossary("")


def make_glossary(terms: Collection[Term], language: str) -> Glossary:
    """Return the terms that hold for a language: its own, and those of all languages."""
    found: dict[str, list[Term]] = defaultdict(list)
    own = language.partition("-")[0]
    for term in terms:
        if term.language in ("", own, language):
            first, *rest = words_of(term.term)
            for form in [first.lower()] if rest else {form.lower() for form in _forms(first)}:
                found[form].append(term)
    return Glossary(language, found)


def parse_terms(text: str, languages: Collection[str]) -> tuple[Term, ...]:
    """Return the terms in the text of ``terms.csv``; `languages` are those of the project.

    Raises `SettingsError` with the line of the first row that cannot be read.
    """
    reader = csv.reader(
        text.removeprefix("\ufeff").replace("\0", "\ufffd").split("\n"), strict=True
    )
    rows: list[Term] = []
    seen: dict[tuple[str, str], int] = {}
    try:
        columns = _read_columns(next(reader, []))
        for cells in reader:
            if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
                continue
            term = _read_row(cells, columns, reader.line_num, languages)
            before = seen.setdefault((term.term, term.language), reader.line_num)
            if before != reader.line_num:
                message = f"{term.term!r} is there twice for one language, first in line {before}"
                raise SettingsError(f"{message}; write one row", line=reader.line_num)
            rows.append(term)
    except csv.Error as error:
        message = f"not CSV: {error}; close each quotation mark, and double those inside of a cell"
        raise SettingsError(message, line=reader.line_num) from error
    return tuple(rows)


def _read_columns(header: Sequence[str]) -> dict[str, int]:
    """Return the place of each column."""
    names = [name.strip().lower() for name in header]
    known = ",".join(COLUMNS)
    for name in names:
        if name not in COLUMNS or names.count(name) > 1:
            raise SettingsError(f"no column may be called {name!r}; write {known}", line=1)
    if not set(_REQUIRED) <= set(names):
        raise SettingsError(f"its first line names no columns; write {known}", line=1)
    return {name: place for place, name in enumerate(names)}


def _read_row(
    cells: Sequence[str], columns: Mapping[str, int], line: int, languages: Collection[str]
) -> Term:
    if len(cells) > len(columns):
        message = f"{len(cells)} cells, but {len(columns)} columns; put text with commas in quotes"
        raise SettingsError(message, line=line)
    row = {
        name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()
    }
    kept = row.get("do-not-translate", "").lower()
    if kept not in _YES | _NO:
        raise SettingsError(f"do-not-translate is {kept!r}; write yes, or nothing", line=line)
    language = row.get("language", "")
    term = Term(
        row["term"],
        _read_language(language, line, languages) if language not in ("", "*") else "",
        _split(row.get("rendering", "")),
        _split(row.get("forbidden", "")),
        kept in _YES,
    )
    if not words_of(term.term):
        raise SettingsError("a row without a term; write it, or delete the row", line=line)
    _require_sense(term, line)
    return term


def _require_sense(term: Term, line: int) -> None:
    """Raise if a row asks for nothing, or for two things at once."""
    if term.is_kept and (term.renderings or term.forbidden):
        message = f"{term.term!r} is not to be translated and has a rendering; keep one of the two"
        raise SettingsError(message, line=line)
    if not (term.is_kept or term.renderings or term.forbidden):
        message = f"{term.term!r} has no rendering; write one, or yes under do-not-translate"
        raise SettingsError(message, line=line)
    if not (term.is_kept or term.language):
        message = f"{term.term!r} has a rendering and no language; write the language"
        raise SettingsError(message, line=line)
    both = set(term.renderings) & set(term.forbidden)
    if both:
        message = f"{both.pop()!r} is a rendering and forbidden; keep one of the two"
        raise SettingsError(message, line=line)


def _read_language(tag: str, line: int, languages: Collection[str]) -> str:
    language = parse_language(tag)
    known = {*languages, *(one.partition("-")[0] for one in languages)}
    if language is None or language.tag not in known:
        listed = ", ".join(languages) or "none"
        raise SettingsError(f"{tag!r} is not a language of this project ({listed})", line=line)
    return language.tag


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def words_of(text: str) -> list[str]:
    """Return the words of a term or a sentence; a hyphen or an apostrophe joins two to one."""
    return _WORD.findall(text)


def _forms(word: str) -> set[str]:
    """Return the forms of an English noun."""
    ies = {f"{word[:-1]}ies"} if word.endswith("y") else set()
    return {word, f"{word}s", f"{word}es", f"{word}'s", f"{word}’s", *ies}


@cache
def english_pattern(term: str) -> re.Pattern[str]:
    """Return what finds a term in English, its last word in any form."""
    *first, last = words_of(term)
    forms = sorted(_forms(last), key=len, reverse=True)
    words = [*map(re.escape, first), f"(?:{'|'.join(map(re.escape, forms))})"]
    flags = re.IGNORECASE if term.islower() else re.NOFLAG
    return re.compile(rf"(?<![\w.-]){'[ -]'.join(words)}(?![\w-])", flags)
