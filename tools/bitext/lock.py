"""One run at a time writes a project's catalogs; what a killed one left is cleared away.

The lock is the operating system's own, on a file in the folder that git ignores: it goes with
its process, however that ends. Where it cannot be had, runs write without it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bitext.disk import find_scratch, write_files
from bitext.project import CACHE_FOLDER

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: two runs at once are the person's own risk
    fcntl = None  # type: ignore[assignment]

_LOCK = "lock"
_SCRATCH = re.compile(r".+\.[0-9]+~")

Write = Callable[[Mapping[Path, str | None]], None]
"""`write_files` in one project."""


@contextmanager
def alone(root: Path, *, is_writing: bool = True) -> Iterator[Write]:
    """Wait until no other run writes in this project; then none does until this one ends.

    A run that will not write does not wait.
    """
    descriptor = _open(root) if is_writing else None
    if descriptor is None:
        yield lambda changes: write_files(changes, root)
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _clear(root, os.pread(descriptor, os.fstat(descriptor).st_size, 0))

        def write(changes: Mapping[Path, str | None]) -> None:
            if not changes:
                return
            _record(descriptor, root, changes)
            write_files(changes, root)
            os.ftruncate(descriptor, 0)

        yield write
    finally:
        os.close(descriptor)


@contextmanager
def building(root: Path, output: str) -> Iterator[None]:
    """Wait until no other run builds in the folder `output` of this project.

    Processes that are forked from this one keep others out too, until they end.
    """
    name = re.sub(r"\W", "-", output)
    descriptor = _open(root, f"{name}.{_LOCK}")
    try:
        if descriptor is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _open(root: Path, name: str = _LOCK) -> int | None:
    """Return a descriptor of the file that is locked; None if there can be none."""
    folder = root / CACHE_FOLDER
    try:
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        return os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o666) if fcntl else None
    except OSError:
        return None


def _record(descriptor: int, root: Path, changes: Mapping[Path, str | None]) -> None:
    """Note which scratch files are about to be: whoever comes after a killed run looks there."""
    scratch = [find_scratch(path) for path, text in changes.items() if text is not None]
    folder = f"{root}{os.sep}"
    names = [
        name.removeprefix(folder) if name.startswith(folder) else os.path.relpath(name, root)
        for name in scratch
    ]
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(names).encode(), 0)


def _clear(root: Path, recorded: bytes) -> None:
    """Remove the scratch files of a run that was killed."""
    try:
        names = json.loads(recorded or b"[]")
    except ValueError:
        return
    for name in names if isinstance(names, list) else ():
        path = (root / str(name)).resolve()
        if path.is_relative_to(root.resolve()) and _SCRATCH.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()
