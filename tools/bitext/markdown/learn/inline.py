"""Inline constructs: includes, images, words that are not translated, and ``@uid``."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from bitext.markdown.learn.attributes import parse_attributes
from bitext.markdown.learn.commands import INCLUDE_PATTERN

INCLUDE = "learn_include_inline"
IMAGE = "learn_image_inline"
NO_LOC = "learn_no_loc"
XREF = "learn_xref"

_COLONS = re.compile(
    r""":::\s*(?P<name>image|no-loc)(?P<values>(?:\s+[a-z-]+\s*=\s*"[^"\n]*")+)\s*:::""",
    re.IGNORECASE,
)
_UID = re.compile(r"@(?P<uid>[A-Za-z_][\w-]*(?:\.[\w`*-]+)*)")


def inline_plugin(md: MarkdownIt) -> None:
    """Plug in: read inline constructs."""
    md.inline.ruler.before("link", "learn_include", _read_include)
    md.inline.ruler.before("link", "learn_colons", _read_colons)
    md.inline.ruler.before("link", "learn_uid", _read_uid)


def _read_include(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[!", state.pos):
        return False
    match = INCLUDE_PATTERN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push(INCLUDE, "", 0)
        token.meta = {"target": match["target"], "label": match["label"]}
    state.pos = match.end()
    return True


def _read_colons(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith(":::", state.pos):
        return False
    match = _COLONS.match(state.src, state.pos, state.posMax)
    values = parse_attributes(match["values"]) if match else None
    if match is None or values is None:
        return False
    is_image = match["name"].lower() == "image"
    if not values.get("source" if is_image else "text", "").strip():
        return False
    if not silent:
        token = state.push(IMAGE if is_image else NO_LOC, "", 0)
        token.content = values.get("alt-text" if is_image else "text", "")
        token.meta = dict(values)
    state.pos = match.end()
    return True


def _read_uid(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@":
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    match = _UID.match(state.src, state.pos, state.posMax)
    if match is None or before.isalnum() or before in "@_/.":
        return False
    if not silent:
        token = state.push(XREF, "", 0)
        token.content = match["uid"]
    state.pos = match.end()
    return True
