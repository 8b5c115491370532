"""Sphinx's HTML builder as a language has it: pages that are made of slots."""

from __future__ import annotations

import os
import re
from collections import ChainMap
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.addnodes import index as IndexNode  # noqa: N812 - a class, named as docutils does
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util.build_phase import BuildPhase
from sphinx.util.osutil import relative_uri

from bitext.collector import Sweep
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.context import Context, learn_context
from bitext.onebuild.filling import Fill, fill_pieces, fill_slots, value_of
from bitext.onebuild.fragments import text_in
from bitext.onebuild.own_images import OwnImages, find_lost, require_plain_names
from bitext.onebuild.page_values import PageValues
from bitext.onebuild.record import (
    BAR,
    HEAD,
    PLAIN_HEAD,
    Folders,
    PageRecord,
    write_new,
)
from bitext.onebuild.search_texts import found_texts, search_nodes
from bitext.onebuild.slots import Kind, argument_place, has_slot
from bitext.onebuild.state import Shared, forget_pages, sort_pages
from bitext.onebuild.templates import KeptTemplates
from bitext.onebuild.theme_strings import translate_string
from bitext.onebuild.word_index import WordIndex
from bitext.processes import Tell
from bitext.settings import Settings
from bitext.site.page import Sentence
from bitext.sphinx_ext.events import meta_tag
from bitext.sphinx_ext.localized_page import complete_sentence, localize_page, segments_path
from bitext.sphinx_ext.page import ORIGIN

_SEARCH_INDEX = "_search_index_"
"""How the names of the attributes begin in which Sphinx's search index keeps what it knows."""

_STEP = 100
"""Pages after which it is told again how many are written, and garbage is looked for."""

