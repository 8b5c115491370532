"""``bitext build`` killed at random moments: each site old or new, and the next run mends all.

Sites take their places in the last moments of a build, so every second kill waits for the first.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bitext.onebuild.verify import ALLOWED
from sites import edit, make_project, po, translate, write

from .kills import environment

TAGS = ("sl-SI", "de-DE", "ja-JP")
PLACING = 0.15
"""Seconds that all sites take to be put in their places, and some more."""

COMMAND = (sys.executable, "-m", "bitext", "build", "-q")
Site = Mapping[str, bytes]


def run(scratch: Path) -> dict[str, float]:
    """Kill 200 builds and return the figures by name."""
    return kill_builds(scratch, times=200)


def kill_builds(scratch: Path, *, times: int) -> dict[str, float]:
    """Kill `times` builds, each on the way to another state of the project; fail if one harms.

    Raises `AssertionError` if a killed build leaves a site that is neither old nor new, or if the
    next one does not end with what a clean build makes.
    """
    states = _make_states(scratch, times)
    clean = [_read_sites(state) for state in states]
    root = Path(shutil.copytree(states[0], scratch / "run"))
    seconds = _time_build(Path(shutil.copytree(states[1], scratch / "timed")))
    generator = random.Random(times)
    old, killed, mixed = 0, 0, 0
    while killed < times:
        new = generator.choice([number for number in range(len(states)) if number != old])
        _become(root, states[new])
        is_placing = killed % 2 == 1
        if not _kill(root, generator.uniform(0, PLACING if is_placing else seconds), is_placing):
            old = new
            continue
        killed += 1
        found = _read_sites(root)
        for tag in ("en-US", *TAGS):
            assert _is_same(found.get(tag, {}), clean[old][tag]) or _is_same(
                found.get(tag, {}), clean[new][tag]
            ), f"kill {killed}: {tag} is neither the old nor the new site"
        mixed += any(_is_same(found[tag], clean[new][tag]) for tag in TAGS)
        subprocess.run(COMMAND, cwd=root, env=environment(), check=True, stderr=subprocess.DEVNULL)
        after = _read_sites(root)
        for tag in ("en-US", *TAGS):
            assert _is_same(after[tag], clean[new][tag]), f"kill {killed}: {tag} is not mended"
        old = new
    return {"builds killed": killed, "of them while sites took their places": mixed}


def _make_states(scratch: Path, most: int) -> list[Path]:
    """Make states of one project, each with a clean build: at most so many edits of the first."""
    first = make_project(
        scratch / "first",
        {
            "index.md": "# Lamp\n\nSee [it](clean.md).\n\n```{toctree}\n:glob:\n*\n```\n",
            **{
                f"{name}.md": f"# The {name}\n\nIt is a {name}. See [](index.md).\n"
                for name in ("clean", "bulb", "base", "cord", "plug", "shade")
            },
        },
        languages=TAGS,
    )
    for command in ("gettext", "update"):
        _bitext(first, command)
    for tag in TAGS:
        translate(po(first, "bulb", tag), {"It is a bulb.": f"Bulb {tag}.", "The bulb": tag})
    edits: Sequence[Callable[[Path], object]] = (
        lambda root: edit(root / "source/clean.md", "It is", "It was"),
        lambda root: edit(root / "source/bulb.md", "# The bulb", "# A bulb"),
        lambda root: translate(po(root, "base"), {"The base": "Podstavek"}),
        lambda root: write(root / "source/dust.md", "# Dust\n\nBlow.\n"),
        lambda root: (root / "source/cord.md").unlink(),
        lambda root: edit(root / "conf.py", 'project = "', 'project = "New '),
    )
    states = [first]
    for number, change in enumerate(edits[:most]):
        state = Path(shutil.copytree(first, scratch / f"state{number}"))
        change(state)
        states.append(state)
    for state in states:
        _bitext(state, "build")
    return states


def _bitext(root: Path, command: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "bitext", command, "-q"],
        cwd=root,
        env=environment(),
        check=True,
        stderr=subprocess.DEVNULL,
    )


def _become(root: Path, state: Path) -> None:
    """Give a project the articles, catalogs and settings of another, but not what it built."""
    for name in ("source", "locale"):
        shutil.rmtree(root / name)
        shutil.copytree(state / name, root / name)
    for name in ("conf.py", "pyproject.toml"):
        shutil.copy(state / name, root / name)


def _time_build(root: Path) -> float:
    shutil.rmtree(root / "build")
    start = time.perf_counter()
    _bitext(root, "build")
    return time.perf_counter() - start


def _kill(root: Path, seconds: float, is_placing: bool) -> bool:
    """Run a build and kill it after so long, or so long after the first site took its place.

    Returns whether it still ran.
    """
    folder = root / "build/html"
    before = {tag: _number(folder / tag) for tag in ("en-US", *TAGS)}
    process = subprocess.Popen(COMMAND, cwd=root, env=environment(), stderr=subprocess.DEVNULL)
    while (
        is_placing
        and process.poll() is None
        and all(_number(folder / tag) == number for tag, number in before.items())
    ):
        pass
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _number(folder: Path) -> int:
    return folder.stat().st_ino if folder.exists() else 0


def _read_sites(root: Path) -> dict[str, Site]:
    """Return the files of each site."""
    return {
        folder.name: {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (root / "build/html").iterdir()
        if folder.is_dir()
    }


def _is_same(ours: Site, theirs: Site) -> bool:
    """Tell whether two sites are the same, apart from what is allowed to differ between builds."""
    return ours.keys() == theirs.keys() and all(
        content == theirs[path]
        or any(a.path.fullmatch(path) and a.same(content, theirs[path]) for a in ALLOWED)
        for path, content in ours.items()
    )
