"""An article and a catalog as side-by-side or as localized Markdown.

Edits are spliced into the English text; what no edit covers stays as it is. Each sentence that is
translated becomes a pair, or its translation alone; a paragraph entry makes one pair of its block;
a part that the catalog keeps of a published file is written where its English stands, as long as
the translation of its sentence is the one that was published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bitext.bilingual.edits import Edit, Options, Sentences, find_edits
from bitext.bilingual.losses import Parse, escape_literals, find_joined, lose
from bitext.bilingual.marginal import find_alts, find_anchors, localize_matter
from bitext.bilingual.matter import split_matter
from bitext.bilingual.pairs import format_pair
from bitext.bilingual.parts import choose, place_parts
from bitext.bilingual.published import Published, read_published
from bitext.bilingual.spaces import join_source
from bitext.markdown.spans import Span
from bitext.model import SegmentId
from bitext.po import Catalog

_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)+")


def splice(
    text: str, sentences: Sentences, catalog: Catalog, *, prefix: str, options: Options
) -> str:
    """Return an article, with line feeds only, in the language of a catalog.

    `catalog` is as `update` leaves it; `prefix` is the ledger's.
    """
    published = read_published(catalog)
    edits = find_edits(text, sentences, catalog, options)
    parts = list(place_parts(text, edits, catalog))
    edits = choose(text, edits, parts)
    if options.parse is not None:
        edits = [_lose(text, edit, options.parse) for edit in edits]
    writer = _Writer(prefix, published, options)
    changes = [writer.write(edit) for edit in edits]
    if published.has_anchors:
        changes += find_anchors(text, sentences, edits, catalog)
    changes += find_alts(text, sentences, catalog, published, edits, options)
    matter, _ = split_matter(text)
    start = len(matter.text)
    if options.parse is not None:
        changes += [(span, " ") for span in find_joined(text, sentences.located)]
    rest = _apply(text, start, changes, is_normalized=options.parse is not None)
    head = localize_matter(matter, sentences, catalog, published, options)
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
