"""English → POT: the one function behind `bitext gettext`, on text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import starmap

from bitext.encoding import decode_catalog, located
from bitext.errors import ArticleError, BitextError
from bitext.ledger import FIRST_NUMBER, Ledger, LedgerEntry, advance
from bitext.markdown.front_matter import FrontMatter
from bitext.model import SegmentId
from bitext.po import Catalog, parse, serialize
from bitext.segments import Article, make_grammar, read_article, sentence_rules
from bitext.settings import Settings
from bitext.template import ledger_of, make_template


@dataclass(frozen=True, slots=True)
class Source:
    """All that decides what the POT of one article will be."""

    path: str
    """Below the source folder, with forward slashes."""

    text: str
    """The article's Markdown."""

    pot: str = ""
    """The text of its POT; empty for a new article."""

    prefix: str = ""
    """The prefix that its IDs take; empty for the one in `pot`."""

    catalogs: Sequence[tuple[str, bytes | BitextError]] = ()
    """Its PO files in all languages, path and content, or why that cannot be read: they may hold
    numbers the POT forgot."""

    kept: Sequence[str] = ()
    """Words that stay as they are in every language, unless its front matter names others."""

    is_resegmented: bool = False
    """Whether it is cut by the project's rules, and not by those named in its POT."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article and its current ledger."""

    article: Article
    template: Catalog
    is_behind: bool
    """Whether the POT on disk differs."""

    issued: frozenset[str]
    """IDs that only this reading gave out; no POT has them yet."""


def extract(source: Source, settings: Settings) -> Extracted:
    """Return the article and the POT that it should have.

    Raises `CatalogError` for a POT or PO that cannot be read, `ArticleError` for an article
    whose front matter cannot, or in which git left a conflict: its sentences would be taken for
    gone.
    """
    old = parse(source.pot, is_merged=True) if source.pot else None
    before = ledger_of(old) if old else _restore(source)
    rules = sentence_rules(settings, "" if source.is_resegmented else before.segmenter)
    before = replace(before, prefix=source.prefix or before.prefix, segmenter=rules.label)
    with located(f"{settings.source}/{source.path}"):
        grammar = make_grammar(settings, rules.label)
        article = read_article(source.path, source.text, grammar, kept=source.kept)
        _require_front_matter(article.parsed.matter)
        _require_merged(source.text, article)
    after = advance(before, article.texts, highest=lambda: _highest(source, before.prefix))
    known = {entry.number for entry in before.entries}
    template = make_template(after, article, old, settings)
    pairs = zip(template.entries, after.entries, strict=True)
    issued = (entry.msgctxt for entry, own in pairs if own.number not in known)
    is_behind = old is None or serialize(template) != source.pot
    return Extracted(article, template, is_behind, frozenset(filter(None, issued)))


def _require_front_matter(matter: FrontMatter) -> None:
    """Raise `ArticleError` if an article has a front matter that is not YAML."""
    if matter.error_line:
        message = f"front matter: {matter.error}; put quotes around the value, or mend the line"
        raise ArticleError(message, line=matter.error_line)


_MARKS = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
_FIRST_MARK = re.compile(r"(?:^|\s)<{7} ")


def _require_merged(text: str, article: Article) -> None:
    """Raise `ArticleError` if git left a conflict in an article; code may show one."""
    if "<<<<<<< " not in text or not any(map(_FIRST_MARK.search, article.texts)):
        return
    marks = list(_MARKS.finditer(text))
    kinds = "".join(mark[0][0] for mark in marks)
    if (first := kinds.find("<=>")) >= 0:
        line = text.count("\n", 0, marks[first].start()) + 1
        message = "unresolved merge conflict; keep one side and delete the marker lines"
        raise ArticleError(message, line=line)


def _restore(source: Source) -> Ledger:
    """Return the ledger of an article without POT: what its PO files say, for IDs are for life."""
    found: dict[int, str] = {}
    highest = FIRST_NUMBER - 1
    for catalog in _catalogs_of(source):
        highest = max(highest, highest_number(catalog, source.prefix))
        for entry in catalog.entries:
            own = SegmentId.parse(entry.msgctxt or "")
            if own and own.prefix == source.prefix and not (own.is_paragraph or entry.is_obsolete):
                found.setdefault(own.number, entry.msgid)
    entries = tuple(starmap(LedgerEntry, found.items()))
    return Ledger(source.prefix, highest + 1, "", entries)


def _highest(source: Source, prefix: str) -> int:
    """Return the highest number that any language's catalog of the article holds."""
    return max((highest_number(catalog, prefix) for catalog in _catalogs_of(source)), default=0)


def _catalogs_of(source: Source) -> Iterator[Catalog]:
    """Yield the article's catalogs in all languages."""
    for path, content in source.catalogs:
        if isinstance(content, BitextError):
            raise content
        with located(path):
            yield parse(decode_catalog(content, path), is_merged=True)


def highest_number(catalog: Catalog, prefix: str) -> int:
    """Return the highest number of `prefix` in a catalog, retired entries included; 0 if none."""
    ids = (SegmentId.parse(entry.msgctxt or "") for entry in catalog.entries)
    return max((found.number for found in ids if found and found.prefix == prefix), default=0)


def template_text(source: Source, settings: Settings) -> str:
    """Return the text of the POT that the article should have; empty if nothing is translatable."""
    return text_of(extract(source, settings), source)


def text_of(extracted: Extracted, source: Source) -> str:
    """Return the text of the POT of an article that was read; empty if nothing is translatable."""
    return serialize(extracted.template) if extracted.template.entries or source.pot else ""
