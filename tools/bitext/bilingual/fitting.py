"""What a pair's translation is in the place of a sentence: with a link, among other words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bitext.bilingual.align import make_key, split_link
from bitext.bilingual.pairs import Pair

OWN_LINK = "bitext: ignore=link-targets its block is this link"
"""The comment on a translation that brings the link that its block is, with words around it."""


def brings_link(msgstr: str, english: str, pair: Pair) -> bool:
    """Tell whether a translation holds the link of which the English is only the label."""
    _, target = split_link(pair.source)
    return bool(target) and target in msgstr and "](" not in english


def lead_of(text: str) -> str:
    """Return the spaces that a published text begins with."""
    return text[: len(text) - len(text.lstrip(" "))]


_NO_WORDS = re.compile(r"<[^<>]*>|`[^`]*`|\[!\w+\]|\]\([^()]*\)")


def substitute(english: str, pairs: Sequence[Pair]) -> str:
    """Return a text that holds the English of `pairs`, in order, with their translations there.

    Empty if it does not hold them all.
    """
    pieces: list[str] = []
    position = 0
    for pair in pairs:
        source = pair.source.strip()
        start = english.find(source, position)
        if start < 0:
            return ""
        pieces += [english[position:start], pair.target.strip()]
        position = start + len(source)
    return "".join([*pieces, english[position:]])


def has_words(english: str, pairs: Sequence[Pair]) -> bool:
    """Tell whether a text has words besides the English of `pairs` that it holds."""
    rest = substitute(english, [replace(pair, target=" ") for pair in pairs])
    return any(map(str.isalpha, _NO_WORDS.sub(" ", rest)))


def fit_link(pair: Pair, english: str) -> str:
    """Return the translation of a sentence that may be the label of a link, or a whole link."""
    label, target = split_link(pair.source)
    own_label, own_target = split_link(english)
    if label and make_key(label) == make_key(english):
        words, link = split_link(pair.target)
        return words if link == target else pair.target
    if own_label and make_key(own_label) == make_key(pair.source):
        return f"[{pair.target}]{own_target}"
    return pair.target
