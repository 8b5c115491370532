"""The bodies of directives that are not plain Markdown: each taken apart as its directive does.

A body is a generator from text and options to parts, listed in `BODIES`. Parts come in the order
in which Sphinx parses them, so that equal texts are told apart alike.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bitext.model import BlockKind

Options = Mapping[str, str]


class Part(NamedTuple):
    """A stretch of a directive's body."""

    text: str
    line: int
    """Lines below the first line of the body."""

    how: str = "markdown"
    """`markdown`: blocks. `inline`: inline Markdown alone. `string`: shown as it is."""

    kind: BlockKind = BlockKind.PARAGRAPH


class BodyError(ValueError):
    """A body that its directive will reject."""


FindParts = Callable[[str, Options], Iterator[Part]]


def find_parts(kind: str, body: str, options: Options) -> Iterator[Part]:
    """Yield the parts of a body of this kind; a kind without text has none.

    Raises `BodyError` if the body is broken.
    """
    find = BODIES.get(kind)
    if find is not None and body.strip():
        yield from find(body, options)


def _markdown(body: str, _: Options) -> Iterator[Part]:
    yield Part(body, 0)


def _inline(body: str, _: Options) -> Iterator[Part]:
    yield Part(body.rstrip("\n"), 0, "inline")


def _lines(body: str, _: Options) -> Iterator[Part]:
    for number, line in enumerate(body.split("\n")):
        if line.strip():
            yield Part(line.strip(), number, "inline")


def _toctree(body: str, _: Options) -> Iterator[Part]:
    """Yield the explicit titles, ``title <document>``."""
    for number, line in enumerate(body.split("\n")):
        title, bracket, target = line.strip().rpartition("<")
        if bracket and target.endswith(">") and title.strip():
            yield Part(title.strip(), number, "string", BlockKind.TITLE)


_HEADER = re.compile(r"\^{3,}\s*")
_FOOTER = re.compile(r"\+{3,}\s*")


def _card(body: str, _: Options) -> Iterator[Part]:
    """Yield header, body and footer, between the lines that sphinx-design (0.8) cuts at."""
    lines = body.split("\n")
    header = next((n for n, line in enumerate(lines) if _HEADER.fullmatch(line)), -1)
    footers = [n for n, line in enumerate(lines) if _FOOTER.fullmatch(line)]
    footer = footers[-1] if footers else len(lines)
    for start, end in ((0, header), (header + 1, footer), (footer + 1, len(lines))):
        if start < end:
            yield Part("\n".join(lines[start:end]), start)


_ATTRIBUTION = re.compile("((?:---?(?!-)|\N{EM DASH}) *)(.+)")


def _quote(body: str, _: Options) -> Iterator[Part]:
    """Yield the quoted text and the line, after a blank one, that says whose it is."""
    lines = body.split("\n")
    for number, line in enumerate(lines[1:], 1):
        match = _ATTRIBUTION.match(line)
        if match is None or lines[number - 1].strip() or not any(map(str.strip, lines[:number])):
            continue
        yield Part("\n".join(lines[:number]), 0, kind=BlockKind.QUOTE)
        source = [match[2], *_same_indent(lines[number + 1 :], len(match[1]))]
        yield Part("\n".join(source), number, "inline", BlockKind.QUOTE)
        return
    yield Part(body, 0, kind=BlockKind.QUOTE)


def _same_indent(lines: Sequence[str], indent: int) -> Iterator[str]:
    for line in lines:
        if not line.strip() or len(line) - len(line.lstrip()) != indent:
            return
        yield line[indent:]


_CLASSIFIER = re.compile(" +: +")


def _glossary(body: str, _: Options) -> Iterator[Part]:
    """Yield terms and their definitions, as `sphinx.domains.std.Glossary` (Sphinx 9) reads them."""
    terms: list[Part] = []
    definition: list[str] = []
    first, indent = 0, 0
    for number, line in enumerate(body.split("\n")):
        is_term = bool(line) and not line[0].isspace()
        if is_term and line.startswith(".. "):
            continue
        if is_term:
            if definition:
                yield from _entry(terms, definition, first)
                terms, definition = [], []
            text = _CLASSIFIER.split(line)[0]
            terms.append(Part(text, number, "inline", BlockKind.TERM))
        elif terms and (line.strip() or definition):
            if not definition:
                first, indent = number, len(line) - len(line.lstrip())
            definition.append(line[indent:])
    yield from _entry(terms, definition, first)


def _entry(terms: Sequence[Part], definition: Sequence[str], line: int) -> Iterator[Part]:
    yield from terms
    if definition:
        yield Part("\n".join(definition), line, kind=BlockKind.DEFINITION)


def find_terms(body: str) -> list[str]:
    """Return the terms of a glossary."""
    return [part.text for part in _glossary(body, {}) if part.how == "inline"]


_CONTROL = {"tab": "\t", "space": " "}
"""Names that docutils knows for a delimiter."""


def _csv(body: str, options: Options) -> Iterator[Part]:
    """Yield the cells, as docutils' `CSVTable` (0.22) reads them."""
    lines = iter(body.split("\n"))
    rows = csv.reader(
        (f"{line}\n" for line in lines),
        delimiter=_character(options, "delim", ","),
        quotechar=_character(options, "quote", '"'),
        escapechar=_character(options, "escape", "") or None,
        doublequote="escape" not in options,
        skipinitialspace="keepspace" not in options,
        strict=True,
    )
    before = 0
    try:
        for row in rows:
            for cell in row:
                yield Part(cell, before, kind=BlockKind.CELL)
            before = rows.line_num
    except csv.Error as error:
        raise BodyError(f"it is no CSV: {error}") from error


def _character(options: Options, name: str, default: str) -> str:
    value = options.get(name, default)
    value = _CONTROL.get(value, value)
    if len(value) > 1:
        raise BodyError(f"its {name} is not one character")
    return value


BODIES: Mapping[str, FindParts] = MappingProxyType(
    {
        "markdown": _markdown,
        "object": _markdown,
        "quote": _quote,
        "inline": _inline,
        "lines": _lines,
        "toctree": _toctree,
        "card": _card,
        "glossary": _glossary,
        "csv": _csv,
    }
)
"""How each kind of body is taken apart."""
