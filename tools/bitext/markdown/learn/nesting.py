"""Token streams taken apart and joined again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it.token import Token


def make_pair(
    kind: str, place: list[int] | None, meta: Mapping[str, str], info: str = ""
) -> tuple[Token, Token]:
    """Return the tokens that open and close an element of our own."""
    opening = Token(f"{kind}_open", "div", 1, map=place, meta=dict(meta), info=info, block=True)
    return opening, Token(f"{kind}_close", "div", -1, block=True)


def relevel(tokens: Sequence[Token]) -> None:
    """Give each token of a stream the level that its place has."""
    level = 0
    for token in tokens:
        level -= token.nesting == -1
        token.level = level
        level += token.nesting == 1


def find_end(tokens: Sequence[Token], start: int) -> int:
    """Return the place of the token that closes the one at `start`."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens) - 1
