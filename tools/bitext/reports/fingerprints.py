"""What tells a finding from all others, on whatever line it comes to stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from bitext.checks import Finding

_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


class Identity(NamedTuple):
    """Of which entry a finding is, and what the entry says."""

    language: str
    entry: str
    """The entry's ID, which outlives lines and paths; of a finding without one, the file."""

    check: str
    hash: str
    """16 hex digits of the entry's English and translation, so that a finding of another
    translation is another finding; without an entry, of the message without its numbers."""


def identify(finding: Finding) -> Identity:
    """Return what tells a finding from those of other entries and checks."""
    if finding.segment:
        said = f"{finding.english}\0{finding.translation}"
    else:
        said = _NUMBERS.sub("0", finding.message)
    hashed = sha256(said.encode(errors="replace")).hexdigest()[:16]
    return Identity(finding.language, finding.segment or finding.path, finding.check, hashed)


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield 32 hex digits for each finding; no two are alike, not even of one entry and check."""
    seen: Counter[Identity] = Counter()
    for finding in findings:
        identity = identify(finding)
        seen[identity] += 1
        key = "\0".join([*identity, str(seen[identity])])
        yield sha256(key.encode(errors="replace")).hexdigest()[:32]
