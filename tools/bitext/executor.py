"""Work in batches on the cores there are, behind the interface of `concurrent.futures`."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def core_count() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Tell whether a process can start as a copy of this one, with all that it holds."""
    return sys.platform == "linux"


def start_method() -> str:
    """Return how processes start: where they can, with what this one has imported."""
    return "fork" if can_fork() else "spawn"


_END_WITH_PARENT = 1
"""``PR_SET_PDEATHSIG`` of Linux."""


def end_with_parent() -> None:
    """Let this process be killed when the one that started it is, so that none works on alone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
        parent = multiprocessing.parent_process()
        if parent is not None and parent.pid != os.getppid():  # it ended before
            os._exit(1)


def make_executor(workers: int) -> Executor:
    """Return a pool of processes; on Linux they start with what this one has imported."""
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(start_method()))


@contextmanager
def warm_executor(prepare: Callable[[], object], items: int, *, batch: int) -> Iterator[Executor]:
    """Let processes start and `prepare` themselves while this one still reads its `items`."""
    workers = min(core_count(), -(-items // batch))
    with make_executor(workers) as pool:
        for _ in range(workers):
            pool.submit(prepare)
        yield pool


def map_batches(
    function: Callable[[Sequence[_Item]], list[_Result]],
    items: Sequence[_Item],
    *,
    batch: int,
    executor: Executor | None = None,
) -> Iterator[_Result]:
    """Yield the results of `function` over batches of `items`, in the order of the items.

    One batch is computed in this process. `executor` may be any that has the interface of
    `concurrent.futures`; without one, the cores of this machine are used.
    """
    batches = [items[start : start + batch] for start in range(0, len(items), batch)]
    workers = min(core_count(), len(batches))
    if executor is None and workers < 2:
        for part in batches:
            yield from function(part)
        return
    if executor is None:
        gc.freeze()  # what is imported is never garbage; processes that start from here share it
    with nullcontext(executor) if executor else make_executor(workers) as pool:
        for results in pool.map(function, batches):
            yield from results


_forked: Callable[[Any], object] | None = None
"""The function of a forked process; what it holds need not travel."""


def map_forked(
    function: Callable[[_Item], _Result], items: Sequence[_Item], *, workers: int
) -> list[_Result]:
    """Return the results of `function` in the order of the items, computed by forked processes.

    They see all that `function` holds as it is now. The last item is computed in this process.
    """
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        max(workers - 1, 1), mp_context=context, initializer=_hold, initargs=(function,)
    ) as pool:
        others = [pool.submit(_call_held, item) for item in items[:-1]]
        own = [function(item) for item in items[-1:]]
        return [*(other.result() for other in others), *own]


def _hold(function: Callable[[Any], object]) -> None:
    global _forked
    _forked = function


def _call_held(item: Any) -> Any:
    assert _forked is not None
    return _forked(item)
