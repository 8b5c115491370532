"""Each check of a translation finds its bad examples, and none finds anything in a good one."""

from __future__ import annotations

import pytest

from articles import ALL_EXTENSIONS, grammar
from bitext.checks import PAIR_CHECKS, Example, Pair, PairCheck, find_in_pair
from bitext.po import Entry

GRAMMAR = grammar(*ALL_EXTENSIONS)
BAD = [(check, example) for check in PAIR_CHECKS for example in check.bad]
GOOD = [(check, example) for check in PAIR_CHECKS for example in check.good]


def _find(example: Example) -> list[tuple[str, str]]:
    entry = Entry(example.english, example.translation, msgctxt="137fa-101")
    pair = Pair(entry, example.language, GRAMMAR)
    return [(check.id, message) for check, message in find_in_pair(pair)]


def _name(value: object) -> str:
    return value.id if isinstance(value, PairCheck) else ""


@pytest.mark.parametrize("check", PAIR_CHECKS, ids=_name)
def test_a_check_explains_itself(check: PairCheck) -> None:
    assert check.bad
    assert check.good
    assert check.why.endswith(".")


@pytest.mark.parametrize(("check", "example"), BAD, ids=_name)
def test_a_bad_example_is_found_by_its_check_alone(check: PairCheck, example: Example) -> None:
    found = _find(example)
    assert {name for name, _ in found} == {check.id}, found
    assert all(": " in message for _, message in found), "what is wrong: the way out"


@pytest.mark.parametrize(("check", "example"), GOOD, ids=_name)
def test_nothing_is_found_in_a_good_example(check: PairCheck, example: Example) -> None:
    assert _find(example) == []
