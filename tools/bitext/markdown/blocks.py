"""Read an article's blocks: what stands in it for translators, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.cutting import FindCuts, Shape
from bitext.markdown.directives import Directive, find_toc_titles, split_directive
from bitext.markdown.front_matter import find_values, read_front_matter
from bitext.markdown.grammar import Config, create_parser, merge_config
from bitext.markdown.segment_rule import (
    META,
    NOTE,
    SKIP,
    BlockKey,
    Found,
    copy_env,
    find_blocks,
)
from bitext.model import Block, BlockKind

UNPARSED = -1
"""The ordinal in the key of a block that the inline parser never sees (front matter, alt text)."""

_MAX_DEPTH = 50
"""Directives in one another; what is nested deeper is not offered, and no build can render it."""

_KINDS = {
    "heading_open": BlockKind.HEADING,
    "th_open": BlockKind.CELL,
    "td_open": BlockKind.CELL,
    "dt_open": BlockKind.TERM,
    "dd_open": BlockKind.DEFINITION,
    "fieldlist_name_open": BlockKind.FIELD,
    "fieldlist_body_open": BlockKind.FIELD,
    "list_item_open": BlockKind.LIST_ITEM,
    "blockquote_open": BlockKind.QUOTE,
    "alert_open": BlockKind.QUOTE,
    "footnote_reference_open": BlockKind.FOOTNOTE,
}
"""What a block is in, by the token that opens it; the innermost decides."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that decides how an article is read, made once for a project."""

    config: Config
    find_cuts: FindCuts
    directives: Mapping[str, Directive]
    front_matter: Sequence[str]
    """Translatable keys."""

    parser: MarkdownIt = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parser", self.make_parser(self.config))

    def make_parser(self, config: Config) -> MarkdownIt:
        """Return a parser that finds blocks and parses nothing inline."""
        parser = create_parser(config)
        find_blocks(parser, self.find_cuts)
        return parser


class ReadBlock(NamedTuple):
    """A block, and how the build finds it again."""

    key: BlockKey
    block: Block


class ReadArticle(NamedTuple):
    """An article's blocks, and what rendering it needs of the parse that found them."""

    blocks: list[ReadBlock]
    """Those of the front matter first, then in the order of the page."""

    config: Config
    """The article's own, with its ``myst:`` block."""

    tokens: list[Token]
    env: EnvType
    """As the article's own parse left it, before any nested one."""


def read_blocks(text: str, grammar: Grammar) -> ReadArticle:
    """Return the blocks of an article."""
    matter = read_front_matter(text)
    config = merge_config(grammar.config, matter.values)
    parser = grammar.parser if config is grammar.config else grammar.make_parser(config)
    reader = _Reader(parser, grammar, fences=frozenset(config.fence_as_directive))
    for value in find_values(matter, grammar.front_matter):
        reader.add_string(value.text, BlockKind.FRONT_MATTER, label=value.key, line=value.line)
    tokens, env = reader.read_article(text)
    return ReadArticle(reader.blocks, config, tokens, env)


