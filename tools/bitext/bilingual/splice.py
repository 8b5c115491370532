"""An article and a catalog as side-by-side or as localized Markdown.

Edits are spliced into the English text; what no edit covers stays as it is. Each sentence that is
translated becomes a pair, or its translation alone; a paragraph entry makes one pair of its block;
a part that the catalog keeps of a published file is written where its English stands, as long as
the translation of its sentence is the one that was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bitext.bilingual.align import make_key
from bitext.bilingual.anchors import slug_of
from bitext.bilingual.losses import Parse, escape_literals, find_joined, lose
from bitext.bilingual.matter import Matter, respell, spell_text, split_matter
from bitext.bilingual.numbers import paragraph_numbers
from bitext.bilingual.pairs import format_pair
from bitext.bilingual.published import Published, find_note, read_published
from bitext.bilingual.rebuild import find_images
from bitext.markdown.spans import Located, Span
from bitext.model import BlockKind, SegmentId
from bitext.paragraphs import find_runs
from bitext.places import is_continued
from bitext.po import Catalog, Entry
from bitext.segments import Article
from bitext.states import find_paragraphs, speaks

_BREAK = re.compile(r"[ \t]*\n[ \t]*(?:>[ \t]?)*[ \t]*")
_MARKER = re.compile(r"[-+>] ")
_ONLY_MARKERS = re.compile(r"[ \t]*(?:(?:[-*+>]|\d+[.)]|\|)[ \t]*)*")
_IMAGE_LINE = re.compile(r"!\[[^][]*\]\([^()]*\)[ \t]*(?:\n|\Z)")
_TARGET = re.compile(r"\]\([^()\s]*\Z")
_TAB = re.compile(r"[ \t>]*#{1,6}[ \t]+\[")
_HEADINGS = frozenset({BlockKind.HEADING, BlockKind.TITLE})
"""Kinds of blocks that may be headings: that of a title may be a tab's."""

_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)+")


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


def splice(
    text: str, sentences: Sentences, catalog: Catalog, *, prefix: str, options: Options
) -> str:
    """Return an article, with line feeds only, in the language of a catalog.

    `catalog` is as `update` leaves it; `prefix` is the ledger's.
    """
    published = read_published(catalog)
    edits = _find_edits(text, sentences, catalog, options)
    parts = list(_place_parts(text, edits, catalog))
    edits = _choose(text, edits, parts)
    if options.parse is not None:
        edits = [_lose(text, edit, options.parse) for edit in edits]
    writer = _Writer(prefix, published, options)
    changes = [writer.write(edit) for edit in edits]
    if published.has_anchors:
        changes += _find_anchors(text, sentences, edits, catalog)
    changes += _find_alts(text, sentences, catalog, published, edits, options)
    matter, _ = split_matter(text)
    start = len(matter.text)
    if options.parse is not None:
        changes += [(span, " ") for span in find_joined(text, sentences.located)]
    rest = _apply(text, start, changes, is_normalized=options.parse is not None)
    head = _localize_matter(matter, sentences, catalog, published, options)
    blank = _BLANK_LINES.match(rest) if head.items and options.respells else None
    return head.text + (rest[blank.end() :] if blank and matter.items else rest)


def _lose(text: str, edit: Edit, parse: Parse) -> Edit:
    """Return an edit with the English that the pipeline would have left."""
    return replace(edit, source=escape_literals(join_source(lose(text, edit.span)), parse))


def _apply(
    text: str, start: int, changes: Sequence[tuple[Span, str]], *, is_normalized: bool
) -> str:
    """Return the text from `start` with changes made; of two that overlap, the first."""
    pieces: list[str] = []
    position = start
    for span, new in [
        *sorted(changes, key=lambda change: change[0]),
        (Span(len(text), len(text)), ""),
    ]:
        if span.start >= position:
            kept = Span(position, span.start)
            pieces += [lose(text, kept) if is_normalized else text[position : span.start], new]
            position = span.end
    return "".join(pieces)


