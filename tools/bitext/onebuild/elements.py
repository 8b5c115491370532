"""The element of a sentence, written as the extension writes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bitext.model import State
from bitext.sphinx_ext.nodes import depart_segment, segment, visit_segment

if TYPE_CHECKING:
    from sphinx.builders import Builder

Write = Callable[[str, str, str], str]
"""(segment ID, its HTML, its English as inert HTML) → the element."""

_PLACES = ("\1", "\2", "\1", "\3")
"""What stands for ID, HTML, ID and English, in this order, while the parts are found."""


class _Recorder:
    """Stands in for a translator of Sphinx where only a sentence's own tags are written."""

    def __init__(self, builder: Builder) -> None:
        self.body: list[str] = []
        self.builder = builder
        self.config = builder.config


def write_element(builder: Builder, node: segment, html: str) -> str:
    """Return the element of a sentence of which `html` is shown."""
    recorder = _Recorder(builder)
    visit_segment(recorder, node)  # type: ignore[arg-type]
    recorder.body.append(html)
    depart_segment(recorder, node)  # type: ignore[arg-type]
    return "".join(recorder.body)


def make_writer(builder: Builder, source_language: str, state: State | None) -> Write | None:
    """Return what writes the elements of a state fast; None if each says more than is known here.

    That of sentences of which nothing is noted but a translation; on pages of the source language,
    nothing at all.
    """
    node = segment(
        segment_id="\1",
        state=str(state or ""),
        lookup="\3" if state else "",
        origin="",
        article="\0",
        entry_line=0,
        source_language=source_language,
    )
    element = write_element(builder, node, "\2")
    if "\0" in element:
        return None
    places = _PLACES if state else _PLACES[:2]
    if tuple(re.findall("[\1-\3]", element)) != places:
        return None
    parts = re.split("[\1-\3]", element)
    if state is None:
        start, middle, end = parts
        return lambda identifier, html, _: f"{start}{identifier}{middle}{html}{end}"
    one, two, three, four, five = parts

    def write(identifier: str, html: str, lookup: str) -> str:
        return f"{one}{identifier}{two}{html}{three}{identifier}{four}{lookup}{five}"

    return write
