"""What is wrong with Learn's constructs: noted where it is found, told once per kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markdown_it.utils import EnvType

_ENV_FAULTS = "learn_faults"


class Fault(NamedTuple):
    """One construct that is not shown as it is meant; its text is."""

    kind: str
    """What it is, in words of one kind: all faults of a kind are told as one."""

    line: int
    """In the article, from 1."""

    what: str
    """What stands there."""


class PlacedFault(NamedTuple):
    """A fault in a file of the docset."""

    kind: str
    path: str
    """The file as messages show it."""

    line: int
    what: str


def note_fault(env: EnvType, kind: str, line: int, what: str) -> None:
    """Note a fault; `line` counts from 0, as tokens do."""
    found: dict[Fault, None] = env.setdefault(_ENV_FAULTS, {})
    found[Fault(kind, line + 1, what)] = None


def find_faults(env: EnvType) -> list[Fault]:
    """Return the faults noted while an article was parsed, in the order of its lines."""
    return sorted(env.get(_ENV_FAULTS, ()), key=lambda fault: fault.line)


def group_faults(faults: Iterable[PlacedFault]) -> Iterator[tuple[PlacedFault, str]]:
    """Yield the first fault of each kind, with a message that says how many places have it."""
    kinds: defaultdict[str, set[PlacedFault]] = defaultdict(set)
    for fault in faults:
        kinds[fault.kind].add(fault)
    for kind in sorted(kinds):
        first, count = min(kinds[kind]), len(kinds[kind])
        others = f"; {count} in all, this is the first" if count > 1 else ""
        yield first, f"{kind}: {first.what}{others}"
