"""Golden files: ``title / . / input / . / expected / .``, each dot alone on its line.

Lines between cases are notes; the last one before the first dot is the title. In inputs ``␣``
is a space that ends a line and ``→`` a tab. ``pytest --regen`` rewrites what is expected; the
diff is reviewed like code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

CASES = Path(__file__).parent / "cases"

_VISIBLE = str.maketrans({"␣": " ", "→": "\t"})
_DOT = re.compile(r"^\.\n", re.MULTILINE)


class Case(NamedTuple):
    """One case of a golden file."""

    path: Path
    place: int
    """Its place in the file, from 0."""

    title: str
    given: str
    """The input, without its last line feed; empty for none."""

    expected: str


def read_cases(stage: str) -> Iterator[Case]:
    """Yield the cases of all files of a stage, in the order of their names."""
    for path in sorted((CASES / stage).glob("*.txt")):
        parts = _DOT.split(path.read_text(encoding="utf-8"))
        if len(parts) % 3 != 1 or parts[-1].strip():
            raise ValueError(f"{path}: a dot is missing")
        for index in range(len(parts) // 3):
            title, given, expected = parts[3 * index : 3 * index + 3]
            yield Case(
                path,
                index,
                title.strip("\n").rpartition("\n")[2],
                given.translate(_VISIBLE).removesuffix("\n"),
                expected.removesuffix("\n"),
            )


def params(stage: str) -> list[object]:
    """Return the cases of a stage as parameters of a test."""
    return [pytest.param(case, id=f"{case.path.stem}: {case.title}") for case in read_cases(stage)]


def rewrite(case: Case, actual: str) -> None:
    """Write `actual` as what the case expects; other cases keep their bytes."""
    text = case.path.read_text(encoding="utf-8")
    dots = [match.span() for match in _DOT.finditer(text)]
    start, end = dots[3 * case.place + 1][1], dots[3 * case.place + 2][0]
    written = f"{actual}\n" if actual else ""
    if _DOT.search(written):
        raise ValueError(f"{case.title}: a line of its result is a dot alone")
    case.path.write_text(text[:start] + written + text[end:], encoding="utf-8")
