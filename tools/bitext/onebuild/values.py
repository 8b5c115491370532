"""What fills the slots of one page in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.cutting import Cutting, Piece, PieceKind, Shape, find_units
from bitext.markdown.html_block import localize_alt, localize_html
from bitext.markdown.localize import LocalSegment, localized_tokens
from bitext.markdown.segment_rule import finish_tokens
from bitext.model import BlockKind, State
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.education import has_marks
from bitext.onebuild.elements import write_element
from bitext.onebuild.page_values import PageValues, Said
from bitext.onebuild.prepared import MarkedArticle, sentence_parser
from bitext.onebuild.record import PageRecord
from bitext.onebuild.sentence_parts import Educate, alt_of
from bitext.onebuild.sentences import English, Rendered, render
from bitext.onebuild.slots import has_mark
from bitext.site.page import Sentence
from bitext.sphinx_ext.nodes import segment
from bitext.sphinx_ext.page import Page

if TYPE_CHECKING:
    from sphinx.builders import Builder

_TAG = re.compile(r"<[^>]*>")
_TYPOGRAPHIC_EXTENSIONS = frozenset({"smartquotes", "replacements"})
_TYPOGRAPHIC = re.compile(r"""["']|--|\.\.|\+-|\([a-zA-Z]{1,2}\)|[?!,]{2}""")
"""What these extensions look for."""


@dataclass(slots=True)
class Filling:
    """Makes the values of pages in one language."""

    builder: Builder
    educate: Educate
    is_educated: bool
    """Whether quotation marks are changed at all: then English ones are, in English."""

    def add_article(
        self, values: PageValues, marked: MarkedArticle, page: Page, *, record: PageRecord
    ) -> None:
        """Add the values of an article, which is `page` in the language, to those of its page."""
        if page.article == record.docname:
            values.origin = page.origin
        local = page.localization
        parsed = marked.article.parsed
        parser = sentence_parser(parsed.config)
        texts = (*local.strings.values(), *local.front_matter.values())
        if any(map(has_mark, texts)):
            values.unfit = values.unfit or "a translation has a character that marks slots"
        values.strings |= {
            own: local.strings.get(text, text) for own, text in marked.strings.items()
        }
        values.strings |= {
            own: local.front_matter.get(key, key[1]) for own, key in marked.matter.items()
        }
        block = _Block(self, parser, parsed.env, values, record, page)
        for read in marked.article.blocks:
            segments = local.blocks.get(read.key, ())
            if read.cutting is not None and any(own.id for own in segments):
                _add_block(block, read.cutting, segments, is_html=read.block.kind is BlockKind.HTML)

    def changes(self, text: str) -> bool:
        """Tell whether quotation marks in a text are changed."""
        return self.educate([("plain", text)]) != [text]


@dataclass(slots=True)
class _Block:
    """What all blocks of an article need."""

    filling: Filling
    md: MarkdownIt
    env: EnvType
    values: PageValues
    record: PageRecord
    page: Page

    @property
    def is_typographic(self) -> bool:
        """Whether MyST's extensions change quotation marks, dashes and the like."""
        return not _TYPOGRAPHIC_EXTENSIONS.isdisjoint(self.page.grammar.config.enable_extensions)


def _add_block(
    own: _Block, cutting: Cutting, segments: Sequence[LocalSegment], *, is_html: bool
) -> None:
    """Add the sentences of a block."""
    values = own.values
    if any(segment.paragraph for segment in segments):
        values.unfit = values.unfit or "a paragraph is translated as a whole"
        return
    if any(local.translation and has_mark(local.translation) for local in segments):
        values.unfit = values.unfit or "a translation has a character that marks slots"
        return
    if cutting.is_whole or len(list(find_units(cutting.pieces))) < len(cutting.pieces) > 3:
        values.unfit = values.unfit or "sentences of a block cannot be shown each by itself"
        return
    texts = (cutting.text, *(local.translation for local in segments))
    if not is_html and own.is_typographic and any(map(_TYPOGRAPHIC.search, texts)):
        values.unfit = values.unfit or "MyST changes typography across sentences"
        return
    pieces = [piece for piece in cutting.pieces if piece.kind is PieceKind.SEGMENT]
    if cutting.shape is Shape.IMAGE:
        _add_image(own, cutting, segments, pieces)
    elif is_html:
        for local, piece in zip(segments, pieces, strict=True):
            _add_html(own, local, piece)
    elif any(segment.id in own.record.english for segment in segments):
        _add_sentences(own, cutting, segments)


