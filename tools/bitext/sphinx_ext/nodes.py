"""The doctree node of a sentence, and how it is written."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.utils.smartquotes import educate_tokens
from sphinx.transforms import SphinxSmartQuotes, SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from bitext.model import State
from bitext.site.words import words_or_english

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

_CLEAN_BUILDERS = frozenset({"epub", "htmlhelp", "qthelp", "devhelp", "applehelp"})
"""Builders of the HTML kind whose readers have no use for IDs and lookups."""


class segment(nodes.General, nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils' manner
    """One sentence.

    Attributes: `segment_id`; `state`, a `State`'s value, empty on pages of the source language;
    `lookup`, the English as inert HTML, empty if the sentence is shown in English; `origin`, where
    a translation comes from; `article`, whose sentence it is; `entry_line` in its PO file;
    `source_language`.
    """


def visit_segment(translator: HTML5Translator, node: segment) -> None:
    """Open the span of a sentence."""
    attributes = [f'data-ttu-id="{escape(node["segment_id"])}"']
    if node["state"] == State.UNTRANSLATED:
        attributes.append(f'lang="{escape(node["source_language"])}" dir="ltr"')
    elif node["state"] in (State.STALE, State.FUZZY):
        attributes.append(f'data-ttu-state="{node["state"]}"')
    if node["origin"]:
        attributes.append(f'data-ttu-origin="{escape(node["origin"])}"')
    if translator.config.bitext_review and node["state"]:
        attributes.append(f'data-article="{escape(node["article"])}"')
        attributes.append(f'data-line="{node["entry_line"]}"')
    if node["state"] in (State.STALE, State.FUZZY) and is_site(translator.builder):
        translator.body.append(_spoken(node["state"], translator.config.bitext_language))
    translator.body.append(f"<span {' '.join(attributes)}>")


def _spoken(state: str, language: str) -> str:
    """Return what a screen reader says before a sentence that its page only underlines."""
    words = words_or_english(language)
    word = words.outdated if state == State.STALE else words.doubted
    return f'<span class="bitext-hidden">{escape(word)}: </span>'


def depart_segment(translator: HTML5Translator, node: segment) -> None:
    """Close it; its English follows, hidden."""
    translator.body.append("</span>")
    if node["lookup"]:
        translator.body.append(
            f'<span class="sxs-lookup" hidden><span data-stu-id="{escape(node["segment_id"])}"'
            f' lang="{escape(node["source_language"])}" dir="ltr">{node["lookup"]}</span></span>'
        )


class UnwrapContents(SphinxTransform):
    """Leave only text in a page's own contents, whose links docutils copies from headings."""

    default_priority: ClassVar[int] = 730  # docutils makes it at 720

    def apply(self, **kwargs: object) -> None:
        """Take the sentences' nodes out of it."""
        for topic in self.document.findall(nodes.topic):
            if "contents" in topic["classes"]:
                for links in topic.findall(nodes.bullet_list):
                    unwrap_segments(links)


class SourceQuotes(SphinxSmartQuotes):
    """Quotation marks of sentences shown in English are English ones, on a page in any language."""

    default_priority: ClassVar[int] = 749  # before Sphinx's own for the rest of the page

    def apply(self, **kwargs: object) -> None:
        """Replace quotation marks in the sentences that are not translated."""
        if not self.is_available():
            return
        for node in list(self.document.findall(segment)):
            if node["state"] == State.UNTRANSLATED:
                self._educate(node)
                node["support_smartquotes"] = False

    def _educate(self, node: segment) -> None:
        texts = list(node.findall(nodes.Text))
        language = node["source_language"].partition("-")[0]
        tokens = self.get_tokens(texts)
        attributes = self.config.smartquotes_action
        for text, changed in zip(
            texts, educate_tokens(tokens, attr=attributes, language=language), strict=True
        ):
            text.parent.replace(text, nodes.Text(changed))


class UnwrapSegments(SphinxPostTransform):
    """Leave only text for builders that publish no IDs and lookups."""

    default_priority: ClassVar[int] = 1

    def run(self, **kwargs: object) -> None:
        """Take the sentences' nodes away unless this is a web site."""
        if not is_site(self.app.builder):
            unwrap_segments(self.document)


def is_site(builder: Builder) -> bool:
    """Tell whether a builder makes a web site."""
    return builder.format == "html" and builder.name not in _CLEAN_BUILDERS


def unwrap_segments(root: nodes.Element) -> None:
    """Replace each sentence's node below `root` by what it holds."""
    for node in list(root.findall(segment)):
        node.replace_self(node.children)
