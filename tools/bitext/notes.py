"""Notes that a machine leaves in an entry, each bound to what it was said of.

A note is one token in a translator's comment, ``# bitext: carried 3fa1``. The digits are a hash
of the entry's ID and translation: a note that an editor moved to another entry, or whose
translation a person changed since, is no longer true, and is dropped.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from bitext.po import Entry

_NOTE = re.compile(r"bitext: (?P<word>[a-z:-]+) (?P<hash>[0-9a-f]{4})")

_MACHINE = re.compile(r"bitext: mt:(?P<engine>[^\s:]+)(?: (?P<hash>[0-9a-f]{4}))?")
_MACHINE_FLAGS = frozenset({"mt", "machine-translated"})


def add_note(entry: Entry, word: str) -> Entry:
    """Return the entry with a note in place of the notes that it had."""
    note = f"bitext: {word} {_hash(entry)}"
    kept = (comment for comment in entry.comments if not _NOTE.fullmatch(comment.strip()))
    return replace(entry, comments=(*kept, note), raw=None)


def renew_note(before: Entry, after: Entry) -> Entry:
    """Return `after` with the note that is true of `before`; a machine changed the translation.

    All other lines of the entry keep their bytes.
    """
    word = find_note(before)
    if not word:
        return after
    old, new = (f"bitext: {word} {_hash(entry)}" for entry in (before, after))
    comments = tuple(comment.replace(old, new) for comment in after.comments)
    raw = after.raw.replace(old, new) if after.raw is not None else None
    return replace(after, comments=comments, raw=raw)


def is_note(comment: str) -> bool:
    """Tell whether a comment is a machine's note, true or not."""
    return _NOTE.fullmatch(comment.strip()) is not None


def drop_false_notes(entry: Entry) -> Entry:
    """Return the entry without the notes that are not of it, or no longer; else as it is."""
    kept = tuple(comment for comment in entry.comments if not _is_false(comment, entry))
    return entry if kept == entry.comments else replace(entry, comments=kept, raw=None)


def drop_note(entry: Entry, word: str) -> Entry:
    """Return the entry without its notes of this word; else as it is."""
    notes = [(comment, _NOTE.fullmatch(comment.strip())) for comment in entry.comments]
    kept = tuple(comment for comment, note in notes if not (note and note["word"] == word))
    return entry if kept == entry.comments else replace(entry, comments=kept, raw=None)


def find_note(entry: Entry) -> str:
    """Return the word of the entry's note; empty if it has none that is true."""
    notes = map(_NOTE.fullmatch, map(str.strip, entry.comments))
    return next((note["word"] for note in notes if note and note["hash"] == _hash(entry)), "")


def find_engine(entry: Entry) -> str:
    """Return what translated the entry if it was a machine and nobody changed it since; else empty.

    Said by a note ``# bitext: mt:ENGINE``, with the hash of a note or without, or by a flag.
    """
    if not (entry.comments or entry.flags):
        return ""
    notes = filter(None, map(_MACHINE.fullmatch, map(str.strip, entry.comments)))
    engines = [note["engine"] for note in notes if note["hash"] in (None, _hash(entry))]
    return next(iter(engines), "machine" if _MACHINE_FLAGS.intersection(entry.flags) else "")


def _is_false(comment: str, entry: Entry) -> bool:
    note = _NOTE.fullmatch(comment.strip())
    return note is not None and note["hash"] != _hash(entry)


def _hash(entry: Entry) -> str:
    return hashlib.sha256(f"{entry.msgctxt}\0{entry.msgstr}".encode()).hexdigest()[:4]
