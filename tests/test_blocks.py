"""What stands in an article for translators: golden cases, and the lines of real articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from articles import EXTENSIONS, dump, find_english, grammar
from golden import Case, params

from bitext.markdown.directives import DIRECTIVES, split_directive
from bitext.model import Block
from bitext.segments import make_grammar, read_article
from bitext.settings import Settings, parse_settings


def blocks(text: str, *extensions: str) -> list[Block]:
    """Return the blocks of an article, read with our extensions or with these."""
    found = read_article("a.md", text, grammar(*(extensions or EXTENSIONS)))
    return [read.block for read in found.blocks]


def segments(text: str, *extensions: str) -> list[str]:
    return [segment for block in blocks(text, *extensions) for segment in block.segments]


@pytest.mark.parametrize("case", [*params("blocks"), *params("marks")])
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    check_case(case, "\n".join(map(dump, blocks(case.given))))
