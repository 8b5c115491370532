"""The nearest of many sentences: word counts on bit sets, then edit distance on the few left.

Two sentences as similar as a translator has use for share most of their words. Of the sentences
of possible length, one word's is a set of bits; adding the sets of all words of a query, bit by
bit like a circuit does, counts for every sentence at once how much it shares. Only those that
share enough are compared (Indel similarity, by rapidfuzz).

Bit-sliced counting: Rinfret, O'Neil and O'Neil, "Bit-sliced index arithmetic", SIGMOD 2001.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import chain
from math import ceil
from typing import NamedTuple

_WORDS = bytes(
    ord(sign) if sign.isalnum() or sign == "\0" else ord(" ") for sign in map(chr, range(256))
)
"""Latin 1 with a space for all that is no letter or digit, and NUL kept."""

_SLACK = 2
"""Weight by which short sentences may share less than their similarity asks."""

_HIGH = 0.9
"""Similarity that is looked for first: most sentences that have a near one have one this near."""

_MOST_CACHED = 4096
"""Words whose sets are kept; a set of 50,000 sentences is 6 KB."""

_MOST_COMPARED = 32
"""Queries that are compared with all sentences: an index of words costs as much as 50 of them."""

_MANY = 256
"""Queries from which it pays to search on several cores, each with an index of its own."""

_LARGE = 5_000
"""Sentences from which it does."""

Near = tuple[str, float]
"""A sentence and its similarity, 0 to 1."""


class _Window(NamedTuple):
    """The places of the sentences long and short enough to be near, half-open."""

    first: int
    end: int


class NearIndex:
    """Sentences, found by similarity."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = sorted(texts, key=len)  # stable: of equals the first is found
        self._lengths = [len(text) for text in self._texts]
        self._queries = 0
        self._bits = lru_cache(_MOST_CACHED)(self._make_bits)

    def find(self, text: str, *, least: float) -> Near | None:
        """Return the sentence most like `text` and its similarity, from `least` on."""
        window = self._window(len(text), len(text), least)
        self._queries += 1
        if self._queries <= _MOST_COMPARED:
            return _nearest(text, self._texts[window.first : window.end], least)
        return self._find_indexed(text, window, least)

    def find_all(self, texts: Sequence[str], *, least: float) -> Mapping[str, Near | None]:
        """Return what `find` finds for each of `texts`; many are looked for on all cores."""
        from bitext.executor import can_fork, core_count, map_forked

        ordered = sorted(dict.fromkeys(texts), key=len)
        workers = core_count() if can_fork() else 1
        if workers < 2 or len(ordered) < _MANY or len(self._texts) < _LARGE:
            return {text: self.find(text, least=least) for text in ordered}
        size = -(-len(ordered) // workers)
        parts = [ordered[start : start + size] for start in range(0, len(ordered), size)]
        found = map_forked(partial(self._find_part, least=least), parts, workers=workers)
        return dict(zip(ordered, chain.from_iterable(found), strict=True))

    def _find_part(self, texts: Sequence[str], *, least: float) -> list[Near | None]:
        """Return what is near to texts in the order of their length: few others can be."""
        window = self._window(len(texts[0]), len(texts[-1]), least)
        index = NearIndex(self._texts[window.first : window.end])
        return [index.find(text, least=least) for text in texts]

    def _window(self, shortest: int, longest: int, least: float) -> _Window:
        """Return which sentences can be near to some of a length from `shortest` to `longest`."""
        # |a - b| <= (1 - s)(a + b) for sentences of similarity s: others cannot be near enough
        first = bisect_left(self._lengths, shortest * least / (2 - least))
        return _Window(first, bisect_right(self._lengths, longest * (2 - least) / least))

    def _find_indexed(self, text: str, window: _Window, least: float) -> Near | None:
        words = _words(text)
        total = sum(1 << _weight(word) for word in words)
        counts = self._count(words, window)
        every = (1 << (window.end - window.first)) - 1
        best: Near | None = None
        seen = 0
        for similarity in (max(_HIGH, least), least):
            found = _at_least(counts, _needed(similarity, total), every) & ~seen
            choices = [self._texts[place] for place in _ones(found, window.first)]
            match = _nearest(text, choices, best[1] if best else least)
            if match and (best is None or match[1] > best[1]):
                best = match
            if best and best[1] >= similarity:
                break
            seen |= found
        return best

    def _count(self, words: set[bytes], window: _Window) -> list[int]:
        """Return what each sentence of a window shares of `words`, by weight.

        Of a sentence's sum, bit *n* is the bit of that sentence in item *n*.
        """
        inside = (1 << (window.end - window.first)) - 1
        sums = [0, 0, 0]
        for word in words:
            carry = (self._bits(word) >> window.first) & inside
            for level in range(_weight(word), len(sums)):
                if not carry:
                    break
                own = sums[level]
                sums[level] = own ^ carry
                carry &= own
            if carry:
                sums.append(carry)
        return sums

    @cached_property
    def _places(self) -> Mapping[bytes, Sequence[int]]:
        """The places of the sentences that hold a word, rising; twice where it stands twice."""
        found: defaultdict[bytes, list[int]] = defaultdict(list)
        for place, words in enumerate(_split_words(self._texts)):
            for word in words:
                found[word].append(place)
        return found

    def _make_bits(self, word: bytes) -> int:
        """Return the set of the sentences that hold a word."""
        places = self._places.get(word)
        if not places:
            return 0
        bits = bytearray(places[-1] // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")


def _nearest(text: str, choices: Sequence[str], least: float) -> Near | None:
    """Return the first of the choices most like `text`, and its similarity, from `least` on."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extractOne

    match = extractOne(
        text, choices, scorer=Indel.normalized_similarity, score_cutoff=least, processor=None
    )
    return (match[0], match[1]) if match else None


def _split_words(texts: Sequence[str]) -> Iterator[list[bytes]]:
    """Yield the words of each text; a text without any is one."""
    joined = "\0".join(texts)
    if joined.count("\0") >= max(len(texts), 1):
        joined = "\0".join(text.replace("\0", " ") for text in texts)
    # letters beyond Latin 1 separate words: that finds no less, and English has few
    parts = joined.lower().encode("latin-1", "replace").translate(_WORDS).split(b"\0")
    return (part.split() or [part] for part in parts)


def _words(text: str) -> set[bytes]:
    return set(next(_split_words([text])))


def _weight(word: bytes) -> int:
    """Return which power of two a word counts: by its length, as edit distance does."""
    length = len(word)
    return 0 if length < 4 else 1 if length < 8 else 2


def _needed(similarity: float, total: int) -> int:
    """Return the weight that a sentence of this similarity shares, of `total`.

    Of the letters of two different words about half are in common, in order: sharing a part
    *p* of the words makes a similarity of about *p* + (1 - *p*) / 2.
    """
    return max(1, ceil((2 * similarity - 1) * total - _SLACK))


def _at_least(sums: Sequence[int], needed: int, every: int) -> int:
    """Return the set of those whose sum is at least `needed`, of the set `every`."""
    if needed >> len(sums):
        return 0
    greater, equal = 0, every
    for level in reversed(range(len(sums))):
        if needed >> level & 1:
            equal &= sums[level]
        else:
            greater |= equal & sums[level]
            equal &= ~sums[level]
    return greater | equal


def _ones(bits: int, first: int) -> list[int]:
    """Return the places of the ones in a set whose lowest bit is at `first`."""
    digits = bin(bits)  # the highest first: turning all of them around would take longer
    last = first + len(digits) - 1
    found: list[int] = []
    at = digits.find("1", 2)
    while at >= 0:
        found.append(last - at)
        at = digits.find("1", at + 1)
    found.reverse()
    return found
