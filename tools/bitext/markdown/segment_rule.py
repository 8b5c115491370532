"""The segment rule: the markdown-it core rule that finds and cuts every block of an article.

Extraction runs it alone (`find_blocks`); the build runs it in place of inline parsing
(`localize_blocks`). Both see the same blocks in the same order, nested parses included,
because both count equal blocks in the article's one environment.

Marks in comments exclude elements from both (`marks`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import (
    StateCore,
    block,
    linkify,
    replace,
    smartquotes,
    text_join,
)
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.cutting import Cutting, FindCuts, OwnCutting, cut_block
from bitext.markdown.html_block import split_html
from bitext.markdown.html_directives import find_html_directives
from bitext.markdown.localize import LocalSegment, localized_tokens, parse_inline
from bitext.markdown.marks import find_offered

META = "bitext"
"""The key of a token's `meta` that holds what the rule found there."""

SOURCE = "bitext_source"
"""The key of an inline token's `meta` that holds its English tokens, if it is translated."""

HTML_DIRECTIVES = "bitext_html_directives"
"""The key of an HTML block's `meta` that holds the directives that MyST makes of it."""

NOTE = "bitext_note"
"""The key of a directive token's `meta` that holds the writer's comment on all in it."""

ENV_COUNTS = "bitext_counts"
ENV_OBJECT = "bitext_object"
"""The key of an environment that is true in an object's description: field names are code there."""

ENV_TERMS = "bitext_terms"
"""The key of an environment that holds the `Terms` of the glossary that is being parsed."""

_ENV_WARNINGS = "bitext_warnings"
_ENV_TOKENS = "bitext_tokens"
_ENV_BLOCKS = "bitext_blocks"

_UNSHOWN = frozenset({"alert_title_open"})
_UNSHOWN_IN_OBJECTS = _UNSHOWN | {"fieldlist_name_open"}
"""What opens an inline token whose text Sphinx replaces by its own words."""

_MOST_KNOWN = 10_000
"""Blocks of which the cutting is remembered."""


class BlockKey(NamedTuple):
    """How the build finds a block of the article again."""

    text: str
    """The block's text as the parser sees it."""

    ordinal: int
    """Its place among the article's blocks of equal text, from 0, in the order of parsing."""


class Found(NamedTuple):
    """A block that the rule found in a token."""

    key: BlockKey
    cutting: Cutting
    note: str
    """The writer's comment for translators."""


class Terms:
    """The terms of a glossary that is being parsed: they register under their English."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.localized: list[list[Token] | None] = []
        """The tokens of each term parsed so far in its language; None if that is English."""

        self._texts = texts

    def take(self, token: Token, md: MarkdownIt, env: EnvType) -> None:
        """If `token` is the next term, keep its tokens and leave its English."""
        place = len(self.localized)
        if place == len(self._texts) or token.content != self._texts[place]:
            return
        children = token.children or []
        is_translated = any(child.meta.get("lookup") for child in children)
        self.localized.append(finish_tokens(children, md, env) if is_translated else None)
        if is_translated:
            token.children = parse_inline(token.content, md, env)


Localization = Mapping[BlockKey, Sequence[LocalSegment]]
"""The sentences of an article's blocks, for one language; ordinals of equal ones have no gap."""


def find_blocks(md: MarkdownIt, find_cuts: FindCuts) -> None:
    """Plug in: attach to each token what it holds for translators; parse nothing inline."""
    known: dict[str, Cutting] = {}

    def rule(state: StateCore) -> None:
        _find_all(state, find_cuts, known)

    md.core.ruler.at("inline", rule)
    md.core.ruler.disable(["linkify", "replacements", "smartquotes", "text_join", "wordcount"])


def localize_blocks(md: MarkdownIt, find_cuts: FindCuts) -> None:
    """Plug in: parse each block's sentences in their language, between ``segment`` tokens.

    Parse in an environment of `localized_env`. The article itself is not parsed into blocks
    again: its tokens are taken from there.
    """
    known: dict[str, Cutting] = {}

    def take_or_parse(state: StateCore) -> None:
        state.tokens = state.env.get(_ENV_TOKENS) or []
        if not state.tokens:
            block(state)

    def rule(state: StateCore) -> None:
        if not state.env.pop(_ENV_TOKENS, None):
            _find_all(state, find_cuts, known)
        is_heading = False
        for token in state.tokens:
            if token.type == "inline":
                _parse_inline(token, state.md, state.env, is_heading=is_heading)
                terms: Terms | None = state.env.get(ENV_TERMS)
                if terms and state.inlineMode:
                    terms.take(token, state.md, state.env)
            is_heading = token.type == "heading_open"

    md.core.ruler.at("block", take_or_parse)
    md.core.ruler.at("inline", rule)


def localized_env(tokens: list[Token], env: EnvType, blocks: Localization) -> EnvType:
    """Return the environment in which an article is rendered.

    `tokens` are the article's, blocks found, `env` what that parse left behind, `blocks` the
    sentences in the language of the page.
    """
    return {**env, _ENV_TOKENS: tokens, _ENV_BLOCKS: blocks}


def included_env(blocks: Localization) -> EnvType:
    """Return what changes in the environment while an article of its own is included."""
    return {ENV_COUNTS: {}, _ENV_BLOCKS: blocks}


def copy_env(env: EnvType) -> EnvType:
    """Return an environment that further parses may change without changing `env`."""
    return {key: copy_env(v) if isinstance(v, dict) else v for key, v in env.items()}


