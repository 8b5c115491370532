"""A finished site takes the place of the one before, at one moment."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

from bitext.commands.leftovers import Place, keep_record, note_coming, read_written, take_stock
from bitext.onebuild.site import state_beside

_HERE = -100
"""``AT_FDCWD`` of Linux: paths are as they are for this process."""

_EXCHANGE = 2
"""``RENAME_EXCHANGE`` of Linux."""


def put_in_place(place: Place, scratch: Path, *, state: Path, root: Path) -> list[str]:
    """Let the site in `scratch` take the place of the one before; return the pages that are gone.

    What no build wrote is taken along. Killed in between, there is the old site or the new one,
    and `state`, which says what it was made of, speaks of no other.
    """
    written = read_written(place)
    kept = take_stock(place.folder).keys() - written.files
    coming = take_stock(scratch).keys() - kept
    for path in kept:
        _take_along(place.folder / path, scratch / path)
    note_coming(place, written, coming, root=root)
    state.unlink(missing_ok=True)
    _exchange(scratch, place.folder)
    state.parent.mkdir(parents=True, exist_ok=True)
    state_beside(scratch).replace(state)
    gone = keep_record(place, written, kept, root=root)
    shutil.rmtree(scratch, ignore_errors=True)
    return gone


def _take_along(path: Path, target: Path) -> None:
    """Copy a file to a new site, unless that has one of its own there."""
    if not (os.path.lexists(target) or any(parent.is_file() for parent in target.parents)):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target, follow_symlinks=False)


def _exchange(new: Path, target: Path) -> None:
    """Let a folder be at `target`, and what was there, if anything, at `new`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        new.rename(target)
    elif not _exchange_at_once(new, target):
        aside = new.with_name(f"{new.name}.before")
        shutil.rmtree(aside, ignore_errors=True)
        target.rename(aside)
        new.rename(target)
        aside.rename(new)


def _exchange_at_once(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; tell whether this system and its disk can."""
    if sys.platform != "linux":
        return False
    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if exchange is None:
        return False
    paths = (os.fsencode(first), os.fsencode(second))
    if exchange(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):  # an old kernel, another disk
        return False
    raise OSError(number, os.strerror(number), str(second))
