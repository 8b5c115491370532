"""What all languages need of an article alike, made once: its sentences, ready to be translated.

Most catalogs say nothing but one translation for each sentence of their POT, and most sentences
hold nothing but words, code, links and emphasis. Such an article is rendered from what is here;
any other takes the way of `values`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.errors import CatalogError
from bitext.markdown.cutting import Cutting, Piece, PieceKind, Shape, find_units, join_lines
from bitext.markdown.grammar import Config, create_parser
from bitext.markdown.localize import gap_key, parse_inline
from bitext.markdown.lookup import inert_html
from bitext.markdown.reader import UNPARSED, ReadBlock
from bitext.markdown.segment_rule import BlockKey
from bitext.markdown.simple import read_simple
from bitext.model import BlockKind
from bitext.po import Catalog
from bitext.segments import Article
from bitext.template import ledger_of

_TAG = re.compile(r"<[^>]*>")
_OTHER_RULES = frozenset({"linkify", "replacements", "smartquotes"})
"""Core rules of a parser that change what it made of a sentence."""


class PreparedSentence(NamedTuple):
    """A sentence that is translated by itself."""

    id: str
    english: str
    """Inline Markdown, its lines joined."""

    lookup: str
    """Its English as inert HTML, beside a translation without links."""

    linked: str
    """The same beside one that has the same links in the same order."""

    said: str
    """Its English without markup."""

    tokens: list[Token] | None
    """Its inline tokens; None if only words can translate it here."""


class PreparedText(NamedTuple):
    """A text that is not parsed."""

    label: str
    """The key of the front matter; empty elsewhere."""

    text: str
    sentences: tuple[str, ...]


class PreparedGap(NamedTuple):
    """White space between two pieces of a block."""

    key: str
    before: int | str
    """The place of the sentence before it among those of the article, or a piece of no words."""

    after: int | str


class PreparedArticle(NamedTuple):
    """An article whose sentences are translated each by itself."""

    path: str
    template: bytes
    """Its POT."""

    lines: tuple[int, ...]
    """The line of each ``msgstr`` of the POT, counted from the end of its header."""

    sentences: tuple[PreparedSentence | PreparedText | None, ...]
    """In the order of the POT; None for one that is not shown, or belongs to the text before."""

    gaps: tuple[PreparedGap, ...]
    env: EnvType
    """What its sentences are parsed in: references to links."""

    strings: Mapping[str, str]
    """The texts that are not parsed, by the ID of the first sentence."""

    matter: Mapping[str, tuple[str, str]]
    """Key and text of the front matter's values, likewise."""


class MarkedArticle(NamedTuple):
    """An article of which sentences are on a page."""

    article: Article
    ids: Mapping[BlockKey, tuple[str, ...]]
    """The segment ID of each sentence of each block that is parsed; empty for one without."""

    strings: Mapping[str, str]
    matter: Mapping[str, tuple[str, str]]
    """As `PreparedArticle` has them."""

    template: bytes
    """Its POT."""

    entries: tuple[tuple[str, int], ...]
    """ID and line of each of its sentences there; empty if the POT is behind."""


def current_entries(article: Article, template: Catalog) -> tuple[tuple[str, int], ...]:
    """Return ID and line of each sentence in a POT; nothing if it is behind its article."""
    try:
        numbers = [entry.number for entry in ledger_of(template).entries]
    except CatalogError:
        return ()
    if None in numbers or [entry.msgid for entry in template.entries] != article.texts:
        return ()
    return tuple((entry.msgctxt or "", entry.msgstr_line) for entry in template.entries)


