"""The sentences that an update will ask a memory for, known before it is read.

A memory of a large project fits nowhere; what a run asks of it does.
"""

from __future__ import annotations

from bitext.carry import rough_key, rough_start
from bitext.lazy import lazy
from bitext.memory import Match

_BITS = 1 << 25
"""Of a sieve: 4 MB. With a million texts in it, three in a hundred others seem to be too."""


class _Sieve:
    """A set of texts, in a space that does not grow: it seems to hold a few others too."""

    def __init__(self) -> None:
        self._bits = bytearray(_BITS // 8)

    def add(self, text: str) -> None:
        place = hash(text) % _BITS
        self._bits[place >> 3] |= 1 << (place & 7)

    def __contains__(self, text: str) -> bool:
        place = hash(text) % _BITS
        return bool(self._bits[place >> 3] >> (place & 7) & 1)


class Asked:
    """Sentences that are asked for; what seems wanted besides them is held in vain, no more."""

    def __init__(self) -> None:
        self.near: dict[str, None] = {}
        """Those for which something near is looked for at last, in order."""

        self._new: list[tuple[str, Match]] = []
        self._starts: set[str] = set()

    def add(self, text: str, furthest: Match) -> None:
        """Add a sentence that is asked for, up to this kind of match."""
        self._new.append((text, furthest))
        if furthest is Match.NEAR:
            self.near[text] = None

    def sift(self) -> None:
        """Let the sentences go that were added: what they want is known without them."""
        for text, furthest in self._new:
            is_exact = furthest is Match.EXACT
            key = text if is_exact else rough_key(text)
            (self._texts if is_exact else self._keys).add(key)
            self._starts.add(key[:1])
        self._new.clear()

    @lazy
    def _texts(self) -> _Sieve:
        """Those that are asked for exactly."""
        return _Sieve()

    @lazy
    def _keys(self) -> _Sieve:
        """The rough keys of all others."""
        return _Sieve()

    def __bool__(self) -> bool:
        return bool(self._new or self._starts)

    def wants(self, text: str) -> bool:
        """Tell whether a translation of this English may be one that is asked for."""
        if self._new:
            self.sift()
        if text in self._texts:
            return True
        start = rough_start(text)
        return (not start or start in self._starts) and rough_key(text) in self._keys
