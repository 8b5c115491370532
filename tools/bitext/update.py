"""Bring a language's catalog up to its ledger: old catalog + POT + memory → new catalog.

An entry is joined by (ID, English); else by its English within the article; else by its ID, if
old and new English are recognisably one sentence. What joins nothing is retired, and the memory
has it. Sentences that a paragraph entry speaks for are joined too, but nothing is asked of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from bitext.languages import english_name, parse_language, plural_forms
from bitext.lazy import lazy
from bitext.ledger import is_same_sentence
from bitext.memory import Match, Memory, Proposal, Sentence, sentences
from bitext.merge import unite_duplicates
from bitext.model import is_paragraph_id
from bitext.notes import add_note, drop_false_notes, drop_note
from bitext.paragraphs import SPLIT, Run, find_runs, match_paragraphs, wanted_paragraph
from bitext.po import Catalog, Entry, set_field
from bitext.states import is_proposal, speaks

_SOURCE = "X-Bitext-Source"
_NO_ID = "memory"
"""What `#| msgctxt` names where a proposal comes from no entry of ours: without any it would
be taken for a stale translation, which readers see."""


class Outcome(StrEnum):
    """What became of an entry in an update."""

    KEPT = "kept"
    CARRIED = "carried"
    """A mechanical change of its English was made in its translation."""

    FILLED = "filled"
    """The memory had a translation of exactly its English, or of what differs mechanically."""

    FUZZY = "fuzzy"
    """The memory had a translation that a person has to look at."""

    STALE = "stale"
    NEW = "new"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Updated:
    """A language's catalog of one article, as `update` leaves it."""

    catalog: Catalog
    outcomes: tuple[tuple[Outcome, str], ...]
    """What became of each entry, with its English."""


class Pair:
    """An old catalog, if there is one, beside its POT: which entry each sentence has."""

    def __init__(self, old: Catalog | None, template: Catalog) -> None:
        self.old, self.template = old, template

    @lazy
    def is_current(self) -> bool:
        """Whether the catalog has all of its POT and nothing to be done; most have."""
        return self.old is not None and _is_current(self.old, self.template)

    @lazy
    def stock(self) -> _Stock:
        """The entries of the old catalog; those that have a sentence are taken."""
        return _Stock(self.old.entries if self.old else ())

    @lazy
    def known(self) -> Sequence[Entry | None]:
        """The old entry of each sentence."""
        return self.stock.join(self.template.entries)

    def find_questions(self) -> Iterator[tuple[str, Match]]:
        """Yield what an update may ask the memory: sentences, each with the last kind of match.

        One without a translation is asked for up to `MECHANICAL`, or `NEAR` if it is new; one with
        a translation of other English for `EXACT`.
        """
        if self.is_current:
            return
        for wanted, known in zip(self.template.entries, self.known, strict=True):
            is_same = known is not None and known.msgid == wanted.msgid
            if known is None or not known.is_translated:
                yield wanted.msgid, Match.MECHANICAL if is_same else Match.NEAR
            elif not is_same:
                yield wanted.msgid, Match.EXACT


def update_catalog(old: Catalog | None, template: Catalog, *, tag: str, memory: Memory) -> Updated:
    """Return the catalog of `tag` for the ledger in `template`; untouched entries keep bytes."""
    return update_pair(Pair(old, template), tag=tag, memory=memory)


