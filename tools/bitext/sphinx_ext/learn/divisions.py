"""Rows, columns, zones, moniker ranges, ``[!div]`` and tabs."""

from __future__ import annotations

import re

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode

from bitext.markdown.learn.monikers import is_in_range
from bitext.sphinx_ext.learn.base import LearnBase
from bitext.sphinx_ext.learn.nodes import division

_RANGE = "monikerrange"
_CLASS = re.compile(r"[A-Za-z][\w-]*")


class Divisions(LearnBase):
    """Renders parts of a page."""

    @property
    def _is_of_version(self) -> bool:
        """Whether the page is one of the version that is built.

        One of other versions says so, and shows all of its parts: else it had none.
        """
        settings, range_ = self._docset.settings, self._said(_RANGE)
        return not range_ or is_in_range(settings.moniker, range_, settings.monikers)

    def _heads(self) -> list[nodes.Element]:
        """Return what names the versions of the page."""
        range_ = self._said(_RANGE)
        if not range_:
            return super()._heads()
        classes = ["learn-division", "learn-moniker", "learn-versions"]
        return [division("", classes=classes, values={"range": range_}), *super()._heads()]

    def render_learn_division(self, token: SyntaxTreeNode) -> None:
        """Render a row, a column, a zone, a moniker range or ``[!div]``."""
        values = {name: str(value) for name, value in token.meta.items()}
        settings = self._docset.settings
        is_versioned = token.info == "moniker" and settings.moniker and self._is_of_version
        if is_versioned and not is_in_range(settings.moniker, values["range"], settings.monikers):
            return
        if token.info == "zone" and values.get("pivot"):
            values["title"] = values["pivot"]
        classes = _CLASS.findall(values.pop("class", ""))
        node = self._division(token, token.info, values)
        node["classes"] += [f"learn-{name}" for name in classes]
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_learn_tabs(self, token: SyntaxTreeNode) -> None:
        """Render tabs; a script makes them tabs, without it they follow one another."""
        with self.current_node_context(self._division(token, "tabs", {}), append=True):
            self.render_children(token)

    def render_learn_tab(self, token: SyntaxTreeNode) -> None:
        """Render one tab."""
        node = self._division(token, "tab", {k: str(v) for k, v in token.meta.items()})
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_learn_tab_title(self, token: SyntaxTreeNode) -> None:
        """Render the title of a tab."""
        node = nodes.rubric("", "", classes=["learn-tab-title"])
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)
