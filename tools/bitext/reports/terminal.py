"""Findings for a person at a terminal: by file, each with its sentence and where the fault is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bitext.characters import visible
from bitext.checks import Finding, Severity
from bitext.reports.marks import Mark, find_marks, split_at

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
_MARK = "bold red reverse"
_INDENT = 4


def print_findings(findings: Sequence[Finding], console: Console) -> None:
    """Print the findings below the files that they are in, in their order.

    Without colours a fault stands between ``»`` and ``«``.
    """
    for path, group in groupby(findings, key=lambda finding: finding.path):
        console.print(Text(_flat(path), style="bold underline"), soft_wrap=True)
        for finding in group:
            _print_finding(finding, console)
        console.print()


def _print_finding(finding: Finding, console: Console) -> None:
    numbers = ":".join(str(number) for number in (finding.line, finding.column) if number)
    line = Text(f"{numbers}: " if numbers else "")
    line.append(f"{finding.severity}: ", style=_STYLES[finding.severity])
    line.append(_flat(finding.message))
    line.append(f" [{finding.check}]", style="dim")
    console.print(Padding(line, (0, 0, 0, 2)))
    if not (finding.english and finding.translation.strip()):
        return
    marks = find_marks(finding)
    for name, text, own in (
        ("English", finding.english, marks.english),
        (finding.language, finding.translation, marks.translation),
    ):
        shown = Text(f"{name}: ", style="dim")
        shown.append_text(_marked(text, own, is_plain=console.color_system is None))
        console.print(Padding(shown, (0, 0, 0, _INDENT)))


def _marked(text: str, marks: Sequence[Mark], *, is_plain: bool) -> Text:
    """Return a sentence with its faults marked."""
    found = Text(style="not dim")
    for piece, is_marked in split_at(text, marks):
        shown = _flat(piece)
        if is_marked and is_plain:
            found.append(f"»{shown}«")
        else:
            found.append(shown, style=_MARK if is_marked else "")
    return found


def _flat(text: str) -> str:
    """Return a text as part of one line."""
    return visible(text.replace("\n", " ").replace("\t", " "))
