"""Export of a language that was published with other English than the article has.

Several languages of a docset may have been published at different times. The article is that of
one of them; of each other one its own English is kept, without its pairs. As long as the article
is as it was at the import, the language is written in the version that it was published in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bitext.bilingual.anchors import slug_of
from bitext.bilingual.edits import Edit
from bitext.bilingual.matter import split_matter
from bitext.bilingual.pairs import format_pair
from bitext.bilingual.parts import find_source
from bitext.bilingual.published import Published, find_note, number_of
from bitext.markdown.spans import Span
from bitext.model import BlockKind, SegmentId, is_paragraph_id
from bitext.paragraphs import former_english
from bitext.po import Catalog, Entry

BASE_FIELD = "X-Bitext-Base"
"""The PO header field with the SHA-1 of the article as it was at the import."""

_IN_PLACE = (BlockKind.FRONT_MATTER, BlockKind.ALT)

_HEADING = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*#{1,6}[ \t]+", re.MULTILINE)


def splice_former(
    text: str, catalog: Catalog, published: Published, *, prefix: str, is_side_by_side: bool
) -> str:
    """Return a kept English, with line feeds only, in the language of its catalog."""
    matter, body = split_matter(text)
    edits = sorted(_place(body, list(_find_pairs(catalog))), key=lambda edit: edit.span)
    own = published.prefix or prefix
    changes = [(edit.span, _write(edit, own, is_side_by_side=is_side_by_side)) for edit in edits]
    if published.has_anchors:
        changes += _find_anchors(body, edits, catalog)
    pieces: list[str] = []
    position = 0
    for span, new in sorted(changes, key=lambda change: change[0]):
        if span.start >= position:
            pieces += [body[position : span.start], new]
            position = span.end
    head = matter.with_fields(published.fields) if published.fields else matter
    return head.text + "".join([*pieces, body[position:]])


def _write(edit: Edit, prefix: str, *, is_side_by_side: bool) -> str:
    identifier = SegmentId(prefix, edit.number, edit.is_paragraph)
    return format_pair(identifier, edit.target, edit.source) if is_side_by_side else edit.target


def _find_pairs(catalog: Catalog) -> Iterator[Edit]:
    """Yield what a catalog says of the English that it was published with; places are unknown.

    A part says how a pair was published; an entry in use does where there is none.
    """
    parts = [_pair_of(e) for e in catalog.entries if e.is_obsolete and find_note(e) is not None]
    yield from parts
    known = {(part.number, part.is_paragraph) for part in parts}
    for entry in catalog.entries:
        if entry.is_obsolete or not entry.is_translated or _has_no_pair(entry):
            continue
        pair = _pair_of(entry)
        is_noted = not pair.is_paragraph or find_note(entry) is not None
        if is_noted and (pair.number, pair.is_paragraph) not in known:
            yield pair


def _pair_of(entry: Entry) -> Edit:
    note = find_note(entry)
    is_paragraph = note.is_paragraph if note else is_paragraph_id(entry.msgctxt)
    source = former_english(entry)
    return Edit(Span(0, 0), source, entry.msgstr, number_of(entry), is_paragraph)


def _has_no_pair(entry: Entry) -> bool:
    """Tell whether an entry is of a text that the format translates in place."""
    return bool(entry.extracted) and entry.extracted[0].startswith(_IN_PLACE)


def _place(text: str, pairs: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the pairs at the places where their English stands, in the order of their numbers."""
    taken: list[Span] = []
    joined = sorted((pair for pair in pairs if pair.is_paragraph), key=lambda pair: pair.number)
    single = sorted((pair for pair in pairs if not pair.is_paragraph), key=lambda pair: pair.number)
    for group in (joined, single):
        position = 0
        for pair in group:
            span = find_source(text, pair.source, position, len(text))
            while span is not None and any(_overlap(span, own) for own in taken):
                span = find_source(text, pair.source, span.start + 1, len(text))
            if span is not None:
                taken.append(span)
                position = span.end
                source = text[span.start : span.end]
                yield Edit(span, source, pair.target, pair.number, pair.is_paragraph)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _find_anchors(text: str, edits: Sequence[Edit], catalog: Catalog) -> Iterator[tuple[Span, str]]:
    notes = {note.number: note for e in catalog.entries if (note := find_note(e)) is not None}
    for heading in _HEADING.finditer(text):
        start = heading.end()
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        first = next((edit for edit in edits if start <= edit.span.start < end), None)
        if first is None:
            continue
        note = notes.get(first.number)
        slug = note.anchor if note and note.anchor is not None else slug_of(text[start:end])
        yield Span(start, start), f'<a name="{slug}"></a>'
