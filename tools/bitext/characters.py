"""Characters that people cannot see and machines obey: control and direction codes."""

from __future__ import annotations

import re
from typing import NamedTuple

REPLACEMENT = "\ufffd"

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_SEPARATORS = "\u2028\u2029"
_NONCHARACTERS = "\ufffe\uffff\ud800-\udfff"
_OVERRIDES = "\u202d\u202e"
_OPENED = {"\u202a": "\u202c", "\u202b": "\u202c"} | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
"""Codes that open a stretch of the other direction, each with the one that closes it."""

_NEVER_SHOWN = re.compile(f"[{_CONTROLS}{_NONCHARACTERS}{_SEPARATORS}{_OVERRIDES}]")
"""What no page may hold: XML forbids some, and overrides turn around text that is not theirs."""

_DIRECTIONS = re.compile("[\u202a-\u202c\u2066-\u2069]")
UNPRINTED = re.compile(f"[{_CONTROLS}{_NONCHARACTERS}{_SEPARATORS}\u202a-\u202e\u2066-\u2069]")


class Readable(NamedTuple):
    """A text without characters that do harm."""

    text: str
    """Of the length of the original; U+FFFD stands for what was taken out."""

    lost: str
    """The first character taken out, as ``U+202E``; empty if none was."""


def make_readable(translation: str, source: str) -> Readable:
    r"""Return `translation` without the codes that its English `source` does not have.

    Direction codes stay if they pair: left open, they turn around the rest of the paragraph.

    >>> make_readable("a\x1bb", "ab")
    Readable(text='a�b', lost='U+001B')
    """
    harmful = set(_NEVER_SHOWN.findall(translation)) - set(source)
    if _DIRECTIONS.search(translation) and not _are_paired(translation):
        harmful.update(set(_DIRECTIONS.findall(translation)) - set(source))
    if not harmful:
        return Readable(translation, "")
    first = next(character for character in translation if character in harmful)
    text = translation.translate({ord(character): REPLACEMENT for character in harmful})
    return Readable(text, f"U+{ord(first):04X}")


def is_readable(text: str) -> bool:
    """Tell whether a text has no codes at all that `make_readable` looks for."""
    return not (_NEVER_SHOWN.search(text) or _DIRECTIONS.search(text))


def _are_paired(text: str) -> bool:
    """Tell whether each direction code that opens is closed, in order."""
    closings: list[str] = []
    for code in _DIRECTIONS.findall(text):
        if code in _OPENED:
            closings.append(_OPENED[code])
        elif not closings or closings.pop() != code:
            return False
    return not closings


_WIDE = re.compile(
    "[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
"""Characters of Chinese and Japanese, their punctuation too; Korean has spaces."""

_CLOSING = frozenset("\u3001\u3002\uff01\uff0c\uff09\uff1a\uff1b\uff1f\u300d\u300f\u3011")
_MARKUP_AT_ENDS = "*_`~"


def joins_without_space(before: str, after: str) -> bool:
    """Tell whether two sentences stand together without a space, as Chinese and Japanese do.

    >>> joins_without_space("終わり。", "次"), joins_without_space("Done.", "Next")
    (True, False)
    """
    last, first = before.rstrip(_MARKUP_AT_ENDS)[-1:], after.lstrip(_MARKUP_AT_ENDS)[:1]
    return last in _CLOSING or bool(_WIDE.match(last) and _WIDE.match(first))


def visible(text: str) -> str:
    r"""Return `text` for a terminal: what it would obey is spelled out.

    >>> visible("red: \x1b[31m")
    'red: \\x1b[31m'
    """
    return UNPRINTED.sub(lambda match: ascii(match[0])[1:-1], text)
