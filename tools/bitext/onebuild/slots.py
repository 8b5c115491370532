"""Slots: how what depends on the language travels through templates, and is found again.

A slot is *start · kind · key · mid · canary · end*; all but the canary are characters of a
private use area, which no slug, word or identifier keeps. The canary is a text that every way of
escaping changes differently: what a theme does to a slot happens to its canary too, and is then
done to what fills the slot (`changes`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from bitext.onebuild.changes import HTML_CANARY, TEXT_CANARY, UnfitError, find_change, joins_lines

_Value = TypeVar("_Value")

_FIRST = 0xEB80
"""The first of the 32 characters of a private use area that mark slots; no icon font has them."""

_START, _MID, _SEPARATOR, _END = map(chr, range(_FIRST, _FIRST + 4))
_DIGITS = "".join(map(chr, range(_FIRST + 16, _FIRST + 32)))
_ENCODE = str.maketrans("0123456789abcdef", _DIGITS)
_DECODE = str.maketrans(_DIGITS, "0123456789abcdef")
_ALL = f"[{chr(_FIRST)}-{chr(_FIRST + 31)}]"

_PREFIX_LENGTH = 5
"""Hex digits of a segment ID before its hyphen."""

_MOST_NESTED = 8


class Kind(StrEnum):
    """What fills a slot. Each value is the character that says so in a slot."""

    SENTENCE = chr(_FIRST + 4)
    """A sentence in its element, with what belongs to it."""

    TITLE = chr(_FIRST + 5)
    """A sentence as HTML, bare: in navigation."""

    TEXT = chr(_FIRST + 6)
    """A sentence as text."""

    STRING = chr(_FIRST + 7)
    """A text that is not parsed."""

    ALT = chr(_FIRST + 8)
    """The text of an image, in Markdown or HTML."""

    THEME = chr(_FIRST + 9)
    """A string of Sphinx, a theme or an extension; the key names it."""

    CONTEXT = chr(_FIRST + 10)
    """A value that the builder of the language knows; the key names it."""

    PAGE = chr(_FIRST + 11)
    """A part of a page that its sentences and languages are asked for; the key names it."""


_OF_A_PAGE = frozenset({Kind.SENTENCE, Kind.ALT, Kind.PAGE})
"""What fills these depends on the page that they are on."""

_NAMED_KINDS = frozenset({Kind.THEME, Kind.CONTEXT, Kind.PAGE})
_HTML_KINDS = frozenset({Kind.SENTENCE, Kind.TITLE, Kind.PAGE})

_BARE = re.compile(f"{_START}([{_DIGITS}]+){_END}")
_INNERMOST = re.compile(
    f"{_START}([{chr(_FIRST + 4)}-{chr(_FIRST + 15)}])([{_DIGITS}]+)"
    f"{_MID}([^{_START}{_MID}{_END}]*)(?:{_MID}([^{_START}{_MID}{_END}]*))?{_END}"
)
_LEFT = re.compile(rf"{_ALL}|qzx|%EE%AE|\\ueb[89]|&#60(?:2[89]|3\d)\d;|&#xeb[89]", re.IGNORECASE)

JOINED, JOINS = chr(_FIRST + 12), chr(_FIRST + 13)
"""What a text begins with that stands right behind the one before, and ends with that stands right
before the next: the white space between them goes."""

_JOINED, _JOINS = (rf"(?:{mark}|\\u{ord(mark):04x})" for mark in (JOINED, JOINS))  # as JSON has it
_INVENTED = re.compile(rf"\s*{_JOINED}|{_JOINS}\s*")
_HAS_JOIN = re.compile(f"{_JOINED}|{_JOINS}")

Fill = Callable[[Kind, str], str]
"""What returns the text for a slot of a kind with a key; may raise `UnfitError`.

The places of a slot's arguments in it are those of `argument_place`.
"""

_PLACE = re.compile("\0([0-9]+)\0")

ABSENT = "\0-"
"""What fills a slot of something that a language does not have; white space before it goes too."""

_ABSENT = re.compile(r"\s*" + ABSENT)


def value_of(values: Mapping[str, _Value], key: str) -> _Value:
    """Return what is known of a sentence or a part. Raises `UnfitError` if nothing is."""
    if key not in values:
        raise UnfitError(f"{key} cannot be shown there alone")
    return values[key]


def argument_place(number: int) -> str:
    """Return what stands for a slot's argument, from 0, in the text that fills it."""
    return f"\0{number}\0"


