"""A project's own translations of what Sphinx and its theme say, such as "Next"."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import NullTranslations
from typing import TYPE_CHECKING

from sphinx import locale

from bitext.po import Catalog

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_CATALOG = ("general", "sphinx")
"""Sphinx's namespace and name of what pages say."""


class ProjectWords(NullTranslations):
    """Translations that come before those of Sphinx."""

    def __init__(self, words: Mapping[str, str], others: NullTranslations) -> None:
        super().__init__()
        self._words = words
        self.add_fallback(others)

    def gettext(self, message: str) -> str:
        """Return the translation of `message`: the project's, Sphinx's, or itself.

        White space is that of the template, which no catalog has to know.
        """
        found = self._words.get(" ".join(message.split()))
        if found is None:
            return super().gettext(message)
        before = message[: len(message) - len(message.lstrip())]
        return before + found + message[len(message.rstrip()) :]


def words_of(catalog: Catalog | None) -> Mapping[str, str]:
    """Return the translations of a catalog by their English, fuzzy ones left out."""
    return {
        " ".join(entry.msgid.split()): entry.msgstr.strip()
        for entry in (catalog.entries if catalog else ())
        if entry.is_translated and not entry.is_fuzzy and not entry.is_obsolete
    }


def use_words(app: Sphinx, words: Mapping[str, str]) -> None:
    """Let pages say `words` in place of what Sphinx and its theme say."""
    if words:
        app.translator = ProjectWords(words, app.translator)
        locale.translators[_CATALOG] = app.translator
