"""The Sphinx extension: localized pages from English articles and their catalogs.

``extensions = ["bitext"]`` is all that a ``conf.py`` needs; settings come from
``pyproject.toml``. The seam to Sphinx is thin: `parser` puts the segment rule into MyST's
parser, `nodes` writes a sentence as HTML, `events` fetches catalogs and hands them over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bitext import __version__
from bitext.sphinx_ext.direction import mirror_pages
from bitext.sphinx_ext.events import Pages
from bitext.sphinx_ext.learn.events import setup_learn
from bitext.sphinx_ext.listings import offer_on_listings
from bitext.sphinx_ext.nodes import (
    SourceQuotes,
    UnwrapContents,
    UnwrapSegments,
    depart_segment,
    segment,
    visit_segment,
)
from bitext.sphinx_ext.parser import Parser
from bitext.sphinx_ext.referring import (
    find_referring,
    forget_targets,
    merge_targets,
    note_targets,
)
from bitext.sphinx_ext.template_words import hand_over_words, translate_tree
from bitext.sphinx_ext.written import note_pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the extension."""
    pages = Pages()
    app.setup_extension("myst_parser")
    app.add_source_parser(Parser, override=True)
    app.add_node(segment, html=(visit_segment, depart_segment))
    app.add_transform(UnwrapContents)
    app.add_transform(SourceQuotes)
    app.add_post_transform(UnwrapSegments)
    app.add_config_value("bitext_language", "", "env", types=frozenset({str}))
    app.add_config_value("bitext_dialect", "", "env", types=frozenset({str}))
    app.add_config_value("bitext_editions", "", "", types=frozenset({str}))
    app.add_config_value("bitext_pages", "", "", types=frozenset({str}))
    app.add_config_value("bitext_unreadable", "", "", types=frozenset({str}))
    app.add_config_value("bitext_is_reported", False, "", types=frozenset({bool, str}))
    app.add_config_value("bitext_review", "", "html", types=frozenset({str}))
    app.add_config_value("bitext_settings", "", "env", types=frozenset({str}))
    app.connect("config-inited", pages.configure)
    app.connect("builder-inited", mirror_pages)
    app.connect("builder-inited", offer_on_listings)
    app.connect("builder-inited", hand_over_words)
    app.connect("builder-inited", pages.add_reading)
    app.connect("builder-inited", pages.check_parsing, priority=900)
    app.add_event("bitext-refresh")
    app.connect("bitext-refresh", pages.refresh)
    app.connect("env-get-outdated", pages.find_outdated)
    app.connect("env-get-outdated", find_referring)
    app.connect("env-updated", pages.find_rewritten)
    app.connect("source-read", pages.localize, priority=900)
    app.connect("doctree-read", pages.finish, priority=900)
    app.connect("doctree-read", note_targets)
    app.connect("env-purge-doc", pages.purge)
    app.connect("env-purge-doc", forget_targets)
    app.connect("env-merge-info", pages.merge)
    app.connect("env-merge-info", merge_targets)
    app.connect("html-page-context", pages.describe)
    app.connect("html-page-context", translate_tree, priority=900)
    app.connect("build-finished", pages.redirect)
    app.connect("build-finished", note_pages)
    setup_learn(app)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
