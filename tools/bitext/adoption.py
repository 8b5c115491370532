"""Take messages of foreign catalogs, whole paragraphs, into a language's catalogs of sentences.

A paragraph that an article has is aligned with its sentences, or kept as a paragraph entry. One
that no article has is kept among the retired entries, cut if it can be, so that the memory has
its sentences. No translation that the project has is replaced, and none of theirs is lost.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from bitext.alignment import Pair, align
from bitext.foreign import Message
from bitext.markdown.blocks import UNPARSED, Grammar, ReadBlock
from bitext.markdown.cutting import Cutting, Piece, PieceKind, Shape, cut_block, join_lines
from bitext.merge import unite_duplicates
from bitext.model import is_paragraph_id
from bitext.notes import drop_false_notes
from bitext.paragraphs import Run, find_runs, make_paragraph, new_id
from bitext.po import Catalog, Entry
from bitext.po.escapes import unescape
from bitext.segments import Article
from bitext.states import is_proposal
from bitext.threeway import OTHER

Cut = Callable[[str], Cutting]
"""Inline Markdown → its pieces."""


class Fate(StrEnum):
    """What became of a message."""

    WHOLE = "one sentence"
    CUT = "cut into sentences"
    UNSURE = "cut into sentences, to be reviewed"
    JOINED = "kept as a paragraph entry"
    KNOWN = "known already"
    OTHER = "translated otherwise here, kept for the memory"
    RETIRED = "in no article, kept for the memory"


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message and where it is from."""

    path: str
    """The foreign file, as messages show it."""

    article: str
    """The article that its file is named after, or that it names; empty if none is."""

    message: Message


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block of an article with the entries of its sentences."""

    article: str
    cutting: Cutting
    entries: tuple[Entry, ...]
    """Those of the POT."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A language's catalogs with what was taken in."""

    catalogs: Mapping[str, Catalog]
    """By article; only those that changed."""

    fates: tuple[tuple[FoundMessage, Fate], ...]
    """In the order of the messages."""


@dataclass(slots=True)
class _Draft:
    """A catalog while messages are taken in."""

    catalog: Catalog
    by_id: dict[str | None, Entry]
    paragraphs: dict[str | None, Entry] = field(default_factory=dict)
    """New paragraph entries, by the ID of the sentence that each stands before."""

    retired: list[Entry] = field(default_factory=list)

    def finish(self) -> Catalog:
        """Return the catalog; untouched entries keep their bytes."""
        entries: list[Entry] = []
        for entry in self.catalog.entries:
            if entry.is_obsolete:
                entries.append(entry)
                continue
            if entry.msgctxt in self.paragraphs:
                entries.append(self.paragraphs[entry.msgctxt])
            entries.append(self.by_id[entry.msgctxt])
        united = unite_duplicates([*entries, *self.retired])
        return replace(self.catalog, entries=tuple(united))


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
    for found in messages:
        wanted.setdefault(_key(found.message.english), []).append(found)
    for block in blocks:
        chosen = _choose(wanted.get(_key(block.cutting.text), ()), block.article)
        if chosen is not None:
            adoption.place(chosen, block)
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


_ORDER = (Fate.RETIRED, Fate.OTHER, Fate.UNSURE, Fate.JOINED, Fate.CUT, Fate.WHOLE, Fate.KNOWN)
"""Of what becomes of a message in several places, the first of these is told."""


class _Adoption:
    """Messages being taken in."""

    def __init__(self, catalogs: Mapping[str, Catalog], cut: Cut, cut_translation: Cut) -> None:
        self.drafts = {path: _draft(catalog) for path, catalog in catalogs.items()}
        self.fates: dict[int, Fate] = {}
        self._cut = cut
        self._cut_translation = cut_translation
        self._known = {pair for catalog in catalogs.values() for pair in _sayings(catalog)}
        self._runs = {path: _runs_of(draft.catalog) for path, draft in self.drafts.items()}

    def place(self, found: FoundMessage, block: PlacedBlock) -> None:
        """Take a message in where an article has its English."""
        message = found.message
        pairs = align(block.cutting, self._cut_translation(message.translation))
        fate = self._fill(message, block, pairs) if pairs else self._join(message, block)
        if fate is Fate.OTHER:
            self.keep(found, fate)
        self._tell(found, fate)

    def _tell(self, found: FoundMessage, fate: Fate) -> None:
        known = self.fates.get(id(found), fate)
        self.fates[id(found)] = min(known, fate, key=_ORDER.index)

    def _fill(self, message: Message, block: PlacedBlock, pairs: Sequence[Pair]) -> Fate:
        """Give a block's sentences their translations; those that have others keep them."""
        draft = self.drafts[block.article]
        own = [draft.by_id[entry.msgctxt] for entry in block.entries]
        if all(_says(entry, pair.translation) for entry, pair in zip(own, pairs, strict=True)):
            return Fate.KNOWN
        if self._is_joined(block):
            return Fate.OTHER
        for place, (entry, pair) in enumerate(zip(own, pairs, strict=True)):
            if not _is_translated(entry):
                comments = message.comments if not place else ()
                filled = _fill(entry, pair, comments, is_fuzzy=message.is_fuzzy)
                draft.by_id[entry.msgctxt] = filled
        if any(map(_is_taken, own, pairs)):
            return Fate.OTHER
        if not all(pair.is_sure for pair in pairs):
            return Fate.UNSURE
        return Fate.CUT if len(pairs) > 1 else Fate.WHOLE

    def _is_joined(self, block: PlacedBlock) -> bool:
        """Tell whether a paragraph entry speaks for a block."""
        draft = self.drafts[block.article]
        first = block.entries[0].msgctxt
        return first in draft.paragraphs or first in self._runs[block.article].joined

    def _join(self, message: Message, block: PlacedBlock) -> Fate:
        """Make a paragraph entry of a message that cannot be cut, if its block can have one."""
        draft = self.drafts[block.article]
        runs = self._runs[block.article]
        translation = join_lines(message.translation).strip()
        run = runs.by_place.get(block.entries[0].msgctxt)
        kinds = {piece.kind for piece in block.cutting.pieces}
        if (
            run is None
            or not run.can_join
            or [entry.msgctxt for entry in run.entries] != [e.msgctxt for e in block.entries]
            or not kinds <= {PieceKind.SEGMENT, PieceKind.GAP}
        ):
            return Fate.OTHER
        first = block.entries[0].msgctxt
        if self._is_joined(block):
            known = draft.paragraphs.get(first) or runs.joined[first]
            return Fate.KNOWN if _says(known, translation) else Fate.OTHER
        if any(_is_translated(draft.by_id[entry.msgctxt]) for entry in block.entries):
            return Fate.OTHER
        entry = make_paragraph(run, new_id(run, draft.catalog.entries))
        pair = Pair(run.english, translation)
        draft.paragraphs[first] = _fill(entry, pair, message.comments, is_fuzzy=message.is_fuzzy)
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
            retired = _fill(entry, pair, comments, is_fuzzy=message.is_fuzzy)
            if draft:
                draft.retired.append(retired)
        self._tell(found, fate if new or fate is Fate.OTHER else Fate.KNOWN)