def update_pair(pair: Pair, *, tag: str, memory: Memory) -> Updated:
    """Return the catalog of `tag`, brought up to its ledger. A pair is asked once."""
    old, template = pair.old, pair.template
    if old is not None and pair.is_current:
        return Updated(old, tuple((Outcome.KEPT, entry.msgid) for entry in template.entries))
    known_entries, stock = pair.known, pair.stock
    paragraphs = _renew_paragraphs(stock, template.entries, memory)
    entries: list[Entry] = []
    outcomes: list[tuple[Outcome, str]] = []
    replaced: list[Entry] = []
    retired = {(e.msgctxt, e.msgid) for e in old.entries if e.is_obsolete} if old else set()
    texts = [entry.msgid for entry in template.entries]
    places, home = sentences(texts), memory.find_home(texts)
    joined = zip(template.entries, known_entries, places, strict=True)
    for place, (wanted, known, sentence) in enumerate(joined):
        above = paragraphs.get(place)
        own = memory.without_proposals() if above and speaks(above.entry) else memory
        entry, outcome = _renew(wanted, known, sentence, own, home, retired)
        entries += [above.entry, entry] if above and above.run.place == place else [entry]
        outcomes.append((outcome if own is memory or not above else above.outcome, entry.msgid))
        if known is not None and outcome is Outcome.FILLED and known.is_translated:
            replaced.append(_as_translated(known))
    for entry in (*replaced, *stock.rest()):
        if entry.is_obsolete:
            entries.append(entry)
        elif entry.is_translated or entry.comments:
            entries.append(_retire_paragraph(entry, paragraphs) or _retire(entry))
            outcomes.append((Outcome.RETIRED, entry.msgid))
    header = _header_of(old, template) if old and old.header.msgstr else _new_header(template, tag)
    newline = old.newline if old else "\n"
    catalog = Catalog(header, tuple(unite_duplicates(entries)), old.tail if old else "", newline)
    return Updated(catalog, tuple(outcomes))


def _is_current(old: Catalog, template: Catalog) -> bool:
    """Tell whether a catalog has all of its POT and nothing to be done; most have."""
    count = len(template.entries)
    pairs = zip(old.entries, template.entries, strict=False)
    return (
        len(old.entries) >= count
        and all(e.is_obsolete and not is_paragraph_id(e.msgctxt) for e in old.entries[count:])
        and all(_is_settled(known, wanted) for known, wanted in pairs)
        and bool(old.header.msgstr)
        and old.field(_SOURCE) in (None, template.field(_SOURCE))
    )


def _is_settled(known: Entry, wanted: Entry) -> bool:
    """Tell whether an entry is that of `wanted`, has a translation and no note to look at."""
    return bool(
        known.msgid == wanted.msgid
        and known.msgctxt == wanted.msgctxt
        and known.is_translated
        and known.extracted == wanted.extracted
        and known.references == wanted.references
        and not known.comments
        and not known.is_obsolete
    )


class _Paragraph(NamedTuple):
    """A paragraph entry, renewed."""

    run: Run
    entry: Entry
    outcome: Outcome


def _renew_paragraphs(
    stock: _Stock, template: Sequence[Entry], memory: Memory
) -> dict[int, _Paragraph]:
    """Return the paragraph entries that stay or come back, by the place of each sentence."""
    if not stock.has_paragraphs:
        return {}
    found: dict[int, _Paragraph] = {}
    for known, run in stock.join_paragraphs(list(find_runs(template))):
        paragraph = _Paragraph(run, *_renew_paragraph(run, known, memory))
        places = range(run.place, run.place + len(run.entries))
        found.update(dict.fromkeys(places, paragraph))
    return found


def _renew_paragraph(run: Run, known: Entry, memory: Memory) -> tuple[Entry, Outcome]:
    """Return the paragraph entry of a run; stale if it is of other English than the run has."""
    wanted = wanted_paragraph(run, known)
    if known.msgid == wanted.msgid:
        return _refresh(wanted, known), Outcome.KEPT
    if not known.is_translated:
        return _adopt(wanted, known), Outcome.NEW
    quiet = memory.without_proposals()
    return _follow_english(wanted, known, Sentence(wanted.msgid), quiet, "", ())


def _retire_paragraph(entry: Entry, paragraphs: Mapping[int, _Paragraph]) -> Entry | None:
    """Return a paragraph entry whose sentences have another one, retired for good; else None."""
    runs = [paragraph.run for paragraph in paragraphs.values()]
    is_replaced = is_paragraph_id(entry.msgctxt) and any(run.holds(entry) for run in runs)
    return add_note(_retire(drop_note(entry, SPLIT)), SPLIT) if is_replaced else None


