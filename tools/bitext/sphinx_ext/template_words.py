"""Words that themes write into their templates, handed to gettext like all others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2.ext import Extension
from sphinx.locale import _

from bitext.sphinx_ext.direction import extend_templates

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_WORDS = re.compile(
    r"""
    \{\#.*?\#\} | \{\{.*?\}\}                                   # Jinja's own
    | \{%[-+]?\s*(?P<block>trans|raw)\b.*?\{%[-+]?\s*end(?P=block)\b.*?%\}
    | \{%.*?%\}
    | <(?P<foreign>script|style)\b.*?</(?P=foreign)>
    | (?P<before><title>|\s(?:aria-label|title|placeholder|alt)=")
      (?P<words>[^"{}<>%&\\]*[A-Za-z][^"{}<>%&\\]*)
      (?=</title>|")
    """,
    re.VERBOSE | re.DOTALL,
)
"""What a template writes out that readers see or hear, and before it what is not to be read."""

_TREE = "furo_navigation_tree"
_TOGGLE = re.compile(r'(?<=aria-label=")Toggle navigation of ([^"]*)(?=")')
"""What furo puts into its tree when a page is written."""


class TemplateWords(Extension):
    """Hands words in attributes and titles to gettext that a template does not."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template whose words can be translated."""
        return _WORDS.sub(_hand_over, source) if (name or "").endswith(".html") else source


def _hand_over(match: re.Match[str]) -> str:
    words = match["words"]
    return f'{match["before"]}{{{{ _("{words}")|e }}}}' if words else match[0]


def hand_over_words(app: Sphinx) -> None:
    """Let what templates say be translated."""
    extend_templates(app, TemplateWords)


def translate_tree(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Translate what furo says of each branch of its tree."""
    if _TREE in context:
        context[_TREE] = _TOGGLE.sub(
            lambda match: _("Toggle navigation of %s") % match[1], context[_TREE]
        )
