"""The English article inside a side-by-side file.

Each pair becomes its English, anchors that the format added go, and so do the fields of its front
matter. What was translated in place, a title or the alt text of an image, has lost its English: it
is recovered where a pair says it, and left empty otherwise. Then its translation *waits*.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bitext.bilingual.blanks import on_one_line
from bitext.bilingual.body import HEADING, Anchor, Body, Waiting
from bitext.bilingual.matter import FIELDS, Item, Matter, spell_text, split_matter
from bitext.bilingual.pairs import Fault, Kind, SideBySide, line_of
from bitext.markdown.front_matter import parse_front_matter, read_front_matter


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
    known = {on_one_line(pair.target): pair.source for pair in reversed(file.pairs)}
    known |= _first_heading(file, start)
    fields = tuple((item.key, item.spelled) for item in matter.items if _is_field(item))
    values = _values(matter, keys)
    english, waiting = _english_matter(matter.without([key for key, _ in fields]), values, known)
    body = Body(file, start, known)
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
    body = Body(file, len(matter.text), {}, keeps_alts=True).rebuild()
    own = matter.without([item.key for item in matter.items if _is_field(item)])
    return (own.text if own.items or not matter.items else "") + body


_NOT_YAML = Fault(
    1, Kind.UNSURE, "its front matter is not YAML; a blank line above makes it text of the article"
)


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_heading(file: SideBySide, start: int) -> dict[str, str]:
    """Return the English of the first heading by its translation, and by itself."""
    heading = HEADING.search(file.text, start)
    if heading is None:
        return {}
    end = file.text.find("\n", heading.end())
    pairs = [p for p in file.pairs if heading.end() <= p.start < (end if end >= 0 else p.end)]
    if not pairs:
        return {}
    target, source = (
        " ".join(texts) for texts in zip(*((p.target, p.source) for p in pairs), strict=True)
    )
    return {on_one_line(source): source, on_one_line(target): source}


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
            english = known.get(on_one_line(value), "")
            texts[key] = f"{key}: {spell_text(english)}{matter.newline}"
            waiting += [] if english else [Waiting(key, value)]
        else:
            items = [known.get(on_one_line(item), "") for item in value]
            lines = (f"- {spell_text(item)}{matter.newline}" for item in items)
            texts[key] = f"{key}:{matter.newline}{''.join(lines)}"
            pairs = zip(items, value, strict=True)
            waiting += [
                Waiting(f"{key} {n}", own) for n, (item, own) in enumerate(pairs, 1) if not item
            ]
    return matter.with_texts(texts), waiting


def _waits(waiting: Waiting, file: SideBySide) -> Fault:
    place = file.text.find(waiting.text)
    line = line_of(file.text, place) if place >= 0 else 0
    message = f"the English of {waiting.name} is not in the file; its translation waits for it"
    return Fault(line, Kind.WAITING, message)
