"""Sphinx's own search index, with each word stemmed once in a build instead of once per page."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sphinx.search import SearchLanguage, languages

from bitext.sphinx_ext.word_cutters import SearchPlain, find_search_language

if TYPE_CHECKING:
    from sphinx.config import Config

_FALLBACK = "en"
"""What Sphinx takes for a language that nobody names."""


def choose_search_language(config: Config) -> type[SearchLanguage]:
    """Return the class that indexes this build, and tell Sphinx to use it.

    It is the one that Sphinx would choose itself where that serves the language: Sphinx takes those
    that it does not know for English, and needs a dictionary for Chinese and Japanese.
    """
    wanted = config.html_search_language or config.language or _FALLBACK
    ours = None if config.html_search_options else find_search_language(wanted)
    if ours:
        config.html_search_language = ours.lang
        return _remembering(ours)
    names = (wanted, wanted.partition("_")[0])
    name = next((name for name in names if name in languages), "")
    if not name:
        config.html_search_language = SearchPlain.lang
        return _remembering(SearchPlain)
    config.html_search_language = name
    return _remembering(_load(name))


def _load(name: str) -> type[SearchLanguage]:
    found = languages[name]
    if not isinstance(found, str):
        return found
    module, _, attribute = found.rpartition(".")
    loaded: type[SearchLanguage] = getattr(import_module(module), attribute)
    return loaded


def _remembering(base: type[SearchLanguage]) -> type[SearchLanguage]:
    """Return `base` with a memory of the stems that it found."""

    class Remembering(base):  # type: ignore[misc, valid-type]
        def __init__(self, options: dict[str, str]) -> None:
            super().__init__(options)
            self._stems: dict[str, str] = {}

        def stem(self, word: str) -> str:
            stem = self._stems.get(word)
            if stem is None:
                stem = self._stems[word] = super().stem(word)
            return stem

    return Remembering