class _Stock:
    """The entries of an old catalog, each given out once."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._used: set[int] = set()
        self.has_paragraphs = False
        self._exact: dict[tuple[str | None, str], list[int]] = {}
        self._by_text: dict[str, list[int]] = {}
        self._by_id: dict[str | None, int] = {}
        order = sorted(range(len(entries)), key=lambda index: entries[index].is_obsolete)
        for index in order:
            entry = entries[index]
            if is_paragraph_id(entry.msgctxt):
                self.has_paragraphs = True
                continue
            self._exact.setdefault((entry.msgctxt, entry.msgid), []).append(index)
            self._by_text.setdefault(entry.msgid, []).append(index)
            if not entry.is_obsolete:
                self._by_id.setdefault(entry.msgctxt, index)

    def join(self, template: Sequence[Entry]) -> list[Entry | None]:
        """Return the entry of each sentence in `template`: each rule before the next, for all.

        To be asked once.
        """
        taken: list[Entry | None] = [None] * len(template)
        for find in (self._find_exact, self._find_by_text, self._find_by_id):
            for place, wanted in enumerate(template):
                if taken[place] is None:
                    taken[place] = self._take(find(wanted))
        for index in (self._exact, self._by_text, self._by_id):
            index.clear()  # each has its entry: pairs may be many
        return taken

    def join_paragraphs(self, runs: Sequence[Run]) -> list[tuple[Entry, Run]]:
        """Return the paragraph entries that have a run, with it."""
        found = match_paragraphs(self._entries, runs)
        self._used.update(found)
        return [(self._entries[index], run) for index, run in found.items()]

    def _find_exact(self, wanted: Entry) -> Sequence[int]:
        """Return where this sentence has its own entry, in use or retired."""
        return self._exact.get((wanted.msgctxt, wanted.msgid), ())

    def _find_by_text(self, wanted: Entry) -> Sequence[int]:
        """Return where this English has another ID."""
        return self._by_text.get(wanted.msgid, ())

    def _find_by_id(self, wanted: Entry) -> Sequence[int]:
        """Return where this ID has other English that is recognisably the same sentence."""
        index = self._by_id.get(wanted.msgctxt)
        if index is None or index in self._used:
            return ()
        known = self._entries[index]
        english = (known.msgid, known.previous_msgid or known.msgid)
        is_same = any(is_same_sentence(old, wanted.msgid) for old in english)
        return (index,) if is_same else ()

    def _take(self, candidates: Sequence[int]) -> Entry | None:
        for index in candidates:
            if index not in self._used:
                self._used.add(index)
                return self._entries[index]
        return None

    def rest(self) -> Iterator[Entry]:
        """Yield what was not taken, in the order of the catalog."""
        return (entry for index, entry in enumerate(self._entries) if index not in self._used)


def _retire(entry: Entry) -> Entry:
    """Return an entry as a retired one, without what gettext drops from it."""
    bare = replace(entry, is_obsolete=True, extracted=(), references=(), raw=None)
    return drop_false_notes(bare)


def _renew(
    wanted: Entry,
    known: Entry | None,
    sentence: Sentence,
    memory: Memory,
    home: str,
    retired: Collection[tuple[str | None, str]],
) -> tuple[Entry, Outcome]:
    """Return the entry of `wanted`, with what `known` or the memory says of it."""
    if known is not None and known.msgid == wanted.msgid and known.is_translated:
        return _refresh(wanted, known), Outcome.KEPT
    if known is not None and known.is_translated:
        return _follow_english(wanted, known, sentence, memory, home, retired)
    is_new = known is None or known.msgid != wanted.msgid
    proposal = memory.propose(sentence, home) or (
        memory.find_near(wanted.msgid) if is_new else None
    )
    filled = _fill(_adopt(wanted, known), proposal)
    if filled is not None:
        return filled
    if known is not None and known.msgid == wanted.msgid:
        return _refresh(wanted, known), Outcome.KEPT
    return _adopt(wanted, known), Outcome.NEW


def _adopt(wanted: Entry, known: Entry | None) -> Entry:
    """Return a new entry that keeps the translators' comments of `known`."""
    if known is None:
        return replace(wanted, raw=None, line=0, msgstr_line=0)
    comments, line = known.comments, known.line
    return replace(wanted, raw=None, comments=comments, line=line, msgstr_line=known.msgstr_line)


def _refresh(wanted: Entry, known: Entry) -> Entry:
    """Return `known` under the ID and the notes of `wanted`; with its bytes if nothing changes."""
    own = (known.msgctxt, known.extracted, known.references, known.is_obsolete)
    if own == (wanted.msgctxt, wanted.extracted, wanted.references, False) and not known.comments:
        return known
    entry = replace(
        known,
        msgctxt=wanted.msgctxt,
        extracted=wanted.extracted,
        references=wanted.references,
        is_obsolete=False,
    )
    if entry.comments:
        entry = drop_false_notes(entry)
    return known if entry == known else replace(entry, raw=None)


