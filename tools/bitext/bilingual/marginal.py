"""What stands around the sentences: anchors of headings, text of images, the front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bitext.bilingual.anchors import slug_of
from bitext.bilingual.blanks import find_images
from bitext.bilingual.edits import Edit, Options, Sentences, find_sentence_spans, is_shown
from bitext.bilingual.matter import Matter, respell, spell_text
from bitext.bilingual.published import Published, find_note
from bitext.markdown.spans import Span
from bitext.model import BlockKind
from bitext.paragraphs import find_runs
from bitext.po import Catalog, Entry
from bitext.states import find_paragraphs, speaks

_TAB = re.compile(r"[ \t>]*#{1,6}[ \t]+\[")

_HEADINGS = frozenset({BlockKind.HEADING, BlockKind.TITLE})
"""Kinds of blocks that may be headings: that of a title may be a tab's."""


def find_anchors(
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


def find_alts(
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
    spans = list(find_sentence_spans(sentences))
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


def localize_matter(
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
    if paragraph and speaks(paragraph) and is_shown(paragraph, options):
        return paragraph.msgstr
    known = (entries.get(wanted.msgctxt, wanted) for wanted in own)
    return " ".join(
        entry.msgstr
        if entry.is_translated and speaks(entry) and is_shown(entry, options)
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
