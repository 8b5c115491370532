"""Group B: what is not translated."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.model import Check, Problem, Severity, Unit, short
from bitext.model import State


def _find_untranslated(unit: Unit) -> Iterator[Problem]:
    for entry in unit.by_state[State.UNTRANSLATED]:
        yield Problem(entry, f'{entry.msgctxt} "{short(entry.msgid)}" is not translated')


def _find_fuzzy(unit: Unit) -> Iterator[Problem]:
    for entry in unit.by_state[State.FUZZY]:
        way = "review it and remove the fuzzy flag"
        yield Problem(entry, f'{entry.msgctxt} "{short(entry.msgid)}" is fuzzy; {way}')


def _find_stale(unit: Unit) -> Iterator[Problem]:
    for entry in unit.by_state[State.STALE]:
        before = short(entry.previous_msgid or "")
        way = "bring the translation up to date and remove the fuzzy flag"
        yield Problem(
            entry,
            f'{entry.msgctxt} "{short(entry.msgid)}" translates older English "{before}"; {way}',
        )


UNTRANSLATED = Check(
    id="untranslated",
    severity=Severity.INFO,
    why="Readers see English in the middle of their page.",
    find=_find_untranslated,
)

FUZZY = Check(
    id="fuzzy",
    severity=Severity.INFO,
    why="Somebody or some machine was not sure of this translation.",
    find=_find_fuzzy,
)

STALE = Check(
    id="stale",
    severity=Severity.INFO,
    why="The English changed after this translation was made.",
    find=_find_stale,
)
