"""Commands in processes of their own that start with what they need imported."""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from subprocess import TimeoutExpired
from typing import NamedTuple

from sphinx.application import builtin_extensions

import bitext


def _preloaded() -> list[str]:
    """Return the modules that commands may need: ours, Sphinx's and MyST's."""
    ours = (own.name for own in walk_packages(bitext.__path__, "bitext."))
    others = ("sphinx.cmd.build", *builtin_extensions, "myst_parser.sphinx_ext.main")
    return [*others, *(name for name in ours if not name.endswith("__main__"))]


_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(_preloaded())


class Run(NamedTuple):
    """What came of a command."""

    status: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Both streams."""
        return self.out + self.err


def run_forked(
    module: str,
    arguments: Sequence[str],
    root: Path,
    *,
    variables: Mapping[str, str],
    seconds: float,
) -> Run:
    """Call a module's `main` in a process that knows nothing of this one but its environment."""
    with tempfile.TemporaryDirectory() as folder:
        streams = (f"{folder}/out", f"{folder}/err")
        process = _server.Process(
            target=_call,
            args=(module, [*arguments], str(root), {**os.environ, **variables}, streams),
        )
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutExpired([*arguments], seconds)
        out, err = (_read(path) for path in streams)
    return Run(process.exitcode, out, err)


def _call(
    module: str,
    arguments: Sequence[str],
    root: str,
    environment: Mapping[str, str],
    streams: tuple[str, str],
) -> None:
    """Be the process: nothing of the one that started it is left."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(root)
    sys.path.insert(0, root)
    sys.argv = [module, *arguments]
    sys.stdout, sys.stderr = (
        _open(path, descriptor) for descriptor, path in enumerate(streams, start=1)
    )
    sys.exit(import_module(module).main(arguments))


def _open(path: str, descriptor: int) -> io.TextIOWrapper:
    """Let a stream of this process, and of those that it starts, go to a file."""
    with Path(path).open("wb") as file:
        os.dup2(file.fileno(), descriptor)
    return os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", closefd=False)


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8", errors="replace")
