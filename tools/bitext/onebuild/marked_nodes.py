"""The doctree of a marked build: slots, each with the English that stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from bitext.onebuild.slots import Kind
from bitext.onebuild.slots import slot as make_slot
from bitext.sphinx_ext.nodes import segment

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator


class slot(nodes.Inline, nodes.Element):  # noqa: N801 - docutils' manner
    """A sentence that each language fills in.

    Attributes: `segment_id`; once it is filled, `html` and `text`.
    """

    def deepcopy(self) -> slot:
        """Return a copy; one that is filled is not changed any more, and may stand anywhere."""
        if "text" not in self:
            return super().deepcopy()
        copied = self.copy()
        copied.children = self.children
        return copied

    def astext(self) -> str:
        """Return the sentence as text: a slot, until it is filled."""
        if "text" in self:
            return str(self["text"])
        return make_slot(Kind.TEXT, self["segment_id"])


class english(nodes.Inline, nodes.TextElement):  # noqa: N801
    """The English of a slot: Sphinx resolves and writes it, and nothing else sees it."""

    def astext(self) -> str:
        """Return nothing."""
        return ""


class gap(nodes.Inline, nodes.TextElement):  # noqa: N801
    """White space between two sentences, which not every language writes.

    Attributes: `key`; once it is filled, `text`.
    """

    def astext(self) -> str:
        """Return the space: a slot, until it is filled."""
        if "text" in self:
            return str(self["text"])
        return make_slot(Kind.GAP, self["key"], (super().astext(),))


def visit_gap(translator: HTML5Translator, node: gap) -> None:
    """Write the space, or its slot."""
    translator.body.append(node.astext())
    raise nodes.SkipNode


def visit_slot(translator: HTML5Translator, node: slot) -> None:
    """Write a sentence of a title."""
    if "html" in node:
        translator.body.append(str(node["html"]))
        raise nodes.SkipNode  # its texts are there for a search index
    if not isinstance(node.parent, segment):
        translator.body.append(make_slot(Kind.TITLE, node["segment_id"]))


def depart_slot(translator: HTML5Translator, node: slot) -> None:
    """Write nothing more."""


def visit_marked(translator: HTML5Translator, node: segment) -> None:
    """Write the slot of a sentence with all that belongs to it; its English is taken apart."""
    translator.body.append(make_slot(Kind.SENTENCE, node["segment_id"]))
    node["starts"] = len(translator.body)
    node["is_in_mail"] = translator.in_mailto and translator.settings.cloak_email_addresses


def depart_marked(translator: HTML5Translator, node: segment) -> None:
    """Take the English out of the page, and keep it."""
    html = "".join(translator.body[node["starts"] :])
    del translator.body[node["starts"] :]
    note = getattr(translator.builder, "note_english", None)
    if note is not None:
        note(node, html)


def said_in(node: segment) -> str:
    """Return all that the English of a sentence says; it may hold slots."""
    found = [child for own in node.findall(english) for child in own.children]
    return "".join(child.astext() for child in found) if found else node.astext()


def keep(translator: HTML5Translator, node: nodes.Element) -> None:
    """Write what it holds."""


def drop_english(root: nodes.Element) -> None:
    """Leave only slots at and below `root`."""
    for node in list(root.findall(english)):
        node.parent.remove(node)


def drop_copies(document: nodes.document) -> None:
    """Leave English only in sentences: a table of contents on a page has copies of titles."""
    for node in list(document.findall(english)):
        if not isinstance(node.parent, segment):
            node.parent.remove(node)
