"""The table of checks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from bitext.checks.catalog import PO_BEHIND, PO_HEADER, PO_IDS
from bitext.checks.emphasis import BOLD_MOVED, EMPHASIS, ESCAPES
from bitext.checks.english import LEFT_ENGLISH, may_be_english
from bitext.checks.glossary import NO_TERMS, Glossary
from bitext.checks.known import Known, Told
from bitext.checks.letters import CHARACTERS, SCRIPTS, is_unusual, without_unreadable
from bitext.checks.links import EMPTY_LINK, IMAGES, LINK_TARGETS
from bitext.checks.machine import MACHINE
from bitext.checks.marks import MARKS
from bitext.checks.model import Check, Finding, LanguageCheck, PairCheck, Severity, Unit
from bitext.checks.numbers import NUMBERS
from bitext.checks.pair import Pair, used_labels
from bitext.checks.states import FUZZY, STALE, UNTRANSLATED
from bitext.checks.stray import GENERAL, STRAY_MARKUP
from bitext.checks.structure import CODE, CONSTRUCTS
from bitext.checks.terms import TERMS
from bitext.checks.text import BLANK, TEXT
from bitext.checks.waivers import UNUSED, find_unused, find_waivers, waived
from bitext.checks.whole import LANGUAGE_CHECKS, Found
from bitext.markdown.blocks import Grammar
from bitext.model import State
from bitext.po import Catalog, Entry

COVERAGE_CHECKS = (UNTRANSLATED, FUZZY, STALE)
"""Errors in a language that is below the coverage its settings ask for, else information."""

CHECKS = (PO_HEADER, PO_IDS, PO_BEHIND, *COVERAGE_CHECKS)

_OF_SETTLED = (PO_HEADER,)
"""What may be wrong with a catalog that has just its article's sentences, each translated."""

SPECIFIC = (CODE, LINK_TARGETS, IMAGES, *CONSTRUCTS, EMPTY_LINK)
"""What is compared construct by construct."""

PAIR_CHECKS = (
    *BLANK,
    *SPECIFIC,
    *GENERAL,
    *CHARACTERS,
    *SCRIPTS,
    *MACHINE,
    TERMS[0],
    ESCAPES,
    *EMPHASIS,
    *LEFT_ENGLISH,
    TERMS[1],
    *TEXT,
    *NUMBERS,
    *MARKS,
)
"""In the order of the manual: errors first."""

_SEVERITIES = {check.id: check.severity for check in PAIR_CHECKS}
_WAIVABLE = frozenset(check.id for check in (*PAIR_CHECKS, *LANGUAGE_CHECKS))
"""What a waiver may name."""


def check_catalog(
    unit: Unit,
    *,
    path: str,
    disabled: Collection[str],
    grammar: Callable[[], Grammar],
    whole: Found | None = None,
    glossary: Glossary = NO_TERMS,
    known: Known | None = None,
    labels: Callable[[], frozenset[str]] | None = None,
) -> Iterator[Finding]:
    """Yield what the checks find in one catalog, at lines of the file `path`.

    `grammar` is asked for only if there is a translation to parse. `whole` is what was found in
    the language as a whole. `known` is added to, and spares to look at a translation again.
    `labels` returns those that the article defines.
    """
    known = known or Known()
    for check in CHECKS if unit.template else _OF_SETTLED:
        if check.id not in disabled:
            yield from _run(check, unit, path)
    parser = cache(grammar)
    blank = _find_blank(unit.catalog) if unit.template else ()
    for entry in chain(unit.by_state[State.TRANSLATED], blank):
        identifier = entry.msgctxt or ""
        more = whole.get(identifier, ()) if whole else ()
        own_labels = _defined(entry, labels)

        def look(entry: Entry = entry, own: frozenset[str] | None = own_labels) -> list[Told]:
            pair = Pair(entry, unit.language, parser(), glossary, own)
            return [(check.id, text) for check, text in find_in_pair(pair, disabled=disabled)]

        context = " ".join(sorted(own_labels)) if own_labels else ""
        own = known.find(entry.msgid, entry.msgstr, look, context=context)
        if own or more or entry.comments:
            for name, severity, message in _without_waived(entry, own, more, disabled):
                text = f"{identifier} {message}"
                yield Finding(
                    *(path, entry.line, severity, text, name),
                    *(unit.language, unit.article, identifier),
                    english=entry.msgid,
                    translation=entry.msgstr,
                )


def _defined(entry: Entry, labels: Callable[[], frozenset[str]] | None) -> frozenset[str] | None:
    """Return the labels in an entry that its article defines; None if that is not known."""
    if labels is None or "][" not in entry.msgid:
        return None
    return labels() & used_labels(f"{entry.msgid}\n{entry.msgstr}")


def _find_blank(catalog: Catalog) -> Iterator[Entry]:
    """Yield the entries whose translation is white space: they count as not translated."""
    for entry in catalog.entries:
        if entry.msgstr and not (entry.is_translated or entry.is_obsolete):
            yield entry


