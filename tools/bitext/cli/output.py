"""What commands print, and the exit status they end with."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bitext.characters import visible
from bitext.errors import BitextError

if TYPE_CHECKING:
    from rich.console import Console

    from bitext.checks import Finding
    from bitext.reports.progress import Bars

OK, FOUND, WRONG = 0, 1, 2
"""Exit status: fine; findings of severity error, or a ``--check`` that would write; wrong input."""


def exit_status(errors: Sequence[BitextError], *, is_pending: bool = False) -> int:
    """Print errors and return the exit status that they and pending changes make."""
    complain(errors)
    if errors:
        return WRONG
    return FOUND if is_pending else OK


def complain(errors: Iterable[BitextError | Finding]) -> None:
    """Print errors or findings to the error stream, one a line."""
    for error in errors:
        print_line(error, stream=sys.stderr)


def say(options: argparse.Namespace, *lines: str) -> None:
    """Print what was done, unless the command is to be quiet."""
    if not options.quiet:
        for line in lines:
            print_line(line)


def print_line(text: object, *, stream: TextIO | None = None, is_styled: bool = False) -> None:
    """Print a line, unless nobody reads any more: that changes no exit status.

    Control characters are made visible, for catalogs and articles may hold them; text with
    `is_styled` is our own and may hold the terminal's.
    """
    stream = stream or sys.stdout
    try:
        print(text if is_styled else visible(str(text)), file=stream)
    except BrokenPipeError:
        close(stream)


def open_closed() -> None:
    """Let streams that were closed before this process began lead nowhere."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def flush(stream: TextIO) -> None:
    """Write what is still in a stream, unless nobody reads any more."""
    try:
        stream.flush()
    except BrokenPipeError:
        close(stream)


def close(stream: TextIO) -> None:
    """Let what is still written to a stream go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def few(paths: Sequence[str], most: int = 20) -> list[str]:
    """Return the first of many paths, and how many more there are."""
    rest = len(paths) - most
    return [*paths[:most], f"… and {rest} more"] if rest > 0 else list(paths)


def would(options: argparse.Namespace) -> str:
    """Return the word that turns what was done into what would be, with ``--check``."""
    return "would " if options.check else ""


def plural(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it must be."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def make_console() -> Console:
    """Return the terminal that tables are drawn for."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 200
    if os.environ.get("NO_COLOR"):
        return Console(highlight=False, width=width, color_system=None)
    return Console(highlight=False, width=width)


def show_progress(options: argparse.Namespace) -> Bars:
    """Return bars that show themselves on a terminal only."""
    from bitext.reports.progress import Bars

    return Bars(is_shown=sys.stderr.isatty() and not options.quiet)
