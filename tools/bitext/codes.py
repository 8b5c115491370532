"""A sentence of inline Markdown as text and protected codes, for tools that are not to touch these.

The codes are found by shape alone; text and codes of a sentence, joined, are the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from bitext.markdown.parts import PartKind, split_parts
from bitext.markdown.trust import WORD_ROLES

_ROLE = re.compile(r"(?P<open>\{(?P<name>[\w:.+-]+)\}`+)(?P<text>[^`<>]+)(?P<close>`+)")
_IMAGE = re.compile(r"(?P<open>!\[)(?P<text>[^\[\]\\]+)(?P<close>\].*)", re.DOTALL)


class CodeKind(Enum):
    """What a stretch of a sentence is."""

    TEXT = auto()
    LONE = auto()
    """A code that stands alone."""

    OPEN = auto()
    """The first of a pair of codes around text."""

    CLOSE = auto()


class Stretch(NamedTuple):
    """Text or a code."""

    kind: CodeKind
    raw: str
    number: int = 0
    """Of a code, from 1, in the order of the sentence; both of a pair have the same. 0 is text."""


def find_codes(text: str) -> list[Stretch]:
    """Return the stretches of a sentence; pairs are nested.

    >>> [(str(s.raw), s.number) for s in find_codes("See *[it](a.md)*.")]
    [('See ', 0), ('*', 1), ('[', 2), ('it', 0), ('](a.md)', 2), ('*', 1), ('.', 0)]
    """
    return list(_numbered(_pair(list(_rough(text)))))


class _Rough(NamedTuple):
    """A stretch before pairs are known."""

    raw: str
    opens: str = ""
    """What closes it, if it may open a pair."""

    closes: str = ""
    """What it may close."""

    is_code: bool = True


def _rough(text: str) -> Iterator[_Rough]:
    """Yield stretches, each with what it may pair with; neighbouring texts are one."""
    words = ""
    for part in split_parts(text):
        inner = _inner(part.kind, part.raw)
        if part.kind is PartKind.MARKER:
            own = [_Rough(part.raw, _closing(part.raw), part.raw)]
        elif part.kind is PartKind.TARGET:
            own = [_Rough(part.raw, closes="]")]
        elif inner is not None:
            opening, words_inside, closing = inner
            key = f"inner {opening}"
            own = [_Rough(opening, key), _Rough(words_inside, is_code=False)]
            own.append(_Rough(closing, closes=key))
        elif part.kind in (PartKind.CODE, PartKind.IMAGE, PartKind.ADDRESS, PartKind.TAG):
            own = [_Rough(part.raw)]
        else:
            words += part.raw
            continue
        if words:
            yield _Rough(words, is_code=False)
            words = ""
        yield from own
    if words:
        yield _Rough(words, is_code=False)


def _inner(kind: PartKind, raw: str) -> tuple[str, str, str] | None:
    """Return a code that holds words in three: what opens it, the words, what closes it."""
    if kind is PartKind.IMAGE:
        match = _IMAGE.fullmatch(raw)
    elif kind is PartKind.CODE:
        match = _ROLE.fullmatch(raw)
        match = match if match and match["name"] in WORD_ROLES else None
    else:
        return None
    return (match["open"], match["text"], match["close"]) if match else None


def _closing(marker: str) -> str:
    return "]" if marker.endswith("[") else marker


def _pair(stretches: Sequence[_Rough]) -> list[tuple[_Rough, int]]:
    """Return each stretch with the place of the other of its pair, -1 if it has none."""
    partners = [-1] * len(stretches)
    opened: list[int] = []
    for place, stretch in enumerate(stretches):
        waiting = [n for n in opened if stretch.closes and stretches[n].opens == stretch.closes]
        if waiting and waiting[-1] < place - 1:
            partners[place], partners[waiting[-1]] = waiting[-1], place
            opened = [n for n in opened if n < waiting[-1]]
        elif stretch.opens:
            opened.append(place)
    return list(zip(stretches, partners, strict=True))


def _numbered(pairs: Sequence[tuple[_Rough, int]]) -> Iterator[Stretch]:
    """Yield the stretches with the numbers of their codes."""
    numbers: dict[int, int] = {}
    for place, (stretch, partner) in enumerate(pairs):
        if not stretch.is_code:
            yield Stretch(CodeKind.TEXT, stretch.raw)
            continue
        if 0 <= partner < place:
            yield Stretch(CodeKind.CLOSE, stretch.raw, numbers[partner])
            continue
        numbers[place] = len(numbers) + 1
        kind = CodeKind.LONE if partner < 0 else CodeKind.OPEN
        yield Stretch(kind, stretch.raw, numbers[place])


def match_codes(translation: Sequence[Stretch], english: Sequence[Stretch]) -> list[Stretch]:
    """Return a translation's stretches, codes that the English has with their numbers there."""
    free: dict[tuple[str, ...], list[int]] = {}
    for key, number in _keys(english):
        free.setdefault(key, []).append(number)
    following = max((stretch.number for stretch in english), default=0)
    numbers: dict[int, int] = {}
    for key, number in _keys(translation):
        if free.get(key):
            numbers[number] = free[key].pop(0)
        else:
            following += 1
            numbers[number] = following
    return [s._replace(number=numbers[s.number]) if s.number else s for s in translation]


def _keys(stretches: Sequence[Stretch]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield what each code is made of, with its number."""
    closing = {s.number: s.raw for s in stretches if s.kind is CodeKind.CLOSE}
    for stretch in stretches:
        if stretch.kind is CodeKind.OPEN:
            yield (stretch.raw, closing[stretch.number]), stretch.number
        elif stretch.kind is CodeKind.LONE:
            yield (stretch.raw,), stretch.number
