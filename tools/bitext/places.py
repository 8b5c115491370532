"""Where a sentence stands, as translators and `update` read it in its entry's first comment.

``#. paragraph in "Install the tools"`` is the first sentence of its block, and ``#. paragraph,
continued, in "Install the tools"`` one that follows another with only white space between: so
a POT knows which sentences can be joined, without its article.
"""

from __future__ import annotations

import re

from bitext.model import Block, BlockKind
from bitext.po import Entry

_CONTINUED = ", continued"
_SECTION = ' in "'


def make_comments(block: Block, *, is_continued: bool) -> tuple[str, ...]:
    """Return what translators read above a sentence: kind, place, and the writer's note."""
    kind = f"{block.kind.value}: {block.label}" if block.label else block.kind.value
    comma = "," if is_continued and block.section else ""
    kind = f"{kind}{_CONTINUED}{comma}" if is_continued else kind
    place = f'{kind}{_SECTION}{block.section}"' if block.section else kind
    place = " ".join(place.split())
    return (place, block.note) if block.note else (place,)


def is_continued(entry: Entry) -> bool:
    """Tell whether a sentence follows another of its block, with only white space between."""
    kind = entry.extracted[0].partition(_SECTION)[0] if entry.extracted else ""
    return kind.removesuffix(",").endswith(_CONTINUED)


def is_html(entry: Entry) -> bool:
    """Tell whether a sentence stands in an HTML block."""
    return bool(entry.extracted) and bool(re.match(rf"{BlockKind.HTML}\b", entry.extracted[0]))


def split_section(comment: str) -> tuple[str, str]:
    """Return the two halves of an entry's first comment: what it is, and under which heading."""
    kind, _, section = comment.partition(_SECTION)
    return kind, section.removesuffix('"')
