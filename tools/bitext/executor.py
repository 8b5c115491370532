"""Work in batches on the cores there are, behind the interface of `concurrent.futures`.

What starts processes is imported when one starts: few commands on few files need any.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, ForkProcess

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
    import ctypes
    import multiprocessing

    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
        parent = multiprocessing.parent_process()
        if parent is not None and parent.pid != os.getppid():  # it ended before
            os._exit(1)


def make_executor(workers: int) -> Executor:
    """Return a pool of processes; on Linux they start with what this one has imported."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

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


def shared_bytes(count: int) -> memoryview[int]:
    """Return zeros that forked processes share: what one writes all see, soon."""
    from mmap import mmap

    return memoryview(mmap(-1, max(count, 1)))[:count]


def map_forked(function: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    """Return the results of `function` in the order of the items, each in a process of its own.

    They see all that `function` holds as it is now. The last item is computed in this process, and
    so is one whose process ends without an answer.
    """
    import multiprocessing

    context = multiprocessing.get_context("fork")
    gc.freeze()  # a collection would copy what is shared
    started = [_start(context, partial(function, item)) for item in items[:-1]]
    own = [function(item) for item in items[-1:]]
    return [*(_finish(*one) for one in started), *own]


def _start(
    context: ForkContext, compute: Callable[[], _Result]
) -> tuple[ForkProcess, Connection, Callable[[], _Result]]:
    answer, answering = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(compute, answering))
    process.start()
    answering.close()
    return process, answer, compute


def _send(compute: Callable[[], object], answering: Connection) -> None:
    end_with_parent()
    answering.send(compute())


def _finish(process: ForkProcess, answer: Connection, compute: Callable[[], _Result]) -> _Result:
    """Return what a process answers; if it was killed, compute that here."""
    with answer:
        try:
            result: _Result = answer.recv()
        except (EOFError, OSError):
            result = compute()
    process.join()
    return result
