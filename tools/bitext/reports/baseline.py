"""The baseline: findings that a project had when it began to be strict, and is not asked about.

A JSON file with a row for each finding, sorted, so that git merges it row by row.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from bitext.checks import Finding
from bitext.checks.catalog import SYNTAX, UNREADABLE
from bitext.errors import UsageError
from bitext.reports.fingerprints import Identity, identify

_NEVER = (SYNTAX, UNREADABLE)
"""What cannot be read is never let pass."""


class Compared(NamedTuple):
    """Findings beside a baseline."""

    new: list[Finding]
    known: int
    """Findings that the baseline has."""

    gone: list[Identity]
    """What the baseline has and nobody finds any more."""


def serialize_baseline(findings: Iterable[Finding]) -> str:
    """Return the text of the baseline that has these findings."""
    kept = sorted(identify(finding) for finding in findings if finding.check not in _NEVER)
    rows = [json.dumps(row._asdict(), ensure_ascii=False) for row in kept]
    listed = ",\n".join(f"  {row}" for row in rows)
    return f'{{"version": 1, "findings": [\n{listed}\n]}}\n' if rows else _EMPTY


_EMPTY = '{"version": 1, "findings": []}\n'


def parse_baseline(text: str, path: str) -> list[Identity]:
    """Return what a baseline has; raises `UsageError` with the way out if it is none."""
    try:
        stored = json.loads(text)
        if stored["version"] != 1:
            raise ValueError("another version")
        return [_parse_row(row) for row in stored["findings"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        message = "is not a baseline of bitext; restore it, or write it with --write-baseline"
        raise UsageError(message, path=path, line=line) from error


def _parse_row(row: dict[str, str]) -> Identity:
    values = [row[name] for name in Identity._fields]
    if not all(isinstance(value, str) for value in values):
        raise ValueError("not a text")
    return Identity(*values)


def compare(
    findings: Iterable[Finding], baseline: Sequence[Identity], *, languages: Collection[str]
) -> Compared:
    """Return the findings that the baseline does not have, each counted once.

    What is gone is said of `languages` only, and of findings of no language.
    """
    left = Counter(baseline)
    new: list[Finding] = []
    known = 0
    for finding in findings:
        identity = identify(finding)
        if finding.check not in _NEVER and left[identity] > 0:
            left[identity] -= 1
            known += 1
        else:
            new.append(finding)
    gone = [row for row in left.elements() if not row.language or row.language in languages]
    return Compared(new, known, sorted(gone))
