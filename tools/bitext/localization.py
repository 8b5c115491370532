"""One article in one language, as a page shows it: the value between catalogs and the build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bitext.characters import REPLACEMENT, make_readable
from bitext.ledger import LedgerEntry, follow
from bitext.markdown.blocks import UNPARSED
from bitext.markdown.localize import LocalSegment
from bitext.markdown.segment_rule import BlockKey
from bitext.markdown.stray import find_markup
from bitext.memory import EMPTY, Memory, Sentence, sentences
from bitext.model import BlockKind, SegmentId, State
from bitext.po import Catalog, Entry
from bitext.segments import Article
from bitext.template import ledger_of
from bitext.update import is_proposal, state_of, update_catalog

_MOST_LENGTH = 2_000
_MOST_GROWTH = 10
"""A longer translation, in code points, is not parsed: its markup might take minutes."""

_MOST_BRACKETS = 200
"""With more brackets than its English and these, likewise: links are looked for from each."""


@dataclass(frozen=True, slots=True)
class Localization:
    """What the build asks about an article's sentences."""

    blocks: Mapping[BlockKey, Sequence[LocalSegment]] = field(default_factory=dict)
    """The sentences of each block that the inline parser sees."""

    strings: Mapping[str, str] = field(default_factory=dict)
    """Translations of texts that it does not see: toctree titles, alt text."""

    front_matter: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Translations of the front matter's values, by key and text: a title may be a keyword too."""

    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each entry in the PO file, by segment ID."""

    complaints: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with translations wherever they stand, by segment ID."""

    unknown: int = 0
    """Sentences that have no ID, for the POT is behind."""

    asked: frozenset[Sentence] = frozenset()
    """Sentences that this page would take from the memory, had it a translation."""


@dataclass(frozen=True, slots=True)
class Catalogs:
    """What is known of one article, read."""

    template: Catalog | None
    """Its POT; None if it has none."""

    catalog: Catalog | None = None
    """Its PO; None if it has none, and for the source language."""

    memory: Callable[[], Memory] = lambda: EMPTY
    """What all catalogs of the language say; asked only for sentences that have no entry."""


def localize(article: Article, catalogs: Catalogs, *, tag: str, stale: str) -> Localization:
    """Return an article's sentences in the language `tag`; empty `tag` is the source language.

    Sentences are matched with the POT in memory, as `gettext` and `update` would; nothing is
    issued. `stale` says what is shown of a translation whose English changed: `show` or `source`.
    """
    if catalogs.template is None:
        return Localization(unknown=len(article.texts))
    ledger = ledger_of(catalogs.template)
    numbered = follow(ledger, article.texts)
    entries = _join(numbered, ledger.prefix, catalogs, tag) if tag else {}
    segments = [_segment(entry, ledger.prefix, entries, tag=tag, stale=stale) for entry in numbered]
    complaints: dict[str, str] = {}
    segments = [segment and _make_safe(segment, entries, complaints) for segment in segments]
    blocks, strings, matter = _by_block(article, segments)
    complaints = {**dict(_find_markup(article, segments)), **complaints}
    return Localization(
        blocks=blocks,
        strings=strings,
        front_matter=matter,
        lines={
            identifier: entry.msgstr_line or entry.line for identifier, entry in entries.items()
        },
        complaints=complaints,
        unknown=sum(entry.number is None for entry in numbered),
        asked=_asked(entries, catalogs.catalog),
    )


def _join(
    numbered: Sequence[LedgerEntry], prefix: str, catalogs: Catalogs, tag: str
) -> dict[str, Entry]:
    """Return the entry of each sentence as `update` would leave it, by ID."""
    wanted = tuple(
        Entry(msgid=entry.text, msgctxt=str(SegmentId(prefix, entry.number)))
        for entry in numbered
        if entry.number is not None
    )
    known = _by_id(catalogs.catalog)
    if all(_is_known(entry, known) for entry in wanted):
        return {entry.msgctxt or "": known[entry.msgctxt] for entry in wanted}
    template = Catalog(Entry(msgid=""), wanted, "", "\n")
    updated = update_catalog(catalogs.catalog, template, tag=tag, memory=catalogs.memory())
    return {
        entry.msgctxt or "": entry for entry in updated.catalog.entries if not entry.is_obsolete
    }