def _without_waived(
    entry: Entry,
    own: Iterable[Told],
    more: Iterable[tuple[LanguageCheck, str]],
    disabled: Collection[str],
) -> Iterator[tuple[str, Severity, str]]:
    """Yield check, severity and message of what is found and not waived, and of idle waivers."""
    found = [(name, _SEVERITIES[name], text) for name, text in own if name in _SEVERITIES]
    found += [(check.id, check.severity, text) for check, text in more]
    waivers = find_waivers(entry) if entry.comments else []
    silent = waived(waivers)
    yield from (one for one in found if one[0] not in silent)
    if waivers and UNUSED not in disabled:
        names = {name for name, _, _ in found}
        idle = find_unused(waivers, names, known=_WAIVABLE)
        yield from ((UNUSED, Severity.WARNING, text) for text in idle)


def find_in_pair(pair: Pair, *, disabled: Collection[str] = ()) -> list[tuple[PairCheck, str]]:
    """Return what the checks find in one translation, each with the check.

    One damage is one finding: what a check of one construct names, the general ones do not
    name again, and a text full of broken markup is not read for its words.
    """
    blank = find_each(BLANK, pair, disabled)
    if blank:
        return blank
    has_letters = is_unusual(pair)
    letters = find_each(CHARACTERS, pair, disabled) if has_letters else []
    if letters:
        pair = without_unreadable(pair)
    may = may_find(pair)
    specific = find_each(may.specific, pair, disabled) if may.specific else []
    general = [] if specific else _first_of(may.general, pair, disabled)
    found = [*letters, *specific, *general]
    if may.emphasis and not (specific or general):
        found += _first_of(may.emphasis, pair, disabled)
    if not general:
        found += find_each(SCRIPTS, pair, disabled) if has_letters else ()
        found += _find_in_words(pair, disabled, broken=[check.id for check, _ in specific])
    return found


class Constructs(NamedTuple):
    """Which checks of constructs may find anything in a pair."""

    specific: Sequence[PairCheck]
    general: Sequence[PairCheck]
    """The first of these that finds anything is the one to name."""

    emphasis: Sequence[PairCheck]


ANY = Constructs(SPECIFIC, (ESCAPES, *GENERAL), EMPHASIS)
_ALIKE = Constructs((), (STRAY_MARKUP,), (BOLD_MOVED,))
_PLAIN = Constructs((), (STRAY_MARKUP,), ())


def may_find(pair: Pair) -> Constructs:
    """Return the checks of constructs that may find anything; most pairs need few of them."""
    if pair.is_plain:
        return _PLAIN
    return _ALIKE if pair.is_alike else ANY


_WORDS = (*TEXT, *NUMBERS, *MARKS)
_COPIED = LEFT_ENGLISH[:1]


def _find_in_words(
    pair: Pair, disabled: Collection[str], *, broken: Collection[str]
) -> list[tuple[PairCheck, str]]:
    """Return what is wrong with the words.

    Where constructs are `broken`, their words are among those of the sentence: what may be
    theirs is not looked for.
    """
    found = find_each(TERMS, pair, disabled) if pair.glossary.terms else []
    leftover = find_each(MACHINE, pair, disabled)
    left = [] if leftover or broken else _find_english(pair, disabled)
    checks = _checks_of_words(leftover, left, broken) if leftover or left or broken else _WORDS
    return [*found, *leftover, *left, *find_each(checks, pair, disabled)]


def _checks_of_words(
    leftover: Sequence[object], left: Sequence[object], broken: Collection[str]
) -> Sequence[PairCheck]:
    """Return what is asked of the words where a machine, English or broken constructs left some."""
    is_code_shown = "code-changed" in broken or "math-changed" in broken
    has_numbers = not (leftover or is_code_shown or "link-targets" in broken)
    return (
        *(() if leftover or left else TEXT),
        *(NUMBERS if has_numbers else ()),
        *(() if is_code_shown else MARKS),
    )


def _find_english(pair: Pair, disabled: Collection[str]) -> list[tuple[PairCheck, str]]:
    """Return what was left in English; most translations hold no function word of it."""
    checks = LEFT_ENGLISH if may_be_english(pair) else _COPIED
    return _first_of(checks, pair, disabled)


def find_each(
    checks: Sequence[PairCheck], pair: Pair, disabled: Collection[str] = ()
) -> list[tuple[PairCheck, str]]:
    """Return what each of the checks finds, as if there were no others."""
    found: list[tuple[PairCheck, str]] = []
    for check in checks:
        if (check.may is None or check.may(pair)) and check.id not in disabled:
            for message in check.find(pair):
                found.append((check, message))  # noqa: PERF401 - a list would be made for nothing
    return found


def _first_of(
    checks: Sequence[PairCheck], pair: Pair, disabled: Collection[str]
) -> list[tuple[PairCheck, str]]:
    """Return what the first check finds that finds anything."""
    if len(checks) == 1:
        return find_each(checks, pair, disabled)
    for check in checks:
        found = find_each((check,), pair, disabled)
        if found:
            return found
    return []


def _run(check: Check, unit: Unit, path: str) -> Iterator[Finding]:
    severity = check.severity
    if check in COVERAGE_CHECKS and unit.is_below:
        severity = Severity.ERROR
    for entry, message in check.find(unit):
        line = entry.line if entry else 0
        identifier = (entry.msgctxt or "") if entry else ""
        yield Finding(
            path, line, severity, message, check.id, unit.language, unit.article, identifier
        )
