"""One article in one language, as a page shows it: the value between catalogs and the build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bitext.characters import REPLACEMENT, is_readable, make_readable
from bitext.ledger import LedgerEntry, follow
from bitext.markdown.blocks import UNPARSED
from bitext.markdown.localize import LocalSegment
from bitext.markdown.segment_rule import BlockKey
from bitext.markdown.stray import find_markup
from bitext.memory import EMPTY, Memory, Sentence, sentences
from bitext.model import BlockKind, SegmentId, State, is_paragraph_id
from bitext.notes import find_engine, find_note
from bitext.places import make_comments
from bitext.po import Catalog, Entry
from bitext.segments import Article
from bitext.states import find_paragraphs, find_standings, speaks, state_of
from bitext.template import ledger_of
from bitext.update import Outcome, update_catalog

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
    wanted = _wanted(article, numbered, ledger.prefix)
    joined = _join([entry for entry in wanted if entry], catalogs, tag) if tag else ()
    entries = {entry.msgctxt or "": entry for entry in joined}
    segments: list[LocalSegment | None] = [
        _segment(own.msgctxt or "", entries, tag, stale=stale) if own else None for own in wanted
    ]
    paragraphs = _paragraphs(article, wanted, find_paragraphs(joined), stale=stale)
    complaints: dict[str, str] = {}
    segments = [segment and _make_safe(segment, entries, complaints) for segment in segments]
    for place, paragraph in paragraphs.items():
        first = segments[place] or LocalSegment("")
        segments[place] = replace(first, paragraph=_make_safe(paragraph, entries, complaints))
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
        asked=_asked(joined, catalogs.catalog),
    )


def _wanted(article: Article, numbered: Sequence[LedgerEntry], prefix: str) -> list[Entry | None]:
    """Return each sentence as a POT has it; None for one without an ID.

    The first with an ID in its run begins it, for whatever has none is not there yet.
    """
    found: list[Entry | None] = []
    entries = iter(numbered)
    for read in article.blocks:
        is_begun = False
        for follows in read.block.follows:
            number, text = next(entries)
            is_begun = is_begun and follows
            if number is None:
                found.append(None)
                continue
            comments = make_comments(read.block, is_continued=is_begun)
            identifier = str(SegmentId(prefix, number))
            found.append(Entry(msgid=text, msgctxt=identifier, extracted=comments))
            is_begun = True
    return found


def _join(wanted: Sequence[Entry], catalogs: Catalogs, tag: str) -> Sequence[Entry]:
    """Return the entries in use as `update` would leave them, paragraph entries too."""
    old = catalogs.catalog
    known = _by_id(old)
    has_paragraphs = old is not None and any(is_paragraph_id(e.msgctxt) for e in old.entries)
    if not has_paragraphs and all(_is_known(entry, known) for entry in wanted):
        return [known[entry.msgctxt] for entry in wanted]
    template = Catalog(Entry(msgid=""), tuple(wanted), "", "\n")
    if has_paragraphs:  # what they speak for needs no memory, which is every catalog there is
        updated = update_catalog(old, template, tag=tag, memory=EMPTY)
        entries = [entry for entry in updated.catalog.entries if not entry.is_obsolete]
        is_kept = all(outcome is Outcome.KEPT for outcome, _ in updated.outcomes)
        if is_kept and not _asked(entries, old):
            return entries
    updated = update_catalog(old, template, tag=tag, memory=catalogs.memory())
    return [entry for entry in updated.catalog.entries if not entry.is_obsolete]


def _asked(entries: Sequence[Entry], catalog: Catalog | None) -> frozenset[Sentence]:
    """Return the sentences for which the memory was asked."""
    known = _by_id(catalog)
    own = [one for one in find_standings(entries) if not is_paragraph_id(one.entry.msgctxt)]
    pairs = zip(sentences([one.entry.msgid for one in own]), own, strict=True)
    return frozenset(
        sentence
        for sentence, (entry, _, is_covered) in pairs
        if not is_covered and not _is_known(entry, known)
    )


def _by_id(catalog: Catalog | None) -> dict[str | None, Entry]:
    return {e.msgctxt: e for e in catalog.entries if not e.is_obsolete} if catalog else {}


def _is_known(wanted: Entry, known: Mapping[str | None, Entry]) -> bool:
    """Tell whether the catalog has exactly this sentence, translated: nothing is to be joined."""
    entry = known.get(wanted.msgctxt)
    return entry is not None and entry.msgid == wanted.msgid and entry.is_translated


def _segment(
    identifier: str, entries: Mapping[str, Entry], tag: str, *, stale: str
) -> LocalSegment:
    """Return one sentence as the page shows it."""
    if not tag:
        return LocalSegment(identifier, state=None)
    entry = entries.get(identifier)
    if entry is None or not _is_shown(entry, stale):
        return LocalSegment(identifier)
    origin = "machine" if find_engine(entry) else find_note(entry)
    return LocalSegment(identifier, entry.msgstr, state_of(entry), origin)


def _is_shown(entry: Entry, stale: str) -> bool:
    """Tell whether a page shows the translation of an entry."""
    is_doubted = state_of(entry) in (State.FUZZY, State.STALE)
    return speaks(entry) and not (is_doubted and stale == "source")


def _paragraphs(
    article: Article,
    wanted: Sequence[Entry | None],
    paragraphs: Mapping[str | None, Entry],
    *,
    stale: str,
) -> dict[int, LocalSegment]:
    """Return the paragraph entries that the page shows, by the place of their first sentence.

    One whose run has a sentence without an ID, for the POT is behind, is stale.
    """
    found: dict[int, LocalSegment] = {}
    follows = [own for read in article.blocks for own in read.block.follows]
    starts = [place for place, own in enumerate(follows) if not own]
    for start, end in pairwise([*starts, len(follows)]):
        first = next(filter(None, wanted[start:end]), None)
        entry = paragraphs.get(first.msgctxt) if first else None
        if entry is not None and None in wanted[start:end] and not entry.is_fuzzy:
            entry = replace(entry, flags=("fuzzy",), previous_msgid=entry.msgid)
        if entry is not None and _is_shown(entry, stale):
            found[start] = LocalSegment(
                entry.msgctxt or "",
                entry.msgstr,
                state_of(entry),
                find_note(entry),
                joined=end - start,
            )
    return found


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


def are_safe(translations: Sequence[str]) -> bool:
    """Tell whether a page may hold all translations as they are, whatever their English is."""
    text = " ".join(translations)
    return (
        is_readable(text)
        and text.count("[") <= _MOST_BRACKETS
        and max(map(len, translations), default=0) <= _MOST_LENGTH
    )


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
        elif any(segment.translation or segment.paragraph for segment in own):
            joined = _join_texts(own, read.block.segments)
            if read.block.kind is BlockKind.FRONT_MATTER:
                matter[read.block.label, read.key.text] = joined
            else:
                strings[read.key.text] = joined
    return blocks, strings, matter


def _join_texts(segments: Sequence[LocalSegment], texts: Sequence[str]) -> str:
    """Return the translation of a text that is not parsed; English where there is none."""
    if segments[0].paragraph:
        return segments[0].paragraph.translation
    pairs = zip(segments, texts, strict=True)
    return " ".join(segment.translation or text for segment, text in pairs)
