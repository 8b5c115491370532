"""What Sphinx prints: how far it is, and what made it fail."""

from __future__ import annotations

import re

from bitext.errors import one_line

_CAUSE = re.compile(
    r"^\s*(?P<cause>[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt)\b.*)", re.MULTILINE
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def find_cause(messages: str) -> str:
    r"""Return what made Sphinx fail, from all that it said.

    >>> find_cause("Traceback (most recent call last):\n  File x\nValueError: broken\n")
    'ValueError: broken'
    >>> find_cause("Extension error:\nCould not import extension x\n")
    'Extension error: Could not import extension x'
    """
    text = COLOUR.sub("", messages).strip()
    causes = [match["cause"] for match in _CAUSE.finditer(text)] if "Traceback" in text else []
    if causes:
        return one_line(causes[-1])
    start = re.search(r"^.*\berror\b.*:$", text, re.MULTILINE | re.IGNORECASE)
    return " ".join(text[start.start() if start else 0 :].split())


_PROGRESS = re.compile(r"(?P<phase>reading sources|writing output)\.\.\. \[ *(?P<per_cent>\d+)%\]")
_PHASES = {"reading sources": 0.0, "writing output": 0.5}
"""Where each of Sphinx's phases begins in the whole; each takes about half."""


def read_progress(line: str) -> float | None:
    """Return how much of a build is done, from 0 to 1, if a line of Sphinx's output says so."""
    match = _PROGRESS.search(line)
    return _PHASES[match["phase"]] + int(match["per_cent"]) / 200 if match else None
