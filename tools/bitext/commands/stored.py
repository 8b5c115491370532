"""The catalogs on disk, kept as far as they fit in memory; the rest is read whenever asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Generic, TypeVar

from bitext.commands.texts import CatalogFolder, catalog_folder, read_either, template_folder
from bitext.errors import BitextError, CatalogError
from bitext.po import Catalog
from bitext.project import Project
from bitext.settled import Settled

ROOM = 16_000_000
"""Characters of catalogs that are kept, of each kind; parsed they take about five times that."""

_ID = re.compile(r'^msgctxt[ \t]++"(.*)"', re.MULTILINE)

_Value = TypeVar("_Value")


class _Kept(Generic[_Value]):
    """Values by article, as many as fit: whoever comes again meets the first of them again."""

    def __init__(self) -> None:
        self._room = ROOM
        self._values: dict[str, _Value] = {}
        self.is_whole = True
        """Whether all were kept."""

    def get(self, article: str) -> _Value | None:
        return self._values.get(article)

    def add(self, article: str, value: _Value, size: int) -> None:
        """Keep a value that takes as much as a text of this size, if it fits."""
        if size <= self._room:
            self._values[article] = value
            self._room -= size
        else:
            self.is_whole = False


class StoredTemplates:
    """The POT files, for all languages."""

    def __init__(self, project: Project) -> None:
        self._folder = template_folder(project)
        self._texts: _Kept[str] = _Kept()
        self._parsed: _Kept[Catalog] = _Kept()
        self._errors: dict[str, BitextError] = {}
        self.articles: Collection[str] = dict.fromkeys(project.find_templates()).keys()

    def text(self, article: str) -> str | None:
        """Return the text of a POT, well-formed or not; None if there is none.

        Why it cannot be read is noted, and None returned too.
        """
        kept = self._texts.get(article)
        if kept is not None or article not in self.articles:
            return kept
        try:
            text = self._folder.read_one(article)
        except CatalogError as error:
            self._errors[article] = error
            return None
        if text is not None:
            self._texts.add(article, text, len(text))
        return text

    def parse(self, article: str) -> Catalog | None:
        """Return a POT; None if there is none or it cannot be read, which is noted."""
        kept = self._parsed.get(article)
        if kept is not None or article in self._errors:
            return kept
        text = self.text(article)
        if text is None:
            return None
        try:
            template = self._folder.parse_one(article, text, is_merged=False)
        except CatalogError as error:
            self._errors[article] = error
            return None
        self._parsed.add(article, template, len(text))
        return template

    def ids(self) -> Iterator[Collection[str]]:
        """Yield the IDs in each POT: where one is broken, nobody can tell what left it."""
        for article in self.articles:
            text = self.text(article)
            if text is not None:
                yield _ID.findall(text)

    @property
    def errors(self) -> list[BitextError]:
        """Why POTs that were asked for cannot be read, in the order of all."""
        return [self._errors[article] for article in self.articles if article in self._errors]


class StoredCatalogs:
    """The PO files of one language.

    Several entries of one sentence in a catalog, which git may leave, are united.
    """

    def __init__(
        self,
        project: Project,
        tag: str,
        templates: StoredTemplates,
        note_settled: Callable[[Settled], None],
    ) -> None:
        self._templates = templates
        self._note_settled = note_settled
        self._folder: CatalogFolder = catalog_folder(project, tag)
        self._found: Collection[str] = dict.fromkeys(project.find_catalogs(tag)).keys()
        self._kept: _Kept[Catalog | Settled] = _Kept()
        self._settled: set[str] = set()
        self._errors: dict[str, BitextError] = {}

    @property
    def is_held(self) -> bool:
        """Whether all that were read fitted in memory."""
        return self._kept.is_whole

    @property
    def errors(self) -> list[BitextError]:
        """Why catalogs cannot be read, in the order in which they were asked for."""
        return list(self._errors.values())

    def articles(self) -> Iterable[str]:
        """Return the articles that have a POT, in order; not those that are settled."""
        return (article for article in self._templates.articles if article not in self._settled)

    def has_template(self, article: str) -> bool:
        """Tell whether an article has a POT, readable or not."""
        return article in self._templates.articles

    def template(self, article: str) -> Catalog | None:
        """Return an article's POT; None if it cannot be read."""
        return self._templates.parse(article)

    def catalogs(self) -> Iterator[tuple[str, Catalog | Settled]]:
        """Yield the catalogs that can be read, in order, with their article."""
        for article in self._found:
            catalog = self.catalog(article)
            if catalog is not None:
                yield article, catalog

    def catalog(self, article: str) -> Catalog | Settled | None:
        """Return an article's catalog; None if there is none or it cannot be read."""
        kept = self._kept.get(article)
        if kept is not None or article in self._errors:
            return kept
        try:
            text = self._folder.read_one(article)
            catalog = self._parse(article, text) if text is not None else None
        except CatalogError as error:
            self._errors[article] = error
            return None
        if text is not None and catalog is not None:
            self._kept.add(article, catalog, len(text))
        return catalog

    def _parse(self, article: str, text: str) -> Catalog | Settled:
        """Return a catalog, settled if its text alone tells that it is."""
        catalog = read_either(self._folder, article, text, self._templates.text(article) or "")
        if isinstance(catalog, Settled) and article not in self._settled:
            self._settled.add(article)
            self._note_settled(catalog)
        return catalog

    def has_catalog(self, article: str) -> bool:
        """Tell whether an article has a catalog that can be read."""
        if article not in self._found:
            self.catalog(article)  # notes the folder that may be in its place
        return article in self._found and article not in self._errors

    def is_unreadable(self, article: str) -> bool:
        """Tell whether there is a catalog that cannot be read."""
        return article in self._errors

    @property
    def has_others(self) -> bool:
        """Whether the memory is made of catalogs besides these too."""
        return False

    def known(self) -> Iterator[Catalog | Settled]:
        """Yield what the memory is made of, in order."""
        return (catalog for _, catalog in self.catalogs())

    def ids(self) -> Iterator[Collection[str]]:
        """Yield the IDs in each POT."""
        return self._templates.ids()
