"""Group E: numbers, whatever the language writes them like."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from bitext.checks.model import Example, PairCheck, Severity
from bitext.checks.pair import Pair, walk
from bitext.writing import scripts

_NUMBER = re.compile(
    r"(?<!\d) (?: \d{1,3} (?:[.,\u00a0\u202f\ ]\d{3})+ (?!\d) (?:[.,]\d+)? | \d+ )", re.VERBOSE
)
"""A number with thousands set apart, or the digits of one; two sides are cut alike."""

_SCALED = re.compile(r"\d\s*(?:[KM]\b|thousand|million|billion|[万億亿萬만억])")
"""A number in thousands or more, which each language counts its own way."""

_SPELLED = re.compile(r"\d(?:[\d.,\u00a0\u202f ]*\d)?")
_DIGITS = re.compile(r"\d+")
_DIGIT, _ASCII_DIGIT = re.compile(r"\d"), re.compile("[0-9]")
_ADDRESS = re.compile(r"\w+://\S+")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_NONE: Counter[str] = Counter()

_EXACT = re.compile(r"(?<![\w.])(?:\d+(?:\.\d+){2,}|0x[0-9A-Fa-f]+)(?!\w)")
"""Versions, addresses and hexadecimal numbers: no language writes them otherwise."""

_MOST_WORDED = 12
_MOST_ADDED = 99
"""Numbers up to here may be words in the translation, and in the English."""

_MONTH = re.compile(
    r"\b(?:Jan|Febr?|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ch|il|ust|tember|ober|ember)?\b"
)
_MONTH_SIGN = re.compile(r"\d\s*[月월]")
_MONTHS = 12
"""Months are numbers in Chinese, Japanese and Korean."""

_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
"""A day of a month or a place in a row: a word in many languages."""

_HYPHENED = re.compile(r"\b([A-Z]{2,})-(\d+)\b")
"""A name that ends in a number, as COVID-19: another name needs none."""

_PRODUCT = re.compile(r"(?<![A-Za-z])([A-Z][A-Za-z]+)[ \u00a0]?(\d{1,3})(?!\d)")
"""A Latin name and its number."""

_FULL_HOUR = re.compile(r"\d:00\b")
"""A full hour needs no minutes in many languages."""

_CENTURY = 2
"""Digits of a year without its century."""


def _find_numbers(pair: Pair) -> Iterator[str]:
    """Yield numbers of the English that the translation lacks, and the other way around."""
    if _are_alike(pair.source_text, pair.text):
        return
    wanted, found = _numbers(pair.source_text), _numbers(pair.text)
    if wanted == found:
        missing = _find_exact(pair) if wanted else []
        if missing:
            yield f"numbers differ (missing: {', '.join(missing)}): copy them as they are"
        return
    if _SCALED.search(pair.source_text) or _SCALED.search(pair.text):
        return
    missing = sorted((wanted - found).elements())
    added = sorted(number for number in found if number not in wanted)
    if _MONTH.search(pair.source_text) and _MONTH_SIGN.search(pair.text):
        added = [number for number in added if int(number) > _MONTHS]
    if _FULL_HOUR.search(pair.source_text):
        missing = [number for number in missing if number != "0"]
    if missing and not added:
        missing = _without_renamed(missing, pair)
    elif added and not missing:
        added = _without_linked(_without_products(added, pair), pair)
    if not missing and not added:
        return
    if _are_words(missing, added) or _are_years(missing, added):
        return
    parts = [f"missing: {', '.join(missing)}"] if missing else []
    parts += [f"not in the English: {', '.join(added)}"] if added else []
    yield f"numbers differ ({'; '.join(parts)}): compare them"


def _has_digits(pair: Pair) -> bool:
    return _has_digit(pair.source_text) or _has_digit(pair.text)


def _has_digit(text: str) -> bool:
    return (_ASCII_DIGIT if text.isascii() else _DIGIT).search(text) is not None


def _are_alike(english: str, text: str) -> bool:
    """Tell whether all numbers are the same and spelled so: most are, and this is cheap."""
    spelled = _SPELLED.findall(english)
    return spelled == _SPELLED.findall(text) and not (spelled and "0x" in english)


def _numbers(text: str) -> Counter[str]:
    """Return the numbers of a text, by their digits: 1,000.5 is 1.000,5 elsewhere."""
    if not _has_digit(text):
        return _NONE
    words = _ADDRESS.sub(" ", text) if "://" in text else text
    plain = _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), words)
    found = ("".join(_DIGITS.findall(match[0])) for match in _NUMBER.finditer(plain))
    return Counter(number.lstrip("0") or "0" for number in found)


def _without_renamed(missing: list[str], pair: Pair) -> list[str]:
    """Return the numbers that are no ordinals and no part of a name that is gone as a whole."""
    text = pair.text.lower()
    worded = set(_ORDINAL.findall(pair.source_text))
    names = _HYPHENED.findall(pair.source_text)
    worded |= {number for name, number in names if name.lower() not in text}
    return [number for number in missing if number not in worded]


def _without_products(added: list[str], pair: Pair) -> list[str]:
    """Return the numbers that belong to no name of a product which the English leaves out.

    In Latin script such a name cannot be told from a noun.
    """
    if "LATIN" in scripts(pair.language):
        return added
    english = pair.source_text.lower()
    names = _PRODUCT.findall(pair.text)
    told = {number for name, number in names if name.lower() not in english}
    return [number for number in added if number not in told]


def _without_linked(added: list[str], pair: Pair) -> list[str]:
    """Return the numbers that no link of the English leads to: its words may lack them."""
    targets = (str(own.attrs["href"]) for own in walk(pair.source_tokens) if "href" in own.attrs)
    linked = {number for target in targets for number in _DIGITS.findall(target)}
    return [number for number in added if number not in linked]


def _are_words(missing: list[str], added: list[str]) -> bool:
    """Tell whether the other side may well write all these numbers as words."""
    if missing and added:
        return False
    return all(int(number) <= _MOST_WORDED for number in missing) and all(
        int(number) <= _MOST_ADDED for number in added
    )


def _are_years(missing: list[str], added: list[str]) -> bool:
    """Tell whether years only got or lost their century."""
    pairs = zip(missing, added, strict=False)
    return len(missing) == len(added) and all(
        a[-_CENTURY:] == b[-_CENTURY:] and {len(a), len(b)} == {2, 4} for a, b in pairs
    )


def _find_exact(pair: Pair) -> list[str]:
    """Return versions, addresses and hexadecimal numbers that are not as in the English."""
    text, translation = pair.text.lower(), pair.translation.lower()
    return [
        exact
        for exact in _EXACT.findall(pair.source_text)
        if exact.lower() not in text and exact.lower() not in translation
    ]


NUMBERS = (
    PairCheck(
        id="numbers",
        severity=Severity.WARNING,
        why="Another number is another instruction.",
        find=_find_numbers,
        may=_has_digits,
        bad=(
            Example("Wait 10 minutes.", "Počakajte 15 minut."),
            Example("Use 1,500 of 20.", "Uporabite 20."),
            Example("It is new.", "Novo je od 2019."),
            Example("Use version 1.2.3 now.", "Zdaj uporabite različico 1,2,3."),
            Example("Error 0x1A came.", "Prišla je napaka 0×1A."),
        ),
        good=(
            Example("Use 1,500.5 grams.", "Uporabite 1.500,5 grama."),
            Example("Wait 2 minutes.", "Počakajte dve minuti."),
            Example("Wait twenty minutes.", "Počakajte 20 minut."),
            Example("See [issue](./issues/858).", "Glejte [prijavo 858](./issues/858)."),
            Example("Wait 10 minutes.", "待機10分。", "ja-JP"),
            Example("It ends at 3:00 AM on April 5.", "4 月 5 日午前 3 時に終了します。", "ja-JP"),
            Example("Wait 10 minutes.", "انتظر ١٠ دقائق.", "ar-SA"),
        ),
    ),
)
