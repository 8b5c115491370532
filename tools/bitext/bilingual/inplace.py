"""Entries of what is translated in place, without a pair: front matter and text of images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bitext.bilingual.body import Waiting
from bitext.bilingual.filling import Place, Work
from bitext.bilingual.rebuild import Rebuilt
from bitext.model import BlockKind, SegmentId
from bitext.paragraphs import Run, make_paragraph

FindCuts = Callable[[str], Sequence[tuple[int, int]]]


def fill_values(
    rebuilt: Rebuilt,
    places: Sequence[Place],
    runs: Sequence[Run],
    work: Work,
    *,
    is_current: bool,
    find_cuts: FindCuts,
) -> None:
    """Fill the entries of the front matter and of images; what has none waits."""
    for key, value in rebuilt.values.items():
        own = [run for run in runs if is_value(places[run.place], key)]
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


def is_value(place: Place, key: str) -> bool:
    """Tell whether a sentence is of the value of a key of the front matter."""
    return place.kind is BlockKind.FRONT_MATTER and place.label == key


def _fill_texts(
    runs: Sequence[Run],
    texts: Sequence[str],
    names: Sequence[str],
    rebuilt: Rebuilt,
    work: Work,
    *,
    is_current: bool,
    find_cuts: FindCuts,
) -> None:
    """Fill blocks of which only the translation is known, in their order."""
    unknown = {own.name for own in rebuilt.waiting}
    if len(runs) == len(texts):
        for run, text in zip(runs, texts, strict=True):
            fill_run(run, text, work, is_sure=is_current, find_cuts=find_cuts)
        return
    known = [(text, name) for text, name in zip(texts, names, strict=True) if name not in unknown]
    if len(runs) == len(known):
        for run, (text, _) in zip(runs, known, strict=True):
            fill_run(run, text, work, is_sure=is_current, find_cuts=find_cuts)
        known = []
    waits = {name for _, name in known} | unknown
    pairs = zip(names, texts, strict=True)
    work.waiting += [Waiting(name, text) for name, text in pairs if name in waits]


def fill_run(run: Run, text: str, work: Work, *, is_sure: bool, find_cuts: FindCuts) -> None:
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
