"""Group E: the words of a translation, whatever the markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import eq

from bitext.checks.knowledge import COPULAS, MAY_DOUBLE, REPEATING, UNSPACED
from bitext.checks.model import Example, PairCheck, Severity, short
from bitext.checks.pair import Pair

_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+)\s+(\1)(?![\w'’-])", re.IGNORECASE)

_OF_ITS_KIND = re.compile(
    r"\b(\w{3,}) (?:is|are|was|were|will be) (?:(?:an?|the) )?(?:[\w-]+ ){0,3}\1\b", re.IGNORECASE
)
"""English that says of a thing that it is one of its kind: *the site is a publishing site*."""


def _find_blank(pair: Pair) -> Iterator[str]:
    yield "the translation is only white space: translate it, or empty it"


def _is_blank(pair: Pair) -> bool:
    return not pair.translation.strip()


def _find_doubled_words(pair: Pair) -> Iterator[str]:
    language = pair.language.partition("-")[0]
    if language in REPEATING:
        return
    allowed = MAY_DOUBLE.get(language, frozenset())
    known = {match[1].lower() for match in _DOUBLED.finditer(pair.source_text)}
    for match in _DOUBLED.finditer(pair.parts):  # never bold words beside others
        word = match[1].lower()
        if language in UNSPACED and not word.isascii():
            continue  # its own words have no spaces between them: it is a list
        if match[1] != match[2] and pair.translation.count("**") < pair.english.count("**"):
            continue  # bold that is lost parted them
        if word in allowed or word in known or not _is_prose(match[1], match[2]):
            continue
        if not _is_said_of_itself(match, pair):
            yield f"{short(match[0])!r}: the word is there twice; delete one"


def _is_said_of_itself(match: re.Match[str], pair: Pair) -> bool:
    """Tell whether the first word is a subject and the second the same noun, said of it."""
    *_, before = ["", *match.string[: match.start()].split()]
    copulas = COPULAS.get(pair.language.partition("-")[0], frozenset())
    return before in copulas and _OF_ITS_KIND.search(pair.source_text) is not None


def _has_doubled(pair: Pair) -> bool:
    words = pair.words
    return True in map(eq, words, islice(words, 1, None))


def _is_prose(first: str, second: str) -> bool:
    """Tell whether a doubled word is one of a sentence, and no name, letter or button."""
    return len(first) > 1 and (second.islower() or first == second)


BLANK = (
    PairCheck(
        id="only-space",
        severity=Severity.ERROR,
        why="A translation of white space empties the sentence on the page.",
        find=_find_blank,
        may=_is_blank,
        bad=(Example("It boils.", "  "),),
        good=(Example("It boils.", "Vre."),),
    ),
)

TEXT = (
    PairCheck(
        id="word-doubled",
        severity=Severity.WARNING,
        why="A word that is there twice is a slip of the hand.",
        find=_find_doubled_words,
        may=_has_doubled,
        bad=(Example("Boil the water.", "Zavrite vodo vodo."),),
        good=(
            Example("Boil it.", "Das ist die, die kocht.", "de-DE"),
            Example("bora bora", "bora bora"),
        ),
    ),
)
