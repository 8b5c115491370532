"""Inline constructs: includes, images, videos, UIDs, emoji, tokens, words that stay as they are."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from bitext.markdown.learn.attributes import parse_attributes
from bitext.markdown.learn.commands import INCLUDE_PATTERN
from bitext.markdown.learn.emoji import find_emoji

INCLUDE = "learn_include_inline"
IMAGE = "learn_image_inline"
VIDEO = "learn_video_inline"
NO_LOC = "learn_no_loc"
XREF = "learn_xref"

_COLONS = re.compile(
    r""":::\s*(?P<name>image|no-loc|video)(?P<values>(?:\s+[a-z-]+\s*=\s*"[^"\n]*")+)\s*:::""",
    re.IGNORECASE,
)
_TYPES = {
    "image": (IMAGE, "source", "alt-text"),
    "no-loc": (NO_LOC, "text", "text"),
    "video": (VIDEO, "source", "title"),
}
"""Of each kind the type of its token, what it has to say, and its words."""

_UID = re.compile(
    r"""
    @ (?: (?P<quote>["'])(?P<quoted>[^"'\n]+)(?P=quote)
        | (?P<uid>[A-Za-z_][\w-]*(?:\.[\w`*-]+)*(?:\([^()\s"'<>\[\]|]*\))?) )
    """,
    re.VERBOSE,
)
_REFERENCE = re.compile(
    r"""<xref:(?P<quote>["']?)(?P<uid>[^<>\n]*\s[^<>\n]*)(?P=quote)>""", re.IGNORECASE
)
_TOKEN = re.compile(r"\$(?P<name>[A-Za-z][a-z]+[A-Za-z]*)\$(?!\$)")
_FEWEST_LETTERS = 3
"""Of the name of a token that stands in no emphasis: two letters are a product in math."""

_EMOJI = re.compile(r":(?P<name>[a-z0-9_+-]{1,50}):(?![\w:])")


def inline_plugin(md: MarkdownIt) -> None:
    """Plug in: read inline constructs."""
    md.inline.ruler.before("link", "learn_include", _read_include)
    md.inline.ruler.before("link", "learn_colons", _read_colons)
    md.inline.ruler.before("link", "learn_uid", _read_uid)
    md.inline.ruler.before("autolink", "learn_reference", _read_reference)
    md.inline.ruler.before("link", "learn_emoji", _read_emoji)
    md.inline.ruler.before("math_inline", "learn_token", _read_token)


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
    kind, needed, words = _TYPES[match["name"].lower()]
    if not values.get(needed, "").strip():
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = values.get(words, "")
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
        token.content = match["quoted"] or match["uid"]
        token.markup = match["quote"] or ""
    state.pos = match.end()
    return True


def _read_reference(state: StateInline, silent: bool) -> bool:
    """Read ``<xref:A.B(C, D)>``: with white space it is no link of Markdown."""
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": f"xref:{match['uid'].strip()}"}
        state.push("text", "", 0).content = match["uid"].strip()
        closing = state.push("link_close", "a", -1)
        opening.markup = closing.markup = "autolink"
        opening.info = closing.info = "auto"
    state.pos = match.end()
    return True


def _read_token(state: StateInline, silent: bool) -> bool:
    """Read ``$version$``, which is text: what a tool replaces by a value, and no math.

    Learn knows no math in Markdown, its pages do; a formula has more than a word.
    """
    match = _TOKEN.match(state.src, state.pos, state.posMax)
    before = state.src[state.pos - 1] if state.pos else " "
    if match is None or before in "$\\":
        return False
    is_emphasized = before in "*_" and state.src[match.end() : match.end() + 1] == before
    if len(match["name"]) < _FEWEST_LETTERS and not is_emphasized:
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


def _read_emoji(state: StateInline, silent: bool) -> bool:
    """Read ``:smile:``, which is text: that of the character."""
    match = _EMOJI.match(state.src, state.pos, state.posMax)
    before = state.src[state.pos - 1] if state.pos else " "
    if match is None or before.isalnum() or before in ":_":
        return False
    character = find_emoji(match["name"])
    if not character:
        return False
    if not silent:
        state.push("text_special", "", 0).content = character
    state.pos = match.end()
    return True
