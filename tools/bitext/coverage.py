"""How much of the English is translated, in words and in segments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bitext.model import State, is_paragraph_id
from bitext.notes import find_engine
from bitext.po import Catalog, Entry
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

    machine_words: int = 0
    """Words of English whose translation, in whatever state, is a machine's and nobody changed."""

    machine_segments: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether all is translated and nothing fuzzy."""
        return all(
            not count
            for counts in (self.words, self.segments)
            for state, count in counts.items()
            if state is not State.TRANSLATED
        )

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


def is_by_machine(catalog: Catalog) -> bool:
    """Tell whether the header of a catalog says that a machine translated it."""
    return catalog.field(TRANSLATION_TYPE) == "MT"


def measure(catalog: Catalog) -> Coverage:
    """Return the coverage of an article's catalog, retired entries left out.

    Sentences that a paragraph entry speaks for have its state.
    """
    words = dict.fromkeys(State, 0)
    segments = dict.fromkeys(State, 0)
    is_machine = is_by_machine(catalog)
    machine_words = machine_segments = 0
    paragraph: Entry | None = None
    for entry, state, is_covered in find_standings(catalog.entries):
        if is_paragraph_id(entry.msgctxt):
            paragraph = entry
            continue
        count = count_words(entry.msgid)
        words[state] += count
        segments[state] += 1
        shown = paragraph if is_covered and paragraph else entry
        if state is not State.UNTRANSLATED and (is_machine or find_engine(shown)):
            machine_words += count
            machine_segments += 1
    return Coverage(words, segments, machine_words, machine_segments)


def measure_settled(english: Sequence[str], *, is_machine: bool = False) -> Coverage:
    """Return the coverage of a catalog in which each of these sentences is translated.

    `is_machine` says that its header names a machine; no entry does.
    """
    words = dict.fromkeys(State, 0) | {State.TRANSLATED: sum(map(count_words, english))}
    segments = dict.fromkeys(State, 0) | {State.TRANSLATED: len(english)}
    if not is_machine:
        return Coverage(words, segments)
    return Coverage(words, segments, words[State.TRANSLATED], segments[State.TRANSLATED])


def total(coverages: Iterable[Coverage]) -> Coverage:
    """Return the sum of coverages."""
    words = dict.fromkeys(State, 0)
    segments = dict.fromkeys(State, 0)
    machine_words = machine_segments = 0
    for coverage in coverages:
        machine_words += coverage.machine_words
        machine_segments += coverage.machine_segments
        for state in State:
            words[state] += coverage.words.get(state, 0)
            segments[state] += coverage.segments.get(state, 0)
    return Coverage(words, segments, machine_words, machine_segments)


@dataclass(frozen=True, slots=True)
class LanguageCoverage:
    """One language's coverage."""

    tag: str
    articles: Mapping[str, Coverage]
    required: float
    """Per cent of words that the settings ask for."""

    before: LanguageCoverage | None = None
    """At an earlier revision, if it was asked for."""

    @property
    def complete_articles(self) -> int:
        """The number of articles in which all is translated."""
        return sum(coverage.is_complete for coverage in self.articles.values())

    @property
    def total(self) -> Coverage:
        """The coverage of all articles together."""
        return total(self.articles.values())

    @property
    def is_below(self) -> bool:
        """Whether less is translated than the settings ask for."""
        return self.required > 0 and self.total.per_cent < self.required
