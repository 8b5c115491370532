"""Group E: the project's terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext.checks.glossary import Term, TermPlace
from bitext.checks.model import Example, PairCheck, Severity
from bitext.checks.pair import Pair
from bitext.checks.renderings import (
    find_forbidden,
    find_rendering,
    has_kept,
    without_renderings,
)

_NAME_BEFORE = re.compile(r"[A-Z][\w.]* \Z")
_NAME_AFTER = re.compile(r" [A-Z][\w.]*\b")
"""Words of a name around another one."""

_IDENTIFIER = re.compile(r"\w[-_.]\w|[a-z][A-Z]")


def _find_terms(pair: Pair) -> Iterator[str]:
    if pair.translation == pair.english:
        return  # a name, or what nobody has translated
    for term in _find_rendered(pair):
        if not term.is_kept:
            yield from _find_rendering(pair, term)


def _find_rendered(pair: Pair) -> Iterator[Term]:
    """Yield the terms of the English, each once, but for those in names that stay."""
    places = pair.glossary.find_places(pair.source_text)
    yield from dict.fromkeys(place.term for place in places if not _is_named(place, pair))


def _is_named(place: TermPlace, pair: Pair) -> bool:
    """Tell whether a term is a part of a name of several words, all of which stay."""
    text = pair.source_text
    if not text[place.start].isupper():
        return False
    before = _NAME_BEFORE.search(text, 0, place.start)
    after = _NAME_AFTER.match(text, place.end)
    start, end = before.start() if before else place.start, after.end() if after else place.end
    return bool((before or after) and text[start:end] in pair.text)


def _find_rendering(pair: Pair, term: Term) -> Iterator[str]:
    """Yield that a term is rendered with a forbidden word, or with none of its own."""
    text, language = pair.text, pair.language
    good = [
        find_rendering(own, text, language) or find_rendering(own, pair.translation, language)
        for own in term.renderings
    ]
    rest = without_renderings(text, term.renderings, language) if term.forbidden else text
    for word in term.forbidden:
        found = find_forbidden(word, rest, language)
        if (
            found
            and not _is_identifier(found, pair.source_text)
            and (rest != text or not any(found in own for own in good))
        ):
            way = f"write {_listed(term)!r}" if term.renderings else "take another word"
            yield f"{found!r} is forbidden for {term.term!r}: {way}"
            return
    if good and not any(good):
        yield f"{term.term!r} is not rendered as the terms ask: write {_listed(term)!r}"


def _is_identifier(word: str, english: str) -> bool:
    """Tell whether a word is that of a program, as ``Set-Mailbox``, and the English has it too."""
    return word in english and bool(_IDENTIFIER.search(word))


def _listed(term: Term) -> str:
    return " or ".join(term.renderings)


def _find_translated(pair: Pair) -> Iterator[str]:
    for term in pair.glossary.find(pair.source_text):
        if term.is_kept and not has_kept(
            term.term, pair.source_text, pair.translation, pair.language
        ):
            yield f"{term.term!r} is a name that is not translated: write it as the English does"


_TERMS = "term,language,rendering,forbidden,do-not-translate\n"
_KETTLE = f"{_TERMS}kettle,sl-SI,grelnik vode,kotliček,\n"
_LID = f"{_TERMS}lid,de-DE,Deckel,Klappe,\n"
_MEMORY = f"{_TERMS}memory,ja-JP,メモリ,記憶,\n"
_NAME = f"{_TERMS}Kettler,,,,yes\n"
_SMALL = f"{_TERMS}tea,,,,yes\n"
_PATTERN = f"{_TERMS}template,ar-SA,القالب,,\n"
_VOWEL = f"{_TERMS}Kettlate,,,,yes\n"
_FILE = f"{_TERMS}PO file,sl-SI,datoteka PO,PO datoteka,\n"

TERMS = (
    PairCheck(
        id="do-not-translate",
        severity=Severity.ERROR,
        why="A product is found under its own name only.",
        find=_find_translated,
        bad=(Example("Open Kettler.", "Odprite Grelnikar.", terms=_NAME),),
        good=(
            Example("Open Kettler.", "Odprite Kettler.", terms=_NAME),
            Example("Start with Kettler.", "Začnite s Kettlerjem.", terms=_NAME),
            Example("Use Kettler's lids.", "Začnite s Kettlerjevimi.", terms=_NAME),
            Example("Use tea's own lids.", "Uporabite Deckel von tea.", "de-DE", terms=_SMALL),
            Example("Open Kettler.", "Kettlerを開く。", "ja-JP", terms=_NAME),
            Example("Start with Kettlate.", "Začnite s Kettlatom.", terms=_VOWEL),
        ),
    ),
    PairCheck(
        id="term",
        severity=Severity.WARNING,
        why="One thing has one name, or readers look for two.",
        find=_find_terms,
        bad=(
            Example("Clean the kettles.", "Očistite posode.", terms=_KETTLE),
            Example("Clean the kettle.", "Očistite kotličke.", terms=_KETTLE),
            Example("Close the lid.", "Schließen Sie die Klappe.", "de-DE", terms=_LID),
            Example("Open the PO file.", "Odprite PO datoteko.", terms=_FILE),
            Example("Open the PO file.", "Odprite posodobljeno datoteko.", terms=_FILE),
            Example("Add memory.", "記憶を追加します。", "ja-JP", terms=_MEMORY),
        ),
        good=(
            Example("Clean the kettles.", "Očistite grelnike vode.", terms=_KETTLE),
            Example("Close the lid.", "Schließen Sie den Topfdeckel.", "de-DE", terms=_LID),
            Example("Add memory.", "メモリを追加します。", "ja-JP", terms=_MEMORY),
            Example("Open the PO file.", "Odprite datoteko PO.", terms=_FILE),
            Example("The `Deckel` is a lid.", "`Deckel` ist einer.", "de-DE", terms=_LID),
            Example("Look for the template.", "ابحث في ملفاته للقالب.", "ar-SA", terms=_PATTERN),
            Example("It is solid.", "Es ist fest.", "de-DE", terms=_LID),
        ),
    ),
)
