"""MyST's parser and renderer with the segment rule."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

from docutils import nodes
from docutils.parsers.rst.languages import get_language
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import clean_astext
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.warnings_ import MystWarnings, create_warning
from sphinx.addnodes import index as IndexNode  # noqa: N812 - a class, named as docutils does
from sphinx.util.logging import suppress_logging

from bitext.localization import Localization
from bitext.markdown.blocks import Grammar
from bitext.markdown.cutting import PieceKind, Shape
from bitext.markdown.directive_bodies import find_terms
from bitext.markdown.directives import split_directive
from bitext.markdown.front_matter import parse_front_matter, replace_text
from bitext.markdown.grammar import LEARN, create_parser, merge_config, with_parsing_of
from bitext.markdown.html_block import localize_alt, localize_html
from bitext.markdown.html_use import find_alt
from bitext.markdown.localize import LocalSegment
from bitext.markdown.marks import ENV_OFF, SKIP
from bitext.markdown.segment_rule import (
    ENV_OBJECT,
    ENV_TERMS,
    META,
    SOURCE,
    Found,
    Terms,
    find_localized,
    included_env,
    localize_blocks,
    localized_env,
    warnings,
)
from bitext.sphinx_ext.learn.rules import LearnRules
from bitext.sphinx_ext.nodes import segment
from bitext.sphinx_ext.page import ORIGIN, Page, include_page, open_page, warn
from bitext.sphinx_ext.strings import translate_strings

_PLAIN_TOKENS = frozenset(
    "text text_special code_inline em_open em_close strong_open strong_close s_open s_close"
    " link_open link_close softbreak hardbreak html_inline image".split()
)
"""Tokens of a heading whose text is known without rendering them."""


class Parser(MystParser):
    """MyST's parser; sentences are parsed in the language of the build."""

    def choose_renderer(self, grammar: Grammar) -> type[Renderer]:
        """Return what renders articles."""
        return LearnRenderer if grammar.dialect == LEARN else Renderer

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse an article into `document`."""
        env = document.settings.env
        page = open_page(env, inputstring)
        if page is None:
            super().parse(inputstring, document)
            return
        parsed = page.parsed
        if page.origin:
            env.metadata[env.current_document.docname][ORIGIN] = page.origin
        config = with_parsing_of(env.myst_config, page.grammar.config)
        if parsed.config is not page.grammar.config:
            config = merge_config(config, parsed.matter.values, partial(_warn_of_setting, document))
        if page.grammar.dialect == LEARN:
            config = config.copy(heading_anchors=6)
        config = _localize_meta(config, page.localization.front_matter)
        own = localized_env(parsed.tokens, parsed.env, page.localization.blocks)
        with _borrow_parser(config, page.grammar, self.choose_renderer(page.grammar)) as parser:
            parser.options["document"] = document
            parser.options["bitext_page"] = page
            parser.render(inputstring, own)


_idle_parsers: list[tuple[MdParserConfig, Grammar, type[Renderer], MarkdownIt]] = []
"""Parsers that no article is using; making one takes longer than parsing a short article."""


@contextmanager
def _borrow_parser(
    config: MdParserConfig, grammar: Grammar, renderer: type[Renderer]
) -> Iterator[MarkdownIt]:
    """Lend a parser and renderer; a page that is parsed within another has its own."""
    place = next(
        (
            place
            for place, (own, its_grammar, its_renderer, _) in enumerate(_idle_parsers)
            if its_grammar is grammar and its_renderer is renderer and own == config
        ),
        None,
    )
    if place is None:
        parser = create_parser(config, renderer, grammar.dialect)
        localize_blocks(parser, grammar.find_cuts)
    else:
        parser = _idle_parsers.pop(place)[3]
    yield parser  # one that failed in the middle of an article is not lent again
    _idle_parsers[:] = [(config, grammar, renderer, parser), *_idle_parsers[:3]]


def _localize_meta(
    config: MdParserConfig, strings: Mapping[tuple[str, str], str]
) -> MdParserConfig:
    """Return `config` with the translated values of its ``html_meta``."""
    if not strings or not config.html_meta:
        return config
    meta = {
        name: strings.get((f"html_meta {name}", str(value)), value)
        for name, value in config.html_meta.items()
    }
    return config.copy(html_meta=meta)


def _warn_of_setting(document: nodes.document, kind: MystWarnings, message: str) -> None:
    """Warn of a wrong key in an article's ``myst:`` block, as MyST does."""
    create_warning(document, message, kind, line=1, append_to=document)


