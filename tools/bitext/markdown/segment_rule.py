"""The segment rule: the markdown-it core rule that finds and cuts every block of an article.

Extraction runs it alone (`find_blocks`); the build runs it in place of inline parsing
(`localize_blocks`). Both see the same blocks in the same order, nested parses included,
because both count equal blocks in the article's one environment.

Writers steer it with marks in comments, ``<!-- bitext: skip -->`` or ``% bitext: skip``:

skip
    the next element is not offered for translation
off, on
    nothing between the two is; without an ``on``, nothing to the end of the directive or article
note TEXT
    translators of the next element read TEXT
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
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

from bitext.markdown.cutting import Cutting, FindCuts, cut_block
from bitext.markdown.html_block import split_html
from bitext.markdown.localize import LocalSegment, localized_tokens, parse_inline

META = "bitext"
"""The key of a token's `meta` that holds what the rule found there."""

SOURCE = "bitext_source"
"""The key of an inline token's `meta` that holds its English tokens, if it is translated."""

SKIP = "bitext_skip"
"""The key of a directive token's `meta` whose content a mark excludes."""

NOTE = "bitext_note"
"""The key of a directive token's `meta` that holds the writer's comment on all in it."""

ENV_COUNTS = "bitext_counts"
ENV_OFF = "bitext_off"
"""The key of an environment that is true while an excluded directive is parsed."""

_ENV_WARNINGS = "bitext_warnings"
_ENV_TOKENS = "bitext_tokens"
_ENV_BLOCKS = "bitext_blocks"

_MOST_KNOWN = 10_000
"""Blocks of which the cutting is remembered."""

_MARK = re.compile(
    r"(?:<!--)?\s*bitext:\s*(?P<word>\S+)(?:\s+(?P<text>.*?))?\s*(?:-->)?", re.DOTALL
)


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
    tokens = _below_metadata(state.tokens) if is_article else state.tokens
    state.env.setdefault(ENV_COUNTS, {})
    for token, note in _offered(tokens, state.env):
        if token.type == "inline":
            cutting = known.get(token.content) or cut_block(
                token.content, state.md, state.env, find_cuts
            )
            _remember(cutting, known)
            if cutting.has_segments:
                token.meta[META] = _found(cutting, note, state.env)
        elif token.type == "html_block":
            parts = split_html(token.content, find_cuts)
            if any(isinstance(part, Cutting) for part in parts):
                token.meta[META] = tuple(
                    part if isinstance(part, str) else _found(part, note, state.env)
                    for part in parts
                )
        elif note and token.type in ("fence", "colon_fence"):
            token.meta[NOTE] = note


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
    segments = find_localized(blocks, found.key) if isinstance(found, Found) else None
    if not isinstance(found, Found) or segments is None or not any(s.id for s in segments):
        md.inline.parse(token.content, md, env, token.children)
        return
    localized = localized_tokens(found.cutting, segments, md, env)
    token.children.extend(localized.tokens)
    warnings(env).extend(localized.warnings)
    if is_heading and any(segment.translation for segment in segments):
        token.meta[SOURCE] = _finish(parse_inline(token.content, md, env), md, env)


_LATER_RULES = {
    "linkify": linkify,
    "replacements": replace,
    "smartquotes": smartquotes,
    "text_join": text_join,
}
"""markdown-it's core rules that change inline tokens after they are parsed, in order."""


def _finish(tokens: list[Token], md: MarkdownIt, env: EnvType) -> list[Token]:
    """Return inline tokens as the core rules that follow would leave them."""
    inline = Token("inline", "", 0, children=tokens, map=[0, 1])
    inline.content = "".join(token.content for token in tokens)
    state = StateCore(inline.content, md, env, [inline])
    active = md.core.ruler.get_active_rules()
    for name, rule in _LATER_RULES.items():
        if name in active:
            rule(state)
    return inline.children or []


def find_localized(blocks: Localization, key: BlockKey) -> Sequence[LocalSegment] | None:
    """Return the block's sentences; a block that a page shows again takes those of its last."""
    if key in blocks:
        return blocks[key]
    ordinals = range(key.ordinal)
    count = bisect_left(ordinals, True, key=lambda n: BlockKey(key.text, n) not in blocks)
    return blocks[BlockKey(key.text, count - 1)] if count else None


def _below_metadata(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return an article's tokens without a field list that opens it: that is Sphinx's metadata."""
    before = ("front_matter", "myst_line_comment", "myst_target")
    start = next((n for n, token in enumerate(tokens) if token.type not in before), len(tokens))
    if start == len(tokens) or tokens[start].type != "field_list_open":
        return tokens
    ends = (n for n, token in enumerate(tokens) if token.type == "field_list_close")
    return tokens[next((n for n in ends if tokens[n].level == tokens[start].level), start) + 1 :]


def _offered(tokens: Sequence[Token], env: EnvType) -> Iterator[tuple[Token, str]]:
    """Yield the tokens that no mark excludes, each with the note on it; mark directives skipped."""
    if not env.get(ENV_OFF) and not any("bitext:" in token.content for token in tokens):
        yield from ((token, "") for token in tokens)
        return
    marks = _Marks(is_off=bool(env.get(ENV_OFF)))
    for token in tokens:
        words = _find_marks(token)
        if words:
            for word, text in words:
                marks.read(word, text)
        elif marks.excludes(token):
            token.meta[SKIP] = True
        else:
            yield token, marks.note
            marks.leave(token)


def _find_marks(token: Token) -> list[tuple[str, str]]:
    """Return the marks (word, text) that a comment holds."""
    if token.type not in ("html_block", "myst_line_comment") or "bitext:" not in token.content:
        return []
    lines = [token.content] if token.type == "html_block" else token.content.split("\n")
    matches = (_MARK.fullmatch(line.strip()) for line in lines)
    return [(match["word"], match["text"] or "") for match in matches if match]


class _Marks:
    """The marks in force while one level of an article is read."""

    def __init__(self, *, is_off: bool) -> None:
        self.is_off = is_off
        self.note = ""
        self._skips = False
        self._skip_level: int | None = None
        self._note_level: int | None = None

    def read(self, word: str, text: str) -> None:
        """Take a mark; an unknown word is a comment."""
        if word == "skip":
            self._skips = True
        elif word in ("off", "on"):
            self.is_off = word == "off"
        elif word == "note":
            self.note = " ".join(filter(None, (self.note, " ".join(text.split()))))
            self._note_level = None

    def excludes(self, token: Token) -> bool:
        """Tell whether `token` is excluded, and end a skip with its element."""
        if self._skip_level is not None:
            if token.nesting == -1 and token.level == self._skip_level:
                self._skip_level = None
            return True
        if self._skips:
            self._skips = False
            self.note = ""
            self._skip_level = token.level if token.nesting == 1 else None
            return True
        return self.is_off

    def leave(self, token: Token) -> None:
        """End a note with the element that it stands before."""
        if not self.note:
            return
        if self._note_level is None:
            self._note_level = token.level
        if token.level == self._note_level and token.nesting < 1:
            self.note = ""
            self._note_level = None
