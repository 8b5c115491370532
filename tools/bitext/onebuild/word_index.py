"""Sphinx's search index, fed with the words of a page: each is stemmed once in a language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.search import IndexBuilder, SearchLanguage


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
        known, titles, mapping = self._known, self._title_mapping, self._mapping
        words = set(self._split(texts))
        # a difference with the keys of a dictionary would go through all of these
        known |= {word: self._stored_as(word) for word in words.difference(known)}
        stored = {known[word] for word in words}
        stored.discard("")
        stored -= {word for word in stored & titles.keys() if docname in titles[word]}
        mapping |= {word: set() for word in stored.difference(mapping)}
        for word in stored:
            mapping[word].add(docname)

    def prune(self, docnames: Iterable[str]) -> None:
        """Drop what is known of other pages; an intersection with a set takes less time."""
        super().prune(frozenset(docnames))

    def _split(self, texts: Iterable[str]) -> Iterable[str]:
        """Return the words of texts; where a word is a run of letters, all are split at once."""
        split = self.lang.split
        if type(self.lang).split is SearchLanguage.split:
            return split("\n".join(texts))
        return (word for text in texts for word in split(text))

    def _stored_as(self, word: str) -> str:
        """Return what the index has of a word; empty if it has nothing."""
        stem = self.lang.stem(word).lower()
        is_kept = self.lang.word_filter
        return stem if is_kept(stem) else word if is_kept(word) else ""
