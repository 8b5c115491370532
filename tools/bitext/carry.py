"""Mechanical carry: a change of the English that a translator would only copy, made for them.

Two versions of a sentence that differ in nothing but link targets, code, numbers, images,
white space, escapes, emphasis of the whole, a first capital or a mark at the end say the same.
If the translation holds the same parts, the change is made in it. It is safe or it is not
done: the result is parsed, and must differ from the translation by exactly the constructs by
which the new English differs from the old.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from bitext.markdown.parts import COPIED, Part, PartKind, join_parts, split_parts
from bitext.writing import end_marks, plural_category

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Parse: TypeAlias = "Callable[[str], Sequence[Token]]"
"""Inline Markdown → its tokens."""

_ENDS = frozenset(".:;,")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, and apart from it emphasis of the whole and the mark at its end."""

    parts: tuple[Part, ...]
    wrap: str = ""
    """The emphasis marker around all of it."""

    inner: str = ""
    """The mark at the end, within the emphasis."""

    end: str = ""

    @property
    def solid(self) -> list[Part]:
        """The parts without white space."""
        return [part for part in self.parts if part.kind is not PartKind.SPACE]

    def __str__(self) -> str:
        return f"{self.wrap}{join_parts(list(self.parts))}{self.inner}{self.wrap}{self.end}"


def carry(old: str, new: str, translation: str, *, tag: str, parse: Parse) -> str | None:
    """Return the translation of `new`, made from that of `old`; None if that is not safe."""
    marks = end_marks(tag)
    before, after = _take_apart(old), _take_apart(new)
    own = _take_apart(translation, frozenset(filter(None, marks.values())))
    if key_of(before) != key_of(after):
        return None
    parts: Sequence[Part] | None = own.parts
    for step in (_carry_images, _carry_copied, _carry_spaces, _carry_case):
        parts = parts and step(before, after, parts, tag)
    ends = parts and _carry_ends(before, after, own, marks)
    if not parts or ends is None:
        return None
    result = str(_Sentence(tuple(parts), after.wrap, *ends))
    return result if _is_mirrored((old, new), (translation, result), parse) else None


def make_carry(tag: str, parser: Callable[[], MarkdownIt]) -> Callable[[str, str, str], str | None]:
    """Return `carry` for one language; `parser` is asked for only if a sentence is to be parsed."""

    def parse(text: str) -> Sequence[Token]:
        from bitext.markdown.localize import parse_inline

        return parse_inline(text, parser(), {})

    def carry_in(old: str, new: str, translation: str) -> str | None:
        return carry(old, new, translation, tag=tag, parse=parse)

    return carry_in


_COPIED = re.compile(
    r"!\[[^\[\]]*+\]\([^()]*+\) | \]\([^()]*+\) | `[^`]*+` | \$[^$]*+\$ | \{[^{}]*+\} | <[^<>]*+>"
    r"| https?:\S++ | [\W\d_]++",
    re.VERBOSE,
)


_STARTS = ("](", "`", "$", "{", "<", "http")
"""Without one of these, `_COPIED` takes out all but letters."""

_LETTERS = {code: chr(code).lower() if chr(code).isalpha() else None for code in range(128)}
"""Of ASCII, for `str.translate`: it is much faster than the pattern."""


def rough_key(text: str) -> str:
    """Return what two sentences share that may have the same `mechanical_key`, quickly."""
    if text.isascii() and not any(map(text.__contains__, _STARTS)):
        return text.translate(_LETTERS)
    return _COPIED.sub("", text).lower()


def mechanical_key(text: str) -> tuple[str, ...]:
    """Return what two sentences share that differ only mechanically; empty if that says nothing."""
    return key_of(_take_apart(text))


def key_of(sentence: _Sentence) -> tuple[str, ...]:
    """Return the words of a sentence, with the kinds of the parts between them."""
    key = [_shape(part) for part in sentence.solid if part.kind is not PartKind.IMAGE]
    for index, shape in enumerate(key):
        if shape[:1].isalpha():
            key[index] = shape[:1].lower() + shape[1:]
            break
    return tuple(key)


