"""What becomes of each message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bitext.adoption.drafts import (
    fill,
    is_taken,
    make_draft,
    sayings,
    says,
)
from bitext.adoption.placing import PlacedBlock
from bitext.alignment import Pair, align
from bitext.foreign import Message
from bitext.ledger import align as align_texts
from bitext.markdown.cutting import Cutting, PieceKind, join_lines
from bitext.paragraphs import make_paragraph, new_id
from bitext.po import Catalog, Entry
from bitext.states import speaks

Cut = Callable[[str], Cutting]
"""Inline Markdown → its pieces."""


class Fate(StrEnum):
    """What became of a message."""

    WHOLE = "one sentence"
    CUT = "cut into sentences"
    UNSURE = "cut into sentences, to be reviewed"
    STALE = "of former English, to be reviewed"
    JOINED = "kept as a paragraph entry"
    KNOWN = "known already"
    OTHER = "translated otherwise here, kept for the memory"
    RETIRED = "in no article, kept for the memory"


_ORDER = (
    *(Fate.RETIRED, Fate.OTHER, Fate.STALE, Fate.UNSURE),
    *(Fate.JOINED, Fate.CUT, Fate.WHOLE, Fate.KNOWN),
)
"""Of what becomes of a message in several places, the first of these is told."""


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message and where it is from."""

    path: str
    """The foreign file, as messages show it."""

    article: str
    """The article that its file is named after, or that it names; empty if none is."""

    message: Message


@dataclass(frozen=True, slots=True)
class Adopted:
    """A language's catalogs with what was taken in."""

    catalogs: Mapping[str, Catalog]
    """By article; only those that changed."""

    fates: tuple[tuple[FoundMessage, Fate], ...]
    """In the order of the messages."""


def adopt(
    messages: Sequence[FoundMessage],
    blocks: Sequence[PlacedBlock],
    catalogs: Mapping[str, Catalog],
    *,
    cut: Cut,
    cut_translation: Cut,
) -> Adopted:
    """Return what `catalogs`, as `update` would leave them, are with `messages` taken in.

    Every article of a block has a catalog. `cut` cuts English, and `cut_translation` the
    language wherever it may be cut.
    """
    adoption = _Adoption(catalogs, cut, cut_translation)
    wanted: dict[str, list[FoundMessage]] = {}
    proposed: dict[str, list[FoundMessage]] = {}
    for found in messages:
        wanted.setdefault(_key(found.message.english), []).append(found)
        proposed.setdefault(_key(found.message.proposed_for), []).append(found)
    for block in blocks:
        key = _key(block.cutting.text)
        if chosen := _choose(wanted.get(key, ()), block.article):
            adoption.place(chosen, block)
        elif chosen := _choose(proposed.get(key, ()), block.article):
            adoption.place_former(chosen, block)
    for found in messages:
        if id(found) not in adoption.fates:
            adoption.keep(found, Fate.RETIRED)
    drafts = {path: draft.finish() for path, draft in adoption.drafts.items()}
    changed = {path: catalog for path, catalog in drafts.items() if catalog != catalogs[path]}
    fates = tuple((found, adoption.fates[id(found)]) for found in messages)
    return Adopted(changed, fates)


def _key(text: str) -> str:
    """Return what two texts share that differ in white space only."""
    return " ".join(text.split())


def _choose(candidates: Sequence[FoundMessage], article: str) -> FoundMessage | None:
    """Return the best of several translations of a paragraph for one article."""

    def rank(found: FoundMessage) -> tuple[bool, bool, bool]:
        message = found.message
        return message.is_fuzzy, message.is_obsolete, found.article != article

    return min(candidates, key=rank, default=None)


