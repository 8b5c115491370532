"""One published file into a project: the function behind `bitext import bilingual`, on text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bitext.bilingual.attach import attach, resolve_waiting
from bitext.bilingual.base import (
    Base,
    Published,
    decode_published,
    hash_of,
    known_english,
    make_article,
    take_article,
    with_line_feeds,
)
from bitext.bilingual.edits import Options, Sentences
from bitext.bilingual.former import BASE_FIELD, splice_former
from bitext.bilingual.matter import restore_line_ends
from bitext.bilingual.pairs import Fault, Kind, SideBySide, parse
from bitext.bilingual.published import read_published
from bitext.bilingual.rebuild import Rebuilt, rebuild, skeleton
from bitext.bilingual.splice import splice
from bitext.encoding import decode_catalog, located
from bitext.markdown.grammar import LEARN
from bitext.po import Catalog, serialize, set_field
from bitext.po import parse as parse_catalog
from bitext.segments import make_grammar
from bitext.sentences import PUBLISHED
from bitext.settings import Settings


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    article: str
    path: str
    faults: tuple[Fault, ...]
    english: str | None
    """The article's new text; None if it stays."""

    pot: str
    catalogs: Mapping[str, str]
    """The new texts of PO files, by language."""

    pairs: int
    same: int
    """Pairs of which the article has the English, cut alike."""

    former: str | None
    """The English that the file translates, if that is not the article's."""

    is_current: bool
    """Whether the file translates the article as it is."""

    is_reproduced: bool
    """Whether an export gives the file back, byte for byte."""


def import_file(published: Published, settings: Settings, tag: str) -> Imported:
    """Return what the project becomes with one published file.

    Raises `ArticleError` or `CatalogError` for a file that cannot be read.
    """
    text = decode_published(published.content, published.path)
    file = parse(text)
    rebuilt = rebuild(file, settings.front_matter)
    known = known_english(published, settings)
    if known is None:
        base = make_article(published, file, rebuilt, settings)
    else:
        base = take_article(published, known, rebuilt, settings)
    old = published.catalogs.get(tag)
    with located(old[0] if old else published.path):
        catalog = parse_catalog(decode_catalog(old[1], old[0])) if old else None
    former = _former(base, file, rebuilt)
    attached = attach(
        file,
        rebuilt,
        base.template,
        base.places,
        old=catalog,
        tag=tag,
        is_current=base.is_current,
        is_former=former is not None,
        is_rebuilt=base.is_rebuilt,
        find_cuts=make_grammar(settings, PUBLISHED.label).find_cuts,
    )
    found = attached.catalog
    if former is not None:
        found = replace(found, header=set_field(found.header, BASE_FIELD, hash_of(base.written)))
        out = _write_former(former, found, base)
    else:
        out = _write_back(base, found, settings)
    is_reproduced = _restore(out, base, former) == text
    faults = [*file.faults, *rebuilt.faults, *attached.faults]
    if not base.is_current:
        faults.append(_other_version(rebuilt))
    elif not is_reproduced and base.is_rebuilt:
        faults.append(_first_difference(text, out))
    catalogs = {tag: serialize(found)}
    if base.is_changed and known is not None:
        catalogs |= dict(_resolve_others(published, base, settings, tag))
    return Imported(
        article=published.article,
        path=published.path,
        faults=tuple(sorted(faults)),
        english=base.written if base.is_changed else None,
        pot=serialize(base.template),
        catalogs={name: own for name, own in catalogs.items() if _is_new(published, name, own)},
        pairs=len(file.pairs),
        same=sum(len(group.pairs) for group in attached.groups if group.sentences),
        former=former,
        is_current=base.is_current,
        is_reproduced=is_reproduced,
    )


def _is_new(published: Published, tag: str, text: str) -> bool:
    old = published.catalogs.get(tag)
    return old is None or old[1] != text.encode()


def _former(base: Base, file: SideBySide, rebuilt: Rebuilt) -> str | None:
    """Return the English of the file to keep, where a rebuilt article is another language's."""
    if not base.is_rebuilt or (base.is_current and base.has_same_matter(rebuilt)):
        return None
    return skeleton(file)


def _write_former(former: str, catalog: Catalog, base: Base) -> str:
    prefix = base.template.field("X-Bitext-Prefix") or ""
    published = read_published(catalog)
    return splice_former(
        with_line_feeds(former), catalog, published, prefix=prefix, is_side_by_side=True
    )


def _restore(out: str, base: Base, former: str | None) -> str:
    """Return an export with the line ends that the published file has."""
    return restore_line_ends(out, former or base.written) if base.is_rebuilt else out


def _write_back(base: Base, catalog: Catalog, settings: Settings) -> str:
    """Return the side-by-side file that an export would write."""
    sentences = Sentences(base.article, base.located, base.template.entries)
    is_learn = settings.dialect == LEARN
    options = Options(respells=not base.is_rebuilt, is_learn=is_learn)
    prefix = base.template.field("X-Bitext-Prefix") or ""
    text = splice(base.text, sentences, catalog, prefix=prefix, options=options)
    return text.lstrip("\n") if text.startswith("\n---\n") and base.is_rebuilt else text


def _other_version(rebuilt: Rebuilt) -> Fault:
    stated = next((value for key, value in rebuilt.fields if key == "ms.openlocfilehash"), "")
    of = f" ({stated[:10]})" if stated else ""
    message = f"it translates other English than the article{of}; what differs is stale or retired"
    return Fault(0, Kind.VERSION, message)


def _first_difference(text: str, out: str) -> Fault:
    """Return where an export would differ from the file."""
    lines, own = text.replace("\r\n", "\n").split("\n"), out.split("\n")
    pairs = enumerate(zip(lines, own, strict=False), 1)
    line = next((number for number, (one, other) in pairs if one != other), len(own))
    return Fault(line, Kind.DIFFERS, "an export will write this line otherwise")


def _resolve_others(
    published: Published, base: Base, settings: Settings, tag: str
) -> Iterator[tuple[str, str]]:
    """Yield the catalogs of other languages in which a translation found its English."""
    cuts = make_grammar(settings, PUBLISHED.label).find_cuts
    for name, (path, content) in published.catalogs.items():
        if name == tag:
            continue
        with located(path):
            catalog = parse_catalog(decode_catalog(content, path))
        resolved = resolve_waiting(catalog, base.template, base.places, tag=name, find_cuts=cuts)
        yield name, serialize(resolved)
