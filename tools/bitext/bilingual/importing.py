"""One published file into a project: the function behind `bitext import bilingual`, on text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bitext.bilingual.align import Group
from bitext.bilingual.attach import Place, align_file, attach, resolve_waiting
from bitext.bilingual.former import BASE_FIELD, splice_former
from bitext.bilingual.matter import restore_line_ends, split_matter
from bitext.bilingual.numbers import adopt_numbers
from bitext.bilingual.pairs import Fault, Kind, Pair, SideBySide, parse
from bitext.bilingual.published import read_published
from bitext.bilingual.rebuild import Rebuilt, blank, fill_blanks, rebuild, skeleton
from bitext.bilingual.splice import Options, Sentences, join_source, leading_space, splice
from bitext.encoding import decode_article, decode_catalog, located
from bitext.extract import Source, extract
from bitext.ledger import FIRST_NUMBER, Ledger, LedgerEntry, match_in_order
from bitext.markdown.spans import Located, find_spans
from bitext.model import SegmentId
from bitext.places import make_comments, split_section
from bitext.po import Catalog, serialize, set_field
from bitext.po import parse as parse_catalog
from bitext.segments import Article, make_grammar, read_article
from bitext.sentences import PUBLISHED
from bitext.settings import Settings
from bitext.template import ledger_of, make_template

REBUILT_FIELD = "X-Bitext-Rebuilt"
"""The POT header field with the SHA-1 of an article that was rebuilt from its translations."""


@dataclass(frozen=True, slots=True)
class Published:
    """A side-by-side file, and all that the project has of its article."""

    article: str
    """Below the source folder."""

    path: str
    """Of the file, as messages show it."""

    content: bytes
    prefix: str
    """What the IDs of an article without a ledger begin with."""

    english: bytes | None = None
    """The article; None if there is none."""

    pot: bytes = b""
    catalogs: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    """Path as messages show it, and content, of its PO files by language."""


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


def is_side_by_side(content: bytes) -> bool:
    """Tell whether a file holds a pair, or what may be left of one."""
    return b"data-ttu-id=" in content


def states_its_language(text: str) -> bool:
    """Tell whether a text is a side-by-side file that says its language, as published ones do.

    An article that only writes about them, as in code, does not.
    """
    return "data-ttu-id=" in text and bool(split_matter(text)[0].value("ms.contentlocale"))


@dataclass(frozen=True, slots=True)
class Read:
    """A side-by-side file as an article with its catalogs."""

    english: str
    """The article, with line feeds only."""

    template: Catalog
    catalog: Catalog | None
    """None if the pairs are in another language than was asked for."""


def read_side_by_side(article: str, text: str, settings: Settings, tag: str) -> Read:
    """Return the article and the catalogs that a side-by-side file is; nothing else is asked."""
    file = parse(text.replace("\0", "\ufffd"))
    prefix = file.pairs[0].id.prefix if file.pairs else "00000"
    published = Published(article, article, text.encode(errors="replace"), prefix)
    imported = import_file(published, settings, tag or settings.source_language)
    matter, _ = split_matter(text)
    stated = (matter.value("ms.contentlocale") or tag).strip("'\"")
    catalog = parse_catalog(imported.catalogs[tag or settings.source_language])
    template = parse_catalog(imported.pot)
    is_wanted = bool(tag) and stated.lower() == tag.lower()
    return Read(_plain(imported.english or ""), template, catalog if is_wanted else None)


def hashes(content: bytes) -> set[str]:
    """Return the hashes that published files may give for an English article."""
    plain = content.replace(b"\r\n", b"\n")
    forms = (content, plain, plain.replace(b"\n", b"\r\n"))
    return {hashlib.sha1(form, usedforsecurity=False).hexdigest() for form in forms}


def import_file(published: Published, settings: Settings, tag: str) -> Imported:
    """Return what the project becomes with one published file.

    Raises `ArticleError` or `CatalogError` for a file that cannot be read.
    """
    text = _decode(published.content, published.path)
    file = parse(text)
    rebuilt = rebuild(file, settings.front_matter)
    known = _known_english(published, settings)
    if known is None:
        base = _make_article(published, file, rebuilt, settings)
    else:
        base = _extract(published, known, rebuilt, settings)
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
        found = replace(found, header=set_field(found.header, BASE_FIELD, _sha1(base.written)))
        out = _write_former(former, found, base)
    else:
        out = _write_back(base, found)
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


def _former(base: _Base, file: SideBySide, rebuilt: Rebuilt) -> str | None:
    """Return the English of the file to keep, where a rebuilt article is another language's."""
    if not base.is_rebuilt or (base.is_current and base.has_same_matter(rebuilt)):
        return None
    return skeleton(file)


