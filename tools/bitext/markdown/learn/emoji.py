"""Emoji by their names, as in ``:smile:``."""

from __future__ import annotations

from collections.abc import Mapping

_FLAGS = frozenset("cn de es fr gb it jp kr ru us".split())
"""Countries whose flags have a name of two letters."""

_KEYCAPS: Mapping[str, str] = {
    name: f"{character}\ufe0f\u20e3"
    for name, character in zip(
        "hash zero one two three four five six seven eight nine".split(), "#0123456789", strict=True
    )
}
_REGIONAL = 0x1F1E6


def find_emoji(name: str) -> str:
    """Return the emoji that is called `name`; empty if none is.

    >>> find_emoji("tada"), find_emoji("us"), find_emoji("zero"), find_emoji("no-such")
    ('\U0001f389', '\U0001f1fa\U0001f1f8', '0\ufe0f\u20e3', '')
    """
    if name in _FLAGS:
        return "".join(chr(_REGIONAL + ord(letter) - ord("a")) for letter in name)
    if name in _KEYCAPS:
        return _KEYCAPS[name]
    from rich.emoji import Emoji, NoEmoji

    try:
        return str(Emoji(name))
    except NoEmoji:
        return ""
