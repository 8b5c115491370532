"""The nearest of many sentences: word counts on bit sets, then edit distance on the few left.

Two sentences as similar as a translator has use for share most of their words. Of the sentences
of possible length, one word's is a set of bits; adding the sets of all words of a query counts
for every sentence at once how much it shares (`bit_sets`). Only those that share enough are
compared (Indel similarity, by rapidfuzz).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import accumulate, pairwise
from math import ceil, inf
from typing import NamedTuple

from bitext.bit_sets import add_sets, find_at_least, make_set, read_set
from bitext.executor import can_fork, core_count, map_forked, shared_bytes

_WORDS = "".join(
    small if sign.isalnum() and (small := sign.lower()) <= "\xff" else " "
    for sign in map(chr, range(256))
).encode("latin-1")
"""Latin 1 in small letters, with a space for all that is no letter or digit."""

_BEYOND = re.compile("[\u0100-\u0dff\u1e00-\u1fff]++|[\u0e00-\u1dff\u2c00-\U0010ffff]")
"""Letters beyond Latin 1: of most alphabets together, from Thai on each, for few have spaces."""

_LEVELS = 10
"""Words count by their length, as edit distance does; from 1,024 letters on all alike."""

_SLACK = 2
"""Weight by which sentences may share less than their similarity asks."""

_FEW = 12
"""Weight of a sentence of few words: of these the heaviest may differ, by a letter of it."""

_HIGH = 0.9
"""Similarity that is looked for first: most sentences that have a near one have one this near."""

_RATIOS = (1, 1.15, 1.3, 1.5, inf)
"""How much longer sentences are than the query: between two of these, all are asked the same."""

_MOST_CACHED = 4096
"""Words whose sets are kept; a set of 50,000 sentences is 6 KB."""

_MOST_COMPARED = 32
"""Queries that are compared with all sentences: an index of words costs as much as 50 of them."""

_MANY = 256
"""Queries from which it pays to search on several cores, each with a part of the sentences."""

_LARGE = 5_000
"""Sentences from which it does."""

_EACH = 64
"""What a sentence costs apart from its letters, in letters."""

_Word = bytes | str
"""One in Latin 1, or letters beyond it."""

Near = tuple[str, float]
"""A sentence and its similarity, 0 to 1."""


class _Window(NamedTuple):
    """The places of some sentences, half-open."""

    first: int
    end: int


class _Set(NamedTuple):
    """The sentences that hold a word."""

    level: int
    """Which power of two the word counts."""

    bits: int
    """A one at the place of each."""


class _Found(NamedTuple):
    """What is nearest in a part of the sentences."""

    is_very: bool
    """Whether it is as near as what is looked for first."""

    near: Near


class NearIndex:
    """Sentences, found by similarity."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = sorted(texts, key=len)  # stable: of equals the first is found
        self._lengths = [len(text) for text in self._texts]
        self._queries = 0
        self._found: dict[tuple[str, float], Near | None] = {}
        """What was found, by text and least similarity."""

        self._sets = _Sets(self._texts)

    def find(self, text: str, *, least: float) -> Near | None:
        """Return the sentence most like `text` and its similarity, from `least` on.

        What is found is remembered: the same may be asked for another language.
        """
        if (text, least) not in self._found:
            self._found[text, least] = self._find(text, least)
        return self._found[text, least]

    def _find(self, text: str, least: float) -> Near | None:
        self._queries += 1
        if self._queries <= _MOST_COMPARED:
            window = self._window(len(text), least)
            return _nearest(text, self._texts[window.first : window.end], least)
        very = self._find_indexed(text, max(_HIGH, least))
        return very or (self._find_indexed(text, least) if least < _HIGH else None)

    def find_all(self, texts: Sequence[str], *, least: float) -> Mapping[str, Near | None]:
        """Return what `find` finds for each of `texts`; many are looked for on all cores."""
        new = dict.fromkeys(text for text in texts if (text, least) not in self._found)
        ordered = sorted(new, key=len)
        self._found.update(((text, least), near) for text, near in self._search(ordered, least))
        return {text: self._found[text, least] for text in texts}

    def _search(self, texts: Sequence[str], least: float) -> Iterable[tuple[str, Near | None]]:
        """Yield what is nearest to each of `texts`, which are longer and longer."""
        workers = core_count() if can_fork() else 1
        if workers < 2 or len(texts) < _MANY or len(self._texts) < _LARGE:
            return ((text, self._find(text, least)) for text in texts)
        find = partial(self._find_in, texts, shared_bytes(len(texts)), least)
        found = map_forked(find, self._cut(workers))
        return zip(texts, (_best(own) for own in zip(*found, strict=True)), strict=True)

    def _cut(self, count: int) -> list[_Window]:
        """Return all sentences in parts that cost the same, the shortest first."""
        costs = list(accumulate(length + _EACH for length in self._lengths))
        starts = [bisect_left(costs, costs[-1] * part / count) for part in range(count)]
        return [_Window(*ends) for ends in pairwise([*starts, len(costs)])]

    def _find_in(
        self, texts: Sequence[str], is_found: memoryview[int], least: float, part: _Window
    ) -> list[_Found | None]:
        """Return what is nearest to each of `texts` in a part of the sentences.

        Of which one is very near, that is marked, lest others look on for what is less near.
        """
        index = NearIndex(self._texts[part.first : part.end])
        high = max(_HIGH, least)
        found: list[_Found | None] = []
        for place, text in enumerate(texts):
            near = index._find_indexed(text, high)
            found.append(_Found(is_very=True, near=near) if near else None)
            if near:  # others may have marked it
                is_found[place] = 1
        for place, text in enumerate(texts):
            if not is_found[place] and least < high:
                near = index._find_indexed(text, least)
                found[place] = _Found(is_very=False, near=near) if near else None
        return found

    def _window(self, length: int, similarity: float) -> _Window:
        """Return which sentences can be so similar to one of this length."""
        # |a - b| <= (1 - s)(a + b) for sentences of similarity s: others cannot be near enough
        first = bisect_left(self._lengths, length * similarity / (2 - similarity))
        end = bisect_right(self._lengths, length * (2 - similarity) / similarity)
        return _Window(first, end)

    def _find_indexed(self, text: str, similarity: float) -> Near | None:
        """Return what is nearest of what shares enough to be so similar; None if nothing is."""
        window = self._window(len(text), similarity)
        if window.first == window.end:
            return None
        sets = self._sets
        words = [sets[word] for word in dict.fromkeys(_words(text))]
        places = self._find_sharing(words, len(text), similarity, window)
        return _nearest(text, [self._texts[place] for place in places], similarity)

    def _find_sharing(
        self, words: Sequence[_Set], length: int, similarity: float, window: _Window
    ) -> list[int]:
        """Return the places of the sentences in a window that share enough of `words`, rising."""
        first, last = window
        below = (1 << last) - 1
        levels: list[list[int]] = [[] for _ in range(_LEVELS)]
        for level, bits in words:
            if bits:
                levels[level].append((bits & below) >> first)
        sums = add_sets(levels)
        needed, slack = _needed(similarity, [1 << level for level, _ in words])
        sharing = start = 0
        for ratio, more in pairwise(_RATIOS):
            end = bisect_left(self._lengths, length * more, first, last) - first
            every = (1 << end) - (1 << start)
            sharing |= find_at_least(sums, ceil(needed * ratio) - slack, every)
            start = end
        return read_set(sharing, first)


