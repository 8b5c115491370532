"""Sphinx's search index, fed with the words of a page: each is stemmed once in a language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.search import IndexBuilder


class WordIndex(IndexBuilder):
    """Sphinx's index; a page's plain texts need no doctree."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._known: dict[str, str] = {}

    def feed_texts(
        self,
        docname: str,
        filename: str,
        title: str,
        *,
        doctree: nodes.document,
        texts: Iterable[str],
    ) -> None:
        """Take a page as `feed` does; `texts` are those of its nodes that are not in `doctree`."""
        self.feed(docname, filename, title, doctree)
        split = self.lang.split
        words = {word for text in texts for word in split(text)}
        for stored in {self._stored_as(word) for word in words}:
            if stored and docname not in self._title_mapping.get(stored, ()):
                self._mapping.setdefault(stored, set()).add(docname)

    def _stored_as(self, word: str) -> str:
        """Return what the index has of a word; empty if it has nothing."""
        stored = self._known.get(word)
        if stored is None:
            stem = self.lang.stem(word).lower()
            is_kept = self.lang.word_filter
            stored = stem if is_kept(stem) else word if is_kept(word) else ""
            self._known[word] = stored
        return stored
