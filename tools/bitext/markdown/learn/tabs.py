"""Tabs: headings that link to ``#tab/id``, up to the next rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.learn.faults import note_fault
from bitext.markdown.learn.nesting import make_pair, relevel

GROUP = "learn_tabs"
TAB = "learn_tab"
TITLE = "learn_tab_title"

_HEADING = re.compile(
    r"\s*\[(?P<title>.+)\]\(#tab/(?P<id>[^()\s/]+)(?:/(?P<condition>[^()\s/]+))?\)\s*", re.DOTALL
)


def tab_plugin(md: MarkdownIt) -> None:
    """Plug in: make elements of tabs."""
    md.core.ruler.after("learn_quotes", "learn_tabs", _read_tabs)


def _read_tabs(state: StateCore) -> None:
    if "(#tab/" not in state.src:
        return
    places = [n for n, token in enumerate(state.tokens) if _read_heading(state.tokens, n, token)]
    if places:
        state.tokens = _rewrite(state.tokens, state.env)
        relevel(state.tokens)


def _read_heading(tokens: Sequence[Token], place: int, token: Token) -> re.Match[str] | None:
    """Return what the heading that opens at `place` says of a tab; None if it is no tab's."""
    if token.type != "heading_open":
        return None
    return _HEADING.fullmatch(tokens[place + 1].content)


def _rewrite(tokens: Sequence[Token], env: EnvType) -> list[Token]:
    """Return the tokens with each run of tabs as one element."""
    found: list[Token] = []
    groups: list[tuple[int, Token, Token]] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        while groups and token.nesting == -1 and token.level < groups[-1][0]:
            _close(found, groups, env, is_closed=False)
        heading = _read_heading(tokens, place, token)
        if heading:
            _open(found, groups, heading, tokens[place : place + 3])
            place += 3
            continue
        if token.type == "hr" and groups and token.level == groups[-1][0]:
            _close(found, groups, env, is_closed=True)
        else:
            found.append(token)
        place += 1
    while groups:
        _close(found, groups, env, is_closed=False)
    return found


def _open(
    found: list[Token],
    groups: list[tuple[int, Token, Token]],
    heading: re.Match[str],
    tokens: Sequence[Token],
) -> None:
    """Add what begins a tab, and before the first of a run what begins that."""
    level, place = tokens[0].level, tokens[0].map
    values = {"id": heading["id"], "condition": heading["condition"] or ""}
    opening, closing = make_pair(TAB, place, values)
    if groups and groups[-1][0] == level:
        found.append(groups[-1][2])
        groups[-1] = (level, groups[-1][1], closing)
    else:
        group, end = make_pair(GROUP, place, {})
        found.append(group)
        groups.append((level, end, closing))
    start, stop = make_pair(TITLE, place, {})
    inline = tokens[1].copy(content=heading["title"].strip(), meta={})
    found.extend((opening, start, inline, stop))


def _close(
    found: list[Token], groups: list[tuple[int, Token, Token]], env: EnvType, *, is_closed: bool
) -> None:
    _, group, tab = groups.pop()
    found.extend((tab, group))
    if not is_closed:
        line = next((t.map[0] for t in reversed(found) if t.type == f"{TAB}_open" and t.map), 0)
        note_fault(env, "tabs that no rule '---' ends", line, "the last tab")
