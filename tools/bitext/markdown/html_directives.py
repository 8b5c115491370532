"""HTML that MyST turns into directives: ``html_image`` and ``html_admonition``.

MyST itself says which directives an HTML block becomes: its own function is asked, with a
recorder in the place of the renderer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from bitext.markdown.grammar import Config

if TYPE_CHECKING:
    from myst_parser.mdit_to_docutils.base import DocutilsRenderer

_MAY_BE_DIRECTIVE = re.compile(r"\s*<(?:img|div)\b", re.IGNORECASE)


class HtmlDirective(NamedTuple):
    """A directive that MyST runs for an element."""

    name: str
    argument: str
    content: str
    """As MyST writes it: options, then Markdown."""

    options: Mapping[str, str | None]


class _Recorder:
    """Stands in for a renderer; notes which directives it is asked to run."""

    def __init__(self, config: Config) -> None:
        self.md_config = config
        self.document = {"source": ""}
        self.reporter = self
        self.found: list[HtmlDirective] = []

    def run_directive(
        self,
        name: str,
        first_line: str,
        content: str,
        position: int,
        additional_options: Mapping[str, str | None] | None = None,
        **_: object,
    ) -> list[Any]:
        self.found.append(HtmlDirective(name, first_line, content, additional_options or {}))
        return []

    def error(self, *_: object, **__: object) -> None:
        """Take an element that MyST rejects: it holds nothing."""

    def create_warning(self, *_: object, **__: object) -> None:
        """Take HTML that cannot be parsed: it stays HTML."""


def find_html_directives(content: str, config: Config) -> list[HtmlDirective]:
    """Return the directives that MyST makes of an HTML block; none if it stays HTML."""
    if not {"html_image", "html_admonition"} & config.enable_extensions:
        return []
    if not _MAY_BE_DIRECTIVE.match(content):
        return []
    from myst_parser.mdit_to_docutils.html_to_nodes import html_to_nodes

    recorder = _Recorder(config)
    html_to_nodes(content, 0, cast("DocutilsRenderer", recorder))
    return recorder.found
