"""Files, read whole and written whole or not at all: the only module that replaces any."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bitext.errors import BitextError, UsageError

_READ_AT_ONCE = 1 << 16
_READ_BINARY = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def find_files(folder: Path, suffix: str) -> list[str]:
    """Return the files below `folder` with this suffix, sorted; what is hidden is left out.

    Links to folders are followed, as Sphinx does. Raises `UsageError` for a folder that cannot be
    read: its files are not gone.
    """
    found: list[str] = []
    base = str(folder)

    def refuse(error: OSError) -> None:
        if error.filename != base or not isinstance(error, FileNotFoundError):
            message = f"cannot be read: {error.strerror}"
            raise UsageError(message, path=str(error.filename)) from error

    for parent, folders, files in os.walk(base, onerror=refuse, followlinks=True):
        folders[:] = [
            name for name in folders if name[0] != "." and not _is_loop(f"{parent}/{name}")
        ]
        inner = os.path.relpath(parent, base).replace(os.sep, "/")
        start = "" if inner == "." else f"{inner}/"
        found.extend(start + name for name in files if name.endswith(suffix) and name[0] != ".")
    return sorted(found)


def find_loops(folder: Path) -> list[str]:
    """Return the links below `folder` to a folder that they are in, seen from it."""
    found: list[str] = []
    for parent, folders, _ in os.walk(str(folder), followlinks=True):
        loops = [name for name in folders if _is_loop(f"{parent}/{name}")]
        folders[:] = [name for name in folders if name not in loops and name[0] != "."]
        found += [os.path.relpath(f"{parent}/{name}", folder) for name in loops]
    return found


def _is_loop(folder: str) -> bool:
    """Tell whether a folder is a link to one that it is in."""
    if not os.path.islink(folder):  # noqa: PTH114 - once per folder
        return False
    target = os.path.realpath(folder)
    return f"{os.path.realpath(os.path.dirname(folder))}/".startswith(f"{target}/")  # noqa: PTH120


def read_file(path: str, kind: type[BitextError], shown: str) -> bytes | None:
    """Return what a file holds; None if there is none.

    Raises an error of `kind` if it cannot be read; a link that leads nowhere is not nothing.
    """
    try:
        return _read_all(path)
    except FileNotFoundError as error:
        if not os.path.islink(path):  # noqa: PTH114
            return None
        message = "cannot be read: the link leads nowhere; mend or remove it"
        raise kind(message, path=shown) from error
    except OSError as error:
        raise kind(f"cannot be read: {error.strerror}", path=shown) from error


def _read_all(path: str) -> bytes:
    """Return what a file holds. Of thousands of files, each file object would be half the cost."""
    descriptor = os.open(path, _READ_BINARY)
    try:
        content = os.read(descriptor, _READ_AT_ONCE)
        while more := os.read(descriptor, _READ_AT_ONCE):
            content += more
    finally:
        os.close(descriptor)
    return content


def write_files(changes: Mapping[Path, str | None], root: Path) -> None:
    """Write each text to its file, and delete those whose text is None.

    Each file is the old or the new one at any moment. Raises `UsageError` if one cannot be written.
    """
    for folder in dict.fromkeys(path.parent for path, text in changes.items() if text is not None):
        _make_folder(folder)
    for path, text in changes.items():
        _change_file(path, text)
    for path, text in changes.items():
        if text is None:
            _remove_empty(path.parent, root)


def _make_folder(folder: Path) -> None:
    """Make a folder; raises `UsageError` if that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", path=str(folder)) from error


def _change_file(path: Path, text: str | None) -> None:
    """Write or delete one file; raises `UsageError` if that fails."""
    try:
        if text is None:
            path.unlink(missing_ok=True)
        else:
            _write_file(path, text)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", path=str(path)) from error


def _write_file(path: Path, text: str) -> None:
    """Replace a file at once, keeping its permissions; one that a link names, where it is."""
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            path = path.resolve()
            mode = path.stat().st_mode
    except FileNotFoundError:
        mode = None
    scratch = _scratch_of(path)
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        try:
            if mode is not None:
                os.fchmod(descriptor, stat.S_IMODE(mode))
            _write_all(descriptor, text.encode("utf-8"))
        finally:
            os.close(descriptor)
        os.replace(scratch, path)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(scratch)  # noqa: PTH108
        raise


def _write_all(descriptor: int, content: bytes) -> None:
    """Write all of `content`, however much of it the system takes at once."""
    while content:
        content = content[os.write(descriptor, content) :]


def find_scratch(path: Path) -> str:
    """Return where this process writes a file's new text before it takes the file's place."""
    return _scratch_of(path.resolve() if os.path.islink(path) else path)  # noqa: PTH114


def _scratch_of(path: Path) -> str:
    """Return the name beside a file that is no link."""
    return f"{path}.{os.getpid()}~"


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder that a deletion left empty, and its parents, up to the project's."""
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
