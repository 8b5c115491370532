"""Words of the search index: the same in Python and in the reader's browser."""

from __future__ import annotations

import pytest

from bitext.characters import joins_without_space
from bitext.sphinx_ext.word_cutters import find_search_language


def words(language: str, text: str) -> list[str]:
    found = find_search_language(language)
    assert found is not None
    cutter = found({})
    return [cutter.stem(word) for word in cutter.split(text)]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("sl", "prevod", "prevodi"),
        ("sl", "nastavitev", "nastavitve"),
        ("sl", "datoteka", "datotekami"),
        ("sl", "posnetek", "posnetki"),
        ("ar", "ترجمة", "الترجمة"),
        ("ar", "مقالات", "المقالات"),
        ("ko", "번역", "번역을"),
        ("pl", "strona", "stronami"),
    ],
)
def test_forms_of_a_word_are_found_by_each_other(language: str, one: str, other: str) -> None:
    assert words(language, one) == words(language, other)


def test_letters_without_spaces_are_indexed_alone_and_in_pairs() -> None:
    assert words("ja", "翻訳者 PO2") == ["翻", "訳", "者", "翻訳", "訳者", "PO2"]
    assert words("zh_CN", "段") == ["段"]


@pytest.mark.parametrize("language", ["en", "de", "ru", "tr"])
def test_languages_that_sphinx_serves_are_left_to_it(language: str) -> None:
    assert find_search_language(language) is None


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("終わり。", "次", True),
        ("终。", "See", True),
        ("終わり", "次", True),
        ("끝.", "다음", False),
        ("끝", "다음", False),
        ("PO。**", "**次", True),
        ("See", "次", False),
        ("Konec.", "Začetek", False),
        ("", "", False),
    ],
)
def test_only_chinese_and_japanese_sentences_stand_together(
    before: str, after: str, joined: bool
) -> None:
    assert joins_without_space(before, after) == joined
