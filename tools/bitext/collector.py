"""Python's garbage collector, made to fit what this package does: make large trees that live."""

from __future__ import annotations

import atexit
import gc

ALLOCATIONS = 20_000
"""Objects made between two collections. Python's 700 to 2,000 let a build of 366 articles spend a
tenth of its time on searching trees that are in use; memory grows by a few megabytes."""

COMMAND_ALLOCATIONS = 200_000
"""The same for a command of ours, whose catalogs all live until it ends."""


_OFTEN, _SELDOM = 50, 500
"""Articles after which what the last looks found in use is looked at once more, and all that is."""


def collect_rarely(allocations: int = ALLOCATIONS) -> None:
    """Let this process, and those that it forks, collect less often; who set more keeps it."""
    before, *rest = gc.get_threshold()
    if 0 < before < allocations:
        gc.set_threshold(allocations, *rest)


class Sweep:
    """Looks for garbage after each article, among what is new since the one before.

    Python looks through all that is alive whenever that has grown by a quarter; with thousands of
    articles, each of which leaves its document behind, a fifth of a build's time goes into that.
    What is alive twice in a row is seldom looked at again.
    """

    def __init__(self) -> None:
        self._calls = 0
        gc.disable()

    def __call__(self) -> None:
        """Look for garbage; to be called when the document of the last article is not needed."""
        self._calls += 1
        seldom = self._calls % _SELDOM == 0
        gc.collect(2 if seldom else 1 if self._calls % _OFTEN == 0 else 0)


def end_at_once() -> None:
    """Let this process end without a last search for what could be collected: all of it goes."""
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
