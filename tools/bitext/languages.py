"""Language names: BCP 47 for people and browsers, and the names gettext and Sphinx use.

Directions, display names and plural rules come from Babel (CLDR and its gettext table). How a
language is written is in `writing`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

PSEUDO_LANGUAGE = "qps-ploc"
"""The pseudo-language of BCP 47's private range: it shows text never offered for translation."""

_TAG = re.compile(
    r"""
    (?P<language>[A-Za-z]{2,3})
    (?:-(?P<script>[A-Za-z]{4}))?
    (?:-(?P<region>[A-Za-z]{2}|[0-9]{3}))?
    """,
    re.VERBOSE,
)
"""The part of RFC 5646 that published sites use: language, script, region."""

_SCRIPT_MODIFIERS = {"Latn": "latin", "Cyrl": "cyrillic", "Arab": "arabic", "Deva": "devanagari"}
"""gettext's ``@`` modifiers for scripts (GNU gettext manual, "Locale Names")."""

_SCRIPT_REGIONS = {("zh", "Hans"): "CN", ("zh", "Hant"): "TW"}
"""The region that gettext names in place of a script (GNU gettext manual, "Locale Names")."""

_PRIVATE_PLURALS = "nplurals=2; plural=(n != 1);"
"""For languages that the table does not have: the rule of English."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language tag taken apart; each part has its canonical case."""

    tag: str
    """BCP 47: ``sl-SI``, ``zh-Hant-TW``."""

    language: str
    script: str
    region: str

    @property
    def gettext(self) -> str:
        """The name in a PO header: ``sl_SI``, ``sr_RS@latin``."""
        region = self.region or _SCRIPT_REGIONS.get((self.language, self.script), "")
        name = f"{self.language}_{region}" if region else self.language
        modifier = _SCRIPT_MODIFIERS.get(self.script)
        return f"{name}@{modifier}" if modifier else name


@cache
def parse_language(tag: str) -> Language | None:
    """Return the language that `tag` names, or None if it is not a BCP 47 tag we know.

    >>> parse_language("sl-si").tag
    'sl-SI'
    >>> parse_language("sr-Latn-RS").gettext
    'sr_RS@latin'
    >>> parse_language("zh-Hans").gettext, parse_language("zh-Hant-HK").gettext
    ('zh_CN', 'zh_HK')
    >>> parse_language("slovenian") is None
    True
    """
    if tag.lower() == PSEUDO_LANGUAGE:
        return Language(PSEUDO_LANGUAGE, "qps", "", "")
    match = _TAG.fullmatch(tag)
    if match is None:
        return None
    language = match["language"].lower()
    script = (match["script"] or "").title()
    region = (match["region"] or "").upper()
    tag = "-".join(part for part in (language, script, region) if part)
    return Language(tag, language, script, region)


def is_known(tag: str) -> bool:
    """Tell whether CLDR has a language of this name (the pseudo-language counts)."""
    from babel import Locale, localedata

    language = parse_language(tag)
    if language is None:
        return False
    if tag == PSEUDO_LANGUAGE or localedata.exists(language.language):
        return True
    return language.language in Locale("en").languages  # a tenth of a short command's time


def sphinx_name(tag: str, available: Collection[str]) -> str:
    """Return Sphinx's name for the language, chosen among its `available` message catalogs.

    The most specific that exists wins; a language that Sphinx does not have gets its gettext
    name, and with it English theme strings.

    >>> sphinx_name("sl-SI", {"sl", "zh_CN"})
    'sl'
    >>> sphinx_name("zh-CN", {"sl", "zh_CN"})
    'zh_CN'
    >>> sphinx_name("sr-Latn-RS", {"sr", "sr@latin"})
    'sr@latin'
    """
    language = parse_language(tag)
    if language is None:
        return tag
    modifier = _SCRIPT_MODIFIERS.get(language.script)
    candidates = [language.gettext, f"{language.language}_{language.region}"]
    if modifier:
        candidates.insert(1, f"{language.language}@{modifier}")
    for name in (*candidates, language.language):
        if name in available:
            return name
    return language.gettext


