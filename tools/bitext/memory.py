"""The translation memory of one language: what its catalogs already say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bitext.po import Catalog


class Proposal(NamedTuple):
    """A translation that the memory has for a sentence."""

    translation: str
    id: str
    """The ID of the entry that it comes from."""

    is_certain: bool
    """Whether every translation of this English in the memory is this one."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Translations by their English, in the order of the catalogs."""

    translations: Mapping[str, Mapping[str, str]]
    """English → translation → the ID of the first entry that has it; no fuzzy ones."""

    def find_exact(self, text: str) -> Proposal | None:
        """Return the first translation of exactly this English, or None."""
        found = self.translations.get(text)
        if not found:
            return None
        translation, identifier = next(iter(found.items()))
        return Proposal(translation, identifier, len(found) == 1)


EMPTY = Memory({})


def make_memory(catalogs: Iterable[Catalog]) -> Memory:
    """Return the memory of `catalogs`, retired entries included."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for catalog in catalogs:
        for entry in catalog.entries:
            if entry.msgstr and not entry.is_fuzzy:
                found[entry.msgid].setdefault(entry.msgstr, entry.msgctxt or "")
    return Memory(found)