def bare_slot(segment_id: str) -> str:
    """Return what stands for a sentence while its article is parsed: one word of no markup."""
    return f"{_START}{_digits(segment_id)}{_END}"


def with_canaries(text: str, kind: Kind = Kind.STRING) -> str:
    """Return `text` with each bare slot as a slot of a kind."""
    return _BARE.sub(lambda match: _slot(kind, match[1]), text) if _START in text else text


def find_bare(text: str) -> list[str]:
    """Return the segment IDs of the bare slots in `text`."""
    return [_segment_id(match[1]) for match in _BARE.finditer(text)]


def slot(kind: Kind, key: str, arguments: tuple[str, ...] = ()) -> str:
    """Return a slot; `key` is a segment ID, or a name where the kind says so."""
    digits = key.encode().hex().translate(_ENCODE) if kind in _NAMED_KINDS else _digits(key)
    return _slot(kind, digits, arguments)


def _slot(kind: Kind, digits: str, arguments: tuple[str, ...] = ()) -> str:
    canary = HTML_CANARY if kind in _HTML_KINDS else TEXT_CANARY
    rest = f"{_MID}{_SEPARATOR.join(arguments)}" if arguments else ""
    return f"{_START}{kind}{digits}{_MID}{canary}{rest}{_END}"


def _key(kind: Kind, digits: str) -> str:
    if kind in _NAMED_KINDS:
        return bytes.fromhex(digits.translate(_DECODE)).decode()
    return _segment_id(digits)


def _digits(key: str) -> str:
    return key.replace("-", "").translate(_ENCODE)


def _segment_id(digits: str) -> str:
    key = digits.translate(_DECODE)
    return f"{key[:_PREFIX_LENGTH]}-{key[_PREFIX_LENGTH:]}"


def has_slot(text: str) -> bool:
    """Tell whether anything of a slot is in `text`."""
    return _START in text


def has_mark(text: str) -> bool:
    """Tell whether `text` itself has a character or word that marks slots."""
    return _LEFT.search(text) is not None


def without_slots(text: str) -> str:
    """Return a message for people, in which a slot is three dots."""
    while _INNERMOST.search(text):
        text = _INNERMOST.sub("...", text)
    return re.sub(_ALL, "", text)


def name_slots(text: str) -> str:
    """Return `text` with the key of each slot in its place, whatever it shows there."""
    return _INNERMOST.sub(lambda match: f"\0{match[2]}\0", text)


def find_sentences(text: str) -> set[str]:
    """Return the segment IDs of the sentences and titles that have slots in `text`."""
    found = _INNERMOST.finditer(text)
    return {_segment_id(match[2]) for match in found if match[1] not in _NAMED_KINDS}


def fill_slots(text: str, fill: Fill, known: dict[str, str] | None = None) -> str:
    """Return `text` with all slots filled.

    `known` keeps what fills slots that are the same on every page.
    Raises `UnfitError` if a canary came back changed in an unknown way, or a mark is left.
    """
    remembered: dict[str, str] = {} if known is None else known

    def replace(match: re.Match[str]) -> str:
        found = remembered.get(match[0])
        if found is not None:
            return found
        kind = Kind(match[1])
        change = find_change(match[3], is_html=kind in _HTML_KINDS)
        filled = fill(kind, _key(kind, match[2]))
        if change is not None:
            filled = change(filled)
        if match[4] is not None:
            arguments = match[4].split(_SEPARATOR)
            filled = _PLACE.sub(lambda place: arguments[int(place[1])], filled)
            if change is not None and joins_lines(change):  # an argument may be empty
                filled = " ".join(filled.split())
        if kind not in _OF_A_PAGE:
            remembered[match[0]] = filled
        return filled

    for _ in range(_MOST_NESTED):
        if _START not in text:
            break
        text = _INNERMOST.sub(replace, text)
    if ABSENT in text:
        text = _ABSENT.sub("", text)
    if _HAS_JOIN.search(text):
        text = _INVENTED.sub("", text)
    left = _LEFT.search(text)
    if left:
        around = text[max(0, left.start() - 30) : left.end() + 30]
        raise UnfitError(f"a mark is left: {around!a}")
    return text
