"""Sphinx's events for docsets: fetch, call, store."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from bitext.markdown.grammar import LEARN
from bitext.sphinx_ext.learn.faults import faults_by_page, tell_faults
from bitext.sphinx_ext.learn.html import resolve_html
from bitext.sphinx_ext.learn.links import (
    find_lost_anchors,
    links_by_page,
    note_anchors,
    resolve_link,
)
from bitext.sphinx_ext.learn.nodes import add_nodes, name_divisions

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_STATIC = Path(__file__).parent.with_name("static")
_STYLE = "bitext-learn.css"
_SCRIPT = "bitext-learn.js"
_PLAIN = frozenset({"learn-division", "learn-contents", "learn-label", "learn-missing"})
"""Classes that look like the rest of a page."""


def setup_learn(app: Sphinx) -> None:
    """Connect what docsets need; without one it does nothing."""
    add_nodes(app)
    app.connect("builder-inited", _add_files)
    app.connect("html-page-context", _load_files)
    app.connect("doctree-read", _keep_anchors, priority=950)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-check-consistency", _tell)
    app.connect("doctree-resolved", resolve_html)
    app.connect("doctree-resolved", name_divisions)
    app.connect("missing-reference", resolve_link, priority=100)


def _add_files(app: Sphinx) -> None:
    """Let a docset have its style sheet and script."""
    if app.config.bitext_dialect == LEARN and app.builder.format == "html":
        app.config.html_static_path.append(str(_STATIC / _STYLE))
        app.config.html_static_path.append(str(_STATIC / _SCRIPT))


def _load_files(
    app: Sphinx, pagename: str, template: str, context: object, doctree: nodes.document | None
) -> None:
    """Let a page load them that has what they are for."""
    if app.config.bitext_dialect == LEARN and doctree and any(map(_is_styled, doctree.findall())):
        app.add_css_file(_STYLE)
        app.add_js_file(_SCRIPT)


def _is_styled(node: nodes.Node) -> bool:
    names = node["classes"] if isinstance(node, nodes.Element) else ()
    return any(name.startswith("learn-") and name not in _PLAIN for name in names)


def _keep_anchors(app: Sphinx, doctree: nodes.document) -> None:
    docname = app.env.current_document.docname
    if doctree.get("is_learn"):
        note_anchors(app.env, docname, doctree)


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    faults_by_page(env).pop(docname, None)
    links_by_page(env).pop(docname, None)


def _merge(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    for find in (faults_by_page, links_by_page):
        own, theirs = find(env), find(other)
        own.update((name, theirs[name]) for name in docnames if name in theirs)  # type: ignore[misc]


def _tell(app: Sphinx, env: BuildEnvironment) -> None:
    tell_faults([*chain(*faults_by_page(env).values()), *find_lost_anchors(env)])
