"""Group E: letters and other characters, one by one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from bitext.characters import UNPRINTED, make_readable
from bitext.checks.knowledge import BREAKING
from bitext.checks.model import Example, PairCheck, Severity, short
from bitext.checks.pair import Pair
from bitext.writing import scripts

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u180e\u2061-\u2064]")
"""Characters without a shape: soft hyphen, zero-width space, joiners, byte order mark."""

_MOJIBAKE = re.compile(
    r"""
      [ÃÂ][\u0080-\u00bf]                          # UTF-8 read as Latin-1 or cp1252
    | Ã[ƒŸœžŠŽš€„…†‡ˆ‰‹›™•]
    | â€[\u0080-\u00bf™œž˜“”¦¢\u009d]?             # quotation marks and dashes
    | [ÅÄ][\u0080-\u00b6\u00b8-\u00ba\u00bc-\u00bf‡ˆ‰…†€ƒžŸŒŽ™Ť]  # letters of Central Europe
    | (?:[ÐÑ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]){2}        # Cyrillic as cp1252
    | (?:[РС][\u0402-\u040f\u0452-\u045f\u2010-\u2040°±µ¶·»№€™©«¬®¤¦§Ґґ\u00a0]){3}  # as cp1251
    | (?:ã[\u0080-\u0083‚ƒ€].){2}                   # kana as cp1252
    | ï»¿
    """,
    re.VERBOSE,
)

_GARBLING = re.compile("[ÃÂâÅÄÐÑãïРС]")
"""What garbled text begins with; asking for it first is much faster."""

_DOUBTFUL = re.compile(
    f"{UNPRINTED.pattern}{_INVISIBLE.pattern}{_GARBLING.pattern}[\ufffd]".replace("][", "")
)
"""One of these is in each text that holds what nobody can read; most texts have none."""

_ALIKE = {
    "CYRILLIC": "АВЕКМНОРСТУХЅІЈаеорсухѕіј",
    "GREEK": "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "LATIN": "ABEKMHOPCTYXSIJaeopcyxsij",
}
"""Letters of one script that look like those of another (Unicode Technical Standard 39)."""

_RANGES = {
    "GREEK": "\u0370-\u03ff\u1f00-\u1fff",
    "CYRILLIC": "\u0400-\u052f",
    "HEBREW": "\u0590-\u05ff",
    "ARABIC": "\u0600-\u06ff\u0750-\u077f",
    "DEVANAGARI": "\u0900-\u0963\u0966-\u097f",
    "THAI": "\u0e00-\u0e7f",
    "HANGUL": "\u1100-\u11ff\uac00-\ud7af",
    "HIRAGANA": "\u3041-\u309f",
    "KATAKANA": "\u30a1-\u30fa\u30fd-\u30ff",
    "CJK": "\u3400-\u4dbf\u4e00-\u9fff",
}
"""Where the letters of scripts are, by their name in `languages.scripts`."""

_LATIN = "A-Za-z\u00c0-\u024f"


def _find_characters(pair: Pair) -> Iterator[str]:
    text, english = pair.translation, pair.english
    if not _DOUBTFUL.search(text) and unicodedata.is_normalized("NFC", text):
        return
    lost = make_readable(text, english).lost
    if lost:
        yield f"it holds the character {lost}: delete it"
    elif "\ufffd" in text and "\ufffd" not in english:
        yield "it holds U+FFFD, which stands for a character that was lost: write that one"
    elif (garbled := _find_garbled(text)) and not _find_garbled(english):
        yield f"{garbled[0]!r} is text in a wrong encoding: write what was meant"
    elif not unicodedata.is_normalized("NFC", text) and _is_composed(english):
        yield "a letter and its accent are two characters: write the one that is both (NFC)"
    else:
        yield from _find_invisible(pair)


def is_unusual(pair: Pair) -> bool:
    """Tell whether a translation has more than the letters and marks that its language writes."""
    text = pair.translation
    if text.isascii() and text.isprintable():
        return False
    is_odd = _odd(pair.language).search(text) is not None
    return is_odd or "&" in text or not unicodedata.is_normalized("NFC", text)


@cache
def _odd(language: str) -> re.Pattern[str]:
    """Return what finds a character that is in each text of which `CHARACTERS` find anything, and
    in each of which `SCRIPTS` do; an entity may spell one too.
    """
    letters = f"{_hinting(language)}[{_foreign_ranges(language)}]".replace("[]", "")
    return re.compile(f"{_DOUBTFUL.pattern}{letters}".replace("][", ""))


def _find_garbled(text: str) -> re.Match[str] | None:
    return _MOJIBAKE.search(text) if _GARBLING.search(text) else None


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


def _find_invisible(pair: Pair) -> Iterator[str]:
    for match in _INVISIBLE.finditer(pair.translation):
        if match[0] not in pair.english and not _is_break(match[0], pair.language):
            yield f"it holds U+{ord(match[0]):04X}, which nobody sees: delete it"
            return


def _is_break(character: str, language: str) -> bool:
    """Tell whether a character without a shape says where a line may break."""
    return character in "\u200b\u2060" and language.partition("-")[0] in BREAKING


def _mend_characters(pair: Pair) -> str:
    """Return the translation with composed letters and without what nobody sees."""
    text = unicodedata.normalize("NFC", pair.translation)
    return _INVISIBLE.sub(lambda m: m[0] if _is_break(m[0], pair.language) else "", text)


def without_unreadable(pair: Pair) -> Pair:
    """Return the pair as it would be without what `characters` finds, for the other checks."""
    text = make_readable(pair.translation, pair.english).text.replace("\ufffd", "")
    cleaned = replace(pair, entry=replace(pair.entry, msgstr=text, raw=None))
    text = _mend_characters(cleaned)
    return replace(pair, entry=replace(pair.entry, msgstr=text, raw=None))


def _find_scripts(pair: Pair) -> Iterator[str]:
    text = pair.text
    mixed = _mixed(pair.language).search(text) if _hint(pair.language).search(text) else None
    if mixed and mixed[0] not in pair.source_text:
        names = ", ".join(f"{c!r} is U+{ord(c):04X}" for c in mixed[0] if not c.isascii())
        yield f"{mixed[0]!r} has letters of two alphabets ({names}): type the word again"
        return
    foreign = _foreign(pair.language)
    if foreign and (found := foreign.search(text)) and not foreign.search(pair.source_text):
        yield f"{short(found[0])!r} is not in the script of {pair.language}: translate it"


@cache
def _mixed(language: str) -> re.Pattern[str]:
    """Return what finds a letter that only looks like one of the word that it is in.

    In Latin script any such letter is one. Cyrillic and Greek add endings to Latin names, so
    that there the letter must stand inside of a word, or alone at its start or end.
    """
    parts: list[str] = []
    for other in ("CYRILLIC", "GREEK"):
        alike, own, latin = _ALIKE[other], _RANGES[other], _ALIKE["LATIN"]
        if other not in scripts(language):
            word = f"[{_LATIN}{alike}]*"
            parts.append(f"[{_LATIN}]+[{alike}]{word}|[{alike}]+[{_LATIN}]{word}")
            continue
        parts += [
            rf"\b[{_LATIN}]+[{alike}]+[{_LATIN}]+\b",
            rf"\b[{own}]+[{latin}]+[{own}]+\b",
            rf"\b[{latin}][{own}]{{2,}}\b",
            rf"\b[{own}]{{2,}}[{latin}]\b",
        ]
    return re.compile("|".join(parts))


@cache
def _hint(language: str) -> re.Pattern[str]:
    """Return what is in a text that may hold such a word; much faster."""
    return re.compile(_hinting(language))


def _hinting(language: str) -> str:
    if {"CYRILLIC", "GREEK"} & scripts(language):
        return "[A-Za-z]"
    return f"[{_ALIKE['CYRILLIC']}{_ALIKE['GREEK']}]"


@cache
def _foreign(language: str) -> re.Pattern[str] | None:
    """Return what finds a word in another script than Latin and those of the language."""
    ranges = _foreign_ranges(language)
    return re.compile(f"[{ranges}]{{2,}}") if ranges else None


def _foreign_ranges(language: str) -> str:
    """Return the letters of other scripts, as a pattern has them; none if its own is unknown."""
    own = scripts(language)
    return "".join(found for name, found in _RANGES.items() if own and name not in own)


CHARACTERS = (
    PairCheck(
        id="characters",
        severity=Severity.ERROR,
        why="Characters that nobody sees or that were lost break words, searches and layout.",
        find=_find_characters,
        may=is_unusual,
        mend=_mend_characters,
        bad=(
            Example("It boils.", "V\ufffde."),
            Example("It boils.", "Vre\x07."),
            Example("It boils.", "\u202eVre."),
            Example("It boils.", "V\u200bre."),
            Example("It can.", "Lahko, Å¡e."),
            Example("It is young.", "Er ist noch jÃ¼nger.", "de-DE"),
            Example("Boil it.", "Zavrite c\u030caj."),
        ),
        good=(
            Example("It boils.", "Vre že."),
            Example("It boils.", "น้ำ\u200bเดือด", "th-TH"),
        ),
    ),
)

SCRIPTS = (
    PairCheck(
        id="wrong-script",
        severity=Severity.ERROR,
        why="A letter of another alphabet looks right and is not: no search finds the word.",
        find=_find_scripts,
        may=is_unusual,
        bad=(
            Example("Boil the water.", "Zavrite v\u043edo."),
            Example("Boil the water.", "Вскипятите в\u006fду.", "ru-RU"),
            Example("Boil the water.", "Zavrite воду."),
        ),
        good=(
            Example("Boil the water.", "Вскипятите воду в Teapot.", "ru-RU"),
            Example("It is 5 µm.", "Meri 5 µm."),
            Example("Boil the water.", "水を沸かしてください。", "ja-JP"),
        ),
    ),
)
