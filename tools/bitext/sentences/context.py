"""Tell what stands around a terminator: text in, a `Place` out.

Every look is bounded (`_REACH` characters back, one run of markup ahead), so that reading
all places of a text takes time linear in its length.
"""

from __future__ import annotations

import re

from bitext.sentences.rules import Closer, Language, Mark, Next, Place, Word

_REACH = 64
_PAREN_REACH = 1000
_LINK_REACH = 400
_EMPHASIS = "*_~"
_OPENERS = _EMPHASIS + "\\\"'“”‘’«‹([{<"
_CLOSERS = (")", "]", "}", ">", "`", "$")
_QUOTES = ('"', "'", "“", "”", "’", "»", "›")

_OPENING = re.compile(
    r"""
    (?P<mark>(?:!\[|\[!(?=[A-Z])|\\?[*_~"'“”‘’«‹(\[`])*+)  # images, alerts, markup, quotes
    (?P<continues>
        [,;:)\]}!?…>|]                     # punctuation that closes or goes on
      | [-–—./=&+%]++(?![^\W_])            # a dash or a sign, but not -option, .NET or /etc
    )?
    [-–—./=&+%@\#$]*+
    (?P<word>[^\W\d_]++)?
    (?P<contraction>['’][^\W\d_]+)?
    (?P<joined>[-.\w])?                    # more of the same word, or a number
    """,
    re.VERBOSE,
)
_NUMBERING = re.compile(r"\#?[0-9]{1,3}(?:[.][0-9]{1,3})*")
_LETTERING = re.compile(r"[A-Za-z]|[ivxIVX]{2,5}")
_LABEL = re.compile(r"(?P<label>[A-Z][a-z]+)\s(?:[0-9]{1,3}(?:[-.][0-9]{1,3})*[a-z]?|[A-Z]|[IVX]+)")
_DOTTED = re.compile(r"(?:[A-Za-z]{1,2}[.])+[A-Za-z]{1,2}")
_LINKED = re.compile(r"\[([^][]{1,200})\]\([^()\s]{0,300}\)$")
_INITIAL = re.compile(r"(?<![\w.])[A-Z]\.\s+$")
_TAIL = re.compile(r"\]\([^()]*\)|\]\[[^]]*\]|\s?\[[^]]*\]|\{[^}]*\}(?:`[^`]*`)?")


def read_place(text: str, end: re.Match[str], *, start: int, language: Language) -> Place:
    """Return what stands around `end`, a match of `cuts.find_ends` in the sentence from `start`."""
    return Place(
        _read_mark(end["mark"]),
        _read_closer(text, end, start=start),
        _read_word(text, end.start(), start=start, language=language),
        _read_next(text, end.end(), language=language),
    )


def _read_mark(run: str) -> Mark:
    """Return what a run of terminators is."""
    if run.endswith("..."):
        return Mark.DOTS
    return Mark.TWO_STOPS if run == ".." else Mark(run[-1])


def _read_closer(text: str, end: re.Match[str], *, start: int) -> Closer:
    """Return what stands between the mark and the white space."""
    closers = _TAIL.sub("", end["closers"])
    if not closers:
        return Closer.LINK if end["closers"].startswith(("](", "][")) else Closer.NOTHING
    if ")" in closers or "]" in closers:
        return Closer.WHOLE if _is_whole(text, start, end.start()) else Closer.PAREN
    return Closer.EMPHASIS if closers[0] in "*_~<" and closers[-1] in "*_~>" else Closer.QUOTE


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a parenthesis closed at `end` was opened at, or before, `start`."""
    opening = text[start : start + _REACH].lstrip(_EMPHASIS)[:1]
    reach = max(start, end - _PAREN_REACH)
    return opening in ("(", "[") or ("(" not in text[reach:end] and "[" not in text[reach:end])


def _read_word(text: str, end: int, *, start: int, language: Language) -> Word:
    """Return what the word that ends at `end` is."""
    if end - start < _REACH:
        opening = _read_opening_word(text[start:end], language)
        if opening is not Word.OTHER:
            return opening
    window = text[max(start, end - _REACH) : end]
    if language.sees_through and window.endswith(")"):
        window = _LINKED.sub(r"\1", text[max(start, end - _LINK_REACH) : end])
    token = "" if window[-1:].isspace() else window.rsplit(None, 1)[-1]
    bare = token.rstrip(_EMPHASIS)
    word = bare.lstrip(_OPENERS).rstrip("\\")
    if bare.endswith(_CLOSERS) or word.endswith(_QUOTES):
        return Word.CLOSED
    if not word:
        return Word.NOTHING
    if language.sees_through and word.endswith("..."):
        return Word.TRAILING
    kind = _look_up(word, language)
    if kind is Word.INITIAL and language.sees_through and _INITIAL.search(window[: -len(token)]):
        return Word.INITIALS
    is_listed = kind is Word.LETTER and window[: -len(token)].rstrip().endswith(":")
    return Word.LETTERING if is_listed else kind


def _read_opening_word(opening: str, language: Language) -> Word:
    """Return what numbers or labels a sentence that has only `opening` before the mark."""
    bare = opening.strip(_OPENERS + " \t\n")
    if not bare:
        return Word.FIRST
    if _NUMBERING.fullmatch(bare):
        return Word.NUMBERING
    if _LETTERING.fullmatch(bare):
        return Word.LETTERING
    label = _LABEL.fullmatch(bare)
    return Word.LABEL if label and label["label"] in language.labels else Word.OTHER


def _look_up(word: str, language: Language) -> Word:
    """Return what a bare `word` is: listed, or told by its shape."""
    part = language.joints.split(word)[-1]
    listed = language.words.get(word) or language.words.get(part)
    if listed is None and language.sees_through:
        listed = language.words.get(part[:1].lower() + part[1:])
    if listed is not None:
        return listed
    if len(part) == 1 and part.isalpha():
        return Word.INITIAL if part.isupper() else Word.LETTER
    return Word.DOTTED if _DOTTED.fullmatch(part) else Word.OTHER


def _read_next(text: str, start: int, *, language: Language) -> Next:
    """Return how the text from `start` begins."""
    opening = _OPENING.match(text, start)
    if opening is None or "`" in opening["mark"]:
        return Next.CODE
    if opening["continues"]:
        return Next.PUNCTUATION
    if not opening["word"]:
        return Next.DIGIT if (opening["joined"] or "").isdigit() else Next.SYMBOL
    return _read_next_word(opening, language)


def _read_next_word(opening: re.Match[str], language: Language) -> Next:
    """Return what the first word after the white space is."""
    word, contraction = opening["word"], (opening["contraction"] or "").replace("’", "'")
    if word[0].islower():
        return Next.LOWER
    if not word[0].isupper():
        return Next.SYMBOL
    is_starter = word in language.starters or word + contraction in language.starters
    return Next.STARTER if is_starter and not opening["joined"] else Next.UPPER
