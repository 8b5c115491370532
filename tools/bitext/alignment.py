"""Align the translation of a paragraph with its English, sentence by sentence.

Each place where the translation may be cut is a candidate; as many are taken as the English has
cuts, and those whose stretches fit it best: in length, in what a translator copies, in the mark
at the end. Whether that is sure, the same three say (after Gale and Church, "A Program for
Aligning Sentences in Bilingual Corpora", 1993, with anchors).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bitext.markdown.cutting import Cutting, PieceKind, Shape, join_lines
from bitext.markdown.parts import PartKind, split_parts

_COPIED = frozenset(
    {PartKind.CODE, PartKind.TARGET, PartKind.ADDRESS, PartKind.TAG, PartKind.IMAGE}
)
_NAME = re.compile(r"[A-Za-z][\w.+-]*[A-Za-z0-9]")
_ASKING = re.compile(r"[?？؟;\u037e][^\w]*\Z")
_EXCLAIMING = re.compile(r"[!！][^\w]*\Z")
_LEADING = re.compile(r"[:：][^\w]*\Z")

_VARIANCE = 6.8
"""Of a translation's length, for each character of English (Gale and Church's figure)."""

_SURE_SPREAD = 3.0
"""Deviations from the expected length up to which a pair of sentences is not doubted."""

_SURE_RATIO = 2.2
"""How many times longer or shorter than expected a sure translation is at most."""

_SHORT = 25
"""Characters below which a ratio of lengths says nothing."""

_SURE_MARGIN = 3.0
"""By how much the best of several alignments is better than the second, if it is sure."""

_USUAL_WIDTH = 6
"""Pieces of a translation that one sentence has at least to choose from."""

_MAX_UNITS = 150
"""Sentences of one paragraph that are aligned; beyond, it stays whole."""


class Pair(NamedTuple):
    """A sentence and its translation."""

    english: str
    translation: str
    is_sure: bool = True


@dataclass(frozen=True)
class _Unit:
    """A stretch of one side, one or more sentences."""

    text: str
    copied: Counter[str]
    """What a translator copies: code, targets, addresses, tags; and words and numbers."""

    length: float
    """Its width in columns without what is copied, at least 1."""

    @property
    def mark(self) -> str:
        """What kind of mark ends it."""
        for name, pattern in (("?", _ASKING), ("!", _EXCLAIMING), (":", _LEADING)):
            if pattern.search(self.text):
                return name
        return "."


def _unit(text: str) -> _Unit:
    return _Unit(text, Counter(_anchors(text)), max(1.0, float(sum(map(_width, _bare(text))))))


def align(english: Cutting, translation: Cutting) -> tuple[Pair, ...]:
    """Return each sentence of a paragraph with its translation; empty if that cannot be cut.

    The pieces of `translation` are what it may be cut into. A sentence without words, as only
    code, has no pair, but has to stand in its place.
    """
    if Shape.TEXT is not english.shape or Shape.TEXT is not translation.shape:
        return _align_single(english, translation)
    own = _units_of(english)
    found = _Places(translation)
    wanted = [unit for unit, _ in own]
    if not wanted or not len(wanted) <= len(found) <= _MAX_UNITS:
        return ()
    cuts, margin = _find_best(wanted, found)
    if not cuts:
        return ()
    stretches = [found.join(start, end) for start, end in cuts]
    sure = _is_sure(wanted, stretches) and margin >= _SURE_MARGIN
    pairs: list[Pair] = []
    for (unit, is_segment), stretch in zip(own, stretches, strict=True):
        if is_segment:
            pairs.append(Pair(unit.text, stretch.text, sure))
        elif unit.text != stretch.text:
            return ()
    return tuple(pairs)


def _align_single(english: Cutting, translation: Cutting) -> tuple[Pair, ...]:
    """Return the pair of a block that is exactly one link or image: the words of both."""
    if english.shape is not translation.shape:
        return ()
    own, other = ([piece.text for piece in side.pieces] for side in (english, translation))
    if not own or not other or (own[0], own[-1]) != (other[0], other[-1]):
        return ()
    return (Pair(english.segments[0], translation.segments[0]),)


def _units_of(english: Cutting) -> list[tuple[_Unit, bool]]:
    """Return the sentences of the English, and of each whether it is one to translate."""
    return [
        (_unit(join_lines(piece.text)), piece.kind is PieceKind.SEGMENT)
        for piece in english.pieces
        if piece.kind is not PieceKind.GAP
    ]


class _Places:
    """The pieces that a translation may be cut into."""

    def __init__(self, translation: Cutting) -> None:
        self._text = translation.text
        self._spans: list[tuple[int, int]] = []
        position = 0
        for piece in translation.pieces:
            end = position + len(piece.text)
            if piece.kind is not PieceKind.GAP and piece.text.strip():
                self._spans.append((position, end))
            position = end
        self._units = [_unit(self._text[start:end]) for start, end in self._spans]

    def __len__(self) -> int:
        return len(self._spans)

    def join(self, start: int, end: int) -> _Unit:
        """Return the pieces from `start` to `end` as one stretch."""
        text = self._text[self._spans[start][0] : self._spans[end - 1][1]]
        units = self._units[start:end]
        copied = sum((unit.copied for unit in units), Counter[str]())
        return _Unit(join_lines(text).strip(), copied, sum(unit.length for unit in units))


def _find_best(wanted: Sequence[_Unit], found: _Places) -> tuple[list[tuple[int, int]], float]:
    """Return the stretches of places, one for each sentence, that fit best; and by how much.

    The margin is to the best alignment that differs somewhere; infinite if there is no other.
    """
    count, total = len(wanted), len(found)
    if count == total:
        return [(index, index + 1) for index in range(count)], math.inf
    ratio = _ratio(wanted, [found.join(0, total)])
    widest = _USUAL_WIDTH + 2 * -(-total // count) if count > 1 else total
    units: dict[tuple[int, int], _Unit] = {}
    best: list[dict[int, tuple[float, int, float]]] = [{} for _ in range(count + 1)]
    best[count][total] = (0.0, total, math.inf)
    for index in range(count - 1, -1, -1):
        for start in range(index, index + total - count + 1):
            choices: list[tuple[float, int]] = []
            for end in range(start + 1, min(start + widest, total) + 1):
                if end in best[index + 1]:
                    unit = units.get((start, end)) or found.join(start, end)
                    units[start, end] = unit
                    cost = _cost(wanted[index], unit, ratio)
                    choices.append((cost + best[index + 1][end][0], end))
            if choices:
                first, *others = sorted(choices)[:2]
                margin = others[0][0] - first[0] if others else math.inf
                best[index][start] = (*first, margin)
    return _trace(best)


def _trace(
    best: Sequence[dict[int, tuple[float, int, float]]],
) -> tuple[list[tuple[int, int]], float]:
    """Return the path of least cost from the start, and its smallest margin."""
    cuts: list[tuple[int, int]] = []
    margin = math.inf
    start = 0
    for row in best[:-1]:
        if start not in row:
            return [], 0.0
        _, end, other = row[start]
        cuts.append((start, end))
        margin = min(margin, other)
        start = end
    return cuts, margin


def _ratio(wanted: Sequence[_Unit], found: Sequence[_Unit]) -> float:
    """Return how many columns of the translation stand for one of the English."""
    return sum(unit.length for unit in found) / sum(unit.length for unit in wanted)


def _spread(english: _Unit, translation: _Unit, ratio: float) -> float:
    """Return by how many deviations a translation is longer or shorter than expected."""
    expected = english.length * ratio
    return abs(translation.length - expected) / math.sqrt(_VARIANCE * max(expected, 4.0))


def _cost(english: _Unit, translation: _Unit, ratio: float) -> float:
    """Return how badly a translation fits a sentence; 0 is perfect."""
    spread = min(_spread(english, translation, ratio), 6.0)
    strange = sum((english.copied - translation.copied).values())
    strange += sum((translation.copied - english.copied).values())
    return spread + 1.5 * strange + (0.0 if english.mark == translation.mark else 2.0)


def _is_sure(wanted: Sequence[_Unit], found: Sequence[_Unit]) -> bool:
    """Tell whether nothing speaks against an alignment."""
    if len(wanted) == 1:
        return True
    ratio = _ratio(wanted, found)
    pairs = list(zip(wanted, found, strict=True))
    return (
        all(_is_like(one, other, ratio) for one, other in pairs)
        and all(("?" in (one.mark, other.mark)) <= (one.mark == other.mark) for one, other in pairs)
        and not any(_find_astray(wanted, found))
    )


def _is_like(english: _Unit, translation: _Unit, ratio: float) -> bool:
    """Tell whether a translation is about as long as its sentence lets expect."""
    if _spread(english, translation, ratio) <= _SURE_SPREAD:
        return True
    expected = english.length * ratio
    share = translation.length / expected
    is_short = max(expected, translation.length) < _SHORT
    return is_short or 1 / _SURE_RATIO <= share <= _SURE_RATIO


def _find_astray(wanted: Sequence[_Unit], found: Sequence[_Unit]) -> Iterator[str]:
    """Yield what both sides hold as often, but not in the same sentences."""
    totals = [Counter[str](), Counter[str]()]
    for side, total in zip((wanted, found), totals, strict=True):
        for unit in side:
            total.update(unit.copied)
    for anchor, count in totals[0].items():
        if totals[1][anchor] == count and any(
            one.copied[anchor] != other.copied[anchor]
            for one, other in zip(wanted, found, strict=True)
        ):
            yield anchor


def _anchors(text: str) -> Iterator[str]:
    """Yield what a translator copies, and the words that may be names."""
    for part in split_parts(text):
        if part.kind in _COPIED or part.kind is PartKind.NUMBER:
            yield part.raw
        elif part.kind is PartKind.WORD and len(part.raw) > 2 and _NAME.fullmatch(part.raw):
            yield part.raw.lower()


def _bare(text: str) -> str:
    """Return a text without what is copied."""
    return "".join(part.raw for part in split_parts(text) if part.kind not in _COPIED).strip()


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
