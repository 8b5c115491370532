"""What the tokens of Learn's blocks hold for translators: alt texts, titles, included files."""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import unquote

from markdown_it.token import Token

from bitext.markdown.learn.commands import INCLUDE, INCLUDE_PATTERN
from bitext.markdown.learn.containers import FIGURE
from bitext.markdown.learn.markers import IMAGE, VIDEO
from bitext.model import BlockKind

_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)

LEARN_HOLDERS = frozenset({INCLUDE, IMAGE, VIDEO, f"{FIGURE}_open"})


class Blocks(Protocol):
    """Where the texts go; lines are those of the article."""

    def add_string(self, text: str, kind: BlockKind, *, label: str, line: int) -> None:
        """Add a text that is not Markdown."""

    def report(self, line: int, message: str, *, included: str = "") -> None:
        """Note a text that is not extracted."""


def read_learn(blocks: Blocks, token: Token, line: int) -> None:
    """Add what a token of `LEARN_HOLDERS` holds to `blocks`."""
    if token.type == INCLUDE:
        _report(blocks, str(token.meta["target"]), line)
        return
    key, label = (
        ("title", "video title") if "target" in token.meta else ("alt-text", "image alt-text")
    )
    text = " ".join(str(token.meta.get(key, "")).split())
    if any(map(str.isalpha, text)):
        blocks.add_string(text, BlockKind.ALT, label=label, line=line)


def _report(blocks: Blocks, target: str, line: int) -> None:
    """Report a file that is included, unless it is an article: then its own POT has its text."""
    message = f"{target!r} is no article; its text is not extracted"
    path = unquote(target.partition("?")[0]).replace("\\", "/")
    blocks.report(line, message, included=path.removeprefix("~") if path[:2] == "~/" else path)


def report_includes(blocks: Blocks, text: str, line: int) -> None:
    """Report the files that inline Markdown includes, likewise."""
    for match in INCLUDE_PATTERN.finditer(_CODE_SPAN.sub("", text)):
        _report(blocks, match["target"], line)
