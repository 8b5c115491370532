"""Group E: punctuation and the spaces around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from bitext.checks.knowledge import QUESTIONS, SPACED_MARKS, TOLD
from bitext.checks.model import Example, PairCheck, Severity
from bitext.checks.pair import OBJECT, Pair
from bitext.writing import end_marks

_SPACE_BEFORE = re.compile(r"[^\s\ufffc] +([,.;:!?])(?=\s|$)")
_LOOSE = re.compile(" [,.;:!?]")
_DOUBLE_SPACE = re.compile(r"\S( {2,})(?=\S)")
_BRACKETS = (
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("（", "）"),
    ("「", "」"),
    ("『", "』"),
    ("【", "】"),
)

_BRACKET = re.compile("[()\\[\\]{}（）「」『』【】]")

_LITERAL = re.compile(
    r"""
      (`+)(?!`).*?(?<!`)\1(?!`)      # code
    | \]\([^()\s]*(?:\s+"[^"]*")?\)  # a link's target
    | \]\[[^\[\]]*\] | <[^<>]*> | \$[^$]*\$ | \{[^{}]*\} | https?://\S+ | \\.
    """,
    re.VERBOSE,
)
"""Parts of inline Markdown in which spaces and marks are not the translator's."""

_STOPS = ".!?…。！？"
_CLOSED = re.compile(
    rf"(?P<mark>[{_STOPS}])(?P<ends>(?:\*{{1,3}}|_{{1,3}}|\]\([^()\s]*(?:\s+\"[^\"]*\")?\))+)\s*\Z"
)
"""A mark that ends a sentence, inside of the link or the emphasis that ends it."""

_ENDS = frozenset({"link_close", "strong_close", "em_close"})


def _find_spaces(pair: Pair) -> Iterator[str]:
    text = pair.text.strip()
    if "  " in text and _DOUBLE_SPACE.search(text) and not _DOUBLE_SPACE.search(pair.source_text):
        yield "two spaces in a row: keep one"
    spaced = _spaced_marks(pair.language)
    for match in _SPACE_BEFORE.finditer(text) if _LOOSE.search(text) else ():
        if match[1] not in spaced and f" {match[1]}" not in pair.source_text:
            yield f"a space before {match[1]!r}: delete it"
            break
    tight = _tight(spaced).search(text) if spaced else None
    if tight:
        yield f"no space before {tight[1]!r}: put a no-break space there"


def _may_be_spaced(pair: Pair) -> bool:
    text = pair.text
    return "  " in text or _LOOSE.search(text) is not None or bool(_spaced_marks(pair.language))


@cache
def _spaced_marks(language: str) -> str:
    """Return the marks that the language sets a space before."""
    return SPACED_MARKS.get(language, SPACED_MARKS.get(language.partition("-")[0], ""))


@cache
def _tight(marks: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=[^\W\d_][\w)»])([{re.escape(marks)}])(?=\s|\Z)")


def _mend_spaces(pair: Pair) -> str:
    """Return the translation with one space where two were, and as the language sets marks."""
    spaced = _spaced_marks(pair.language)

    def mend(text: str) -> str:
        text = re.sub(r"(?<=\S) {2,}(?=\S)", " ", text)
        text = re.sub(
            r"(?<=\S) +([,.;:!?])(?=\s|\Z)",
            lambda match: match[0] if match[1] in spaced else match[1],
            text,
        )
        return _tight(spaced).sub("\u00a0\\1", text) if spaced else text

    return _outside_of_literals(pair.translation, mend)


def _outside_of_literals(text: str, change: Callable[[str], str]) -> str:
    """Return inline Markdown with `change` made to its words only."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match[0])
        return "\ue000"

    if "\ue000" in text:
        return text
    parts = change(_LITERAL.sub(hide, text)).split("\ue000")
    return "".join(part + mark for part, mark in zip(parts, [*kept, ""], strict=True))


def _find_ends(pair: Pair) -> Iterator[str]:
    """Yield a mark at the end that is not the language's for that of the English."""
    english = pair.source_text.rstrip()[-1:]
    good = _good_ends(pair.language, english)
    own = pair.text.rstrip()
    if good and not own.endswith((OBJECT, *good)) and own[:-1][-1:] not in good:
        message = f"the English ends with {english!r}, the translation does not"
        yield f"{message}: end it with {good[0]!r}"


@cache
def _good_ends(language: str, english: str) -> tuple[str, ...]:
    """Return what may end a sentence that ends so in English, the usual mark first; empty if any.

    Languages with a full stop of their own announce with it too, and use the colon of English.
    """
    if english == "?":
        return QUESTIONS.get(language.partition("-")[0], ("?",)) if end_marks(language) else ()
    if english == "!":
        return ("!", *sorted(TOLD)) if end_marks(language) else ()
    marks = end_marks(language)
    wanted = marks.get(english, "").strip("\u00a0")
    if not english or not wanted:
        return ()
    is_told = english == ":" and marks["."] != "."
    return (wanted, english, marks["."]) if is_told else (wanted,)


