"""A sentence taken apart, and the key of what two sentences share that differ mechanically."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bitext.markdown.parts import COPIED, Part, PartKind, join_parts, split_parts

_ENDS = frozenset(".:;,")
"""Marks at the end of an English sentence that are carried apart from it."""

_COPIED = re.compile(
    r"!\[[^\[\]]*+\]\([^()]*+\) | \]\([^()]*+\) | `[^`]*+` | \$[^$]*+\$ | \{[^{}]*+\} | <[^<>]*+>"
    r"| https?:\S++ | [\W\d_]++",
    re.VERBOSE,
)
"""What a translator would copy, and all that is no letter."""

_STARTS = ("](", "`", "$", "{", "<", "http")
"""Without one of these, `_COPIED` takes out all but letters."""

_LETTERS = {code: chr(code).lower() if chr(code).isalpha() else None for code in range(128)}
"""Of ASCII, for `str.translate`: it is much faster than the pattern."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and apart from it emphasis of the whole and the mark at its end."""

    parts: tuple[Part, ...]
    wrap: str = ""
    """The emphasis marker around all of it."""

    inner: str = ""
    """The mark at the end, within the emphasis."""

    end: str = ""

    @property
    def comparable(self) -> list[Part]:
        """The parts that two versions are compared by: no white space, no images."""
        return [own for own in self.parts if own.kind not in (PartKind.SPACE, PartKind.IMAGE)]

    def __str__(self) -> str:
        return f"{self.wrap}{join_parts(list(self.parts))}{self.inner}{self.wrap}{self.end}"


def take_apart(text: str, ends: frozenset[str] = _ENDS) -> Sentence:
    """Return the parts of `text`; `ends` are the marks that its language ends sentences with."""
    parts, end = _cut_end(split_parts(text), ends)
    wrap = inner = ""
    if len(parts) > 2 and parts[0].kind is PartKind.MARKER and "[" not in parts[0].raw:
        marker = parts[0].raw
        if [part.raw for part in parts].count(marker) == 2 and parts[-1].raw == marker:
            wrap = marker
            parts, inner = _cut_end(parts[1:-1], ends)
    return Sentence(tuple(parts), wrap, inner, end)


def _cut_end(parts: list[Part], ends: frozenset[str]) -> tuple[list[Part], str]:
    """Return the parts before the mark at the end, and that mark; one of several is no such."""
    for length in (2, 1):
        tail = join_parts(parts[-length:])
        if len(parts) > length and tail in ends and parts[-length - 1].raw not in ends:
            return parts[:-length], tail
    return parts, ""


def key_of(sentence: Sentence) -> tuple[str, ...]:
    """Return the words of a sentence, with the kinds of the parts between them."""
    key = [_shape(part) for part in sentence.comparable]
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


def rough_key(text: str) -> str:
    """Return what two sentences share that may have the same `key_of`, quickly."""
    if text.isascii() and not any(map(text.__contains__, _STARTS)):
        return text.translate(_LETTERS)
    return _COPIED.sub("", text).lower()


def rough_start(text: str) -> str:
    """Return the letter that `rough_key` starts with, in no time; empty if only that can tell."""
    return text[0].lower()[0] if text[:1].isalpha() and not text.startswith("http") else ""
