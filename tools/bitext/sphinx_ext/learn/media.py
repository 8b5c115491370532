"""Images and videos."""

from __future__ import annotations

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from sphinx.addnodes import download_reference

from bitext.markdown.learn.media import is_media
from bitext.markdown.learn.targets import TargetKind
from bitext.sphinx_ext.learn.base import LearnBase


class Media(LearnBase):
    """Renders images and videos."""

    def render_image(self, token: SyntaxTreeNode) -> None:
        """Render an image of Markdown; what is played is a link, as other videos are."""
        alt = self.renderInlineAsText(token.children or [])
        if is_media(str(token.attrGet("src") or "")):
            self.current_node.append(self._make_media(token, str(token.attrGet("src")), alt))
            return
        node = self._make_image(token, str(token.attrGet("src") or ""), alt)
        if isinstance(node, nodes.image) and token.attrGet("title"):
            node["title"] = str(token.attrGet("title"))
        self.current_node.append(node)

    def _make_media(self, token: SyntaxTreeNode, source: str, words: str) -> nodes.Element:
        """Return the link to a video or a sound; the words alone if there is no such file."""
        target = self._find(source)
        found = self._docset.find(target.path) if target.kind is TargetKind.FILE else ""
        classes = ["learn-media"]
        text = nodes.inline("", words or source)
        if target.kind is TargetKind.WEB:
            return nodes.reference("", "", text, refuri=target.path, classes=classes)
        if found:
            docname = self.sphinx_env.current_document.docname
            own = {"refdoc": docname, "reftarget": f"/{found}", "reftype": "learn"}
            return download_reference("", "", text, classes=classes, refdomain="", **own)
        self._note("video that is not in the docset", token, source)
        return nodes.inline("", words or source, classes=["learn-missing"])

    def render_learn_image(self, token: SyntaxTreeNode) -> None:
        """Render an image on a line of its own."""
        self._append_image(token)

    def render_learn_figure(self, token: SyntaxTreeNode) -> None:
        """Render an image and its long description."""
        with self.current_node_context(self._division(token, "figure", {}), append=True):
            append = self._append_video if token.info == "video" else self._append_image
            append(token)
            inner = self._division(token, "long-description", {})
            with self.current_node_context(inner, append=True):
                self.render_children(token)

    def _append_image(self, token: SyntaxTreeNode) -> None:
        """Append the image of a block; its alt text is translated as one text."""
        alt = " ".join(str(token.meta.get("alt-text", "")).split())
        shown = self._translate(alt)
        node = self._make_image(token, str(token.meta["source"]), shown)
        if str(token.meta.get("border", "")).lower() == "true":
            node["classes"].append("learn-border")
        target = str(token.meta.get("link") or token.meta.get("lightbox") or "")
        paragraph = nodes.paragraph("", "", self._link_image(token, node, target))
        self.add_line_and_source_path(paragraph, token)
        self.current_node.append(paragraph)

    def _link_image(self, token: SyntaxTreeNode, node: nodes.Element, href: str) -> nodes.Element:
        """Return an image inside the link that its block asks for."""
        target = self._find(href) if href and href.lower() != "false" else None
        if target is None or not isinstance(node, nodes.image):
            return node
        if target.kind is TargetKind.WEB:
            return nodes.reference("", "", node, refuri=target.path)
        return node

    def render_learn_image_inline(self, token: SyntaxTreeNode) -> None:
        """Render an image in a sentence."""
        node = self._make_image(token, str(token.meta["source"]), token.content)
        self.current_node.append(node)

    def _make_image(self, token: SyntaxTreeNode, source: str, alt: str) -> nodes.Element:
        """Return an image; its alt text in its place if there is no such file."""
        target = self._find(source)
        if target.kind is TargetKind.WEB:
            node: nodes.Element = nodes.image(uri=target.path, alt=alt)
        else:
            found = self._docset.find(target.path) if target.kind is TargetKind.FILE else ""
            if not found:
                self._note("image that is not in the docset", token, source)
                return nodes.inline("", alt, classes=["learn-missing"])
            node = nodes.image(uri=f"/{found}", alt=alt)
        self.add_line_and_source_path(node, token)
        return node

    def render_learn_video(self, token: SyntaxTreeNode) -> None:
        """Render a video as a link; a script plays it in the page."""
        self._append_video(token)

    def _append_video(self, token: SyntaxTreeNode) -> None:
        """Append the video of a block; its title is translated as one text."""
        title = " ".join(str(token.meta.get("title", "")).split())
        link = self._make_video(token, str(token.meta["target"]), self._translate(title))
        with self.current_node_context(self._division(token, "video", {}), append=True):
            self.current_node.append(nodes.paragraph("", "", link))

    def render_learn_video_inline(self, token: SyntaxTreeNode) -> None:
        """Render a video in a sentence as a link."""
        source = str(token.meta["source"])
        self.current_node.append(self._make_video(token, source, token.content))

    def _make_video(self, token: SyntaxTreeNode, address: str, title: str) -> nodes.Element:
        """Return the link to a video; its words alone if it leads to no place on the web."""
        if address.lower().startswith(("https://", "http://")):
            return nodes.reference("", title or address, refuri=address)
        self._note("video that has no address", token, address)
        return nodes.inline("", title or address)
