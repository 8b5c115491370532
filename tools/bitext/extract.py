"""English → POT: the one function behind `bitext gettext`, on text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bitext.encoding import decode_catalog, located
from bitext.ledger import FIRST_NUMBER, Ledger, advance
from bitext.markdown.blocks import Grammar
from bitext.po import Catalog, parse, serialize
from bitext.segments import Article, read_article, sentence_rules
from bitext.settings import Settings
from bitext.template import ledger_of, make_template
from bitext.update import highest_number


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

    catalogs: Sequence[tuple[str, bytes]] = ()
    """Its PO files in all languages, path and content: they may hold numbers the POT forgot."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article and its current ledger."""

    article: Article
    template: Catalog
    is_behind: bool
    """Whether the POT on disk differs."""

    issued: frozenset[str]
    """IDs that only this reading gave out; no POT has them yet."""


def extract(source: Source, grammar: Grammar, settings: Settings) -> Extracted:
    """Return the article and the POT that it should have.

    Raises `CatalogError` for a POT or PO that cannot be read.
    """
    article = read_article(source.path, source.text, grammar)
    old = parse(source.pot, is_merged=True) if source.pot else None
    label = sentence_rules(settings).label
    before = ledger_of(old) if old else Ledger(source.prefix, FIRST_NUMBER, label)
    before = replace(before, prefix=source.prefix or before.prefix)
    after = advance(before, article.texts, highest=lambda: _highest(source, before.prefix))
    known = {entry.number for entry in before.entries}
    template = make_template(after, article, old, settings)
    pairs = zip(template.entries, after.entries, strict=True)
    issued = (entry.msgctxt for entry, own in pairs if own.number not in known)
    is_behind = old is None or serialize(template) != source.pot
    return Extracted(article, template, is_behind, frozenset(filter(None, issued)))


def _highest(source: Source, prefix: str) -> int:
    """Return the highest number that any language's catalog of the article holds."""
    highest = 0
    for path, content in source.catalogs:
        with located(path):
            catalog = parse(decode_catalog(content, path), is_merged=True)
            highest = max(highest, highest_number(catalog, prefix))
    return highest


def template_text(source: Source, grammar: Grammar, settings: Settings) -> str:
    """Return the text of the POT that the article should have; empty if nothing is translatable."""
    extracted = extract(source, grammar, settings)
    return serialize(extracted.template) if extracted.template.entries or source.pot else ""
