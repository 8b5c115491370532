"""English → POT: `bitext gettext` beside Sphinx's own gettext builder."""

from __future__ import annotations

import itertools
import shutil
import sys
from pathlib import Path

from .corpora import make_project, unpack
from .timing import best_of, time_command

RUNS = 3


def run(scratch: Path) -> dict[str, float]:
    """Measure nuget and quantum together, 1,562 articles, and return the figures by name."""
    sources = [(name, unpack(name, scratch) / "en-US") for name in ("nuget", "quantum")]
    numbers = itertools.count()

    def fresh() -> Path:
        return make_project(scratch / f"gettext{next(numbers)}", sources)

    bitext = [sys.executable, "-m", "bitext", "gettext", "--quiet"]
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-b", "gettext", "-c", "plain", "source", "out"]
    figures: dict[str, float] = {}
    pairs = [(time_command(bitext, fresh()), time_command(sphinx, fresh())) for _ in range(RUNS)]
    ours = min((pair[0] for pair in pairs), key=lambda timing: timing.wall)
    theirs = min((pair[1] for pair in pairs), key=lambda timing: timing.wall)
    figures["bitext gettext, from nothing, s"] = ours.wall
    figures["sphinx-build -b gettext, s"] = theirs.wall
    figures["times faster"] = theirs.wall / ours.wall

    folder = fresh()
    time_command(bitext, folder)
    python = best_of(RUNS, [sys.executable, "-c", "pass"], lambda: folder)
    figures["starting Python, s"] = python.wall
    before = _tree(folder)
    second = best_of(RUNS, bitext, lambda: folder)
    figures["second run, over starting Python, s"] = second.wall - python.wall
    figures["files written by it"] = len(_tree(folder) ^ before)
    figures["one changed article, over starting Python, s"] = (
        best_of(RUNS, bitext, lambda: _edit(folder, next(numbers))).wall - python.wall
    )
    shutil.rmtree(folder)
    return figures


def _tree(folder: Path) -> set[tuple[str, int]]:
    """Return the files of a project with their times."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {(str(path), path.stat().st_mtime_ns) for path in files}


def _edit(folder: Path, number: int) -> Path:
    """Add a sentence to one article."""
    path = next((folder / "source" / "nuget").rglob("overview*.md"))
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(f"{text}\n\nThis is added sentence {number}.\n", encoding="utf-8")
    return folder
