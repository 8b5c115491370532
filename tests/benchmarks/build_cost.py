"""What a translated site costs, beside the English one by Sphinx and MyST alone."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bitext.po import parse, serialize

from .corpora import make_project, unpack
from .timing import Timing, time_command

RUNS = 3
TAG, SPHINX_TAG = "sl-SI", "sl"


def run(scratch: Path) -> dict[str, float]:
    """Measure nuget, 366 articles, every sentence pseudo-translated; return the figures by name."""
    project = make_project(
        scratch / "build", [("nuget", unpack("nuget", scratch) / "en-US")], languages=TAG
    )
    _prepare_bitext(project)
    _prepare_sphinx(project)
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-E", "-a", "-b", "html"]
    english = [*sphinx, "-c", "plain", "source", "out-english"]
    route = [*sphinx, "-c", "plain", "-D", f"language={SPHINX_TAG}", "-D", "locale_dirs=../locales"]
    commands = {
        "English, Sphinx and MyST": english,
        "translated, bitext": [
            *sphinx,
            "-c",
            ".",
            "-D",
            f"language={SPHINX_TAG}",
            "source",
            "out-bitext",
        ],
        "English, bitext": [
            *sphinx,
            "-c",
            ".",
            "-D",
            "language=en",
            "source",
            "out-bitext-english",
        ],
        "translated, Sphinx's gettext route": [*route, "source", "out-route"],
    }
    best = _interleave(commands, project)
    base = best["English, Sphinx and MyST"]
    figures = {f"{name}, CPU s": timing.cpu for name, timing in best.items()}
    figures |= {f"{name}, of an English build": t.cpu / base.cpu for name, t in best.items()}
    figures["translated, bitext, peak MB"] = best["translated, bitext"].memory
    figures["English, Sphinx and MyST, peak MB"] = base.memory
    return figures


def _interleave(commands: Mapping[str, Sequence[str]], project: Path) -> dict[str, Timing]:
    """Run all commands in turn, several times, and return the best of each."""
    timings: dict[str, list[Timing]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            timings[name].append(time_command(command, project))
    return {name: min(own, key=lambda timing: timing.cpu) for name, own in timings.items()}


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
