"""The pairs of a published file as the entries of a catalog.

A pair whose English is a sentence of the article becomes that sentence's translation. Where the
published file was cut otherwise, the block is translated as a whole, in a paragraph entry or in one
sentence, and each pair is kept beside it as a part. A pair of English that the article does not
have is kept as a retired entry: no translation is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bitext.bilingual.align import Fit, Group, align_pairs, make_key, split_link
from bitext.bilingual.numbers import paragraph_numbers
from bitext.bilingual.pairs import Fault, Kind, Pair, SideBySide, line_of
from bitext.bilingual.published import (
    Note,
    Published,
    read_published,
    with_note,
    write_published,
)
from bitext.bilingual.rebuild import Rebuilt, Waiting
from bitext.ledger import is_same_sentence
from bitext.memory import EMPTY
from bitext.model import BlockKind, SegmentId
from bitext.paragraphs import Run, find_runs, make_paragraph
from bitext.po import Catalog, Entry
from bitext.update import update_catalog

FindCuts = Callable[[str], Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of the article, in its order, and how it is written there."""

    kind: BlockKind
    label: str
    written: str
    """As the article has it, line breaks as single spaces; empty if it was not found."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What an import makes of a published file."""

    catalog: Catalog
    faults: tuple[Fault, ...]
    groups: tuple[Group, ...]


@dataclass(slots=True)
class _Work:
    """The entries of a catalog while they are filled."""

    entries: list[Entry]
    paragraphs: dict[int, Entry] = field(default_factory=dict)
    """By the place of the sentence that each stands before."""

    retired: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)


def body_places(places: Sequence[Place]) -> list[int]:
    """Return the places of the sentences that pairs may say."""
    apart = (BlockKind.FRONT_MATTER, BlockKind.ALT)
    return [number for number, place in enumerate(places) if place.kind not in apart]


def align_file(file: SideBySide, template: Catalog, places: Sequence[Place]) -> list[Group]:
    """Return which pairs of a file say which entries of a POT."""
    body = body_places(places)
    found = align_pairs(
        [pair.source for pair in file.pairs], [template.entries[place].msgid for place in body]
    )
    return [
        group._replace(sentences=tuple(body[place] for place in group.sentences)) for group in found
    ]


def attach(
    file: SideBySide,
    rebuilt: Rebuilt,
    template: Catalog,
    places: Sequence[Place],
    *,
    old: Catalog | None,
    tag: str,
    is_current: bool,
    is_former: bool = False,
    is_rebuilt: bool = True,
    find_cuts: FindCuts,
) -> Attached:
    """Return the catalog of `tag` with the translations of a published file.

    `template` is the article's POT, `places` its sentences in the article, `old` the catalog that
    there is. With `is_current` the file translates this very English; with `is_former` its own is
    kept, and each pair that does not stand in the catalog as it is becomes a part. With
    `is_rebuilt` the article has the English of published files, else that of its writers.
    """
    base = update_catalog(old, template, tag=tag, memory=EMPTY).catalog
    groups = align_file(file, template, places)
    work = _Work([replace(entry, raw=None) for entry in template.entries])
    runs = list(find_runs(template.entries))
    filler = _Filler(file, template, places, runs, work, is_former=is_former, is_rebuilt=is_rebuilt)
    for group in groups:
        filler.fill(group)
    filler.join_blocks()
    _fill_values(rebuilt, places, runs, work, is_current=is_current, find_cuts=find_cuts)
    filler.note_anchors(rebuilt)
    published = _published(file, rebuilt, template, work)
    catalog = _merge(base, work, published)
    return Attached(catalog, tuple(work.faults), tuple(groups))


def _published(file: SideBySide, rebuilt: Rebuilt, template: Catalog, work: _Work) -> Published:
    own = template.field("X-Bitext-Prefix") or ""
    return Published(
        prefix=file.pairs[0].id.prefix if file.pairs else own,
        fields=rebuilt.fields,
        has_anchors=not rebuilt.anchors or any(anchor.name for anchor in rebuilt.anchors),
        waiting=tuple(work.waiting),
    )


