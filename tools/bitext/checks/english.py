"""Group B: English that stayed where the translation should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from bitext.checks.knowledge import ALSO_WORDS, ENGLISH, FOREIGN
from bitext.checks.model import Example, PairCheck, Severity, short
from bitext.checks.pair import Pair
from bitext.writing import scripts

_WORD = re.compile(r"[^\W\d_][^\W\d_]+")
_HYPHENED = re.compile(r"[^\W\d_][^\W\d_]+(?:-[^\W\d_]+)*")
_NAME = re.compile(
    r"""
      <[^<>]*> | \{[^{}]*\}                              # what readers put in themselves
    | \S*\\(?:[^\\:\n]*\\)+[ ]?\S*                       # a path whose folders have spaces
    | \S+[._/@\\;]\S+                                  # paths, addresses, lists of names
    | \b(?:[A-Z][\w.+-]*|\w*[A-Z0-9_]\w*)\b
    """,
    re.VERBOSE,
)
_COMMAND = re.compile(r"(?<!\S)(?:--?[A-Za-z]|\$[A-Za-z]|(?:/[\w.-]+){2})")
"""What command lines have and sentences have not: options, variables, paths from the root."""

_MOST_COPIED = 2
"""Words that a translation may share with all of its English: names of products and commands."""

_QUOTE = re.compile('[«»“„"「『‘]')
_QUOTED = re.compile(r"«[^»]*»|»[^«]*«|[“„][^“”]*[“”]|\"[^\"]*\"|「[^」]*」|『[^』]*』|‘[^’]*’")
_LEAST_MARKERS = 3
_LEAST_SHARE = 0.25
"""Function words of English that make a sentence English: so many, and this share of its words."""

_RUN = 5
"""Words of the English in a row that are no name."""

_ENGLISH_WORD = r"[A-Za-z]++(?:['’][a-z]++)?(?![\w'’/-])"
_ENGLISH_RUN = re.compile(rf"(?<![\w'’/-]){_ENGLISH_WORD}(?:\s++{_ENGLISH_WORD}){{{_RUN - 1},}}+")
"""Words with only spaces between them; ``read/write`` is one word, and none of English."""

_GLOSSED = re.compile(r"[^()（）.;。；]+[(（]([^()（）]+)[)）]")
"""Words, and what they mean in brackets."""


def _is_same(pair: Pair) -> bool:
    return pair.is_copied


def _find_same(pair: Pair) -> Iterator[str]:
    words = _HYPHENED.findall(_NAME.sub(" ", pair.source_text))
    if len(words) <= _MOST_COPIED or _is_foreign(pair.words):
        return
    if ENGLISH.isdisjoint(words) and _COMMAND.search(pair.source_text):
        return  # a command
    yield "the translation is the English itself: translate it, or empty it"


def _is_foreign(words: Sequence[str]) -> bool:
    """Tell whether what articles say in English is another language already: a quotation."""
    return not ENGLISH.intersection(words) and bool(FOREIGN.intersection(words))


def _find_other_language(pair: Pair) -> Iterator[str]:
    """Yield that the sentence is English, by its function words; the only two candidates.

    What is bold, in italics or quoted is left out: it may be the name of a button.
    """
    if pair.is_copied:
        return
    is_marker = _markers(pair.language).__contains__
    prose = _without_quoted(pair.prose, " ")
    words = pair.words if prose is pair.text else _WORD.findall(prose.lower())
    marks = list(map(is_marker, words))
    if sum(marks) < max(_LEAST_MARKERS, _LEAST_SHARE * len(words)):
        return
    half = len(marks) // 2
    if True not in marks[:half] or True not in marks[half:]:
        return  # a part of it was left
    if _is_title(prose, is_marker):
        return
    if "LATIN" in scripts(pair.language) or all(map(str.isascii, words)):
        yield "it reads as English: translate it"


def _is_title(prose: str, is_marker: Callable[[str], bool]) -> bool:
    """Tell whether all words in small letters are function words."""
    for word in prose.split():
        if len(word) > 1 and word.isalpha() and word.islower() and not is_marker(word):
            return False
    return all(map(is_marker, filter(str.islower, _WORD.findall(prose))))


def _find_run(pair: Pair) -> Iterator[str]:
    """Yield words of the English that stand in the translation in the same row."""
    if pair.is_copied:
        return
    markers = _markers(pair.language)
    prose = _without_glossed(_without_quoted(pair.prose, " \ufffc "), pair.source_text)
    for run in _ENGLISH_RUN.findall(prose):
        if not _has_two(markers, run.split()):
            continue
        for words in _copied(run, pair.source_text):
            if sum(map(str.islower, words)) >= _RUN - 1 and _has_two(markers, words):
                yield f"{short(' '.join(words))!r} is left in English: translate it"
                return


def _without_glossed(text: str, english: str) -> str:
    """Return a text without the names that it leaves in English and explains in brackets."""
    if _count_brackets(text) <= _count_brackets(english):
        return text
    return _GLOSSED.sub(lambda match: match[0] if match[1] in english else " \ufffc ", text)


def _count_brackets(text: str) -> int:
    return text.count("(") + text.count("（")


def _without_quoted(text: str, sign: str) -> str:
    """Return a text with `sign` in place of each quotation."""
    return _QUOTED.sub(sign, text) if _QUOTE.search(text) else text


def _copied(run: str, english: str) -> Iterator[list[str]]:
    """Yield the words of the longest stretches of `run` that stand in a run of the English too."""
    words = run.split()
    if _stands_in(run, english):  # most that were left
        yield words
        return
    told = {row for own in _ENGLISH_RUN.findall(english) for row in _rows(own.lower().split())}
    for start, end in _stretches(_rows(run.lower().split()), told):
        yield words[start:end]


def _stands_in(run: str, english: str) -> bool:
    """Tell whether all of `run` plainly stands in the English, between spaces and marks."""
    place = english.find(run)
    before, after = english[place - 1 : place], english[place + len(run) :][:1]
    return place >= 0 and before in " (" and after in " .,:;?!)"


def _rows(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return each row of so many words."""
    return list(zip(*(words[place:] for place in range(_RUN)), strict=False))


