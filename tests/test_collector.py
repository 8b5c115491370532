"""How often garbage is looked for."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bitext.collector import collect_rarely


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(700, 20_000, id="what Python starts with is raised"),
        pytest.param(50_000, 50_000, id="more than that is kept"),
        pytest.param(0, 0, id="switched off stays off"),
    ],
)
def test_the_first_threshold(before: int, after: int) -> None:
    gc.set_threshold(before, 11, 12)
    others = gc.get_threshold()[1:]
    collect_rarely()
    assert gc.get_threshold() == (after, *others)


GARBAGE = """
class Loop:
    def __del__(self): print("found")
loop = Loop()
loop.own = loop
del loop
"""


@pytest.mark.parametrize(("call", "told"), [("", "found"), ("end_at_once()", "")])
def test_a_command_ends_without_looking_for_garbage(call: str, told: str) -> None:
    script = f"from bitext.collector import end_at_once\n{call}\n{GARBAGE}"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == told
