"""What several processes need, made by the first of them that asks for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

Once = Callable[[str, Callable[[Path], object]], Path]
"""(name, what makes it in a folder) → the folder."""

_PATIENCE = 600.0
"""Seconds until the process that makes a folder is taken for dead."""


def make_once(base: Path) -> Once:
    """Return what makes folders below `base`, which all processes share."""

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder = base / name
        done, failed = base / f"{name}.done", base / f"{name}.failed"
        try:
            folder.mkdir()
        except FileExistsError:
            _wait_for(done, failed)
            return folder
        try:
            make(folder)
        except BaseException:
            failed.touch()
            raise
        done.touch()
        return folder

    return once


def _wait_for(done: Path, failed: Path) -> None:
    """Return when a folder is made; raises `RuntimeError` if it cannot be."""
    end = time.monotonic() + _PATIENCE
    while not done.exists():
        if failed.exists() or time.monotonic() > end:
            raise RuntimeError(f"{done.stem} could not be made; see the test that tried it first")
        time.sleep(0.1)
