"""A finished site takes the place of the one before, at one moment where that can be."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from bitext.commands.leftovers import (
    Place,
    copy_over,
    keep_record,
    note_coming,
    read_written,
    take_stock,
)
from bitext.disk import write_files
from bitext.onebuild.site import state_beside

_HERE = -100
"""``AT_FDCWD`` of Linux: paths are as they are for this process."""

_EXCHANGE = 2
"""``RENAME_EXCHANGE`` of Linux."""


def put_in_place(place: Place, scratch: Path, *, state: Path, root: Path) -> list[str]:
    """Let the site in `scratch` take the place of the one before; return the pages that are gone.

    What no build wrote is taken along. Killed in between, there is the old site or the new one,
    and `state`, which says what it was made of, speaks of no other. Behind a link, and where a
    disk of its own is mounted, the folder stays and its files are changed one by one.
    """
    written, made = read_written(place), take_stock(scratch).keys()
    kept = take_stock(place.folder).keys() - written.files
    is_link = place.folder.is_symlink()
    if not is_link:
        _take_all_along(place.folder, kept, scratch)
    note_coming(place, written, made - kept, root=root)
    state.unlink(missing_ok=True)
    if is_link or not _exchange(scratch, place.folder):
        _write_over(scratch, made, place.folder.resolve(), gone=written.files - made)
    state.parent.mkdir(parents=True, exist_ok=True)
    state_beside(scratch).replace(state)
    gone = keep_record(place, written, kept, root=root)
    shutil.rmtree(scratch, ignore_errors=True)
    return gone


def _take_all_along(folder: Path, kept: Iterable[str], scratch: Path) -> None:
    """Copy what no build wrote to a new site: files, and folders with nothing in them."""
    for path in kept:
        _take_along(folder / path, scratch / path)
    for parent, folders, names in os.walk(folder):
        new = scratch / os.path.relpath(parent, folder)
        if not (folders or names or _is_taken(new)):
            new.mkdir(parents=True)  # without its empty folders a repository is none


def _take_along(path: Path, target: Path) -> None:
    """Copy a file to a new site, unless that has one of its own there."""
    if not _is_taken(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target, follow_symlinks=False)


def _is_taken(path: Path) -> bool:
    """Tell whether something is there, or a file where a folder would have to be."""
    return os.path.lexists(path) or any(parent.is_file() for parent in path.parents)


def _exchange(new: Path, target: Path) -> bool:
    """Let a folder be at `target`, and what was there, if anything, at `new`.

    Return whether that can be: not on another disk, nor with a folder where one is mounted.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not target.exists():
            new.rename(target)
        elif not _exchange_at_once(new, target):
            aside = new.with_name(f"{new.name}.before")
            shutil.rmtree(aside, ignore_errors=True)
            target.rename(aside)
            new.rename(target)
            aside.rename(new)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EBUSY):
            raise
        return False
    return True


def _write_over(new: Path, made: Iterable[str], target: Path, *, gone: Iterable[str]) -> None:
    """Copy the files of a site into a folder, each in one step, after those that are gone."""
    write_files({target / path: None for path in gone}, target)
    for path in made:
        own = target / path
        own.parent.mkdir(parents=True, exist_ok=True)
        copy_over(new / path, own)


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
