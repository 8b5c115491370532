"""What the parser needs to know of the page that Sphinx is reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from bitext.characters import visible
from bitext.encoding import decode_article
from bitext.errors import ArticleError, BitextError
from bitext.localization import Localization
from bitext.markdown.blocks import Grammar, ReadArticle

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from bitext.sphinx_ext.learn.docset import Docset
    from bitext.sphinx_ext.reading import MadeFrom, Reading

ORIGIN = "ms.translationtype"
"""The key of a page's metadata that says who translated it."""

_PAGE = "bitext_page"
_READING = "bitext_reading"
_SEEN = "bitext_seen"
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """An article in the language of the build."""

    parsed: ReadArticle
    localization: Localization
    grammar: Grammar
    source_language: str
    article: str
    """Its path below the articles' folder, without ending."""

    catalog: str
    """The PO file as messages show it; the article where there is none."""

    origin: str = ""
    """Who translated, as the catalog says: ``MT`` for a machine; empty if it does not say."""


def expect_page(env: BuildEnvironment, reading: Reading) -> None:
    """Let the parser find the catalogs while it reads an article; Sphinx forgets it afterwards."""
    env.temp_data[_READING] = reading


def open_page(env: BuildEnvironment, text: str) -> Page | None:
    """Return the page of the article that is being read; None if it is none of the project's.

    Warns of what keeps its sentences from having IDs or translations.
    """
    reading: Reading | None = env.temp_data.get(_READING)
    if reading is None:
        return None
    docname = env.current_document.docname
    seen_by(env)[docname] = []
    page = _read_page(env, reading, Path(env.doc2path(docname)), text)
    if page is not None:
        env.temp_data[_PAGE] = page
    return page


def include_page(env: BuildEnvironment, target: str) -> Page | None:
    """Return the page of an article that the one being read includes; None if it is none."""
    return include_article(env, Path(env.relfn2path(target, env.current_document.docname)[1]))


def docset_of(env: BuildEnvironment) -> Docset:
    """Return the files around the page that is being read."""
    reading: Reading = env.temp_data[_READING]
    return reading.docset


def include_article(env: BuildEnvironment, path: Path) -> Page | None:
    """Return the page of an article that the one being read includes; None if it is none."""
    reading: Reading | None = env.temp_data.get(_READING)
    if reading is None or not reading.is_article(path) or not path.is_file():
        return None
    try:
        text = decode_article(path.read_bytes(), str(path))
    except ArticleError:
        return None
    return _read_page(env, reading, path, text)


def _read_page(env: BuildEnvironment, reading: Reading, path: Path, text: str) -> Page | None:
    """Return an article's page, and note for the next build what it was made from."""
    docname = env.current_document.docname
    try:
        page, made_from = reading.read(path, text)
    except BitextError as error:
        seen_by(env)[docname].append(reading.never_current(path))
        message = "%s; the page is shown in English, without IDs"
        own = error if error.path else error.located(str(path))
        place = own.place if own.line else f"{own.path}:1"  # else Sphinx takes it for a page
        _LOGGER.warning(
            message, visible(error.message), location=place, type="bitext", subtype="catalog"
        )
        return None
    seen_by(env)[docname].append(made_from)
    report(page, docname if path == Path(env.doc2path(docname)) else f"{path}:1")
    return page


def report(page: Page, place: str) -> None:
    """Warn of what is wrong with the catalogs of the page whose article is at `place`."""
    for identifier, complaint in page.localization.complaints.items():
        _warn(page, identifier, complaint)
    unknown = page.localization.unknown
    if unknown:
        message = "sentences without an ID yet: %d, shown in English; run 'bitext gettext'"
        _LOGGER.warning(message, unknown, location=place, type="bitext", subtype="behind")


def has_page(env: BuildEnvironment) -> bool:
    """Tell whether the document that is being read is a page of the project."""
    return _PAGE in env.temp_data


def seen_by(env: BuildEnvironment) -> dict[str, list[MadeFrom]]:
    """Return what each page that Sphinx has read was made from, by docname; kept with `env`."""
    if not hasattr(env, _SEEN):
        setattr(env, _SEEN, {})
    seen: Any = getattr(env, _SEEN)
    return seen  # type: ignore[no-any-return]


def warn(page: Page, identifier: str, message: str) -> None:
    """Warn of a sentence, at its line of the PO file; of one that was warned of, no more."""
    if identifier not in page.localization.complaints:
        _warn(page, identifier, message)


def _warn(page: Page, identifier: str, message: str) -> None:
    line = page.localization.lines.get(identifier) or None
    _LOGGER.warning(
        "%s: %s",
        identifier,
        visible(" ".join(message.split("\n"))),
        location=f"{page.catalog}:{line}" if line else page.catalog,
        type="bitext",
        subtype="untrusted",
    )