class _Reader:
    """Walks an article and the directives nested in it; collects blocks."""

    def __init__(self, parser: MarkdownIt, grammar: Grammar, *, fences: frozenset[str]) -> None:
        self.blocks: list[ReadBlock] = []
        self._parser = parser
        self._grammar = grammar
        self._fences = fences
        self._env: EnvType = {}
        self._section = ""
        self._depth = 0
        self._notes: tuple[str, ...] = ()

    def read_article(self, text: str) -> tuple[list[Token], EnvType]:
        """Add the blocks of an article; return its tokens and what their parse left behind."""
        env: EnvType = {}
        tokens = self._parser.parse(text, env)
        self._env = copy_env(env)
        self._walk(tokens, 1, BlockKind.PARAGRAPH)
        return tokens, env

    def read(self, text: str, *, first_line: int) -> None:
        """Add the blocks of nested Markdown that begins at `first_line` of the article."""
        if self._depth < _MAX_DEPTH:
            self._depth += 1
            self._walk(self._parser.parse(text, self._env), first_line, BlockKind.PARAGRAPH)
            self._depth -= 1

    def add_string(self, text: str, kind: BlockKind, *, label: str, line: int) -> None:
        """Add a text that is not Markdown; it is cut at its sentence ends."""
        cuts = self._grammar.find_cuts(text)
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(text)]
        segments = tuple(text[start:end] for start, end in zip(starts, ends, strict=True))
        note = " ".join(self._notes)
        block = Block(kind, text, segments, line, self._section, label, note)
        self.blocks.append(ReadBlock(BlockKey(text, UNPARSED), block))

    def _walk(self, tokens: Sequence[Token], first_line: int, kind: BlockKind) -> None:
        """Add the blocks of one parse."""
        kinds = [kind]
        line = first_line
        for token in tokens:
            line = first_line + token.map[0] if token.map else line
            if token.type in _KINDS:
                kinds.append(_KINDS[token.type])
            elif token.nesting == -1 and f"{token.type.removesuffix('close')}open" in _KINDS:
                kinds.pop()
            elif META in token.meta:
                own = BlockKind.HTML if token.type == "html_block" else kinds[-1]
                for found, below in _found_in(token):
                    self._add(found, own, line + below)
            elif token.type in ("fence", "colon_fence") and SKIP not in token.meta:
                outer = self._notes
                self._notes += (token.meta[NOTE],) if NOTE in token.meta else ()
                self._read_fence(token, line)
                self._notes = outer

    def _add(self, found: Found, kind: BlockKind, line: int, label: str = "") -> None:
        kind = BlockKind.ALT if found.cutting.shape is Shape.IMAGE else kind
        segments = found.cutting.segments
        if kind is BlockKind.HEADING:
            self._section = " ".join(segments)
        block = Block(
            kind,
            found.cutting.text,
            segments,
            line,
            "" if kind is BlockKind.HEADING else self._section,
            label,
            " ".join(filter(None, (*self._notes, found.note))),
        )
        self.blocks.append(ReadBlock(found.key, block))

    def _read_fence(self, token: Token, line: int) -> None:
        """Add the text of a directive, or of a ``:::`` division."""
        name, _, argument = token.info.strip().partition(" ")
        if name.startswith("{") and name.endswith("}"):
            name = name[1:-1]
        elif token.type == "colon_fence":
            self.read(token.content, first_line=line + 1)
            return
        elif name not in self._fences:
            return
        directive = self._grammar.directives.get(name)
        if directive is not None:
            self._read_directive(directive, name, argument, token.content, line)

    def _read_directive(
        self, directive: Directive, name: str, argument: str, content: str, line: int
    ) -> None:
        """Add title, options and body of a directive, in the order in which Sphinx parses them."""
        text = split_directive(argument, content, begins_on_first_line=directive.argument == "body")
        if directive.argument == "version":
            text = text._replace(argument=text.argument.partition(" ")[2].strip())
        if directive.argument in ("text", "version") and text.argument:
            self._read_inline(text.argument, BlockKind.TITLE, name, line)
        for option, how in directive.options.items():
            self._read_option(text.options.get(option, ""), how, f"{name} {option}", line)
        if directive.body == "markdown" and text.body.strip():
            self.read(text.body, first_line=line + text.body_offset)
        elif directive.body == "toctree":
            for entry in find_toc_titles(text.body):
                place = line + text.body_offset + entry.line
                self.add_string(entry.title, BlockKind.TITLE, label=name, line=place)

    def _read_option(self, value: str, how: str, label: str, line: int) -> None:
        if not any(map(str.isalpha, value)):
            return
        kind = BlockKind.ALT if label.endswith(" alt") else BlockKind.CAPTION
        if how == "text":
            self._read_inline(value, kind, label, line)
        else:
            self.add_string(value, kind, label=label, line=line)

    def _read_inline(self, text: str, kind: BlockKind, label: str, line: int) -> None:
        """Add a text that is parsed as inline Markdown alone."""
        for token in self._parser.parseInline(text, self._env):
            for found, _ in _found_in(token):
                self._add(found, kind, line, label)


def _found_in(token: Token) -> Iterator[tuple[Found, int]]:
    """Yield the blocks found in a token, each with its lines below the token's first."""
    found = token.meta.get(META)
    if isinstance(found, Found):
        yield found, 0
        return
    below = 0
    for part in found or ():
        if isinstance(part, Found):
            yield part, below
        below += (part.cutting.text if isinstance(part, Found) else part).count("\n")