def gettext_names(tag: str) -> list[str]:
    """Return the names that a folder of a language's catalogs may have, the usual ones first.

    >>> gettext_names("zh-CN"), gettext_names("sr-Latn-RS")[:2]
    (['zh-CN', 'zh_CN', 'zh_Hans', 'zh_Hans_CN', 'zh'], ['sr-Latn-RS', 'sr_RS@latin'])
    """
    language = parse_language(tag)
    if language is None:
        return [tag]
    scripts = [
        name
        for (own, name), region in _SCRIPT_REGIONS.items()
        if own == language.language and region == language.region
    ]
    modifier = _SCRIPT_MODIFIERS.get(language.script)
    names = [
        tag,
        language.gettext,
        *([f"{language.language}@{modifier}"] if modifier else []),
        tag.replace("-", "_"),
        *(f"{language.language}_{script}" for script in scripts),
        *(f"{language.language}_{script}_{language.region}" for script in scripts),
        language.language,
    ]
    return list(dict.fromkeys(names))


@cache
def locale_name(tag: str) -> str | None:
    """Return the closest locale that CLDR has, as Babel spells it."""
    from babel import Locale, UnknownLocaleError

    language = parse_language(tag)
    if language is None:
        return None
    parts = [language.language, language.script, language.region]
    for name in ("_".join(filter(None, parts)), "_".join(parts[:2]).rstrip("_"), parts[0]):
        try:
            return str(Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue
    return None


@cache
def plural_forms(tag: str) -> str:
    """Return the value of a PO header's ``Plural-Forms`` field.

    >>> plural_forms("ja-JP")
    'nplurals=1; plural=0;'
    """
    from babel.messages.plurals import PLURALS, get_plural

    language = parse_language(tag)
    if language is None or not {language.language, language.gettext} & set(PLURALS):
        return _PRIVATE_PLURALS
    return str(get_plural(locale_name(tag)).plural_forms)


@cache
def plural_counts(tag: str) -> frozenset[int]:
    """Return how many plural forms tools give a language.

    gettext's table, CLDR's, and CLDR's for whole numbers differ (French: 2 or 3).

    >>> sorted(plural_counts("sl-SI")), sorted(plural_counts("fr-FR"))
    ([4], [2, 3])
    """
    from babel import Locale

    counts = {int(plural_forms(tag).partition("=")[2].partition(";")[0])}
    name = locale_name(tag)
    if name:
        rule = Locale.parse(name).plural_form
        counts |= {len(rule.tags) + 1, len({rule(number) for number in range(2_000)})}
    return frozenset(counts)


@cache
def direction(tag: str) -> str:
    """Return ``"rtl"`` for languages written from right to left, else ``"ltr"``."""
    from babel import Locale

    name = locale_name(tag)
    return str(Locale.parse(name).text_direction) if name else "ltr"


def short_name(tag: str, *, among: Collection[str] = ()) -> str:
    """Return the language's name in itself, with what tells it from others that are shown.

    >>> short_name("sl-SI"), short_name("zh-CN", among=["zh-CN", "zh-TW"])
    ('Slovenščina', '中文 (简体, 中国)')
    """
    from babel import Locale

    language, name = parse_language(tag), locale_name(tag)
    if language is None or name is None:
        return tag
    alike = [other for other in map(parse_language, among) if other and other.tag != tag]
    is_alone = all(other.language != language.language for other in alike)
    locale = Locale.parse(name)
    shown = locale.get_display_name() if not is_alone else locale.get_language_name()
    return shown[:1].upper() + shown[1:] if shown else tag


@lru_cache(maxsize=10_000)
def per_cent(tag: str, number: int) -> str:
    r"""Return a number of per cent as the language writes it.

    >>> per_cent("sl-SI", 72), per_cent("en-US", 72)
    ('72\xa0%', '72%')
    """
    from babel.numbers import format_percent

    return format_percent(number / 100, locale=locale_name(tag) or "en")


def english_name(tag: str) -> str:
    """Return the language's name in English, for comments in PO files.

    >>> english_name("sl-SI")
    'Slovenian'
    """
    from babel import Locale

    name = locale_name(tag)
    return str(Locale.parse(name).get_language_name("en") or tag) if name else tag