def localized_blocks(env: EnvType) -> Localization:
    """Return the sentences of the article that is rendered in `env`."""
    blocks: Localization = env.get(_ENV_BLOCKS, {})
    return blocks


def warnings(env: EnvType) -> list[tuple[str, str]]:
    """Return the list, kept in `env`, of (segment ID, message) pairs to warn of."""
    found: list[tuple[str, str]] = env.setdefault(_ENV_WARNINGS, [])
    return found


def _find_all(state: StateCore, find_cuts: FindCuts, known: dict[str, Cutting]) -> None:
    """Attach to each token of one level the block or blocks that it holds.

    `known` remembers how blocks were cut; documentation says many things more than once.
    """
    is_article = ENV_COUNTS not in state.env
    if isinstance(find_cuts, OwnCutting):
        state.tokens = find_cuts.prepare(state.tokens)
    tokens = _below_metadata(state.tokens) if is_article else state.tokens
    state.env.setdefault(ENV_COUNTS, {})
    unshown = _UNSHOWN_IN_OBJECTS if state.env.get(ENV_OBJECT) else _UNSHOWN
    before = ""
    for token, note in find_offered(tokens, state.env):
        is_shown = before not in unshown
        before = token.type
        if token.type == "inline" and is_shown:
            cutting = known.get(token.content) or cut_block(
                token.content, state.md, state.env, find_cuts
            )
            _remember(cutting, known)
            if cutting.has_segments:
                token.meta[META] = _found(cutting, note, state.env)
        elif token.type == "html_block":
            _find_in_html(token, note, state, find_cuts)
        elif note and token.type in ("fence", "colon_fence"):
            token.meta[NOTE] = note


def _find_in_html(token: Token, note: str, state: StateCore, find_cuts: FindCuts) -> None:
    """Attach to an HTML block its runs of text, or the directives that it becomes."""
    directives = find_html_directives(token.content, state.md.options["myst_config"])
    if directives:
        token.meta[HTML_DIRECTIVES] = directives
        if note:
            token.meta[NOTE] = note
        return
    parts = split_html(token.content, find_cuts)
    if any(isinstance(part, Cutting) for part in parts):
        token.meta[META] = tuple(
            part if isinstance(part, str) else _found(part, note, state.env) for part in parts
        )


def _remember(cutting: Cutting, known: dict[str, Cutting]) -> None:
    """Keep a cutting that is the same in every article: a bracket may be a reference in one."""
    if len(known) < _MOST_KNOWN and "[" not in cutting.text:
        known[cutting.text] = cutting


def _found(cutting: Cutting, note: str, env: EnvType) -> Found:
    """Return the block with its place among equal ones."""
    counts: dict[str, int] = env.setdefault(ENV_COUNTS, {})
    ordinal = counts.get(cutting.text, 0)
    counts[cutting.text] = ordinal + 1
    return Found(BlockKey(cutting.text, ordinal), cutting, note)


def _parse_inline(token: Token, md: MarkdownIt, env: EnvType, *, is_heading: bool) -> None:
    """Fill the children of one inline token: its sentences, or the block as it is."""
    token.children = []
    found = token.meta.get(META)
    blocks = localized_blocks(env)
    segments = find_localized(blocks, found) if isinstance(found, Found) else ()
    if not isinstance(found, Found) or not any(segment.id for segment in segments):
        md.inline.parse(token.content, md, env, token.children)
        return
    localized = localized_tokens(found.cutting, segments, md, env)
    token.children.extend(localized.tokens)
    warnings(env).extend(localized.warnings)
    if is_heading and any(own.translation or own.paragraph for own in segments):
        token.meta[SOURCE] = finish_tokens(parse_inline(token.content, md, env), md, env)


_LATER_RULES = {
    "linkify": linkify,
    "replacements": replace,
    "smartquotes": smartquotes,
    "text_join": text_join,
}
"""markdown-it's core rules that change inline tokens after they are parsed, in order."""


def finish_tokens(tokens: list[Token], md: MarkdownIt, env: EnvType) -> list[Token]:
    """Return inline tokens as the core rules that follow would leave them."""
    inline = Token("inline", "", 0, children=tokens, map=[0, 1])
    inline.content = "".join(token.content for token in tokens)
    state = StateCore(inline.content, md, env, [inline])
    active = md.core.ruler.get_active_rules()
    for name, rule in _LATER_RULES.items():
        if name in active:
            rule(state)
    return inline.children or []


def find_localized(blocks: Localization, found: Found) -> Sequence[LocalSegment]:
    """Return the block's sentences; a block that a page shows again takes those of its last.

    Text of an HTML block may be shown as Markdown and cut otherwise there, and an included
    article by other rules than the page that it is shown on: such a block has none.
    """
    key = found.key
    if key not in blocks:
        ordinals = range(key.ordinal)
        count = bisect_left(ordinals, True, key=lambda n: BlockKey(key.text, n) not in blocks)
        key = BlockKey(key.text, count - 1)
    segments = blocks.get(key, ())
    return segments if len(segments) == len(found.cutting.segments) else ()


def _below_metadata(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return an article's tokens without a field list that opens it: that is Sphinx's metadata."""
    before = ("front_matter", "myst_line_comment", "myst_target")
    start = next((n for n, token in enumerate(tokens) if token.type not in before), len(tokens))
    if start == len(tokens) or tokens[start].type != "field_list_open":
        return tokens
    ends = (n for n, token in enumerate(tokens) if token.type == "field_list_close")
    return tokens[next((n for n in ends if tokens[n].level == tokens[start].level), start) + 1 :]
