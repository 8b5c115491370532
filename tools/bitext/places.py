"""Where a sentence stands, as translators and `update` read it in its entry's first comment.

``#. paragraph in "Install the tools"`` is the first sentence of its block, and ``#. paragraph,
continued, in "Install the tools"`` one that follows another with only white space between: so
a POT knows which sentences can be joined, without its article.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bitext.model import Block, BlockKind
from bitext.po import Entry

_CONTINUED = ", continued"
_SECTION = ' in "'


def make_comments(block: Block, *, is_continued: bool) -> tuple[str, ...]:
    """Return what translators read above a sentence: kind, place, and the writer's note."""
    place = _make_place(block.kind, block.label, block.section, is_continued)
    return (place, block.note) if block.note else (place,)


@lru_cache(maxsize=1024)
def _make_place(kind: BlockKind, label: str, section: str, is_continued: bool) -> str:
    """Return the first comment; a section's sentences share two or three."""
    words = f"{kind.value}: {label}" if label else kind.value
    if is_continued:
        words += f"{_CONTINUED}," if section else _CONTINUED
    place = f'{words}{_SECTION}{section}"' if section else words
    return " ".join(place.split())


def is_continued(entry: Entry) -> bool:
    """Tell whether a sentence follows another of its block, with only white space between."""
    kind = entry.extracted[0].partition(_SECTION)[0] if entry.extracted else ""
    return kind.removesuffix(",").endswith(_CONTINUED)


def is_heading(entry: Entry) -> bool:
    """Tell whether a sentence is a heading, or a part of one."""
    return bool(entry.extracted) and bool(re.match(rf"{BlockKind.HEADING}\b", entry.extracted[0]))


def is_html(entry: Entry) -> bool:
    """Tell whether a sentence stands in an HTML block."""
    return bool(entry.extracted) and bool(re.match(rf"{BlockKind.HTML}\b", entry.extracted[0]))


def split_section(comment: str) -> tuple[str, str]:
    """Return the two halves of an entry's first comment: what it is, and under which heading."""
    kind, _, section = comment.partition(_SECTION)
    return kind, section.removesuffix('"')
