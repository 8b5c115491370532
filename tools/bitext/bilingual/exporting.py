"""One article in one language: the function behind `bitext export`, on text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from bitext.bilingual.base import hashes, is_rebuilt
from bitext.bilingual.edits import Options, Sentences
from bitext.bilingual.former import BASE_FIELD, splice_former
from bitext.bilingual.losses import Parse
from bitext.bilingual.matter import FIELDS, restore_line_ends
from bitext.bilingual.published import Published, read_published, write_published
from bitext.bilingual.splice import splice
from bitext.encoding import decode_article, decode_catalog, located
from bitext.extract import Source, extract
from bitext.markdown.cutting import InlineParser, normal_form
from bitext.markdown.grammar import LEARN
from bitext.markdown.spans import find_spans
from bitext.memory import EMPTY
from bitext.model import State
from bitext.po import Catalog, parse
from bitext.segments import Article, make_grammar
from bitext.settings import Settings
from bitext.states import find_standings
from bitext.update import update_catalog


@dataclass(frozen=True, slots=True)
class Form:
    """What is written."""

    is_side_by_side: bool = True
    has_own_ids: bool = False
    is_normalized: bool = False
    """Whether the losses of the published pipeline are made too."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An article with its POT and its PO in one language: path as messages show it, and content."""

    article: str
    content: bytes
    pot: tuple[str, bytes]
    po: tuple[str, bytes]
    former: bytes = b""
    """The English that the language was published with, if it is kept."""


def export(unit: Unit, settings: Settings, tag: str, form: Form) -> tuple[str, bool]:
    """Return an article in a language, and whether it holds any translation.

    Raises `ArticleError` or `CatalogError` for what cannot be read.
    """
    shown = f"{settings.source}/{unit.article}"
    decode_article(unit.content, shown)
    raw = unit.content.decode("utf-8-sig")
    source = Source(
        path=unit.article,
        text=_plain(raw),
        pot=decode_catalog(unit.pot[1], unit.pot[0]),
        prefix="" if unit.pot[1] else "00000",
        catalogs=[unit.po] if unit.po[1] else [],
    )
    with located(unit.pot[0]):
        extracted = extract(source, settings)
    template = extracted.template
    with located(unit.po[0]):
        old = parse(decode_catalog(unit.po[1], unit.po[0])) if unit.po[1] else None
        catalog = update_catalog(old, template, tag=tag, memory=EMPTY).catalog
    is_translated = any(
        one.state is not State.UNTRANSLATED for one in find_standings(catalog.entries)
    )
    if not is_translated and not read_published(catalog).prefix:
        return raw, False
    if unit.former and catalog.field(BASE_FIELD) == _sha1(unit.content) and not form.has_own_ids:
        former = _plain(unit.former.decode("utf-8-sig", errors="replace"))
        prefix = template.field("X-Bitext-Prefix") or ""
        published = read_published(catalog)
        is_pairs = form.is_side_by_side
        text = splice_former(former, catalog, published, prefix=prefix, is_side_by_side=is_pairs)
        return restore_line_ends(text, unit.former.decode(errors="replace")), True
    was_rebuilt = is_rebuilt(template, unit.content)
    catalog = _with_fields(catalog, unit.content, tag, form, is_rebuilt=was_rebuilt)
    options = Options(
        is_side_by_side=form.is_side_by_side,
        has_own_ids=form.has_own_ids,
        parse=_make_parse(extracted.article, settings) if form.is_normalized else None,
        respells=form.is_side_by_side and not was_rebuilt,
        shows_stale=settings.stale(tag) == "show",
        is_learn=settings.dialect == LEARN,
    )
    spans = list(find_spans(source.text, extracted.article.blocks))
    sentences = Sentences(extracted.article, spans, template.entries)
    prefix = template.field("X-Bitext-Prefix") or ""
    text = splice(source.text, sentences, catalog, prefix=prefix, options=options)
    text = restore_line_ends(text, raw) if was_rebuilt else text
    return text.lstrip("\n") if text.startswith("\n---\n") and was_rebuilt else text, True


def _make_parse(article: Article, settings: Settings) -> Parse:
    """Return what tells the meaning of inline Markdown in an article."""
    parser = InlineParser(make_grammar(settings).parser, article.parsed.env)
    return lambda text: normal_form(parser(text))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _with_fields(
    catalog: Catalog, content: bytes, tag: str, form: Form, *, is_rebuilt: bool
) -> Catalog:
    """Return a catalog whose header has the front matter's fields of a side-by-side file."""
    published = read_published(catalog)
    is_added = form.is_side_by_side and not published.prefix
    if not (published.fields or is_added):
        return catalog
    fields = dict(published.fields)
    stated = fields.get("ms.openlocfilehash", "")
    if not fields or not (is_rebuilt or stated in hashes(content)):
        fields["ms.openlocfilehash"] = _sha1(content)
    if not published.fields:
        fields |= {"ms.translationtype": "HT", "ms.contentlocale": tag}
    ordered = tuple((key, fields[key]) for key in FIELDS if key in fields)
    own = Published(published.prefix, ordered, published.has_anchors, published.waiting)
    return replace(catalog, header=write_published(catalog.header, own))
