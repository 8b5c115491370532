"""How a translation renders terms: with endings, in compounds, or without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from bitext.checks.glossary import english_pattern, words_of
from bitext.checks.knowledge import (
    ARTICLES,
    COMPOUNDING,
    MOST_ENDING,
    MOST_NAME_ENDING,
    UNSPACED,
)

_EXACT = 2
"""Letters that a forbidden word may end otherwise with."""

_MOST_AROUND = 4
"""Letters that may stand around so short a word: a preposition before it, a pronoun after it."""

_SHORT = 4
"""Letters of the longest acronym, and of the longest name that loses no letter to an ending."""


def has_kept(term: str, english: str, translation: str, language: str) -> bool:
    """Tell whether a term that stays as it is does: an ending of the language may follow it."""
    if not term.isascii() or not term[-1].isalpha():
        return term in translation
    own = english_pattern(term).search(english)
    spelled = own[0] if own and term.islower() else term
    spellings = [spelled] if spelled == term else [spelled, _without_ending(spelled, term)]
    most = MOST_NAME_ENDING.get(language.partition("-")[0], MOST_NAME_ENDING[""])
    is_there = any(_kept_pattern(one, most).search(translation) for one in spellings)
    return is_there or term in translation.split()


def _without_ending(spelled: str, term: str) -> str:
    """Return a term as the English spells it, without the ending that it has there."""
    start = spelled[: len(term)]
    return start if start.lower() == term else term


@cache
def _kept_pattern(name: str, most: int) -> re.Pattern[str]:
    """Return what finds a name, perhaps with `most` letters of an ending."""
    stem = name[:-1] if len(name) > _SHORT and name[-1] in "aeo" else name
    return re.compile(rf"(?<![A-Za-z]){re.escape(stem)}(?:[^\W\d_A-Z]{{0,{most}}}(?![A-Za-z]))")


def find_forbidden(words: str, translation: str, language: str) -> str:
    """Return the words of a text that are forbidden ones, side by side; empty if none are.

    Fewer letters may end otherwise than in a good rendering: a warning needs more than a likeness.
    """
    if _is_unspaced(language):
        return words if _spelled(words).search(_normal(translation)) else ""
    wanted, own = words_of(words), words_of(translation)
    if len(wanted) < 2:
        return find_rendering(words, translation, language, most=_EXACT)
    for start in range(len(own) - len(wanted) + 1):
        part = " ".join(own[start : start + len(wanted)])
        pairs = zip(wanted, own[start:], strict=False)
        if all(find_rendering(word, one, language, most=_EXACT) for word, one in pairs):
            return part
    return ""


def find_rendering(rendering: str, translation: str, language: str, *, most: int = 99) -> str:
    """Return the words of a text that are a rendering, whatever their endings; empty if none.

    All of its words have to be there, in any order. `most` letters at most may end otherwise.
    """
    own = language.partition("-")[0]
    if _is_unspaced(language):
        return rendering if _normal(rendering) in _normal(translation) else ""
    found = [_matching(word, translation, own, most) for word in words_of(rendering)]
    return " ".join(found) if found and all(found) else ""


def without_renderings(text: str, renderings: Iterable[str], language: str) -> str:
    """Return a text without good renderings, in which a forbidden word may be hidden.

    Only where no spaces tell words apart.
    """
    if not _is_unspaced(language):
        return text
    for rendering in sorted(renderings, key=len, reverse=True):
        text = text.replace(rendering, " ")
    return text


def _is_unspaced(language: str) -> bool:
    own = language.partition("-")[0]
    return own in UNSPACED or own == "ko"


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@cache
def _spelled(words: str) -> re.Pattern[str]:
    """Return what finds a word that has no spaces around it; a longer vowel makes it another."""
    return re.compile(rf"{re.escape(_normal(words))}(?!ー)")


def _matching(word: str, translation: str, language: str, most: int) -> str:
    """Return the word of a text that is a form of `word`; empty if there is none."""
    if word.isupper() and len(word) <= _SHORT:
        return next((own for own in words_of(translation) if _is_acronym(word, own)), "")
    whole = _fold(_without_article(word, language))
    stem = _stem(whole, min(most, MOST_ENDING.get(language, MOST_ENDING[""])))
    is_part = language in COMPOUNDING
    is_short = language in ARTICLES and len(whole) <= _EXACT
    for own in _single(translation):
        folded = _fold(own)
        place = folded.find(stem) if is_part else folded.startswith(stem) - 1
        if is_short and len(folded) > len(whole) + _MOST_AROUND:
            continue
        if place == 0 or (place > 0 and (most > _EXACT or _ends_word(folded, whole, place))):
            return own
    return ""


def _without_article(word: str, language: str) -> str:
    """Return a word without the article that is written together with it."""
    bare = word.removeprefix(ARTICLES.get(language, ""))
    return bare if len(bare) >= _EXACT else word


def _ends_word(own: str, word: str, place: int) -> bool:
    """Tell whether a compound holds a word there as a whole, or ends with a form of it."""
    return own.startswith(word, place) or len(own) - place <= len(word) + 1


def _single(text: str) -> Iterator[str]:
    """Yield the words of a text, and the parts of those that hyphens join."""
    for word in words_of(text):
        yield word
        if "-" in word:
            yield from word.split("-")


def _is_acronym(word: str, own: str) -> bool:
    """Tell whether a word of a text is this acronym, perhaps with an ending or in a compound."""
    return own.startswith(word) and not own[len(word) : len(word) + 1].isupper()


def _stem(word: str, most: int) -> str:
    """Return the letters of a word that its forms share: two in three, and two at least."""
    return word[: max(len(word) - min(most, len(word) // 3), min(len(word), 2))]


@cache
def _fold(word: str) -> str:
    """Return a word in small letters without accents, which forms may lose or gain."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))