class _RunsOf(NamedTuple):
    """What can be joined in a catalog, and what is."""

    by_place: Mapping[str | None, Run]
    """By the ID of its first sentence."""

    joined: Mapping[str | None, Entry]
    """The paragraph entries in use, by the ID of the sentence that each stands before."""


def _runs_of(catalog: Catalog) -> _RunsOf:
    in_use = [entry for entry in catalog.entries if not entry.is_obsolete]
    sentences = [entry for entry in in_use if not is_paragraph_id(entry.msgctxt)]
    joined = {
        after.msgctxt: entry
        for entry, after in itertools.pairwise(in_use)
        if is_paragraph_id(entry.msgctxt)
    }
    return _RunsOf({run.entries[0].msgctxt: run for run in find_runs(sentences)}, joined)


def _draft(catalog: Catalog) -> _Draft:
    return _Draft(catalog, {e.msgctxt: e for e in catalog.entries if not e.is_obsolete})


def _sayings(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield what a catalog says, retired entries and what was left of merges included."""
    for entry in catalog.entries:
        for translation in (entry.msgstr, *_others(entry)):
            yield entry.msgid, translation
            yield entry.previous_msgid or entry.msgid, translation


def _others(entry: Entry) -> Iterator[str]:
    """Yield the translations that comments keep: each is what a merge could not decide on."""
    kept = (comment for comment in entry.comments if comment.startswith(OTHER))
    return (unescape(comment.removeprefix(OTHER)) for comment in kept)


def _says(entry: Entry, translation: str) -> bool:
    return entry.msgstr == translation and not is_proposal(entry)


def _is_translated(entry: Entry) -> bool:
    return entry.is_translated and not is_proposal(entry)


def _is_taken(entry: Entry, pair: Pair) -> bool:
    """Tell whether an entry has a translation of its own, and another one."""
    return _is_translated(entry) and entry.msgstr != pair.translation


def _fill(entry: Entry, pair: Pair, comments: Sequence[str], *, is_fuzzy: bool) -> Entry:
    """Return an entry with a translation."""
    new = tuple(comment for comment in comments if comment not in entry.comments)
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    filled = replace(
        entry,
        msgstr=pair.translation,
        comments=(*entry.comments, *new),
        flags=flags if pair.is_sure and not is_fuzzy else ("fuzzy", *flags),
        previous_msgctxt=None,
        previous_msgid=None,
        raw=None,
    )
    return drop_false_notes(filled)


def find_placed(article: Article, template: Catalog, grammar: Grammar) -> Iterator[PlacedBlock]:
    """Yield the blocks of an article, each with the entries of its sentences in its POT.

    Those that are cut by what stands around them, as in HTML, are left out.
    """
    own = article.parsed.config
    parser = grammar.parser if own is grammar.config else grammar.make_parser(own)
    place = 0
    for read in article.blocks:
        count = len(read.block.segments)
        entries = template.entries[place : place + count]
        cutting = _recut(read) or cut_block(
            read.block.text, parser, article.parsed.env, grammar.find_cuts
        )
        if cutting.segments == tuple(entry.msgid for entry in entries):
            yield PlacedBlock(article.path, cutting, entries)
        place += count


def _recut(read: ReadBlock) -> Cutting | None:
    """Return the cutting of a block that is no Markdown, and one sentence."""
    if read.key.ordinal != UNPARSED or len(read.block.segments) > 1:
        return None
    return Cutting(read.block.text, Shape.TEXT, (Piece(PieceKind.SEGMENT, read.block.text),))
