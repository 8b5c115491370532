"""Lines of ``:::``: blocks that open and close, images and code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from bitext.markdown.learn.attributes import parse_attributes
from bitext.markdown.learn.faults import note_fault

MARKER = "learn_marker"
"""The type of a token that opens or closes a block: its `info` says which."""

IMAGE = "learn_image"
CODE = "learn_code"
VIDEO = "learn_video"

MEDIA = frozenset({"image", "video"})
"""What is closed too, if it is of the type ``complex``: by then it was described."""

_SOURCED = frozenset({*MEDIA, "code"})
"""What is nothing without ``source``."""

PAIRED = frozenset({"moniker", "zone", "row", "column"})
"""Blocks that ``:::name-end`` closes."""

_LINE = re.compile(r":{3,}\s*(?P<name>[a-z]+(?:-[a-z]+)*)(?P<rest>.*)", re.IGNORECASE)
_MONIKER = re.compile(r"""\s+range\s*=\s*(?P<range>"[^"]*"|'[^']*'|[^\s"':]+)\s*""")


class Marker(NamedTuple):
    """What a line says."""

    name: str
    values: Mapping[str, str]


def read_marker(line: str) -> Marker | None:
    """Return what a line of ``:::`` says; None if it is none of Learn's.

    >>> read_marker('::: zone pivot="windows"')
    Marker(name='zone', values={'pivot': 'windows'})
    >>> read_marker(":::row-end:::")
    Marker(name='row-end', values={})
    """
    match = _LINE.fullmatch(line.strip())
    if match is None:
        return None
    name, rest = match["name"].lower(), match["rest"].strip()
    if rest.endswith(":::"):
        rest = rest.rstrip(":")
    values = _read_range(f" {rest}") if name == "moniker" else parse_attributes(rest)
    if values is None or not _is_known(name, values):
        return None
    return Marker(name, values)


def _read_range(rest: str) -> Mapping[str, str] | None:
    match = _MONIKER.fullmatch(rest)
    return {"range": match["range"].strip("\"'").strip()} if match else None


def _is_known(name: str, values: Mapping[str, str]) -> bool:
    base = name.removesuffix("-end")
    if name != base:
        return base in PAIRED | MEDIA
    return base in PAIRED or (base in _SOURCED and bool(values.get("source", "").strip()))


def marker_plugin(md: MarkdownIt) -> None:
    """Plug in: make a token of each line of ``:::`` that is a block's."""
    alt = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "learn_marker", _read_line, {"alt": alt})


def _read_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(":::", begin) or state.is_code_block(start_line):
        return False
    text = state.src[begin : state.eMarks[start_line]]
    marker = read_marker(text)
    if marker is None:
        if _is_lost(text.strip()):
            note_fault(state.env, "line of ':::' that is not known", start_line, text.strip())
        return False
    if not silent:
        state.line = start_line + 1
        token = state.push(_type_of(marker), "", 0)
        token.info, token.meta = marker.name, _meta_of(marker)
        token.map = [start_line, state.line]
    return True


def _is_lost(line: str) -> bool:
    """Tell whether all of a line looks like a marker; an image may begin a sentence."""
    match = _LINE.match(line)
    return match is not None and match["name"] != "no-loc" and ":::" not in line.strip(":")


def _type_of(marker: Marker) -> str:
    if marker.name == "code":
        return CODE
    if marker.name not in MEDIA or marker.values.get("type", "").lower() == "complex":
        return MARKER
    return IMAGE if marker.name == "image" else VIDEO


def _meta_of(marker: Marker) -> dict[str, str]:
    """Return a marker's values; a video names its address as the other spelling does."""
    values = dict(marker.values)
    if marker.name == "video":
        values["target"] = values.pop("source")
    return values


def is_marker(token: Token) -> bool:
    """Tell whether a token is one that opens or closes a block."""
    return token.type == MARKER
