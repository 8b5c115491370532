"""Markup in a text that is no Markdown: what is named, and what is prose."""

from __future__ import annotations

import pytest

from bitext.markdown.stray import find_markdown, find_markup


@pytest.mark.parametrize(
    ("english", "translation", "named"),
    [
        ("Title", '<img src="x" onerror="alert(1)">', "'<img'"),
        ("Use <b>", "Uporabite <B> in <i>", "'<i'"),
        ("Title", "</title>", "'</title'"),
        ("Title", "[x](javascript:alert(1))", "']('"),
        ("Title", "[x]{.evil}", "']{'"),
        ("Title", "x[^1]", "'[^'"),
        ("Title", "{{ secret }}", "'{{'"),
        ("Title", "x {% set y %}", "'{%'"),
        ("Title", "{ref}`x`", "'{ref}`'"),
        ("The `code`", "**Koda** `code`", "'**'"),
        ("Title", "~~x~~", "'~~'"),
        ("Title", "# Naslov", "'#' at its start"),
        ("Title", "- Naslov", "'-' at its start"),
        ("Title", "2024. leto", "'2024.' at its start"),
        ("Title", "---", "'---' at its start"),
        ("Title", "Naslov\n> x", "'>' at the start of a line"),
    ],
)
def test_markup_is_named(english: str, translation: str, named: str) -> None:
    assert find_markdown(translation, english) == named
    assert find_markup(translation, english) == named


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("Title", "Naslov | Podjetje – 5 < 6, *zvezdica*, C#, {x} in $5"),
        ("Use <b> and `code`", "`code` in <b>"),
        ("Version 2", "2. različica"),
        ("# of items", "# predmetov"),
        ("Title", '" onerror="alert(1)'),
    ],
)
def test_prose_is_not(english: str, translation: str) -> None:
    assert find_markup(translation, english) == ""


def test_an_entity_is_a_character_in_html_and_its_letters_elsewhere() -> None:
    assert find_markdown("Ena &amp; dve", "One") == ""
    assert find_markup("Ena &amp; dve", "One") == "'&amp;'"
    assert find_markup("Ena &amp; dve", "One &amp; two") == ""
