"""What the entries in use make of an article's sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bitext.bilingual.losses import Parse
from bitext.bilingual.numbers import paragraph_numbers
from bitext.bilingual.published import find_note
from bitext.bilingual.spaces import join_source, leading_space
from bitext.markdown.learn.tables import write_in_cell
from bitext.markdown.spans import Located, Span
from bitext.model import BlockKind, SegmentId
from bitext.paragraphs import find_runs
from bitext.places import is_continued
from bitext.po import Catalog, Entry
from bitext.segments import Article
from bitext.states import find_paragraphs, speaks


@dataclass(frozen=True, slots=True)
class Options:
    """How an article is written."""

    is_side_by_side: bool = True
    has_own_ids: bool = False
    """Whether IDs are the ledger's, and not those that were published."""

    parse: Parse | None = None
    """Given if the losses of the published pipeline are made: what inline Markdown means."""

    respells: bool = True
    """Whether the front matter is written anew and blank lines below it go, as the format has it:
    not for an article that was rebuilt from a published file."""

    shows_stale: bool = True
    """Whether a translation of former English is written."""

    is_learn: bool = False
    """Whether the article's tables are read as Learn reads them: code keeps its pipes."""

    def write(self, target: str, kind: BlockKind) -> str:
        """Return a translation as a block of a kind may hold it: a pipe would end a cell."""
        if kind is not BlockKind.CELL:
            return target
        return write_in_cell(target) if self.is_learn else target.replace("|", "\\|")


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the article that a translation takes the place of."""

    span: Span
    source: str
    """Its English, line breaks as single spaces."""

    target: str
    number: int
    is_paragraph: bool = False
    parts: tuple[Edit, ...] = ()
    """What a paragraph is made of, sentence by sentence."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """An article's sentences with their entries, in their order."""

    article: Article
    located: Sequence[Located | None]
    template: Sequence[Entry]
    """Those of the POT, one for each sentence."""


def find_edits(text: str, sentences: Sentences, catalog: Catalog, options: Options) -> list[Edit]:
    """Return what the entries in use make of the article's sentences, in order."""
    entries = {e.msgctxt: e for e in catalog.entries if not e.is_obsolete}
    paragraphs = find_paragraphs(catalog.entries)
    spans = list(find_sentence_spans(sentences))
    edits: list[Edit] = []
    numbers = paragraph_numbers(list(find_runs(sentences.template)))
    place = 0
    while place < len(spans):
        wanted = sentences.template[place]
        end = place + 1
        while end < len(spans) and is_continued(sentences.template[end]):
            end += 1
        paragraph = paragraphs.get(wanted.msgctxt)
        own = range(place, end)
        inner = [e for n in own if (e := _edit_of(text, n, spans, sentences, entries, options))]
        is_alt = spans[place][1] is BlockKind.ALT
        if paragraph and not is_alt and speaks(paragraph) and is_shown(paragraph, options):
            target = options.write(paragraph.msgstr, spans[place][1])
            written = replace(paragraph, msgstr=target)
            edits += _edit_paragraph(text, written, own, spans, inner, numbers)
        else:
            edits += inner
        place = end
    return edits


def find_sentence_spans(sentences: Sentences) -> Iterator[tuple[Span | None, BlockKind]]:
    """Yield where each sentence is, and what kind of block it is in."""
    for read, located in zip(sentences.article.blocks, sentences.located, strict=True):
        for number, _ in enumerate(read.block.segments):
            yield (located.segments[number] if located else None), read.block.kind


def _edit_of(
    text: str,
    place: int,
    spans: Sequence[tuple[Span | None, BlockKind]],
    sentences: Sentences,
    entries: Mapping[str | None, Entry],
    options: Options,
) -> Edit | None:
    span, kind = spans[place]
    entry = entries.get(sentences.template[place].msgctxt)
    if span is None or kind is BlockKind.ALT or entry is None or not entry.is_translated:
        return None
    if not speaks(entry) or not is_shown(entry, options):
        return None
    target = options.write(entry.msgstr, kind)
    span, target = _with_link(text, span, target, entry.msgid)
    note = find_note(entry)
    own = SegmentId.parse(entry.msgctxt or "")
    is_tight = note is not None and own is not None and note.number == own.number
    lead = "" if is_tight else leading_space(text, span)
    span, target = Span(span.start - len(lead), span.end), lead + target
    number = note.number if note and not options.has_own_ids else own.number if own else 0
    is_paragraph = bool(note and note.is_paragraph and not options.has_own_ids)
    return Edit(span, join_source(text[span.start : span.end]), target, number, is_paragraph)


def _with_link(text: str, span: Span, target: str, english: str) -> tuple[Span, str]:
    """Return the stretch that a translation replaces: with the link, if it brings one itself."""
    wide = _with_spaces(text, span)
    if text[wide.start - 1 : wide.start] != "[" or text[wide.end : wide.end + 1] != "]":
        return span, target
    if "](" not in target or "](" in english:
        return wide, target
    closing = text.find(")", wide.end)
    return Span(wide.start - 1, closing + 1), target


def _with_spaces(text: str, span: Span) -> Span:
    """Return a stretch with the spaces around it."""
    start, end = span
    while start and text[start - 1] == " ":
        start -= 1
    while end < len(text) and text[end] == " ":
        end += 1
    return Span(start, end)


def _edit_paragraph(
    text: str,
    paragraph: Entry,
    own: Sequence[int],
    spans: Sequence[tuple[Span | None, BlockKind]],
    inner: Sequence[Edit],
    numbers: Mapping[int, int],
) -> Iterator[Edit]:
    """Yield the edit of a paragraph entry, if all its sentences were found."""
    found = [spans[place][0] for place in own]
    known = [span for span in found if span is not None]
    if len(known) < len(found):
        return
    span = Span(known[0].start, known[-1].end)
    note = find_note(paragraph)
    number = note.number if note else numbers.get(own[0], 0)
    source = join_source(text[span.start : span.end])
    is_paragraph = note.is_paragraph if note else True
    yield Edit(span, source, paragraph.msgstr, number, is_paragraph, tuple(inner))


def is_shown(entry: Entry, options: Options) -> bool:
    """Tell whether a translation is written: it may be of former English."""
    return not entry.is_fuzzy or options.shows_stale
