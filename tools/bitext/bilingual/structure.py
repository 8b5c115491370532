"""Which blocks of a localized article say which blocks of the English one.

Both are read with the one grammar. What a translator copies, such as code and targets of links,
fixes blocks that nothing else is like; between those, blocks of the same kinds in the same order
belong together. Where the two differ in structure, the rest is aligned as well as it can be, and
is not sure. Order is kept throughout.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from bitext.bilingual.anchors import GENERATED
from bitext.ledger import match_in_order
from bitext.markdown.parts import PartKind, split_parts
from bitext.model import BlockKind
from bitext.segments import Article

_COPIED = frozenset(
    {PartKind.CODE, PartKind.TARGET, PartKind.ADDRESS, PartKind.TAG, PartKind.NUMBER}
)
_LEVEL = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(#{1,6})[ \t]")
_TARGET = re.compile(r"\(([^()\s#]*)")
_NUMBER = re.compile(r"\D")

_MOST_ALIKE = 3.0
"""How many times longer a sure translation is than its English, or the other way round."""

_SHORT = 30
"""Characters below which lengths say nothing."""

_MOST_DOUBTED = 0.25
"""The share of doubtful pairs beyond which none of an article is sure."""


class Place(NamedTuple):
    """A block of an article, as far as its structure goes."""

    kind: str
    """What it is and in which column, level or field; code between blocks counts too."""

    text: str
    """Its inline Markdown; empty for code."""

    line: int
    copied: tuple[str, ...]
    """What a translator copies of it, sorted; of code, its lines."""


class Match(NamedTuple):
    """An English block and the block that translates it."""

    english: Place
    localized: Place
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found of two articles."""

    found: tuple[Match, ...]
    unplaced: tuple[Place, ...]
    """Blocks of the localized article that translate none of the English."""


def read_places(article: Article, text: str) -> list[Place]:
    """Return the blocks of an article, in order, with the code between them."""
    lines = text.split("\n")
    places = [
        Place(_kind(read.block.kind, read.block.label, lines, read.block.line), own, line, copied)
        for read in article.blocks
        for own, line, copied in [_read(read.block.text, read.block.line)]
    ]
    codes = [
        Place(f"code {token.info}", "", token.map[0] + 1, tuple(token.content.split("\n")))
        for token in article.parsed.tokens
        if token.type in ("fence", "code_block") and token.map
    ]
    return sorted([*places, *codes], key=lambda place: place.line)


def _read(text: str, line: int) -> tuple[str, int, tuple[str, ...]]:
    return text, line, tuple(sorted(_copied(text)))


def _kind(kind: BlockKind, label: str, lines: Sequence[str], line: int) -> str:
    level = _LEVEL.match(lines[line - 1]) if line <= len(lines) else None
    is_heading = kind is BlockKind.HEADING and level is not None
    return f"{kind} {label} {len(level[1]) if is_heading and level else ''}"


def _copied(text: str) -> Iterator[str]:
    """Yield what a translator copies; of a link only where it leads, of a number its digits."""
    for part in split_parts(text):
        if part.kind is PartKind.TARGET:
            found = _TARGET.search(part.raw)
            yield found[1].rpartition("/")[2] if found else part.raw
        elif part.kind is PartKind.NUMBER:
            yield _NUMBER.sub("", part.raw)
        elif part.kind in _COPIED:
            yield part.raw


def match_places(english: Sequence[Place], localized: Sequence[Place]) -> Matches:
    """Return which block says which, in the order of the localized article."""
    bare = [_without_anchor(place) for place in localized]
    old, new = _fingerprints(english), _fingerprints(bare)
    fixed = sorted(match_in_order(old, new))
    fixed = [(a, b) for a, b in fixed if english[a].copied and english[a].kind == bare[b].kind]
    ends = [(-1, -1), *fixed, (len(english), len(bare))]
    pairs: list[tuple[int, int, bool]] = [(a, b, True) for a, b in fixed]
    for (a, b), (next_a, next_b) in pairwise(ends):
        pairs += _match_gap(english, bare, range(a + 1, next_a), range(b + 1, next_b))
    return _judge(english, bare, sorted(pairs))


def _without_anchor(place: Place) -> Place:
    """Return a block without the anchor that an export put before a heading."""
    anchor = GENERATED.match(place.text) if place.kind.startswith(BlockKind.HEADING) else None
    if anchor is None:
        return place
    text = place.text[anchor.end() :]
    return place._replace(text=text, copied=tuple(sorted(_copied(text))))


def _fingerprints(places: Sequence[Place]) -> list[str]:
    """Return what is equal only for blocks that copy the same; others are like no other."""
    return [
        f"{place.kind}\0{chr(1).join(place.copied)}" if place.copied else f"\0{id(places)} {n}"
        for n, place in enumerate(places)
    ]


def _match_gap(
    english: Sequence[Place], localized: Sequence[Place], own: range, other: range
) -> Iterator[tuple[int, int, bool]]:
    """Yield what belongs together between two fixed places, and whether that is sure."""
    left = [english[place].kind for place in own]
    right = [localized[place].kind for place in other]
    if left == right:
        yield from ((a, b, True) for a, b in zip(own, other, strict=True))
        return
    for start, begin, size in SequenceMatcher(
        None, left, right, autojunk=False
    ).get_matching_blocks():
        yield from ((own[start + n], other[begin + n], False) for n in range(size))


def _judge(
    english: Sequence[Place], localized: Sequence[Place], pairs: Sequence[tuple[int, int, bool]]
) -> Matches:
    """Return the matches; one of unlike blocks is not sure, and none is if many are not."""
    found: list[Match] = []
    doubted = 0
    for a, b, is_sure in pairs:
        if english[a].text:
            is_like = _is_like(english[a], localized[b])
            doubted += not is_like
            found.append(Match(english[a], localized[b], is_sure and is_like))
    if doubted > _MOST_DOUBTED * len(found):
        found = [own._replace(is_sure=own.is_sure and bool(own.english.copied)) for own in found]
    taken = {b for _, b, _ in pairs}
    unplaced = [place for n, place in enumerate(localized) if place.text and n not in taken]
    return Matches(tuple(found), tuple(unplaced))


def _is_like(english: Place, localized: Place) -> bool:
    """Tell whether nothing speaks against two blocks saying the same."""
    if Counter(english.copied) != Counter(localized.copied):
        return False
    lengths = sorted((len(english.text), len(localized.text)))
    return lengths[1] < _SHORT or lengths[1] <= _MOST_ALIKE * lengths[0]
