"""What Sphinx's own gettext builder extracts from a documentation."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib

from .corpora import ROOT


class Message(NamedTuple):
    """A message of one page."""

    article: str
    """Below the source folder: ``guide/install.md``."""

    text: str
    places: tuple[str, ...]
    """Where Sphinx found it: path below the source folder and line."""


def run_sphinx(root: Path, builder: str, *options: str) -> str:
    """Run Sphinx on ``docs`` of a project into ``out``; return what it says went wrong."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, *options, "docs", "out"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tools"), "NO_COLOR": "1"}
    done = subprocess.run(
        [*command[:-2], str(root / "docs"), str(root / "out")],
        cwd=root / "docs",
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=580,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Sphinx failed on {root.name}:\n{done.stderr[-3000:]}")
    return done.stderr


def find_messages(root: Path) -> Iterator[Message]:
    """Yield the messages that the gettext builder wrote to ``out``, page by page."""
    out = root / "out"
    for path in sorted(out.rglob("*.pot")):
        article = path.relative_to(out).with_suffix(".md").as_posix()
        if not (root / "docs" / article).is_file():
            continue
        for entry in polib.pofile(str(path)):
            places = tuple(
                f"{os.path.relpath(out / place, root / 'docs')}:{line}"
                for place, line in entry.occurrences
            )
            yield Message(article, entry.msgid, places)
