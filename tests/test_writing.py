from __future__ import annotations

import pytest
from babel import localedata

from bitext.languages import is_known
from bitext.writing import end_marks, plural_category, scripts

ENDS = {"", ".", ":", ";", ","}


def test_a_language_has_all_end_marks_or_none() -> None:
    tags = [name.replace("_", "-") for name in localedata.locale_identifiers()]
    known = [end_marks(tag) for tag in filter(is_known, tags)]
    assert {frozenset(marks) for marks in known} == {frozenset(ENDS), frozenset()}


@pytest.mark.parametrize(
    ("tag", "stop", "script"),
    [
        ("sl-SI", ".", {"LATIN"}),
        ("ja-JP", "。", {"CJK", "HIRAGANA", "KATAKANA"}),
        ("ur-PK", "۔", {"ARABIC"}),
        ("sr-Latn-RS", ".", {"LATIN"}),
        ("sr-RS", ".", {"CYRILLIC"}),
        ("az-AZ", ".", {"LATIN"}),
        ("az-IR", None, {"ARABIC"}),  # its comma is not ours
        ("th-TH", None, {"THAI"}),
        ("am-ET", None, set()),
        ("slovenian", None, set()),
    ],
)
def test_marks_and_letters(tag: str, stop: str | None, script: set[str]) -> None:
    assert end_marks(tag).get(".") == stop
    assert scripts(tag) == script


@pytest.mark.parametrize(
    ("tag", "number", "category"),
    [
        *(("sl-SI", "1", "one"), ("sl-SI", "1,002", "two"), ("sl-SI", "0.5", "few")),
        *(("ja-JP", "1", "other"), ("sl-SI", "3.11.2", "version"), ("sl-SI", "x", "")),
        ("xx-XX", "1", ""),
    ],
)
def test_plural_categories(tag: str, number: str, category: str) -> None:
    assert plural_category(tag, number) == category
