"""Where a sentence of a translation may end, in any language.

Every place that may be an end is a candidate; which are ends, the English beside it tells
(`bitext.alignment`). So no list of abbreviations is needed for any language.
"""

from __future__ import annotations

import re
from functools import cache

from bitext.languages import parse_language

_MARKS = ".!?…؟۔।॥։።။"
"""Marks behind which a space stands: of Latin, Greek and Cyrillic, Arabic, Urdu, Indic, Armenian,
Ethiopic and Burmese (the Unicode Standard 16, property Sentence_Terminal)."""

_WIDE_MARKS = "。！？｡．"
"""Marks of Chinese and Japanese, which no space follows (the same property)."""

_IDEOGRAPH = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
"""Between two of these an ASCII mark ends a sentence too."""

_OWN_MARKS = {"el": ";\u037e"}
"""Marks that end a sentence in one language only: Greek asks with a semicolon."""

_SPACES_END = frozenset({"th", "lo", "km", "my"})
"""Languages that end sentences with a space alone (the Unicode Standard 16, chapter 16)."""

_CLOSERS = r"""
    (?: \]\([^()\s]{0,300}\) | \]\[[^][\n]{0,100}\] | [ ]?\[\^[^][\s]{1,60}\]
      | \{[^{}\s`]{1,60}\}(?:`[^`\n]{1,120}`)? | </[A-Za-z][A-Za-z0-9]{0,15}>
      | ["'”’»›)\]*_~」』）］】〉》] | [ \u00a0\u202f][»›] )*+
"""
_BREAK = re.compile(
    r"(?<=\S)(?P<gap>[ \t]*+(?<!\\)(?:\\\\)*+\\(?:\n|[ ])\s*+|[ ]{2,}+\n\s*+)(?=\S)"
)
"""A hard line break, also one whose line feed became a space, as Sphinx's catalogs have it."""


def find_candidates(text: str, tag: str) -> list[tuple[int, int]]:
    """Return the gaps in a translation at which a sentence may end, in their order.

    A gap is white space, a hard line break, or nothing after a wide mark.

    >>> find_candidates("Prva. Druga!", "sl-SI"), find_candidates("第一。第二。", "zh-CN")
    ([(5, 6)], [(3, 3)])
    """
    patterns = (_BREAK, *_end_patterns(tag))
    found = {match.span("gap") for pattern in patterns for match in pattern.finditer(text)}
    gaps: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda gap: (gap[0], -gap[1])):
        if not gaps or start >= max(gaps[-1][1], gaps[-1][0] + 1):
            gaps.append((start, end))
    return gaps


@cache
def _end_patterns(tag: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of places where a sentence of a language may end."""
    language = parse_language(tag)
    name = language.language if language else tag
    marks = re.escape(_MARKS + _OWN_MARKS.get(name, ""))
    wide = rf"[{_WIDE_MARKS}][{_WIDE_MARKS}{marks}]*+{_CLOSERS}(?P<gap>\s*+)(?=\S)"
    tight = rf"(?<={_IDEOGRAPH})[.!?]++{_CLOSERS}(?P<gap>)(?={_IDEOGRAPH})"
    spaced = rf"[{marks}]++{_CLOSERS}(?P<gap>\s++)(?=\S)"
    lone = (r"(?<=\S)(?P<gap>[ ]++)(?=\S)",) if name in _SPACES_END else ()
    return tuple(re.compile(pattern, re.VERBOSE) for pattern in (wide, tight, spaced, *lone))
