"""The translation memory of one language: what its catalogs already say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from bitext.carry import rough_key, rough_start
from bitext.model import is_paragraph_id
from bitext.near import Near, NearIndex
from bitext.po import Catalog, Entry
from bitext.settled import Settled

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

    read: Callable[[], Mapping[str, Sequence[Known]]]
    """Asked for `known` when a sentence first asks for a translation."""

    carry: Carry = field(default=lambda *_: None)
    near: float = 0
    """Similarity from which a sentence is near; 0 looks for none."""

    trusts_exact: bool = True
    """Whether the same English elsewhere, between other neighbours, means the same."""

    free: Collection[str] = frozenset()
    """The IDs of entries in use whose sentences are in their articles no more."""

    _near: dict[str, Near | None] = field(default_factory=dict)
    """What was looked for at once."""

    _by_key: dict[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """The English of each rough key, by what that starts with."""

    @cached_property
    def known(self) -> Mapping[str, Sequence[Known]]:
        """By English; no fuzzy ones, but of stale ones what they translate."""
        return self.read()

    @cached_property
    def _by_start(self) -> Mapping[str, Sequence[tuple[int, str]]]:
        """All English with its place in the order, by what its rough key starts with."""
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, text in enumerate(self.known):
            found[rough_start(text)].append((place, text))
        return found

    def _find_alike(self, text: str) -> Sequence[str]:
        """Return the English that may differ only mechanically, in order.

        A command that asks for few sentences needs few of the keys: one by one they take time.
        """
        key = _rough_key(text)
        start = key[:1]
        if start not in self._by_key:
            by_start = self._by_start
            places = {*by_start.get(start, ()), *by_start.get("", ())}
            found: defaultdict[str, list[str]] = defaultdict(list)
            for _, english in sorted(places):
                found[_rough_key(english)].append(english)
            self._by_key[start] = found
        return self._by_key[start].get(key, ())

    @cached_property
    def _index(self) -> NearIndex:
        return NearIndex(list(self.known))

    def propose(self, sentence: Sentence, home: str = "") -> Proposal | None:
        """Return what translates exactly this sentence, or can be made to without a person."""
        return self.find_exact(sentence, home) or self.find_mechanical(sentence.text)

    def find_home(self, texts: Iterable[str]) -> str:
        """Return the prefix of the article that most of these sentences just left; else empty."""
        free = self._free
        prefixes = (
            Counter(p for text in texts if text in free for p in free[text]) if free else None
        )
        return max(prefixes.items(), key=lambda item: (item[1], item[0]))[0] if prefixes else ""

    @cached_property
    def _free(self) -> Mapping[str, Collection[str]]:
        """The prefixes of the articles that each sentence just left."""
        if not self.free:
            return {}
        found: defaultdict[str, set[str]] = defaultdict(set)
        for text, all_known in self.known.items():
            for known in all_known:
                if known.is_free:
                    found[text].add(_prefix(known))
        return found

    def find_exact(self, sentence: Sentence, home: str = "") -> Proposal | None:
        """Return a translation of exactly this English: of the first kind that is unanimous.

        First those that just left their article, which were between the same neighbours or in
        the article `home`; then any between these neighbours; then any that just left its
        article; then any.
        """
        found = self.known.get(sentence.text, ())
        alike = [known for known in found if known.sentence == sentence]
        free = [known for known in found if known.is_free]
        groups = (
            (Match.CONTEXT, [known for known in alike if known.is_free]),
            (Match.MOVED, [known for known in free if _prefix(known) == home]),
            (Match.CONTEXT, alike),
            (Match.MOVED, free),
            (Match.EXACT, found),
        )
        for match, group in groups:
            if len({known.translation for known in group}) == 1:
                is_certain = match is not Match.EXACT or self.trusts_exact
                return Proposal(group[0].translation, group[0].id, is_certain, match)
        best = next(((match, group[0]) for match, group in groups if group), None)
        return Proposal(best[1].translation, best[1].id, False, best[0]) if best else None

    def find_mechanical(self, text: str) -> Proposal | None:
        """Return a translation made from one whose English differs only mechanically."""
        for english in self._find_alike(text):
            first = self.known[english][0]
            carried = self.carry(english, text, first.translation)
            if carried is not None:
                return Proposal(carried, first.id, True, Match.MECHANICAL, english)
        return None

    def look_ahead(self, texts: Collection[str]) -> None:
        """Look for the near ones of many sentences at once, which takes less time than one by one.

        Nothing is looked for that the memory has, or may make mechanically.
        """
        if self.near and len(texts) >= _MANY and self.known:
            new = [text for text in texts if text not in self.known and not self._find_alike(text)]
            self._near.update(self._index.find_all(new, least=self.near))

    def find_near(self, text: str) -> Proposal | None:
        """Return the translation of the most similar English."""
        if not self.near or not self.known:
            return None
        found = self._near[text] if text in self._near else self._index.find(text, least=self.near)
        if found is None:
            return None
        first = self.known[found[0]][0]
        return Proposal(first.translation, first.id, False, Match.NEAR, *found)

    def without_proposals(self) -> Memory:
        """Return a memory that proposes nothing, and carries as this one does."""
        return Memory(dict, self.carry)


EMPTY = Memory(dict)

_MANY = 64
"""Sentences from which they are looked for at once."""


def _prefix(known: Known) -> str:
    return known.id.partition("-")[0]


_rough_key = lru_cache(maxsize=200_000)(rough_key)
"""The English is the same for all languages."""


def make_memory(
    catalogs: Iterable[Catalog | Settled],
    *,
    carry: Carry = lambda *_: None,
    near: float = 0,
    trusts_exact: bool = True,
    free: Collection[str] = frozenset(),
    more: Callable[[], Iterable[Catalog]] = tuple,
) -> Memory:
    """Return the memory of `catalogs`, retired entries included, paragraph entries left out.

    `free` are the IDs of entries in use whose sentences are in their articles no more; a settled
    catalog has none. `more` is asked for other catalogs when a sentence asks for a translation.
    """
    held = tuple(catalogs)
    return Memory(lambda: _read_known([*held, *more()], free), carry, near, trusts_exact, free)


def _read_known(
    catalogs: Iterable[Catalog | Settled], free: Collection[str]
) -> Mapping[str, Sequence[Known]]:
    """Return what catalogs say, by English."""
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for catalog in catalogs:
        if isinstance(catalog, Settled):
            rows = zip(sentences(catalog.english), catalog.translations, catalog.ids, strict=True)
            for sentence, translation, identifier in rows:
                found[sentence.text].append(Known(sentence, translation, identifier))
            retired = catalog.retired
        else:
            single = [entry for entry in catalog.entries if not is_paragraph_id(entry.msgctxt)]
            live = [entry for entry in single if not entry.is_obsolete]
            for entry, sentence in zip(live, sentences([e.msgid for e in live]), strict=True):
                _add(found, entry, sentence, is_free=entry.msgctxt in free)
            retired = tuple(entry for entry in single if entry.is_obsolete)
        for entry in retired:
            _add(found, entry, Sentence(entry.msgid), is_free=False)
    return found


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
