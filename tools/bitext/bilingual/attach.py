"""The pairs of a published file as the entries of a catalog.

A pair whose English is a sentence of the article becomes that sentence's translation. Where the
published file was cut otherwise, the block is translated as a whole, in a paragraph entry or in one
sentence, and each pair is kept beside it as a part. A pair of English that the article does not
have is kept as a retired entry: no translation is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bitext.bilingual.align import Group, align_pairs
from bitext.bilingual.filling import Filler, Place, Work
from bitext.bilingual.inplace import FindCuts, fill_run, fill_values, is_value
from bitext.bilingual.keeping import merge
from bitext.bilingual.pairs import Fault, SideBySide
from bitext.bilingual.published import (
    Published,
    read_published,
)
from bitext.bilingual.rebuild import Rebuilt
from bitext.memory import EMPTY
from bitext.model import BlockKind
from bitext.paragraphs import find_runs
from bitext.po import Catalog
from bitext.update import update_catalog


@dataclass(frozen=True, slots=True)
class Attached:
    """What an import makes of a published file."""

    catalog: Catalog
    faults: tuple[Fault, ...]
    groups: tuple[Group, ...]


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
    work = Work([replace(entry, raw=None) for entry in template.entries])
    runs = list(find_runs(template.entries))
    filler = Filler(file, template, places, runs, work, is_former=is_former, is_rebuilt=is_rebuilt)
    for group in groups:
        filler.fill(group)
    filler.join_blocks()
    fill_values(rebuilt, places, runs, work, is_current=is_current, find_cuts=find_cuts)
    filler.note_anchors(rebuilt)
    published = _published(file, rebuilt, template, work)
    catalog = merge(base, work, published)
    return Attached(catalog, tuple(work.faults), tuple(groups))


def _published(file: SideBySide, rebuilt: Rebuilt, template: Catalog, work: Work) -> Published:
    own = template.field("X-Bitext-Prefix") or ""
    return Published(
        prefix=file.pairs[0].id.prefix if file.pairs else own,
        fields=rebuilt.fields,
        has_anchors=not rebuilt.anchors or any(anchor.name for anchor in rebuilt.anchors),
        waiting=tuple(work.waiting),
    )


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
    work = Work([replace(entry, raw=None) for entry in template.entries])
    runs = list(find_runs(template.entries))
    texts = {own.name: own.text for own in published.waiting}
    for key in dict.fromkeys(name.partition(" ")[0] for name in texts):
        own = [run for run in runs if is_value(places[run.place], key)]
        names = [name for name in texts if name.partition(" ")[0] == key]
        free = [run for run in own if key != "alt"]
        if len(free) == len(names):
            for run, name in zip(free, names, strict=True):
                fill_run(run, texts.pop(name), work, is_sure=True, find_cuts=find_cuts)
    alts = [run for run in runs if places[run.place].kind is BlockKind.ALT]
    names = [name for name in texts if name.startswith("alt ")]
    if names and len(alts) == len(names):
        for run, name in zip(alts, names, strict=True):
            fill_run(run, texts.pop(name), work, is_sure=True, find_cuts=find_cuts)
    work.waiting = [own for own in published.waiting if own.name in texts]
    return merge(base, work, replace(published, waiting=tuple(work.waiting)))
