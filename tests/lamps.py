"""The projects that the manual shows: the lamp of the tutorial in its states, and a few others."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bitext.po import parse
from manual import code_blocks
from sites import edit, po, succeed, translate, translate_all, write

TUTORIAL = "tutorial.md"


def find_block(article: str, caption: str) -> str:
    """Return the text of the block with this caption."""
    (found,) = (code.text for code in code_blocks(article) if code.caption == caption)
    return found


def fill(path: Path, block: str) -> None:
    """Put the entries of a block in the place of those with their IDs."""
    text = path.read_text(encoding="utf-8")
    for entry in block.strip("\n").split("\n\n"):
        (identifier,) = re.findall(r'^(msgctxt ".*")$', entry, re.MULTILINE)
        parts = text.rstrip("\n").split("\n\n")
        (place,) = (n for n, part in enumerate(parts) if f"\n{identifier}\n" in part)
        text = "\n\n".join([*parts[:place], entry, *parts[place + 1 :]]) + "\n"
    parse(text)
    write(path, text)


CLEAN = {
    "Clean the lamp": "Očistite svetilko",
    "Unplug the lamp first.": "Najprej izklopite svetilko.",
    "Wipe it with a dry cloth.": "Obrišite jo s suho krpo.",
}


def lamp(root: Path, *tags: str) -> Path:
    """Make the tutorial's project with the translations that its reader writes."""
    for code in code_blocks(TUTORIAL):
        if match := re.fullmatch(r"The article `(.*)`", code.caption):
            write(root / match[1], code.text.lstrip("\n"))
    for tag in tags or ("sl-SI",):
        succeed(root, "init", tag)
    fill(po(root, "index"), find_block(TUTORIAL, "The last four entries of `index.po`"))
    return root


def edited(root: Path) -> Path:
    edit(lamp(root) / "source/index.md", "Press the button", "Press the red button")
    return root


def stale(root: Path) -> Path:
    edited(root)
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    return root


def stale_twice(root: Path) -> Path:
    """Make the lamp in two languages, one of them complete; then edit a sentence."""
    lamp(root, "sl-SI", "de-DE")
    for article in ("index", "clean"):
        translate_all(po(root, article, "de-DE"))
    edit(root / "source/index.md", "Press the button", "Press the red button")
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    return root


def nearly_done(root: Path) -> Path:
    """Make the lamp with one sentence that is not translated."""
    stale(root)
    fill(po(root, "index"), find_block(TUTORIAL, "The same entry, translated again"))
    translate(po(root, "index"), {"How to use the lamp.": "Kako se uporablja svetilka."})
    translate(po(root, "clean"), dict(list(CLEAN.items())[:2]))
    return root


def strict(root: Path) -> Path:
    with (nearly_done(root) / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[tool.bitext.check]\nmin-coverage = 90\n")
    return root


def done(root: Path) -> Path:
    translate(po(nearly_done(root), "clean"), dict(list(CLEAN.items())[2:]))
    return root


def in_git(root: Path) -> Path:
    """Make the lamp in a clone: ``origin/main`` is what is checked out."""
    done(root)
    run_git(root, "init", "-q")
    run_git(root, "add", "pyproject.toml", "conf.py", "source", "locale")
    run_git(root, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Begin")
    run_git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    return root


def run_git(root: Path, *words: str) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    subprocess.run([git, *words], cwd=root, check=True, capture_output=True)


def faulty(root: Path) -> Path:
    """Make a project with 41 findings."""
    english = [f"Take {number} cups of water." for number in range(2, 43)]
    write(root / "source/index.md", "# Tea\n\n" + "\n\n".join(english) + "\n")
    succeed(root, "init", "sl-SI")
    cups = {text: f"Vzemite {n} skodelice vode in 700 žlic." for n, text in enumerate(english, 2)}
    translate(po(root, "index"), {"Tea": "Čaj", **cups})
    return root


def unknown_directive(root: Path) -> Path:
    words = "Ena. Dve. Tri. Štiri. Pet.".split()
    english = "One. Two. Three. Four. Five.".split()
    text = "# Start\n\n" + "\n\n".join(english) + "\n\n```{step} Six\nSeven.\n```\n"
    write(root / "source/start.md", text.replace("Four.\n\nFive.", "Four.\nFive."))
    succeed(root, "init", "sl-SI")
    translate(po(root, "start"), {"Start": "Začetek", **dict(zip(english, words, strict=True))})
    return root


def behind(root: Path) -> Path:
    """Make the lamp in git, with three articles that were edited, and without the merge driver."""
    write(root / "source/wash.md", "# Wash the lamp\n")
    in_git(root)
    for article in ("index", "clean", "wash"):
        with (root / f"source/{article}.md").open("a", encoding="utf-8") as text:
            text.write("\nOne more sentence.\n")
    return root
