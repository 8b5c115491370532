"""Read an article's blocks: what stands in it for translators, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.cutting import FindCuts, Shape
from bitext.markdown.directives import Directive, find_toc_titles, split_directive
from bitext.markdown.front_matter import find_values, read_front_matter
from bitext.markdown.grammar import Config, create_parser, merge_config
from bitext.markdown.segment_rule import META, SKIP, BlockKey, Found, find_blocks
from bitext.model import Block, BlockKind

UNPARSED = -1
"""The ordinal in the key of a block that the inline parser never sees (front matter, alt text)."""

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


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block, and how the build finds it again."""

    key: BlockKey
    block: Block


def read_blocks(text: str, grammar: Grammar) -> list[ReadBlock]:
    """Return the blocks of an article: its front matter's first, then in the order of the page."""
    matter = read_front_matter(text)
    config = merge_config(grammar.config, matter.values)
    parser = grammar.parser if config is grammar.config else grammar.make_parser(config)
    reader = _Reader(parser, grammar, fences=frozenset(config.fence_as_directive))
    for value in find_values(matter, grammar.front_matter):
        reader.add_string(value.text, BlockKind.FRONT_MATTER, label=value.key, line=value.line)
    reader.read(text, first_line=1)
    return reader.blocks


class _Reader:
    """Walks an article and the directives nested in it; collects blocks."""

    def __init__(self, parser: MarkdownIt, grammar: Grammar, *, fences: frozenset[str]) -> None:
        self.blocks: list[ReadBlock] = []
        self._parser = parser
        self._grammar = grammar
        self._fences = fences
        self._env: EnvType = {}
        self._section = ""

    def read(self, text: str, *, first_line: int, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Add the blocks of Markdown that begins at `first_line` of the article."""
        self._walk(self._parser.parse(text, self._env), first_line, kind)

    def add_string(
        self, text: str, kind: BlockKind, *, label: str, line: int, note: str = ""
    ) -> None:
        """Add a text that is not Markdown; it is cut at its sentence ends."""
        cuts = self._grammar.find_cuts(text)
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(text)]
        segments = tuple(text[start:end] for start, end in zip(starts, ends, strict=True))
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
                for found in _found_in(token):
                    self._add(
                        found, BlockKind.HTML if token.type == "html_block" else kinds[-1], line
                    )
            elif token.type in ("fence", "colon_fence") and SKIP not in token.meta:
                self._read_fence(token, line, kinds[-1])

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
            found.note,
        )
        self.blocks.append(ReadBlock(found.key, block))

    def _read_fence(self, token: Token, line: int, kind: BlockKind) -> None:
        """Add the text of a directive, or of a ``:::`` division."""
        name, _, argument = token.info.strip().partition(" ")
        if name.startswith("{") and name.endswith("}"):
            name = name[1:-1]
        elif token.type == "colon_fence":
            self.read(token.content, first_line=line + 1, kind=kind)
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
            for found in _found_in(token):
                self._add(found, kind, line, label)


def _found_in(token: Token) -> Iterator[Found]:
    """Yield the blocks that the segment rule found in a token."""
    found = token.meta.get(META)
    if isinstance(found, Found):
        yield found
    elif found:
        yield from (part for part in found if isinstance(part, Found))
