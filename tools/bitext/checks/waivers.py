"""Waivers: a translator's word that a finding is as it should be, with the reason.

A waiver is a translator comment of the entry that it is about::

    # bitext: ignore=link-targets the Slovenian page has another address
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bitext.po import Entry

_WAIVER = re.compile(r"bitext:\s*ignore=(?P<checks>[a-z,-]+)(?:\s+(?P<reason>\S.*))?")

UNUSED = "waiver-unused"
"""Found where an entry is checked: a waiver of what is not found, or that gives no reason."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One comment."""

    checks: tuple[str, ...]
    """IDs of the checks whose findings it waives."""

    reason: str


def find_waivers(entry: Entry) -> list[Waiver]:
    """Return the waivers of an entry.

    >>> find_waivers(Entry("a", comments=("bitext: ignore=numbers it is a dozen",)))
    [Waiver(checks=('numbers',), reason='it is a dozen')]
    """
    matches = (_WAIVER.fullmatch(comment.strip()) for comment in entry.comments)
    return [
        Waiver(tuple(filter(None, match["checks"].split(","))), match["reason"] or "")
        for match in matches
        if match
    ]


def find_unused(
    waivers: Collection[Waiver], found: Collection[str], *, known: Collection[str]
) -> Iterator[str]:
    """Yield what is wrong with waivers.

    `found` are the IDs of the checks that found something, `known` those of all.
    """
    for waiver in waivers:
        for check in waiver.checks:
            if check not in known:
                way = "write the name in the brackets of the finding"
                yield f"{check!r} is no check of translations: {way}"
            elif check not in found:
                yield f"its waiver of {check} waives nothing: delete it"
        if not waiver.reason:
            names = ",".join(waiver.checks)
            yield f"its waiver of {names} gives no reason: write it after the name"


def waived(waivers: Collection[Waiver]) -> frozenset[str]:
    """Return the IDs of the checks whose findings are waived: only with a reason."""
    return frozenset(check for waiver in waivers if waiver.reason for check in waiver.checks)
