"""Pages of languages that are written from right to left, in any theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2.ext import Extension

from bitext.languages import direction

if TYPE_CHECKING:
    from jinja2 import Environment
    from sphinx.application import Sphinx

STYLE = "bitext-rtl.css"
_ROOT = re.compile(r"<html(?=[\s{>])(?![^>]*\bdir\s*=)")


class RightToLeft(Extension):
    """Says the direction on the root of each page; Sphinx's themes say the language only."""

    attribute = ' dir="rtl"'

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template whose root says it."""
        return _ROOT.sub(lambda match: match[0] + self.attribute, source)


def mirror_pages(app: Sphinx) -> None:
    """Let pages of a right-to-left language run that way, code in them excepted."""
    if direction(app.config.bitext_language) == "rtl":
        mirror(app, RightToLeft)


def mirror(app: Sphinx, extension: type[RightToLeft]) -> None:
    """Add to all pages what those of a right-to-left language have."""
    if extend_templates(app, extension):
        app.add_css_file(STYLE)


def extend_templates(app: Sphinx, extension: type[Extension]) -> bool:
    """Let an extension see the source of all templates; tell whether the builder has any."""
    templates = getattr(app.builder, "templates", None)
    environment: Environment | None = getattr(templates, "environment", None)
    if environment is None:
        return False
    environment.add_extension(extension)
    return True
