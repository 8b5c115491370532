"""The translation memory of one language: what its catalogs already say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain, starmap
from typing import NamedTuple

from bitext.carry import rough_key, rough_start
from bitext.model import is_paragraph_id
from bitext.near import Near, NearIndex
from bitext.po import Catalog, Entry
from bitext.settled import Settled

Carry = Callable[[str, str, str], str | None]
"""(old English, new English, translation of the old) → that of the new; None if not safe."""

Wants = Callable[[str], bool]
"""Whether a translation of this English may be asked for."""


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

    parts: Callable[[], Iterable[Mapping[str, Sequence[Known]]]] | None = None
    """All that is known, part by part, if `known` only has what will be asked for.

    Something near is then proposed for what was looked for at once, and nothing else.
    """

    _near: dict[str, Proposal | None] = field(default_factory=dict)
    """What was found near."""

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
        return _near_index(tuple(self.known))

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
        if not self.near or not texts or (self.parts is None and len(texts) < _MANY):
            return
        has_other = self._find_alike if self.parts is None else self.find_mechanical
        new = [text for text in texts if text not in self.known and not has_other(text)]
        for index, known in self._find_parts():
            for text, near in index.find_all(new, least=self.near).items():
                own, best = _as_proposal(near, known), self._near.get(text)
                if best is None or (own is not None and _nearness(own) > _nearness(best)):
                    self._near[text] = own

    def _find_parts(self) -> Iterator[tuple[NearIndex, Mapping[str, Sequence[Known]]]]:
        """Yield all that is known, part by part, with what finds the near ones in it."""
        if self.parts is not None:
            yield from ((NearIndex(list(part)), part) for part in self.parts())
        elif self.known:
            yield self._index, self.known

    def find_near(self, text: str) -> Proposal | None:
        """Return the translation of the most similar English."""
        if text in self._near or not self.near or self.parts is not None or not self.known:
            return self._near.get(text)
        return _as_proposal(self._index.find(text, least=self.near), self.known)

    def without_proposals(self) -> Memory:
        """Return a memory that proposes nothing, and carries as this one does."""
        return Memory(dict, self.carry)


EMPTY = Memory(dict)

_MANY = 64
"""Sentences from which they are looked for at once."""


_PART = 50_000
"""Sentences that are looked through at once: an index of their words takes 60 MB."""


def _prefix(known: Known) -> str:
    return known.id.partition("-")[0]


def _as_proposal(near: Near | None, known: Mapping[str, Sequence[Known]]) -> Proposal | None:
    """Return the translation of English that was found near."""
    if near is None:
        return None
    first = known[near[0]][0]
    return Proposal(first.translation, first.id, False, Match.NEAR, *near)


def _nearness(proposal: Proposal) -> tuple[float, int]:
    """Return the order of what is found near: of equals the shortest is first."""
    return proposal.score, -len(proposal.english)


@lru_cache(maxsize=1)
def _near_index(texts: tuple[str, ...]) -> NearIndex:
    """Return the index of these: languages in which the same is translated share it."""
    return NearIndex(texts)


_rough_key = lru_cache(maxsize=65_536)(rough_key)
"""The English is the same for all languages."""


def make_memory(
    catalogs: Iterable[Catalog | Settled],
    *,
    carry: Carry = lambda *_: None,
    near: float = 0,
    trusts_exact: bool = True,
    free: Collection[str] = frozenset(),
    more: Callable[[], Iterable[Catalog]] = tuple,
    wants: Wants | None = None,
) -> Memory:
    """Return the memory of `catalogs`, retired entries included, paragraph entries left out.

    `free` are the IDs of entries in use whose sentences are in their articles no more; a settled
    catalog has none. `more` is asked for other catalogs when a sentence asks for a translation;
    `catalogs` are gone through only then too. With `wants` only what it wants is held, and they
    are gone through once more for what is near.
    """

    def find() -> Iterator[Catalog | Settled]:
        return chain(catalogs, more())

    return Memory(
        lambda: _by_english(find(), free, wants),
        carry,
        near,
        trusts_exact,
        free,
        parts=None if wants is None else lambda: _cut(find()),
    )


def _by_english(
    catalogs: Iterable[Catalog | Settled], free: Collection[str], wants: Wants | None
) -> Mapping[str, Sequence[Known]]:
    """Return what catalogs say, by English; with `wants` that, and what just left its article."""
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for known in chain.from_iterable(_find_known(catalog, free) for catalog in catalogs):
        if wants is None or known.is_free or wants(known.sentence.text):
            found[known.sentence.text].append(known)
    return found


def _cut(catalogs: Iterable[Catalog | Settled]) -> Iterator[Mapping[str, Sequence[Known]]]:
    """Yield the first translation of all English that catalogs have, in parts of one size."""
    part: dict[str, Sequence[Known]] = {}
    for catalog in catalogs:
        for known in _find_known(catalog, ()):
            part.setdefault(known.sentence.text, (known,))
        if len(part) >= _PART:
            yield part
            part = {}
    if part:
        yield part


def _find_known(catalog: Catalog | Settled, free: Collection[str]) -> Iterator[Known]:
    """Yield what a catalog says: what is in use before what is retired."""
    if isinstance(catalog, Settled):
        rows = zip(sentences(catalog.english), catalog.translations, catalog.ids, strict=True)
        yield from starmap(Known, rows)
        retired: Sequence[Entry] = catalog.retired
    else:
        single = [entry for entry in catalog.entries if not is_paragraph_id(entry.msgctxt)]
        live = [entry for entry in single if not entry.is_obsolete]
        for entry, sentence in zip(live, sentences([e.msgid for e in live]), strict=True):
            yield from _read(entry, sentence, is_free=entry.msgctxt in free)
        retired = [entry for entry in single if entry.is_obsolete]
    for entry in retired:
        yield from _read(entry, Sentence(entry.msgid), is_free=False)


def _read(entry: Entry, sentence: Sentence, *, is_free: bool) -> Iterator[Known]:
    """Yield what an entry says, if anything; a stale one says what its former English was."""
    if not entry.is_translated:
        return
    identifier = entry.msgctxt or ""
    if not entry.is_fuzzy:
        yield Known(sentence, entry.msgstr, identifier, is_free)
    elif entry.previous_msgid and entry.previous_msgctxt in (None, entry.msgctxt):
        former = sentence._replace(text=entry.previous_msgid)
        yield Known(former, entry.msgstr, identifier, is_free)


def sentences(texts: Sequence[str]) -> list[Sentence]:
    """Return the sentences of an article, each with its neighbours."""
    before, after = ["", *texts], [*texts[1:], ""]
    return [Sentence(*own) for own in zip(texts, before, after, strict=False)]
