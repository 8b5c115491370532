"""Sphinx's HTML builder as a marked build has it: pages with slots, and a record of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import index as IndexNode  # noqa: N812 - a class, named as docutils does
from sphinx.builders.html import StandaloneHTMLBuilder

from bitext.collector import Sweep
from bitext.markdown.cutting import PieceKind
from bitext.markdown.localize import parse_inline
from bitext.markdown.segment_rule import finish_tokens
from bitext.model import BlockKind
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.education import make_educate
from bitext.onebuild.marked_nodes import gap, said_in
from bitext.onebuild.marked_reading import has_loose_slot
from bitext.onebuild.parts import read_in_parts, write_in_parts
from bitext.onebuild.prepared import MarkedArticle, prepare, sentence_parser
from bitext.onebuild.record import Folders, PageRecord, read_articles, read_hash, store
from bitext.onebuild.search_texts import search_texts, words_of
from bitext.onebuild.sentences import English, prove
from bitext.onebuild.slots import cut_slots
from bitext.sphinx_ext.nodes import segment

TRANSLATIONS = "translations.js"
"""The script of Sphinx's own translations."""


class MarkedBuilder(StandaloneHTMLBuilder):
    """Writes pages with slots, and keeps what the languages need of each."""

    name = "html"
    folders: Folders
    outdated: Set[str] | None = None
    """The pages to write; None for all."""

    jobs: int = 1
    """How many processes may read or write at a time."""

    reads_alone: bool = False
    """Whether one process reads all pages, for the order of reading counts."""

    opened: set[str]
    """The files of the project that were read so far (`note_opened`)."""

    _record: PageRecord | None = None
    _articles: Sequence[MarkedArticle] = ()

    def init(self) -> None:
        """Prepare as Sphinx does."""
        super().init()
        self.hashes: dict[str, str] = {}
        """Those of the records that were written, by docname."""

        self.opened = set()
        self._sweep = Sweep()

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield the pages to write: Sphinx looks at time stamps, and for files that are gone."""
        yield from sorted(self.env.found_docs if self.outdated is None else self.outdated)

    def init_js_files(self) -> None:
        """Add the script of translations, which English has none of."""
        super().init_js_files()
        self.add_js_file(TRANSLATIONS)

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        """Keep what a search index takes from a page."""
        path = self.folders.article(pagename)
        self._articles, reason = read_articles(path)
        self._record = PageRecord(pagename, read=read_hash(path), ordinary=reason)
        self._record.title = title
        self._record.search = list(search_texts(doctree))
        self._record.index_entries = [
            entry for node in doctree.findall(IndexNode) for entry in node["entries"]
        ]
        self._words = dict(words_of(doctree))
        sentences = [(node["segment_id"], said_in(node)) for node in doctree.findall(segment)]
        self._record.sentences = tuple(identifier for identifier, _ in sentences)
        self._record.gaps = frozenset(node["key"] for node in doctree.findall(gap))
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
        if node["is_in_mail"]:
            self._in_mail.add(identifier)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page, and the record of it."""
        self._written: dict[str, str] = {}
        self._in_mail: set[str] = set()
        if has_loose_slot(doctree) and self._record:
            self._record.ordinary = "a sentence stands where none is expected"
        self._forget_source(docname)
        super().write_doc(docname, doctree)
        record, self._record = self._record, None
        assert record is not None
        self._sweep()
        self.env._pickled_doctree_cache.pop(docname, None)
        self._keep_page(record)
        record.english = dict(self._prove())
        record.prepared = [
            prepare(own, sentence_parser(own.article.parsed.config), record.english)
            for own in self._articles
        ]
        record.named = frozenset(
            key for own in self._articles for key in (*own.strings, *own.matter)
        )
        self.hashes[docname] = store(self.folders.record(docname), record)

    def _read_serial(self, docnames: list[str]) -> None:
        """Read pages, in several processes if they are many and each is read for the first time."""
        if self.outdated is None:
            read_in_parts(self, docnames, super()._read_serial)
        else:
            super()._read_serial(docnames)

    def write_documents(self, docnames: Set[str]) -> None:
        """Write pages and their records, in several processes if they are many."""
        write_in_parts(self, docnames, super().write_documents)

    def _forget_source(self, docname: str) -> None:
        """Let the copy of an article be a new file: sites have links to that of the last build."""
        name = f"{docname}{Path(self.env.doc2path(docname)).suffix}"
        for suffix in ("", self.config.html_sourcelink_suffix):
            (self.outdir / "_sources" / f"{name}{suffix}").unlink(missing_ok=True)

    def _keep_page(self, record: PageRecord) -> None:
        """Keep in the record what was written as a file."""
        path = self.get_output_path(record.docname)
        try:
            record.page = cut_slots(path.read_text(encoding=self.config.html_output_encoding))
        except UnfitError as error:
            record.ordinary = record.ordinary or error.message
        path.unlink()

    def _prove(self) -> Iterator[tuple[str, English]]:
        """Yield each sentence of the page, with the proof of how Sphinx writes it."""
        educate = make_educate(self.env, self.name)
        texts = {
            identifier: (sentence_parser(own.article.parsed.config), own.article.parsed.env, text)
            for own in self._articles
            for identifier, text in _texts_of(own)
        }
        for identifier, html in self._written.items():
            md, env, text = texts.get(identifier, (None, {}, ""))
            tokens = finish_tokens(parse_inline(text, md, env), md, env) if md else []
            words, said = self._words.get(identifier, ()), self._said.get(identifier, "")
            is_in_mail = identifier in self._in_mail
            proved = prove(html, tokens, words, educate, shown=said, is_in_mail=is_in_mail)
            yield identifier, proved

    def load_indexer(self, docnames: Set[str]) -> None:
        """Have no index to add pages to."""

    def dump_search_index(self) -> None:
        """Leave the index to the languages."""

    def dump_inventory(self) -> None:
        """Leave the inventory to the languages."""


def _texts_of(marked: MarkedArticle) -> Iterator[tuple[str, str]]:
    """Yield the English of each sentence as written, by segment ID."""
    for read in marked.article.blocks:
        ids = marked.ids.get(read.key, ())
        if read.cutting is None or not ids or read.block.kind is BlockKind.HTML:
            continue
        pieces = [own for own in read.cutting.pieces if own.kind is PieceKind.SEGMENT]
        for identifier, piece in zip(ids, pieces, strict=True):
            yield identifier, piece.text
