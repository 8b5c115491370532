"""Read an article's blocks: what stands in it for translators, in the order of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.cutting import FindCuts
from bitext.markdown.directives import Directive
from bitext.markdown.front_matter import (
    FrontMatter,
    find_kept,
    find_meta,
    find_substitutions,
    find_values,
    line_of_key,
    read_front_matter,
)
from bitext.markdown.grammar import LEARN, MYST, Config, create_parser, merge_config
from bitext.markdown.learn.faults import Fault, find_faults
from bitext.markdown.reader import UNPARSED, ReadBlock, Reader
from bitext.markdown.segment_rule import find_blocks
from bitext.model import BlockKind, Unread

__all__ = ["UNPARSED", "Grammar", "ReadArticle", "ReadBlock", "read_blocks"]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that decides how an article is read, made once for a project."""

    config: Config
    find_cuts: FindCuts
    directives: Mapping[str, Directive]
    front_matter: Sequence[str]
    """Translatable keys."""

    dialect: str = MYST

    parser: MarkdownIt = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parser", self.make_parser(self.config))

    def make_parser(self, config: Config) -> MarkdownIt:
        """Return a parser that finds blocks and parses nothing inline."""
        parser = create_parser(config, dialect=self.dialect)
        find_blocks(parser, self.find_cuts)
        return parser


class ReadArticle(NamedTuple):
    """An article's blocks, and what rendering it needs of the parse that found them."""

    blocks: list[ReadBlock]
    """Those of the front matter first, then in the order of the page."""

    config: Config
    """The article's own, with its ``myst:`` block."""

    tokens: list[Token]
    env: EnvType
    """As the article's own parse left it, before any nested one."""

    unread: list[Unread]
    """What the page shows and no block holds, in the order of its lines."""

    matter: FrontMatter

    @property
    def faults(self) -> list[Fault]:
        """What of Learn's constructs is not shown as it is meant."""
        return find_faults(self.env)


def read_blocks(text: str, grammar: Grammar, *, kept: Sequence[str] = ()) -> ReadArticle:
    """Return the blocks of an article; `kept` are words that a docset keeps as they are."""
    matter = read_front_matter(text)
    is_learn = grammar.dialect == LEARN
    config = grammar.config if is_learn else merge_config(grammar.config, matter.values)
    parser = grammar.parser if config is grammar.config else grammar.make_parser(config)
    reader = Reader(parser, grammar.find_cuts, grammar.directives, config, dialect=grammar.dialect)
    if is_learn:
        reader.keep(find_kept(matter) if "no-loc" in matter.values else kept)
    keys = [key for key in grammar.front_matter if key != "title" or not config.title_to_header]
    for value in find_values(matter, keys):
        reader.add_string(value.text, BlockKind.FRONT_MATTER, label=value.key, line=value.line)
    tokens, env = reader.parse(text)
    if matter.error:
        reader.report(1, f"the front matter cannot be read: {matter.error}")
    if config.title_to_header and matter.values.get("title"):
        reader.read_header(str(matter.values["title"]), line_of_key(matter, "title"))
    if not is_learn:
        _read_myst(reader, matter, config)
    reader.walk(tokens, 1)
    reader.report_references(env)
    return ReadArticle(reader.blocks, config, tokens, env, sorted(reader.unread), matter)


def _read_myst(reader: Reader, matter: FrontMatter, config: Config) -> None:
    """Add the texts of the article's ``myst:`` block: metadata and substitutions."""
    if not matter.values:
        return
    for value in find_meta(matter, config.html_meta):
        reader.add_string(value.text, BlockKind.FRONT_MATTER, label=value.key, line=value.line)
    if "substitution" in config.enable_extensions:
        for value in find_substitutions(matter, config.substitutions):
            reader.read_value(value)