class _Filler:
    """Fills entries from groups of pairs."""

    def __init__(
        self,
        file: SideBySide,
        template: Catalog,
        places: Sequence[Place],
        runs: Sequence[Run],
        work: _Work,
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
            msgstr = _fit_link(pairs[0], wanted.msgid)
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
        if _lead_of(pair.source) != _lead_of(pair.target):
            return False
        if self._lacks_lead(pair, place):
            written = written.lstrip(" ")
        if not self._is_rebuilt and written:
            is_alike = _lead_of(pair.source) == _lead_of(written)
            is_same = is_alike and make_key(pair.source) == make_key(written)
            return not pair.id.is_paragraph and is_same
        return not pair.id.is_paragraph and (
            pair.source == written or (pair.source.strip() == pair.source and not written)
        )

    def _lacks_lead(self, pair: Pair, place: int) -> bool:
        """Tell whether a pair begins without the space that would be its own, under its number."""
        own = SegmentId.parse(self._template[place].msgctxt or "")
        is_own = own is not None and (own.number, False) == (pair.id.number, pair.id.is_paragraph)
        return is_own and bool(_lead_of(self._places[place].written)) and not _lead_of(pair.source)

    def _set(self, place: int, msgstr: str, pair: Pair) -> None:
        own = SegmentId.parse(self._template[place].msgctxt or "")
        if _lead_of(pair.source) and _lead_of(pair.source) == _lead_of(msgstr):
            msgstr = msgstr.lstrip(" ")
        if self._places[place].kind is BlockKind.CELL:
            msgstr = msgstr.replace("\\|", "|")  # as Markdown reads a cell
        entry = replace(self._work.entries[place], msgstr=msgstr)
        if _brings_link(msgstr, entry.msgid, pair):
            entry = replace(entry, comments=(*entry.comments, _OWN_LINK))
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
        if _has_words(wanted.msgid, pairs):
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


_OWN_LINK = "bitext: ignore=link-targets its block is this link"
"""The comment on a translation that brings the link that its block is, with words around it."""


def _brings_link(msgstr: str, english: str, pair: Pair) -> bool:
    """Tell whether a translation holds the link of which the English is only the label."""
    _, target = split_link(pair.source)
    return bool(target) and target in msgstr and "](" not in english


def _lead_of(text: str) -> str:
    """Return the spaces that a published text begins with."""
    return text[: len(text) - len(text.lstrip(" "))]


_NO_WORDS = re.compile(r"<[^<>]*>|`[^`]*`|\[!\w+\]|\]\([^()]*\)")


def substitute(english: str, pairs: Sequence[Pair]) -> str:
    """Return a text that holds the English of `pairs`, in order, with their translations there.

    Empty if it does not hold them all.
    """
    pieces: list[str] = []
    position = 0
    for pair in pairs:
        source = pair.source.strip()
        start = english.find(source, position)
        if start < 0:
            return ""
        pieces += [english[position:start], pair.target.strip()]
        position = start + len(source)
    return "".join([*pieces, english[position:]])


def _has_words(english: str, pairs: Sequence[Pair]) -> bool:
    """Tell whether a text has words besides the English of `pairs` that it holds."""
    rest = substitute(english, [replace(pair, target=" ") for pair in pairs])
    return any(map(str.isalpha, _NO_WORDS.sub(" ", rest)))


def _fit_link(pair: Pair, english: str) -> str:
    """Return the translation of a sentence that may be the label of a link, or a whole link."""
    label, target = split_link(pair.source)
    own_label, own_target = split_link(english)
    if label and make_key(label) == make_key(english):
        words, link = split_link(pair.target)
        return words if link == target else pair.target
    if own_label and make_key(own_label) == make_key(pair.source):
        return f"[{pair.target}]{own_target}"
    return pair.target


def _fill_values(
    rebuilt: Rebuilt,
    places: Sequence[Place],
    runs: Sequence[Run],
    work: _Work,
    *,
    is_current: bool,
    find_cuts: FindCuts,
) -> None:
    """Fill the entries of the front matter and of images; what has none waits."""
    for key, value in rebuilt.values.items():
        own = [run for run in runs if _is_value(places[run.place], key)]
        texts = [value] if isinstance(value, str) else list(value)
        names = (
            [key] if isinstance(value, str) else [f"{key} {n}" for n in range(1, len(texts) + 1)]
        )
        _fill_texts(own, texts, names, rebuilt, work, is_current=is_current, find_cuts=find_cuts)
    alts = [run for run in runs if places[run.place].kind is BlockKind.ALT]
    names, texts = [own.name for own in rebuilt.alts], [own.text for own in rebuilt.alts]
    _fill_texts(alts, texts, names, rebuilt, work, is_current=is_current, find_cuts=find_cuts)
    broken = [own for own in rebuilt.waiting if SegmentId.parse(own.name)]
    work.waiting += broken


def _is_value(place: Place, key: str) -> bool:
    return place.kind is BlockKind.FRONT_MATTER and place.label == key


def _fill_texts(
    runs: Sequence[Run],
    texts: Sequence[str],
    names: Sequence[str],
    rebuilt: Rebuilt,
    work: _Work,
    *,
    is_current: bool,
    find_cuts: FindCuts,
) -> None:
    """Fill blocks of which only the translation is known, in their order."""
    unknown = {own.name for own in rebuilt.waiting}
    if len(runs) == len(texts):
        for run, text in zip(runs, texts, strict=True):
            _fill_run(run, text, work, is_sure=is_current, find_cuts=find_cuts)
        return
    known = [(text, name) for text, name in zip(texts, names, strict=True) if name not in unknown]
    if len(runs) == len(known):
        for run, (text, _) in zip(runs, known, strict=True):
            _fill_run(run, text, work, is_sure=is_current, find_cuts=find_cuts)
        known = []
    waits = {name for _, name in known} | unknown
    pairs = zip(names, texts, strict=True)
    work.waiting += [Waiting(name, text) for name, text in pairs if name in waits]


def _fill_run(run: Run, text: str, work: _Work, *, is_sure: bool, find_cuts: FindCuts) -> None:
    """Fill a block that is one text: sentence by sentence if that is beyond doubt."""
    flags = () if is_sure else ("fuzzy",)
    cuts = find_cuts(text) if len(run.entries) > 1 else ()
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    pieces = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    is_cut = len(pieces) == len(run.entries) and " ".join(pieces) == text
    if len(run.entries) == 1:
        pieces, is_cut = [text], True
    if is_cut:
        for place, piece in enumerate(pieces, run.place):
            work.entries[place] = replace(work.entries[place], msgstr=piece, flags=flags)
    elif run.can_join:
        identifier = run.ids[0]._replace(is_paragraph=True)
        paragraph = replace(make_paragraph(run, identifier), msgstr=text, flags=flags)
        work.paragraphs[run.place] = paragraph


def _merge(base: Catalog, work: _Work, published: Published) -> Catalog:
    """Return the catalog that has what it had and what was imported.

    A translation that is there stays; the one that was published is then kept, retired.
    """
    known = {entry.msgctxt: entry for entry in base.entries if not entry.is_obsolete}
    entries: list[Entry] = []
    retired = [entry for entry in base.entries if entry.is_obsolete]
    for place, entry in enumerate(work.entries):
        above = work.paragraphs.get(place)
        for own in filter(None, (above, entry)):
            before = known.pop(own.msgctxt, None)
            kept, former = _choose(before, own)
            entries.append(kept)
            retired += former
    rest = [entry for entry in base.entries if not entry.is_obsolete and entry.msgctxt in known]
    entries = _insert(entries, rest)
    said = {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in retired}
    said_by = (e for e in work.retired if (e.msgctxt, e.msgid, e.msgstr) not in said)
    header = write_published(base.header, published)
    return Catalog(header, (*entries, *retired, *said_by), base.tail, base.newline)


def _insert(entries: list[Entry], rest: Sequence[Entry]) -> list[Entry]:
    """Return entries with the paragraph entries that were there, each before its sentence."""
    for paragraph in rest:
        own = (paragraph.msgctxt or "").replace("-p", "-")
        place = next((n for n, e in enumerate(entries) if e.msgctxt == own), len(entries))
        entries = [*entries[:place], paragraph, *entries[place:]]
    return entries


def _choose(before: Entry | None, entry: Entry) -> tuple[Entry, list[Entry]]:
    """Return the entry to keep, and what is retired for it."""
    if before is None or not before.is_translated:
        comments = (*(before.comments if before else ()), *entry.comments)
        return replace(entry, comments=comments), []
    if before.msgstr == entry.msgstr or not entry.msgstr:
        is_sure = before.is_fuzzy and entry.msgstr and not entry.is_fuzzy
        chosen = entry if is_sure else before
        note = next((c for c in entry.comments if c not in before.comments), None)
        if is_sure or note:
            own = tuple(dict.fromkeys((*before.comments, *entry.comments)))
            return replace(chosen, comments=own, raw=None), []
        return before, []
    if before.is_fuzzy and not entry.is_fuzzy:
        return replace(entry, comments=(*before.comments, *entry.comments)), [_retired(before)]
    return before, [_retired(entry)]


def _retired(entry: Entry) -> Entry:
    bare = replace(entry, is_obsolete=True, extracted=(), references=(), raw=None)
    return replace(bare, comments=())


def resolve_waiting(
    catalog: Catalog,
    template: Catalog,
    places: Sequence[Place],
    *,
    tag: str,
    find_cuts: FindCuts,
) -> Catalog:
    """Return a catalog in which what waited for its English has it, as far as that is known."""
    published = read_published(catalog)
    base = update_catalog(catalog, template, tag=tag, memory=EMPTY).catalog
    if not published.waiting:
        return base
    work = _Work([replace(entry, raw=None) for entry in template.entries])
    runs = list(find_runs(template.entries))
    texts = {own.name: own.text for own in published.waiting}
    for key in dict.fromkeys(name.partition(" ")[0] for name in texts):
        own = [run for run in runs if _is_value(places[run.place], key)]
        names = [name for name in texts if name.partition(" ")[0] == key]
        free = [run for run in own if key != "alt"]
        if len(free) == len(names):
            for run, name in zip(free, names, strict=True):
                _fill_run(run, texts.pop(name), work, is_sure=True, find_cuts=find_cuts)
    alts = [run for run in runs if places[run.place].kind is BlockKind.ALT]
    names = [name for name in texts if name.startswith("alt ")]
    if names and len(alts) == len(names):
        for run, name in zip(alts, names, strict=True):
            _fill_run(run, texts.pop(name), work, is_sure=True, find_cuts=find_cuts)
    work.waiting = [own for own in published.waiting if own.name in texts]
    return _merge(base, work, replace(published, waiting=tuple(work.waiting)))
