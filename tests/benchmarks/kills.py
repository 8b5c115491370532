"""``bitext update`` killed at random moments: each catalog old or new, and nothing left behind.

Files are written in the last hundredth of a run, so every second kill waits for the first one.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = 60
TAG = "sl-SI"
WRITING = 0.01
"""Seconds that all catalogs take to be written, and some more."""

COMMAND = (sys.executable, "-m", "bitext", "update", "-q")


def run(scratch: Path) -> dict[str, float]:
    """Kill 200 updates and return the figures by name."""
    return kill_updates(scratch, times=200)


def kill_updates(scratch: Path, *, times: int) -> dict[str, float]:
    """Kill `times` updates, each at a random moment of its run; fail if one leaves a mixture."""
    old = make_outdated(scratch / "old")
    new = Path(shutil.copytree(old, scratch / "new"))
    seconds = _time_update(new)
    before, after = read_catalogs(old), read_catalogs(new)
    assert before.keys() == after.keys()
    generator = random.Random(times)
    killed = partial = scratch_left = 0
    while killed < times:
        root = Path(shutil.copytree(old, scratch / "run"))
        is_writing = killed % 2 == 1
        was_killed = _kill(
            root, generator.uniform(0, WRITING if is_writing else seconds), is_writing
        )
        killed += was_killed
        found = read_catalogs(root)
        check_whole(found, before, after)
        partial += was_killed and before != found != after
        scratch_left += any(root.rglob("*~"))
        subprocess.run(COMMAND, cwd=root, env=environment(), check=True)
        assert read_catalogs(root) == after, "the next run completes it"
        assert not list(root.rglob("*~")), "and clears away"
        shutil.rmtree(root)
    return {
        "updates killed": killed,
        "of them between two catalogs": partial,
        "of them within one": scratch_left,
        "catalogs": len(before),
    }


def make_outdated(root: Path) -> Path:
    """Make a project whose every catalog, translated, is behind its POT."""
    for number in range(ARTICLES):
        path = root / "source" / f"a{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = " ".join(f"Sentence {n} of article {number} is here." for n in range(40))
        path.write_text(f"# Article {number}\n\n{text}\n", encoding="utf-8")
    (root / "pyproject.toml").write_text(f'[tool.bitext]\nlanguages = ["{TAG}"]\n', "utf-8")
    _bitext(root, "gettext")
    _bitext(root, "update")
    for path in root.rglob("*.po"):
        text = path.read_text(encoding="utf-8")
        filled = text.replace('is here."\nmsgstr ""', 'is here."\nmsgstr "Tu je."')
        path.write_text(filled, encoding="utf-8")
    for path in root.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("is here", "is really here"), encoding="utf-8")
    _bitext(root, "gettext")
    return root


def _bitext(root: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "bitext", *arguments, "-q"]
    subprocess.run(command, cwd=root, env=environment(), check=True)


def environment() -> dict[str, str]:
    """Return the environment of a command of ours."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "tools"), "PYTHONWARNINGS": ""}


def _time_update(root: Path) -> float:
    start = time.perf_counter()
    subprocess.run(COMMAND, cwd=root, env=environment(), check=True)
    return time.perf_counter() - start


def _kill(root: Path, seconds: float, is_writing: bool) -> bool:
    """Run an update and kill it after so long, or so long after it began to write.

    Returns whether it still ran.
    """
    process = subprocess.Popen(COMMAND, cwd=root, env=environment())
    first = root / "locale" / TAG / "LC_MESSAGES" / "a0.po"
    number = first.stat().st_ino
    while is_writing and process.poll() is None and first.stat().st_ino == number:
        pass
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def read_catalogs(root: Path) -> dict[str, bytes]:
    """Return all PO files, by their paths."""
    folder = root / "locale" / TAG
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.po")}


def check_whole(
    found: Mapping[str, bytes], before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> None:
    """Fail if a catalog is neither old nor new."""
    assert found.keys() == before.keys()
    mixed = [path for path in found if found[path] not in (before[path], after[path])]
    assert not mixed, mixed
