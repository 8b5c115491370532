"""Slots: how what depends on the language travels through templates, and is found again.

A slot is *start · kind · key · mid · canary · end*; all but the canary are characters of a
private use area, which no slug, word or identifier keeps. The canary is a text that every way of
escaping changes differently: what a theme does to a slot happens to its canary too, and is then
done to what fills the slot (`changes`).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from bitext.onebuild.changes import HTML_CANARY, TEXT_CANARY, Change, UnfitError, find_change

_FIRST = 0xEB80
"""The first of the 32 characters of a private use area that mark slots; no icon font has them."""

_START, _MID, _SEPARATOR, _END = map(chr, range(_FIRST, _FIRST + 4))
_DIGITS = "".join(map(chr, range(_FIRST + 16, _FIRST + 32)))
_ENCODE = str.maketrans("0123456789abcdef", _DIGITS)
_DECODE = str.maketrans(_DIGITS, "0123456789abcdef")
_ALL = f"[{chr(_FIRST)}-{chr(_FIRST + 31)}]"

_PREFIX_LENGTH = 5
"""Hex digits of a segment ID before its hyphen."""


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

    GAP = chr(_FIRST + 12)
    """White space between sentences, which not every language writes; the key names it."""


_NAMED_KINDS = frozenset({Kind.THEME, Kind.CONTEXT, Kind.PAGE, Kind.GAP})
_HTML_KINDS = frozenset({Kind.SENTENCE, Kind.TITLE, Kind.PAGE})

_BARE = re.compile(f"{_START}([{_DIGITS}]+){_END}")
_INNERMOST = re.compile(
    f"{_START}([{chr(_FIRST + 4)}-{chr(_FIRST + 15)}])([{_DIGITS}]+)"
    f"{_MID}([^{_START}{_MID}{_END}]*)(?:{_MID}([^{_START}{_MID}{_END}]*))?{_END}"
)
_WHOLE = re.compile(
    f"{_START}([{chr(_FIRST + 4)}-{chr(_FIRST + 15)}])([{_DIGITS}]+)"
    f"{_MID}([^{_START}{_MID}{_END}]*)(?:{_MID}(.*))?{_END}",
    re.DOTALL,
)
_EDGE = re.compile(f"[{_START}{_END}]")
_IN_MARKS = re.compile(rf"[{chr(_FIRST)}-{chr(_FIRST + 31)}qQ%&\\]")
"""A character of each mark."""

_MARK = re.compile(
    rf"{_ALL}|[qQ][zZ][xX]|%[eE][eE]%[aA][eE]|\\[uU][eE][bB][89]"
    r"|&#60(?:2[89]|3\d)\d;|&#[xX][eE][bB][89]"
)
"""A character or word of a slot, however it was changed."""


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
    return _find_mark(text) is not None


def _find_mark(text: str) -> re.Match[str] | None:
    """Return the first mark; a look for single characters is fast, and finds none in most texts."""
    return _MARK.search(text) if _IN_MARKS.search(text) else None


def without_slots(text: str) -> str:
    """Return a message for people, in which a slot is three dots."""
    while _INNERMOST.search(text):
        text = _INNERMOST.sub("...", text)
    return re.sub(_ALL, "", text)


def name_slots(text: str) -> str:
    """Return `text` with the key of each slot in its place, whatever it shows there."""
    return _INNERMOST.sub(lambda match: f"\0{match[2]}\0", text)


def find_sentences(text: str) -> set[str]:
    """Return the segment IDs of the sentences and titles that have slots in `text`.

    White space between sentences is that of the first of them.
    """
    found = [(Kind(match[1]), match[2]) for match in _INNERMOST.finditer(text)]
    sentences = {_segment_id(digits) for kind, digits in found if kind not in _NAMED_KINDS}
    gaps = {_key(kind, digits) for kind, digits in found if kind is Kind.GAP}
    return sentences | {key.partition(" ")[0] for key in gaps}


def argument_place(number: int) -> str:
    """Return what stands for a slot's argument, from 0, in the text that fills it."""
    return f"\0{number}\0"


class Slot(NamedTuple):
    """A slot, read."""

    kind: Kind
    key: str
    change: Change | None
    """What was done to it on its way, and is to be done to what fills it; None for nothing."""

    arguments: tuple[str, ...]
    """As they came; they may hold slots."""


def cut_slots(text: str) -> list[str]:
    """Return the texts between slots, and at every other place, from the second, a slot as it is.

    Raises `UnfitError` if a mark is anywhere else.
    """
    pieces = _cut(text)
    for own in pieces[::2]:
        require_no_mark(own)
    return pieces


def _cut(text: str) -> list[str]:
    pieces: list[str] = []
    begin = depth = 0
    for edge in _EDGE.finditer(text):
        opens = edge[0] == _START
        place = edge.start() if opens else edge.end()
        if depth == (0 if opens else 1):
            pieces.append(text[begin:place])
            begin = place
        depth += 1 if opens else -1
        if depth < 0:
            break
    pieces.append(text[begin:])
    if depth:
        raise UnfitError(f"a mark is left: {pieces[-1][:60]!a}")
    return pieces


def require_no_mark(text: str) -> None:
    """Raise `UnfitError` if something of a slot is in a text."""
    left = _find_mark(text)
    if left:
        around = text[max(0, left.start() - 30) : left.end() + 30]
        raise UnfitError(f"a mark is left: {around!a}")


@lru_cache(maxsize=100_000)
def read_slot(text: str) -> Slot:
    """Return what a slot says that `cut_slots` found.

    Raises `UnfitError` if it was changed in an unknown way.
    """
    match = _WHOLE.fullmatch(text)
    if match is None:
        raise UnfitError(f"a slot came back otherwise: {text!a}")
    kind = Kind(match[1])
    change = find_change(match[3], is_html=kind in _HTML_KINDS)
    arguments = () if match[4] is None else _split_arguments(match[4])
    return Slot(kind, _key(kind, match[2]), change, arguments)


def _split_arguments(text: str) -> tuple[str, ...]:
    """Return the arguments of a slot; slots in them may have their own."""
    found = [""]
    for place, piece in enumerate(_cut(text)):
        own = [piece] if place % 2 else piece.split(_SEPARATOR)
        found[-1] += own[0]
        found.extend(own[1:])
    return tuple(found)
