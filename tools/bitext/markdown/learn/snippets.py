"""Which lines of a file of code an article shows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from textwrap import dedent
from typing import NamedTuple

_TAG = re.compile(
    r"""
    \s* (?: // | ' | -- | \# | % | ; | /\* | <!-- | \(\* | rem\b ) [\s/*#'!;%-]*
    < (?P<close>/?) (?P<name>[\w.-]+) > \s* (?: \*+/ | --> | \*\) )? \s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A comment, in any language, that begins or ends a region: an element of XML is none."""

_PREFIX = "snippet"
"""What a region's name may begin with beside what an article calls it."""

_REGION = re.compile(
    r"^[^\w#]*#?\s*(?:pragma\s+)?region\b\s*[\"']?(?P<name>[^\"'\r\n]*?)[\"']?\s*(?:-->)?$",
    re.IGNORECASE,
)
_END_REGION = re.compile(r"^[^\w#]*#?\s*(?:pragma\s+)?end\s?region\b", re.IGNORECASE)
_MOST_LINES = 100_000


class SnippetError(ValueError):
    """What the article asks for is not in the file."""


class Snippet(NamedTuple):
    """The code that is shown."""

    text: str
    highlighted: tuple[int, ...]
    """Its lines that stand out, from 1."""


def select_lines(code: str, values: Mapping[str, str]) -> Snippet:
    """Return what `values`, those of a code token, select of a file.

    Raises `SnippetError` if there is no such region or line.
    """
    if values.get("notebook") and values.get("id"):
        code, values = select_cell(code, values["id"]), {**values, "id": ""}
    lines = code.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if values.get("id"):
        lines = _find_region(lines, values["id"])
    elif values.get("range"):
        chosen = parse_lines(values["range"], len(lines))
        lines = [lines[number - 1] for number in chosen]
    if values.get("id") or "dedent" not in values:
        lines = dedent("\n".join(lines)).split("\n")
    lines = _cut_indent(lines, values.get("dedent", ""))
    highlighted = values.get("highlight", "")
    numbers = parse_lines(highlighted, len(lines), is_lenient=True) if highlighted else ()
    return Snippet("\n".join(lines) + "\n", tuple(numbers))


def select_cell(notebook: str, name: str) -> str:
    """Return the code of the cell of a notebook, in JSON, whose metadata have this name.

    Raises `SnippetError` if it is no notebook, or has no such cell.
    """
    try:
        cells = json.loads(notebook)["cells"]
        sources = [cell["source"] for cell in cells if cell.get("metadata", {}).get("name") == name]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SnippetError("it is no notebook") from error
    if not sources:
        raise SnippetError(f"there is no cell {name!r}")
    lines = sources[0] if isinstance(sources[0], list) else [sources[0]]
    return "".join(map(str, lines)).rstrip("\n") + "\n"


def parse_lines(text: str, last: int, *, is_lenient: bool = False) -> Sequence[int]:
    """Return the numbers that ``1-3,5,8-`` names, of lines up to `last`.

    What is beyond the last is left out. Raises `SnippetError` for a part that names no line,
    unless it is lenient: then only for what is no range.

    >>> parse_lines("1-3,5,8-", 9)
    [1, 2, 3, 5, 8, 9]
    """
    found: list[int] = []
    for part in filter(None, re.split(r"[\s,]+", text)):
        match = re.fullmatch(r"[lL]?(\d{1,7})(?:(-)[lL]?(\d{1,7})?)?", part)
        if match is None:
            raise SnippetError(f"{part!r} is no range of lines")
        first = int(match[1])
        end = int(match[3]) if match[3] else last if match[2] else first
        if not 1 <= first <= max(end, 1) or (first > last and not is_lenient):
            raise SnippetError(f"there are no lines {part}; it has {last}")
        found.extend(range(first, min(end, last) + 1))
        if len(found) > _MOST_LINES:
            raise SnippetError(f"too many lines: {text!r}")
    return found


def _find_region(lines: Sequence[str], name: str) -> list[str]:
    """Return the lines between ``<name>`` and ``</name>``, or of ``#region name``."""
    found = _between_tags(lines, name.lower())
    if found is None:
        found = _in_region(lines, name.lower())
    if found is None:
        raise SnippetError(f"there is no region {name!r}")
    return [line for line in found if not _TAG.fullmatch(line)]


def _between_tags(lines: Sequence[str], name: str) -> list[str] | None:
    start = -1
    for number, line in enumerate(lines):
        tag = _TAG.fullmatch(line) if "<" in line else None
        if tag is None or tag["name"].lower() not in (name, f"{_PREFIX}{name}"):
            continue
        if not tag["close"]:
            start = number
        elif start >= 0:
            return list(lines[start + 1 : number])
    return None


def _in_region(lines: Sequence[str], name: str) -> list[str] | None:
    depth = 0
    start = -1
    for number, line in enumerate(lines):
        if "region" not in line.lower():
            continue
        if _END_REGION.match(line):
            depth -= start >= 0
            if start >= 0 and depth == 0:
                inner = lines[start + 1 : number]
                return [own for own in inner if not (_REGION.match(own) or _END_REGION.match(own))]
        elif match := _REGION.match(line):
            if start < 0 and match["name"].strip().lower() in (name, f"{_PREFIX}{name}"):
                start = number
            depth += start >= 0
    return None


def _cut_indent(lines: Sequence[str], count: str) -> list[str]:
    """Return the lines without up to `count` characters of white space at their start."""
    most = int(count) if count.isdecimal() and len(count) < 4 else 0
    return [line[min(most, len(line) - len(line.lstrip())) :] for line in lines]
