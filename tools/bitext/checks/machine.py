"""Group E: what machine translation leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from operator import and_, eq

from bitext.checks.knowledge import CHATTER, UNSPACED
from bitext.checks.model import Example, PairCheck, Severity, short
from bitext.checks.pair import Pair

_MARKED = r"""
      ⟦\d+⟧ | ⟪\d+⟫ | \u2581                           # brackets and joints of engines
    | \[\[\d+\]\] | @@\d+@@ | %%\d+%% | \#\#\d+\#\# | \$\$\d+\$\$
    | __?(?:PH|VAR|TAG|TOKEN|PLACEHOLDER|CODE|LINK|URL|XML|TERM)[_-]?\d*_{1,2}
    | \{\{?(?:PH|VAR|TAG|TOKEN|LINK|CODE)_?\d+\}\}?
    | </?(?:unk|pad|eos|bos|mask)> | \[(?:UNK|PAD|MASK|SEP|CLS)\] | <\|[a-z_]+\|> | <2[a-z]{2}>
"""
"""Tokens of which each begins with a character of its own: these alone are found fast."""

_NAME = "PLACEHOLDER | XTAGX | NOTRANSLATE | DNT"
_PLACEHOLDER = re.compile(rf"{_MARKED} | \b(?:{_NAME})[_-]?\d+\b", re.VERBOSE)
"""Tokens that stand for what an engine must not translate, and those of its vocabulary."""

_SIGN = re.compile(f"{_MARKED} | {_NAME}", re.VERBOSE)
"""What is in each text that holds one of them; asking for it first is much faster."""

_STUTTER = re.compile(
    r"(?<![\w-])(?P<unit>[^\W\d_]{2,}(?:\ [^\W\d_]+){0,4})(?:[ ,]+(?P=unit)(?!\w)){2,}",
    re.IGNORECASE,
)
_TIMES = 3
_LONGEST = 5
"""Words in what is repeated."""

_UNSPACED_STUTTER = re.compile(r"(?P<unit>[^\W\d_]{2,10}?)(?P=unit){2,}")


def _may_be_machines(pair: Pair) -> bool:
    language = pair.language.partition("-")[0]
    return (
        _SIGN.search(pair.translation) is not None
        or _may_hold_chatter(pair, language)
        or language in UNSPACED
        or _repeats(pair.words)
    )


def _may_hold_chatter(pair: Pair, language: str) -> bool:
    words = _telling_words(language) if pair.is_bare else None
    return not words.isdisjoint(pair.words) if words else _has_hints(pair.lower, language)


@cache
def _telling_words(language: str) -> frozenset[str]:
    """Return words of which one is in all chatter; none if not all of it has whole words."""
    found = [_WHOLE_WORD.findall(said) for said in _chatter(language)]
    return frozenset(max(words, key=len) for words in found) if all(found) else frozenset()


def _has_hints(lower: str, language: str) -> bool:
    """Tell whether a text in small letters may hold chatter."""
    return any(map(lower.__contains__, _hints(language)))


_WHOLE_WORD = re.compile(r"[^\W\d_][^\W\d_]+(?=\W)")
"""A word of chatter that cannot be the beginning of another."""

_HERE = re.compile(r"\bhere\b")


def _find_leftovers(pair: Pair) -> Iterator[str]:
    text, english = pair.translation, pair.english
    if _SIGN.search(text):
        for match in _PLACEHOLDER.finditer(text):
            if match[0] not in english:
                yield f"{short(match[0])!r} stands for what a machine put aside: write what it was"
                return
    yield from _find_chatter(pair)
    yield from _find_stutter(pair)


def _find_chatter(pair: Pair) -> Iterator[str]:
    lower, language = pair.lower, pair.language.partition("-")[0]
    if not _has_hints(lower, language):
        return
    for words in _chatter(language):
        is_there = words in lower and _said(words).search(lower)
        if is_there and not _is_told(words, pair.english.lower()):
            yield f"{words!r} is what a machine says, no translation: delete it"
            return


@cache
def _said(words: str) -> re.Pattern[str]:
    """Return what finds such words; a label is one where a sentence begins."""
    is_label = words.endswith((":", "："))
    start = r"(?:^|[.!?。！？\n])\W*" if is_label else r"(?<!\w)"
    return re.compile(rf"{start}{re.escape(words)}")


def _is_told(words: str, english: str) -> bool:
    """Tell whether an article speaks of a translation itself."""
    if words in english:
        return True
    if "translat" not in english:
        return False
    return ":" in english if words.endswith((":", "：")) else bool(_HERE.search(english))


@cache
def _chatter(language: str) -> tuple[str, ...]:
    return (*CHATTER["en"], *CHATTER.get(language, ()))


@cache
def _hints(language: str) -> tuple[str, ...]:
    """Return what one of is in all chatter; asking for it first is much faster."""
    words = ("translat" if "translat" in said else said for said in _chatter(language))
    return tuple(dict.fromkeys(words))


def _find_stutter(pair: Pair) -> Iterator[str]:
    patterns = [_STUTTER] if _repeats(pair.words) else []
    if pair.language.partition("-")[0] in UNSPACED:
        patterns.append(_UNSPACED_STUTTER)
    for match in (match for pattern in patterns for match in pattern.finditer(pair.text)):
        unit = match["unit"].lower()
        if len(set(unit)) > 1 and not _STUTTER.search(pair.source_text):
            yield f"{short(match['unit'])!r} is there again and again: delete the repetitions"
            return


def _repeats(words: Sequence[str]) -> bool:
    """Tell whether a few words stand three times in a row; then two of them stand twice so."""
    again = len(words) - len(set(words))
    if again < _TIMES - 1:
        return False
    if again < 2 * (_TIMES - 1) and True not in map(eq, words, islice(words, 1, None)):
        return False  # too few for more than one word
    if len(set(zip(words, islice(words, 1, None), strict=False))) >= len(words) - 1:
        return False
    for step in range(1, _LONGEST + 1):
        same = list(map(eq, words, islice(words, step, None)))
        if True in same and any(map(and_, same, islice(same, step, None))):
            return True
    return False


MACHINE = (
    PairCheck(
        id="machine-leftover",
        severity=Severity.ERROR,
        why="What a machine stammers, puts aside or says about its work is no translation.",
        find=_find_leftovers,
        may=_may_be_machines,
        bad=(
            Example("Boil it in the pot.", "Zavrite v loncu v loncu v loncu v loncu."),
            Example("Boil it.", "Zavrite __PH_0__."),
            Example("Boil it.", "Hier ist die Übersetzung: Kochen Sie es.", "de-DE"),
            Example("Boil it.", "Gotovo! Prevod: zavrite."),
            Example("Boil it.", "沸かして沸かして沸かしてください。", "ja-JP"),
        ),
        good=(
            Example("Blah, blah, blah.", "Bla, bla, bla."),
            Example("The translation: none.", "Prevod: noben."),
            Example("Somebody doubted it: the lid.", "Nekdo je podvomil v prevod: pokrov."),
        ),
    ),
)
