"""The doctree node of a division: a row, a zone, tabs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from bitext.characters import make_readable

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class division(nodes.General, nodes.Element):  # noqa: N801 - docutils' manner
    """A part of a page.

    Attributes: `classes`; `values`, what scripts and style sheets read, by name; `place`, the file
    that has it.
    """


def _visit(translator: HTML5Translator, node: division) -> None:
    said = {name: make_readable(value, "").text for name, value in node["values"].items() if value}
    values = "".join(f' data-{name}="{escape(value)}"' for name, value in said.items())
    translator.body.append(f'<div class="{escape(" ".join(node["classes"]))}"{values}>\n')


def _depart(translator: HTML5Translator, node: division) -> None:
    translator.body.append("</div>\n")


def _pass(translator: nodes.NodeVisitor, node: division) -> None:
    """Write nothing of a division itself."""


def name_divisions(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give zones and versions their names, and nothing to choose, where no style sheet does."""
    if app.builder.format == "html":
        return
    for node in list(doctree.findall(division)):
        if "learn-pivots" in node["classes"]:
            node.parent.remove(node)
            continue
        name = node["values"].get("title") or node["values"].get("range")
        if name:
            node.insert(0, nodes.paragraph("", "", nodes.emphasis("", name)))


def add_nodes(app: Sphinx) -> None:
    """Tell Sphinx's builders how to write a division."""
    silent = (_pass, _pass)
    app.add_node(
        division, html=(_visit, _depart), latex=silent, text=silent, man=silent, texinfo=silent
    )
