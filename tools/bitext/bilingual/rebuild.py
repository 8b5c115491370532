"""The English article inside a side-by-side file.

Each pair becomes its English, anchors that the format added go, and so do the fields of its front
matter. What was translated in place, a title or the alt text of an image, has lost its English: it
is recovered where a pair says it, and left empty otherwise. Then its translation *waits*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bitext.bilingual.anchors import GENERATED, slug_of
from bitext.bilingual.matter import FIELDS, Item, Matter, spell_text, split_matter
from bitext.bilingual.pairs import Fault, Kind, Pair, SideBySide, line_of
from bitext.markdown.front_matter import parse_front_matter, read_front_matter
from bitext.model import SegmentId

_HEADING = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*#{1,6}[ \t]+", re.MULTILINE)
_FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<mark>`{3,}|~{3,})", re.MULTILINE)
_IMAGE = re.compile(
    r"""
      !\[(?P<alt>(?:[^][\\`]|\\.|\[[^][]*\])*)\](?=[(\[])
    | :::image\b[^\n]*?\balt-text="(?P<text>[^"\n]*)"
    | <img\b[^<>]*?\balt="(?P<html>[^"<>]*)"
    """,
    re.VERBOSE,
)
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


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """An English article, and what its side-by-side file has besides."""

    english: str
    fields: tuple[tuple[str, str], ...]
    """What the format added to the front matter, as it is spelled."""

    values: Mapping[str, str | Sequence[str]]
    """The translated values of the front matter, by key."""

    alts: tuple[Waiting, ...]
    """The texts of the images that no pair holds, in order, named by their place among all."""

    anchors: tuple[Anchor, ...]
    """Of each heading that holds a pair."""

    waiting: tuple[Waiting, ...] = ()
    faults: tuple[Fault, ...] = ()


def rebuild(file: SideBySide, keys: Sequence[str]) -> Rebuilt:
    """Return the English article in a file; `keys` of the front matter are translatable."""
    matter = _matter_of(file)
    start = len(matter.text)
    known = {_plain(pair.target): pair.source for pair in reversed(file.pairs)}
    known |= _first_heading(file, start)
    fields = tuple((item.key, item.spelled) for item in matter.items if _is_field(item))
    values = _values(matter, keys)
    english, waiting = _english_matter(matter.without([key for key, _ in fields]), values, known)
    body = _Body(file, start, known)
    text = body.rebuild()
    if not english.items and not fields:
        head = matter.text
    else:
        head = english.text if english.items else ""
    every = (*waiting, *body.waiting)
    faults = tuple(_waits(one, file) for one in every)
    alts, anchors = tuple(body.alts), tuple(body.anchors)
    if read_front_matter(_plain_lines(head + text)).error_line:
        head, faults = f"\n{head}", (*faults, _NOT_YAML)
    return Rebuilt(head + text, fields, values, alts, anchors, every, faults)


def _is_field(item: Item) -> bool:
    """Tell whether a key is one that the format added; a damaged one of several lines is not."""
    return item.key in FIELDS and not re.search(r"[\r\n]", item.spelled)


def _matter_of(file: SideBySide) -> Matter:
    """Return the front matter of a file; what holds a pair was no front matter to its publisher."""
    matter, _ = split_matter(file.text)
    holds_pair = bool(file.pairs) and file.pairs[0].start < len(matter.text)
    return Matter((), "", "") if holds_pair else matter


def skeleton(file: SideBySide) -> str:
    """Return the English in a file, with what was translated in place as it is."""
    matter = _matter_of(file)
    body = _Body(file, len(matter.text), {}, keeps_alts=True).rebuild()
    own = matter.without([item.key for item in matter.items if _is_field(item)])
    return (own.text if own.items or not matter.items else "") + body


_NOT_YAML = Fault(
    1, Kind.UNSURE, "its front matter is not YAML; a blank line above makes it text of the article"
)


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _first_heading(file: SideBySide, start: int) -> dict[str, str]:
    """Return the English of the first heading by its translation, and by itself."""
    heading = _HEADING.search(file.text, start)
    if heading is None:
        return {}
    end = file.text.find("\n", heading.end())
    pairs = [p for p in file.pairs if heading.end() <= p.start < (end if end >= 0 else p.end)]
    if not pairs:
        return {}
    target, source = (
        " ".join(texts) for texts in zip(*((p.target, p.source) for p in pairs), strict=True)
    )
    return {_plain(source): source, _plain(target): source}


def _values(matter: Matter, keys: Sequence[str]) -> dict[str, str | Sequence[str]]:
    """Return the texts under translatable keys."""
    own = "".join(item.text for item in matter.items if item.key in keys)
    found: dict[str, str | Sequence[str]] = {}
    for key, value in parse_front_matter(own).values.items() if own else ():
        if isinstance(value, str) and value.strip():
            found[str(key)] = value
        elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            found[str(key)] = tuple(value)
    return found


def _english_matter(
    matter: Matter, values: Mapping[str, str | Sequence[str]], known: Mapping[str, str]
) -> tuple[Matter, list[Waiting]]:
    """Return the front matter in English, as far as it is known, and what waits."""
    texts: dict[str, str] = {}
    waiting: list[Waiting] = []
    for key, value in values.items():
        if isinstance(value, str):
            english = known.get(_plain(value), "")
            texts[key] = f"{key}: {spell_text(english)}{matter.newline}"
            waiting += [] if english else [Waiting(key, value)]
        else:
            items = [known.get(_plain(item), "") for item in value]
            lines = (f"- {spell_text(item)}{matter.newline}" for item in items)
            texts[key] = f"{key}:{matter.newline}{''.join(lines)}"
            pairs = zip(items, value, strict=True)
            waiting += [
                Waiting(f"{key} {n}", own) for n, (item, own) in enumerate(pairs, 1) if not item
            ]
    return matter.with_texts(texts), waiting


class _Body:
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
        for part, is_code, after in _find_fences(text, fence):
            pieces.append(part if is_code else self._prose(part))
            fence = after
        return "".join(pieces), fence

    def _prose(self, text: str) -> str:
        """Return a text that is no code in English: images without the words of a translation."""
        if self._is_broken and "span" in text:
            text = _TAGS.sub(self._drop_tags, text)
        if not self._keeps_alts and ("![" in text or "alt" in text):
            text = _IMAGE.sub(self._blank, text)
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
        english = self._known.get(_plain(alt), "")
        self.alts.append(Waiting(f"alt {self._images}", alt))
        if not english:
            self.waiting.append(self.alts[-1])
        start, end = (place - match.start() for place in match.span(name))
        return match[0][:start] + english + match[0][end:]


def _find_fences(text: str, fence: str = "") -> Iterator[tuple[str, bool, str]]:
    """Yield the stretches of a text: each, whether it is in a fence, and the fence behind it."""
    position = 0
    for match in _FENCE.finditer(text) if "```" in text or "~~~" in text else ():
        mark = match["mark"]
        closes = bool(fence) and mark[0] == fence[0] and len(mark) >= len(fence)
        after = "" if closes else fence or mark
        yield text[position : match.start()], bool(fence), after
        position, fence = match.start(), after
    yield text[position:], bool(fence), fence


def find_images(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the alt text of each image of an article begins and ends, code left out."""
    position = 0
    for part, is_code, _ in _find_fences(text):
        for match in () if is_code else _IMAGE.finditer(part):
            start, end = match.span(match.lastgroup or 0)
            yield position + start, position + end
        position += len(part)


def _find_anchors(file: SideBySide, start: int) -> Iterator[Anchor]:
    """Yield the anchor of each heading that holds a pair."""
    places = iter(file.pairs)
    pair = next(places, None)
    for heading in _HEADING.finditer(file.text, start):
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


def blank(text: str, keys: Sequence[str]) -> str:
    """Return an article without what a translation may leave unknown: values and alt texts."""
    matter, body = split_matter(text)
    texts = {item.key: f"{item.key}:{matter.newline}" for item in matter.items if item.key in keys}
    spans = list(find_images(body))
    return matter.with_texts(texts).text + _replace_spans(body, spans, [""] * len(spans))


def fill_blanks(article: str, other: str, keys: Sequence[str]) -> str:
    """Return a rebuilt article with what was unknown in it and is known in `other`.

    It is returned as it is if `other` is another version of it.
    """
    if article == other or blank(article, keys) != blank(other, keys):
        return article
    matter, body = split_matter(article)
    other_matter, other_body = split_matter(other)
    texts = {
        item.key: known.text
        for item, known in zip(matter.items, other_matter.items, strict=False)
        if item.key in keys and item.key == known.key and _is_unknown(item.text)
    }
    spans, known_spans = list(find_images(body)), list(find_images(other_body))
    pairs = zip(spans, known_spans, strict=True)
    alts = [body[a:b] or other_body[c:d] for (a, b), (c, d) in pairs]
    return matter.with_texts(texts).text + _replace_spans(body, spans, alts)


def _is_unknown(text: str) -> bool:
    """Tell whether the lines of a key hold an empty value, or an empty item."""
    return bool(re.search(r"""(?m)(?::|^[ ]*-)[ ]*(?:''|"")?[ ]*\r?$""", text)) and "''" in text


def _replace_spans(text: str, spans: Sequence[tuple[int, int]], new: Sequence[str]) -> str:
    pieces: list[str] = []
    position = 0
    for (start, end), own in zip(spans, new, strict=True):
        pieces += [text[position:start], own]
        position = end
    return "".join([*pieces, text[position:]])


def _waits(waiting: Waiting, file: SideBySide) -> Fault:
    place = file.text.find(waiting.text)
    line = line_of(file.text, place) if place >= 0 else 0
    message = f"the English of {waiting.name} is not in the file; its translation waits for it"
    return Fault(line, Kind.WAITING, message)