def _asked(entries: Mapping[str, Entry], catalog: Catalog | None) -> frozenset[Sentence]:
    """Return the sentences for which the memory was asked."""
    known = _by_id(catalog)
    texts = sentences([entry.msgid for entry in entries.values()])
    pairs = zip(texts, entries.values(), strict=True)
    return frozenset(sentence for sentence, entry in pairs if not _is_known(entry, known))


def _by_id(catalog: Catalog | None) -> dict[str | None, Entry]:
    return {e.msgctxt: e for e in catalog.entries if not e.is_obsolete} if catalog else {}


def _is_known(wanted: Entry, known: Mapping[str | None, Entry]) -> bool:
    """Tell whether the catalog has exactly this sentence, translated: nothing is to be joined."""
    entry = known.get(wanted.msgctxt)
    return entry is not None and entry.msgid == wanted.msgid and entry.is_translated


def _segment(
    numbered: LedgerEntry, prefix: str, entries: Mapping[str, Entry], *, tag: str, stale: str
) -> LocalSegment | None:
    """Return one sentence as the page shows it; None for one without an ID."""
    if numbered.number is None:
        return None
    identifier = str(SegmentId(prefix, numbered.number))
    entry = entries.get(identifier)
    if not tag:
        return LocalSegment(identifier, state=None)
    if entry is None or is_proposal(entry):
        return LocalSegment(identifier)
    state = state_of(entry)
    is_hidden = state in (State.FUZZY, State.STALE) and stale == "source"
    if state is State.UNTRANSLATED or is_hidden:
        return LocalSegment(identifier)
    return LocalSegment(identifier, entry.msgstr, state)


def _make_safe(
    segment: LocalSegment, entries: Mapping[str, Entry], complaints: dict[str, str]
) -> LocalSegment:
    """Return the sentence without what no page may hold; add to `complaints` if there was any."""
    if not segment.translation:
        return segment
    english = entries[segment.id].msgid
    readable = make_readable(segment.translation, english)
    is_literal = len(segment.translation) > _MOST_LENGTH + _MOST_GROWTH * len(english)
    if is_literal:
        message = f"its translation has {len(readable.text)} characters, its English {len(english)}"
        complaints[segment.id] = f"{message}; it is shown as text"
    elif segment.translation.count("[") > _MOST_BRACKETS + english.count("["):
        is_literal = True
        complaints[segment.id] = "its translation has too many '['; it is shown as text"
    elif readable.lost:
        message = f"its translation uses the character {readable.lost}, its English does not"
        complaints[segment.id] = f"{message}; {REPLACEMENT} stands for it"
    else:
        return segment
    return replace(segment, translation=readable.text, is_literal=is_literal)


def _find_markup(
    article: Article, segments: Sequence[LocalSegment | None]
) -> Iterator[tuple[str, str]]:
    """Yield (ID, what is wrong) for markup in the texts that are no Markdown."""
    texts = ((read.key, text) for read in article.blocks for text in read.block.segments)
    for (key, english), segment in zip(texts, segments, strict=True):
        if key.ordinal != UNPARSED or not segment or not segment.translation:
            continue
        if segment.is_literal or segment.state is State.STALE:
            continue
        markup = find_markup(segment.translation.strip(), english)
        if markup:
            message = f"its translation uses {markup}, its English does not"
            yield segment.id, f"{message}; it is shown as text"


def _by_block(
    article: Article, segments: Sequence[LocalSegment | None]
) -> tuple[dict[BlockKey, Sequence[LocalSegment]], dict[str, str], dict[tuple[str, str], str]]:
    """Return the sentences by block, and the translations of the texts that are not parsed."""
    matter: dict[tuple[str, str], str] = {}
    blocks: dict[BlockKey, Sequence[LocalSegment]] = {}
    strings: dict[str, str] = {}
    iterator: Iterator[LocalSegment | None] = iter(segments)
    for read in article.blocks:
        own = [next(iterator) or LocalSegment("") for _ in read.block.segments]
        if read.key.ordinal != UNPARSED:
            blocks[read.key] = own
        elif any(segment.translation for segment in own):
            texts = zip(own, read.block.segments, strict=True)
            joined = " ".join(segment.translation or text for segment, text in texts)
            if read.block.kind is BlockKind.FRONT_MATTER:
                matter[read.block.label, read.key.text] = joined
            else:
                strings[read.key.text] = joined
    return blocks, strings, matter
