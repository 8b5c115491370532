"""Parts: pairs that a catalog keeps as they were published, in the place of what they make up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.bilingual.align import make_key
from bitext.bilingual.edits import Edit
from bitext.bilingual.published import find_note
from bitext.markdown.spans import Span
from bitext.po import Catalog


def place_parts(text: str, edits: Sequence[Edit], catalog: Catalog) -> Iterator[Edit]:
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


def choose(text: str, edits: Sequence[Edit], parts: Sequence[Edit]) -> list[Edit]:
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
