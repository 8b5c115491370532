"""The search index that takes words is the one that Sphinx makes of a doctree."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.search import IndexBuilder

from bitext.onebuild.word_index import WordIndex

TEXTS = ("The lamps, a lamp's light", "Running 2 lamps; 42", "über Lampen the", "")


def _environment() -> Any:
    names = "titles filenames mapping title_mapping all_titles index_entries objtypes objnames"
    tables: dict[str, Any] = {f"_search_index_{name}": {} for name in names.split()}
    return SimpleNamespace(domains=(), version=1, metadata=defaultdict(dict), **tables)


def _title(text: str) -> nodes.section:
    section = nodes.section(ids=["a"])
    section.append(nodes.title("", text))
    return section


@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_words_are_those_of_a_doctree(language: str) -> None:
    whole, parts = new_document(""), new_document("")
    for document in (whole, parts):
        document.append(_title("The light"))
    whole.extend(nodes.Text(text) for text in TEXTS)
    theirs, ours = _environment(), _environment()
    IndexBuilder(theirs, language, {}, "").feed("a", "a.md", "T", whole)
    index = WordIndex(ours, language, {}, "")
    texts = [*TEXTS, "The light"]  # of the title, which is a node of text too
    index.feed_texts("a", "a.md", "T", doctree=parts, texts=texts)
    assert vars(ours) == vars(theirs)
