"""The marked build: Sphinx with its HTML builder, slots in place of what depends on languages."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.utils import EnvType
from sphinx.addnodes import index as IndexNode  # noqa: N812 - a class, named as docutils does
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.nodes import is_smartquotable

from bitext.languages import sphinx_name
from bitext.markdown.cutting import PieceKind
from bitext.markdown.grammar import create_parser
from bitext.markdown.localize import parse_inline
from bitext.markdown.segment_rule import finish_tokens
from bitext.model import BlockKind
from bitext.onebuild.education import make_educate
from bitext.onebuild.environment import dump_environment, find_held
from bitext.onebuild.marked_nodes import (
    depart_marked,
    depart_slot,
    drop_english,
    english,
    keep,
    said_in,
    slot,
    visit_marked,
    visit_slot,
)
from bitext.onebuild.marked_reading import MarkedParser, MarkedReading, has_loose_slot
from bitext.onebuild.record import (
    BAR,
    HEAD,
    PLAIN_HEAD,
    Folders,
    PageRecord,
    SiteRecord,
    load,
    store,
)
from bitext.onebuild.search_texts import search_texts, words_of
from bitext.onebuild.sentences import English, prove
from bitext.onebuild.slots import Kind, find_sentences, has_mark, has_slot
from bitext.onebuild.slots import slot as make_slot
from bitext.onebuild.theme_strings import mark_catalogs
from bitext.project import Project
from bitext.sphinx_ext.direction import STYLE, RightToLeft, mirror
from bitext.sphinx_ext.nodes import segment
from bitext.sphinx_ext.page import ORIGIN, expect_page
from bitext.sphinx_languages import sphinx_languages

if TYPE_CHECKING:
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_TRANSLATIONS = "translations.js"
_OPTIONAL = re.compile(rf"(?:^|/)(?:{re.escape(_TRANSLATIONS)}|{re.escape(STYLE)})(?:$|\?)")
_CHECKSUM = re.compile(r"(?<=\?v=)[0-9a-f]+(?=\")")
_ADDRESS = re.compile(r"((?:src|href)=\"[^\"?]*)\"")
_LATE = 950


class MarkedDirection(RightToLeft):
    """Says the direction on the root of each page by a slot."""

    attribute = make_slot(Kind.CONTEXT, "direction")


class MarkedBuilder(StandaloneHTMLBuilder):
    """Writes pages with slots, and keeps what the languages need of each."""

    name = "html"
    folders: Folders
    _record: PageRecord | None = None

    def init_js_files(self) -> None:
        """Add the script of translations, which English has none of."""
        super().init_js_files()
        self.add_js_file(_TRANSLATIONS)

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        """Keep what a search index takes from a page."""
        path = self.folders.article(pagename)
        articles, reason = load(path) if path.exists() else ([], "")
        self._record = PageRecord(pagename, articles, ordinary=reason)
        self._record.title = title
        self._record.search = list(search_texts(doctree))
        self._record.index_entries = [
            entry for node in doctree.findall(IndexNode) for entry in node["entries"]
        ]
        self._words = dict(words_of(doctree))
        sentences = [(node["segment_id"], said_in(node)) for node in doctree.findall(segment)]
        self._record.sentences = tuple(identifier for identifier, _ in sentences)
        self._said = dict(sentences)
        if len(set(sentences)) > len(self._said):
            self._record.ordinary = "a sentence says two things"

    def note_english(self, node: segment, html: str) -> None:
        """Keep the English of a sentence that was written."""
        identifier = node["segment_id"]
        if self._record is None:
            return
        known = self._written.setdefault(identifier, html)
        if known != html:
            self._record.ordinary = f"{identifier} is written in two ways"
        self._record.lookups[identifier] = node["lookup"]

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page, and the record of it."""
        self._written: dict[str, str] = {}
        if has_loose_slot(doctree) and self._record:
            self._record.ordinary = "a sentence stands where none is expected"
        super().write_doc(docname, doctree)
        assert self._record is not None
        self._record.english = dict(self._prove(self._record))
        store(self.folders.record(docname), self._record)
        self._record = None

    def _prove(self, record: PageRecord) -> Iterator[tuple[str, English]]:
        """Yield each sentence of the page, with the proof of how Sphinx writes it."""
        educate = make_educate(self.env, self.name)
        texts = dict(_texts_of(record))
        for identifier, html in self._written.items():
            md, env, text = texts.get(identifier, (None, {}, ""))
            tokens = finish_tokens(parse_inline(text, md, env), md, env) if md else []
            words, said = self._words.get(identifier, ()), self._said.get(identifier, "")
            yield identifier, prove(html, tokens, words, educate, shown=said)

    def dump_search_index(self) -> None:
        """Leave the index to the languages."""

    def dump_inventory(self) -> None:
        """Leave the inventory to the languages."""


def _texts_of(record: PageRecord) -> Iterator[tuple[str, tuple[MarkdownIt, EnvType, str]]]:
    """Yield the English of each sentence as written, by segment ID, and what parses it."""
    for marked in record.articles:
        parsed = marked.article.parsed
        parser = create_parser(parsed.config)
        for read in marked.article.blocks:
            ids = marked.ids.get(read.key, ())
            if read.cutting is None or not ids or read.block.kind is BlockKind.HTML:
                continue
            pieces = [own for own in read.cutting.pieces if own.kind is PieceKind.SEGMENT]
            for identifier, piece in zip(ids, pieces, strict=True):
                yield identifier, (parser, parsed.env, piece.text)


