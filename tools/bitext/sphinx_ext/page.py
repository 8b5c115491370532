"""What the parser needs to know of the page that Sphinx is reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx.util import logging

from bitext.localization import Localization
from bitext.markdown.blocks import Grammar

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_KEY = "bitext_page"
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """An article in the language of the build."""

    localization: Localization
    grammar: Grammar
    source_language: str
    catalog: str
    """The PO file as messages show it; the article where there is none."""


def set_page(env: BuildEnvironment, page: Page) -> None:
    """Keep `page` while its article is read; Sphinx forgets it afterwards."""
    env.temp_data[_KEY] = page


def page_of(env: BuildEnvironment) -> Page | None:
    """Return the page that is being read; None if its file is no article of the project."""
    page: Page | None = env.temp_data.get(_KEY)
    return page


def warn(page: Page, identifier: str, message: str) -> None:
    """Warn of a sentence, at its line of the PO file."""
    line = page.localization.lines.get(identifier) or None
    _LOGGER.warning(
        "%s: %s; it is shown as text",
        identifier,
        message,
        location=f"{page.catalog}:{line}" if line else page.catalog,
        type="bitext",
        subtype="untrusted",
    )
