"""What a set of rules is made of: the words for a place, rows that decide, a language's table.

A place where a sentence may end is told by four words: the `Mark` that stands there, the
`Closer` behind it, the `Word` before it and what comes `Next`. A rule set is a table of
`Row`s over these four; the first row that fits decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Mark(StrEnum):
    """The run of terminators that may end a sentence; a mixed run counts as its last one."""

    STOP = "."
    TWO_STOPS = ".."
    DOTS = "..."
    ELLIPSIS = "…"
    QUESTION = "?"
    EXCLAMATION = "!"


class Closer(StrEnum):
    """What stands between the mark and the white space; the first that applies."""

    PAREN = "a parenthesis opened inside the sentence"
    WHOLE = "a parenthesis around the whole sentence"
    QUOTE = "a quotation mark"
    EMPHASIS = "emphasis or an HTML tag that ends"
    LINK = "a link that ends"
    NOTHING = "nothing, or a footnote reference"


class Word(StrEnum):
    """The word before the mark, seen through markup; the first that applies."""

    FIRST = "none: the mark opens the sentence"
    NOTHING = "none: the mark stands alone after white space or an opening quote"
    CLOSED = "a word that ends in a quote, parenthesis, code or math: never an abbreviation"
    NUMBERING = "a number that opens the sentence: 1. 2.3."
    LETTERING = "a letter or Roman numeral that opens the sentence, or a list after a colon: a. iv."
    LABEL = "a label that opens the sentence: Figure 2."
    NEVER = "an abbreviation that never ends a sentence: e.g."
    MAYBE = "an abbreviation that may end a sentence: etc."
    NUMBERED = "an abbreviation only before a number: No. 5"
    CLIPPED = "a clipped word, an abbreviation only before a lower-case letter or digit: max."
    BRAND = "a name that ends in an exclamation mark: Yahoo!"
    INITIAL = "one capital letter"
    INITIALS = "one capital letter right after another that ended nothing: J. A."
    TRAILING = "dots inside of markup: **Save as...**"
    LETTER = "one lower-case letter"
    DOTTED = "letters with full stops: U.S."
    OTHER = "any other"


class Next(StrEnum):
    """How the text after the white space begins, seen through opening markup and quotes."""

    STARTER = "a capitalised word that often starts a sentence"
    UPPER = "any other upper-case letter"
    LOWER = "a lower-case letter"
    DIGIT = "a digit"
    CODE = "inline code"
    SYMBOL = "a letter without case, an image or any other character"
    PUNCTUATION = "punctuation that continues a sentence"


class Place(NamedTuple):
    """A place where a sentence may end."""

    mark: Mark
    closer: Closer
    word: Word
    next: Next


@dataclass(frozen=True, slots=True)
class Row:
    """One rule. It fits a place whose four words are all among the row's."""

    id: str
    """Kebab-case, unique in its table."""

    cuts: bool
    """Whether a sentence ends at the places it fits."""

    why: str
    """The reason, with the source or the measured counts."""

    marks: tuple[Mark, ...] = tuple(Mark)
    closers: tuple[Closer, ...] = tuple(Closer)
    words: tuple[Word, ...] = tuple(Word)
    nexts: tuple[Next, ...] = tuple(Next)

    def fits(self, place: Place) -> bool:
        """Return whether this row speaks of `place`."""
        return (
            place.word in self.words
            and place.next in self.nexts
            and place.closer in self.closers
            and place.mark in self.marks
        )


@dataclass(frozen=True, slots=True)
class WordList:
    """Words of one kind."""

    kind: Word
    words: str
    """Separated by white space, without their last full stop, in the case they are written in."""

    source: str
    """Where the list comes from."""


@dataclass(frozen=True, slots=True)
class Language:
    """What the rules know of one source language."""

    tag: str
    """BCP 47."""

    terminators: str
    """Characters that may end a sentence where white space follows; each the value of a `Mark`."""

    words: Mapping[str, Word]
    """The kind of each word in a list; case counts."""

    joints: re.Pattern[str]
    """Between the parts of a word; the last part is looked up where the whole is not listed."""

    starters: frozenset[str] = frozenset()
    """Capitalised words that are hardly ever inside a sentence; a contraction by its first part."""

    labels: frozenset[str] = frozenset()
    """Words that, with a number, label what follows: Figure 2."""

    sees_through: bool = False
    """Whether the last word of a link's label, the letter before a letter and the dots inside of
    markup are looked at, and a word with a capital counts as the word in the list."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A named rule set. Raise `version` with any change that moves a cut."""

    name: str
    version: int
    language: Language
    rows: tuple[Row, ...]
    """In order; the last fits every place."""

    hard_breaks_cut: bool
    """Whether a Markdown hard line break ends a sentence."""

    reads_published: bool = False
    """Whether blocks are read as the pipeline of published files read them."""

    @property
    def label(self) -> str:
        """The set as a POT's header names it: ``plain 1``."""
        return f"{self.name} {self.version}"

    def row(self, place: Place) -> Row:
        """Return the row that decides about `place`."""
        return next(row for row in self.rows if row.fits(place))


def index_words(lists: Iterable[WordList]) -> dict[str, Word]:
    """Return the kind of each word; a word in two lists has the kind of the last."""
    return {word: each.kind for each in lists for word in each.words.split()}