def prepare(
    marked: MarkedArticle, md: MarkdownIt, shown: Mapping[str, object]
) -> PreparedArticle | None:
    """Return an article as its languages need it; None if they have to look at it themselves.

    `shown` are the sentences that the page shows, by ID.
    """
    if not marked.entries or not marked.template or _has_other_rules(md):
        return None
    ids = [identifier for identifier, _ in marked.entries]
    sentences: list[PreparedSentence | PreparedText | None] = []
    gaps: list[PreparedGap] = []
    for read in marked.article.blocks:
        own = ids[len(sentences) : len(sentences) + len(read.block.segments)]
        if read.key.ordinal == UNPARSED and own:
            sentences += _text_of(read)
        elif read.cutting is None or not own:
            sentences += [None] * len(own)
        elif _is_joined(read.cutting) or read.block.kind is BlockKind.HTML:
            return None
        else:
            gaps += _gaps_of(read.cutting, own, len(sentences))
            found = _sentences_of(read.cutting, own, md, env=marked.article.parsed.env)
            sentences += [one if one.id in shown else None for one in found]
    above = marked.template.count(b"\n", 0, marked.template.find(b"\n\n") + 1)
    return PreparedArticle(
        marked.article.path,
        marked.template,
        tuple(line - above for _, line in marked.entries),
        tuple(sentences),
        tuple(gaps),
        marked.article.parsed.env,
        marked.strings,
        marked.matter,
    )


def _has_other_rules(md: MarkdownIt) -> bool:
    return not _OTHER_RULES.isdisjoint(md.core.ruler.get_active_rules())


def _is_joined(cutting: Cutting) -> bool:
    """Tell whether sentences of a block cannot be shown each by itself."""
    pieces = cutting.pieces
    has_links = len(list(find_units(pieces))) < len(pieces) > 3
    return cutting.is_whole or has_links or cutting.shape is Shape.IMAGE


def _text_of(read: ReadBlock) -> list[PreparedSentence | PreparedText | None]:
    label = read.block.label if read.block.kind is BlockKind.FRONT_MATTER else ""
    texts = tuple(read.block.segments)
    return [PreparedText(label, read.key.text, texts), *[None] * (len(texts) - 1)]


def _sentences_of(
    cutting: Cutting, ids: Sequence[str], md: MarkdownIt, *, env: EnvType
) -> Iterator[PreparedSentence]:
    """Yield the sentences of a block."""
    pieces = (piece for piece in cutting.pieces if piece.kind is PieceKind.SEGMENT)
    for identifier, piece in zip(ids, pieces, strict=True):
        english = join_lines(piece.text)
        lookup = inert_html(parse_inline(english, md, env))
        tokens = read_sentence(english, md, env) if cutting.shape is Shape.TEXT else None
        linked = inert_html(tokens, tokens) if tokens else ""
        said = unescape(_TAG.sub("", lookup))
        yield PreparedSentence(identifier, english, lookup, linked, said, tokens)


_parsers: list[tuple[Config, MarkdownIt]] = []


def sentence_parser(config: Config) -> MarkdownIt:
    """Return what parses sentences; it is made once in a process and those that it forks."""
    for known, parser in _parsers:
        if known == config:
            return parser
    parser = create_parser(config)
    _parsers[:] = [(config, parser), *_parsers[:7]]
    return parser


def warm_up(article: PreparedArticle, md: MarkdownIt) -> None:
    """Let the parser know the addresses that links of an article have."""
    for sentence in article.sentences:
        if isinstance(sentence, PreparedSentence) and sentence.tokens and "](" in sentence.english:
            read_simple(sentence.english, md)


def read_sentence(text: str, md: MarkdownIt, env: EnvType) -> list[Token] | None:
    """Return the inline tokens of a sentence; None if more than it is changed or asked by that."""
    if "[^" in text or "\n" in text or "{{" in text:
        return None
    return read_simple(text, md) or parse_inline(text, md, env)


def _gaps_of(cutting: Cutting, ids: Sequence[str], start: int) -> Iterator[PreparedGap]:
    """Yield the white space of a block that a language may not write."""
    if cutting.shape is not Shape.TEXT:
        return
    places = iter(range(start, start + len(ids)))
    sides = [next(places) if p.kind is PieceKind.SEGMENT else p.text for p in cutting.pieces]
    for place, piece in enumerate(cutting.pieces):
        if _is_soft(piece) and 0 < place < len(sides) - 1:
            yield PreparedGap(gap_key(ids[0], place), sides[place - 1], sides[place + 1])


def _is_soft(piece: Piece) -> bool:
    return piece.kind is PieceKind.GAP and "\\\n" not in piece.text and "  \n" not in piece.text