class _Sets(dict[_Word, _Set]):
    """The sets of the words of some sentences, made when they are first asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts = texts

    @cached_property
    def _places(self) -> Mapping[_Word, Sequence[int]]:
        """The places of the sentences that hold a word, rising; twice where it stands twice."""
        found: defaultdict[_Word, list[int]] = defaultdict(list)
        for place, text in enumerate(self._texts):
            for word in _words(text):
                found[word].append(place)
        return found

    def __missing__(self, word: _Word) -> _Set:
        if len(self) >= _MOST_CACHED:
            self.clear()
        level = min(max(len(word).bit_length() - 2, 0), _LEVELS - 1)
        made = self[word] = _Set(level, make_set(self._places.get(word, ())))
        return made


def _nearest(text: str, choices: Sequence[str], least: float) -> Near | None:
    """Return the first of the choices most like `text`, and its similarity, from `least` on."""
    if not choices:
        return None
    match = _comparison()(text, choices, score_cutoff=least)
    return (match[0], match[1]) if match else None


@cache
def _comparison() -> Callable[..., tuple[str, float, int] | None]:
    """Return what finds the first of the most similar; importing it takes time."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extractOne

    return partial(extractOne, scorer=Indel.normalized_similarity, processor=None)


def _best(found: Iterable[_Found | None]) -> Near | None:
    """Return the first of the nearest.

    What is very near goes before all others: whether these were still looked for is by chance.
    """
    best = max(
        (own for own in found if own), key=lambda own: (own.is_very, own.near[1]), default=None
    )
    return best.near if best else None


def _words(text: str) -> Sequence[_Word]:
    """Return the words of a text, and the letters of scripts that do not space them."""
    words = text.encode("latin-1", "replace").translate(_WORDS).split()
    if text.isascii():
        return words
    return [*words, *(letters.lower() for letters in _BEYOND.findall(text))]


def _needed(similarity: float, weights: Sequence[int]) -> tuple[float, int]:
    """Return the weight that a sentence of this similarity shares with words of these weights.

    The first, times how much longer the sentence is than the words, less the second. Of the letters
    of two different words about half are in common, in order: sharing a part *p* of the words of
    the longer sentence makes a similarity of about *p* + (1 - *p*) / 2.
    """
    total = sum(weights)
    slack = max(_SLACK, max(weights, default=0) if total <= _FEW else 0)
    return (2 * similarity - 1) * total, slack
