"""Where in a sentence the fault is that a finding names, as far as its message tells."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bitext.checks import Finding

_MISSING = re.compile(r"\bmissing: (?P<uses>.+?)(?=; not in the English: |\)?: [a-z][^:]*\Z)")
_ADDED = re.compile(r"\bnot in the English: (?P<uses>.+?)(?=\)?: [a-z][^:]*\Z)")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)+'|(?<= )\"(?:[^\"\\]|\\.)*'(?:[^\"\\]|\\.)*\"")
_CODE_POINT = re.compile(r"\bU\+([0-9A-F]{4,6})\b")
_AT_START = re.compile(r"'(?P<mark>[^'\\]+)' at its start")
_TWO_SPACES = re.compile(r"(?<=\S) {2,}")
_MOST = 20
"""Marks in one sentence; more would mark all of it."""


class Mark(NamedTuple):
    """A half-open range of code points of a sentence."""

    start: int
    end: int


class Marks(NamedTuple):
    """The marks of a finding, in order, none over another; none where the place is not known."""

    english: tuple[Mark, ...] = ()
    translation: tuple[Mark, ...] = ()


def find_marks(finding: Finding) -> Marks:
    """Return where the fault is: what is missing in the English, all else in the translation."""
    if not (finding.english and finding.translation.strip()):
        return Marks()
    message = finding.message.removeprefix(f"{finding.segment} ")
    missing = _listed(_MISSING, message)
    added = [*_listed(_ADDED, message), *_quoted(message)]
    marks = list(_find_all(finding.translation, added))
    if start := _AT_START.search(message):
        place = len(finding.translation) - len(finding.translation.lstrip())
        if finding.translation.startswith(start["mark"], place):
            marks.append(Mark(place, place + len(start["mark"])))
    if "two spaces" in message:
        marks += [Mark(*match.span()) for match in _TWO_SPACES.finditer(finding.translation)]
    return Marks(_in_order(_find_all(finding.english, missing)), _in_order(marks))


def _listed(pattern: re.Pattern[str], message: str) -> list[str]:
    """Return what a message lists, also as far as a name in it goes: ``{ref} <target>``."""
    match = pattern.search(message)
    if match is None:
        return []
    return [*match["uses"].split(", "), *re.findall(r"\{[^{}\s]+\}", match["uses"])]


def _quoted(message: str) -> Iterator[str]:
    for match in _QUOTED.finditer(message):
        try:
            yield str(literal_eval(match[0]))
        except (ValueError, SyntaxError):
            continue
    for match in _CODE_POINT.finditer(message):
        number = int(match[1], 16)
        if number < 0x110000:
            yield chr(number)


def _find_all(text: str, parts: Sequence[str]) -> Iterator[Mark]:
    """Yield where the parts stand in a text, as whole words; a lone mark says too little."""
    for part in parts:
        wanted = part.removesuffix("…")
        if not wanted.strip() or (len(wanted) == 1 and _is_mark(wanted)):
            continue
        start = r"(?<!\w)" if wanted[0].isalnum() else ""
        end = r"(?!\w)" if wanted[-1].isalnum() and wanted == part else ""
        for match in re.finditer(f"{start}{re.escape(wanted)}{end}", text):
            yield Mark(*match.span())


def _is_mark(character: str) -> bool:
    return character.isascii() and character.isprintable() and not character.isalnum()


def _in_order(marks: Iterator[Mark] | list[Mark]) -> tuple[Mark, ...]:
    """Return the marks in order, those over longer ones left out."""
    kept: list[Mark] = []
    for mark in sorted(set(marks), key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept) if len(kept) <= _MOST else ()


def split_at(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, each with whether it is marked; joined they are the text.

    >>> list(split_at("Run make.", [Mark(4, 8)]))
    [('Run ', False), ('make', True), ('.', False)]
    """
    place = 0
    for start, end in marks:
        yield text[place:start], False
        yield text[start:end], True
        place = end
    yield text[place:], False
