"""What a translator does next, and one sentence in all its languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from bitext.model import State
from bitext.notes import find_engine
from bitext.po import Catalog, Entry
from bitext.states import find_standings, is_proposal
from bitext.words import count_words


class Work(StrEnum):
    """What an entry waits for, the most urgent first."""

    STALE = "stale"
    """Its English changed: readers see an old translation."""

    REVIEW = "to review"
    """A person was not sure."""

    MACHINE = "machine"
    """A machine translated it."""

    PROPOSED = "proposed"
    """The memory proposes a translation of other English."""

    UNTRANSLATED = "untranslated"


class Task(NamedTuple):
    """One entry that waits for a translator."""

    article: str
    entry: Entry
    work: Work

    @property
    def words(self) -> int:
        """Words of its English."""
        return count_words(self.entry.msgid)


def find_tasks(catalogs: Mapping[str, Catalog]) -> list[Task]:
    """Return what waits in a language's catalogs, as `update` would leave them, in its order."""
    tasks = [
        Task(article, standing.entry, work)
        for article, catalog in catalogs.items()
        for standing in find_standings(catalog.entries)
        if not standing.is_covered and (work := _work(standing.entry, standing.state))
    ]
    order = list(Work)
    return sorted(tasks, key=lambda task: order.index(task.work))


def _work(entry: Entry, state: State) -> Work | None:
    if state is State.UNTRANSLATED:
        return Work.UNTRANSLATED
    if state is State.STALE:
        return Work.STALE
    if state is State.TRANSLATED:
        return None
    if is_proposal(entry):
        return Work.PROPOSED
    return Work.MACHINE if find_engine(entry) else Work.REVIEW


def describe(task: Task) -> str:
    """Return the English of a task; of one whose English is another now, what changed."""
    former = task.entry.previous_msgid
    if former is None or former == task.entry.msgid:
        return task.entry.msgid
    return word_diff(former, task.entry.msgid)


def word_diff(old: str, new: str) -> str:
    """Return what changed between two sentences, as ``git diff --word-diff`` shows it.

    >>> word_diff("Run this step:", "Run these steps:")
    'Run [-this step-]{+these steps+}:'
    """
    before, after = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (old, new))
    return "".join(_changes(before, after))


def _changes(before: list[str], after: list[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    removed = added = ""
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        same = "".join(after[new_start:new_end]) if kind == "equal" else ""
        if kind == "equal" and (same.strip() or not (removed or added)):
            yield _change(removed, added) + same
            removed = added = ""
            continue
        removed += "".join(before[start:end])
        added += "".join(after[new_start:new_end])
    yield _change(removed, added)


def _change(removed: str, added: str) -> str:
    """Return one change; white space that both end with stands behind it."""
    if removed == added:
        return removed
    tail = " " if removed.endswith(" ") and added.endswith(" ") else ""
    removed, added = removed.removesuffix(tail), added.removesuffix(tail)
    parts = [f"[-{removed}-]" if removed else "", f"{{+{added}+}}" if added else ""]
    return "".join(parts) + tail


def find_text(entries: Iterable[Entry], text: str) -> Iterator[Entry]:
    """Yield the entries in use whose ID, English or translation holds `text`, in any case."""
    wanted = text.casefold()
    for entry in entries:
        held = (entry.msgctxt or "", entry.msgid, entry.msgstr)
        if not entry.is_obsolete and any(wanted in own.casefold() for own in held):
            yield entry
