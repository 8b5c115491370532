"""What is carried, one kind of change a step: a sentence before and after → its translation.

A step gets the parts of the translation, and returns them with what changed; None if that is
not safe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from bitext.carry.sentence import Sentence
from bitext.markdown.parts import COPIED, Part, PartKind, join_parts
from bitext.writing import plural_category

Step: TypeAlias = Callable[[Sentence, Sentence, Sequence[Part], str], "list[Part] | None"]
"""Takes the English before and after, the translation of the former, and its language."""

_Place = tuple[str, str]
"""The parts on both sides of a gap: any words alike, others as written."""


def _carry_images(
    before: Sentence, after: Sentence, own: Sequence[Part], tag: str
) -> list[Part] | None:
    """Give images their new targets, and take out those that are gone."""
    old, new = _images(before.parts), _images(after.parts)
    if old == new:
        return list(own)
    if len(old) == len(new):
        pairs = list(zip(old, new, strict=True))
        if any(_alt(first) != _alt(second) for first, second in pairs):
            return None
        targets = {_target(first): _target(second) for first, second in pairs}
    else:
        targets = {_target(raw): "" for raw in (Counter(old) - Counter(new))}
        if Counter(new) - Counter(old):
            return None
    held = Counter(map(_target, _images(own)))
    if len(set(old)) < len(old) or any(held[target] != 1 for target in targets):
        return None
    parts = [_retarget(part, targets) if part.kind is PartKind.IMAGE else part for part in own]
    is_doubled = any(len(part.raw) > 1 for part in after.parts if part.kind is PartKind.SPACE)
    return parts if is_doubled else _without_doubled_spaces(parts)


def _images(parts: Iterable[Part]) -> list[str]:
    return [part.raw for part in parts if part.kind is PartKind.IMAGE]


def _alt(image: str) -> str:
    return image.partition("](")[0]


def _target(image: str) -> str:
    return image.partition("](")[2]


def _retarget(image: Part, targets: Mapping[str, str]) -> Part:
    target = _target(image.raw)
    if target not in targets:
        return image
    new = targets[target]
    return Part(PartKind.IMAGE, f"{_alt(image.raw)}]({new}" if new else "")


def _without_doubled_spaces(parts: Sequence[Part]) -> list[Part]:
    """Return `parts` without empty ones, and without the second of two spaces that then meet."""
    kept: list[Part] = []
    for part in parts:
        is_doubled = bool(kept) and kept[-1].kind is part.kind is PartKind.SPACE
        if part.raw and not is_doubled:
            kept.append(part)
    return kept


def _carry_copied(
    before: Sentence, after: Sentence, own: Sequence[Part], tag: str
) -> list[Part] | None:
    """Replace each part that was copied from the English by what it is now."""
    pairs = [
        (old, new)
        for old, new in zip(before.comparable, after.comparable, strict=True)
        if old.kind is not PartKind.WORD
    ]
    changed = {old.raw for old, new in pairs if old.raw != new.raw}
    if not changed:
        return list(own)
    if any(
        old.kind is PartKind.NUMBER and not _is_same_plural(old.raw, new.raw, tag)
        for old, new in pairs
    ):
        return None
    news: dict[str, list[str]] = {}
    for old, new in pairs:
        news.setdefault(old.raw, []).append(new.raw)
    held = Counter(part.raw for part in own)
    if any(held[raw] != len(news[raw]) for raw in changed):
        return None
    if any(len(set(news[raw])) > 1 for raw in changed) and not _is_in_order(pairs, own):
        return None
    queues = {raw: iter(news[raw]) for raw in changed}
    return [Part(p.kind, next(queues[p.raw])) if p.raw in queues else p for p in own]


def _is_same_plural(old: str, new: str, tag: str) -> bool:
    """Tell whether two numbers ask for the same form of the words around them."""
    return old == new or plural_category(tag, old) == plural_category(tag, new) != ""


def _is_in_order(pairs: Sequence[tuple[Part, Part]], own: Sequence[Part]) -> bool:
    """Tell whether a translation holds what it copied in the order of its English."""
    copied = [old.raw for old, _ in pairs if old.kind in COPIED]
    return copied == [part.raw for part in own if part.kind in COPIED]


def _carry_spaces(
    before: Sentence, after: Sentence, own: Sequence[Part], tag: str
) -> list[Part] | None:
    """Make the white space between two parts what the English now has there.

    How much there is says nothing; only whether there is any must not be left undone.
    """
    old, new = _gaps(before.parts), _gaps(after.parts)
    if old == new or len(old) != len(new):
        return list(own)
    held = _gaps(own)
    wanted: dict[tuple[_Place, str], set[str]] = {}
    for gap, (_, now) in zip(old, new, strict=True):
        wanted.setdefault(gap, set()).add(now)
    for (place, was), nows in wanted.items():
        now = next(iter(nows))
        is_one = len(nows) == 1 and held.count((place, was)) == old.count((place, was))
        if nows == {was} or (not is_one and "" not in (was, *nows)):
            continue
        if is_one:
            held = [(place, now) if gap == (place, was) else gap for gap in held]
        elif held.count((place, was)) or held.count((place, now)) != old.count((place, was)):
            return None
    return _with_gaps(own, [space for _, space in held])


def _gaps(parts: Sequence[Part]) -> list[tuple[_Place, str]]:
    """Return the place of each gap between two parts and its white space, the last at the end."""
    gaps: list[tuple[_Place, str]] = []
    solid = [(index, part) for index, part in enumerate(parts) if part.kind is not PartKind.SPACE]
    solid.append((len(parts), Part(PartKind.SPACE, "")))
    for (first, left), (second, right) in pairwise(solid):
        space = join_parts(list(parts[first + 1 : second]))
        gaps.append(((_side(left), _side(right)), space))
    return gaps


def _side(part: Part) -> str:
    return "" if part.kind is PartKind.WORD else part.raw or "end"


def _with_gaps(parts: Sequence[Part], spaces: Sequence[str]) -> list[Part]:
    """Return `parts` with this white space after each that is none itself."""
    solid = [part for part in parts if part.kind is not PartKind.SPACE]
    leading = [part for part in parts[:1] if part.kind is PartKind.SPACE]
    result = list(leading)
    for part, space in zip(solid, spaces, strict=True):
        result += [part, Part(PartKind.SPACE, space)] if space else [part]
    return result


def _carry_case(
    before: Sentence, after: Sentence, own: Sequence[Part], tag: str
) -> list[Part] | None:
    """Begin with a capital where the English now does.

    A capital is never taken away: what it begins may be a name, or a noun in German.
    """
    old, new = _first_letter(before.parts), _first_letter(after.parts)
    if old == new:
        return list(own)
    if not new.isupper():
        return None
    result = list(own)
    for index, part in enumerate(result):
        if part.kind is PartKind.WORD and part.raw[0].isalpha():
            result[index] = Part(part.kind, part.raw[0].upper() + part.raw[1:])
            break
    return result


def _first_letter(parts: Sequence[Part]) -> str:
    words = (part.raw[0] for part in parts if part.kind is PartKind.WORD and part.raw[0].isalpha())
    return next(words, "")


STEPS: tuple[Step, ...] = (_carry_images, _carry_copied, _carry_spaces, _carry_case)
"""In the order that they are taken in."""


def carry_ends(
    before: Sentence, after: Sentence, own: Sentence, marks: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return the marks at the end, within emphasis and after it, as the language writes them."""
    if (before.wrap, before.inner, before.end) == (after.wrap, after.inner, after.end):
        return own.inner, own.end
    wanted = [marks.get(mark) for mark in (before.inner, before.end, after.inner, after.end)]
    if own.wrap != before.wrap or [own.inner, own.end] != wanted[:2]:
        return None
    inner, end = wanted[2:]
    return None if inner is None or end is None else (inner, end)
