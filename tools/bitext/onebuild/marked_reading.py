"""Articles with a slot for every sentence, read as translations are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode

from bitext.localization import Catalogs, Localization, localize
from bitext.markdown.blocks import Grammar
from bitext.markdown.cutting import GAP, PieceKind, Shape
from bitext.markdown.localize import parse_inline
from bitext.markdown.segment_rule import Found, find_localized, finish_tokens
from bitext.onebuild.marked_nodes import english, gap, slot
from bitext.onebuild.prepared import MarkedArticle, current_entries
from bitext.onebuild.slots import Kind, bare_slot, find_bare, has_slot, with_canaries
from bitext.onebuild.slots import slot as slot_of
from bitext.project import Project
from bitext.segments import Article
from bitext.sphinx_ext.page import Page
from bitext.sphinx_ext.parser import Parser, Renderer, is_in_segment
from bitext.sphinx_ext.reading import MadeFrom, Reading


@dataclass(frozen=True, slots=True)
class MarkedPage(Page):
    """An article with slots."""

    english: Mapping[str, str] = field(default_factory=dict)
    """The English of each sentence as written, by segment ID."""


class MarkedReading(Reading):
    """What reads articles with slots; keeps what the languages will need of each."""

    def __init__(self, project: Project, tag: str) -> None:
        super().__init__(project, tag)
        self.articles: list[MarkedArticle] = []
        """Those read since this was last emptied: a page's own, and what it includes."""

        self.source = ""
        """The text of the page that is read."""

    def read(self, path: os.PathLike[str] | str, text: str) -> tuple[Page, MadeFrom]:
        """Return the page of an article, with slots."""
        page, made_from = super().read(path, text)
        marked = MarkedPage(
            parsed=page.parsed,
            localization=page.localization,
            grammar=page.grammar,
            source_language=page.source_language,
            article=page.article,
            catalog=page.catalog,
            english=dict(_english_of(page)),
        )
        return marked, made_from

    def localize(self, article: Article, catalogs: Catalogs) -> Localization:
        """Return an article of which every sentence is translated by its slot."""
        template = catalogs.template
        if template is None:
            return localize(article, Catalogs(None), tag="", stale="show")
        entries = tuple(
            replace(entry, msgstr=bare_slot(entry.msgctxt or ""), flags=(), raw=None)
            for entry in template.entries
            if not entry.is_obsolete
        )
        own = Catalogs(template, replace(template, entries=entries))
        marked = localize(article, own, tag=self._tag or "en", stale="show")
        strings = {text: find_bare(slots)[0] for text, slots in marked.strings.items()}
        matter = {key: find_bare(slots)[0] for key, slots in marked.front_matter.items()}
        self.articles.append(
            MarkedArticle(
                replace(article, parsed=article.parsed._replace(tokens=[])),
                {key: tuple(own.id for own in found) for key, found in marked.blocks.items()},
                {identifier: text for text, identifier in strings.items()},
                {identifier: key for key, identifier in matter.items()},
                self._read(self._project.template_path(article.path)),
                current_entries(article, template),
            )
        )
        return replace(
            marked,
            strings={text: slot_of(Kind.STRING, own) for text, own in strings.items()},
            front_matter={key: slot_of(Kind.STRING, own) for key, own in matter.items()},
            complaints={},
        )


def _english_of(page: Page) -> Iterator[tuple[str, str]]:
    for read in page.parsed.blocks:
        segments = page.localization.blocks.get(read.key, ())
        if read.cutting is None or not segments:
            continue
        pieces = [piece for piece in read.cutting.pieces if piece.kind is PieceKind.SEGMENT]
        for segment, piece in zip(segments, pieces, strict=True):
            if segment.id:
                yield segment.id, piece.text


class MarkedParser(Parser):
    """Parses articles with slots."""

    def choose_renderer(self, grammar: Grammar) -> type[Renderer]:
        """Return what renders articles."""
        return MarkedRenderer


class MarkedRenderer(Renderer):
    """Renders each sentence as a slot, and its English beside it."""

    def _english_of(self, identifier: str) -> str:
        page = self.page
        return page.english.get(identifier, "") if isinstance(page, MarkedPage) else ""

    def render_segment(self, token: SyntaxTreeNode) -> None:
        """Render a slot; in the English of another sentence, English."""
        identifier = token.meta["id"]
        tokens = token.children[0].to_tokens() if len(token.children) == 1 else []
        if not any(find_bare(own.content) == [identifier] for own in tokens):
            super().render_segment(token)
            return
        if is_in_segment(self.current_node):
            self._render_english(identifier, token)
            return
        node = self.make_segment(identifier, None, token.meta["lookup"], "")
        node.append(slot(segment_id=identifier))
        with (
            self.current_node_context(node, append=True),
            self.current_node_context(english(), append=True),
        ):
            self._render_english(identifier, token)

    def _render_english(self, identifier: str, token: SyntaxTreeNode) -> None:
        tokens = parse_inline(self._english_of(identifier), self.md, self.md_env)
        finished = finish_tokens(tokens, self.md, self.md_env)
        line = _lines_of(token)
        for own in finished:
            own.map = line
        for child in SyntaxTreeNode(finished).children:
            self.rules[f"render_{child.type}"](child)

    def render_text(self, token: SyntaxTreeNode) -> None:
        """Render a text; white space between two sentences as a slot."""
        with self._in_gap(token, token.content):
            super().render_text(token)

    def render_softbreak(self, token: SyntaxTreeNode) -> None:
        """Render the end of a line likewise."""
        with self._in_gap(token, " "):
            super().render_softbreak(token)

    def _in_gap(self, token: SyntaxTreeNode, content: str) -> AbstractContextManager[None]:
        """Return what lets a token be rendered in a gap, if it is only that."""
        is_gap = GAP in token.meta and content.isspace() and not is_in_segment(self.current_node)
        if not is_gap:
            return nullcontext()
        return self.current_node_context(gap(key=token.meta[GAP]), append=True)

    def render_image(self, token: SyntaxTreeNode) -> None:
        """Render an image; its text may be a slot."""
        before = len(self.current_node)
        super().render_image(token)
        for node in self.current_node.children[before:]:
            for image in node.findall(nodes.image):
                image["alt"] = with_canaries(image.get("alt", ""))

    def render_run(self, found: Found, token: SyntaxTreeNode) -> None:
        """Render a run of text between two tags of an HTML block."""
        segments = find_localized(self._localization.blocks, found)
        sentences = iter(segments)
        for piece in found.cutting.pieces:
            local = next(sentences, None) if piece.kind is PieceKind.SEGMENT else None
            if local is None or not local.id:
                self.append_raw(piece.text, token)
            elif found.cutting.shape is Shape.IMAGE:
                self.append_raw(with_canaries(bare_slot(local.id), Kind.ALT), token)
            else:
                node = self.make_segment(local.id, None, "", "")
                node.append(slot(segment_id=local.id))
                with (
                    self.current_node_context(node, append=True),
                    self.current_node_context(english(), append=True),
                ):
                    self.append_raw(piece.text, token)


def _lines_of(token: SyntaxTreeNode) -> list[int]:
    """Return the lines of the nearest token that has any."""
    holder = token.parent
    while holder is not None and not holder.is_root:
        if holder.map:
            return list(holder.map)
        holder = holder.parent
    return [0, 1]


def has_loose_slot(document: nodes.document) -> bool:
    """Tell whether a slot stands where none is expected: its page cannot be made of slots."""
    texts = (str(node) for node in document.findall(nodes.Text))
    return any(has_slot(text) and find_bare(text) for text in texts)
