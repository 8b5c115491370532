"""What a search index takes from a page, sentences as their IDs."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from bitext.onebuild.marked_nodes import english, slot
from bitext.onebuild.record import SearchText
from bitext.onebuild.sentence_parts import Word
from bitext.sphinx_ext.nodes import segment


def search_texts(node: nodes.Node) -> Iterator[SearchText]:
    """Yield what Sphinx's indexer sees at and below `node`, as `sphinx.search` walks a page."""
    if isinstance(node, (nodes.comment, english)):
        return
    if isinstance(node, nodes.Element) and "no-search" in node["classes"]:
        return
    if isinstance(node, nodes.raw):
        if "html" in node.get("format", "").split():
            yield SearchText("raw", node.astext())
        return
    if isinstance(node, slot):
        yield SearchText("sentence", node["segment_id"])
        return
    yield from _own_texts(node)
    for child in node.children:
        yield from search_texts(child)


def _own_texts(node: nodes.Node) -> Iterator[SearchText]:
    """Yield what the indexer sees in a node itself."""
    if isinstance(node, nodes.meta):
        if node.get("name") == "keywords":
            yield SearchText("keywords", node["content"], node.get("lang") or "")
    elif isinstance(node, nodes.Text):
        yield SearchText("text", str(node))
    elif isinstance(node, nodes.title):
        anchors = node.parent["ids"]
        yield SearchText("title", node.astext(), anchors[0] if anchors else "")


def words_of(doctree: nodes.document) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """Yield the words of each sentence's English, by segment ID."""
    for node in doctree.findall(english):
        identifier = node.parent["segment_id"] if isinstance(node.parent, segment) else ""
        texts = (text for child in node.children for text in search_texts(child))
        yield identifier, tuple((own.kind, own.text) for own in texts)
