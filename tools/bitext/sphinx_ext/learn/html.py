"""HTML in an article: what it points at is found as in Markdown.

Pages and files have their addresses only when a page is written. Until then there is a word
in their place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from sphinx.util.osutil import relative_uri

from bitext.markdown.learn.html_targets import replace_targets
from bitext.markdown.learn.targets import Target, TargetKind
from bitext.sphinx_ext.learn.base import LearnBase
from bitext.sphinx_ext.learn.links import find_anchor

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PAGE = "bitext-learn-page"
_FILE = "bitext-learn-file"
_DOWNLOADS = "_downloads"
"""Where Sphinx puts files that pages link to."""

_WORD = re.compile(rf"({_PAGE}|{_FILE}):([^\s\"'<>#]+)#([^\s\"'<>]*)")


class Html(LearnBase):
    """Renders HTML."""

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        """Render a tag in a sentence."""
        count = len(self.current_node)
        super().render_html_inline(token)
        self._mend(count, token)

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Render a block of HTML."""
        count = len(self.current_node)
        super().render_html_block(token)
        self._mend(count, token)

    def _mend(self, count: int, token: SyntaxTreeNode) -> None:
        """Let what was rendered after the first `count` nodes point at pages and files."""

        def find(href: str, is_link: bool) -> str:
            return self._name(href, is_link=is_link, token=token)

        for node in self.current_node.children[count:]:
            for raw in node.findall(nodes.raw):
                _set_text(raw, replace_targets(raw.astext(), find))

    def _name(self, href: str, *, is_link: bool, token: SyntaxTreeNode) -> str:
        """Return what stands for an address until the page is written."""
        target = self._find(href)
        if target.kind is TargetKind.WEB:
            return target.path if target.path.startswith("http") else href
        if target.kind is TargetKind.UID:
            return self._name_uid(target.path, href, token)
        if target.kind is TargetKind.PAGE:
            return href
        return self._name_file(target, href, is_link=is_link, token=token)

    def _name_uid(self, uid: str, href: str, token: SyntaxTreeNode) -> str:
        page = self._docset.uids.get(uid.lower(), "")
        if page:
            return self._name_page(page, "", token)
        known = self._find_elsewhere(uid)
        if known is None:
            self._note_uid(uid, token)
        return self._address_of(known) if known else href

    def _name_page(self, page: str, anchor: str, token: SyntaxTreeNode) -> str:
        docname = self._docname(page)
        self._note_anchor(docname, anchor, token)
        return f"{_PAGE}:{quote(docname)}#{quote(anchor)}"

    def _name_file(self, target: Target, href: str, *, is_link: bool, token: SyntaxTreeNode) -> str:
        is_inside = target.kind is TargetKind.FILE
        found = self._docset.find(target.path, is_page=is_link) if is_inside else ""
        if is_link and found in self._docset.pages:
            return self._name_page(found, target.anchor, token)
        if found and not found.lower().endswith((".md", ".yml")):
            env = self.sphinx_env
            env.note_dependency(found)
            copied = env.dlfiles.add_file(env.current_document.docname, found)
            return f"{_FILE}:{quote(copied.as_posix())}#"
        kind = "link to a file that has no page" if is_link else "image that is not"
        self._note(f"{kind} in the docset", token, href)
        return href


def resolve_html(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the addresses of pages and files into the HTML of a page."""
    if app.builder.format != "html" or not doctree.get("is_learn"):
        return
    for raw in doctree.findall(nodes.raw):
        text = raw.astext()
        if _PAGE in text or _FILE in text:
            _set_text(raw, _WORD.sub(lambda match: _address(app, docname, match), text))


def _set_text(raw: nodes.raw, text: str) -> None:
    raw.clear()
    raw.append(nodes.Text(text))


def _address(app: Sphinx, docname: str, match: re.Match[str]) -> str:
    """Return the address of a page or a file, from the page `docname`."""
    kind, (name, anchor) = match[1], map(unquote, match.groups()[1:])
    if kind == _FILE:
        return relative_uri(app.builder.get_target_uri(docname), f"{_DOWNLOADS}/{match[2]}")
    fragment = find_anchor(app.env, name, anchor)
    address = app.builder.get_relative_uri(docname, name)
    return f"{address}#{fragment}" if fragment else address or "#"
