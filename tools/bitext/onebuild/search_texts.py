"""What a search index takes from a page: found with slots, given back in a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from docutils import nodes

from bitext.onebuild.filling import value_of
from bitext.onebuild.marked_nodes import english, gap, slot
from bitext.onebuild.record import SearchText
from bitext.onebuild.sentence_parts import Word
from bitext.sphinx_ext.nodes import segment


def search_texts(node: nodes.Node) -> Iterator[SearchText]:
    """Yield what Sphinx's indexer sees at and below `node`, as `sphinx.search` walks a page.

    A sentence is its ID.
    """
    if isinstance(node, (nodes.comment, english, gap)):
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


class _title(nodes.title):  # noqa: N801 - docutils' manner
    def astext(self) -> str:
        return str(self["said"])


def found_texts(
    texts: Iterable[SearchText], words: Mapping[str, tuple[Word, ...]]
) -> Iterator[SearchText]:
    """Yield the texts of a page, in the place of sentences those of `words`, by their ID."""
    for text in texts:
        if text.kind == "sentence":
            for kind, word in value_of(words, text.text):
                yield SearchText(kind, word)
        else:
            yield text


def search_nodes(text: SearchText, fill: Callable[[str], str]) -> Iterator[nodes.Node]:
    """Yield nodes of which Sphinx's indexer takes what it would from the page."""
    if text.kind == "text":
        yield nodes.Text(fill(text.text))
    elif text.kind == "raw":
        yield nodes.raw("", fill(text.text), format="html")
    elif text.kind == "keywords":
        own = nodes.meta(name="keywords", content=fill(text.text))
        if text.anchor:
            own["lang"] = text.anchor
        yield own
    else:
        ids = [text.anchor] if text.anchor else []
        section = nodes.section(ids=ids)
        section.append(_title(said=fill(text.text)))
        yield section
