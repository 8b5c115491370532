"""The format: a file as a row of texts and pairs that, joined, are the file.

A pair is ``<span data-ttu-id="ID">TARGET</span><span class="sxs-lookup"><span data-stu-id="ID">
SOURCE</span></span>`` on one line. Published files are damaged here and there: quotation marks of
attributes are escaped, a source holds a span of its own, a file ends in the middle. What can be
read is read, what cannot be is a `Fault` with its place, and no character is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bitext.model import NUMBER_DIGITS, SegmentId

_QUOTE = r"""(?:"|&quot;)"""
_ID = rf"(?P<id>[0-9a-f]{{5}}-p?[0-9]{{1,{NUMBER_DIGITS}}})"
_TARGET = re.compile(rf"<span data-ttu-id={_QUOTE}{_ID}{_QUOTE}>")
_LOOKUP = re.compile(
    rf"</span>(?:<span class={_QUOTE}sxs-lookup{_QUOTE}>)<span data-stu-id={_QUOTE}{_ID}{_QUOTE}>"
)
_SPAN = re.compile(r"<(/?)span\b")
_END = "</span></span>"
_LEFT_OVER = re.compile(rf"data-[ts]tu-id={_QUOTE}|class={_QUOTE}sxs-lookup{_QUOTE}")


class Kind(StrEnum):
    """What is wrong at a place; the value is the ID of its finding."""

    QUOTES = "side-by-side-quotes"
    INNER_SPAN = "side-by-side-span"
    IN_IMAGE = "side-by-side-image"
    BROKEN = "side-by-side-broken"
    REPEATED = "side-by-side-repeated"
    OTHER_PREFIX = "side-by-side-prefix"
    WAITING = "english-unknown"
    VERSION = "other-english"
    UNPLACED = "sentence-unplaced"
    UNSURE = "sentence-unsure"
    DIFFERS = "not-reproduced"


class Fault(NamedTuple):
    """Something wrong in a side-by-side file, or lost of it."""

    line: int
    """In the file, from 1; 0 for the file as a whole."""

    kind: Kind
    message: str
    """What it is, and what was done about it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One sentence, or block, in both languages."""

    id: SegmentId
    target: str
    source: str
    start: int
    """Of its text in the file, in code points."""

    raw: str
    """Its text in the file; as `format_pair` writes it unless damaged."""

    @property
    def end(self) -> int:
        """Where its text in the file ends."""
        return self.start + len(self.raw)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One file, read."""

    text: str
    pairs: tuple[Pair, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def parts(self) -> Iterator[str | Pair]:
        """Its texts and pairs, in order; joined they are `text`."""
        position = 0
        for pair in self.pairs:
            if pair.start > position:
                yield self.text[position : pair.start]
            yield pair
            position = pair.end
        if position < len(self.text):
            yield self.text[position:]


def format_pair(identifier: SegmentId, target: str, source: str) -> str:
    """Return a pair as the format spells it.

    >>> format_pair(SegmentId("137fa", 102), "Shrani", "Save")[:37]
    '<span data-ttu-id="137fa-102">Shrani<'
    """
    return (
        f'<span data-ttu-id="{identifier}">{target}</span><span class="sxs-lookup">'
        f'<span data-stu-id="{identifier}">{source}</span></span>'
    )


def serialize(parts: Iterator[str | Pair]) -> str:
    """Return the text of a file's parts."""
    return "".join([part if isinstance(part, str) else part.raw for part in parts])


def line_of(text: str, offset: int) -> int:
    """Return the line of a place in a text, from 1."""
    return text.count("\n", 0, offset) + 1


def parse(text: str) -> SideBySide:
    """Return the pairs of a file and what is wrong with it."""
    openings = list(_TARGET.finditer(text)) if "data-ttu-id=" in text else []
    pairs: list[Pair] = []
    faults: list[Fault] = []
    bounds = [*(opening.start() for opening in openings[1:]), len(text)]
    for opening, bound in zip(openings, bounds, strict=False):
        pair = _read_pair(text, opening, bound)
        if pair is None:
            faults.append(_broken(text, opening))
        else:
            pairs.append(pair)
            faults += _faults_of(pair, text)
    faults += _find_repeated(pairs, text)
    if len(pairs) < len(openings) or _has_left_over(text, pairs):
        faults += _find_left_over(text, pairs)
    return SideBySide(text, tuple(pairs), tuple(sorted(set(faults))))


def _read_pair(text: str, opening: re.Match[str], bound: int) -> Pair | None:
    """Return the pair that opens here and ends before `bound`, where the next one opens."""
    lookup = _LOOKUP.search(text, opening.end(), bound)
    identifier = SegmentId.parse(opening["id"])
    if lookup is None or lookup["id"] != opening["id"] or identifier is None:
        return None
    end = _find_end(text, lookup.end(), bound)
    if end < 0:
        return None
    target, source = text[opening.end() : lookup.start()], text[lookup.end() : end]
    if not source.strip():
        return None
    start = opening.start()
    return Pair(identifier, target, source, start, text[start : end + len(_END)])


def _find_end(text: str, start: int, bound: int) -> int:
    """Return where a source ends that may hold spans of its own; -1 if it never does."""
    first = end = text.find(_END, start, bound)
    depth, position = 0, start
    while end >= 0:
        for tag in _SPAN.finditer(text, position, end):
            depth += -1 if tag[1] else 1
        if depth <= 0:
            return end
        position = end
        end = text.find(_END, end + 1, bound)
    return first


def _faults_of(pair: Pair, text: str) -> Iterator[Fault]:
    for kind, message in _find_wrong(pair, text):
        yield Fault(line_of(text, pair.start), kind, message)


def _find_wrong(pair: Pair, text: str) -> Iterator[tuple[Kind, str]]:
    if "&quot;" in pair.raw and pair.raw != format_pair(pair.id, pair.target, pair.source):
        yield Kind.QUOTES, f"{pair.id}: the quotes of its spans are escaped; it is read"
    if "<span" in pair.source or "<span" in pair.target:
        yield Kind.INNER_SPAN, f"{pair.id}: it holds a span of its own; it is kept"
    if not pair.target.strip():
        yield Kind.BROKEN, f"{pair.id}: its translation is empty"
    before = text[text.rfind("\n", 0, pair.start) + 1 : pair.start]
    if re.search(r"""!\[[^]]*$|\balt(?:-text)?=["'][^"']*$""", before):
        yield Kind.IN_IMAGE, f"{pair.id}: it stands in the alt text of an image; the text is read"


def _broken(text: str, opening: re.Match[str]) -> Fault:
    message = f"{opening['id']}: it has no end, or no English; its text is kept with the catalog"
    return Fault(line_of(text, opening.start()), Kind.BROKEN, message)


def _find_repeated(pairs: Sequence[Pair], text: str) -> Iterator[Fault]:
    """Yield a fault for each ID that repeats, and for each prefix that is not the first."""
    seen: set[SegmentId] = set()
    for pair in pairs:
        if pair.id in seen:
            message = f"{pair.id}: it stands on two sentences; the first keeps it"
            yield Fault(line_of(text, pair.start), Kind.REPEATED, message)
        seen.add(pair.id)
    prefixes = dict.fromkeys(pair.id.prefix for pair in pairs)
    for prefix in list(prefixes)[1:]:
        first = next(pair for pair in pairs if pair.id.prefix == prefix)
        message = f"{first.id}: its prefix is not that of the file; it is read"
        yield Fault(line_of(text, first.start), Kind.OTHER_PREFIX, message)


def _has_left_over(text: str, pairs: Sequence[Pair]) -> bool:
    return text.count("data-stu-id=") != len(pairs) or text.count("sxs-lookup") != len(pairs)


def _find_left_over(text: str, pairs: Sequence[Pair]) -> Iterator[Fault]:
    """Yield a fault for each line that holds parts of pairs that are none."""
    lines: set[int] = set()
    position = 0
    for start, end in [*((pair.start, pair.end) for pair in pairs), (len(text), len(text))]:
        for match in _LEFT_OVER.finditer(text, position, start):
            lines.add(line_of(text, match.start()))
        position = end
    for line in sorted(lines):
        yield Fault(line, Kind.BROKEN, "parts of a pair that is none; they are left out")