def _find_edits(text: str, sentences: Sentences, catalog: Catalog, options: Options) -> list[Edit]:
    """Return what the entries in use make of the article's sentences, in order."""
    entries = {e.msgctxt: e for e in catalog.entries if not e.is_obsolete}
    paragraphs = find_paragraphs(catalog.entries)
    spans = list(_find_sentence_spans(sentences))
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
        if paragraph and not is_alt and speaks(paragraph) and _is_shown(paragraph, options):
            edits += _edit_paragraph(text, paragraph, own, spans, inner, numbers)
        else:
            edits += inner
        place = end
    return edits


def _find_sentence_spans(sentences: Sentences) -> Iterator[tuple[Span | None, BlockKind]]:
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
    if not speaks(entry) or not _is_shown(entry, options):
        return None
    target = entry.msgstr.replace("|", "\\|") if kind is BlockKind.CELL else entry.msgstr
    span, target = _with_link(text, span, target, entry.msgid)
    note = find_note(entry)
    own = SegmentId.parse(entry.msgctxt or "")
    is_tight = note is not None and own is not None and note.number == own.number
    lead = "" if is_tight else leading_space(text, span)
    span, target = Span(span.start - len(lead), span.end), lead + target
    number = note.number if note and not options.has_own_ids else own.number if own else 0
    is_paragraph = bool(note and note.is_paragraph and not options.has_own_ids)
    return Edit(span, join_source(text[span.start : span.end]), target, number, is_paragraph)


def leading_space(text: str, span: Span) -> str:
    """Return the spaces before a sentence that are its own in published files.

    They are if it follows another one and would begin a list or a quote: `` - [#12](x)``.
    """
    if not _MARKER.match(text, span.start):
        return ""
    line = text.rfind("\n", 0, span.start) + 1
    before = text[line : span.start]
    spaces = before[len(before.rstrip(" ")) :]
    return spaces if before.strip() and not _ONLY_MARKERS.fullmatch(before) else ""


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
    start = len(text[: span.start].rstrip(" "))
    return Span(start, span.end + len(text[span.end :]) - len(text[span.end :].lstrip(" ")))


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
    is_cell = spans[own[0]][1] is BlockKind.CELL
    target = paragraph.msgstr.replace("|", "\\|") if is_cell else paragraph.msgstr
    source = join_source(text[span.start : span.end])
    is_paragraph = note.is_paragraph if note else True
    yield Edit(span, source, target, number, is_paragraph, tuple(inner))


def _is_shown(entry: Entry, options: Options) -> bool:
    return not entry.is_fuzzy or options.shows_stale


def join_source(text: str) -> str:
    """Return a stretch of an article as one line.

    A hard break stays as it is written. So does one before a line that is an image, but for the
    indent and not in a quote, and one before the parenthesis that ends a link.
    """
    return _BREAK.sub(_join_lines, text) if "\n" in text else text


def _join_lines(found: re.Match[str]) -> str:
    if found[0].startswith("  "):
        return found[0]
    text = found.string
    is_in_link = text.startswith(")", found.end()) and _TARGET.search(text, 0, found.start())
    is_image = ">" not in found[0] and _IMAGE_LINE.match(text, found.end())
    if is_in_link or is_image:
        return found[0][: found[0].index("\n") + 1]
    return " "


def _place_parts(text: str, edits: Sequence[Edit], catalog: Catalog) -> Iterator[Edit]:
    """Yield the parts that the catalog keeps, where their English stands in the article."""
    parts = [
        (entry, note)
        for entry in catalog.entries
        if entry.is_obsolete and (note := find_note(entry))
    ]
    numbers = {note.number for _, note in parts if not note.is_paragraph}
    anchors = [e for e in edits if not e.is_paragraph and e.number not in numbers]
    position = 0
    for entry, note in parts:
        low, high = position, len(text)
        if not note.is_paragraph:
            low = max([low, *(e.span.end for e in anchors if e.number < note.number)])
            high = min([high, *(e.span.start for e in anchors if e.number > note.number)])
        span = find_source(text, entry.msgid, low, high)
        if span is not None:
            position = span.end
            yield Edit(
                span, text[span.start : span.end], entry.msgstr, note.number, note.is_paragraph
            )


