"""What stands in an article for translators: golden cases, and the lines of real articles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from articles import EXTENSIONS, dump, grammar
from bitext.model import Block
from bitext.segments import read_article
from golden import Case, params


def blocks(text: str, *extensions: str) -> list[Block]:
    """Return the blocks of an article, read with our extensions or with these."""
    found = read_article("a.md", text, grammar(*(extensions or EXTENSIONS)))
    return [read.block for read in found.blocks]


def segments(text: str, *extensions: str) -> list[str]:
    return [segment for block in blocks(text, *extensions) for segment in block.segments]


@pytest.mark.parametrize("case", [*params("blocks"), *params("marks")])
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    check_case(case, "\n".join(map(dump, blocks(case.given))))
