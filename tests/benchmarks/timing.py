"""Time a command as a whole process."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True, slots=True)
class Timing:
    """What one run of a command cost."""

    wall: float
    """Seconds on the clock."""

    cpu: float
    """Seconds of processor time, of the process and those it waited for."""

    user: float
    """Seconds of it outside of the system's kernel."""

    memory: float
    """Peak resident memory of the largest single process, in MB."""


def time_command(
    command: Sequence[str], folder: Path, *, statuses: Collection[int] = (0,)
) -> Timing:
    """Run `command` in `folder` and return what it cost; raises if it ends with another status."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=_compiled(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode not in statuses:
        raise RuntimeError(f"{' '.join(command)} failed:\n{output.decode()[-2000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    return Timing(wall, cpu, usage.ru_utime, usage.ru_maxrss / 1024)


def best_of(runs: int, command: Sequence[str], prepare: Callable[[], Path]) -> Timing:
    """Return the fastest of several runs; `prepare` makes the folder of each."""
    return min(
        (time_command(command, prepare()) for _ in range(runs)), key=lambda timing: timing.wall
    )


def _compiled() -> dict[str, str]:
    """Return the environment in which Python keeps what it compiles, as installers do."""
    return {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
