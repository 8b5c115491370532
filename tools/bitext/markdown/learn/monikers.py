"""Which versions a moniker range names: ``>= netcore-3.0 || netframework-4.8``."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PART = re.compile(r"(?P<sign>>=|<=|=|>|<)?\s*(?P<name>[^\s<>=|]+)")


def is_in_range(moniker: str, text: str, known: Sequence[str]) -> bool:
    """Tell whether a range names a version; `known` are all versions, oldest first.

    What cannot be decided, for a version is not known, counts as named: text is not lost.

    >>> is_in_range("b", ">= b <= c || x", ["a", "b", "c"])
    True
    >>> is_in_range("a", ">= b", ["a", "b", "c"])
    False
    """
    return any(_is_in_all(moniker, part, known) for part in text.split("||"))


def _is_in_all(moniker: str, text: str, known: Sequence[str]) -> bool:
    return all(
        _fits(moniker, match["sign"] or "=", match["name"], known) for match in _PART.finditer(text)
    )


def _fits(moniker: str, sign: str, name: str, known: Sequence[str]) -> bool:
    if sign == "=":
        return moniker == name
    if moniker not in known or name not in known:
        return True
    own, other = known.index(moniker), known.index(name)
    return {">=": own >= other, "<=": own <= other, ">": own > other, "<": own < other}[sign]
