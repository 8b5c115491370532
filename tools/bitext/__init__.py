"""Localize Markdown documentation one sentence at a time.

Every sentence of an English article becomes a gettext entry with an ID it keeps for
life. Translators work in PO files, Sphinx publishes one site per language, and a
checker tells what is missing. The lowest layers are pure functions on text; files,
Sphinx and the terminal are touched in `project`, `sphinx_ext` and `cli` only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the Sphinx extension: ``extensions = ["bitext"]`` in ``conf.py``."""
    from bitext.sphinx_ext import setup as setup_extension

    return setup_extension(app)
