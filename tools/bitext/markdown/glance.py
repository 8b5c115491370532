"""What can be said of inline Markdown at a glance, without parsing it.

Most sentences hold nothing but words, code, and links with plain targets. A block of such
sentences is cut without a parse; anything else goes through the real parser. A glance may
answer "unknown", never wrong: `tests/test_invariants.py` compares it with the parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPECIAL = r"`*_\[\]<>{}$~|\\"
"""What may open or close an inline construct; each may reach over a sentence's end."""

_GROUPS = (*"`*_$~|", "[]", "<>", "{}")
"""The characters that pair with one another."""

_TARGET = rf"(?!(?:javascript|vbscript|file|data):)[^{_SPECIAL}()\s\"'&%\x00-\x20\x7f]*"
_SPAN = r"`[^`]+`"
_LABEL = rf"(?:[^{_SPECIAL}]+|{_SPAN}(?!`))"
_INNER = rf"(?=[^\W_])[^{_SPECIAL}]*+(?<=[^\W_])"

# No group inside the possessive repeat captures: CPython 3.11 loses its span (gh-101955).
_SIMPLE = re.compile(
    rf"""
    (?:
      [^{_SPECIAL}]+
    | {_SPAN}(?!`)                                                  # code
    | \[{_LABEL}*+\]\({_TARGET}\)                                   # a link
    | (?<![\w*])\*{_INNER}\*(?![\w*])                              # emphasis
    | (?<![\w*])\*\*{_INNER}\*\*(?![\w*])
    | (?<![\w*])\*\*(?=[^\W_])[^{_SPECIAL}]*+(?<=[:.!?,;])\*\*(?!\S)
    | (?<!\w)_{_INNER}_(?!\w)
    | (?<=[^\W_])_(?=[^\W_])                                        # no delimiter
    )*+
    """,
    re.VERBOSE | re.IGNORECASE,
)

_LINK = re.compile(rf"\[(?P<label>{_LABEL}++)\]\({_TARGET}\)", re.IGNORECASE)
_NO_PROSE = re.compile(rf"{_SPAN}|\]\([^()]*\)")
_ADDRESS = re.compile(r"www[.]|://|@", re.IGNORECASE)
"""What every address holds that is a link without brackets."""

_ONLY_CODE = re.compile(rf"(?P<mark>\*\*|\*|_|){_SPAN}(?P=mark)")
_FIRST_WORD = re.compile(r"[^\W\d_]{2,}[:,;.]?(?!\S)")


def is_simple(text: str) -> bool:
    """Tell whether all of `text` is words, code, plain links and word-flanked emphasis."""
    return ":::" not in text and _SIMPLE.fullmatch(text) is not None


def is_seam_safe(parts: Sequence[str]) -> bool:
    """Tell whether no construct can reach from one of `parts` (sentence, gap, …) into another.

    A simple part is closed in itself. What is open in another part can only be closed by a
    character of the same group; if no other part has one, it stays where it is. Rare white space
    and backslashes around it are left to the parser, whose plugins look at them.
    """
    if any(":::" in part for part in parts):
        return False
    if parts[-1].endswith("\\") or any(gap.strip(" \t\n") for gap in parts[1::2]):
        return False
    strange = [index for index, part in enumerate(parts) if not is_simple(part)]
    if strange and any(map(_ADDRESS.search, parts)):
        return False
    return all(
        not any(_has_group(group, other) for place, other in enumerate(parts) if place != index)
        for index in strange
        for group in _GROUPS
        if _has_group(group, parts[index])
    )


def _has_group(group: str, text: str) -> bool:
    return any(character in text for character in group)


def has_simple_words(text: str) -> bool | None:
    """Tell whether a text has words outside of code and targets; None if that takes a parse."""
    if _FIRST_WORD.match(text):
        return True
    if _ONLY_CODE.fullmatch(text):
        return False
    if not is_simple(text):
        return None
    prose = _NO_PROSE.sub("", text)
    if "&" in prose or _ADDRESS.search(prose):
        return None
    return any(map(str.isalpha, prose))


def simple_link_label(text: str) -> str:
    """Return the label of a text that is exactly one plain link, else nothing."""
    match = _LINK.fullmatch(text)
    return match["label"] if match else ""
