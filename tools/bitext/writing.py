"""How languages are written: the marks that end sentences, the letters, the forms after numbers.

What no table of ours says comes from Babel (CLDR).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from bitext.languages import Language, locale_name, parse_language

_ASCII_MARKS = {"": "", ".": ".", ":": ":", ";": ";", ",": ","}
_SCRIPTS_WITH_ASCII_MARKS = frozenset({"Latn", "Cyrl", "Hebr", "Kore", "Geor"})
_END_MARKS = {
    "ja": {"": "", ".": "。", ":": "：", ";": "；", ",": "、"},
    "zh": {"": "", ".": "。", ":": "：", ";": "；", ",": "，"},
    "ar": {"": "", ".": ".", ":": ":", ";": "؛", ",": "،"},
    "fa": {"": "", ".": ".", ":": ":", ";": "؛", ",": "،"},
    "ur": {"": "", ".": "۔", ":": ":", ";": "؛", ",": "،"},
    "hi": {"": "", ".": "।", ":": ":", ";": ";", ",": ","},
    "bn": {"": "", ".": "।", ":": ":", ";": ";", ",": ","},
    "el": {"": "", ".": ".", ":": ":", ";": "·", ",": ","},
    "fr": {"": "", ".": ".", ":": "\u00a0:", ";": "\u00a0;", ",": ","},
}
"""By language; the Unicode Standard 16, chapter 6.2 and the chapters of the scripts."""

_LETTERS = {
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Grek": ("GREEK",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Hans": ("CJK", "BOPOMOFO"),
    "Hant": ("CJK", "BOPOMOFO"),
    "Kore": ("HANGUL", "CJK"),
    "Arab": ("ARABIC",),
    "Hebr": ("HEBREW",),
    "Deva": ("DEVANAGARI",),
    "Thai": ("THAI",),
}
"""First words of the Unicode names of a script's letters, by its code in ISO 15924."""


@cache
def end_marks(tag: str) -> Mapping[str, str]:
    """Return how a language writes the marks that end an English sentence; of those known.

    Questions and exclamations are left out: Spanish begins them with a mark too.

    >>> end_marks("ja-JP")["."]
    '。'
    """
    language = parse_language(tag)
    if language is None:
        return {}
    if language.language in _END_MARKS:
        return _END_MARKS[language.language]
    return _ASCII_MARKS if _script(language) in _SCRIPTS_WITH_ASCII_MARKS else {}


@cache
def scripts(tag: str) -> frozenset[str]:
    """Return the scripts of a language: first words of the Unicode names of its letters.

    Empty for a language whose script we do not know by that name.

    >>> sorted(scripts("ja-JP")), sorted(scripts("sr-Latn-RS")), sorted(scripts("sl-SI"))
    (['CJK', 'HIRAGANA', 'KATAKANA'], ['LATIN'], ['LATIN'])
    """
    language = parse_language(tag)
    return frozenset(_LETTERS.get(_script(language), ())) if language else frozenset()


def _script(language: Language) -> str:
    """Return the script of a language, in its region if that has its own; empty if not known."""
    from babel.core import get_global

    if language.script:
        return language.script
    likely = get_global("likely_subtags")
    name = f"{language.language}_{language.region}"
    found = str(likely.get(name, likely.get(language.language, "")))
    return "".join(found.split("_")[1:2])


def plural_category(tag: str, number: str) -> str:
    """Return the plural category of a number as English writes it; empty if it is none.

    A version such as ``3.11.2`` counts nothing: its category is its own.

    >>> plural_category("sl-SI", "2"), plural_category("sl-SI", "3")
    ('two', 'few')
    """
    from babel import Locale

    name = locale_name(tag)
    if number.count(".") > 1:
        return "version"
    plain = number.replace(",", "")
    if name is None or not plain.replace(".", "").isdecimal():
        return ""
    return str(Locale.parse(name).plural_form(Decimal(plain)))
