"""The core rule that pairs the lines of ``:::``: what stands between two is an element."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.learn.faults import note_fault
from bitext.markdown.learn.markers import MEDIA, is_marker
from bitext.markdown.learn.nesting import make_pair, relevel

DIVISION = "learn_division"
FIGURE = "learn_figure"
"""An image or a video with a long description."""

_MAX_OPEN = 20
"""Blocks in one another; nobody needs more, and trees of pages are walked by recursion."""


class _Opened(NamedTuple):
    """A block that is not closed yet."""

    name: str
    level: int
    line: int
    closing: Token


def container_plugin(md: MarkdownIt) -> None:
    """Plug in: make elements of what stands between markers."""
    md.core.ruler.after("block", "learn_containers", _pair)


def _pair(state: StateCore) -> None:
    if not any(map(is_marker, state.tokens)):
        return
    state.tokens = _Pairing(state.env).pair(state.tokens)
    relevel(state.tokens)


class _Pairing:
    """One walk over the tokens of an article."""

    def __init__(self, env: EnvType) -> None:
        self._env = env
        self._tokens: list[Token] = []
        self._opened: list[_Opened] = []

    def pair(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens with elements in place of markers."""
        for token in tokens:
            if token.nesting == -1:
                self._close_to(token.level)
            if not is_marker(token):
                self._tokens.append(token)
            elif token.info.endswith("-end"):
                self._close(token)
            else:
                self._open(token)
        self._close_to(-1)
        return self._tokens

    def _open(self, token: Token) -> None:
        line = token.map[0] if token.map else 0
        if len(self._opened) == _MAX_OPEN:
            note_fault(self._env, "':::' nested too deep", line, f":::{token.info}")
            return
        kind = FIGURE if token.info in MEDIA else DIVISION
        opening, closing = make_pair(kind, token.map, token.meta, token.info)
        self._tokens.append(opening)
        self._opened.append(_Opened(token.info, token.level, line, closing))

    def _close(self, token: Token) -> None:
        wanted = (token.info.removesuffix("-end"), token.level)
        count = len(self._opened)
        while count and (self._opened[count - 1].name, self._opened[count - 1].level) != wanted:
            count -= 1
        if not count:
            line = token.map[0] if token.map else 0
            note_fault(self._env, "':::' that closes nothing", line, f":::{token.info}")
            return
        while len(self._opened) > count:
            self._leave(is_closed=False)
        self._leave(is_closed=True)

    def _close_to(self, level: int) -> None:
        """Close what is open in an element of the article that ends."""
        while self._opened and self._opened[-1].level > level:
            self._leave(is_closed=False)

    def _leave(self, *, is_closed: bool) -> None:
        opened = self._opened.pop()
        self._tokens.append(opened.closing)
        if not is_closed:
            note_fault(self._env, "':::' that is not closed", opened.line, f":::{opened.name}")
