"""What a translated site costs, beside the English one by Sphinx and MyST alone."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from bitext.po import parse, serialize

from .corpora import make_project, unpack
from .timing import Timing, time_command

ROUNDS = 5
SLOW_ROUNDS = 2
"""Of Sphinx's own gettext route, which takes as long as all the others."""

ENGLISH = "English, Sphinx and MyST"
ROUTE = "translated, Sphinx's gettext route"
TAG, SPHINX_TAG = "sl-SI", "sl"


def run(scratch: Path) -> dict[str, float]:
    """Measure nuget, 366 articles, every sentence pseudo-translated; return the figures by name."""
    project = make_project(
        scratch / "build", [("nuget", unpack("nuget", scratch) / "en-US")], languages=TAG
    )
    _prepare_bitext(project)
    _prepare_sphinx(project)
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-E", "-a", "-b", "html"]
    bitext = [*sphinx, "-c", ".", "source"]
    commands = {
        ENGLISH: [*sphinx, "-c", "plain", "source", "out-english"],
        "translated, bitext": [*bitext, "out-bitext", "-D", f"language={SPHINX_TAG}"],
        "English, bitext": [*bitext, "out-bitext-english", "-D", "language=en"],
    }
    route = ["-c", "plain", "-D", f"language={SPHINX_TAG}", "-D", "locale_dirs=../locales"]
    timings = _interleave(commands, project, ROUNDS)
    slow = {ENGLISH: commands[ENGLISH], ROUTE: [*sphinx, *route, "source", "out-route"]}
    figures = _figures(timings)
    figures |= {
        k: v for k, v in _figures(_interleave(slow, project, SLOW_ROUNDS)).items() if ROUTE in k
    }
    return figures


def _figures(timings: Mapping[str, Sequence[Timing]]) -> dict[str, float]:
    """Return the best of each command and its ratio to English, and the rounds' median ratio.

    Processor time only ever grows by what else the machine does, so the best is the fairest;
    a median far from it tells of a machine that was not quiet.
    """
    figures: dict[str, float] = {}
    best = min(timing.cpu for timing in timings[ENGLISH])
    for name, own in timings.items():
        pairs = zip(own, timings[ENGLISH], strict=True)
        figures[f"{name}, CPU s"] = min(timing.cpu for timing in own)
        figures[f"{name}, of an English build"] = figures[f"{name}, CPU s"] / best
        figures[f"{name}, median of the rounds"] = median(a.cpu / b.cpu for a, b in pairs)
        figures[f"{name}, peak MB"] = max(timing.memory for timing in own)
    return figures


def _interleave(
    commands: Mapping[str, Sequence[str]], project: Path, rounds: int
) -> dict[str, list[Timing]]:
    """Run all commands in turn, several times."""
    timings: dict[str, list[Timing]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            timings[name].append(time_command(command, project))
    return timings


def _prepare_bitext(project: Path) -> None:
    """Make catalogs in which every sentence is its English, marked."""
    for command in ("gettext", "update"):
        time_command([sys.executable, "-m", "bitext", command, "-q"], project)
    for path in (project / "locale" / TAG).rglob("*.po"):
        catalog = parse(path.read_text(encoding="utf-8"))
        entries = tuple(replace(e, msgstr=mark(e.msgid), raw=None) for e in catalog.entries)
        path.write_text(serialize(replace(catalog, entries=entries)), encoding="utf-8")


def _prepare_sphinx(project: Path) -> None:
    """Make Sphinx's own catalogs of the same text, marked likewise."""
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-b", "gettext", "-c", "plain", "source", "pot"]
    time_command(sphinx, project)
    intl = str(Path(sys.executable).with_name("sphinx-intl"))
    time_command([intl, "update", "-p", "pot", "-d", "locales", "-l", SPHINX_TAG], project)
    shutil.rmtree(project / "pot")
    import polib

    for path in (project / "locales").rglob("*.po"):
        catalog = polib.pofile(str(path))
        for entry in catalog:
            entry.msgstr = mark(entry.msgid)
        catalog.save()


def mark(text: str) -> str:
    """Return a pseudo-translation that keeps all markup: a letter before the first word."""
    for index, character in enumerate(text):
        if character.isalpha():
            return f"{text[:index]}Ž{text[index:]}"
    return text
