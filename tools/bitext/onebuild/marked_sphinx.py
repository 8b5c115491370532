"""Sphinx as a marked build has it: slots in place of what depends on languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import is_smartquotable

from bitext.collector import Sweep
from bitext.onebuild.marked_builder import TRANSLATIONS, MarkedBuilder
from bitext.onebuild.marked_nodes import (
    depart_marked,
    depart_slot,
    drop_copies,
    drop_english,
    english,
    gap,
    keep,
    slot,
    visit_gap,
    visit_marked,
    visit_slot,
)
from bitext.onebuild.marked_reading import MarkedParser, MarkedReading
from bitext.onebuild.outlines import Outlines, find_outlines, find_rewritten, sort_by_page
from bitext.onebuild.record import BAR, HEAD, PLAIN_HEAD, Folders, store
from bitext.onebuild.slots import Kind, has_mark
from bitext.onebuild.slots import slot as make_slot
from bitext.onebuild.theme_strings import mark_catalogs
from bitext.project import Project
from bitext.sphinx_ext.direction import STYLE, RightToLeft, mirror
from bitext.sphinx_ext.nodes import segment
from bitext.sphinx_ext.page import ORIGIN, expect_page

if TYPE_CHECKING:
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_OPTIONAL = re.compile(rf"(?:^|/)(?:{re.escape(TRANSLATIONS)}|{re.escape(STYLE)})(?:$|\?)")
_CHECKSUM = re.compile(r"(?<=\?v=)[0-9a-f]+(?=\")")
_ADDRESS = re.compile(r"((?:src|href)=\"[^\"?]*)\"")
_MARKS = re.compile("[\u2013\u2014\u2018-\u201f\u2026\u2039\u203a\xab\xbb]")
_EARLY, _LATE = 50, 950
_MOST_KEPT = 500
"""Pages whose documents may be in memory at once."""


class MarkedDirection(RightToLeft):
    """Says the direction on the root of each page by a slot."""

    attribute = make_slot(Kind.CONTEXT, "direction")


class MarkedSphinx(Sphinx):
    """Sphinx, set up for a marked build. It needs a process of its own."""

    def __init__(
        self,
        project: Project,
        folders: Folders,
        *,
        before: Outlines | None = None,
        **arguments: Any,
    ) -> None:
        self._project = project
        self._folders = folders
        self._before = before
        self.read: set[str] = set()
        """The pages that were read."""

        self.outlines = Outlines({}, "", "", frozenset())
        """Of the site, when all is read."""

        self.page_images: dict[str, tuple[str, ...]] = {}
        """The images of each of them, in their order."""

        self._reading = MarkedReading(project, "")
        self._sweep = Sweep()
        super().__init__(**arguments)

    def setup_extension(self, extname: str) -> None:
        """Set up an extension, all its strings marked."""
        self.translator = mark_catalogs()
        super().setup_extension(extname)
        self.translator = mark_catalogs()
        if extname == "bitext":
            self._mark()

    def _mark(self) -> None:
        MarkedBuilder.folders = self._folders
        self.add_builder(MarkedBuilder, override=True)
        self.add_source_parser(MarkedParser, override=True)
        self.add_node(segment, override=True, html=(visit_marked, depart_marked))
        self.add_node(slot, html=(visit_slot, depart_slot))
        self.add_node(english, html=(keep, keep))
        self.add_node(gap, html=(visit_gap, keep))
        self.connect("builder-inited", lambda app: mirror(app, MarkedDirection))
        self.connect("source-read", self._expect, priority=_LATE)
        self.connect("doctree-read", self._keep_article, priority=_LATE)
        self.connect("config-inited", _show_all_images, priority=_LATE)
        self.connect("env-updated", lambda app, env: sort_by_page(env), priority=_EARLY)
        self.connect("env-get-updated", self._find_rewritten, priority=_LATE)
        self.connect("html-page-context", self._mark_page, priority=_LATE)

    def _find_rewritten(self, app: Sphinx, env: BuildEnvironment) -> set[str]:
        """Return the pages that those which were read make others too."""
        self.outlines = find_outlines(env, self.read, self._before)
        if self._before is None:
            return set()
        return find_rewritten(self._before, self.outlines, env, self.read)

    def _mark_page(
        self, app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object
    ) -> None:
        """Put slots for what depends on the language."""
        _mark_context(context)
        site = self._project.settings.site.url
        if site:
            address = app.builder.get_target_uri(name).partition("#")[0]
            context["pageurl"] = f"{site}{make_slot(Kind.CONTEXT, 'language')}/{address}"
        if doctree and "body" in context:
            is_stated = f'name="{ORIGIN}"' in context["metatags"]
            head = make_slot(Kind.PAGE, PLAIN_HEAD if is_stated else HEAD)
            context["metatags"] += head
            context["body"] = make_slot(Kind.PAGE, BAR) + context["body"]

    def _expect(self, app: Sphinx, docname: str, content: list[str]) -> None:
        """Let the parser find slots in place of catalogs."""
        _keep_few(app.env)
        self._sweep()  # the document of the article before is not needed any more
        self._reading.articles.clear()
        self._reading.source = "".join(content)
        if self._reading.is_article(Path(app.env.doc2path(docname))):
            expect_page(app.env, self._reading)

    def _keep_article(self, app: Sphinx, doctree: nodes.document) -> None:
        """Keep what was read of a page, and navigation free of English."""
        docname = app.env.current_document.docname
        self.read.add(docname)
        self.page_images[docname] = tuple(_find_images(doctree))
        for root in (app.env.titles, app.env.longtitles, app.env.tocs):
            drop_english(root[docname])
        drop_copies(doctree)
        has_foreign = has_mark(self._reading.source)
        reason = "it has characters that mark slots" if has_foreign else ""
        reason = reason or _find_quotes(app.env, doctree)
        store(self._folders.article(docname), (list(self._reading.articles), reason))


def _keep_few(env: BuildEnvironment) -> None:
    """Let Sphinx keep the documents of a few pages for writing; it reads the others again."""
    while len(env._write_doc_doctree_cache) > _MOST_KEPT:
        env._write_doc_doctree_cache.popitem()


def _find_images(doctree: nodes.document) -> Iterator[str]:
    """Yield the images that Sphinx gave names to."""
    for node in doctree.findall(nodes.image):
        yield from node.get("candidates", {}).values()


def _find_quotes(env: BuildEnvironment, doctree: nodes.document) -> str:
    """Return why a page has quotation marks outside of sentences that languages write otherwise."""
    for node in doctree.findall(nodes.Text):
        if _MARKS.search(node) and not _is_english(node) and is_smartquotable(node):
            return "quotation marks stand outside of sentences"
    return ""


def _is_english(node: nodes.Node) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, english):
            return True
        parent = parent.parent
    return False


def _show_all_images(app: Sphinx, config: Config) -> None:
    """Show the images that are no language's; the languages look for their own."""
    config.figure_language_filename = "{root}{ext}"


def _mark_context(context: dict[str, Any]) -> None:
    """Put slots for what the builder of a language knows."""
    for name in ("language", "last_updated"):
        if context.get(name):
            context[name] = make_slot(Kind.CONTEXT, name)
    for name in ("css_tag", "js_tag"):
        context[name] = _marking(context[name])


def _marking(tag_of: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return what writes a tag with slots for its checksum and, if need be, for all of it."""

    def mark(asset: Any) -> str:
        name = str(getattr(asset, "filename", asset) or "")
        tag = _CHECKSUM.sub(
            lambda found: make_slot(Kind.CONTEXT, f"checksum {name}", (found[0],)), tag_of(asset)
        )
        if _OPTIONAL.search(name):
            if "?v=" not in tag:
                version = make_slot(Kind.CONTEXT, f"version {name}")
                tag = _ADDRESS.sub(rf'\g<1>{version}"', tag)
            return make_slot(Kind.CONTEXT, f"optional {name}", (tag,))
        return tag

    return mark