def _shape(part: Part) -> str:
    """Return what must be the same in two versions of a sentence."""
    if part.kind in COPIED:
        return f"<{part.kind}>"
    if part.kind is PartKind.SIGN:
        return part.raw[-1]
    return part.raw.replace("_", "*") if part.kind is PartKind.MARKER else part.raw


def _take_apart(text: str, ends: frozenset[str] = _ENDS) -> _Sentence:
    """Return the parts of `text`; `ends` are the marks that its language ends sentences with."""
    parts, end = _cut_end(split_parts(text), ends)
    wrap = inner = ""
    if len(parts) > 2 and parts[0].kind is PartKind.MARKER and "[" not in parts[0].raw:
        marker = parts[0].raw
        if [part.raw for part in parts].count(marker) == 2 and parts[-1].raw == marker:
            wrap = marker
            parts, inner = _cut_end(parts[1:-1], ends)
    return _Sentence(tuple(parts), wrap, inner, end)


def _cut_end(parts: list[Part], ends: frozenset[str]) -> tuple[list[Part], str]:
    """Return the parts before the mark at the end, and that mark; one of several is no such."""
    for length in (2, 1):
        tail = join_parts(parts[-length:])
        if len(parts) > length and tail in ends and parts[-length - 1].raw not in ends:
            return parts[:-length], tail
    return parts, ""


def _carry_images(
    before: _Sentence, after: _Sentence, own: Sequence[Part], tag: str
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
    before: _Sentence, after: _Sentence, own: Sequence[Part], tag: str
) -> list[Part] | None:
    """Replace each part that was copied from the English by what it is now."""
    pairs = [
        (old, new)
        for old, new in zip(_comparable(before), _comparable(after), strict=True)
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


def _comparable(sentence: _Sentence) -> list[Part]:
    return [part for part in sentence.solid if part.kind is not PartKind.IMAGE]


def _is_same_plural(old: str, new: str, tag: str) -> bool:
    """Tell whether two numbers ask for the same form of the words around them."""
    return old == new or plural_category(tag, old) == plural_category(tag, new) != ""


def _is_in_order(pairs: Sequence[tuple[Part, Part]], own: Sequence[Part]) -> bool:
    """Tell whether a translation holds what it copied in the order of its English."""
    copied = [old.raw for old, _ in pairs if old.kind in COPIED]
    return copied == [part.raw for part in own if part.kind in COPIED]


_Place = tuple[str, str]
"""The parts on both sides of a gap: any words alike, others as written."""


def _carry_spaces(
    before: _Sentence, after: _Sentence, own: Sequence[Part], tag: str
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
    before: _Sentence, after: _Sentence, own: Sequence[Part], tag: str
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


def _carry_ends(
    before: _Sentence, after: _Sentence, own: _Sentence, marks: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return the marks at the end, within emphasis and after it, as the language writes them."""
    if (before.wrap, before.inner, before.end) == (after.wrap, after.inner, after.end):
        return own.inner, own.end
    wanted = [marks.get(mark) for mark in (before.inner, before.end, after.inner, after.end)]
    if own.wrap != before.wrap or [own.inner, own.end] != wanted[:2]:
        return None
    inner, end = wanted[2:]
    return None if inner is None or end is None else (inner, end)


def _is_mirrored(english: tuple[str, str], own: tuple[str, str], parse: Parse) -> bool:
    """Tell whether a translation changed by exactly the constructs by which its English did."""
    from bitext.markdown.stray import find_stray
    from bitext.markdown.trust import find_surplus

    old, new, translation, result = (parse(text) for text in (*english, *own))
    if find_surplus(result, new) or find_stray(
        own[1], result, source=english[1], source_tokens=new
    ):
        return False
    counts = [Counter(_constructs(tokens)) for tokens in (old, new, translation, result)]
    return (
        counts[1] - counts[0] == counts[3] - counts[2]
        and counts[0] - counts[1] == counts[2] - counts[3]
    )


def _constructs(tokens: Iterable[Token]) -> Iterable[tuple[str, str]]:
    """Yield each construct of a sentence with what it holds, apart from its words."""
    for token in tokens:
        if token.type in ("text", "text_special"):
            continue
        held = str(sorted((k, str(v)) for k, v in token.attrs.items() if k not in ("alt", "title")))
        yield token.type, held if token.type == "image" else f"{held}{token.content}"
