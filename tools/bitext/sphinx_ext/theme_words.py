"""A project's own translations of what Sphinx and its theme say, such as "Next"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import TYPE_CHECKING

from sphinx import locale

from bitext.po import Catalog, Entry

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_CATALOG = ("general", "sphinx")
"""Sphinx's namespace and name of what pages say."""


@dataclass(frozen=True, slots=True)
class Words:
    """Translations by their English, in which white space is single spaces."""

    messages: Mapping[str, str] = field(default_factory=dict)

    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """All forms of a message, by the English of one thing."""

    def find(self, message: str) -> str | None:
        """Return the translation of `message`; None if there is none.

        White space around it is that of `message`, which no catalog has to know.
        """
        found = self.messages.get(" ".join(message.split()))
        if found is None:
            return None
        before = message[: len(message) - len(message.lstrip())]
        return before + found + message[len(message.rstrip()) :]


class ProjectWords(NullTranslations):
    """Translations that come before those of Sphinx."""

    def __init__(self, words: Words, others: NullTranslations) -> None:
        super().__init__()
        self._words = words
        self.add_fallback(others)

    def gettext(self, message: str) -> str:
        """Return the translation of `message`: the project's, Sphinx's, or itself."""
        found = self._words.find(message)
        return super().gettext(message) if found is None else found


def words_of(catalog: Catalog | None) -> Words:
    """Return the translations of a catalog, fuzzy ones left out."""
    entries = [
        entry
        for entry in (catalog.entries if catalog else ())
        if entry.is_translated and not entry.is_fuzzy and not entry.is_obsolete
    ]
    return Words(
        {_english(one): one.msgstr.strip() for one in entries if one.msgid_plural is None},
        {_english(one): one.plurals for one in entries if one.plurals and all(one.plurals)},
    )


def _english(entry: Entry) -> str:
    return " ".join(entry.msgid.split())


def use_words(app: Sphinx, words: Words) -> None:
    """Let pages say `words` in place of what Sphinx and its theme say."""
    if words.messages:
        app.translator = ProjectWords(words, app.translator)
        locale.translators[_CATALOG] = app.translator
