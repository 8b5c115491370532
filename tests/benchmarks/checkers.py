"""The checkers that are compared: how each is called, and which entries it flags."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bitext.po import parse

Flagged = set[str]
"""IDs of the entries in which something is found."""

_HERE = Path(sys.executable).parent
_ROW = re.compile(r"^(?P<path>[^\s:][^:]*\.po):(?P<line>\d+):", re.MULTILINE)
_CONTEXT = re.compile(r'^\d+:msgctxt "(?P<id>[^"]*)"', re.MULTILINE)
_COUNTING = ("untranslated", "fuzzy", "stale", "coverage", "pot-behind", "not-extracted")
"""Checks of bitext that count and find no damage."""


@dataclass(frozen=True, slots=True)
class Checker:
    """One program."""

    name: str
    commands: Callable[[Path, Path], Sequence[Sequence[str]]]
    """(folder of the PO files, empty folder) → what to run, in the project's folder."""

    read: Callable[[Path, Path, str], Flagged]
    """The same folders and what was printed → what it flags."""

    program: str
    """The executable without which it is left out."""

    statuses: Sequence[int] = (0, 1)
    """The exit statuses of a run that came to its end."""

    @property
    def is_there(self) -> bool:
        """Whether the program is installed."""
        return find_program(self.program) is not None


def flag(checker: Checker, project: Path, catalogs: Path, scratch: Path) -> Flagged:
    """Run a checker over the catalogs and return what it flags."""
    said: list[str] = []
    for command in checker.commands(catalogs, scratch):
        done = subprocess.run(command, cwd=project, capture_output=True, check=False)
        if done.returncode not in checker.statuses:
            raise RuntimeError(f"{checker.name}: {done.stderr.decode(errors='replace')[-2000:]}")
        said.append((done.stdout + done.stderr).decode(errors="replace"))
    return checker.read(catalogs, scratch, "\n".join(said))


def find_program(program: str) -> str | None:
    """Return where a program is: in the environment, in that of the peers, or on the path."""
    own = (_HERE / program, _HERE.parent / "peers" / "bin" / program)
    return next((str(path) for path in own if path.exists()), shutil.which(program))


def _program(name: str) -> str:
    return find_program(name) or name


def _read_bitext(catalogs: Path, scratch: Path, said: str) -> Flagged:
    findings = json.loads(said)["findings"]
    return {
        found["segment"]
        for found in findings
        if found["check"] not in _COUNTING and found["severity"] != "info"
    }


def _read_pofilter(catalogs: Path, scratch: Path, said: str) -> Flagged:
    texts = (path.read_text(encoding="utf-8") for path in scratch.rglob("*.po"))
    return {e.msgctxt or "" for text in texts for e in parse(text, is_merged=True).entries}


def _read_dennis(catalogs: Path, scratch: Path, said: str) -> Flagged:
    return {match["id"] for match in _CONTEXT.finditer(said)}


def _read_lines(catalogs: Path, scratch: Path, said: str) -> Flagged:
    """Return the entries at the lines that are named."""
    starts = {path: list(_starts(path)) for path in catalogs.rglob("*.po")}
    found: Flagged = set()
    for match in _ROW.finditer(said):
        known = starts.get(Path(match["path"]), [])
        before = [name for line, name in known if line <= int(match["line"])]
        found.update(before[-1:])
    return found


def _starts(path: Path) -> Iterator[tuple[int, str]]:
    for entry in parse(path.read_text(encoding="utf-8")).entries:
        yield entry.line, entry.msgctxt or ""


def _read_i18nspector(catalogs: Path, scratch: Path, said: str) -> Flagged:
    """Return the entries whose context or English is named."""
    found: Flagged = set()
    for path in catalogs.rglob("*.po"):
        own = "\n".join(line for line in said.split("\n") if f" {path}: " in line)
        for entry in parse(path.read_text(encoding="utf-8")).entries:
            if entry.msgctxt and (f"'{entry.msgctxt}'" in own or f"'{entry.msgid}'" in own):
                found.add(entry.msgctxt)
    return found


def _each(*words: str) -> Callable[[Path, Path], Sequence[Sequence[str]]]:
    """Return what calls a program once for each file."""

    def commands(catalogs: Path, scratch: Path) -> Sequence[Sequence[str]]:
        program = _program(words[0])
        return [[program, *words[1:], str(path)] for path in sorted(catalogs.rglob("*.po"))]

    return commands


def _bitext(catalogs: Path, scratch: Path) -> Sequence[Sequence[str]]:
    return [[sys.executable, "-m", "bitext", "check", "-l", "sl-SI", "--format", "json"]]


def list_findings(catalogs: Path, scratch: Path) -> Sequence[Sequence[str]]:
    """Return what prints our findings as the others do, line by line."""
    return [command[:-2] for command in _bitext(catalogs, scratch)]


def _pofilter(catalogs: Path, scratch: Path) -> Sequence[Sequence[str]]:
    quiet = ["--progress=none", "--language=sl"]
    return [[_program("pofilter"), *quiet, "-i", str(catalogs), "-o", str(scratch)]]


def _dennis(catalogs: Path, scratch: Path) -> Sequence[Sequence[str]]:
    return [[_program("dennis-cmd"), "lint", str(catalogs)]]


CHECKERS: Mapping[str, Checker] = {
    checker.name: checker
    for checker in (
        Checker("bitext check", _bitext, _read_bitext, "python3"),
        Checker("pofilter", _pofilter, _read_pofilter, "pofilter"),
        Checker("dennis-cmd lint", _dennis, _read_dennis, "dennis-cmd"),
        Checker("msgfmt -c", _each("msgfmt", "-c", "-o", "/dev/null"), _read_lines, "msgfmt"),
        Checker("i18nspector", _each("i18nspector"), _read_i18nspector, "i18nspector"),
    )
}
"""Ours first; ``make bench`` installs pofilter and dennis, Debian has the rest."""
