"""Blocks of articles beside the entries of their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bitext.markdown.blocks import UNPARSED, Grammar, ReadBlock
from bitext.markdown.cutting import Cutting, Piece, PieceKind, Shape, cut_block
from bitext.po import Catalog, Entry
from bitext.segments import Article


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block of an article with the entries of its sentences."""

    article: str
    cutting: Cutting
    entries: tuple[Entry, ...]
    """Those of the POT."""


def find_placed(article: Article, template: Catalog, grammar: Grammar) -> Iterator[PlacedBlock]:
    """Yield the blocks of an article, each with the entries of its sentences in its POT.

    Those that are cut by what stands around them, as in HTML, are left out.
    """
    own = article.parsed.config
    parser = grammar.parser if own is grammar.config else grammar.make_parser(own)
    place = 0
    for read in article.blocks:
        count = len(read.block.segments)
        entries = template.entries[place : place + count]
        cutting = _recut(read) or cut_block(
            read.block.text, parser, article.parsed.env, grammar.find_cuts
        )
        if cutting.segments == tuple(entry.msgid for entry in entries):
            yield PlacedBlock(article.path, cutting, entries)
        place += count


def _recut(read: ReadBlock) -> Cutting | None:
    """Return the cutting of a block that is no Markdown, and one sentence."""
    if read.key.ordinal != UNPARSED or len(read.block.segments) > 1:
        return None
    return Cutting(read.block.text, Shape.TEXT, (Piece(PieceKind.SEGMENT, read.block.text),))
