"""Read a project's catalogs for the pages of one build."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from bitext.cache import digest
from bitext.commands.articles import find_article_files
from bitext.commands.memories import language_memory
from bitext.commands.views import read_catalogs
from bitext.coverage import TRANSLATION_TYPE
from bitext.disk import read_file
from bitext.encoding import decode_catalog, located
from bitext.errors import CatalogError, UsageError
from bitext.languages import PSEUDO_LANGUAGE
from bitext.ledger import SEGMENTER_FIELD, find_prefix
from bitext.localization import Catalogs, Localization, localize
from bitext.markdown.blocks import Grammar
from bitext.memory import Memory, Sentence
from bitext.po import Catalog, parse
from bitext.project import LEARN, SETTINGS_FILE, Project, is_project, open_project
from bitext.pseudo import pseudo_catalog
from bitext.renames import find_main_prefix
from bitext.segments import Article, make_grammar, read_article
from bitext.settings import Settings
from bitext.settled import read_settled
from bitext.sphinx_ext.learn.docset import Docset
from bitext.sphinx_ext.page import Page
from bitext.sphinx_ext.theme_words import Words, words_of


class MadeFrom(NamedTuple):
    """What a page was made from, besides its article."""

    article: str
    hash: str
    """Of its POT and PO, and of what the settings of a docset say of it."""

    memory: tuple[tuple[Sentence, str], ...]
    """What the memory said of the sentences that its catalog does not have."""


def find_project(folder: Path) -> Project:
    """Return the project that `folder` is in: the nearest with ``[tool.bitext]`` upwards.

    Raises `UsageError` if there is none.
    """
    for parent in (folder, *folder.parents):
        if is_project(parent):
            return open_project(parent)
    raise UsageError(f"there is no {SETTINGS_FILE} with [tool.bitext] in {folder} or above")


class Reading:
    """The catalogs of one build."""

    def __init__(self, project: Project, tag: str) -> None:
        self._project = project
        self._tag = tag
        self._source = project.source.resolve()  # as Sphinx names it, which follows links

    def again(self) -> Reading:
        """Return one that has read no catalog yet."""
        return Reading(self._project, self._tag)

    @property
    def settings(self) -> Settings:
        """The project's."""
        return self._project.settings

    @cached_property
    def grammar(self) -> Grammar:
        """What reads the project's articles."""
        return make_grammar(self._project.settings)

    @cached_property
    def docset(self) -> Docset:
        """The files around the articles, in Microsoft Learn's dialect."""
        return Docset(self._project, self._tag)

    @cached_property
    def theme_words(self) -> Words:
        """What Sphinx and its theme say, as far as the project translates it.

        Raises `CatalogError`.
        """
        path = self._project.theme_path(self._tag)
        return words_of(self._parse(path, self._read(path))) if self._tag else Words()

    def prepare(self) -> None:
        """Make what all pages need; raises `SettingsError` for an extension that is none."""
        with located(SETTINGS_FILE):
            self.grammar  # noqa: B018 - made now, kept for all pages

    @cached_property
    def _memory(self) -> Memory:
        """What all catalogs of the language say; read only if a page has a sentence of no entry."""
        catalogs = read_catalogs(self._project, self._tag, [])
        return language_memory(self._project, self._tag, catalogs.values())

    def is_article(self, path: Path) -> bool:
        """Tell whether a file is an article of the project."""
        below = path.is_relative_to(self._source)
        return below and self._project.is_article(self._name_of(path))

    def _name_of(self, path: Path) -> str:
        return path.relative_to(self._source).as_posix()

    def read(self, path: os.PathLike[str] | str, text: str) -> tuple[Page, MadeFrom]:
        """Return the page of the article at `path`, whose Markdown is `text`.

        Raises `CatalogError` if one of its catalogs cannot be read.
        """
        name = self._name_of(Path(path))
        if "data-ttu-id=" in text:
            from bitext.bilingual.articles import states_its_language

            if states_its_language(text):
                return self._read_side_by_side(name, text)
        pot, po = self._read_catalogs(name)
        template = self._parse(self._project.template_path(name), pot)
        label = template.field(SEGMENTER_FIELD) or "" if template else ""
        grammar = make_grammar(self._project.settings, label)
        article = read_article(name, text, grammar)
        return self._page_of(article, self._catalogs_of(name, template, po), (pot, po), grammar)

    def read_again(self, article: Article) -> tuple[Page, MadeFrom]:
        """Return the page of an article that was read for another language.

        Raises `CatalogError` if one of its catalogs cannot be read.
        """
        pot, po = self._read_catalogs(article.path)
        template = self._parse(self._project.template_path(article.path), pot)
        catalogs = self._catalogs_of(article.path, template, po)
        return self._page_of(article, catalogs, (pot, po), self.grammar)

    def read_settled(
        self, article: str, template: bytes
    ) -> tuple[Sequence[str], int, MadeFrom] | None:
        """Return the translations of an article whose POT is `template`, in its order.

        With them the line at which its catalog's header ends, and what they were made from. None if
        its catalog says more, or there is none of its own: then `read_again` knows.
        """
        if self._tag in ("", PSEUDO_LANGUAGE):
            return None
        stem = article.removesuffix(".md")
        path = f"{self._catalogs_folder}/{stem}.po"
        content = read_file(path, CatalogError, path) if template else None
        if not content:
            return None
        try:
            po, pot = content.decode(), template.decode()
        except UnicodeDecodeError:
            return None
        settled = read_settled(po, pot)
        if settled is None or TRANSLATION_TYPE.lower() in po[: po.find("\n\n")].lower():
            return None
        line = po.count("\n", 0, po.find("\n\n") + 1)
        return settled.translations, line, self._made_from(article, (template, content), [])

    def made_from_template(self, article: str, template: bytes) -> MadeFrom:
        """Return what a page of the source language is made from."""
        return self._made_from(article, (template, b""), [])

    @cached_property
    def _catalogs_folder(self) -> str:
        return str(self._project.catalogs(self._tag))

    def _catalogs_of(self, name: str, template: Catalog | None, po: bytes) -> Catalogs:
        if self._tag == PSEUDO_LANGUAGE:
            catalog = pseudo_catalog(template) if template else None
        else:
            catalog = self._parse(self._project.catalog_path(name, self._tag), po)
        return Catalogs(template, catalog, memory=lambda: self._memory)

    def _page_of(
        self, article: Article, catalogs: Catalogs, contents: tuple[bytes, bytes], grammar: Grammar
    ) -> tuple[Page, MadeFrom]:
        name = article.path
        localization = self.localize(article, catalogs)
        is_source = not self._tag
        shown = self._source / name if is_source else self._project.catalog_path(name, self._tag)
        page = Page(
            parsed=article.parsed,
            localization=localization,
            grammar=grammar,
            source_language=self._project.settings.source_language,
            article=name.removesuffix(".md"),
            catalog=self._project.shown(shown),
            origin=(catalogs.catalog.field(TRANSLATION_TYPE) or "") if catalogs.catalog else "",
        )
        return page, self._made_from(name, contents, sorted(localization.asked))

    def localize(self, article: Article, catalogs: Catalogs) -> Localization:
        """Return an article in the language of this build."""
        stale = self._project.settings.stale(self._tag)
        return localize(article, catalogs, tag=self._tag, stale=stale)

    def _read_side_by_side(self, name: str, text: str) -> tuple[Page, MadeFrom]:
        """Return the page of an article that holds its translation itself.

        In another language than that of its pairs it is the English page.
        """
        from bitext.bilingual.articles import read_side_by_side

        settings = self._project.settings
        read = read_side_by_side(name, text, settings, self._tag)
        grammar = make_grammar(settings, read.template.field(SEGMENTER_FIELD) or "")
        article = read_article(name, read.english, grammar)
        catalogs = Catalogs(template=read.template, catalog=read.catalog)
        stale = settings.stale(self._tag)
        page = Page(
            parsed=article.parsed,
            localization=localize(article, catalogs, tag=self._tag, stale=stale),
            grammar=grammar,
            source_language=settings.source_language,
            article=name.removesuffix(".md"),
            catalog=f"{settings.source}/{name}",
            origin=(read.catalog.field(TRANSLATION_TYPE) or "") if read.catalog else "",
        )
        return page, self._made_from(name, self._read_catalogs(name), [])

    def never_current(self, path: Path) -> MadeFrom:
        """Return what marks a page to be read again in any case: its catalog could not be read."""
        return MadeFrom(self._name_of(path), "", ())

    def is_current(self, made_from: MadeFrom) -> bool:
        """Tell whether a page would be made from the same again."""
        asked = [sentence for sentence, _ in made_from.memory]
        try:
            contents = self._read_catalogs(made_from.article)
        except CatalogError:
            return False
        return self._made_from(made_from.article, contents, asked) == made_from

    def _made_from(
        self, article: str, contents: tuple[bytes, bytes], asked: list[Sentence]
    ) -> MadeFrom:
        proposals = tuple((own, str(self._memory.propose(own))) for own in asked)
        return MadeFrom(article, digest(*contents, *self._said_of(article)), proposals)

    def _said_of(self, article: str) -> tuple[bytes, ...]:
        """Return what the settings of a docset say of one article."""
        is_docset = self._project.settings.dialect == LEARN
        return (self.docset.said_of(article).encode(),) if is_docset else ()

    def _read_catalogs(self, article: str) -> tuple[bytes, bytes]:
        """Return the bytes of an article's POT and PO; empty where there is none.

        Those of a renamed article may still be at its former path.
        """
        pot = self._read(self._project.template_path(article))
        if not pot and article in self._former:
            pot = self._read(self._project.template_path(self._former[article]))
        if not self._tag:
            return pot, b""
        po = self._read(self._project.catalog_path(article, self._tag))
        prefix = find_prefix(pot.decode(errors="replace")) if pot and not po else ""
        if prefix and prefix in self._orphans:  # only then every catalog is read
            po = self._read(self._project.catalog_path(self._orphans[prefix], self._tag))
        return pot, po

    @cached_property
    def _former(self) -> Mapping[str, str]:
        """The former path of each renamed article that `gettext` has not seen yet."""
        files = find_article_files(self._project, [], room=0).files
        return {file.article: file.former for file in files if file.former}

    @cached_property
    def _orphans(self) -> Mapping[str, str]:
        """The former path of each article whose PO `update` has not moved yet, by its prefix."""
        articles = frozenset(self._project.find_articles())
        catalogs = read_catalogs(self._project, self._tag, [])
        gone = catalogs.keys() - articles
        return {find_main_prefix(catalogs[article]): article for article in sorted(gone)}

    def _parse(self, path: Path, content: bytes) -> Catalog | None:
        if not content:
            return None
        with located(self._project.shown(path)):
            return parse(decode_catalog(content, self._project.shown(path)))

    def _read(self, path: Path) -> bytes:
        return read_file(str(path), CatalogError, self._project.shown(path)) or b""
