"""Patterns of paths, as Sphinx reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_NO_TEXT = re.compile(r"[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_WILDCARD = re.compile(r"(\*\*/|\*\*|\*|\?|\[!?\]?[^\]]+\])")
_WILDCARDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _pattern_part(part: str) -> str:
    """Return a wildcard, a set of characters or plain text as a regular expression."""
    if _WILDCARD.fullmatch(part) and part.startswith("["):
        inner = re.sub(r"([\\\[&|~])", r"\\\1", part[1:-1])  # each but the first warns when doubled
        return f"[^/{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    return _WILDCARDS.get(part, re.escape(part))


def literal_pattern(path: str) -> str:
    """Return the pattern of one path; ``?`` stands for what is no text in it."""
    return _NO_TEXT.sub("?", re.sub(r"([*?[])", r"[\1]", path))


@lru_cache(maxsize=4)
def compile_patterns(patterns: Sequence[str], *, is_exact: bool = False) -> re.Pattern[str] | None:
    """Return one pattern for Sphinx's: ``**`` any folders, ``*`` any name, ``?`` a character.

    A pattern of a folder is one of all that is in it, unless it `is_exact`.

    Raises `ValueError` for one that is none.
    """
    choices = ["".join(map(_pattern_part, _WILDCARD.split(pattern))) for pattern in patterns]
    try:
        end = "" if is_exact else "(?:/.*)?"
        return re.compile("|".join(choice + end for choice in choices)) if choices else None
    except re.error as error:
        raise ValueError(error.msg) from error
