"""The English article that a published file is attached to: the one that there is, or a new one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bitext.bilingual.attach import align_file
from bitext.bilingual.blanks import blank, fill_blanks
from bitext.bilingual.filling import Place
from bitext.bilingual.matter import split_matter
from bitext.bilingual.numbers import adopt_numbers
from bitext.bilingual.pairs import SideBySide
from bitext.bilingual.rebuild import Rebuilt
from bitext.bilingual.spaces import join_source, leading_space
from bitext.encoding import decode_article, decode_catalog, located
from bitext.extract import Source, extract
from bitext.ledger import FIRST_NUMBER, Ledger, LedgerEntry, match_in_order
from bitext.markdown.spans import Located, find_spans
from bitext.model import SegmentId
from bitext.places import make_comments, split_section
from bitext.po import Catalog, set_field
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


def hashes(content: bytes) -> set[str]:
    """Return the hashes that published files may give for an English article."""
    plain = content.replace(b"\r\n", b"\n")
    forms = (content, plain, plain.replace(b"\n", b"\r\n"))
    return {hashlib.sha1(form, usedforsecurity=False).hexdigest() for form in forms}


def hash_of(text: str) -> str:
    """Return the SHA-1 of a text, as the format names versions."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def decode_published(content: bytes, path: str) -> str:
    """Return a published file's text, line ends as they are."""
    decode_article(content, path)
    return content.decode("utf-8-sig").replace("\0", "\ufffd")  # as Markdown reads it


@dataclass(frozen=True, slots=True)
class Base:
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


def known_english(published: Published, settings: Settings) -> str | None:
    """Return the article that there is, as it is on disk; None for none, or a published file."""
    if published.english is None or published.english == published.content:
        return None
    return decode_published(published.english, f"{settings.source}/{published.article}")


def make_article(
    published: Published, file: SideBySide, rebuilt: Rebuilt, settings: Settings
) -> Base:
    """Return a new article, rebuilt from the file, whose ledger has the published IDs."""
    written = rebuilt.english
    text = with_line_feeds(written)
    article = read_article(published.article, text, make_grammar(settings, PUBLISHED.label))
    located = list(find_spans(text, article.blocks))
    if published.pot:
        return take_article(published, written, rebuilt, settings)
    texts = article.texts
    numbers = range(101, 101 + len(texts))
    draft = _make_template(published.prefix, numbers, article, settings)
    places = find_places(article, located, text)
    groups = align_file(file, draft, places)
    adopted = adopt_numbers(file.pairs, groups, len(texts))
    template = _make_template(published.prefix, adopted, article, settings)
    template = _mark_rebuilt(template, written)
    keys = settings.front_matter
    return Base(written, text, article, located, template, True, True, True, keys)


def with_line_feeds(text: str) -> str:
    """Return a text with line feeds only."""
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


def take_article(published: Published, known: str, rebuilt: Rebuilt, settings: Settings) -> Base:
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
        text=with_line_feeds(written),
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
    return Base(
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
    return split_matter(blank(with_line_feeds(text), keys))[1].lstrip("\n")


def _bare(text: str, keys: Sequence[str]) -> str:
    """Return an article without what its translations may leave unknown."""
    matter, body = split_matter(blank(with_line_feeds(text), keys))
    return matter.text + body.lstrip("\n")
