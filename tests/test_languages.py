from __future__ import annotations

import pytest

from bitext.languages import (
    PSEUDO_LANGUAGE,
    direction,
    english_name,
    is_known,
    parse_language,
    plural_forms,
    short_name,
    sphinx_name,
)

SPHINX = {"sl", "de", "ja", "ar", "zh_CN", "zh_TW", "pt_BR", "pt_PT", "sr", "sr@latin", "sr_RS"}


@pytest.mark.parametrize(
    ("tag", "gettext", "sphinx", "right_to_left", "english"),
    [
        ("sl-SI", "sl_SI", "sl", False, "Slovenian"),
        ("sl", "sl", "sl", False, "Slovenian"),
        ("de-AT", "de_AT", "de", False, "German"),
        ("ja-JP", "ja_JP", "ja", False, "Japanese"),
        ("ar-SA", "ar_SA", "ar", True, "Arabic"),
        ("he-IL", "he_IL", "he_IL", True, "Hebrew"),
        ("zh-CN", "zh_CN", "zh_CN", False, "Chinese"),
        ("zh-TW", "zh_TW", "zh_TW", False, "Chinese"),
        ("zh-Hant-TW", "zh_TW", "zh_TW", False, "Chinese"),
        ("pt-BR", "pt_BR", "pt_BR", False, "Portuguese"),
        ("sr-Latn-RS", "sr_RS@latin", "sr@latin", False, "Serbian"),
        ("sr-Cyrl", "sr@cyrillic", "sr", False, "Serbian"),
        ("es-419", "es_419", "es_419", False, "Spanish"),
        ("ast-ES", "ast_ES", "ast_ES", False, "Asturian"),
        (PSEUDO_LANGUAGE, "qps", "qps", False, PSEUDO_LANGUAGE),
    ],
)
def test_names(tag: str, gettext: str, sphinx: str, right_to_left: bool, english: str) -> None:
    language = parse_language(tag)
    assert language is not None
    assert (language.tag, language.gettext) == (tag, gettext)
    assert sphinx_name(tag, SPHINX) == sphinx
    assert direction(tag) == ("rtl" if right_to_left else "ltr")
    assert english_name(tag) == english
    assert short_name(tag)
    assert is_known(tag)


@pytest.mark.parametrize(
    ("written", "tag"),
    [("SL-si", "sl-SI"), ("zh-hant-tw", "zh-Hant-TW"), ("sr-LATN", "sr-Latn")],
)
def test_a_tag_has_one_spelling(written: str, tag: str) -> None:
    language = parse_language(written)
    assert language is not None
    assert language.tag == tag


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "s",
        "slovenian",
        "sl_SI",
        "sl-",
        "-SI",
        "sl-SI-x",
        "sl-S",
        "sl SI",
        "sl-SI\n",
        "ſl",
        "../x",
    ],
)
def test_what_is_no_tag(tag: str) -> None:
    assert parse_language(tag) is None
    assert not is_known(tag)


def test_a_language_that_does_not_exist() -> None:
    assert parse_language("xx-XX") is not None
    assert not is_known("xx-XX")
    assert (english_name("xx-XX"), short_name("xx-XX"), direction("xx-XX")) == (
        "xx-XX",
        "xx-XX",
        "ltr",
    )


@pytest.mark.parametrize(
    ("tag", "count"),
    [
        *(("sl-SI", 4), ("ja-JP", 1), ("de-DE", 2), ("ar-SA", 6), ("zh-TW", 1), ("pt-BR", 2)),
        *(("cs-CZ", 3), (PSEUDO_LANGUAGE, 2), ("xx-XX", 2)),
    ],
)
def test_plural_forms(tag: str, count: int) -> None:
    forms = plural_forms(tag)
    assert forms.startswith(f"nplurals={count}; plural=")
    assert forms.endswith(";")


def test_a_language_is_named_in_itself_and_with_its_region_beside_another() -> None:
    assert [short_name(tag) for tag in ("de-DE", "sl-SI", "ja-JP")] == [
        "Deutsch",
        "Slovenščina",
        "日本語",
    ]
    tags = ["pt-BR", "pt-PT", "sl-SI"]
    assert [short_name(tag, among=tags) for tag in tags] == [
        "Português (Brasil)",
        "Português (Portugal)",
        "Slovenščina",
    ]