def _write_former(former: str, catalog: Catalog, base: _Base) -> str:
    prefix = base.template.field("X-Bitext-Prefix") or ""
    published = read_published(catalog)
    return splice_former(_plain(former), catalog, published, prefix=prefix, is_side_by_side=True)


def _restore(out: str, base: _Base, former: str | None) -> str:
    """Return an export with the line ends that the published file has."""
    return restore_line_ends(out, former or base.written) if base.is_rebuilt else out


def _sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def _decode(content: bytes, path: str) -> str:
    """Return a published file's text, line ends as they are."""
    decode_article(content, path)
    return content.decode("utf-8-sig").replace("\0", "\ufffd")  # as Markdown reads it


@dataclass(frozen=True, slots=True)
class _Base:
    """The article that a file is attached to."""

    written: str
    """Its text as it is, or will be, on disk."""

    text: str
    """With line feeds only."""

    article: Article
    located: Sequence[Located | None]
    template: Catalog
    is_current: bool
    is_rebuilt: bool
    is_changed: bool
    """Whether `written` is not on disk yet."""

    keys: Sequence[str]
    """Of the front matter that are translatable."""

    def has_same_matter(self, rebuilt: Rebuilt) -> bool:
        """Tell whether a file's metadata are the article's."""
        return _bare(self.written, self.keys) == _bare(rebuilt.english, self.keys)

    @property
    def places(self) -> list[Place]:
        """Its sentences, in order."""
        return find_places(self.article, self.located, self.text)


def find_places(article: Article, located: Sequence[Located | None], text: str) -> list[Place]:
    """Return the sentences of an article with their words as they stand in its text."""
    places: list[Place] = []
    for read, found in zip(article.blocks, located, strict=True):
        spans = found.segments if found else [None] * len(read.block.segments)
        for span in spans:
            lead = leading_space(text, span) if span else ""
            written = lead + join_source(text[span.start : span.end]) if span else ""
            places.append(Place(read.block.kind, read.block.label, written))
    return places


def _known_english(published: Published, settings: Settings) -> str | None:
    """Return the article that there is, as it is on disk; None for none, or a published file."""
    if published.english is None or published.english == published.content:
        return None
    return _decode(published.english, f"{settings.source}/{published.article}")


def _make_article(
    published: Published, file: SideBySide, rebuilt: Rebuilt, settings: Settings
) -> _Base:
    """Return a new article, rebuilt from the file, whose ledger has the published IDs."""
    written = rebuilt.english
    text = _plain(written)
    article = read_article(published.article, text, make_grammar(settings, PUBLISHED.label))
    located = list(find_spans(text, article.blocks))
    if published.pot:
        return _extract(published, written, rebuilt, settings)
    texts = article.texts
    numbers = range(101, 101 + len(texts))
    draft = _make_template(published.prefix, numbers, article, settings)
    places = find_places(article, located, text)
    groups = align_file(file, draft, places)
    adopted = adopt_numbers(_adoptable(file.pairs, groups), groups, len(texts))
    template = _make_template(published.prefix, adopted, article, settings)
    template = _mark_rebuilt(template, written)
    keys = settings.front_matter
    return _Base(written, text, article, located, template, True, True, True, keys)


def _adoptable(pairs: Sequence[Pair], groups: Sequence[Group]) -> Sequence[Pair]:
    return pairs


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _make_template(
    prefix: str, numbers: Sequence[int], article: Article, settings: Settings
) -> Catalog:
    pairs = zip(numbers, article.texts, strict=True)
    entries = tuple(LedgerEntry(number, text) for number, text in pairs)
    ledger = Ledger(prefix, max(numbers, default=100) + 1, PUBLISHED.label, entries)
    return make_template(ledger, article, None, settings)


def _mark_rebuilt(template: Catalog, written: str) -> Catalog:
    """Return a POT that says that its article was rebuilt."""
    mark = hashlib.sha1(written.encode(), usedforsecurity=False).hexdigest()
    return replace(template, header=set_field(template.header, REBUILT_FIELD, mark))


