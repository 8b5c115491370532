"""What fills the slots of one page in one language: the values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from bitext.onebuild.sentence_parts import Word
from bitext.site.page import Sentence


class Said(NamedTuple):
    """What a page says of a sentence to machines."""

    sentence: Sentence
    shown: tuple[Word, ...] = ()
    """What its nodes say, if the sentence does not have it yet."""


@dataclass(slots=True)
class PageValues:
    """What fills the slots of a page, by segment ID."""

    sentences: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """Sentences as HTML that navigation shows."""

    texts: dict[str, str] = field(default_factory=dict)
    """Sentences as text."""

    strings: dict[str, str] = field(default_factory=dict)
    alts: dict[str, str] = field(default_factory=dict)
    words: dict[str, tuple[Word, ...]] = field(default_factory=dict)
    gaps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of the gaps without a space, by the ID of the first sentence of their block."""

    said: dict[str, Said] = field(default_factory=dict)
    origin: str = ""
    """Who translated the article, as its catalog says."""

    parts: dict[str, str] = field(default_factory=dict)
    """Parts of the page, by the keys of their slots."""

    warnings: list[tuple[str, str]] = field(default_factory=list)
    """(segment ID, message) for translations of which something is shown as text."""

    unfit: str = ""
    """Why the page is built the ordinary way; empty if it is not."""

    def add(self, other: PageValues) -> None:
        """Take over the values of another article of the page."""
        self.sentences |= other.sentences
        self.titles |= other.titles
        self.texts |= other.texts
        self.strings |= other.strings
        self.words |= other.words
        self.gaps |= other.gaps
        self.said |= other.said
