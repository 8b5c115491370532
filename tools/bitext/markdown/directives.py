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
    """`none`: no text. `markdown`, or one of `directive_bodies.BODIES`."""

    options: Mapping[str, str] = field(default_factory=dict)
    """Translatable options: `text` if parsed as Markdown, `string` if shown as it is."""

    is_titled_last: bool = False
    """Whether its title and options are parsed after its body."""

    unread: str = ""
    """What a page shows of it that is not extracted; empty if nothing."""


_ALT = MappingProxyType({"alt": "string"})
_CAPTION = MappingProxyType({"caption": "text"})
_LISTED = MappingProxyType({"caption": "string"})
_CARD = MappingProxyType(
    {"img-alt": "string", "header": "text", "footer": "text", "link-alt": "string"}
)

_BOX = Directive(argument="body", body="markdown")
_TITLED = Directive(argument="text", body="markdown")
_CONTAINER = Directive(body="markdown")
_CODE = Directive(options=_CAPTION)
_VERSION = Directive(argument="version", body="markdown")
_QUOTE = Directive(argument="body", body="quote")
_OBJECT = Directive(body="object")
_NOTHING = Directive()
_DIAGRAM = Directive(options=MappingProxyType({**_CAPTION, **_ALT}), unread="the text of a diagram")
_DOCSTRINGS = Directive(unread="text from program code")


def _named(names: str, directive: Directive) -> Iterable[tuple[str, Directive]]:
    return ((name, directive) for name in names.split())


def _in_domain(domain: str, names: str) -> Iterable[tuple[str, Directive]]:
    return ((f"{domain}:{name}", _OBJECT) for name in names.split())


DIRECTIVES: Mapping[str, Directive] = dict(
    [
        # docutils: admonitions
        *_named("attention caution danger error hint important note tip warning", _BOX),
        *_named("admonition", _TITLED),
        # docutils: body elements
        *_named("topic", _TITLED),
        *_named(
            "sidebar",
            Directive(
                argument="text", body="markdown", options=MappingProxyType({"subtitle": "text"})
            ),
        ),
        *_named("epigraph highlights pull-quote", _QUOTE),
        *_named("compound", _BOX),
        *_named("container class rst-class", _CONTAINER),
        *_named("rubric", Directive(argument="text")),
        *_named("line-block", Directive(argument="body", body="lines")),
        *_named("contents", Directive(argument="text")),
        *_named("table list-table", _TITLED),
        *_named(
            "csv-table",
            Directive(argument="text", body="csv", options=MappingProxyType({"header": "csv"})),
        ),
        *_named("image", Directive(options=_ALT)),
        *_named("figure", Directive(body="markdown", options=_ALT)),
        *_named("figure-md", _CONTAINER),
        # Sphinx
        *_named("seealso todo", _BOX),
        *_named("versionadded versionchanged deprecated versionremoved", _VERSION),
        *_named("toctree", Directive(body="toctree", options=_LISTED)),
        *_named("code-block sourcecode code literalinclude", _CODE),
        *_named("only hlist acks", _CONTAINER),
        *_named("centered", Directive(argument="text")),
        *_named("glossary", Directive(body="glossary")),
        # Sphinx: descriptions of objects
        *_named("function method attribute data exception property decorator", _OBJECT),
        *_named("classmethod staticmethod decoratormethod describe object", _OBJECT),
        *_named("option envvar confval", _OBJECT),
        *_in_domain("py", "function class method attribute data exception property type"),
        *_in_domain("py", "decorator decoratormethod classmethod staticmethod module"),
        *_in_domain("c", "function member var macro struct union enum enumerator type"),
        *_in_domain("cpp", "function class struct member var enum enum-class enum-struct"),
        *_in_domain("cpp", "enumerator type concept union alias"),
        *_in_domain("js", "function class method attribute data module"),
        *_in_domain("rst", "directive role directive:option"),
        *_in_domain("std", "option envvar confval object"),
        # sphinx-design
        *_named("tab-set tab-set-code grid grid-item div card-carousel", _CONTAINER),
        *_named("card-header card-footer", _CONTAINER),
        *_named("tab-item dropdown", _TITLED),
        *_named(
            "card grid-item-card",
            Directive(argument="text", body="card", options=_CARD, is_titled_last=True),
        ),
        *_named("button-link button-ref", Directive(body="inline")),
        *_named(
            "article-info",
            Directive(
                options=MappingProxyType(
                    {"avatar-alt": "string", "author": "text", "date": "text", "read-time": "text"}
                )
            ),
        ),
        # sphinx-tabs and sphinx-inline-tabs
        *_named("tabs", _CONTAINER),
        *_named("tab group-tab", _TITLED),
        *_named("code-tab", Directive(argument="version")),
        # without text of the article's own
        *_named(
            "math highlight index meta default-role role currentmodule default-domain", _NOTHING
        ),
        *_named("py:currentmodule c:namespace cpp:namespace productionlist", _NOTHING),
        *_named("parsed-literal tabularcolumns sectionauthor codeauthor program title", _NOTHING),
        *_named("include", Directive(body="include")),
        # with text that is not extracted
        *_named("raw", Directive(body="raw")),
        *_named("eval-rst", Directive(unread="reStructuredText")),
        *_named("mermaid graphviz digraph graph inheritance-diagram uml plantuml", _DIAGRAM),
        *_named("automodule autoclass autofunction automethod autodata autoattribute", _DOCSTRINGS),
        *_named(
            "autoexception autoproperty autodecorator autosummary autodoc2-object", _DOCSTRINGS
        ),
        *_named("autodoc2-docstring autodoc2-summary automodulesumm", _DOCSTRINGS),
    ]
)
"""The directives of docutils, Sphinx and some extensions that bitext knows, by name."""


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
