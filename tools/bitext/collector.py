"""Python's garbage collector, made to fit what this package does: make large trees that live."""

from __future__ import annotations

import atexit
import gc

ALLOCATIONS = 20_000
"""Objects made between two collections. Python's 700 to 2,000 let a build of 366 articles spend a
tenth of its time on searching trees that are in use; memory grows by a few megabytes."""

COMMAND_ALLOCATIONS = 200_000
"""The same for a command of ours, whose catalogs all live until it ends."""


def collect_rarely(allocations: int = ALLOCATIONS) -> None:
    """Let this process, and those that it forks, collect less often; who set more keeps it."""
    before, *rest = gc.get_threshold()
    if 0 < before < allocations:
        gc.set_threshold(allocations, *rest)


def end_at_once() -> None:
    """Let this process end without a last search for what could be collected: all of it goes."""
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
