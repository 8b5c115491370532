"""What a language knows before its pages are written: their values, and its environment."""

from __future__ import annotations

from collections.abc import Sequence, Set

from bitext.errors import BitextError
from bitext.model import State
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.education import is_educated, make_educate
from bitext.onebuild.elements import make_writer
from bitext.onebuild.environment import Title, load_environment
from bitext.onebuild.filling import fill_slots
from bitext.onebuild.language_builder import LanguageBuilder
from bitext.onebuild.own_images import why_ordinary
from bitext.onebuild.page_values import PageValues
from bitext.onebuild.prepared import MarkedArticle, PreparedArticle, sentence_parser
from bitext.onebuild.record import PageRecord, SiteRecord, load_record, read_articles
from bitext.onebuild.settled_values import SettledFilling, english_values
from bitext.onebuild.slots import find_sentences
from bitext.onebuild.state import Shared
from bitext.onebuild.values import Filling
from bitext.project import Project
from bitext.sphinx_ext.page import Page, report, warn
from bitext.sphinx_ext.reading import MadeFrom, Reading


def read_values(
    builder: LanguageBuilder, project: Project, docnames: Set[str], *, shared: Set[str]
) -> dict[str, tuple[MadeFrom, ...]]:
    """Read the catalogs of pages, and render their sentences; other pages may show `shared`."""
    maker = _ValueMaker(builder, project)
    made_from: dict[str, tuple[MadeFrom, ...]] = {}
    for docname in sorted(docnames):
        record = load_record(builder.folders.record(docname))
        try:
            values, made_from[docname] = maker.values_of(record)
        except BitextError as error:
            values = PageValues(unfit=error.message)
            made_from[docname] = (maker.reading.never_current(builder.env.doc2path(docname)),)
        builder.ordinary.pop(docname, None)
        if values.unfit:
            builder.ordinary[docname] = values.unfit
        builder.records[docname] = record
        builder.values[docname] = values
        _share(builder.shared, record, values, shared)
    return made_from


class _ValueMaker:
    """Makes the values of pages, of each article in the fastest way that can."""

    def __init__(self, builder: LanguageBuilder, project: Project) -> None:
        tag = builder.config.bitext_language
        source = project.settings.source_language
        is_source = tag == source
        is_off = builder.config.smartquotes and not is_educated(builder.env, builder.name)
        educate = make_educate(builder.env, builder.name)
        self.reading = Reading(project, "" if is_source else tag)
        self._folders = builder.folders
        self._filling = Filling(builder, educate, is_educated=not is_off)
        self._write = make_writer(builder, source, None if is_source else State.TRANSLATED)
        parser = sentence_parser(self.reading.grammar.config)
        self._settled = SettledFilling(educate, self._write, parser)
        self._is_english = is_source and not is_off

    def values_of(self, record: PageRecord) -> tuple[PageValues, tuple[MadeFrom, ...]]:
        """Return the values of a page, and what they were made from. Raises `CatalogError`."""
        values = PageValues(unfit=record.ordinary)
        made: list[MadeFrom] = []
        pages: list[Page] = []
        articles: list[MarkedArticle] = []
        for place, prepared in enumerate(record.prepared):
            found = self._find(prepared, record) if prepared else None
            if found:
                values.add(found[0])
                made.append(found[1])
                continue
            if not articles:
                articles, _ = read_articles(self._folders.article(record.docname))
            marked = articles[place]
            page, made_from = self.reading.read_again(marked.article)
            self._filling.add_article(values, marked, page, record=record)
            pages.append(page)
            made.append(made_from)
        _warn_of(values, pages, record.docname)
        return values, tuple(made)

    def _find(
        self, prepared: PreparedArticle, record: PageRecord
    ) -> tuple[PageValues, MadeFrom] | None:
        """Return the values of an article that can be made from what was prepared."""
        if self._is_english and self._write:
            made = self.reading.made_from_template(prepared.path, prepared.template)
            return english_values(prepared, record, self._write), made
        read = self.reading.read_settled(prepared.path, prepared.template)
        if read is None:
            return None
        translations, first_line, made = read
        values = self._settled.values_of(
            prepared, translations, first_line=first_line, record=record
        )
        return (values, made) if values else None


def _share(known: Shared, record: PageRecord, values: PageValues, shared: Set[str]) -> None:
    """Let other pages show what they may of a page."""
    known.forget(record.english)
    known.strings.update(values.strings)
    known.gaps.update(values.gaps)
    for own in filter(shared.__contains__, values.words):
        if own in values.titles:
            known.titles[own] = values.titles[own]
            known.words[own] = values.words[own]
        if own in values.texts:
            known.texts[own] = values.texts[own]


def _warn_of(values: PageValues, pages: Sequence[Page], docname: str) -> None:
    """Warn as Sphinx's parser would; it does so itself for a page that is built ordinarily."""
    if values.unfit:
        return
    for page in pages:
        report(page, docname)
        for identifier, message in values.warnings:
            if identifier in page.localization.lines:
                warn(page, identifier, message)


def fill_environment(builder: LanguageBuilder, site: SiteRecord) -> set[str]:
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

    load_environment(
        builder.env,
        site.environment,
        fill=fill_text,
        title_of=title_of,
        is_dropped=builder.shared.is_dropped,
    )
    config = builder.config
    named = f"{{root}}.{config.bitext_language}{{ext}}"
    if config.figure_language_filename != named and any(builder.env.images):
        raise UnfitError("conf.py sets figure_language_filename")
    pages = {site.homes[key]: reason for key, reason in unknown.items() if key in site.homes}
    pages |= {docname: why_ordinary(own) for docname, own in builder.own_images.items()}
    builder.ordinary.update({page: builder.ordinary.get(page, why) for page, why in pages.items()})
    return set(pages)
