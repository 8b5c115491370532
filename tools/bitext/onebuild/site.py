"""The site of one language: its pages from slots, all else by Sphinx itself."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from typing import Any, TypeVar

from docutils import nodes
from docutils.utils import new_document
from sphinx.addnodes import index as IndexNode  # noqa: N812 - a class, named as docutils does
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.build_phase import BuildPhase
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.i18n import get_image_filename_for_language
from sphinx.util.osutil import relative_uri
from sphinx.util.parallel import SerialTasks

from bitext.errors import BitextError
from bitext.languages import direction, sphinx_name
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.education import is_educated, make_educate
from bitext.onebuild.environment import Title, load_environment
from bitext.onebuild.fragments import text_in
from bitext.onebuild.marked_nodes import depart_slot, slot, visit_slot
from bitext.onebuild.record import (
    BAR,
    HEAD,
    PLAIN_HEAD,
    Folders,
    PageRecord,
    SearchText,
    SiteRecord,
    load,
    write_at_once,
)
from bitext.onebuild.sentence_parts import Word
from bitext.onebuild.slots import (
    ABSENT,
    Fill,
    Kind,
    argument_place,
    fill_slots,
    find_sentences,
    has_slot,
)
from bitext.onebuild.state import (
    LanguageState,
    Shared,
    find_changed_pages,
    find_sizes,
    forget_pages,
    load_state,
)
from bitext.onebuild.theme_strings import translate_string
from bitext.onebuild.values import Filling, PageValues
from bitext.project import Project
from bitext.settings import Settings
from bitext.site.page import Sentence
from bitext.sphinx_ext.events import meta_tag
from bitext.sphinx_ext.localized_page import (
    localize_page,
    make_sentence,
    read_editions,
    segments_path,
)
from bitext.sphinx_ext.page import ORIGIN, Page, report, warn
from bitext.sphinx_ext.reading import MadeFrom, Reading
from bitext.sphinx_languages import sphinx_languages

_Value = TypeVar("_Value")

_INDEX = "_search_index_"
"""How the names of the attributes begin in which Sphinx's search index keeps what it knows."""

