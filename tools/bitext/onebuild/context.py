"""What only the builder of a language knows, and slots ask for: checksums, the date, directions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import SphinxError

from bitext.languages import direction
from bitext.onebuild.filling import ABSENT
from bitext.onebuild.slots import argument_place

_CHECKSUM = re.compile(r"\?v=([0-9a-f]+)\"")


@dataclass(slots=True)
class Context:
    """What the builder of a language knows, as slots ask for it."""

    language: str
    last_updated: str = ""
    checksums: dict[str, str] = field(default_factory=dict)
    """Of script and style files, by name; empty for one that has none."""

    def value(self, key: str) -> str:
        """Return what a slot asks for."""
        name, _, file = key.partition(" ")
        if name == "direction":
            return ' dir="rtl"' if direction(self.language) == "rtl" else ""
        if name == "language":
            return self.language
        if name == "last_updated":
            return self.last_updated
        if name == "version":
            checksum = self.checksums.get(file)
            return f"?v={checksum}" if checksum else ""
        if name == "checksum":
            return self.checksums.get(file) or argument_place(0)
        return argument_place(0) if file in self.checksums else ABSENT


class _SeenError(SphinxError):
    """Ends the writing of a page of which all is known that is asked for."""


def learn_context(builder: StandaloneHTMLBuilder, tag: str) -> Context:
    """Return what a page tells that Sphinx would write; it is not written."""
    found: dict[str, Any] = {}

    def look(app: Sphinx, name: str, template: str, context: dict[str, Any], _: object) -> None:
        found.update(context)
        raise _SeenError

    listener = builder.events.connect("html-page-context", look, 900)
    with suppress(_SeenError):
        builder.handle_page("search", {}, "search.html")
    builder.events.disconnect(listener)
    return Context(tag, found["last_updated"] or "", dict(_checksums(found)))


def _checksums(context: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and checksum of each style and script file of a page."""
    for tag_of, assets in (("css_tag", "css_files"), ("js_tag", "script_files")):
        for asset in context[assets]:
            match = _CHECKSUM.search(context[tag_of](asset))
            yield str(getattr(asset, "filename", asset) or ""), match[1] if match else ""
