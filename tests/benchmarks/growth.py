"""Time and memory of gettext, update and check as a project grows."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bitext.po import parse, serialize

from .build_cost import mark
from .timing import time_command

SIZES = (1000, 5000, 20_000, 50_000)
TAG = "sl-SI"
EDITED = 20
"""One article in so many is edited."""

_WORDS = (
    "server request token page build sentence catalog writer reader language file folder"
    " setting value error answer network client message article entry memory window button"
).split()


def run(scratch: Path) -> dict[str, float]:
    """Measure generated projects of growing size and return the figures by name."""
    figures: dict[str, float] = {}
    for size in SIZES:
        folder = make_articles(scratch / f"growth{size}", size)
        for name, prepare, command in _STEPS:
            prepare(folder)
            timing = time_command([sys.executable, "-m", "bitext", command, "-q"], folder)
            figures[f"{name}, {size} articles, ms each"] = 1000 * timing.wall / size
            figures[f"{name}, {size} articles, peak MB"] = timing.memory
        shutil.rmtree(folder)
    return figures


def _leave(folder: Path) -> None:
    """Change nothing."""


def _translate(folder: Path) -> None:
    """Translate everything."""
    for path in (folder / "locale" / TAG).rglob("*.po"):
        catalog = parse(path.read_text(encoding="utf-8"))
        entries = tuple(replace(e, msgstr=mark(e.msgid), raw=None) for e in catalog.entries)
        path.write_text(serialize(replace(catalog, entries=entries)), encoding="utf-8")


def _edit(folder: Path) -> None:
    """Edit a sentence of some articles, and add one."""
    for path in sorted((folder / "source").rglob("*.md"))[::EDITED]:
        head, _, tail = path.read_text(encoding="utf-8").rpartition(".")
        path.write_text(f"{head} here. {_WORDS[0].capitalize()} {path.stem}.{tail}", "utf-8")


_STEPS: tuple[tuple[str, Callable[[Path], None], str], ...] = (
    ("gettext", _leave, "gettext"),
    ("update", _leave, "update"),
    ("update, nothing translated", _leave, "update"),
    ("check", _leave, "check"),
    ("update, all translated", _translate, "update"),
    ("gettext after edits", _edit, "gettext"),
    ("update after edits", _leave, "update"),
)
"""What is measured, what is done before, and the command."""


def make_articles(folder: Path, size: int) -> Path:
    """Write `size` articles of three sections with two paragraphs each."""
    generator = random.Random(size)
    for number in range(size):
        path = folder / "source" / f"section{number // 100}" / f"article{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_article(generator, number), encoding="utf-8")
    settings = f'[tool.bitext]\nlanguages = ["{TAG}"]\n'
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    return folder


def _article(generator: random.Random, number: int) -> str:
    def sentence() -> str:
        words = generator.choices(_WORDS, k=generator.randint(6, 14))
        if generator.random() < 0.3:
            words[2] = f"`{words[2]}`"
        if generator.random() < 0.2:
            words[3] = f"[{words[3]}](article{number}.md)"
        return " ".join(words).capitalize() + "."

    parts = [f"# Article {number} on the {generator.choice(_WORDS)}"]
    for section in range(3):
        parts.append(f"## Section {section} of the {generator.choice(_WORDS)}")
        parts += [" ".join(sentence() for _ in range(3)) for _ in range(2)]
        parts.append("\n".join(f"- {sentence()}" for _ in range(3)))
    return "\n\n".join(parts) + "\n"
