"""The other languages on pages that are no articles: the search and the indexes, in any theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2.ext import Extension

from bitext.sphinx_ext.direction import extend_templates

if TYPE_CHECKING:
    from sphinx.application import Sphinx

BAR = "bitext_bar"
"""The name under which a page's context has the control: a list that is empty once it is shown."""

_TEMPLATES = frozenset(
    {
        "domainindex.html",
        "genindex-single.html",
        "genindex-split.html",
        "genindex.html",
        "search.html",
    }
)
"""Sphinx's names for what is there in every language, whose links are the same but for that."""

_BLOCK = re.compile(r"\{%-?\s*block\s+(?:body|content|docs_body)\s*-?%\}")
"""Where themes begin what such a page is about."""


class ListingBar(Extension):
    """Puts the control first into what such a page is about."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template with a place for the control."""
        if not is_listing(name or ""):
            return source
        shown = f"{{{{ {BAR}.pop() if {BAR} }}}}"
        return _BLOCK.sub(lambda match: match[0] + shown, source, count=1)


def is_listing(template: str) -> bool:
    """Tell whether a template is that of the search or an index.

    >>> is_listing("search.html"), is_listing("basic/search.html"), is_listing("page.html")
    (True, True, False)
    """
    return template.rpartition("/")[2].lstrip("!") in _TEMPLATES


def offer_on_listings(app: Sphinx) -> None:
    """Let these pages show the control."""
    extend_templates(app, ListingBar)