def _ends_with_marks(pair: Pair) -> bool:
    return pair.translation.rstrip().endswith(("*", "_", ")"))


def _find_end_inside(pair: Pair) -> Iterator[str]:
    """Yield a mark of the sentence's end that stands inside its last link or emphasis."""
    found = _CLOSED.search(pair.translation.rstrip())
    if not found or pair.source_text.rstrip()[-1:] not in _STOPS or _CLOSED.search(pair.english):
        return
    last = pair.tokens[-1] if pair.tokens else None
    if last and (last.type in _ENDS or last.content in {"", " "}):
        yield f"{found['mark']!r} ends the sentence, not what is marked: write it after the marks"


def _mend_end_inside(pair: Pair) -> str:
    return _CLOSED.sub(r"\g<ends>\g<mark>", pair.translation)


def _has_brackets(pair: Pair) -> bool:
    return _BRACKET.search(pair.text) is not None


def _find_brackets(pair: Pair) -> Iterator[str]:
    text, source = pair.text, pair.source_text
    for opening, closing in _BRACKETS:
        wrong = text.count(opening) - text.count(closing)
        if wrong and source.count(opening) == source.count(closing):
            if opening == "（" and source.count("(") != source.count(")"):
                continue
            if opening in "(（" and _are_balanced(text):
                continue
            is_quote = opening in "「『"
            if is_quote and _is_open(source):
                continue
            mark = closing if wrong > 0 else opening
            why = f"each {opening} has its {closing}{'' if is_quote else ' in the English'}"
            yield f"{mark!r} is missing: {why}"


def _is_open(text: str) -> bool:
    """Tell whether a text has a quotation mark that does not pair with another."""
    return text.count("“") != text.count("”") or text.count('"') % 2 == 1


def _are_balanced(text: str) -> bool:
    """Tell whether round brackets of both widths pair with one another."""
    opened = text.count("(") + text.count("（")
    return opened == text.count(")") + text.count("）")


MARKS = (
    PairCheck(
        id="spacing",
        severity=Severity.INFO,
        why="Space before a comma or two in a row tears the text apart.",
        find=_find_spaces,
        may=_may_be_spaced,
        mend=_mend_spaces,
        bad=(
            Example("Boil it, then wait.", "Zavrite , nato počakajte."),
            Example("Boil it.", "Zavrite  to."),
            Example("Boil it: now!", "Faites bouillir: maintenant !", "fr-FR"),
        ),
        good=(
            Example("Boil it: now!", "Faites bouillir : maintenant !", "fr-FR"),
            Example("Boil it: now!", "Faites bouillir : maintenant!", "fr-CA"),
        ),
    ),
    PairCheck(
        id="brackets",
        severity=Severity.WARNING,
        why="A bracket that is opened and not closed leaves readers waiting.",
        find=_find_brackets,
        may=_has_brackets,
        bad=(
            Example("Boil it (now).", "Zavrite (zdaj."),
            Example("Select it.", "「保存を選択します。", "ja-JP"),
        ),
        good=(
            Example("a) first", "a) prvič"),
            Example("Boil it (now).", "Zdaj zavrite."),
            Example("Boil it (now).", "沸かします（今)。", "ja-JP"),
            Example("“We boil it.", "「沸かします。", "ja-JP"),
        ),
    ),
    PairCheck(
        id="end-mark",
        severity=Severity.INFO,
        why="A colon announces, a full stop ends: readers expect what follows.",
        find=_find_ends,
        bad=(
            Example("Boil it:", "Zavrite"),
            Example("Boil it.", "沸かす.", "ja-JP"),
            Example("Is it hot?", "Je vroče."),
        ),
        good=(
            Example("Boil it.", "沸かす。", "ja-JP"),
            Example("Do this:", "次の操作を行います。", "ja-JP"),
            Example("Do this:", "Faites ceci :", "fr-FR"),
            Example("Run `make`.", "Zaženite `make`."),
            Example("Boil it", "Zavrite."),
            Example("Is it hot?", "هل هو ساخن؟", "ar-SA"),
        ),
    ),
    PairCheck(
        id="end-inside",
        severity=Severity.INFO,
        why="A full stop ends the sentence; inside of a link or bold words it is set as they are.",
        find=_find_end_inside,
        may=_ends_with_marks,
        mend=_mend_end_inside,
        bad=(
            Example("Select **Save**.", "Izberite **Shrani.**"),
            Example("See [the guide](a.md).", "Glejte [vodnik.](a.md)"),
        ),
        good=(
            Example("Select **Save**.", "Izberite **Shrani**."),
            Example("**Save it.**", "**Shranite.**"),
        ),
    ),
)
