"""The body of a side-by-side file in English: pairs, anchors and images."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bitext.bilingual.anchors import GENERATED, slug_of
from bitext.bilingual.blanks import IMAGE, find_fences, on_one_line
from bitext.bilingual.pairs import Kind, Pair, SideBySide
from bitext.model import SegmentId

HEADING = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*#{1,6}[ \t]+", re.MULTILINE)

_ID = r"[0-9a-f]{5}-p?[0-9]+"

_TAGS = re.compile(
    rf"""
    <span\ data-ttu-id=(?:"|&quot;)(?P<id>{_ID})(?:"|&quot;)>
        (?P<target>[^\n<]*(?:</span>)?)
    | (?:</span>)?<span\ class=(?:"|&quot;)sxs-lookup(?:"|&quot;)>
      (?:<span\ data-stu-id=(?:"|&quot;){_ID}(?:"|&quot;)>(?P<source>[^\n<]*)(?:</span>)*)?
    """,
    re.VERBOSE,
)
"""What is left of a pair that has no end, or no beginning."""


class Waiting(NamedTuple):
    """A translation whose English is not known."""

    name: str
    """What it translates: a key of the front matter, ``keywords 2``, ``alt 1``, a segment ID."""

    text: str


class Anchor(NamedTuple):
    """A heading's anchor as a published file has it."""

    pair: SegmentId
    """The first in the heading."""

    name: str
    """Empty if the heading has none."""

    slug: str
    """What the format makes of its English."""

    place: tuple[int, int]
    """Of the anchor in the file; empty if there is none."""


class Body:
    """What follows the front matter, while it is rebuilt."""

    def __init__(
        self, file: SideBySide, start: int, known: Mapping[str, str], *, keeps_alts: bool = False
    ) -> None:
        self._keeps_alts = keeps_alts
        self.alts: list[Waiting] = []
        self._images = 0
        self.anchors = list(_find_anchors(file, start))
        self.waiting: list[Waiting] = []
        self._file = file
        self._start = start
        self._known = known
        self._generated = [own.place for own in reversed(self.anchors) if own.name]
        self._is_broken = any(fault.kind is Kind.BROKEN for fault in file.faults)

    def rebuild(self) -> str:
        """Return the English text."""
        pieces: list[str] = []
        fence = ""
        for part in self._parts():
            if isinstance(part, Pair):
                pieces.append(part.source)
                continue
            text, fence = self._text(part, fence)
            pieces.append(text)
        return "".join(pieces)

    def _parts(self) -> Iterator[str | Pair]:
        position = self._start
        for pair in self._file.pairs:
            if pair.start < self._start:
                continue
            yield self._between(position, pair.start)
            yield pair
            position = pair.end
        yield self._between(position, len(self._file.text))

    def _between(self, start: int, end: int) -> str:
        """Return a text of the file without the anchors that headings got."""
        pieces: list[str] = []
        while self._generated and self._generated[-1][1] <= end:
            begin, after = self._generated.pop()
            pieces.append(self._file.text[start:begin])
            start = after
        return "".join([*pieces, self._file.text[start:end]])

    def _text(self, text: str, fence: str) -> tuple[str, str]:
        """Return a text between pairs in English, and the fence that is open behind it."""
        pieces: list[str] = []
        for part, is_code, after in find_fences(text, fence):
            pieces.append(part if is_code else self._prose(part))
            fence = after
        return "".join(pieces), fence

    def _prose(self, text: str) -> str:
        """Return a text that is no code in English: images without the words of a translation."""
        if self._is_broken and "span" in text:
            text = _TAGS.sub(self._drop_tags, text)
        if not self._keeps_alts and ("![" in text or "alt" in text):
            text = IMAGE.sub(self._blank, text)
        return text

    def _drop_tags(self, match: re.Match[str]) -> str:
        """Return what is left of a broken pair: its English."""
        target = (match["target"] or "").removesuffix("</span>")
        if target.strip():
            self.waiting.append(Waiting(match["id"], target))
        return match["source"] or ""

    def _blank(self, match: re.Match[str]) -> str:
        name = match.lastgroup or ""
        alt = match[name]
        self._images += 1
        if not any(map(str.isalpha, alt)):
            return match[0]
        english = self._known.get(on_one_line(alt), "")
        self.alts.append(Waiting(f"alt {self._images}", alt))
        if not english:
            self.waiting.append(self.alts[-1])
        start, end = (place - match.start() for place in match.span(name))
        return match[0][:start] + english + match[0][end:]


def _find_anchors(file: SideBySide, start: int) -> Iterator[Anchor]:
    """Yield the anchor of each heading that holds a pair."""
    places = iter(file.pairs)
    pair = next(places, None)
    for heading in HEADING.finditer(file.text, start):
        end = file.text.find("\n", heading.end())
        end = end if end >= 0 else len(file.text)
        while pair is not None and pair.start < heading.start():
            pair = next(places, None)
        if pair is None:
            return
        if pair.start >= end:
            continue
        anchor = GENERATED.match(file.text, heading.end())
        begin = anchor.end() if anchor else heading.end()
        english = _english_of(file, begin, end, pair)
        place = anchor.span() if anchor else (begin, begin)
        yield Anchor(pair.id, anchor[1] if anchor else "", slug_of(english), place)


def _english_of(file: SideBySide, start: int, end: int, first: Pair) -> str:
    """Return the English of a stretch of a file."""
    pieces: list[str] = []
    for pair in file.pairs[file.pairs.index(first) :]:
        if pair.start >= end:
            break
        pieces += [file.text[start : pair.start], pair.source]
        start = pair.end
    return "".join([*pieces, file.text[start:end]])