_RANDOM = re.compile(r"equation-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The ID of an equation without a label, another each time that it is read."""


class LanguageBuilder(StandaloneHTMLBuilder):
    """Sphinx's builder, with pages that are made of slots."""

    name = "html"

    def init(self) -> None:
        """Prepare as Sphinx does."""
        super().init()
        self.context = Context(self.config.bitext_language)
        self.records: dict[str, PageRecord] = {}
        self.values: dict[str, PageValues] = {}
        self.shared = Shared()
        self.ordinary: dict[str, str] = {}
        self.own_images: OwnImages = {}
        self.images_of: dict[str, list[tuple[str, str]]] = {}
        self.lost_images: dict[str, Sequence[str]] = {}
        self.chosen: set[str] = set()
        self.is_incremental = False
        self.folders = Folders(Path())
        self.settings = Settings()
        self.tell: Tell = lambda _: None
        self._filled: dict[str, str] = {}
        self._outfile: tuple[str, Any] = ("", "")
        self._document = new_document("")

    def create_template_bridge(self) -> None:
        """Let static files have templates that are compiled once."""
        super().create_template_bridge()
        if type(self.templates) is BuiltinTemplateLoader:
            self.templates = KeptTemplates()

    def get_outfilename(self, pagename: str) -> Any:
        """Return where a page is written; three ask for each page."""
        if pagename != self._outfile[0]:
            self._outfile = (pagename, super().get_outfilename(pagename))
        return self._outfile[1]

    def keep_templates(self, folder: Path) -> None:
        """Compile templates once for all languages whose pages are extended alike."""
        if isinstance(self.templates, KeptTemplates):
            self.templates.keep(folder)

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the pages: those that fit from slots, the others as Sphinx does."""
        self.context = learn_context(self, self.config.bitext_language)
        docnames = docnames & self.chosen  # Sphinx adds pages that may show another's title
        if self.is_incremental:
            self._unlink(docnames)
        sweep = Sweep()
        fitting = sorted(docnames - self.ordinary.keys())
        for number, docname in enumerate(fitting):
            if not number % _STEP:
                self.tell(number / len(fitting))
                sweep()
            try:
                self._write_page(docname)
            except UnfitError as error:
                self.ordinary[docname] = error.message
        ordinary = docnames & self.ordinary.keys()
        read_ordinarily(self, sorted(ordinary))
        if self.own_images:
            require_plain_names(self.env)
        super().write_documents(ordinary)

    def _unlink(self, docnames: Set[str]) -> None:
        """Let pages that are written have no file in common with the site before."""
        for docname in docnames:
            for path in (os.fspath(self.get_outfilename(docname)), segments_path(self, docname)):
                with suppress(FileNotFoundError):
                    os.unlink(path)  # noqa: PTH108

    def load_indexer(self, docnames: Set[str]) -> None:
        """Take what the last build indexed, apart from pages that are written now.

        Sphinx's own way leaves words of no page, and would read the whole index to write it.
        """
        for known in self.search_index.values():
            forget_pages(known, docnames & self.chosen)

    def dump_search_index(self) -> None:
        """Write the index in the order of pages, whichever were written last."""
        for known in self.search_index.values():
            sort_pages(known, self.env.found_docs)
        super().dump_search_index()

    @property
    def search_index(self) -> dict[str, Any]:
        """What Sphinx's environment knows for its search index, by attribute."""
        return {
            name: known for name, known in vars(self.env).items() if name.startswith(_SEARCH_INDEX)
        }

    def _write_page(self, docname: str) -> None:
        """Write a page from its slots, and let the search index have its words."""
        values = self.values[docname]
        if values.unfit:
            raise UnfitError(values.unfit)
        record = self.records[docname]
        path = os.fspath(self.get_outfilename(docname))
        self._localize(docname, record, values)
        page = fill_pieces(record.page, self.filler(values), self._filled)
        encoding = self.config.html_output_encoding
        write_new(path, page.encode(encoding, "xmlcharrefreplace"))
        images = self.images_of.get(docname)
        if images:
            english = (own.html for own in record.english.values())
            self.lost_images[docname] = find_lost(page, english, images, self.imagedir)
        self._index(record, values)
        del self.values[docname], self.records[docname]  # nothing asks for them any more

    def _localize(self, docname: str, record: PageRecord, values: PageValues) -> None:
        """Make the parts of a page that its sentences and languages are asked for."""
        sentences = list(self._sentences_of(record, values))
        address = self.get_target_uri(docname)
        context: dict[str, Any] = {
            "body": "",
            "metatags": "",
            "pathto": lambda name, _: relative_uri(address, name),
        }
        localize_page(self._app, self.settings, docname, context, sentences)
        origin = f"\n{meta_tag(ORIGIN, values.origin)}" if values.origin else ""
        head = context["metatags"]
        values.parts = {BAR: context["body"], HEAD: origin + head, PLAIN_HEAD: head}

    def _sentences_of(self, record: PageRecord, values: PageValues) -> Iterator[Sentence]:
        """Yield the sentences of a page as it shows them."""
        fill = self.filler(values)
        for identifier in record.sentences:
            said = value_of(values.said, identifier)
            if not said.shown:
                yield said.sentence
                continue
            texts = ((kind, self._fill(text, fill)) for kind, text in said.shown)
            shown = "".join(text_in(text) if kind == "html" else text for kind, text in texts)
            yield complete_sentence(said.sentence, shown)

    def _fill(self, text: str, fill: Fill) -> str:
        return fill_slots(text, fill, self._filled) if has_slot(text) else text

    def filler(self, values: PageValues) -> Fill:
        """Return what fills the slots of a page."""
        shared = self.shared

        def fill(kind: Kind, key: str) -> str:
            if kind is Kind.SENTENCE:
                return value_of(values.sentences, key)
            if kind is Kind.TITLE:
                return value_of(values.titles if key in values.titles else shared.titles, key)
            if kind is Kind.TEXT:
                return value_of(values.texts if key in values.texts else shared.texts, key)
            if kind is Kind.STRING:
                return value_of(shared.strings, key)
            if kind is Kind.ALT:
                return value_of(values.alts, key)
            if kind is Kind.GAP:
                return "" if shared.is_dropped(key) else argument_place(0)
            if kind is Kind.PAGE:
                return value_of(values.parts, key)
            return translate_string(key) if kind is Kind.THEME else self.context.value(key)

        return fill

    def _index(self, record: PageRecord, values: PageValues) -> None:
        """Let the search index have what it would of a page."""
        fill = self.filler(values)
        title = self._fill(record.title, fill)
        if not title or not isinstance(self.indexer, WordIndex):
            return
        document = self._document
        document.clear()
        texts: list[str] = []
        is_hidden = not {"no-search", "nosearch"}.isdisjoint(
            self.env.metadata.get(record.docname, {})
        )
        if is_hidden:
            title = ""
        else:
            words = ChainMap(values.words, self.shared.words)
            for text in found_texts(record.search, words):
                if text.kind == "text":
                    texts.append(self._fill(text.text, fill))
                else:
                    document.extend(search_nodes(text, lambda own: self._fill(own, fill)))
            document.append(IndexNode(entries=list(self._entries(record, fill))))
        filename = self.env.doc2path(record.docname, base=False)
        self.indexer.feed_texts(record.docname, str(filename), title, doctree=document, texts=texts)

    def _entries(self, record: PageRecord, fill: Fill) -> Iterator[tuple[Any, ...]]:
        for entry in record.index_entries:
            yield tuple(self._fill(own, fill) if isinstance(own, str) else own for own in entry)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Prepare as Sphinx does, with an index that takes words."""
        super().prepare_writing(docnames)
        if self.indexer is not None:
            config = self.config
            self.indexer = WordIndex(
                self.env,
                config.html_search_language or config.language,
                config.html_search_options,
                config.html_search_scorer,
            )


def read_ordinarily(builder: LanguageBuilder, docnames: Sequence[str]) -> None:
    """Let Sphinx read pages in the language of the build."""
    phase, builder.phase = builder.phase, BuildPhase.READING
    env = builder.env
    for docname in docnames:
        # the numbers are the same; Sphinx looks through every page to find them
        sections, figures = env.toc_secnumbers.get(docname), env.toc_fignumbers.get(docname)
        if figures and any(map(_RANDOM.fullmatch, figures.get("displaymath", ()))):
            raise UnfitError(f"{docname} numbers equations that have no label")
        builder.events.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)
        builder.read_doc(docname)
        if sections is not None:
            _number(env, docname, sections)
        if figures is not None:
            env.toc_fignumbers[docname] = figures
    builder.phase = phase


def _number(env: BuildEnvironment, docname: str, sections: dict[str, tuple[int, ...]]) -> None:
    """Give the sections of a page their numbers, as Sphinx's collector of contents does."""
    env.toc_secnumbers[docname] = sections
    for reference in env.tocs[docname].findall(nodes.reference):
        if reference.get("anchorname") in sections:
            reference["secnumber"] = [*sections[reference["anchorname"]]] or None
    env.titles[docname]["secnumber"] = [*sections.get("", ())] or None
