"""Which files of a project this process reads: what extensions read is known by that alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_WRITING = frozenset("wax+")


def note_opened(root: Path) -> set[str]:
    """Return a set that gets the path of each file below `root` which this process opens to read.

    That goes on to the end of the process.
    """
    found: set[str] = set()
    start = os.path.join(os.path.realpath(root), "")  # noqa: PTH118 - of what is opened, text

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event != "open" or not isinstance(arguments[0], (str, os.PathLike)):
            return
        mode = arguments[1]
        if isinstance(mode, str) and _WRITING.isdisjoint(mode):
            path = os.path.realpath(arguments[0])
            if path.startswith(start):
                found.add(path)

    sys.addaudithook(note)
    return found


def is_made(path: Path, root: Path) -> bool:
    """Tell whether a file is one that programs keep for themselves."""
    parts = path.relative_to(os.path.realpath(root)).parts
    return any(part.startswith(".") or part == "__pycache__" for part in parts)
