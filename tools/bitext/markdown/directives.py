"""What each directive holds for translators: one table, which a project extends in its settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Directive:
    """Where a directive's text stands."""

    argument: str = "none"
    """`none`: no text. `text`: a title. `version`: a word, then text. `body`: the body begins."""

    body: str = "none"
    """`markdown`: parsed as Markdown. `toctree`: lines of ``title <document>``. `none`: no text."""

    options: Mapping[str, str] = field(default_factory=dict)
    """Translatable options: `text` if parsed as Markdown, `string` if shown as it is."""


_ALT = MappingProxyType({"alt": "string"})
_CAPTION = MappingProxyType({"caption": "text"})

_BOX = Directive(argument="body", body="markdown")
_TITLED = Directive(argument="text", body="markdown")
_CONTAINER = Directive(body="markdown")
_CODE = Directive(options=_CAPTION)
_VERSION = Directive(argument="version", body="markdown")
_NOTHING = Directive()


def _named(names: str, directive: Directive) -> Iterable[tuple[str, Directive]]:
    return ((name, directive) for name in names.split())


DIRECTIVES: Mapping[str, Directive] = dict(
    [
        # docutils: admonitions
        *_named("attention caution danger error hint important note tip warning", _BOX),
        *_named("admonition", _TITLED),
        # docutils: body elements
        *_named("topic sidebar", _TITLED),
        *_named("epigraph highlights pull-quote compound", _BOX),
        *_named("container class rst-class", _CONTAINER),
        *_named("rubric", Directive(argument="text")),
        *_named("table list-table", _TITLED),
        *_named("image", Directive(options=_ALT)),
        *_named("figure", Directive(body="markdown", options=_ALT)),
        *_named("figure-md", _CONTAINER),
        # Sphinx
        *_named("seealso", _BOX),
        *_named("versionadded versionchanged deprecated versionremoved", _VERSION),
        *_named(
            "toctree", Directive(body="toctree", options=MappingProxyType({"caption": "string"}))
        ),
        *_named("code-block sourcecode code literalinclude", _CODE),
        *_named("only", _CONTAINER),
        # sphinx-design
        *_named("tab-set grid grid-item div", _CONTAINER),
        *_named("tab-item dropdown", _TITLED),
        # without text
        *_named(
            "math raw include contents highlight index meta default-role currentmodule", _NOTHING
        ),
        *_named("mermaid graphviz digraph graph eval-rst", _NOTHING),
    ]
)
"""The directives of docutils, Sphinx and sphinx-design that bitext knows, by name."""


class DirectiveText(NamedTuple):
    """The text of a directive taken apart as MyST does."""

    argument: str
    options: Mapping[str, str]
    body: str
    body_offset: int
    """Lines from the directive's first to the body's first; 0 if the body begins on the first."""


def split_directive(first_line: str, content: str, *, begins_on_first_line: bool) -> DirectiveText:
    """Return argument, options and body of a directive's text.

    As `myst_parser.parsers.directives.parse_directive_text` does (MyST-Parser 5.2), without
    docutils and without converting the values.
    """
    lines = content.split("\n")
    count, options_text = _find_options(lines)
    body = lines[count:]
    offset = count + 1
    if begins_on_first_line and first_line.strip():
        body.insert(0, first_line)
        offset -= 1
    if body and not body[0].strip():
        del body[0]
        offset += 1
    return DirectiveText(first_line.strip(), _parse_options(options_text), "\n".join(body), offset)


def _find_options(lines: list[str]) -> tuple[int, str]:
    """Return how many lines the option block takes, and its text."""
    if lines[0].startswith("---"):
        for index, line in enumerate(lines[1:], 1):
            if line.startswith("---"):
                return index + 1, "\n".join(lines[1:index])
        return len(lines), "\n".join(lines[1:])
    count = 0
    while count < len(lines) and _is_option(lines[count]):
        count += 1
    return count, "\n".join(line.lstrip()[1:] for line in lines[:count])


def _is_option(line: str) -> bool:
    stripped = line.lstrip()
    return stripped.startswith(":") and not stripped.startswith(":::")


def _parse_options(text: str) -> dict[str, str]:
    """Return the options; a block that MyST will reject has none."""
    if not text:
        return {}
    from myst_parser.parsers.options import TokenizeError, options_to_tokens

    try:
        tokens, _ = options_to_tokens(text)
    except TokenizeError:
        return {}
    return {key.value: value.value if value else "" for key, value in tokens}


class TocEntry(NamedTuple):
    """A line of a toctree that gives its document a title."""

    title: str
    line: int
    """Lines below the first line of the body."""


def find_toc_titles(body: str) -> Iterable[TocEntry]:
    """Yield the explicit titles of a toctree's body, ``title <document>``."""
    for number, line in enumerate(body.split("\n")):
        title, bracket, target = line.strip().rpartition("<")
        if bracket and target.endswith(">") and title.strip():
            yield TocEntry(title.strip(), number)
