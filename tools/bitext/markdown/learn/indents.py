"""Indents of rows, columns and long descriptions: they are for the eye, and no code."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from bitext.markdown.learn.markers import MEDIA

_LINE = re.compile(
    r"""
    (?P<indent>\ *)
    (?: (?P<fence>`{3,}|~{3,}) | :{3,}\s*(?P<name>row|column|image|video)(?P<end>-end)?\b.* )
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def indent_plugin(md: MarkdownIt) -> None:
    """Plug in: move what stands in rows and columns to the left, before blocks are read."""
    md.core.ruler.before("block", "learn_indents", _move)


def _move(state: StateCore) -> None:
    if ":::" in state.src:
        state.src = move_left(state.src)


def move_left(text: str) -> str:
    r"""Return an article in which what stands in a row begins where the row's line does.

    >>> move_left(":::column:::\n      Text.\n:::column-end:::")
    ':::column:::\nText.\n:::column-end:::'
    """
    lines = text.split("\n")
    opened: list[tuple[str, int, int]] = []
    fence = ""
    for number, line in enumerate(lines):
        match = _LINE.match(line)
        if match is None:
            continue
        if match["fence"] or fence:
            fence = _next_fence(fence, line)
        elif match["end"]:
            if opened and opened[-1][0] == match["name"].lower():
                _, start, indent = opened.pop()
                _move_lines(lines, start + 1, number, indent)
        elif match["name"].lower() not in MEDIA or 'type="complex"' in line.lower():
            opened.append((match["name"].lower(), number, len(match["indent"])))
    return "\n".join(lines)


def _next_fence(fence: str, line: str) -> str:
    """Return the fence that is open after a line, itself one or in one."""
    found = re.match(r"\s*(`{3,}|~{3,})\s*(.*)", line)
    if not fence:
        return found[1] if found else ""
    is_end = found and found[1].startswith(fence) and not found[2].strip()
    return "" if is_end else fence


def _move_lines(lines: list[str], start: int, end: int, indent: int) -> None:
    """Move lines to the left as far as the least indented of them allows, up to `indent`."""
    words = [line for line in lines[start:end] if line.strip()]
    least = min((len(line) - len(line.lstrip(" ")) for line in words), default=0)
    surplus = least - indent
    if surplus > 0:
        lines[start:end] = [line[surplus:] if line.strip() else line for line in lines[start:end]]