class MarkedSphinx(Sphinx):
    """Sphinx, set up for a marked build. It needs a process of its own."""

    def __init__(self, project: Project, folders: Folders, **arguments: Any) -> None:
        self._project = project
        self._folders = folders
        self._reading = MarkedReading(project, "")
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
        self.connect("builder-inited", lambda app: mirror(app, MarkedDirection))
        self.connect("source-read", self._expect, priority=_LATE)
        self.connect("doctree-read", self._keep_article, priority=_LATE)
        self.connect("config-inited", _show_all_images, priority=_LATE)
        self.connect("html-page-context", self._mark_page, priority=_LATE)

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
        self._reading.articles.clear()
        self._reading.source = "".join(content)
        if self._reading.is_article(Path(app.env.doc2path(docname))):
            expect_page(app.env, self._reading)

    def _keep_article(self, app: Sphinx, doctree: nodes.document) -> None:
        """Keep what was read of a page, and navigation free of English."""
        docname = app.env.current_document.docname
        for root in (app.env.titles, app.env.longtitles, app.env.tocs):
            drop_english(root[docname])
        has_foreign = has_mark(self._reading.source)
        reason = "it has characters that mark slots" if has_foreign else ""
        reason = reason or _find_quotes(app.env, doctree)
        store(self._folders.article(docname), (list(self._reading.articles), reason))


_MARKS = re.compile("[\u2013\u2014\u2018-\u201f\u2026\u2039\u203a\xab\xbb]")


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


def build_marked(
    project: Project, configuration: Path, folders: Folders, *, is_fresh: bool
) -> SiteRecord:
    """Run the marked build; to be called in a process of its own."""
    with patch_docutils(configuration), docutils_namespace():
        return _build(project, configuration, folders, is_fresh=is_fresh)


def _build(
    project: Project, configuration: Path, folders: Folders, *, is_fresh: bool
) -> SiteRecord:
    messages = io.StringIO()
    app = MarkedSphinx(
        project,
        folders,
        srcdir=project.source,
        confdir=configuration,
        outdir=folders.pages,
        doctreedir=folders.doctrees,
        buildername="html",
        confoverrides={
            "language": sphinx_name(project.settings.source_language, sphinx_languages()),
            "bitext_language": project.settings.source_language,
            "bitext_is_reported": "1",
        },
        status=None,
        warning=messages,
        freshenv=is_fresh,
    )
    app.build(force_all=is_fresh)
    assert isinstance(app.builder, MarkedBuilder)
    environment = dump_environment(app.env)
    shown, homes = _find_shown(app.builder, find_held(app.env, environment))
    return SiteRecord(
        environment=environment,
        docnames=tuple(sorted(app.env.found_docs)),
        images=dict(app.builder.images),
        messages=messages.getvalue(),
        shown=shown,
        homes=homes,
        extra=tuple(sorted(_find_extra(app, project))),
    )


def _find_shown(
    builder: MarkedBuilder, held: set[str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return the pages that show each sentence which is shown on another than its own.

    And, of those sentences that the environment holds, which page is its own.
    """
    shown: dict[str, list[str]] = {}
    homes: dict[str, str] = {}
    for docname in sorted(builder.env.found_docs):
        record: PageRecord = load(builder.folders.record(docname))
        page = builder.get_output_path(docname).read_text(encoding="utf-8")
        for identifier in _sentences_on(record, page):
            shown.setdefault(identifier, []).append(docname)
        own = {key for marked in record.articles for key in (*marked.strings, *marked.matter)}
        homes |= dict.fromkeys(held & (own | record.english.keys()), docname)
    return {own: tuple(docnames) for own, docnames in shown.items() if len(docnames) > 1}, homes


def _sentences_on(record: PageRecord, page: str) -> set[str]:
    """Return all sentences that a page or its search entry shows."""
    texts = [page, *(own.html for own in record.english.values() if has_slot(own.html))]
    texts += [own.text for own in record.search if has_slot(own.text)]
    found = {own for text in texts for own in find_sentences(text)}
    return found | {own.text for own in record.search if own.kind == "sentence"}


def _find_extra(app: Sphinx, project: Project) -> set[str]:
    """Return the files and folders that a build reads, besides articles and catalogs."""
    config = app.config
    listed = [*config.templates_path, *config.html_static_path, *config.html_extra_path]
    listed += [*config.locale_dirs, config.html_logo or "", config.html_favicon or ""]
    found = {str((app.confdir / path).resolve()) for path in listed if path}
    found |= {str(app.srcdir / path) for paths in app.env.dependencies.values() for path in paths}
    modules = (getattr(module, "__file__", None) or "" for module in list(sys.modules.values()))
    root = str(project.root.resolve())
    found |= {file for file in modules if file.startswith(root) and "site-packages" not in file}
    ours = str((project.root / project.settings.locale).resolve())
    return {path for path in found if path != ours}
