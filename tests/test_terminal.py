"""Findings at a terminal: by file, with the fault marked; lines for tools everywhere else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Literal

import pytest
from rich.console import Console

from bitext.checks import Finding, Severity
from bitext.reports.marks import find_marks
from bitext.reports.terminal import print_findings
from sites import TOOLS, bitext, make_project, po, succeed, translate

ERROR = Finding(
    *(
        "a.po",
        12,
        Severity.ERROR,
        "137fa-101 missing: `make`; not in the English: `tar`: copy code",
    ),
    *("code-changed", "sl-SI", "a.md", "137fa-101"),
    english="Run `make`.",
    translation="Zaženite `tar`.",
)


def _shown(*findings: Finding, colour: bool = False, width: int = 100) -> str:
    out = StringIO()
    system: Literal["truecolor"] | None = "truecolor" if colour else None
    console = Console(file=out, width=width, force_terminal=True, color_system=system)
    print_findings(findings, console)
    return out.getvalue()


def test_findings_stand_below_their_file_with_the_fault_marked() -> None:
    other = Finding("b.po", 0, Severity.INFO, "is odd", "fuzzy")
    lines = [line.rstrip() for line in _shown(ERROR, ERROR, other).split("\n")]
    message = "  12: error: 137fa-101 missing: `make`; not in the English: `tar`: copy code"
    block = [
        f"{message} [code-changed]",
        "    English: Run »`make`«.",
        "    sl-SI: Zaženite »`tar`«.",
    ]
    assert lines == ["a.po", *block, *block, "", "b.po", "  info: is odd [fuzzy]", "", ""]


def test_colour_marks_it_too() -> None:
    text = _shown(ERROR, colour=True)
    assert "»" not in text
    assert re.search(r"\x1b\[[0-9;]*7[0-9;]*m`tar`", text)


@pytest.mark.parametrize("width", [20, 40, 200])
def test_nothing_is_lost_on_a_narrow_terminal(width: int) -> None:
    assert "".join(_shown(ERROR, width=width).split()) == "".join(_shown(ERROR).split())


def test_a_terminal_obeys_nothing_and_reads_no_markup() -> None:
    odd = "[red]x[/red] \x1b[31m\u202e:smile: [/]"
    text = _shown(Finding("a[b].po", 1, Severity.ERROR, odd, "x", "l", "a", "s", 0, odd, odd))
    assert "\x1b" not in text
    assert text.count("[red]x[/red] \\x1b[31m\\u202e:smile: [/]") == 3


@pytest.mark.parametrize(
    ("message", "english", "translation", "expected"),
    [
        ("missing: `a`: copy it", "Run `a`.", "Zaženi.", (["`a`"], [])),
        ("missing: `a`, `b`: copy it", "`a`, `b`", "`a`", (["`a`", "`b`"], [])),
        ("not in the English: [^1]: take it out", "x", "ž[^1]", ([], ["[^1]"])),
        (
            "missing: a.md; not in the English: b.md: keep",
            "[x](a.md)",
            "(b.md)",
            (["a.md"], ["b.md"]),
        ),
        ("numbers differ (missing: 10; not in the English: 1): x", "10", "1 100", (["10"], ["1"])),
        ("'je je': the word is there twice; delete one", "is", "To je je.", ([], ["je je"])),
        ("two spaces in a row: keep one", "a b", "a  b", ([], ["  "])),
        ("missing: {ref} <start>: copy", "{ref}`start`", "x", (["{ref}"], [])),
        ("it holds the character U+202E: delete it", "a", "a\u202eb", ([], ["\u202e"])),
        ("')' is missing: each ( has its )", "(a)", "(a", ([], [])),
        ('is not translated: "Run"', "Run", "Run", ([], [])),
        ("'-' at its start is shown as text", "a-b", " - a - b", ([], ["-"])),
        ("a lone '**' is shown as text", "a", "**b", ([], ["**"])),
        ("'very long…': the word", "a", "very long words", ([], ["very long"])),
    ],
)
def test_marks_are_where_the_message_says(
    message: str, english: str, translation: str, expected: tuple[list[str], list[str]]
) -> None:
    finding = Finding("", 0, Severity.ERROR, message, "x", english=english, translation=translation)
    marks = find_marks(finding)
    found = (
        [english[start:end] for start, end in marks.english],
        [translation[start:end] for start, end in marks.translation],
    )
    assert found == expected


def test_a_pipe_gets_a_line_for_each_finding(tmp_path: Path) -> None:
    root = _project(tmp_path)
    lines = bitext(root, "check").out.split("\n")
    assert re.fullmatch(r"locale/\S+/a\.po:\d+: error: .* \[code-changed\]", lines[0])
    assert lines[1:] == ["1 error, 1 info (see --severity info)", ""]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such terminals")
@pytest.mark.parametrize("plain", [False, True])
def test_a_real_terminal(tmp_path: Path, plain: bool) -> None:
    root = _project(tmp_path)
    ours, theirs = os.openpty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(TOOLS),
        "TERM": "xterm-256color",
        "COLUMNS": "90",
    }
    environment.pop("NO_COLOR", None)
    if plain:
        environment["NO_COLOR"] = "1"
    command = [sys.executable, "-m", "bitext", "check"]
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=theirs, stderr=theirs)
    os.close(theirs)
    text = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        text += part
    os.close(ours)
    assert process.wait(60) == 1
    said = text.decode()
    assert ("\x1b[" in said) is not plain
    assert "English: " in said
    assert ("»`make`«" in said) is plain
    assert shutil.which("stty") or said


def _project(folder: Path) -> Path:
    root = make_project(folder / "project", {"a.md": "# Title\n\nRun `make`.\n"})
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "a"), {"Run `make`.": "Zaženite."})
    return root