def _fill(entry: Entry, proposal: Proposal | None) -> tuple[Entry, Outcome] | None:
    """Return a new entry with what the memory proposes; fuzzy if a person has to look at it."""
    if proposal is None:
        return None
    filled = drop_false_notes(replace(entry, msgstr=proposal.translation))
    if proposal.match is Match.MECHANICAL:
        return add_note(filled, "carried"), Outcome.FILLED
    if proposal.is_certain:
        return filled, Outcome.FILLED
    fuzzy = replace(
        filled,
        flags=(*entry.flags, "fuzzy"),
        previous_msgctxt=proposal.id or _NO_ID,
        previous_msgid=proposal.english or entry.msgid,
    )
    return fuzzy, Outcome.FUZZY


def _follow_english(
    wanted: Entry,
    known: Entry,
    sentence: Sentence,
    memory: Memory,
    home: str,
    retired: Collection[tuple[str | None, str]],
) -> tuple[Entry, Outcome]:
    """Return the entry of a sentence whose English changed since it was translated.

    English that returned to what the translation says makes it translated again. A mechanical
    change is made in it; else a translation of exactly the new English takes its place, and it
    is retired; else it is stale: fuzzy, with the English that it translates.
    """
    entry = _refresh(wanted, replace(known, msgid=wanted.msgid, raw=None))
    if is_proposal(known):
        return _mark_stale(entry, known.previous_msgid or "", known.previous_msgctxt)
    former = _as_translated(known)
    if former.is_fuzzy:
        return _mark_stale(entry, former.msgid, wanted.msgctxt)
    if former.msgid == wanted.msgid:
        return _settle(entry, known.msgstr), Outcome.KEPT
    carried = memory.carry(former.msgid, wanted.msgid, known.msgstr)
    if carried is not None:
        return add_note(_settle(entry, carried), "carried"), Outcome.CARRIED
    found = memory.find_exact(sentence, home)
    if found and found.is_certain and (known.msgctxt, former.msgid) not in retired:
        return _settle(entry, found.translation), Outcome.FILLED
    return _mark_stale(entry, former.msgid, wanted.msgctxt)


def _as_translated(known: Entry) -> Entry:
    """Return the entry with the English that its translation is of; fuzzy only for a doubt."""
    if not known.is_fuzzy or known.previous_msgid is None:
        return known
    return _settle(replace(known, msgid=known.previous_msgid), known.msgstr)


def _settle(entry: Entry, translation: str) -> Entry:
    """Return an entry as translated."""
    return replace(
        entry,
        msgstr=translation,
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        previous_msgctxt=None,
        previous_msgid=None,
        raw=None,
    )


def _mark_stale(entry: Entry, former: str, origin: str | None) -> tuple[Entry, Outcome]:
    """Return an entry as fuzzy; its translation is of the English `former` of the ID `origin`."""
    flags = ("fuzzy", *(flag for flag in entry.flags if flag != "fuzzy"))
    stale = replace(entry, flags=flags, previous_msgctxt=origin, previous_msgid=former, raw=None)
    return stale, Outcome.STALE


def _header_of(old: Catalog, template: Catalog) -> Entry:
    """Return the header of a catalog; after its article was renamed, with the new path."""
    before, now = old.field(_SOURCE), template.field(_SOURCE)
    if not before or not now or before == now:
        return old.header
    comments = tuple(comment.replace(before, now) for comment in old.header.comments)
    return replace(set_field(old.header, _SOURCE, now), comments=comments, raw=None)


def _new_header(template: Catalog, tag: str) -> Entry:
    """Return the header of a catalog that is new."""
    language = parse_language(tag)
    source = template.field(_SOURCE) or ""
    fields = (
        ("Project-Id-Version", template.field("Project-Id-Version") or ""),
        ("Language", language.gettext if language else tag),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", plural_forms(tag)),
        (_SOURCE, source),
    )
    lines = "".join(f"{name}: {value}\n" for name, value in fields)
    places = [place for entry in template.entries for place in entry.references]
    comment = f"{english_name(tag)} translation of {places[0] if places else source}."
    return Entry(msgid="", msgstr=lines, comments=(comment,))
