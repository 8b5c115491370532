"""What a change means for translations, as Markdown for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bitext.coverage import LanguageCoverage
from bitext.words import count_words
from bitext.worklist import word_diff

_MOST = 30
"""Changed sentences that are listed."""


@dataclass(frozen=True, slots=True)
class EnglishChange:
    """A sentence of English that was edited, added or taken away."""

    article: str
    id: str
    text: str
    """Of an edited one the change, as a word diff."""

    verb: str
    """``edited``, ``added`` or ``removed``."""


@dataclass(frozen=True, slots=True)
class LanguageChange:
    """One language before and after a change."""

    before: LanguageCoverage | None
    """None if the language is new."""

    after: LanguageCoverage
    waiting: Sequence[str]
    """The English of the sentences that wait for a translator now and did not before."""

    is_known: bool = True
    """Whether all that the figures are made of could be read."""

    @property
    def words(self) -> int:
        """Words of English that wait anew."""
        return sum(map(count_words, self.waiting))


def summarize(
    languages: Sequence[LanguageChange],
    english: Sequence[EnglishChange],
    since: str,
    *,
    unreadable: Sequence[str] = (),
) -> str:
    """Return the Markdown; `unreadable` says of each file why it could not be read."""
    lines = [*_head(languages, english, since), *_warn(unreadable), *_list(english)]
    return "\n".join(lines) + "\n"


def _head(
    languages: Sequence[LanguageChange], english: Sequence[EnglishChange], since: str
) -> Iterator[str]:
    yield "## Translations"
    yield ""
    counts = [f"{_count(english, verb)} {verb}" for verb in ("edited", "added", "removed")]
    yield f"Sentences of English since `{_plain(since)}`: {', '.join(counts)}."
    yield ""
    yield "| language | before | after | goes to translators |"
    yield "|---|--:|--:|---|"
    for language in languages:
        if not language.is_known:
            yield f"| {language.after.tag} | – | – | not known: a file cannot be read |"
            continue
        before = _per_cent(language.before) if language.before else "–"
        sentences = len(language.waiting)
        counted = f"{_number(language.words, 'word')} in {_number(sentences, 'sentence')}"
        goes = counted if sentences else "nothing"
        yield f"| {language.after.tag} | {before} | {_per_cent(language.after)} | {goes} |"


def _warn(unreadable: Sequence[str]) -> Iterator[str]:
    """Yield what could not be read."""
    if unreadable:
        yield from ("", "These files cannot be read, and what they hold is not counted:", "")
        yield from (f"- {inline_code(text)}" for text in unreadable)


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _count(english: Sequence[EnglishChange], verb: str) -> int:
    return sum(change.verb == verb for change in english)


def _per_cent(coverage: LanguageCoverage) -> str:
    """Return a percentage cut off, so that only a complete language shows 100."""
    return f"{int(coverage.total.per_cent * 10) / 10:.1f} %"


def _list(english: Sequence[EnglishChange]) -> Iterator[str]:
    if not english:
        return
    yield from ("", "<details><summary>Changed sentences</summary>", "")
    for change in english[:_MOST]:
        place = f"`{change.id}` in {_plain(change.article)}"
        yield f"- {change.verb} {place}: {inline_code(change.text)}"
    if len(english) > _MOST:
        yield f"- … and {len(english) - _MOST} more"
    yield from ("", "</details>")


def _plain(text: str) -> str:
    """Return text that is no markup."""
    return re.sub(r"[`|<>\[\]\n]", " ", text)


def inline_code(text: str) -> str:
    """Return text as inline code, whatever it holds."""
    line = " ".join(text.split())
    longest = max(map(len, re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if longest else f"`{line}`"


def find_english_changes(
    before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]
) -> Iterator[EnglishChange]:
    """Yield what changed between two states of the ledgers: article and English, by ID."""
    for own, (article, text) in after.items():
        if own not in before:
            yield EnglishChange(article, own, text, "added")
        elif before[own][1] != text:
            yield EnglishChange(article, own, word_diff(before[own][1], text), "edited")
    for own, (article, text) in before.items():
        if own not in after:
            yield EnglishChange(article, own, text, "removed")
