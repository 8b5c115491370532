"""How much of the English is translated, in words and in segments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bitext.model import State, is_paragraph_id
from bitext.po import Catalog
from bitext.states import find_standings
from bitext.words import count_words

TRANSLATION_TYPE = "X-Bitext-ms.translationtype"
"""The PO header field that says who translated: ``MT`` for a machine, ``HT`` for people."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts by state, of one article or of many."""

    words: Mapping[State, int] = field(default_factory=dict)
    """Words of English, by the state of their translation."""

    segments: Mapping[State, int] = field(default_factory=dict)

    machine: int = 0
    """Words of English whose translation a machine made, as its catalog says."""

    @property
    def total_words(self) -> int:
        """All words of English."""
        return sum(self.words.values())

    @property
    def total_segments(self) -> int:
        """All segments."""
        return sum(self.segments.values())

    @property
    def per_cent(self) -> float:
        """Per cent of words that are translated and not fuzzy; 100 where there is no word.

        >>> Coverage({State.TRANSLATED: 3, State.FUZZY: 1}).per_cent
        75.0
        """
        total = self.total_words
        return 100 * self.words.get(State.TRANSLATED, 0) / total if total else 100.0


def measure(catalog: Catalog) -> Coverage:
    """Return the coverage of an article's catalog, retired entries left out.

    Sentences that a paragraph entry speaks for have its state.
    """
    words = dict.fromkeys(State, 0)
    segments = dict.fromkeys(State, 0)
    for entry, state, _ in find_standings(catalog.entries):
        if not is_paragraph_id(entry.msgctxt):
            words[state] += count_words(entry.msgid)
            segments[state] += 1
    is_machine = catalog.field(TRANSLATION_TYPE) == "MT"
    machine = sum(words.values()) - words[State.UNTRANSLATED] if is_machine else 0
    return Coverage(words, segments, machine)


def total(coverages: Iterable[Coverage]) -> Coverage:
    """Return the sum of coverages."""
    words = dict.fromkeys(State, 0)
    segments = dict.fromkeys(State, 0)
    machine = 0
    for coverage in coverages:
        machine += coverage.machine
        for state in State:
            words[state] += coverage.words.get(state, 0)
            segments[state] += coverage.segments.get(state, 0)
    return Coverage(words, segments, machine)


@dataclass(frozen=True, slots=True)
class LanguageCoverage:
    """One language's coverage."""

    tag: str
    articles: Mapping[str, Coverage]
    required: float
    """Per cent of words that the settings ask for."""

    @property
    def total(self) -> Coverage:
        """The coverage of all articles together."""
        return total(self.articles.values())

    @property
    def is_below(self) -> bool:
        """Whether less is translated than the settings ask for."""
        return self.total.per_cent < self.required
