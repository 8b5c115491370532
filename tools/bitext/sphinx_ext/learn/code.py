"""Code in fences, and from files."""

from __future__ import annotations

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from bitext.markdown.learn.languages import find_language
from bitext.markdown.learn.snippets import SnippetError, select_lines
from bitext.markdown.learn.targets import TargetKind
from bitext.sphinx_ext.learn.base import LearnBase


class Code(LearnBase):
    """Renders code."""

    def render_fence(self, token: SyntaxTreeNode) -> None:
        """Render code; a name of a language that nobody knows is no fault."""
        self._append_code(token, token.content, token.info)

    def render_code_block(self, token: SyntaxTreeNode) -> None:
        """Render indented code."""
        self._append_code(token, token.content, "text")

    def _append_code(
        self, token: SyntaxTreeNode, text: str, info: str, highlighted: tuple[int, ...] = ()
    ) -> None:
        node = nodes.literal_block(text, text, language=_lexer(info), force=True)
        if highlighted:
            node["highlight_args"] = {"hl_lines": list(highlighted)}
        self.add_line_and_source_path(node, token)
        self.current_node.append(node)

    def render_learn_code(self, token: SyntaxTreeNode) -> None:
        """Render lines of a file of code."""
        values = {name: str(value) for name, value in token.meta.items()}
        source = values["source"]
        code = self._read(source)
        if code is None:
            self._note("code that is not in the docset", token, source)
            self._append_name(token, values.get("label") or source)
            return
        try:
            snippet = select_lines(code, values)
        except SnippetError as error:
            self._note("code that is not in its file", token, f"{source}: {error}")
            self._append_name(token, values.get("label") or source)
            return
        language = values.get("language") or source.rpartition(".")[2]
        self._append_code(token, snippet.text, language, snippet.highlighted)

    def _read(self, source: str) -> str | None:
        """Return the text of a file that an article names; None if it is none of the docset's."""
        target = self._find(source)
        found = self._docset.find(target.path) if target.kind is TargetKind.FILE else ""
        if not found:
            return None
        self.sphinx_env.note_dependency(str(self._docset.root / found))
        return self._docset.read(found)


def _lexer(info: str) -> str:
    """Return the name of a language that the highlighter has; plain text for another."""
    name = find_language(info)
    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return "text"
    return name