def find_source(text: str, source: str, low: int, high: int) -> Span | None:
    """Return where a published source stands between two places of an article."""
    start = text.find(source, low, high)
    while start >= 0 and _is_inside_word(text, start, start + len(source)):
        start = text.find(source, start + 1, high)
    return Span(start, start + len(source)) if start >= 0 else None


def _is_inside_word(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch begins or ends in the middle of a word."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    behind = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return before or behind


def _choose(text: str, edits: Sequence[Edit], parts: Sequence[Edit]) -> list[Edit]:
    """Return the edits to make: parts in place of what they make up, unless that was changed."""
    if not parts:
        return list(edits)
    chosen: list[Edit] = []
    left = list(parts)
    for edit in edits:
        own = [part for part in left if _overlaps(part, edit)]
        if not own:
            chosen.append(edit)
            continue
        left = [part for part in left if part not in own]
        inner = [e for e in edit.parts if not any(_overlaps(e, part) for part in own)]
        pieces = sorted([*own, *inner], key=lambda piece: piece.span)
        is_valid = _is_made_of(text, edit, pieces)
        chosen += pieces if is_valid else [edit]
    taken = {piece.span for piece in chosen}
    free = [p for p in left if p.span not in taken and not any(_overlaps(p, e) for e in chosen)]
    return sorted([*chosen, *free], key=lambda piece: piece.span)


def _overlaps(one: Edit, other: Edit) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _is_made_of(text: str, edit: Edit, pieces: Sequence[Edit]) -> bool:
    """Tell whether a translation is what its pieces say: nobody changed it since."""
    start, end = edit.span
    if pieces[0].span.start < start or pieces[-1].span.end > end:
        whole = pieces[0]
        made = text[whole.span.start : start] + edit.target + text[end : whole.span.end]
        return _squeeze(whole.target) in (_squeeze(made), _squeeze(edit.target))
    made = ""
    for piece in pieces:
        made += text[start : piece.span.start] + piece.target
        start = piece.span.end
    return _squeeze(made + text[start:end]) == _squeeze(edit.target)


def _squeeze(text: str) -> str:
    return make_key(text).replace(" ", "").replace(">", "")


class _Writer:
    """Writes edits; no ID twice."""

    def __init__(self, prefix: str, published: Published, options: Options) -> None:
        is_own = options.has_own_ids or not published.prefix
        self._prefix = prefix if is_own else published.prefix
        self._options = options
        self._used: set[tuple[int, bool]] = set()

    def write(self, edit: Edit) -> tuple[Span, str]:
        """Return the change of the text that an edit makes."""
        if not self._options.is_side_by_side:
            return edit.span, edit.target
        number = edit.number
        while (number, edit.is_paragraph) in self._used:
            number += 1
        self._used.add((number, edit.is_paragraph))
        identifier = SegmentId(self._prefix, number, edit.is_paragraph)
        return edit.span, format_pair(identifier, edit.target, edit.source)


def _find_anchors(
    text: str, sentences: Sentences, edits: Sequence[Edit], catalog: Catalog
) -> Iterator[tuple[Span, str]]:
    """Yield the anchor of each heading of which something is translated."""
    notes = {
        e.msgctxt: note for e in catalog.entries if not e.is_obsolete and (note := find_note(e))
    }
    starts = [edit.span.start for edit in edits]
    place = 0
    for read, located in zip(sentences.article.blocks, sentences.located, strict=True):
        first = sentences.template[place] if read.block.segments else None
        place += len(read.block.segments)
        if read.block.kind not in _HEADINGS or located is None or first is None:
            continue
        start, end = located.whole
        if read.block.kind is BlockKind.TITLE:
            if not _TAB.fullmatch(text, text.rfind("\n", 0, start) + 1, start):
                continue
            start -= 1
        if not any(start <= own < end for own in starts):
            continue
        note = notes.get(first.msgctxt)
        slug = slug_of(text[start:end]) if note is None or note.anchor is None else note.anchor
        if note is None or note.anchor != "":
            yield Span(start, start), f'<a name="{slug}"></a>'


def _find_alts(
    text: str,
    sentences: Sentences,
    catalog: Catalog,
    published: Published,
    edits: Sequence[Edit],
    options: Options,
) -> Iterator[tuple[Span, str]]:
    """Yield the translations of the alt texts that stand alone."""
    entries = {e.msgctxt: e for e in catalog.entries if not e.is_obsolete}
    paragraphs = find_paragraphs(catalog.entries)
    spans = list(_find_sentence_spans(sentences))
    for run in find_runs(sentences.template):
        own = spans[run.place : run.place + len(run.entries)]
        first, last = own[0][0], own[-1][0]
        if own[0][1] is BlockKind.ALT and first is not None and last is not None:
            value = _value_of(run.entries, entries, paragraphs, options)
            if value != run.english:
                yield Span(first.start, last.end), value
    waiting = {own.name: own.text for own in published.waiting if own.name.startswith("alt ")}
    if not waiting:
        return
    number = 0
    for start, end in find_images(text):
        if any(edit.span.start <= start < edit.span.end for edit in edits):
            continue
        number += 1
        if f"alt {number}" in waiting and not text[start:end].strip():
            yield Span(start, end), waiting[f"alt {number}"]


def _localize_matter(
    matter: Matter,
    sentences: Sentences,
    catalog: Catalog,
    published: Published,
    options: Options,
) -> Matter:
    """Return the front matter in the language of the catalog."""
    waiting = {own.name: own.text for own in published.waiting}
    values: dict[str, list[str]] = {}
    changed: set[str] = set()
    entries = {e.msgctxt: e for e in catalog.entries if not e.is_obsolete}
    paragraphs = find_paragraphs(catalog.entries)
    place = 0
    for read in sentences.article.blocks:
        count = len(read.block.segments)
        own = sentences.template[place : place + count]
        place += count
        if read.block.kind is not BlockKind.FRONT_MATTER:
            continue
        value = _value_of(own, entries, paragraphs, options)
        values.setdefault(read.block.label, []).append(value)
        if value != " ".join(entry.msgid for entry in own):
            changed.add(read.block.label)
    texts = {key: _spell(key, own, matter) for key, own in values.items() if key in changed}
    for item in matter.items:
        if item.key in waiting and item.key not in texts:
            texts[item.key] = f"{item.key}: {spell_text(waiting[item.key])}{matter.newline}"
        elif f"{item.key} 1" in waiting or f"{item.key} 2" in waiting:
            texts[item.key] = _spell_waiting(item.key, item.text, waiting, matter.newline)
    respelled = respell(matter) if options.respells else matter
    localized = respelled.with_texts(texts)
    return localized.with_fields(published.fields) if published.fields else localized


def _value_of(
    own: Sequence[Entry],
    entries: Mapping[str | None, Entry],
    paragraphs: Mapping[str | None, Entry],
    options: Options,
) -> str:
    """Return a value of the front matter, in English where it has no translation."""
    paragraph = paragraphs.get(own[0].msgctxt)
    if paragraph and speaks(paragraph) and _is_shown(paragraph, options):
        return paragraph.msgstr
    known = (entries.get(wanted.msgctxt, wanted) for wanted in own)
    return " ".join(
        entry.msgstr
        if entry.is_translated and speaks(entry) and _is_shown(entry, options)
        else entry.msgid
        for entry in known
    )


def _spell(key: str, values: Sequence[str], matter: Matter) -> str:
    """Return the lines of a key; a list stays a list."""
    end = matter.newline
    is_list = len(values) > 1 or (matter.value(key) or "").startswith(("-", "["))
    if not is_list:
        return f"{key}: {spell_text(values[0])}{end}"
    return f"{key}:{end}" + "".join(f"- {spell_text(value)}{end}" for value in values)


def _spell_waiting(key: str, text: str, waiting: Mapping[str, str], end: str) -> str:
    """Return the lines of a list of which some items wait for their English."""
    lines = text.split(end)
    items = [number for number, line in enumerate(lines) if line.lstrip().startswith("- ")]
    for place, number in enumerate(items, 1):
        if f"{key} {place}" in waiting:
            lines[number] = f"- {spell_text(waiting[f'{key} {place}'])}"
    return end.join(lines)
