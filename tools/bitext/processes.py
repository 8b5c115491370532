"""Run functions in processes of their own: Sphinx keeps one language for all of a process."""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Generic, TypeAlias, TypeVar

from bitext.errors import BitextError
from bitext.executor import end_with_parent, start_method

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

Tell = Callable[[float], None]
"""Takes how much of its work a process has done, from 0 to 1."""

Heard: TypeAlias = Callable[[_Item, float], None]
"""Takes an item and how much of it is done."""

_MOST_TRIES = 3
"""Of a function whose process was killed."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What came of a function that raised, or whose process was killed each time."""

    message: str
    """The error in a line."""

    details: str
    """Its traceback."""


@dataclass(frozen=True, slots=True)
class _Told:
    """How much of its work a process has done."""

    done: float


@dataclass(frozen=True, slots=True)
class _Killed:
    """No answer, for the process was killed."""


@dataclass(slots=True)
class _Running(Generic[_Item]):
    item: _Item
    process: BaseProcess
    answers: Connection
    tries: int


def map_isolated(
    function: Callable[[_Item, Tell], _Result],
    items: Sequence[_Item],
    *,
    jobs: int,
    heard: Heard[_Item] = lambda *_: None,
    executor: Executor | None = None,
) -> Iterator[tuple[_Item, _Result | Failed]]:
    """Yield each item with what `function` returned, as they are done.

    At most `jobs` processes run at a time; one that is killed is started again. `heard` is called
    with what they tell meanwhile. With an `executor` of the interface of `concurrent.futures` the
    processes are started from its workers, and nothing is heard of them.
    """
    if executor is not None:
        futures = {executor.submit(run_isolated, function, item): item for item in items}
        for future in as_completed(futures):
            yield futures[future], future.result()
        return
    waiting = [(item, 1) for item in reversed(items)]
    running: list[_Running[_Item]] = []
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                item, tries = waiting.pop()
                running.append(_start(function, item, tries))
            wait([own.answers for own in running])
            for own in [own for own in running if own.answers.poll()]:
                answer = _receive(own)
                if isinstance(answer, _Told):
                    heard(own.item, answer.done)
                    continue
                running.remove(own)
                _join(own)
                if not isinstance(answer, _Killed):
                    yield own.item, answer
                elif own.tries < _MOST_TRIES:
                    waiting.append((own.item, own.tries + 1))
                else:
                    yield own.item, Failed("its process was killed", "")
    finally:
        for own in running:
            own.process.terminate()
        for own in running:
            _join(own)


def run_isolated(
    function: Callable[[_Item, Tell], _Result],
    item: _Item,
    heard: Heard[_Item] = lambda *_: None,
) -> _Result | Failed:
    """Return what `function` returns for `item`, called in a process of its own."""
    (result,) = (result for _, result in map_isolated(function, [item], jobs=1, heard=heard))
    return result


def _start(function: Callable[[_Item, Tell], _Result], item: _Item, tries: int) -> _Running[_Item]:
    context = multiprocessing.get_context(start_method())
    answers, answering = context.Pipe(duplex=False)
    process = _process(context, function, item, answering)
    process.start()
    answering.close()
    return _Running(item, process, answers, tries)


def _process(
    context: BaseContext,
    function: Callable[[_Item, Tell], _Result],
    item: _Item,
    answering: Connection,
) -> BaseProcess:
    made: BaseProcess = context.Process(  # type: ignore[attr-defined]
        target=_answer, args=(function, item, answering)
    )
    return made


def _answer(function: Callable[[_Item, Tell], _Result], item: _Item, answering: Connection) -> None:
    """Call a function and send what it returns, or how it failed."""
    end_with_parent()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        answer: _Result | Failed = function(item, lambda done: answering.send(_Told(done)))
    except BaseException as error:
        named = f"{type(error).__name__}: {error}"
        message = error.message if isinstance(error, BitextError) else named
        answer = Failed(message, traceback.format_exc())
    answering.send(answer)


def _receive(own: _Running[_Item]) -> _Result | Failed | _Told | _Killed:
    """Return what a process sent."""
    try:
        answer: _Result | Failed | _Told = own.answers.recv()
    except (EOFError, OSError):
        return _Killed()
    return answer


def _join(own: _Running[_Item]) -> None:
    own.process.join()
    own.answers.close()
