"""White space around sentences, and the line breaks in them, as the format has it."""

from __future__ import annotations

import re

from bitext.markdown.spans import Span

_BREAK = re.compile(r"[ \t]*\n[ \t]*(?:>[ \t]?)*[ \t]*")

_MARKER = re.compile(r"[-+>] ")

_ONLY_MARKERS = re.compile(r"[ \t]*(?:(?:[-*+>]|\d+[.)]|\|)[ \t]*)*")

_IMAGE_LINE = re.compile(r"!\[[^][]*\]\([^()]*\)[ \t]*(?:\n|\Z)")

_TARGET = re.compile(r"\]\([^()\s]*\Z")


def leading_space(text: str, span: Span) -> str:
    """Return the spaces before a sentence that are its own in published files.

    They are if it follows another one and would begin a list or a quote: `` - [#12](x)``.
    """
    if not _MARKER.match(text, span.start):
        return ""
    line = text.rfind("\n", 0, span.start) + 1
    before = text[line : span.start]
    spaces = before[len(before.rstrip(" ")) :]
    return spaces if before.strip() and not _ONLY_MARKERS.fullmatch(before) else ""


def join_source(text: str) -> str:
    """Return a stretch of an article as one line.

    A hard break stays as it is written. So does one before a line that is an image, but for the
    indent and not in a quote, and one before the parenthesis that ends a link.
    """
    return _BREAK.sub(_join_lines, text) if "\n" in text else text


def _join_lines(found: re.Match[str]) -> str:
    if found[0].startswith("  "):
        return found[0]
    text = found.string
    is_in_link = text.startswith(")", found.end()) and _TARGET.search(text, 0, found.start())
    is_image = ">" not in found[0] and _IMAGE_LINE.match(text, found.end())
    if is_in_link or is_image:
        return found[0][: found[0].index("\n") + 1]
    return " "
