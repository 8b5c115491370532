"""The POT and PO files of a project as text: read at once, parsed if need be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bitext.commands.articles import require_content
from bitext.disk import read_file
from bitext.encoding import decode_catalog, located
from bitext.errors import BitextError, CatalogError
from bitext.po import Catalog, parse
from bitext.project import Project
from bitext.settled import Settled, read_settled

Texts = Mapping[str, str | CatalogError]
"""By article: the text of its catalog, or why that cannot be read."""


@dataclass(frozen=True, slots=True)
class CatalogFolder:
    """The folder of the POT files, or of one language's PO files.

    Its paths are text: projects have thousands of files, and a `Path` costs as much as reading.
    """

    path: str
    shown: str
    """Its path as messages show it."""

    suffix: str

    def shown_file(self, article: str) -> str:
        """Return where the catalog of an article is, as messages show it."""
        return f"{self.shown}/{article.removesuffix('.md')}{self.suffix}"

    def read(self, articles: Iterable[str]) -> dict[str, str | CatalogError]:
        """Return the texts of the catalogs that there are."""
        found: dict[str, str | CatalogError] = {}
        for article in articles:
            try:
                text = self.read_one(article)
            except CatalogError as error:
                found[article] = error
            else:
                if text is not None:
                    found[article] = text
        return found

    def read_one(self, article: str) -> str | None:
        """Return the text of a catalog, None if there is none; raises `CatalogError`."""
        shown = self.shown_file(article)
        path = f"{self.path}/{article.removesuffix('.md')}{self.suffix}"
        content = read_file(path, CatalogError, shown)
        if content is None:
            return None
        if self.suffix == ".pot":
            require_content(content, shown)
        return decode_catalog(content, shown)

    def parse(
        self, texts: Texts, errors: list[BitextError], *, is_merged: bool
    ) -> dict[str, Catalog]:
        """Return the catalogs that can be read, by article; adds to `errors`."""
        found: dict[str, Catalog] = {}
        for article, text in texts.items():
            try:
                if isinstance(text, CatalogError):
                    raise text
                found[article] = self.parse_one(article, text, is_merged=is_merged)
            except CatalogError as error:
                errors.append(error)
        return found

    def parse_one(self, article: str, text: str, *, is_merged: bool) -> Catalog:
        """Return a catalog; raises `CatalogError` with its place if it cannot be parsed."""
        with located(self.shown_file(article)):
            return parse(text, is_merged=is_merged)


def template_folder(project: Project) -> CatalogFolder:
    """Return the folder of the POT files."""
    return CatalogFolder(str(project.templates), project.shown(project.templates), ".pot")


def catalog_folder(project: Project, tag: str) -> CatalogFolder:
    """Return the folder of one language's PO files."""
    folder = project.catalogs(tag)
    return CatalogFolder(str(folder), project.shown(folder), ".po")


def read_all(
    folder: CatalogFolder, texts: Texts, templates: Texts, errors: list[BitextError]
) -> dict[str, Catalog | Settled]:
    """Return the catalogs of one language, by article. What cannot be read is added to `errors`."""
    found: dict[str, Catalog | Settled] = {}
    for article, text in texts.items():
        pot = templates.get(article)
        try:
            if isinstance(text, CatalogError):
                raise text
            found[article] = read_either(folder, article, text, pot if isinstance(pot, str) else "")
        except CatalogError as error:
            errors.append(error)
    return found


def read_either(folder: CatalogFolder, article: str, text: str, pot: str) -> Catalog | Settled:
    """Return a catalog, not parsed if it is settled; raises `CatalogError`.

    Several entries of one sentence in a catalog, which git may leave, are united. `pot` is the
    text of its POT; empty if there is none.
    """
    settled = read_settled(text, pot) if pot else None
    return settled or folder.parse_one(article, text, is_merged=True)


def find_settled(catalogs: Texts, templates: Texts) -> Iterator[tuple[str, Settled]]:
    """Yield the catalogs for which there is nothing to do, by article."""
    for article, text in catalogs.items():
        template = templates.get(article)
        if isinstance(text, str) and isinstance(template, str):
            settled = read_settled(text, template)
            if settled is not None:
                yield article, settled
