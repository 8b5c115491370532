"""The values of a page that its parts are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bitext.model import State
from bitext.words import count_words

MACHINE = "machine"
"""The origin of a sentence that no person has translated."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a page shows it."""

    id: str
    state: State | None
    """None on pages of the source language."""

    source: str
    """Its English, without markup."""

    translation: str = ""
    """Without markup; empty if the page shows the English."""

    origin: str = ""
    """Where the translation comes from, as a note in its entry says; empty if none does."""

    line: int = 0
    """Of its entry in the PO file, from 1; 0 if unknown."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a page is what, in per cent of its English words."""

    translated: int = 100
    """Translated and current, rounded down; what follows is rounded up, lest it seems nothing."""

    outdated: int = 0
    """Shown, but of an English that has changed, or that somebody doubts."""

    machine: int = 0
    """Of all, translated by machine."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A page in one language."""

    tag: str
    per_cent: int | None = None
    """How much of it is translated; None if that is not known, or the source."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a localized site."""

    address: str
    """Below the site of its language, as links say it: ``guide/ci.html``, or ``guide/ci/``."""

    language: str
    source_language: str
    editions: Sequence[Edition] = ()
    """All that are offered, the source first; none if the site of this language stands alone."""

    site: str = ""
    """The address of the folder above the sites of all languages, with a slash at its end."""

    @property
    def is_translated(self) -> bool:
        """Whether it is in another language than its source."""
        return self.language != self.source_language

    @property
    def up(self) -> str:
        """The way from the page to the folder above the sites of all languages."""
        return "../" * (self.address.count("/") + 1)

    def absolute(self, tag: str) -> str:
        """Return the full address of the page in a language; empty without `site`."""
        return f"{self.site}{tag}/{self.address}" if self.site else ""


def page_address(name: str, builder: str) -> str:
    """Return the address of an article's page below the site of its language.

    >>> page_address("guide/ci", "html"), page_address("guide/ci", "dirhtml")
    ('guide/ci.html', 'guide/ci/')
    >>> page_address("guide/index", "dirhtml"), page_address("index", "dirhtml")
    ('guide/', '')
    """
    if builder != "dirhtml":
        return f"{name}.html"
    stem = "" if name == "index" else name.removesuffix("/index")
    return f"{stem}/" if stem else ""


def measure(sentences: Iterable[Sentence]) -> Coverage:
    """Return how much of a page is translated.

    >>> measure([])
    Coverage(translated=100, outdated=0, machine=0)
    """
    total = translated = outdated = machine = 0
    for sentence in sentences:
        words = count_words(sentence.source)
        total += words
        translated += words * (sentence.state is State.TRANSLATED)
        outdated += words * (sentence.state in (State.STALE, State.FUZZY))
        machine += words * (sentence.origin == MACHINE)
    if not total:
        return Coverage()
    return Coverage(
        100 * translated // total, -(-100 * outdated // total), -(-100 * machine // total)
    )
