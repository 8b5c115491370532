"""``sphinx-build`` in processes that start with what this one has imported of Sphinx."""

from __future__ import annotations

import gc
import io
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from bitext.commands.sphinx_output import read_progress
from bitext.executor import can_fork
from bitext.processes import Tell

FAILED = 2
"""Sphinx's exit status if it could not build; 1 is that of warnings under ``-W``."""


class SphinxRun(NamedTuple):
    """What came of a run."""

    status: int
    """The exit status of Sphinx."""

    messages: str
    """What it warned of."""


def sphinx_environment() -> Mapping[str, str]:
    """Return the environment in which Sphinx runs."""
    return {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"}


def import_sphinx() -> None:
    """Import what each build needs, once for all the processes that are forked from this one."""
    if not can_fork():
        return
    from sphinx.application import builtin_extensions

    ours = ("sphinx.cmd.build", "myst_parser.sphinx_ext.main", "bitext.sphinx_ext")
    for name in (*builtin_extensions, *ours):
        import_module(name)
    gc.freeze()  # what is imported is never garbage; the processes share it


def run_sphinx(arguments: Sequence[str], root: Path, tell: Tell) -> SphinxRun:
    """Run ``sphinx-build`` in `root`, as the only task of this process: its streams are taken."""
    read = become_sphinx(arguments, root, tell)
    return SphinxRun(_call_sphinx(arguments), read())


def become_sphinx(arguments: Sequence[str], root: Path, tell: Tell) -> Callable[[], str]:
    """Let this process be to a ``conf.py`` what ``sphinx-build`` is: its streams are taken.

    What Sphinx says of its progress is told. Return what reads the error stream so far.
    """
    os.environ.update(sphinx_environment())
    os.chdir(root)
    sys.path.insert(0, str(root))  # as ``python -m`` does
    sys.argv = ["sphinx-build", *arguments]
    messages = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - it lives as long as the process
    with Path(os.devnull).open("r+b") as nothing:
        for stream, target in enumerate((nothing, nothing, messages)):
            os.dup2(target.fileno(), stream)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)))
    sys.stdout = Status(tell)
    sys.stderr = io.TextIOWrapper(_writer(2), encoding="utf-8", errors="replace")

    def read() -> str:
        sys.stderr.flush()
        return os.pread(messages.fileno(), messages.seek(0, os.SEEK_END), 0).decode(
            "utf-8", errors="replace"
        )

    return read


def _call_sphinx(arguments: Sequence[str]) -> int:
    from sphinx.cmd.build import main

    try:
        return main(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else FAILED
    except BaseException:
        traceback.print_exc()
        return FAILED


def _writer(descriptor: int) -> io.BufferedWriter:
    return io.BufferedWriter(io.FileIO(descriptor, "w", closefd=False))


class Status(io.TextIOWrapper):
    """Sphinx's standard output, which tells how much is done."""

    def __init__(self, tell: Tell) -> None:
        super().__init__(_writer(1), encoding="utf-8", errors="replace")
        self.report, self._done = tell, 0.0

    def write(self, text: str, /) -> int:
        """Write; tell of progress, unless nobody listens any more: then all ends."""
        done = read_progress(text)
        if done is not None and done != self._done:
            self._done = done
            try:
                self.report(done)
            except OSError:
                raise SystemExit(FAILED) from None
        return super().write(text)