class Renderer(SphinxRenderer):
    """MyST's renderer; it knows sentences."""

    @property
    def page(self) -> Page:
        """The article that is rendered."""
        page: Page = self.md_options["bitext_page"]
        return page

    @property
    def _localization(self) -> Localization:
        return self.page.localization

    def setup_render(self, options: dict[str, Any], env: MutableMapping[str, Any]) -> None:
        """Take over the state of one article.

        As MyST-Parser 5.2 does, which also makes a document that nobody uses: a twentieth of
        the time an article takes.
        """
        self.md_env = env
        self.md_options = options
        self.md_config = options["myst_config"]
        self.document = options["document"]
        self.current_node = options.get("current_node", self.document)
        self.reporter = self.document.reporter
        language = self.document.settings.language_code
        self.language_module_rst = get_language(language)  # type: ignore[assignment]
        self._heading_offset = 0
        self._level_to_section = {0: self.document}
        self._heading_slugs = {}

    def _render_finalise(self) -> None:
        super()._render_finalise()
        for identifier, message in warnings(self.md_env):
            warn(self.page, identifier, message)

    def render_segment(self, token: SyntaxTreeNode) -> None:
        """Render a sentence; one that a substitution puts into another is part of that."""
        if is_in_segment(self.current_node):
            self.render_children(token)
            return
        meta = token.meta
        node = self.make_segment(meta["id"], meta["state"], meta["lookup"], meta["origin"])
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def make_segment(self, identifier: str, state: str | None, lookup: str, origin: str) -> segment:
        """Return the node of a sentence, without what it holds."""
        node = segment(
            "",
            segment_id=identifier,
            state=str(state or ""),
            lookup=lookup,
            origin=origin,
            article=self.page.article,
            entry_line=self._localization.lines.get(identifier, 0),
            source_language=self.page.source_language,
        )
        node.source, node.line = self.document["source"], self.document.current_line
        return node

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        """Render a tag; the alt text of an image that is in no sentence has its own translation."""
        start, end = find_alt(token.content) if token.content[:4].lower() == "<img" else (0, 0)
        alt = html.unescape(token.content[start:end])
        local = self._localization.strings.get(alt, alt)
        if token.token is not None and local != alt and not is_in_segment(self.current_node):
            value = localize_alt(LocalSegment("", local), token.content[start:end]).html
            tag = token.content[:start] + value + token.content[end:]
            token.token = token.token.copy(content=tag)
        super().render_html_inline(token)

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Render an HTML block, its runs of text in the language of the page."""
        parts = token.meta.get(META)
        if not parts:
            with self._excluding(token):
                super().render_html_block(token)
            return
        for part in parts:
            if isinstance(part, Found):
                self.render_run(part, token)
            else:
                self.append_raw(part, token)

    def render_run(self, found: Found, token: SyntaxTreeNode) -> None:
        """Render a run of text between two tags."""
        segments = find_localized(self._localization.blocks, found)
        sentences = iter(segments)
        for piece in found.cutting.pieces:
            local = next(sentences, None) if piece.kind is PieceKind.SEGMENT else None
            if local is None or not local.id:
                self.append_raw(piece.text, token)
                continue
            is_alt = found.cutting.shape is Shape.IMAGE
            sentence = (localize_alt if is_alt else localize_html)(local, piece.text)
            if sentence.warning:
                warn(self.page, local.id, sentence.warning)
            if is_alt:
                self.append_raw(sentence.html, token)
                continue
            node = self.make_segment(local.id, local.state, sentence.lookup, local.origin)
            with self.current_node_context(node, append=True):
                self.append_raw(sentence.html, token)

    def append_raw(self, html: str, token: SyntaxTreeNode) -> None:
        """Append HTML as it is."""
        raw = nodes.raw("", html, format="html")
        self.add_line_and_source_path(raw, token)
        self.current_node.append(raw)

    def render_front_matter(self, token: SyntaxTreeNode) -> None:
        """Render the front matter with its translated values."""
        matter = parse_front_matter(token.content)
        if token.token is not None and matter.values and not matter.error:
            keys = set(self.page.grammar.front_matter)
            if self.md_config.title_to_header:
                keys.discard("title")
            values = {
                key: replace_text(value, self._strings_of(key)) if key in keys else value
                for key, value in matter.values.items()
            }
            changed: Any = token.token.copy(content=values)
            token.token = changed
        super().render_front_matter(token)

    def _strings_of(self, key: str) -> dict[str, str]:
        """Return the translations of the texts under a key of the front matter."""
        known = self._localization.front_matter.items()
        return {text: translation for (own, text), translation in known if own == key}

    def generate_heading_target(
        self,
        token: SyntaxTreeNode,
        level: int,
        node: nodes.Element,
        title_node: nodes.Element,
    ) -> None:
        """Give a heading the anchor of its English, in every language."""
        inline = token.children[0] if token.children else None
        source: list[Token] = inline.meta.get(SOURCE, []) if inline else []
        if inline is None or not (source or "segment" in {child.type for child in inline.children}):
            super().generate_heading_target(token, level, node, title_node)
            return
        tokens = source or _without_segments(inline)
        heading = SyntaxTreeNode(_heading_tokens(token, tokens), create_root=False)
        title = self._render_title(heading.children[0]) if source else title_node
        super().generate_heading_target(heading, level, node, title)
        slug = node.get("slug")
        if slug and source:
            line, identifier, _ = self._heading_slugs[slug]
            self._heading_slugs[slug] = (line, identifier, clean_astext(title_node))

    def _render_title(self, inline: SyntaxTreeNode) -> nodes.title:
        """Return a title that is never shown; its text names the heading."""
        title = nodes.title()
        tokens = inline.to_tokens()[0].children or []
        if {token.type for token in tokens} <= _PLAIN_TOKENS:
            title.append(nodes.Text(_text_of(tokens)))
            return title
        with self.current_node_context(title), suppress_logging():
            for child in inline.children:
                self.rules[f"render_{child.type}"](child)
        return title

    def render_fence(self, token: SyntaxTreeNode) -> None:
        """Render code or a directive."""
        with self._excluding(token):
            super().render_fence(token)

    def render_colon_fence(self, token: SyntaxTreeNode) -> None:
        """Render a directive or a division."""
        with self._excluding(token):
            super().render_colon_fence(token)

    def _excluding(self, token: SyntaxTreeNode) -> AbstractContextManager[None]:
        """Let nothing be a sentence in a directive that a mark excludes."""
        return self._setting(ENV_OFF, self.md_env.get(ENV_OFF, False) or SKIP in token.meta)

    def run_directive(self, name: str, *args: Any, **kwargs: Any) -> list[nodes.Element]:
        """Run a directive, and translate what it holds that is not Markdown."""
        directive = self.page.grammar.directives.get(name)
        is_object = directive is not None and directive.body == "object"
        with self._setting(ENV_OBJECT, self.md_env.get(ENV_OBJECT) or is_object):
            if name == "include" and args:
                with self._including(str(args[0])):
                    return super().run_directive(name, *args, **kwargs)
            if name in ("glossary", "contents"):
                return self._run_in_english(name, *args, **kwargs)
            with self._setting(ENV_TERMS, None):
                result = super().run_directive(name, *args, **kwargs)
        strings = self._localization.strings
        if directive and strings and not self.md_env.get(ENV_OFF):
            for node in result:
                translate_strings(node, strings)
        return result

    def _run_in_english(
        self, name: str, first_line: str, content: str, *args: Any, **kwargs: Any
    ) -> list[nodes.Element]:
        """Run a directive that names things by their text, then translate that text."""
        text = split_directive(first_line, content, begins_on_first_line=False)
        terms = Terms(find_terms(text.body) if name == "glossary" else [text.argument])
        with self._setting(ENV_TERMS, terms):
            result = super().run_directive(name, first_line, content, *args, **kwargs)
        kind = nodes.term if name == "glossary" else nodes.title
        found = [node for root in result for node in root.findall(kind)]
        for node, tokens in zip(found, terms.localized, strict=False):
            if tokens:
                self._replace_text(node, tokens)
        return result

    def _replace_text(self, node: nodes.Element, tokens: list[Token]) -> None:
        """Let a term or title show `tokens`; its index entry stays."""
        index = [child for child in node.children if isinstance(child, IndexNode)]
        node.clear()
        with self.current_node_context(node):
            for child in SyntaxTreeNode(tokens).children:
                self.rules[f"render_{child.type}"](child)
        node.extend(index)

    @contextmanager
    def _setting(self, key: str, value: object) -> Iterator[None]:
        """Set a key of the environment for a while."""
        before = self.md_env.get(key)
        self.md_env[key] = value
        try:
            yield
        finally:
            self.md_env[key] = before

    @contextmanager
    def _including(self, target: str) -> Iterator[None]:
        """Let the sentences of an included article be those of its own ledger."""
        page = include_page(self.sphinx_env, target.strip())
        if page is None:
            yield
            return
        before = self.page
        own = included_env(page.localization.blocks)
        kept = {key: self.md_env[key] for key in own if key in self.md_env}
        self.md_env.update(own)
        self.md_options["bitext_page"] = page
        try:
            yield
        finally:
            self.md_options["bitext_page"] = before
            self.md_env.update(kept)


class LearnRenderer(LearnRules, Renderer):
    """The renderer of Microsoft Learn's dialect."""


def is_in_segment(node: nodes.Element) -> bool:
    """Tell whether `node` is a sentence or inline markup in one."""
    inner: nodes.Element | None = node
    while isinstance(inner, nodes.Inline):
        if isinstance(inner, segment):
            return True
        inner = inner.parent
    return False


def _heading_tokens(token: SyntaxTreeNode, children: list[Token]) -> list[Token]:
    """Return the three tokens of a heading with these inline ones, each with its line."""
    opening, inline, closing = token.to_tokens()
    for child in children:
        child.map = inline.map
    return [opening, inline.copy(children=children), closing]


def _without_segments(inline: SyntaxTreeNode) -> list[Token]:
    """Return the inline tokens of a heading without those of its sentences."""
    children = inline.to_tokens()[0].children or []
    return [child for child in children if not child.type.startswith("segment_")]


def _text_of(tokens: list[Token]) -> str:
    """Return the text that plain inline tokens show; images and raw HTML show none."""
    breaks = {"softbreak": "\n"}
    return "".join(
        breaks.get(token.type, token.content)
        for token in tokens
        if token.type in ("text", "text_special", "code_inline", "softbreak")
    )
