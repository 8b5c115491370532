"""What the entries of a catalog mean: to readers, to coverage, to whoever translates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bitext.model import State, is_paragraph_id
from bitext.places import is_continued
from bitext.po import Entry


def state_of(entry: Entry) -> State:
    """Return what the entry means; a proposal of the memory is fuzzy."""
    if not entry.is_translated:
        return State.UNTRANSLATED
    if not entry.is_fuzzy:
        return State.TRANSLATED
    if entry.previous_msgid is not None and entry.previous_msgctxt in (None, entry.msgctxt):
        return State.STALE
    return State.FUZZY


def is_proposal(entry: Entry) -> bool:
    """Tell whether an entry's translation was proposed by the memory and nobody has seen it."""
    return entry.is_fuzzy and entry.previous_msgctxt not in (None, entry.msgctxt)


def speaks(entry: Entry) -> bool:
    """Tell whether an entry has a translation that more than the memory stands for.

    Only such a paragraph entry stands for its sentences.
    """
    return entry.is_translated and not is_proposal(entry)


class Standing(NamedTuple):
    """An entry in use, and what it means."""

    entry: Entry
    state: State
    """Of a sentence that a paragraph entry speaks for, that one's."""

    is_covered: bool = False
    """Whether it is such a sentence: its own entry is neither shown nor asked for."""


def find_standings(entries: Iterable[Entry]) -> Iterator[Standing]:
    """Yield the entries in use of a catalog that `update` left, paragraph entries too."""
    above: State | None = None
    is_first = False
    for entry in entries:
        if entry.is_obsolete:
            continue
        state = state_of(entry)
        if is_paragraph_id(entry.msgctxt):
            above, is_first = (state if speaks(entry) else None), True
            yield Standing(entry, state)
            continue
        if above and (is_first or is_continued(entry)):
            yield Standing(entry, above, is_covered=True)
        else:
            above = None
            yield Standing(entry, state)
        is_first = False


def find_paragraphs(entries: Iterable[Entry]) -> dict[str | None, Entry]:
    """Return the paragraph entries in use, by the ID of the sentence that each stands before."""
    found: dict[str | None, Entry] = {}
    paragraph: Entry | None = None
    for entry in entries:
        if entry.is_obsolete:
            continue
        if is_paragraph_id(entry.msgctxt):
            paragraph = entry
        elif paragraph is not None:
            found[entry.msgctxt] = paragraph
            paragraph = None
    return found
