"""What was found in translations before, so that none is looked at twice.

A translation is known by a hash of itself and its English; what checks find depends on nothing
else but the language, the settings and the code, and whoever stores it answers for these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b

Told = tuple[str, str]
"""The ID of a check, and what it says."""

_BYTES = 8
"""Of a hash: among a million translations two are alike once in a hundred thousand times."""

_CLEAN, _DIRTY = "clean", "dirty"
"""Under what is stored the hashes of translations without findings, and those with them."""


class Known:
    """What checks found in each translation of a language, by its hash."""

    def __init__(self, found: Mapping[str, Sequence[Told]] | None = None) -> None:
        self._before = found or {}
        self._met: dict[str, Sequence[Told]] = {}
        self._told: dict[tuple[str, str, str], Sequence[Told]] = {}

    @property
    def is_changed(self) -> bool:
        """Whether the translations that were asked for are others than those known before."""
        return self._met.keys() != self._before.keys()

    def find(
        self,
        english: str,
        translation: str,
        look: Callable[[], Iterable[Told]],
        *,
        context: str = "",
    ) -> Sequence[Told]:
        """Return what is found in a translation; `look` is called if that is not known.

        `context` is what else decides it.
        """
        own = (english, translation, context)
        found = self._told.get(own)
        if found is None:
            key = _hash(english, f"{translation}\0{context}" if context else translation)
            found = self._before.get(key)
            self._told[own] = self._met[key] = found = tuple(look()) if found is None else found
        return found

    def serialize(self) -> dict[str, str]:
        """Return what `parse_known` reads: of those only that were asked for."""
        clean = "".join(sorted(key for key, found in self._met.items() if not found))
        dirty = {key: found for key, found in sorted(self._met.items()) if found}
        return {_CLEAN: clean, _DIRTY: json.dumps(dirty)}


def parse_known(entries: Mapping[str, str]) -> Known:
    """Return what `Known.serialize` wrote; nothing is known if that is broken."""
    width = 2 * _BYTES
    clean = entries.get(_CLEAN, "")
    found: dict[str, Sequence[Told]] = {
        clean[place : place + width]: () for place in range(0, len(clean), width)
    }
    try:
        for key, told in json.loads(entries.get(_DIRTY, "{}")).items():
            found[str(key)] = tuple((str(check), str(said)) for check, said in told)
    except (ValueError, TypeError, AttributeError):
        return Known()
    return Known(found)


def _hash(english: str, translation: str) -> str:
    both = f"{len(english)} {english}{translation}".encode(errors="surrogatepass")
    return blake2b(both, digest_size=_BYTES).hexdigest()
