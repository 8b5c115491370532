"""One entry of three catalogs, or of two, as one: merged by what its parts mean.

A translation is taken from the side that changed it, and stays a translation of the English that
this side had: where the merged English is another, it is stale, as `update` would have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from bitext.notes import drop_false_notes, find_note
from bitext.po import Entry
from bitext.po.escapes import escape
from bitext.states import is_proposal

_Value = TypeVar("_Value")

OTHER = "bitext: also translated as: "
"""How a comment begins that keeps a second translation of one sentence."""

_HIGHEST = frozenset({"x-bitext-next"})
"""Header fields that only ever grow."""


class MergedEntry(NamedTuple):
    """An entry that was merged."""

    entry: Entry
    is_conflict: bool = False
    """Whether two people translated it differently: both translations are in it, marked fuzzy."""


def merge_entry(base: Entry | None, ours: Entry, theirs: Entry) -> MergedEntry:
    """Return what became of an entry on two sides since `base`; None if both sides made it.

    The entry is one of the sides, with its bytes, if nothing of the other is missing in it.
    """
    if theirs in (base, ours):
        return MergedEntry(ours)
    if ours == base:
        return MergedEntry(theirs)
    base = base or _blank(ours, theirs)
    source, is_conflict = _choose(base, ours, theirs)
    is_obsolete = pick(base.is_obsolete, ours.is_obsolete, theirs.is_obsolete)
    merged = replace(
        ours,
        msgid=pick(base.msgid, ours.msgid, theirs.msgid),
        msgid_plural=pick(base.msgid_plural, ours.msgid_plural, theirs.msgid_plural),
        comments=_merge_lines(base.comments, ours.comments, theirs.comments),
        flags=_merge_lines(base.flags, ours.flags, theirs.flags),
        extracted=() if is_obsolete else _of_live(base, ours, theirs).extracted,
        references=() if is_obsolete else _of_live(base, ours, theirs).references,
        is_obsolete=is_obsolete,
        raw=None,
    )
    merged = drop_false_notes(_translate(merged, source))
    if is_conflict:
        merged = _keep_both(merged, ours if source is theirs else theirs)
    same = (side for side in (ours, theirs) if side == merged)
    return MergedEntry(next(same, merged), is_conflict)


def unite(first: Entry, second: Entry) -> Entry:
    """Return two entries of one sentence as one; a second translation is kept in a comment."""
    if first.is_obsolete and not second.is_obsolete:
        first, second = second, first
    if not second.is_obsolete:
        return merge_entry(None, first, second).entry
    comments = _merge_lines((), first.comments, second.comments)
    merged = drop_false_notes(replace(first, comments=comments, raw=None))
    if not _words(merged).strip():
        merged = _translate(merged, second)
    elif _words(second).strip() and _words(second) != _words(merged):
        merged = _comment_on(merged, second)
    return first if merged == first else merged


def pick(base: _Value, ours: _Value, theirs: _Value) -> _Value:
    """Return the value of the side that changed it; ours if both did."""
    return theirs if ours == base else ours


def _blank(ours: Entry, theirs: Entry) -> Entry:
    """Return an entry to which both sides added all that they have."""
    is_obsolete = ours.is_obsolete or theirs.is_obsolete
    return Entry(ours.msgid, msgctxt=ours.msgctxt, is_obsolete=is_obsolete)


def _of_live(base: Entry, ours: Entry, theirs: Entry) -> Entry:
    """Return the entry that has the notes of an entry in use: a retired one has none."""
    if ours.is_obsolete != theirs.is_obsolete:
        return theirs if ours.is_obsolete else ours
    is_same = (ours.extracted, ours.references) == (base.extracted, base.references)
    return theirs if is_same else ours


def _choose(base: Entry, ours: Entry, theirs: Entry) -> tuple[Entry, bool]:
    """Return the side whose translation is taken, and whether a person's on the other is not.

    Words go before marks: a new translation before the other side's "still right", and what a
    person wrote before what the memory proposed or a mechanical change made.
    """
    if _words(ours) == _words(theirs):
        return (theirs if _marks(ours) == _marks(base) else ours), False
    changed = [side for side in (ours, theirs) if _words(side) != _words(base)]
    written = [side for side in changed if _words(side).strip()]
    if len(written) < 2:
        return (written or changed)[0], False
    by_people = [side for side in written if not _is_made(side)]
    return (by_people or written)[0], len(by_people) == 2


def _words(entry: Entry) -> str:
    return "\0".join(entry.plurals) if entry.plurals else entry.msgstr


def _marks(entry: Entry) -> tuple[str, bool]:
    """Return the English that the translation is of, and whether somebody doubts it."""
    return _english(entry), entry.is_fuzzy and entry.previous_msgid is None


def _english(entry: Entry) -> str:
    is_former = entry.is_fuzzy and entry.previous_msgid is not None
    return entry.previous_msgid or "" if is_former else entry.msgid


def _is_made(entry: Entry) -> bool:
    """Tell whether a program made the translation, and nobody has seen it."""
    return is_proposal(entry) or find_note(entry) == "carried"


def _translate(entry: Entry, source: Entry) -> Entry:
    """Return `entry` with the translation of `source`, stale if that is of other English."""
    if entry.msgid == source.msgid or not _words(source).strip():
        is_fuzzy = source.is_fuzzy
        former = source.previous_msgctxt, source.previous_msgid
    elif _english(source) != entry.msgid:
        is_fuzzy = True
        own = source.previous_msgctxt if source.is_fuzzy else entry.msgctxt
        former = own, _english(source)
    else:
        is_fuzzy, former = _marks(source)[1], (None, None)
    others = tuple(flag for flag in entry.flags if flag != "fuzzy")
    return replace(
        entry,
        msgstr=source.msgstr,
        plurals=source.plurals,
        flags=("fuzzy", *others) if is_fuzzy else others,
        previous_msgctxt=former[0],
        previous_msgid=former[1],
        previous_msgid_plural=source.previous_msgid_plural if former[1] is not None else None,
        raw=None,
    )


def _keep_both(entry: Entry, other: Entry) -> Entry:
    """Return an entry in conflict: fuzzy, with the translation of `other` in a comment."""
    flags = ("fuzzy", *(flag for flag in entry.flags if flag != "fuzzy"))
    return _comment_on(replace(entry, flags=flags), other)


def _comment_on(entry: Entry, other: Entry) -> Entry:
    """Return `entry` with the translation of `other` in a comment, on one line for each form."""
    texts = [f"{OTHER}{escape(text)}" for text in other.plurals or (other.msgstr,)]
    missing = tuple(text for text in texts if text not in entry.comments)
    return replace(entry, comments=(*entry.comments, *missing), raw=None)


def _merge_lines(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> tuple[str, ...]:
    """Return our lines without those that they took away, and then those that they added."""
    removed = Counter(base) - Counter(theirs)
    added = Counter(theirs) - Counter(base) - (Counter(ours) - Counter(base))
    return (*_without(ours, removed), *_only(theirs, added))


def _without(lines: Sequence[str], removed: Counter[str]) -> Iterator[str]:
    left = Counter(removed)
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
        else:
            yield line


def _only(lines: Sequence[str], wanted: Counter[str]) -> Iterator[str]:
    left = Counter(wanted)
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
            yield line


def merge_header(base: Entry, ours: Entry, theirs: Entry) -> Entry:
    """Return the header of three, field by field; where both sides changed one, ours stays."""
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    merged = replace(
        ours,
        msgstr=_merge_fields(base.msgstr, ours.msgstr, theirs.msgstr),
        comments=_merge_lines(base.comments, ours.comments, theirs.comments),
        flags=_merge_lines(base.flags, ours.flags, theirs.flags),
        raw=None,
    )
    return next((side for side in (ours, theirs) if side == merged), merged)


def _merge_fields(base: str, ours: str, theirs: str) -> str:
    """Return the lines of a header's fields, ours in their order, then what they added."""
    before, own, other = (_fields(text) for text in (base, ours, theirs))
    lines: list[str] = []
    for name in [*own, *(name for name in other if name not in own)]:
        values = [side.get(name, "") for side in (before, own, other)]
        is_number = name in _HIGHEST and all(_number(line) is not None for line in values[1:])
        line = max(values[1:], key=lambda line: _number(line) or 0) if is_number else pick(*values)
        lines += [line] if line else []
    return "".join(f"{line}\n" for line in lines)


def _fields(text: str) -> dict[str, str]:
    """Return the lines of a header by what they are about."""
    lines = text.removesuffix("\n").split("\n") if text else []
    return {line.partition(":")[0].strip().lower(): line for line in lines}


def _number(line: str) -> int | None:
    value = line.partition(":")[2].strip()
    return int(value) if value.isascii() and value.isdecimal() else None