_RANDOM = re.compile(r"equation-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The ID of an equation without a label, another each time that it is read."""

_CHECKSUM = re.compile(r"\?v=([0-9a-f]+)\"")


@dataclass(slots=True)
class Context:
    """What the builder of a language knows, as slots ask for it."""

    language: str
    last_updated: str = ""
    checksums: dict[str, str] = field(default_factory=dict)
    """Of script and style files, by name; empty for one that has none."""

    def value(self, key: str) -> str:
        """Return what a slot asks for."""
        name, _, file = key.partition(" ")
        if name == "direction":
            return ' dir="rtl"' if direction(self.language) == "rtl" else ""
        if name == "language":
            return self.language
        if name == "last_updated":
            return self.last_updated
        if name == "version":
            checksum = self.checksums.get(file)
            return f"?v={checksum}" if checksum else ""
        if name == "checksum":
            return self.checksums.get(file) or argument_place(0)
        return argument_place(0) if file in self.checksums else ABSENT


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
        self.chosen: set[str] = set()
        self.folders = Folders(Path())
        self.settings = Settings()
        self._filled: dict[str, str] = {}
        self._document = new_document("")

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the pages: those that fit from slots, the others as Sphinx does."""
        self._learn_context()
        docnames = docnames & self.chosen  # Sphinx adds pages that may show another's title
        for docname in sorted(docnames - self.ordinary.keys()):
            try:
                self._write_page(docname)
            except UnfitError as error:
                self.ordinary[docname] = error.message
        ordinary = docnames & self.ordinary.keys()
        read_ordinarily(self, sorted(ordinary))
        super().write_documents(ordinary)

    def load_indexer(self, docnames: Set[str]) -> None:
        """Take what the last build indexed, apart from pages that are written now.

        Sphinx's own way leaves words of no page, and would read the whole index to write it.
        """
        for name, known in vars(self.env).items():
            if name.startswith(_INDEX):
                forget_pages(known, docnames & self.chosen)

    def _learn_context(self) -> None:
        """Learn from a page that Sphinx writes what only its builder knows."""
        found: dict[str, Any] = {}

        def look(app: Sphinx, name: str, template: str, context: dict[str, Any], _: object) -> None:
            found.update(context)

        listener = self._app.connect("html-page-context", look, priority=900)
        scratch = self.folders.root / f"search-{self.config.bitext_language}.html"
        self.handle_page("search", {}, "search.html", outfilename=scratch)
        self._app.disconnect(listener)
        scratch.unlink()
        self.context.last_updated = found["last_updated"] or ""
        for tag_of, assets in (("css_tag", "css_files"), ("js_tag", "script_files")):
            for asset in found[assets]:
                match = _CHECKSUM.search(found[tag_of](asset))
                name = str(getattr(asset, "filename", asset) or "")
                self.context.checksums[name] = match[1] if match else ""

    def _write_page(self, docname: str) -> None:
        """Write a page from its slots, and let the search index have its words."""
        values = self.values[docname]
        if values.unfit:
            raise UnfitError(values.unfit)
        record = self.records[docname]
        path = self.get_output_path(docname)
        marked = self.folders.pages / path.relative_to(self.outdir)
        segments_path(self, docname).unlink(missing_ok=True)
        self._localize(docname, record, values)
        page = self._fill(marked.read_text(encoding="utf-8"), self.filler(values))
        doctree, title = self._searchable(record, values)
        encoding = self.config.html_output_encoding
        write_at_once(path, page.encode(encoding, "xmlcharrefreplace"))
        self.index_page(docname, doctree, title)

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
            said = _found(values.said, identifier)
            texts = ((kind, self._fill(text, fill)) for kind, text in said.shown)
            shown = "".join(text_in(text) if kind == "html" else text for kind, text in texts)
            yield make_sentence(said.node, shown)

    def _fill(self, text: str, fill: Fill) -> str:
        return fill_slots(text, fill, self._filled) if has_slot(text) else text

    def filler(self, values: PageValues) -> Fill:
        """Return what fills the slots of a page."""

        def fill(kind: Kind, key: str) -> str:
            if kind is Kind.SENTENCE:
                return _found(values.sentences, key)
            if kind is Kind.TITLE:
                return _found(self.shared.titles, key)
            if kind is Kind.TEXT:
                return _found(self.shared.texts, key)
            if kind is Kind.STRING:
                return _found(self.shared.strings, key)
            if kind is Kind.ALT:
                return _found(values.alts, key)
            if kind is Kind.PAGE:
                return _found(values.parts, key)
            return translate_string(key) if kind is Kind.THEME else self.context.value(key)

        return fill

    def _searchable(self, record: PageRecord, values: PageValues) -> tuple[nodes.document, str]:
        """Return a document that Sphinx indexes as it would the page, and the page's title."""
        fill = self.filler(values)
        document = self._document
        document.clear()
        words = ChainMap(values.words, self.shared.words)
        for text in record.search:
            document.extend(_search_nodes(text, words, lambda own: self._fill(own, fill)))
        entries = [
            tuple(self._fill(own, fill) if isinstance(own, str) else own for own in entry)
            for entry in record.index_entries
        ]
        document.append(IndexNode(entries=entries))
        return document, self._fill(record.title, fill)


def _found(values: Mapping[str, _Value], key: str) -> _Value:
    if key not in values:
        raise UnfitError(f"{key} cannot be shown there alone")
    return values[key]


class _title(nodes.title):  # noqa: N801 - docutils' manner
    def astext(self) -> str:
        return str(self["said"])


def _search_nodes(
    text: SearchText, words: Mapping[str, tuple[Word, ...]], fill: Callable[[str], str]
) -> Iterator[nodes.Node]:
    """Yield nodes of which Sphinx's indexer takes what it would from the page."""
    if text.kind == "sentence":
        for kind, word in _found(words, text.text):
            yield from _search_nodes(SearchText(kind, word), words, fill)
    elif text.kind == "text":
        yield nodes.Text(fill(text.text))
    elif text.kind == "raw":
        yield nodes.raw("", fill(text.text), format="html")
    elif text.kind == "keywords":
        own = nodes.meta(name="keywords", content=fill(text.text))
        if text.anchor:
            own["lang"] = text.anchor
        yield own
    else:
        ids = [text.anchor] if text.anchor else []
        section = nodes.section(ids=ids)
        section.append(_title(said=fill(text.text)))
        yield section


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
            env.toc_secnumbers[docname] = sections
        if figures is not None:
            env.toc_fignumbers[docname] = figures
    builder.phase = phase


class LanguageSphinx(Sphinx):
    """Sphinx in one language, in an environment that a marked build made."""

    def setup_extension(self, extname: str) -> None:
        """Set up an extension; ours with the builder of slots."""
        super().setup_extension(extname)
        if extname == "bitext":
            self.add_builder(LanguageBuilder, override=True)
            self.add_node(slot, html=(visit_slot, depart_slot))


@dataclass(frozen=True, slots=True)
class LanguageSite:
    """What came of one language."""

    messages: str
    ordinary: Mapping[str, str]
    """Why pages were built the ordinary way, by docname."""

    state: LanguageState | None
    """What the new site is made of; None if the one before is as it has to be."""


def build_language(
    project: Project,
    configuration: Path,
    folders: Folders,
    tag: str,
    *,
    before: tuple[Path, Path],
    output: Path,
    editions: Path,
) -> LanguageSite:
    """Build the site of a language in `output`; to be called in a process of its own.

    `editions` is the file of the languages that each page is offered in.
    `before` is where its last one is, of which pages that are the same are taken, and its state.
    Raises `UnfitError` if the language has to be built the ordinary way.
    """
    site: SiteRecord = load(folders.site)
    known = load_state(before[1], site.fingerprint, before[0])
    changed = set(site.docnames) if known is None else find_changed_pages(project, tag, known)
    offered = {docname: tuple(own) for docname, own in read_editions(str(editions)).items()}
    if known is not None:
        changed |= {own for own in site.docnames if offered.get(own) != known.editions.get(own)}
    if known is not None and not changed:
        return LanguageSite("", known.ordinary, None)
    messages = io.StringIO()
    with patch_docutils(configuration), docutils_namespace():
        app = _make_app(project, configuration, folders, tag, output, messages, editions)
        builder = app.builder
        assert isinstance(builder, LanguageBuilder)
        builder.folders = folders
        builder.settings = project.settings
        if known is not None:
            shutil.copytree(before[0], output, dirs_exist_ok=True, copy_function=_link_page)
        state = _write_site(builder, project, site, known, changed)
        app.events.emit("build-finished", None)
    state.files = find_sizes(output)
    state.editions = offered
    return LanguageSite(messages.getvalue(), builder.ordinary, state)


def _make_app(
    project: Project,
    configuration: Path,
    folders: Folders,
    tag: str,
    output: Path,
    messages: io.StringIO,
    editions: Path,
) -> Sphinx:
    return LanguageSphinx(
        srcdir=project.source,
        confdir=configuration,
        outdir=output,
        doctreedir=folders.root / "languages" / tag,
        buildername="html",
        confoverrides={
            "language": sphinx_name(tag, sphinx_languages()),
            "bitext_language": tag,
            "bitext_is_reported": "1",
            "bitext_editions": str(editions),
        },
        status=None,
        warning=messages,
        freshenv=True,
    )


def _write_site(
    builder: LanguageBuilder,
    project: Project,
    site: SiteRecord,
    known: LanguageState | None,
    changed: set[str],
) -> LanguageState:
    """Write the pages that changed, and all that is one for the site."""
    state = LanguageState(site.fingerprint)
    if known is not None:
        state.made_from = dict(known.made_from)
        builder.shared = known.shared.copy()
        builder.ordinary = dict(known.ordinary)
    state.made_from |= _read_values(builder, project, changed)
    if known is not None:
        different = builder.shared.find_changed(known.shared)
        more = {page for own in different for page in site.shown.get(own, ())} - changed
        state.made_from |= _read_values(builder, project, more)
        changed |= more
    builder.images = dict(site.images)
    changed |= _fill_environment(builder, site)
    if known is not None:
        vars(builder.env).update(known.search_index)
    builder.phase = BuildPhase.RESOLVING
    builder.parallel_ok = False
    builder.finish_tasks = SerialTasks()
    builder.chosen = changed
    builder.write(sorted(changed), [], "specific")
    _copy_sources(builder)
    builder.finish()
    builder.finish_tasks.join()
    state.shared = builder.shared
    state.ordinary = builder.ordinary
    state.search_index = {
        name: value for name, value in vars(builder.env).items() if name.startswith(_INDEX)
    }
    return state


def _read_values(
    builder: LanguageBuilder, project: Project, docnames: Set[str]
) -> dict[str, tuple[MadeFrom, ...]]:
    """Read the catalogs of pages, and render their sentences."""
    tag = builder.config.bitext_language
    reading = Reading(project, "" if tag == project.settings.source_language else tag)
    is_off = builder.config.smartquotes and not is_educated(builder.env, builder.name)
    filling = Filling(builder, make_educate(builder.env, builder.name), is_educated=not is_off)
    made_from: dict[str, tuple[MadeFrom, ...]] = {}
    for docname in sorted(docnames):
        record: PageRecord = load(builder.folders.record(docname))
        try:
            read = [reading.read_again(own.article) for own in record.articles]
        except BitextError as error:
            values = PageValues(unfit=error.message)
            made_from[docname] = (reading.never_current(builder.env.doc2path(docname)),)
        else:
            pages = [page for page, _ in read]
            made_from[docname] = tuple(own for _, own in read)
            values = filling.values_of(record, pages)
            _warn_of(values, pages, builder, docname)
        builder.ordinary.pop(docname, None)
        if values.unfit:
            builder.ordinary[docname] = values.unfit
        builder.records[docname] = record
        builder.values[docname] = values
        _share(builder.shared, record, values)
    return made_from


def _share(shared: Shared, record: PageRecord, values: PageValues) -> None:
    """Let other pages show what they may of a page."""
    shared.forget(record.english)
    shared.titles.update(values.titles)
    shared.texts.update(values.texts)
    shared.strings.update(values.strings)
    shared.words.update((own, values.words[own]) for own in values.titles)


def _warn_of(values: PageValues, pages: list[Page], builder: LanguageBuilder, docname: str) -> None:
    """Warn as Sphinx's parser would; it does so itself for a page that is built ordinarily."""
    if values.unfit:
        return
    for page in pages:
        report(page, docname)
        for identifier, message in values.warnings:
            if identifier in page.localization.lines:
                warn(page, identifier, message)


def _fill_environment(builder: LanguageBuilder, site: SiteRecord) -> set[str]:
    """Make the environment that of the language; return the pages that have to be read for it."""
    fill = builder.filler(PageValues())
    titles, texts = builder.shared.titles, builder.shared.texts
    unknown: dict[str, str] = {}

    def fill_text(text: str) -> str:
        try:
            return fill_slots(text, fill)
        except UnfitError as error:
            unknown.update(dict.fromkeys(find_sentences(text), error.message))
            return ""

    def title_of(key: str) -> Title:
        if key not in titles or key not in texts:
            unknown[key] = f"{key} cannot be shown in navigation"
        words = tuple(word for _, word in builder.shared.words.get(key, ()))
        return Title(titles.get(key, ""), texts.get(key, ""), words)

    load_environment(builder.env, site.environment, fill=fill_text, title_of=title_of)
    _require_no_own_images(builder.env)
    pages = {site.homes[key]: reason for key, reason in unknown.items() if key in site.homes}
    builder.ordinary.update({page: builder.ordinary.get(page, why) for page, why in pages.items()})
    return set(pages)


def _require_no_own_images(env: BuildEnvironment) -> None:
    """Raise `UnfitError` if the language has an image of its own: others may be named anew then."""
    named = f"{{root}}.{env.config.bitext_language}{{ext}}"
    if env.config.figure_language_filename != named and any(env.images):
        raise UnfitError("conf.py sets figure_language_filename")
    for path in sorted({str(own) for paths in env.dependencies.values() for own in paths}):
        own = Path(env.srcdir, get_image_filename_for_language(path, env))
        for found in own.parent.glob(f"{escape(own.stem)}.*"):
            raise UnfitError(f"{found.name} is shown in place of {path}")


def _copy_sources(builder: LanguageBuilder) -> None:
    """Copy what pages link to as their source."""
    folder = builder.folders.pages / "_sources"
    if folder.is_dir():
        shutil.copytree(
            folder, builder.outdir / "_sources", dirs_exist_ok=True, copy_function=_link
        )


def _link_page(source: str, target: str) -> None:
    """Take over a file of the site before: a page, which is never written in place, by a link."""
    is_page = source.endswith(".html") or "/_sources/" in source
    (_link if is_page else shutil.copy2)(source, target)


def _link(source: str, target: str) -> None:
    """Let a file be at a second place, without copying it if that can be."""
    Path(target).unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
