"""Group C: emphasis, line breaks and escapes: what a translation may set otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from bitext.checks.knowledge import QUOTING
from bitext.checks.model import Example, PairCheck, Severity, short
from bitext.checks.pair import Pair, walk

_STRESS = frozenset({"em_open", "strong_open"})
_LEAST_NAME = 3
"""Letters from which bold text that is copied is a name, and no number or sign."""


def _stressed(tokens: Sequence[Token]) -> list[str]:
    """Return the words of each bold part."""
    parts: list[str] = []
    depth = 0
    for token in walk(tokens):
        if token.type == "strong_open":
            depth += 1
            parts.append("")
        elif token.type == "strong_close":
            depth -= 1
        elif depth and token.type in ("text", "text_special", "code_inline"):
            parts[-1] += token.content
    return parts


def _plain(tokens: Sequence[Token]) -> str:
    """Return the words that are not bold."""
    words: list[str] = []
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("strong_") else 0
        words.append(token.content if token.type in ("text", "text_special") and not depth else " ")
    return "".join(words)


def _has_bold(pair: Pair) -> bool:
    return "**" in pair.english or "__" in pair.english


def _find_lost_bold(pair: Pair) -> Iterator[str]:
    wanted, found = _stressed(pair.source_tokens), _stressed(pair.tokens)
    if len(found) < len(wanted) and not _are_quoted(pair, len(wanted) - len(found)):
        count = (
            "bold"
            if len(wanted) == 1
            else f"{len(wanted) - len(found)} of {len(wanted)} bold parts"
        )
        verb = "is" if count == "bold" else "are"
        yield f"{count} {verb} lost: put ** around the words that the English stresses"


def _are_quoted(pair: Pair, lost: int) -> bool:
    """Tell whether the language quotes what is bold in English, and the translation does."""
    if pair.language.partition("-")[0] not in QUOTING or "**" in pair.text:
        return False
    return _quotes(pair.text) - _quotes(pair.source_text) >= lost


def _quotes(text: str) -> int:
    """Return how many quotations a text holds."""
    return sum(map(text.count, "”」』》")) + text.count('"') // 2


def _find_moved_bold(pair: Pair) -> Iterator[str]:
    """Yield bold words of the English that are there and plain, while others are bold."""
    wanted, found = _stressed(pair.source_tokens), _stressed(pair.tokens)
    if len(found) < len(wanted):
        return
    bold, plain = " ".join(found).lower(), _plain(pair.tokens).lower()
    english = _plain(pair.source_tokens).lower()
    for words in wanted:
        name = words.strip(" .,:;").lower()
        if sum(map(str.isalpha, name)) < _LEAST_NAME or name in bold or name in english:
            continue
        if name in plain and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain):
            yield f"{short(words)!r} is bold in the English, and other words here: move the **"
            return
    if not re.search(r"\w", plain) and len(re.findall(r"[^\W\d_]{2,}", english)) > 3:
        yield "all of it is bold, a part of the English is: move the **"


def _breaks(tokens: Sequence[Token]) -> int:
    return sum(token.type == "hardbreak" for token in tokens)


def _find_lost_breaks(pair: Pair) -> Iterator[str]:
    wanted, found = _breaks(pair.source_tokens), _breaks(pair.tokens)
    if found < wanted:
        yield "a line break is missing: end the line with a backslash where the English does"


def _find_lost_escapes(pair: Pair) -> Iterator[str]:
    """Yield that stars or underscores which the English escapes are emphasis here.

    Emphasis takes two of them. Where all that the English shows is bold that came to nothing, as
    in ``** Save **``, a translator may have mended it.
    """
    wanted, found = _counts(pair.source_tokens), _counts(pair.tokens)
    for mark in "*_":
        escaped = f"\\{mark}"
        lost = pair.english.count(escaped) - pair.translation.count(escaped)
        if found > wanted and lost > 1 and not _is_mended(pair, mark):
            yield f"{escaped} lost its backslash, and what follows is emphasis: write {escaped}"
            return


def _has_escapes(pair: Pair) -> bool:
    return r"\*" in pair.english or r"\_" in pair.english


def _is_mended(pair: Pair, mark: str) -> bool:
    """Tell whether the English shows the marks of bold, and the translation is bold instead."""
    shown = pair.source_text.count(mark)
    is_bold = shown > 0 and shown == 2 * pair.source_text.count(2 * mark)
    return is_bold and mark not in pair.text and bool(_stressed(pair.tokens))


def _counts(tokens: Sequence[Token]) -> int:
    return Counter(token.type in _STRESS for token in walk(tokens))[True]


ESCAPES = PairCheck(
    id="escape-lost",
    severity=Severity.WARNING,
    why="A star that the English shows must not turn words into italics.",
    find=_find_lost_escapes,
    may=_has_escapes,
    bad=(Example(r"Open \*boil and wait\*.", "Odprite *zavri in počakaj*."),),
    good=(
        Example(r"Open \*.md first.", r"Najprej odprite \*.md."),
        Example(r"Open \*.md first.", "Najprej odprite *.md."),
    ),
)

BOLD_MOVED = PairCheck(
    id="bold-moved",
    severity=Severity.WARNING,
    why="Bold on the wrong words sends readers to look for them.",
    find=_find_moved_bold,
    may=_has_bold,
    bad=(
        Example("Select **Save** in Teams.", "V **storitvi Teams** izberite Save."),
        Example("Select **Save** in the first row now.", "**Zdaj v prvi vrstici izberite to**."),
    ),
    good=(Example("Select **Save** in Teams.", "V storitvi Teams izberite **Save**."),),
)

EMPHASIS = (
    PairCheck(
        id="bold-lost",
        severity=Severity.WARNING,
        why="Bold names what readers look for on their screens.",
        find=_find_lost_bold,
        may=_has_bold,
        bad=(Example("Select **Save** now.", "Zdaj izberite Shrani."),),
        good=(Example("Select **Save** now.", "Zdaj izberite **Shrani**."),),
    ),
    BOLD_MOVED,
    PairCheck(
        id="break-lost",
        severity=Severity.WARNING,
        why="A hard line break keeps the lines of an address or a verse apart.",
        find=_find_lost_breaks,
        bad=(Example("One\\\ntwo", "Ena dve"),),
        good=(Example("One\\\ntwo", "Ena\\\ndve"),),
    ),
)