def _has_two(markers: frozenset[str], words: Sequence[str]) -> bool:
    """Tell whether two function words of English are among words."""
    return len(markers.intersection(map(str.lower, words))) > 1


def _stretches(
    rows: Sequence[tuple[str, ...]], english: AbstractSet[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """Yield start and end of the longest stretches of words whose rows are all in `english`."""
    start = -1
    for place, row in enumerate((*rows, ())):
        if row in english:
            start = place if start < 0 else start
        elif start >= 0:
            yield start, place - 1 + _RUN
            start = -1


@cache
def _markers(language: str) -> frozenset[str]:
    return ENGLISH - ALSO_WORDS.get(language.partition("-")[0], frozenset())


def may_be_english(pair: Pair) -> bool:
    """Tell whether a translation may hold English at all; most do not, and this is cheap."""
    return len(_markers(pair.language).intersection(pair.words)) > 1


LEFT_ENGLISH = (
    PairCheck(
        id="same-as-source",
        severity=Severity.WARNING,
        why="English that was copied counts as translated, and readers cannot read it.",
        find=_find_same,
        may=_is_same,
        bad=(Example("Let the water boil.", "Let the water boil."),),
        good=(
            Example("Visual Studio Code", "Visual Studio Code"),
            Example("Siga las instrucciones.", "Siga las instrucciones."),
            Example("cd /etc/kettle make clean install", "cd /etc/kettle make clean install"),
            Example("Let the water boil.", "Pustite, da voda zavre."),
        ),
    ),
    PairCheck(
        id="wrong-language",
        severity=Severity.WARNING,
        why="A sentence in another language than the page's cannot be read.",
        find=_find_other_language,
        bad=(
            Example("Let the water boil.", "You should let the water boil for a while."),
            Example("Let the water boil.", "When the water is hot, let it boil。", "ja-JP"),
        ),
        good=(
            Example("Let it boil.", "Pustite, da to zavre, in počakajte."),
            Example("Select **Let the water be**.", "Izberite **Let the water be**."),
        ),
    ),
    PairCheck(
        id="english-left",
        severity=Severity.WARNING,
        why="English words in the middle of a sentence were forgotten, not chosen.",
        find=_find_run,
        bad=(
            Example(
                "Let the water boil until you can see the steam.",
                "Pustite vodo v loncu na štedilniku vreti in počakajte, until you can see the"
                " steam.",
            ),
        ),
        good=(
            Example(
                "Select **Let it be until you can see it** now.",
                "Zdaj izberite **Let it be until you can see it**.",
            ),
        ),
    ),
)
"""The first that finds anything is the one to name; all but that of the same text ask
`may_be_english` first."""
