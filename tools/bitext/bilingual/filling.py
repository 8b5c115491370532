"""Groups of pairs into entries: what is exact, what is a part, and what is joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bitext.bilingual.align import Fit, Group, make_key
from bitext.bilingual.body import Waiting
from bitext.bilingual.fitting import OWN_LINK, brings_link, fit_link, has_words, lead_of, substitute
from bitext.bilingual.numbers import paragraph_numbers
from bitext.bilingual.pairs import Fault, Kind, Pair, SideBySide, line_of
from bitext.bilingual.published import (
    Note,
    with_note,
)
from bitext.bilingual.rebuild import Rebuilt
from bitext.ledger import is_same_sentence
from bitext.model import BlockKind, SegmentId
from bitext.paragraphs import Run, make_paragraph
from bitext.po import Catalog, Entry


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of the article, in its order, and how it is written there."""

    kind: BlockKind
    label: str
    written: str
    """As the article has it, line breaks as single spaces; empty if it was not found."""


@dataclass(slots=True)
class Work:
    """The entries of a catalog while they are filled."""

    entries: list[Entry]
    paragraphs: dict[int, Entry] = field(default_factory=dict)
    """By the place of the sentence that each stands before."""

    retired: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)


class Filler:
    """Fills entries from groups of pairs."""

    def __init__(
        self,
        file: SideBySide,
        template: Catalog,
        places: Sequence[Place],
        runs: Sequence[Run],
        work: Work,
        *,
        is_former: bool,
        is_rebuilt: bool,
    ) -> None:
        self._is_former = is_former
        self._is_rebuilt = is_rebuilt
        self._pairs = file.pairs
        self._text = file.text
        self._template = template.entries
        self._places = places
        self._runs = runs
        self._run_of = {
            place: run for run in runs for place in range(run.place, run.place + len(run.entries))
        }
        self._numbers = paragraph_numbers(runs)
        self._work = work
        self._joined: dict[int, Group] = {}

    def fill(self, group: Group) -> None:
        """Fill the entries of one group."""
        if not group.sentences:
            self._retire(group)
        elif group.fit is Fit.HELD and len(group.sentences) == 1:
            self._fill_holding(group, group.sentences[0])
        elif group.fit is Fit.EDITED:
            self._fill_edited(group)
        elif len(group.sentences) == 1:
            self._fill_one(group, group.sentences[0])
        else:
            self._joined[group.sentences[0]] = group
            self._retire(group)

    def _fill_one(self, group: Group, place: int) -> None:
        """Fill one sentence from a pair of the same English, or from several that make it up."""
        wanted = self._template[place]
        pairs = [self._pairs[number] for number in group.pairs]
        if len(pairs) == 1:
            msgstr = fit_link(pairs[0], wanted.msgid)
        else:
            msgstr = substitute(wanted.msgid, pairs) or " ".join(pair.target for pair in pairs)
        is_exact = len(pairs) == 1 and self._is_exact(pairs[0], place)
        if self._is_former and (pairs[0].source, pairs[0].target) != (wanted.msgid, msgstr):
            is_exact = False
        self._set(place, msgstr, pairs[0])
        if not is_exact:
            self._retire(group)

    def _is_exact(self, pair: Pair, place: int) -> bool:
        """Tell whether the article alone says how this pair is written around its sentence."""
        written = self._places[place].written
        if lead_of(pair.source) != lead_of(pair.target):
            return False
        if self._lacks_lead(pair, place):
            written = written.lstrip(" ")
        if not self._is_rebuilt and written:
            is_alike = lead_of(pair.source) == lead_of(written)
            is_same = is_alike and make_key(pair.source) == make_key(written)
            return not pair.id.is_paragraph and is_same
        return not pair.id.is_paragraph and (
            pair.source == written or (pair.source.strip() == pair.source and not written)
        )

    def _lacks_lead(self, pair: Pair, place: int) -> bool:
        """Tell whether a pair begins without the space that would be its own, under its number."""
        own = SegmentId.parse(self._template[place].msgctxt or "")
        is_own = own is not None and (own.number, False) == (pair.id.number, pair.id.is_paragraph)
        return is_own and bool(lead_of(self._places[place].written)) and not lead_of(pair.source)

    def _set(self, place: int, msgstr: str, pair: Pair) -> None:
        own = SegmentId.parse(self._template[place].msgctxt or "")
        if lead_of(pair.source) and lead_of(pair.source) == lead_of(msgstr):
            msgstr = msgstr.lstrip(" ")
        entry = self._work.entries[place]
        if self._places[place].kind is BlockKind.CELL and "\\|" not in entry.msgid:
            msgstr = msgstr.replace("\\|", "|")  # as Markdown reads a cell, if it does so
        entry = replace(entry, msgstr=msgstr)
        if brings_link(msgstr, entry.msgid, pair):
            entry = replace(entry, comments=(*entry.comments, OWN_LINK))
        is_moved = own is not None and (own.number, False) != (pair.id.number, pair.id.is_paragraph)
        if is_moved or self._lacks_lead(pair, place):
            entry = with_note(entry, Note(pair.id.number, pair.id.is_paragraph))
        self._work.entries[place] = entry

    def _fill_edited(self, group: Group) -> None:
        """Fill a sentence whose English is not the pair's: it may hold that with markup around."""
        place = group.sentences[0]
        pair = self._pairs[group.pairs[0]]
        wanted = self._template[place]
        if is_same_sentence(pair.source, wanted.msgid):
            self._set(place, pair.target, pair)
            self._work.entries[place] = replace(
                self._work.entries[place],
                flags=("fuzzy",),
                previous_msgctxt=wanted.msgctxt,
                previous_msgid=pair.source,
            )
            is_kept = self._is_former or wanted.msgid in pair.source
        else:
            is_kept = True
        if is_kept:
            self._retire(group)

    def _fill_holding(self, group: Group, place: int) -> None:
        """Fill a sentence that holds pairs and more: the rest stays; words in it raise a doubt."""
        pairs = [self._pairs[number] for number in group.pairs]
        wanted = self._template[place]
        self._set(place, substitute(wanted.msgid, pairs), pairs[0])
        if has_words(wanted.msgid, pairs):
            self._work.entries[place] = replace(self._work.entries[place], flags=("fuzzy",))
        self._retire(group)

    def _retire(self, group: Group) -> None:
        """Keep the pairs of a group as they are, as parts."""
        prefix = next((e.msgctxt for e in self._template), "") or ""
        for number in group.pairs:
            pair = self._pairs[number]
            own = SegmentId(prefix.partition("-")[0] or pair.id.prefix, pair.id.number)
            entry = Entry(msgid=pair.source, msgstr=pair.target, msgctxt=str(own), is_obsolete=True)
            note = Note(pair.id.number, is_paragraph=pair.id.is_paragraph)
            self._work.retired.append(with_note(entry, note))

    def join_blocks(self) -> None:
        """Translate as one the blocks of which a pair says several sentences."""
        by_run: dict[int, list[Group]] = {}
        for group in self._joined.values():
            by_run.setdefault(self._run_of[group.sentences[0]].place, []).append(group)
        for place, groups in by_run.items():
            run = self._run_of[place]
            if all(self._run_of[n] is run for group in groups for n in group.sentences):
                self._join(run, groups)
            else:
                self._complain(groups)

    def _join(self, run: Run, groups: Sequence[Group]) -> None:
        last = run.place + len(run.entries)
        pieces: list[str] = []
        place = run.place
        while place < last:
            group = next((g for g in groups if g.sentences[0] == place), None)
            pieces.append(
                self._target_of(group)
                if group
                else self._work.entries[place].msgstr or self._template[place].msgid
            )
            place += len(group.sentences) if group else 1
        if not run.can_join:
            self._complain(groups)
            return
        identifier = run.ids[0]._replace(is_paragraph=True)
        paragraph = replace(make_paragraph(run, identifier), msgstr=" ".join(pieces))
        whole = (
            groups[0] if len(groups) == 1 and len(groups[0].sentences) == len(run.entries) else None
        )
        if whole and len(whole.pairs) == 1:
            paragraph = self._note_paragraph(paragraph, run, self._pairs[whole.pairs[0]])
        if any(self._is_lacking(place, groups) for place in range(run.place, last)):
            paragraph = replace(paragraph, flags=("fuzzy",))
        self._work.paragraphs[run.place] = paragraph

    def _target_of(self, group: Group) -> str:
        """Return what the pairs of a group make of its sentences."""
        pairs = [self._pairs[number] for number in group.pairs]
        english = " ".join(self._template[place].msgid for place in group.sentences)
        held = substitute(english, pairs) if group.fit is Fit.HELD else ""
        return held or " ".join(pair.target for pair in pairs)

    def _note_paragraph(self, paragraph: Entry, run: Run, pair: Pair) -> Entry:
        """Return a paragraph entry that is one pair, which then needs no part."""
        written = " ".join(
            self._places[place].written for place in range(run.place, run.place + len(run.entries))
        )
        if written != pair.source or self._is_former:
            return paragraph
        self._work.retired = [
            e for e in self._work.retired if (e.msgid, e.msgstr) != (pair.source, pair.target)
        ]
        is_default = pair.id.is_paragraph and pair.id.number == self._numbers.get(run.place)
        if is_default:
            return paragraph
        return with_note(paragraph, Note(pair.id.number, is_paragraph=pair.id.is_paragraph))

    def _is_lacking(self, place: int, groups: Sequence[Group]) -> bool:
        is_joined = any(place in group.sentences for group in groups)
        return not is_joined and not self._work.entries[place].msgstr

    def _complain(self, groups: Sequence[Group]) -> None:
        for group in groups:
            pair = self._pairs[group.pairs[0]]
            message = f"{pair.id}: the article is cut otherwise here; it is kept, retired"
            self._work.faults.append(Fault(line_of(self._text, pair.start), Kind.UNPLACED, message))

    def note_anchors(self, rebuilt: Rebuilt) -> None:
        """Note each anchor that is not the slug of its heading."""
        if not any(anchor.name for anchor in rebuilt.anchors):
            return
        pairs = {pair.id: number for number, pair in enumerate(self._pairs)}
        for anchor in rebuilt.anchors:
            if anchor.name != anchor.slug:
                self._note_anchor(pairs[anchor.pair], anchor.name)

    def _note_anchor(self, number: int, name: str) -> None:
        pair = self._pairs[number]
        for place, entry in enumerate(self._work.entries):
            is_its = make_key(entry.msgid) == make_key(pair.source)
            if is_its and entry.msgstr and self._places[place].kind is BlockKind.HEADING:
                note = Note(pair.id.number, pair.id.is_paragraph, name)
                self._work.entries[place] = with_note(entry, note)
                return
