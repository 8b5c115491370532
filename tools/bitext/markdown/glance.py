"""What can be said of inline Markdown at a glance, without parsing it.

Most sentences hold nothing but words, code, and links with plain targets. A block of such
sentences, or of one image, is cut without a parse; anything else goes through the real parser.
A glance may answer "unknown", never wrong: `tests/test_invariants.py` compares it with the parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPECIAL = r"`*_\[\]<>{}$~|\\"
"""What may open or close an inline construct; each may reach over a sentence's end."""

_GROUPS = (*"`*_$~|", "[]", "<>", "{}")
"""The characters that pair with one another."""

_SAFE = r"(?!(?:javascript|vbscript|file|data):)"
_TARGET = rf"{_SAFE}[^{_SPECIAL}()\s\"'&%\x00-\x20\x7f]*"
_AUTOLINK = rf"<{_SAFE}[a-z][a-z0-9+.-]{{1,31}}:[^{_SPECIAL}\"'&%\x00-\x20\x7f]*>"
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
    | {_AUTOLINK}
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
_IMAGE = re.compile(rf"!\[(?P<label>{_LABEL}++)\]\({_TARGET}\)", re.IGNORECASE)
_ALERT = re.compile(r"\[![A-Za-z]+\]\s+")
"""How a note begins in the Markdown of GitHub and Microsoft: elsewhere text like any other."""

_NO_PROSE = re.compile(rf"{_SPAN}|\]\([^()]*\)|<[^<>]*>")
_ADDRESS = re.compile(r"www[.]|://|@", re.IGNORECASE)
"""What every address holds that is a link without brackets."""

_NEVER_SIMPLE = re.compile(r""":::|@["']""")
"""What opens a construct of Microsoft Learn: elsewhere text like any other."""

_NAMED_EMOJI = re.compile(r":[a-z0-9_+-]+:")

_ONLY_CODE = re.compile(rf"(?P<mark>\*\*|\*|_|){_SPAN}(?P=mark)")
_FIRST_WORD = re.compile(r"[^\W\d_]{2,}[:,;.]?(?!\S)")


def is_simple(text: str) -> bool:
    """Tell whether all of `text` is words, code, plain links and word-flanked emphasis."""
    return not _NEVER_SIMPLE.search(text) and _SIMPLE.fullmatch(text) is not None


def is_seam_safe(parts: Sequence[str]) -> bool:
    """Tell whether no construct can reach from one of `parts` (sentence, gap, …) into another.

    A simple part is closed in itself. What is open in another part can only be closed by a
    character of the same group; if no other part has one, it stays where it is. Rare white space
    and backslashes around it are left to the parser, whose plugins look at them.
    """
    if any(map(_NEVER_SIMPLE.search, parts)):
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
    alert = _ALERT.match(text)
    if _FIRST_WORD.match(text, alert.end() if alert else 0):
        return True
    if _ONLY_CODE.fullmatch(text):
        return False
    if not is_simple(text):
        return None
    prose = _NO_PROSE.sub("", text)
    if "&" in prose or _ADDRESS.search(prose) or _NAMED_EMOJI.search(prose):
        return None
    return any(map(str.isalpha, prose))


def simple_link_label(text: str) -> str:
    """Return the label of a text that is exactly one plain link, else nothing."""
    match = _LINK.fullmatch(text)
    return match["label"] if match else ""


def simple_image_label(text: str) -> str:
    """Return the alt text of a text that is exactly one plain image, else nothing."""
    match = _IMAGE.fullmatch(text)
    return match["label"] if match else ""


def may_be_single(text: str) -> bool:
    """Tell whether a text that is no plain link may still be exactly one link or image."""
    return text[0] in "[!" and text[-1] in ")]}" and not (text[0] == "[" and is_simple(text))
