"""The tutorial, followed to the letter: what it says to save, to write and to run."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from bitext.po import parse
from sites import edit, quoted, write

TUTORIAL = Path(__file__).resolve().parent.parent / "source/tutorial.md"
FOLDER = "lamp"
"""What the tutorial calls the project's folder."""

Bitext = Callable[[list[str]], str]
"""The words after ``bitext`` → what it prints."""

_BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n]*)\n(?P<body>.*?)\n(?P=fence)$", re.M | re.S)
_EDIT = re.compile(r'In `(?P<path>[^`]+)`, write "(?P<new>[^"]+)" in place of "(?P<old>[^"]+)"')
_ARTICLE = re.compile(r":caption: The article `(?P<path>[^`]+)`\n\n")
_OTHERS = ("git", "echo")
"""Commands that are run as they are."""

_OWN_WORDS = ("python3", ".", "pip", "cd", "mkdir")
"""Commands that make the folder in which this is played, and install bitext."""


def play(root: Path, bitext: Bitext) -> Iterator[tuple[str, list[str], list[str]]]:
    """Follow the tutorial in the empty folder `root`.

    Yield each command, or file, with what the tutorial shows and what is there, line by line.
    """
    text = TUTORIAL.read_text(encoding="utf-8")
    steps = sorted([*_BLOCK.finditer(text), *_EDIT.finditer(text)], key=lambda one: one.start())
    for step in steps:
        if "old" in step.groupdict():
            edit(root / step["path"], step["old"], step["new"])
            continue
        info, body = step["info"].strip(), step["body"]
        article = _ARTICLE.match(body)
        if article:
            write(root / article["path"], f"{body[article.end() :]}\n")
        elif info.endswith("console"):
            yield from _run(root, body, bitext)
        elif info.endswith("} po"):
            yield from _write_entries(root, body)
        elif "new file `" in body:
            name = body.partition("`")[2].partition("`")[0]
            shown = body.partition("\n\n")[2].split("\n")
            yield name, shown, (root / name).read_text(encoding="utf-8").rstrip("\n").split("\n")


def _run(root: Path, body: str, bitext: Bitext) -> Iterator[tuple[str, list[str], list[str]]]:
    """Run the commands of a block; the lines of parallel builds may come in any order."""
    _, *commands = re.split(r"^\$ ", body, flags=re.M)
    for command in commands:
        line, _, output = command.rstrip("\n").partition("\n")
        program, *words = shlex.split(line)
        if program in _OWN_WORDS or words == ["--version"]:
            continue
        if program in _OTHERS:
            subprocess.run(["bash", "-c", line], cwd=root, check=True, capture_output=True)
            continue
        assert program == "bitext", line
        shown = output.split("\n") if output else []
        yield line, sorted(shown), sorted(bitext(words).rstrip("\n").split("\n"))


def _write_entries(root: Path, body: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Write the translations of a block of entries, or compare with one that holds a stale one."""
    path = root / "locale/sl-SI/LC_MESSAGES/index.po"
    block = body.partition("\n\n")[2]
    if "#, fuzzy" in block:
        found = path.read_text(encoding="utf-8")
        yield "the stale entry", [block], [block if f"{block}\n" in found else found]
        return
    text = _without_state(path.read_text(encoding="utf-8"))
    for entry in parse(f'msgid ""\nmsgstr ""\n\n{block}\n').entries:
        before = rf'(msgctxt "{entry.msgctxt}"\n.*\nmsgstr )".*"'
        text, count = re.subn(before, rf'\1"{quoted(entry.msgstr)}"', text)
        assert count == 1
    write(path, text)
    yield "entries", [block], [block if block in path.read_text(encoding="utf-8") else "another"]


def _without_state(text: str) -> str:
    """Return a catalog without its flags and its former English, as the tutorial says to do."""
    return re.sub(r"^#(?:, fuzzy|\|.*)\n", "", text, flags=re.M)
