"""Translate what directives show that is not Markdown: alt text, titles in a toctree."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes
from sphinx.addnodes import toctree

Strings = Mapping[str, str]
"""Translations by English."""


def translate_strings(root: nodes.Element, strings: Strings) -> None:
    """Translate alt text and toctree titles at and below `root`."""
    for node in root.findall(nodes.Element):
        if isinstance(node, toctree):
            _translate_toctree(node, strings)
        elif node.get("alt") in strings:
            node["alt"] = strings[node["alt"]]
        elif "sd-stretched-link" in node.get("classes", ()):
            _translate_text(node, strings)


def _translate_toctree(node: toctree, strings: Strings) -> None:
    if node.get("caption") in strings:
        node["caption"] = strings[node["caption"]]
    node["entries"] = [(strings.get(title, title), ref) for title, ref in node["entries"]]


def _translate_text(node: nodes.Element, strings: Strings) -> None:
    """Translate the hidden text of a link over a whole card."""
    for text in list(node.findall(nodes.Text)):
        if text.astext() in strings:
            text.parent.replace(text, nodes.Text(strings[text.astext()]))