def is_rebuilt(template: Catalog, written: bytes) -> bool:
    """Tell whether an article is as it was rebuilt: nobody changed it since."""
    mark = template.field(REBUILT_FIELD)
    return mark == hashlib.sha1(written, usedforsecurity=False).hexdigest()


def _extract(published: Published, known: str, rebuilt: Rebuilt, settings: Settings) -> _Base:
    """Return the article that there is; what was unknown of its English may be known now."""
    template = None
    if published.pot:
        shown = f"{settings.locale}/pot/{published.article.removesuffix('.md')}.pot"
        with located(shown):
            template = parse_catalog(decode_catalog(published.pot, shown), is_merged=True)
    was_rebuilt = template is not None and is_rebuilt(template, published.english or b"")
    written = fill_blanks(known, rebuilt.english, settings.front_matter) if was_rebuilt else known
    source = Source(
        path=published.article,
        text=_plain(written),
        pot=decode_catalog(published.pot, published.article) if published.pot else "",
        prefix=published.prefix if not published.pot else "",
        catalogs=list(published.catalogs.values()),
    )
    is_changed = written != known or published.english is None
    is_filled = was_rebuilt and written != known
    if is_filled and template is not None:
        article, found = _extract_filled(source, template, settings)
        found = _mark_rebuilt(found, written)
    else:
        extracted = extract(source, settings)
        article, found = extracted.article, extracted.template
    keys = settings.front_matter
    stated = next((value for key, value in rebuilt.fields if key == "ms.openlocfilehash"), "")
    is_same = _body(written, keys) == _body(rebuilt.english, keys)
    is_current = is_same or stated in hashes(published.english or b"")
    spans = list(find_spans(source.text, article.blocks))
    return _Base(
        written, source.text, article, spans, found, is_current, was_rebuilt, is_changed, keys
    )


def _extract_filled(
    source: Source, template: Catalog, settings: Settings
) -> tuple[Article, Catalog]:
    """Return a rebuilt article in which more English is known now, and its POT.

    All sentences keep their IDs; the new ones take numbers that the published file skipped.
    """
    before = ledger_of(template)
    article = read_article(source.path, source.text, make_grammar(settings, before.segmenter))
    kinds = [split_section(entry.extracted[0])[0] for entry in template.entries if entry.extracted]
    old = [f"{kind}\0{entry.msgid}" for kind, entry in zip(kinds, template.entries, strict=True)]
    new = [
        f"{split_section(make_comments(read.block, is_continued=follows)[0])[0]}\0{text}"
        for read in article.blocks
        for text, follows in zip(read.block.segments, read.block.follows, strict=True)
    ]
    kept = {place: index for index, place in match_in_order(old, new)}
    used = {entry.number or 0 for entry in before.entries} | set(_issued(source, before.prefix))
    numbers: list[int] = []
    following = max(before.next, *used, FIRST_NUMBER)
    for place, _ in enumerate(new):
        number = before.entries[kept[place]].number if place in kept else None
        wanted = (numbers[-1] if numbers else FIRST_NUMBER - 1) + 1
        if number is None and wanted not in used:
            number = wanted
        elif number is None:
            number, following = following, following + 1
        numbers.append(number)
        used.add(number)
    entries = tuple(LedgerEntry(n, text) for n, text in zip(numbers, article.texts, strict=True))
    ledger = replace(before, next=max(before.next, max(used) + 1), entries=entries)
    return article, make_template(ledger, article, template, settings)


def _issued(source: Source, prefix: str) -> Iterator[int]:
    """Yield all numbers of an article that its catalogs hold."""
    for path, content in source.catalogs:
        if isinstance(content, bytes):
            for entry in parse_catalog(decode_catalog(content, path), is_merged=True).entries:
                own = SegmentId.parse(entry.msgctxt or "")
                if own is not None and own.prefix == prefix:
                    yield own.number


def _body(text: str, keys: Sequence[str]) -> str:
    """Return the body of an article without what its translations may leave unknown."""
    return split_matter(blank(_plain(text), keys))[1].lstrip("\n")


def _bare(text: str, keys: Sequence[str]) -> str:
    """Return an article without what its translations may leave unknown."""
    matter, body = split_matter(blank(_plain(text), keys))
    return matter.text + body.lstrip("\n")


def _write_back(base: _Base, catalog: Catalog) -> str:
    """Return the side-by-side file that an export would write."""
    sentences = Sentences(base.article, base.located, base.template.entries)
    options = Options(respells=not base.is_rebuilt)
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
    published: Published, base: _Base, settings: Settings, tag: str
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
