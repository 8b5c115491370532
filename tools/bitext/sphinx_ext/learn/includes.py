"""Articles in articles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode

from bitext.markdown.learn.targets import TargetKind
from bitext.markdown.segment_rule import localized_env, warnings
from bitext.sphinx_ext.learn.base import LearnBase
from bitext.sphinx_ext.page import Page, include_article, warn

_MOST_INCLUDES = 1_000
"""Files included on one page, before it is taken for a mistake."""

_MOST_NESTED = 20


class Includes(LearnBase):
    """Renders an article in another."""

    def render_learn_include(self, token: SyntaxTreeNode) -> None:
        """Render an article in the place of the line that includes it."""
        opened = self._open_included(token)
        if opened is None:
            self._append_name(token, str(token.meta["label"]) or str(token.meta["target"]))
            return
        path, page = opened
        with self._in_article(path, page) as tokens:
            self._render_tokens(tokens)

    def render_learn_include_inline(self, token: SyntaxTreeNode) -> None:
        """Render the text of an article in a sentence of another."""
        opened = self._open_included(token)
        if opened is None:
            self.current_node.append(nodes.Text(str(token.meta["label"])))
            return
        path, page = opened
        with self._in_article(path, page) as tokens:
            inner = nodes.container()
            with self.current_node_context(inner):
                self._render_tokens(tokens)
            self.current_node.extend(_inline_nodes(inner))

    def _open_included(self, token: SyntaxTreeNode) -> tuple[str, Page] | None:
        """Return the file that a token includes; None, and a fault noted, if it may not be."""
        source = str(token.meta["target"])
        target = self._find(source)
        found = self._docset.find(target.path) if target.kind is TargetKind.FILE else ""
        stack = [self._own_place(), *self.md_options["learn_stack"]]
        self.md_options["learn_included"] += 1
        page: Page | None = None
        kind = "included file that is not in the docset"
        if found in stack:
            kind = "file that includes itself"
        elif len(stack) > _MOST_NESTED or self.md_options["learn_included"] > _MOST_INCLUDES:
            kind = "too many included files"
        elif found:
            kind = "included file that is no article"
            self.sphinx_env.note_dependency(str(self._docset.root / found))
            page = include_article(self.sphinx_env, self._docset.root / found)
        if page is None:
            self._note(kind, token, source)
            return None
        return found, page

    @contextmanager
    def _in_article(self, path: str, page: Page) -> Iterator[list[Any]]:
        """Render in the place and with the sentences of another article."""
        own = localized_env(page.parsed.tokens, page.parsed.env, page.localization.blocks)
        tokens = [t for t in self.md.parse("", own) if t.type != "front_matter"]
        before_page, before_env = self.md_options["bitext_page"], self.md_env
        self.md_options["bitext_page"], self.md_env = page, own
        self.md_options["learn_stack"].append(path)
        try:
            yield tokens
            for identifier, message in warnings(own):
                warn(page, identifier, message)
            self._note_faults(own)
        finally:
            self.md_options["learn_stack"].pop()
            self.md_options["bitext_page"], self.md_env = before_page, before_env


def _inline_nodes(root: nodes.Element) -> list[nodes.Node]:
    """Return the inline nodes of paragraphs, in a row."""
    found: list[nodes.Node] = []
    for block in root.children:
        if isinstance(block, nodes.Inline | nodes.Text):
            found.append(block)
        elif isinstance(block, nodes.TextElement):
            found += [nodes.Text(" ")] * bool(found) + list(block.children)
        elif isinstance(block, nodes.Element):
            found += [nodes.Text(" ")] * bool(found) + _inline_nodes(block)
    return found
