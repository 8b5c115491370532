"""What only all translations of a language together show: each entry beside the others."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import exp, log

from bitext.checks.knowledge import ENGLISH, PRONOUNS
from bitext.checks.model import Example, LanguageCheck, Severity, short
from bitext.checks.waivers import find_waivers, waived
from bitext.po import Entry

Found = Mapping[str, Sequence[tuple[LanguageCheck, str]]]
"""What is found, by segment ID."""

_UNSHOWN = re.compile(r"\]\([^()\s]*\)|<[^<>]*>|https?://\S+|\{[^{}]*\}")
_UNSHOWN_SIGNS = ("](", "<", "://", "{")
"""One of these is in each text of which anything is not shown."""

_WORD = re.compile(r"\w+")
_LEAST_PAIRS = 50
"""Translations that a language needs before a length can be unusual."""

_LEAST_LENGTH = 20
"""Letters of English below which any length is usual."""

_SPREADS = 5.0
_LEAST_FACTOR = 1.8
"""A length is unusual if it is so many spreads, and by this factor, off the usual one."""

_MAD = 1.4826
"""What makes the median deviation a standard deviation of normal values."""


def _find_inconsistent(entries: Sequence[Entry], language: str) -> Iterator[tuple[Entry, str]]:
    """Yield entries whose English is translated otherwise elsewhere, more often or earlier."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.msgid].append(entry)
    for group in groups.values():
        counts = Counter(entry.msgstr.strip() for entry in group) if len(group) > 1 else ()
        if len(counts) < 2 or _is_of_context(group[0].msgid, counts):
            continue
        accepted = {entry.msgstr.strip() for entry in group if _waives("inconsistent", entry)}
        usual = max(counts, key=lambda text: (text not in accepted, counts[text]))
        first = next(entry for entry in group if entry.msgstr.strip() == usual)
        for entry in group:
            own = entry.msgstr.strip()
            if _waives("inconsistent", entry) or own not in {usual, *accepted}:
                other = f'{first.msgctxt} translates the same English as "{short(usual)}"'
                yield entry, f"{other}: use one translation"


def _waives(check: str, entry: Entry) -> bool:
    """Tell whether an entry waives a check; then its translation is right elsewhere too."""
    return bool(entry.comments) and check in waived(find_waivers(entry))


def _is_of_context(english: str, translations: Collection[str]) -> bool:
    """Tell whether what English says in one way has to be said in several.

    A pronoun beside one other word takes the gender of what it stands for; and a word in small
    letters may be a name in one place, which stays, and a word in another.
    """
    words = _WORD.findall(english.lower())
    others = [word for word in words if word not in ENGLISH]
    if len(others) < 2 and not PRONOUNS.isdisjoint(words):
        return True
    return english.islower() and len(others) == 1 and english in translations


def _find_shared(entries: Sequence[Entry], language: str) -> Iterator[tuple[Entry, str]]:
    """Yield entries whose translation is also that of another English sentence."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.msgstr.strip()].append(entry)
    for group in groups.values():
        if len(group) < 2 or len({entry.msgid for entry in group}) < 2:
            continue
        first = _content(group[0].msgid)
        for entry in group[1:]:
            own = _content(entry.msgid)
            if own != first and len(own) > 2 and len(own & first) * 2 < len(own | first):
                other = f'{group[0].msgctxt} translates "{short(group[0].msgid)}" likewise'
                yield entry, f"{other}: see which of the two it belongs to"


def _content(english: str) -> set[str]:
    """Return the words of a sentence that make it what it is."""
    return set(_WORD.findall(english.lower())) - ENGLISH


def _find_lengths(entries: Sequence[Entry], language: str) -> Iterator[tuple[Entry, str]]:
    """Yield entries far longer or shorter than the language's translations are."""
    length = cache(_length)  # sentences are repeated
    long = [(e, length(e.msgid)) for e in entries if len(e.msgid) >= _LEAST_LENGTH]
    ratios = [(e, log((length(e.msgstr) + 1) / (n + 1))) for e, n in long if n >= _LEAST_LENGTH]
    if len(ratios) < _LEAST_PAIRS:
        return
    usual = median(ratio for _, ratio in ratios)
    spread = _MAD * median(abs(ratio - usual) for _, ratio in ratios)
    least = max(_SPREADS * spread, log(_LEAST_FACTOR))
    for entry, ratio in ratios:
        if abs(ratio - usual) > least:
            word = "shorter" if ratio < usual else "longer"
            factor = exp(abs(ratio - usual))
            yield (
                entry,
                f"it is {factor:.1f} times {word} than usual: see whether anything is missing"
                " or was added",
            )


def median(values: Iterable[float]) -> float:
    """Return the value in the middle, or the mean of the two there; `statistics` imports much."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _length(text: str) -> int:
    """Return the letters that readers see, about: markup is none."""
    shown = _UNSHOWN.sub("", text) if any(map(text.__contains__, _UNSHOWN_SIGNS)) else text
    return len(shown) - shown.count("*") - shown.count("`")


_USUAL = tuple(
    Example(f"Boil the water for tea number {n}.", f"Zavrite vodo za čaj številka {n}.")
    for n in range(_LEAST_PAIRS)
)

LANGUAGE_CHECKS = (
    LanguageCheck(
        id="inconsistent",
        severity=Severity.INFO,
        why="Readers take two names for two things.",
        find=_find_inconsistent,
        bad=(Example("Boil the water.", "Zavrite vodo."), Example("Boil the water.", "Skuhajte.")),
        good=(Example("Boil it.", "Zavrite to."), Example("Boil it.", "Zavrite to.")),
    ),
    LanguageCheck(
        id="same-translation",
        severity=Severity.INFO,
        why="One translation of two sentences that say different things is wrong in one place.",
        find=_find_shared,
        bad=(
            Example("Boil the water slowly.", "Zavrite vodo."),
            Example("Close the kitchen window.", "Zavrite vodo."),
        ),
        good=(Example("Click Save.", "Shranite."), Example("Select Save.", "Shranite.")),
    ),
    LanguageCheck(
        id="length",
        severity=Severity.INFO,
        why="A translation much shorter or longer than usual has lost something, or made it up.",
        find=_find_lengths,
        bad=(*_USUAL, Example("Boil the water, then wait until it is cold.", "Zavrite.")),
        good=(*_USUAL, Example("Boil the water, then wait.", "Zavrite vodo in počakajte.")),
    ),
)


def find_in_language(
    entries: Iterable[Entry], language: str, *, disabled: Collection[str] = ()
) -> Found:
    """Return what is found in all translations of a language, by the entries' IDs."""
    found: dict[str, list[tuple[LanguageCheck, str]]] = defaultdict(list)
    translated = list(entries)
    for check in LANGUAGE_CHECKS:
        if check.id not in disabled:
            for entry, message in check.find(translated, language):
                found[entry.msgctxt or ""].append((check, message))
    return found
