"""The nearest of many sentences: an inverted index of words, then edit distance on the few left.

Two sentences as similar as a translator has use for share words, as a rule their rare ones;
only sentences that share such a word are compared (Indel similarity, by rapidfuzz).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_ENOUGH = 600
"""Sentences compared with one, at most, before its commoner words are left out."""


class NearIndex:
    """Sentences, found by similarity."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            for word in _words(text):
                self._places[word].append(place)

    def find(self, text: str, *, least: float) -> tuple[str, float] | None:
        """Return the sentence most like `text` and its similarity, 0 to 1, from `least` on."""
        from rapidfuzz.distance import Indel
        from rapidfuzz.process import extractOne

        # |a - b| <= (1 - s)(a + b) for sentences of similarity s: others cannot be near enough
        shortest = len(text) * least / (2 - least) - 1
        longest = len(text) * (2 - least) / least + 1
        choices = {
            place: self._texts[place]
            for place in self._candidates(text)
            if shortest <= len(self._texts[place]) <= longest
        }
        found = extractOne(
            text, choices, scorer=Indel.normalized_similarity, score_cutoff=least, processor=None
        )
        return (found[0], found[1]) if found else None

    def _candidates(self, text: str) -> list[int]:
        """Return the sentences that share the rarer words of `text`, in their order."""
        found: set[int] = set()
        for places in sorted((self._places.get(word, []) for word in _words(text)), key=len):
            if found and len(found) + len(places) > _ENOUGH:
                break
            found.update(places)
        return sorted(found)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())) or {text}
