"""The values that flow between the stages. Each word means what the manual says it means."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

NUMBER_DIGITS = 9
"""The most digits that the number of a segment ID has."""

_SEGMENT_ID = re.compile(
    rf"(?P<prefix>[0-9a-f]{{5}})-(?P<paragraph>p?)(?P<number>[0-9]{{1,{NUMBER_DIGITS}}})"
)


class SegmentId(NamedTuple):
    """A segment's ID: ``137fa-102``, or ``137fa-p102`` for a whole paragraph's entry.

    >>> str(SegmentId("137fa", 102))
    '137fa-102'
    >>> SegmentId.parse("137fa-p103")
    SegmentId(prefix='137fa', number=103, is_paragraph=True)
    >>> SegmentId.parse("install-102") is None
    True
    """

    prefix: str
    """The article's: five lower-case hex digits."""

    number: int
    """From 101 up; issued once in an article's life."""

    is_paragraph: bool = False
    """Whether the entry translates a whole block whose first sentence had this number."""

    def __str__(self) -> str:
        return f"{self.prefix}-{'p' if self.is_paragraph else ''}{self.number}"

    @classmethod
    def parse(cls, text: str) -> SegmentId | None:
        """Return the ID that `text` spells, or None if it is not one."""
        match = _SEGMENT_ID.fullmatch(text)
        if match is None:
            return None
        return cls(match["prefix"], int(match["number"]), bool(match["paragraph"]))


def is_paragraph_id(text: str | None) -> bool:
    """Tell whether a ``msgctxt`` is the ID of a paragraph entry."""
    if text is None or "-p" not in text:
        return False
    found = SegmentId.parse(text)
    return found is not None and found.is_paragraph


class BlockKind(StrEnum):
    """What a block is in its article; the value is what translators read in the PO file."""

    FRONT_MATTER = "front matter"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    CELL = "table cell"
    TERM = "term"
    DEFINITION = "definition"
    FIELD = "field"
    FOOTNOTE = "footnote"
    ALT = "alt text"
    HTML = "HTML"
    TITLE = "title"
    CAPTION = "caption"


class Block(NamedTuple):
    """A stretch of inline Markdown that stands alone, cut into its sentences."""

    kind: BlockKind
    """What it is in its article."""

    text: str
    """Its inline Markdown as the parser sees it: line breaks kept, container markers gone."""

    segments: tuple[str, ...]
    """Its sentences in order, soft breaks as single spaces; none is empty."""

    line: int
    """The line of its first character in the article, from 1."""

    section: str = ""
    """The text of the heading it stands under; empty above the first."""

    label: str = ""
    """What kind alone does not say: the front matter key, the directive's name."""

    note: str = ""
    """The writer's comment for translators; empty if none."""

    follows: tuple[bool, ...] = ()
    """Of each sentence whether it follows another with only white space between."""


class Unread(NamedTuple):
    """A text that readers see on a page and that no block holds."""

    line: int
    """In the article, from 1."""

    message: str
    """What it is, and the way out."""

    is_certain: bool = True
    """False if only the build knows whether it has words."""

    included: str = ""
    """The article, as the directive names it, whose ledger has the text if the project has it."""


class State(StrEnum):
    """What an entry means to readers and to coverage."""

    TRANSLATED = "translated"
    FUZZY = "fuzzy"
    STALE = "stale"
    UNTRANSLATED = "untranslated"
