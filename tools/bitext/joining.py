"""Join the sentences of a block into one entry of a catalog, and split it again.

Nothing else in the catalog changes, not a byte: a paragraph entry is put right before its first
sentence, after the same blank lines, and taken out from there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bitext.characters import joins_without_space
from bitext.merge import unite_duplicates
from bitext.model import SegmentId, State, is_paragraph_id
from bitext.notes import add_note, drop_note
from bitext.paragraphs import SPLIT, Run, former_english, make_paragraph, new_id
from bitext.po import Catalog, Entry, format_entry
from bitext.states import speaks, state_of

_BLANK_LINES = re.compile(r"(?:[ \t\r\f\v]*\n)*")


def find_missing(catalog: Catalog, run: Run) -> str:
    """Return the ID of a sentence that the catalog has not as the POT has it; empty if none."""
    held = {(entry.msgctxt, entry.msgid) for entry in catalog.entries if not entry.is_obsolete}
    missing = (e.msgctxt or "" for e in run.entries if (e.msgctxt, e.msgid) not in held)
    return next(missing, "")


def find_unfinished(catalog: Catalog, run: Run) -> list[str]:
    """Return the IDs of the run's sentences that are not translated, or not surely."""
    sentences = _sentences_of(catalog, run)
    return [e.msgctxt or "" for e in sentences if state_of(e) is not State.TRANSLATED]


def _sentences_of(catalog: Catalog, run: Run) -> list[Entry]:
    """Return the catalog's entries of a run's sentences, in the order of the run."""
    own = {entry.msgctxt: entry for entry in catalog.entries if not entry.is_obsolete}
    return [own.get(entry.msgctxt, entry) for entry in run.entries]


def _joined(sentences: Sequence[Entry]) -> str:
    """Return the translations of sentences as one; English where there is none."""
    first, *others = (e.msgstr if speaks(e) else e.msgid for e in sentences)
    text = first
    for own in others:
        text += own if joins_without_space(text, own) else f" {own}"
    return text


def join_run(catalog: Catalog, run: Run) -> tuple[Catalog, Entry]:
    """Return the catalog with a paragraph entry of a run, and that entry.

    It has the translation that it had when it was split, else those of its sentences: then it
    is stale or fuzzy if one of them is. All its sentences are in the catalog.
    """
    entries = list(catalog.entries)
    retired = _find_retired(entries, run)
    if retired is None:
        paragraph = _join_sentences(run, _sentences_of(catalog, run), new_id(run, entries))
    else:
        entries.remove(retired)
        paragraph = _revive(retired, run)
    places = {e.msgctxt: n for n, e in enumerate(entries) if not e.is_obsolete}
    place = places[run.entries[0].msgctxt]
    blank = _BLANK_LINES.match(entries[place].raw or "")
    lead = blank[0] if blank else ""
    paragraph = replace(paragraph, raw=lead + format_entry(paragraph, catalog.newline))
    entries.insert(place, paragraph)
    return replace(catalog, entries=tuple(entries)), paragraph


def _join_sentences(run: Run, sentences: Sequence[Entry], identifier: SegmentId) -> Entry:
    """Return the paragraph entry that says what its sentences say, in their state."""
    paragraph = replace(make_paragraph(run, identifier), msgstr=_joined(sentences))
    states = set(map(state_of, sentences))
    if states == {State.TRANSLATED}:
        return paragraph
    if not states <= {State.TRANSLATED, State.STALE}:
        return replace(paragraph, flags=("fuzzy",))
    return replace(
        paragraph,
        flags=("fuzzy",),
        previous_msgctxt=paragraph.msgctxt,
        previous_msgid=" ".join(map(former_english, sentences)),
    )


def _find_retired(entries: Sequence[Entry], run: Run) -> Entry | None:
    """Return the run's paragraph entry that was split, the last one, if it is of its English."""
    retired = (e for e in entries if e.is_obsolete and is_paragraph_id(e.msgctxt))
    alike = [e for e in retired if e.is_translated and former_english(e) == run.english]
    return next(reversed([*alike, *filter(run.holds, alike)]), None)


def _revive(retired: Entry, run: Run) -> Entry:
    """Return a retired paragraph entry as it is in use."""
    wanted = make_paragraph(run, run.ids[0])
    entry = drop_note(retired, SPLIT)
    is_former = entry.msgid != run.english
    return replace(
        entry,
        msgid=run.english,
        extracted=wanted.extracted,
        references=wanted.references,
        is_obsolete=False,
        flags=tuple(f for f in entry.flags if f != "fuzzy") if is_former else entry.flags,
        previous_msgctxt=None if is_former else entry.previous_msgctxt,
        previous_msgid=None if is_former else entry.previous_msgid,
        raw=None,
    )


def split_run(catalog: Catalog, run: Run, paragraph: Entry) -> Catalog:
    """Return the catalog without the paragraph entry of a run.

    One that says more than its sentences do is kept, retired, with a note that keeps `update`
    from bringing it back.
    """
    entries = [entry for entry in catalog.entries if entry is not paragraph]
    is_told = paragraph.msgstr == _joined(_sentences_of(catalog, run))
    if paragraph.comments or (paragraph.is_translated and not is_told):
        bare = replace(paragraph, is_obsolete=True, extracted=(), references=(), raw=None)
        entries.append(add_note(bare, SPLIT))
    return replace(catalog, entries=tuple(unite_duplicates(entries)))
