"""Links to pages, files, UIDs and the web."""

from __future__ import annotations

from urllib.parse import parse_qs

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode

from bitext.markdown.learn.targets import Target, TargetKind
from bitext.sphinx_ext.learn.base import LearnBase
from bitext.sphinx_ext.learn.links import make_link


def _asked_name(href: str) -> str:
    """Return which name of what has a UID a link asks for: ``?displayProperty=fullName``."""
    query = parse_qs(href.partition("?")[2])
    return next(iter(query.get("displayProperty", ())), "name")


class References(LearnBase):
    """Renders links, and words that are the same in every language."""

    def render_link(self, token: SyntaxTreeNode) -> None:
        """Render a link to a page, a file, a UID or the web."""
        href = str(token.attrGet("href") or "")
        target = self._find(href)
        if target.kind is TargetKind.WEB:
            token.attrs["href"] = target.path if target.path.startswith("http") else href
            self.render_link_url(token)
        elif target.kind is TargetKind.UID:
            self._render_uid(token, target.path, href)
        elif target.kind is TargetKind.PAGE:
            self._append_link(token, self.sphinx_env.current_document.docname, target.anchor)
        else:
            self._render_file(token, target, href)

    def _render_file(self, token: SyntaxTreeNode, target: Target, href: str) -> None:
        """Render a link to a file of the docset."""
        is_inside = target.kind is TargetKind.FILE
        found = self._docset.find(target.path, is_page=True) if is_inside else ""
        if found in self._docset.pages:
            self._append_link(token, self._docname(found), target.anchor)
        elif found and not found.lower().endswith((".md", ".yml")):
            token.attrs["href"] = f"/{found}"
            self.render_link_path(token)
        else:
            self._note("link to a file that has no page in the docset", token, href)
            self._render_words(token, href)

    def _render_words(self, token: SyntaxTreeNode, href: str) -> None:
        """Render a link that leads nowhere: its words."""
        if token.info == "auto" or not token.children:
            self.current_node.append(nodes.Text(href))
        else:
            self.render_children(token)

    def _render_uid(self, token: SyntaxTreeNode, uid: str, href: str) -> None:
        page = self._docset.uids.get(uid.lower(), "")
        if page:
            self._append_link(token, self._docname(page), "")
            return
        known = self._find_elsewhere(uid)
        if known is None:
            self._note_uid(uid, token)
            self._render_words(token, uid)
            return
        reference = nodes.reference("", "", refuri=self._address_of(known))
        with self.current_node_context(reference, append=True):
            self._render_words(token, known.shown_as(_asked_name(href)) or uid)

    def _append_link(self, token: SyntaxTreeNode, docname: str, anchor: str) -> None:
        node = make_link(self.sphinx_env, docname, anchor, str(token.attrGet("title") or ""))
        self.add_line_and_source_path(node, token)
        self._note_anchor(docname, anchor, token)
        self.current_node.append(node)
        if token.info != "auto" and token.children:
            with self.current_node_context(node.children[0]):  # type: ignore[arg-type]
                self.render_children(token)

    def render_learn_xref(self, token: SyntaxTreeNode) -> None:
        """Render ``@uid``: a link, or words if no article has that UID."""
        page = self._docset.uids.get(token.content.lower(), "")
        known = None if page else self._find_reference(token.content)
        if page:
            self.current_node.append(make_link(self.sphinx_env, self._docname(page), "", ""))
        elif known:
            words = known.shown_as("name") or token.content
            address = self._address_of(known)
            self.current_node.append(nodes.reference("", words, refuri=address))
        else:
            quote = token.markup
            self.current_node.append(nodes.Text(f"@{quote}{token.content}{quote}"))

    def render_learn_no_loc(self, token: SyntaxTreeNode) -> None:
        """Render words that are the same in every language."""
        self.current_node.append(nodes.inline("", token.content, classes=["notranslate"]))
