"""What checks see and what they find."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bitext.coverage import LanguageCoverage
from bitext.errors import one_line
from bitext.model import State
from bitext.po import Catalog, Entry
from bitext.states import find_standings

if TYPE_CHECKING:
    from bitext.checks.audit.model import SiteCoverage
    from bitext.checks.pair import Pair


class Severity(StrEnum):
    """How bad a finding is; only errors make a command's exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(slots=True, unsafe_hash=True)  # not frozen: to make one would take four times as long
class Finding:
    """One problem: where, what, how bad. It is never changed."""

    path: str
    """The file, below the project's folder."""

    line: int
    """From 1; 0 if the problem is the file's as a whole."""

    severity: Severity
    message: str
    """What is wrong, and the way out."""

    check: str
    """The ID of the check that found it."""

    language: str = ""
    article: str = ""
    segment: str = ""
    """The ID of the entry, if the problem is one entry's."""

    column: int = 0
    """From 1; 0 if it is not known."""

    english: str = ""
    """The sentence, if the problem is one entry's."""

    translation: str = ""
    """That of the entry; empty if it has none."""

    source_line: int = 0
    """The line of the sentence in its article, from 1; 0 if it was not looked for."""

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        place = ":".join([self.path, *numbers])
        return one_line(f"{place}: {self.severity}: {self.message} [{self.check}]")


class Problem(NamedTuple):
    """What a check yields; the place in the file is the entry's."""

    entry: Entry | None
    """None if the catalog as a whole is meant."""

    message: str


@dataclass(frozen=True)
class Unit:
    """What a check looks at: one language's catalog of one article, as `update` would leave it."""

    language: str
    article: str
    catalog: Catalog
    template: Catalog | None
    """The article's current POT; None if the catalog has just its sentences, each translated."""

    is_below: bool
    """Whether the language is below the coverage that the settings ask for."""

    before: Catalog | None = None
    """The catalog as it is on disk; None if there is none."""

    prefixes: Collection[str] = ()
    """Those of the IDs of all articles; none if that is not known."""

    @cached_property
    def by_state(self) -> Mapping[State, Sequence[Entry]]:
        """The entries in use that no other speaks for, by state."""
        if self.template is None:
            return {**dict.fromkeys(State, ()), State.TRANSLATED: self.catalog.entries}
        found: dict[State, list[Entry]] = {state: [] for state in State}
        for entry, state, is_covered in find_standings(self.catalog.entries):
            if not is_covered:
                found[state].append(entry)
        return found


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it is called, why it matters, how it finds."""

    id: str
    severity: Severity
    why: str
    find: Callable[[Unit], Iterator[Problem]]


class Example(NamedTuple):
    """A sentence and a translation of it, with which a check explains itself."""

    english: str
    translation: str
    language: str = "sl-SI"
    terms: str = ""
    """The text of ``terms.csv``, if it needs one."""


@dataclass(frozen=True, slots=True)
class PairCheck:
    """One check of a sentence beside its translation."""

    id: str
    severity: Severity
    why: str
    find: Callable[[Pair], Iterator[str]]
    """Yields what is wrong, and the way out."""

    bad: tuple[Example, ...]
    """In each the check finds something; they are its tests and its explanation."""

    good: tuple[Example, ...]
    """In none of them any check finds anything."""

    mend: Callable[[Pair], str] | None = None
    """Returns the translation without what it finds, as far as that can be known; whoever
    applies it checks the result. None if only a person can tell."""

    may: Callable[[Pair], bool] | None = None
    """Tells at a glance whether `find` may find anything; None if only `find` can tell."""


@dataclass(frozen=True, slots=True)
class LanguageCheck:
    """One check of all translations of a language together."""

    id: str
    severity: Severity
    why: str
    find: Callable[[Sequence[Entry], str], Iterator[tuple[Entry, str]]]
    """Takes entries and their language; yields what is wrong with which, and the way out."""

    bad: tuple[Example, ...]
    """Together they make the check find something in the last."""

    good: tuple[Example, ...]
    """Together they do not."""


def short(text: str, width: int = 60) -> str:
    """Return the beginning of a sentence, for messages."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


@dataclass(slots=True)
class CheckReport:
    """What a check found."""

    findings: list[Finding] = field(default_factory=list)
    languages: list[LanguageCoverage] = field(default_factory=list)

    is_unreadable: bool = False
    """Whether a file could not be read."""

    source: str = "source"
    """The folder of the articles, below the project's."""

    sites: list[SiteCoverage] = field(default_factory=list)
    """How much of each site is offered for translation, if a built site was checked."""

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
