"""Group E: the words of a translation, whatever the markup."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from bitext.characters import make_readable
from bitext.checks.model import Example, PairCheck, Severity, short
from bitext.checks.pair import OBJECT, Pair
from bitext.languages import end_marks

_WORD = re.compile(r"[^\W\d_]{2,}")
_NAME = re.compile(r"\S+[._/@]\S+|\b(?:[A-Z][\w.+-]*|\w*[A-Z0-9_]\w*)\b")
_MOST_COPIED = 2
"""Words that a translation may share with all of its English: names of products and commands."""

_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+)\s+(\1)(?![\w'’-])", re.IGNORECASE)
_MAY_DOUBLE = {
    "de": frozenset("die der das sie den dem dass ihr ihnen in".split()),
    "nl": frozenset("die dat je het er ze zijn".split()),
    "fr": frozenset("nous vous".split()),
    "sl": frozenset("se je si".split()),
    "en": frozenset("that had".split()),
}
"""Words that stand twice in a row in good sentences, by language."""

_REPEATING = frozenset({"id", "ms", "hi", "vi", "th", "zh", "ja", "ko"})
"""Languages that double words on purpose, or have no spaces between them."""

_SPACE_BEFORE = re.compile(r"[^\s\ufffc] +([,.;:!?])(?=\s|$)")
_FRENCH_MARKS = frozenset(";:!?")
_DOUBLE_SPACE = re.compile(r"\S( {2,})(?=\S)")

_NUMBER = re.compile(
    r"(?<!\d) (?: \d{1,3} (?:[.,\u00a0\u202f\ ]\d{3})+ (?!\d) (?:[.,]\d+)? | \d+ )", re.VERBOSE
)
"""A number with thousands set apart, or the digits of one; two sides are cut alike."""

_SCALED = re.compile(r"\d\s*(?:[KM]\b|thousand|million|billion|[万億亿萬만억])")
"""A number in thousands or more, which each language counts its own way."""

_DIGITS = re.compile(r"\d+")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_NONE: Counter[str] = Counter()
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|â€[™œ\u009d“”¦]|Å¡|Å¾|Ä\u008d")


def _find_blank(pair: Pair) -> Iterator[str]:
    if not pair.translation.strip():
        yield "the translation is only white space: translate it, or empty it"


def _find_same(pair: Pair) -> Iterator[str]:
    if pair.translation.strip() != pair.english.strip():
        return
    words = _WORD.findall(_NAME.sub(" ", pair.source_text))
    if len(words) > _MOST_COPIED:
        yield "the translation is the English itself: translate it, or empty it"


def _find_characters(pair: Pair) -> Iterator[str]:
    text = pair.translation
    lost = make_readable(text, pair.english).lost
    if lost:
        yield f"it holds the character {lost}: delete it"
    elif "\ufffd" in text and "\ufffd" not in pair.english:
        yield "it holds U+FFFD, which stands for a character that was lost: write that one"
    elif (garbled := _MOJIBAKE.search(text)) and not _MOJIBAKE.search(pair.english):
        yield f"{garbled[0]!r} is text in a wrong encoding: write what was meant"
    elif not unicodedata.is_normalized("NFC", text):
        yield "a letter and its accent are two characters: write the one that is both (NFC)"


def _find_doubled_words(pair: Pair) -> Iterator[str]:
    language = pair.language.partition("-")[0]
    if language in _REPEATING:
        return
    allowed = _MAY_DOUBLE.get(language, frozenset())
    known = {match[1].lower() for match in _DOUBLED.finditer(pair.source_text)}
    for match in _DOUBLED.finditer(pair.text):
        word = match[1].lower()
        if word not in allowed and word not in known and _is_prose(match[1], match[2]):
            yield f"{short(match[0])!r}: the word is there twice; delete one"


def _is_prose(first: str, second: str) -> bool:
    """Tell whether a doubled word is one of a sentence, and no name or letter."""
    return len(first) > 1 and (first.islower() or not second[0].isupper())


def _find_spaces(pair: Pair) -> Iterator[str]:
    text, source = pair.text.strip(), pair.source_text.strip()
    if _DOUBLE_SPACE.search(text) and not _DOUBLE_SPACE.search(source):
        yield "two spaces in a row: keep one"
    is_french = pair.language.partition("-")[0] == "fr"
    for match in _SPACE_BEFORE.finditer(text):
        if is_french and match[1] in _FRENCH_MARKS:
            continue
        if f" {match[1]}" not in source:
            yield f"a space before {match[1]!r}: delete it"
            return


def _find_numbers(pair: Pair) -> Iterator[str]:
    """Yield numbers of the English that the translation lacks, and the other way around."""
    wanted, found = _numbers(pair.source_text), _numbers(pair.text)
    if wanted == found or _SCALED.search(pair.source_text) or _SCALED.search(pair.text):
        return
    missing = sorted((wanted - found).elements())
    added = sorted((found - wanted).elements())
    if (missing and added) or (missing and not _is_worded(missing)):
        parts = [f"missing: {', '.join(missing)}"] if missing else []
        parts += [f"not in the English: {', '.join(added)}"] if added else []
        yield f"numbers differ ({'; '.join(parts)}): compare them"


def _numbers(text: str) -> Counter[str]:
    """Return the numbers of a text, by their digits: 1,000.5 is 1.000,5 elsewhere."""
    if not _DIGITS.search(text):
        return _NONE
    plain = _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), text)
    return Counter("".join(_DIGITS.findall(match[0])) for match in _NUMBER.finditer(plain))


def _is_worded(numbers: list[str]) -> bool:
    """Tell whether a language may well write these numbers as words."""
    return all(len(number) == 1 for number in numbers)


def _find_brackets(pair: Pair) -> Iterator[str]:
    for opening, closing in _PAIRS:
        wrong = pair.text.count(opening) - pair.text.count(closing)
        if wrong and pair.source_text.count(opening) == pair.source_text.count(closing):
            mark = closing if wrong > 0 else opening
            yield f"{mark!r} is missing: each {opening} has its {closing} in the English"


def _find_ends(pair: Pair) -> Iterator[str]:
    """Yield a mark at the end that is not the language's for that of the English."""
    marks = end_marks(pair.language)
    english = pair.source_text.rstrip()[-1:]
    wanted = marks.get(english)
    if not english or not wanted:
        return
    own = pair.text.rstrip()
    if not own.endswith((OBJECT, wanted, wanted + OBJECT, *_also_good(english, marks))):
        message = f"the English ends with {english!r}, the translation does not"
        yield f"{message}: end it with {wanted!r}"


