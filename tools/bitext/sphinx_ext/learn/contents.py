"""Tables of contents: a list of links on their own page, and the toctrees of the site."""

from __future__ import annotations

from typing import NamedTuple

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from sphinx.addnodes import pending_xref, toctree
from sphinx.locale import _

from bitext.markdown.learn.yaml_pages import is_contents
from bitext.sphinx_ext.learn.includes import Includes
from bitext.sphinx_ext.learn.nodes import division
from bitext.sphinx_ext.page import include_article


class _Entry(NamedTuple):
    """A line of a table of contents."""

    level: int
    title: str
    target: str
    """A page's docname or an address; empty for a group."""

    words: nodes.paragraph


class Contents(Includes):
    """Renders a table of contents."""

    def _render_initialise(self) -> None:
        super()._render_initialise()
        self.md_options["learn_entries"] = []
        self.md_options["learn_seen"] = set()
        if is_contents(self._own_place()):
            section = nodes.section(ids=["contents"], names=["contents"])
            section += nodes.title("", _("Table of Contents"), classes=["learn-label"])
            self.document.note_implicit_target(section, section)
            self.current_node.append(section)
            self.current_node = section

    def render_heading(self, token: SyntaxTreeNode) -> None:
        """Render a heading; of a table of contents, keep what it says."""
        if not is_contents(self._place):
            super().render_heading(token)
            return
        words = nodes.paragraph()
        self.add_line_and_source_path(words, token)
        with self.current_node_context(words):
            self.render_children(token)
        entry = _Entry(int(token.tag[1]), words.astext(), _target_of(words), words)
        self.md_options["learn_entries"].append(entry)

    def _render_finalise(self) -> None:
        entries: list[_Entry] = self.md_options["learn_entries"]
        own, outermost = self._own_place(), self._docset.contents
        is_root = self.sphinx_env.current_document.docname == self.sphinx_env.config.root_doc
        if entries:
            self.current_node.append(_make_list(entries))
        if is_root and outermost not in ("", own):
            entries = self._read_contents(outermost)
        if is_root or own != outermost:
            top = next(self.document.findall(nodes.section), self.document)
            top.extend(self._make_toctrees(entries))
        super()._render_finalise()

    def _read_contents(self, path: str) -> list[_Entry]:
        """Return the entries of another article, in the language of the page."""
        self.sphinx_env.note_dependency(str(self._docset.root / path))
        page = include_article(self.sphinx_env, self._docset.root / path)
        if page is None:
            return []
        with self._in_article(path, page) as tokens, self.current_node_context(nodes.container()):
            self._render_tokens(tokens)
        entries: list[_Entry] = self.md_options["learn_entries"]
        return entries

    def _make_toctrees(self, entries: list[_Entry]) -> list[nodes.Node]:
        """Return a toctree for what stands alone, and one for each group, with its title."""
        groups: list[tuple[str, list[tuple[str, str]]]] = [("", [])]
        levels: list[tuple[int, int]] = [(0, 0)]
        for entry in entries:
            while levels[-1][0] >= entry.level:
                levels.pop()
            place = levels[-1][1]
            if entry.target:
                groups[place][1].append((entry.title, entry.target))
            else:
                groups.append((entry.title, []))
                place = len(groups) - 1
            levels.append((entry.level, place))
        return [self._make_toctree(caption, own) for caption, own in groups if own]

    def _make_toctree(self, caption: str, entries: list[tuple[str, str]]) -> nodes.Node:
        docname = self.sphinx_env.current_document.docname
        seen: set[str] = self.md_options["learn_seen"]
        own = [entry for entry in entries if entry[1] not in seen and entry[1] != docname]
        seen.update(target for _title, target in own)
        files = [target for _title, target in own if target in self.sphinx_env.found_docs]
        tree = toctree(
            parent=docname,
            entries=[(title or None, target) for title, target in own],
            includefiles=files,
            maxdepth=-1,
            caption=caption or None,
            glob=False,
            hidden=True,
            includehidden=False,
            numbered=0,
            titlesonly=True,
        )
        return nodes.compound("", tree, classes=["toctree-wrapper"])


def _target_of(words: nodes.Element) -> str:
    """Return what the link in an entry points at."""
    for link in words.findall(nodes.Element):
        if isinstance(link, pending_xref):
            return str(link["reftarget"])
        if isinstance(link, nodes.reference) and "refuri" in link:
            return str(link["refuri"])
    return ""


def _make_list(entries: list[_Entry]) -> nodes.Node:
    """Return the entries as lists in one another."""
    root = nodes.bullet_list()
    opened: list[tuple[int, nodes.bullet_list]] = [(0, root)]
    for entry in entries:
        while len(opened) > 1 and opened[-1][0] >= entry.level:
            opened.pop()
        parent = opened[-1][1]
        inner = nodes.bullet_list()
        parent += nodes.list_item("", entry.words, inner)
        opened.append((entry.level, inner))
    for empty in [own for own in root.findall(nodes.bullet_list) if not own.children]:
        empty.parent.remove(empty)
    return division("", root, classes=["learn-division", "learn-contents"], values={})