class _Adoption:
    """Messages being taken in."""

    def __init__(self, catalogs: Mapping[str, Catalog], cut: Cut, cut_translation: Cut) -> None:
        self.drafts = {path: make_draft(catalog) for path, catalog in catalogs.items()}
        self.fates: dict[int, Fate] = {}
        self._cut = cut
        self._cut_translation = cut_translation
        self._known = {pair for catalog in catalogs.values() for pair in sayings(catalog)}

    def place(self, found: FoundMessage, block: PlacedBlock) -> None:
        """Take a message in where an article has its English."""
        message = found.message
        pairs = align(block.cutting, self._cut_translation(message.translation))
        fate = self._fill(message, block, pairs) if pairs else self._join(message, block)
        if fate is Fate.OTHER:
            self.keep(found, fate)
        self._tell(found, fate)

    def place_former(self, found: FoundMessage, block: PlacedBlock) -> None:
        """Take in the translation of what an article said before its block was edited.

        A sentence that is as it was has its translation, and one that was edited a stale one.
        """
        message = found.message
        draft = self.drafts[block.article]
        former = align(self._cut(message.english), self._cut_translation(message.translation))
        if not former or draft.paragraph_of(block):
            return
        matched = align_texts([pair.english for pair in former], [e.msgid for e in block.entries])
        for entry, place in zip(block.entries, matched, strict=True):
            own = draft.by_id[entry.msgctxt]
            if place is None or speaks(own):
                continue
            pair = former[place]
            is_edited = pair.english != entry.msgid
            filled = fill(own, pair, () if place else message.comments, is_fuzzy=is_edited)
            draft.by_id[entry.msgctxt] = (
                replace(filled, previous_msgid=pair.english) if is_edited else filled
            )
            self._known.add(pair[:2])
            self._tell(found, Fate.STALE)
        if id(found) in self.fates:
            self.keep(found, Fate.STALE)

    def _tell(self, found: FoundMessage, fate: Fate) -> None:
        known = self.fates.get(id(found), fate)
        self.fates[id(found)] = min(known, fate, key=_ORDER.index)

    def _fill(self, message: Message, block: PlacedBlock, pairs: Sequence[Pair]) -> Fate:
        """Give a block's sentences their translations; those that have others keep them."""
        draft = self.drafts[block.article]
        own = [draft.by_id[entry.msgctxt] for entry in block.entries]
        if all(says(entry, pair.translation) for entry, pair in zip(own, pairs, strict=True)):
            return Fate.KNOWN
        if draft.paragraph_of(block):
            return Fate.OTHER
        for place, (entry, pair) in enumerate(zip(own, pairs, strict=True)):
            if not speaks(entry):
                comments = message.comments if not place else ()
                filled = fill(entry, pair, comments, is_fuzzy=message.is_fuzzy)
                draft.by_id[entry.msgctxt] = filled
        if any(map(is_taken, own, pairs)):
            return Fate.OTHER
        if not all(pair.is_sure for pair in pairs):
            return Fate.UNSURE
        return Fate.CUT if len(pairs) > 1 else Fate.WHOLE

    def _join(self, message: Message, block: PlacedBlock) -> Fate:
        """Make a paragraph entry of a message that cannot be cut, if its block can have one."""
        draft = self.drafts[block.article]
        translation = join_lines(message.translation).strip()
        run = draft.runs.get(block.entries[0].msgctxt)
        kinds = {piece.kind for piece in block.cutting.pieces}
        if (
            run is None
            or not run.can_join
            or [entry.msgctxt for entry in run.entries] != [e.msgctxt for e in block.entries]
            or not kinds <= {PieceKind.SEGMENT, PieceKind.GAP}
        ):
            return Fate.OTHER
        first = block.entries[0].msgctxt
        known = draft.paragraph_of(block)
        if known is not None:
            return Fate.KNOWN if says(known, translation) else Fate.OTHER
        if any(speaks(draft.by_id[entry.msgctxt]) for entry in block.entries):
            return Fate.OTHER
        entry = make_paragraph(run, new_id(run, draft.catalog.entries))
        pair = Pair(run.english, translation)
        draft.paragraphs[first] = fill(entry, pair, message.comments, is_fuzzy=message.is_fuzzy)
        return Fate.JOINED

    def keep(self, found: FoundMessage, fate: Fate) -> None:
        """Keep a message among the retired entries, where the memory finds it."""
        message = found.message
        cutting = self._cut(message.english)
        pairs = align(cutting, self._cut_translation(message.translation))
        whole = Pair(_key(message.english), join_lines(message.translation).strip())
        new = [pair for pair in pairs or (whole,) if pair[:2] not in self._known]
        draft = self.drafts.get(found.article) or next(iter(self.drafts.values()), None)
        for place, pair in enumerate(new if draft else ()):
            self._known.add(pair[:2])
            comments = message.comments if not place else ()
            entry = Entry(pair.english, is_obsolete=True)
            retired = fill(entry, pair, comments, is_fuzzy=message.is_fuzzy)
            if draft:
                draft.retired.append(retired)
        is_told = new or fate is not Fate.RETIRED
        self._tell(found, fate if is_told else Fate.KNOWN)