def _also_good(english: str, marks: Mapping[str, str]) -> tuple[str, ...]:
    """Return other marks that may stand for the English one.

    Languages with a full stop of their own announce with it too, and use the colon of English.
    """
    own_stop = marks.get(".", ".")
    return (english, own_stop) if english == ":" and own_stop != "." else ()


BLANK = (
    PairCheck(
        id="only-space",
        severity=Severity.ERROR,
        why="A translation of white space empties the sentence on the page.",
        find=_find_blank,
        bad=(Example("It boils.", "  "),),
        good=(Example("It boils.", "Vre."),),
    ),
)

TEXT = (
    PairCheck(
        id="same-as-source",
        severity=Severity.WARNING,
        why="English that was copied counts as translated, and readers cannot read it.",
        find=_find_same,
        bad=(Example("Let the water boil.", "Let the water boil."),),
        good=(
            Example("Visual Studio Code", "Visual Studio Code"),
            Example("Let the water boil.", "Pustite, da voda zavre."),
        ),
    ),
    PairCheck(
        id="characters",
        severity=Severity.ERROR,
        why="Characters that nobody sees or that were lost break words, searches and layout.",
        find=_find_characters,
        bad=(
            Example("It boils.", "V\ufffde."),
            Example("It boils.", "Vre\x07."),
            Example("It boils.", "\u202eVre."),
            Example("It can.", "Lahko, Å¡e."),
            Example("Boil it.", "Zavrite c\u030caj."),
        ),
        good=(Example("It boils.", "Vre že."),),
    ),
    PairCheck(
        id="word-doubled",
        severity=Severity.WARNING,
        why="A word that is there twice is a slip of the hand.",
        find=_find_doubled_words,
        bad=(Example("Boil the water.", "Zavrite vodo vodo."),),
        good=(
            Example("Boil it.", "Das ist die, die kocht.", "de-DE"),
            Example("bora bora", "bora bora"),
        ),
    ),
    PairCheck(
        id="spacing",
        severity=Severity.INFO,
        why="Space before a comma or two in a row tears the text apart.",
        find=_find_spaces,
        bad=(
            Example("Boil it, then wait.", "Zavrite , nato počakajte."),
            Example("Boil it.", "Zavrite  to."),
        ),
        good=(Example("Boil it: now!", "Faites bouillir : maintenant !", "fr-FR"),),
    ),
    PairCheck(
        id="numbers",
        severity=Severity.WARNING,
        why="Another number is another instruction.",
        find=_find_numbers,
        bad=(
            Example("Wait 10 minutes.", "Počakajte 15 minut."),
            Example("Use 1,500 of 20.", "Uporabite 20."),
        ),
        good=(
            Example("Use 1,500.5 grams.", "Uporabite 1.500,5 grama."),
            Example("Wait 2 minutes.", "Počakajte dve minuti."),
            Example("Wait 10 minutes.", "待機10分。", "ja-JP"),
            Example("Wait 10 minutes.", "انتظر ١٠ دقائق.", "ar-SA"),
        ),
    ),
    PairCheck(
        id="brackets",
        severity=Severity.WARNING,
        why="A bracket that is opened and not closed leaves readers waiting.",
        find=_find_brackets,
        bad=(Example("Boil it (now).", "Zavrite (zdaj."),),
        good=(Example("a) first", "a) prvič"), Example("Boil it (now).", "Zdaj zavrite.")),
    ),
    PairCheck(
        id="end-mark",
        severity=Severity.INFO,
        why="A colon announces, a full stop ends: readers expect what follows.",
        find=_find_ends,
        bad=(Example("Boil it:", "Zavrite"), Example("Boil it.", "沸かす.", "ja-JP")),
        good=(
            Example("Boil it.", "沸かす。", "ja-JP"),
            Example("Do this:", "次の操作を行います。", "ja-JP"),
            Example("Run `make`.", "Zaženite `make`."),
            Example("Boil it", "Zavrite."),
        ),
    ),
)
