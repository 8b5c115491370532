"""The translation memory of one language: what its catalogs already say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from bitext.carry import mechanical_key
from bitext.near import NearIndex
from bitext.po import Catalog, Entry

Carry = Callable[[str, str, str], str | None]
"""(old English, new English, translation of the old) → that of the new; None if not safe."""


class Match(StrEnum):
    """How a proposal was found; each kind before the next."""

    CONTEXT = "context"
    """The same English between the same neighbours."""

    MOVED = "moved"
    """The same English, which just left its own article."""

    EXACT = "exact"
    """The same English elsewhere."""

    MECHANICAL = "mechanical"
    """English that differs only in what a translator copies."""

    NEAR = "near"
    """Similar English."""


class Sentence(NamedTuple):
    """An English sentence and its neighbours; empty at the ends of an article."""

    text: str
    before: str = ""
    after: str = ""


class Known(NamedTuple):
    """One translation that a catalog has."""

    sentence: Sentence
    translation: str
    id: str
    """The ID of the entry that it comes from."""

    is_free: bool = False
    """Whether its sentence just left its article: it may stand elsewhere now."""


class Proposal(NamedTuple):
    """A translation that the memory has for a sentence."""

    translation: str
    id: str
    """The ID of the entry that it comes from."""

    is_certain: bool
    """Whether everything found alike is translated alike."""

    match: Match = Match.EXACT
    english: str = ""
    """What it translates; empty if it is the sentence itself."""

    score: float = 1
    """Similarity of `english` to the sentence, 0 to 1."""


@dataclass(frozen=True)
class Memory:
    """Translations by their English, in the order of the catalogs."""

    known: Mapping[str, Sequence[Known]]
    """By English; no fuzzy ones, but of stale ones what they translate."""

    carry: Carry = field(default=lambda *_: None)
    near: float = 0
    """Similarity from which a sentence is near; 0 looks for none."""

    trusts_exact: bool = True
    """Whether the same English elsewhere, between other neighbours, means the same."""

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, ...], Sequence[str]]:
        found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for text in self.known:
            found[_key(text)].append(text)
        return found

    @cached_property
    def _index(self) -> NearIndex:
        return NearIndex(list(self.known))

    def propose(self, sentence: Sentence) -> Proposal | None:
        """Return what translates exactly this sentence, or can be made to without a person."""
        return self.find_exact(sentence) or self.find_mechanical(sentence.text)

    def find_exact(self, sentence: Sentence) -> Proposal | None:
        """Return a translation of exactly this English: the best of those between its neighbours,

        else of those that just left their article, else of all.
        """
        found = self.known.get(sentence.text, ())
        alike = [known for known in found if known.sentence == sentence]
        free = [known for known in found if known.is_free]
        match = Match.CONTEXT if alike else Match.MOVED if free else Match.EXACT
        best = alike or free or found
        if not best:
            return None
        is_unanimous = len({known.translation for known in best}) == 1
        is_certain = is_unanimous and (match is not Match.EXACT or self.trusts_exact)
        return Proposal(best[0].translation, best[0].id, is_certain, match)

    def find_mechanical(self, text: str) -> Proposal | None:
        """Return a translation made from one whose English differs only mechanically."""
        for english in self._by_key.get(_key(text), ()) if self.known else ():
            first = self.known[english][0]
            carried = self.carry(english, text, first.translation)
            if carried is not None:
                return Proposal(carried, first.id, True, Match.MECHANICAL, english)
        return None

    def find_near(self, text: str) -> Proposal | None:
        """Return the translation of the most similar English."""
        found = self._index.find(text, least=self.near) if self.near and self.known else None
        if found is None:
            return None
        first = self.known[found[0]][0]
        return Proposal(first.translation, first.id, False, Match.NEAR, *found)


EMPTY = Memory({})

_key = lru_cache(maxsize=200_000)(mechanical_key)
"""The English is the same for all languages."""


def make_memory(
    catalogs: Iterable[Catalog],
    *,
    carry: Carry = lambda *_: None,
    near: float = 0,
    trusts_exact: bool = True,
    free: Collection[str] = frozenset(),
) -> Memory:
    """Return the memory of `catalogs`, retired entries included.

    `free` are the IDs of entries in use whose sentences are in their articles no more.
    """
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for catalog in catalogs:
        live = [entry for entry in catalog.entries if not entry.is_obsolete]
        for entry, sentence in zip(live, sentences([e.msgid for e in live]), strict=True):
            _add(found, entry, sentence, is_free=entry.msgctxt in free)
        for entry in catalog.entries:
            if entry.is_obsolete:
                _add(found, entry, Sentence(entry.msgid), is_free=False)
    return Memory(found, carry, near, trusts_exact)


def _add(
    found: Mapping[str, list[Known]], entry: Entry, sentence: Sentence, *, is_free: bool
) -> None:
    """Add what an entry says; a stale one says what its former English was."""
    if not entry.is_translated:
        return
    identifier = entry.msgctxt or ""
    if not entry.is_fuzzy:
        found[sentence.text].append(Known(sentence, entry.msgstr, identifier, is_free))
    elif entry.previous_msgid and entry.previous_msgctxt in (None, entry.msgctxt):
        former = sentence._replace(text=entry.previous_msgid)
        found[former.text].append(Known(former, entry.msgstr, identifier, is_free))


def sentences(texts: Sequence[str]) -> list[Sentence]:
    """Return the sentences of an article, each with its neighbours."""
    before, after = ["", *texts], [*texts[1:], ""]
    return [Sentence(*own) for own in zip(texts, before, after, strict=False)]