def _add_image(
    own: _Block, cutting: Cutting, segments: Sequence[LocalSegment], pieces: Sequence[Piece]
) -> None:
    """Add the text of an image, as it would be in Markdown and in HTML."""
    is_html = len(cutting.pieces) == 1  # in Markdown, brackets are about it
    for local, piece in zip(segments, pieces, strict=True):
        alt = localize_alt(local, piece.text)
        own.values.alts[local.id] = alt.html
        if is_html and alt.warning:
            own.values.warnings.append((local.id, alt.warning))
    if is_html:
        return
    found = localized_tokens(cutting, segments, own.md, own.env)
    own.values.warnings.extend(found.warnings)
    if len(segments) == 1 and found.tokens and found.tokens[0].type == "image":
        tokens = finish_tokens(found.tokens, own.md, own.env)
        own.values.strings[segments[0].id] = alt_of(tokens[0])


def _add_html(own: _Block, local: LocalSegment, piece: Piece) -> None:
    """Add a sentence of an HTML block."""
    if local.id not in own.record.english:
        return
    sentence = localize_html(local, piece.text)
    if sentence.warning:
        own.values.warnings.append((local.id, sentence.warning))
    text = sentence.html
    rendered = Rendered(text, (("raw", text),), None, is_title=False, shown=(("text", text),))
    _add(own, local, sentence.lookup, rendered)


def _add_sentences(own: _Block, cutting: Cutting, segments: Sequence[LocalSegment]) -> None:
    """Add the sentences of a block of Markdown."""
    found = localized_tokens(cutting, segments, own.md, own.env)
    own.values.warnings.extend(found.warnings)
    _add_gaps(own, found.dropped, segments)
    for opening, tokens in _between(found.tokens):
        identifier, state = opening.meta["id"], opening.meta["state"]
        english = own.record.english.get(identifier)
        if english is None:
            continue
        try:
            rendered = _render(own, tokens, english, state)
        except UnfitError as error:
            where = f"{identifier}: {error.message}"
            own.values.unfit = own.values.unfit or where
            continue
        local = LocalSegment(identifier, state=state, origin=opening.meta["origin"])
        _add(own, local, opening.meta["lookup"], rendered)


def _add_gaps(own: _Block, dropped: Sequence[str], segments: Sequence[LocalSegment]) -> None:
    """Add the gaps of a block that the language has no space in."""
    if not dropped:
        return
    own.values.gaps[dropped[0].partition(" ")[0]] = tuple(dropped)
    if not own.record.gaps.issuperset(dropped):
        own.values.unfit = own.values.unfit or "a space between sentences is part of a text"
    elif any(own.filling.changes(local.translation) for local in segments):
        own.values.unfit = own.values.unfit or "quotation marks stand where no space is"


def _render(own: _Block, tokens: list[Token], english: English, state: State | None) -> Rendered:
    is_english = state is None or state is State.UNTRANSLATED
    if is_english and (own.filling.is_educated or not any(map(has_marks, _texts_in(tokens)))):
        shown = (("text", english.shown),)
        return Rendered(english.html, english.words, english.text, english.is_title, shown)
    return render(finish_tokens(tokens, own.md, own.env), english, own.filling.educate)


def _texts_in(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the texts that quotation marks may stand in."""
    for token in tokens:
        if token.type != "code_inline":
            yield token.content
            yield from _texts_in(token.children or ())


def _between(tokens: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Yield the opening token of each sentence, and the tokens in it."""
    opening: Token | None = None
    inside: list[Token] = []
    for token in tokens:
        if token.type == "segment_open":
            opening, inside = token, []
        elif token.type == "segment_close" and opening is not None:
            yield opening, inside
            opening = None
        elif opening is not None:
            inside.append(token)


def _add(own: _Block, local: LocalSegment, lookup: str, rendered: Rendered) -> None:
    """Add a sentence with the tags that belong to it."""
    identifier = local.id
    node = segment(
        segment_id=identifier,
        state=str(local.state or ""),
        lookup=lookup,
        origin=local.origin,
        article=own.page.article,
        entry_line=own.page.localization.lines.get(identifier, 0),
        source_language=own.page.source_language,
    )
    own.values.sentences[identifier] = write_element(own.filling.builder, node, rendered.html)
    own.values.words[identifier] = rendered.words
    sentence = Sentence(
        identifier,
        local.state,
        unescape(_TAG.sub("", lookup)),
        origin=local.origin,
        line=node["entry_line"],
    )
    own.values.said[identifier] = Said(sentence, rendered.shown)
    if rendered.is_title:
        own.values.titles[identifier] = rendered.html
    if rendered.text is not None:
        own.values.texts[identifier] = rendered.text
