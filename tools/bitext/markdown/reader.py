"""Walk the tokens of an article and of the directives nested in it; collect blocks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.markdown.cutting import Cutting, FindCuts, PieceKind, Shape
from bitext.markdown.directive_reader import read_directive, read_option
from bitext.markdown.directives import Directive
from bitext.markdown.front_matter import Value
from bitext.markdown.grammar import LEARN, MYST, Config
from bitext.markdown.html_use import find_alt
from bitext.markdown.learn.holders import LEARN_HOLDERS, read_learn, report_includes
from bitext.markdown.marks import SKIP
from bitext.markdown.segment_rule import (
    ENV_OBJECT,
    HTML_DIRECTIVES,
    META,
    NOTE,
    BlockKey,
    Found,
    copy_env,
)
from bitext.markdown.unread import (
    find_reference_titles,
    find_substitutions,
    find_unknown,
    find_unread_html,
)
from bitext.model import Block, BlockKind, Unread

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
    "learn_tab_title_open": BlockKind.TITLE,
}
"""What a block is in, by the token that opens it; the innermost decides."""


class ReadBlock(NamedTuple):
    """A block, and how the build finds it again."""

    key: BlockKey
    block: Block
    cutting: Cutting | None = None
    """How it is cut; None for a text that is not parsed."""


_IMAGE = re.compile(r"""<img\b(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_CLOSERS = frozenset(name.replace("_open", "_close") for name in _KINDS)

_HOLDERS = frozenset({"html_block", "fence", "colon_fence", "substitution_block", *LEARN_HOLDERS})
"""Tokens other than inline ones that may hold text."""


class Reader:
    """Collects the blocks of one article, and what no block holds."""

    def __init__(
        self,
        parser: MarkdownIt,
        find_cuts: FindCuts,
        directives: Mapping[str, Directive],
        config: Config,
        *,
        dialect: str = MYST,
    ) -> None:
        self.blocks: list[ReadBlock] = []
        self.unread: list[Unread] = []
        self._parser = parser
        self._find_cuts = find_cuts
        self._directives = directives
        self._has_directives = dialect == MYST and not (config.commonmark_only or config.gfm_only)
        self._dialect = dialect
        self._kept: re.Pattern[str] | None = None
        self._fences = frozenset(config.fence_as_directive)
        self._substitutes = "substitution" in config.enable_extensions
        self._delimiters = config.sub_delimiters
        self._known = {"env", *config.substitutions}
        self._env: EnvType = {}
        self._section = self._label = ""
        self._depth = 0
        self._notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.blocks)

    def keep(self, words: Sequence[str]) -> None:
        """Tell translators of each block which of `words` in it stay as they are."""
        longest_first = sorted(map(re.escape, words), key=len, reverse=True)
        self._kept = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)") if words else None

    def sort_from(self, place: int) -> None:
        """Bring the blocks from the one at `place` into the order of their lines."""
        self.blocks[place:] = sorted(self.blocks[place:], key=lambda read: read.block.line)

    def parse(self, text: str) -> tuple[list[Token], EnvType]:
        """Parse an article; return its tokens and what that left behind."""
        env: EnvType = {}
        tokens = self._parser.parse(text, env)
        self._env = copy_env(env)
        return tokens, env

    def read(self, text: str, *, first_line: int, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Add the blocks of nested Markdown that begins at `first_line` of the article."""
        if self._depth == _MAX_DEPTH:
            self.report(first_line, "directives nested this deep are not extracted")
            return
        self._depth += 1
        self.walk(self._parser.parse(text, self._env), first_line, kind)
        self._depth -= 1

    def read_header(self, title: str, line: int) -> None:
        """Add the heading that MyST makes of a title in the front matter."""
        self.read(f"# {title}", first_line=line)

    def read_value(self, value: Value) -> None:
        """Add the blocks of a value of the front matter that is Markdown."""
        self._label = value.key
        self.read(value.text, first_line=value.line, kind=BlockKind.FRONT_MATTER)
        self._label = ""

    def add_string(self, text: str, kind: BlockKind, *, label: str, line: int) -> None:
        """Add a text that is not Markdown; it is cut at its sentence ends."""
        cuts = self._find_cuts(text)
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(text)]
        segments = tuple(text[start:end] for start, end in zip(starts, ends, strict=True))
        note = self._note_on(text)
        follows = tuple(place > 0 for place in range(len(segments)))
        block = Block(kind, text, segments, line, self._section, label, note, follows)
        self.blocks.append(ReadBlock(BlockKey(text, UNPARSED), block))

    @contextmanager
    def in_object(self, is_object: bool) -> Iterator[None]:
        """Read as the description of an object, if it is one: field names are code there."""
        outer = self._env.get(ENV_OBJECT, False)
        self._env[ENV_OBJECT] = outer or is_object
        yield
        self._env[ENV_OBJECT] = outer

    def report(
        self, line: int, message: str, *, is_certain: bool = True, included: str = ""
    ) -> None:
        """Note a text that is not extracted."""
        self.unread.append(Unread(line, message, is_certain, included))

    def report_references(self, env: EnvType) -> None:
        """Note the titles in reference definitions."""
        for line, message in find_reference_titles(env):
            self.report(line + 1, message)

    def walk(
        self, tokens: Sequence[Token], first_line: int, kind: BlockKind = BlockKind.PARAGRAPH
    ) -> None:
        """Add the blocks of one parse."""
        kinds = [kind]
        sources: list[str] = []
        line = first_line
        for token in tokens:
            line = first_line + token.map[0] if token.map else line
            if token.type == "inline":
                self._read_block(token, line, kinds[-1])
            elif token.type in _KINDS:
                kinds.append(_KINDS[token.type])
                if token.type == "blockquote_open":
                    sources.append(str(token.attrs.get("attribution", "")))
            elif token.type in _CLOSERS:
                kinds.pop()
                if token.type == "blockquote_close":
                    read_option(self, sources.pop(), "text", "attribution", line)
            elif token.type in _HOLDERS and SKIP not in token.meta:
                with self._noting(token):
                    self._read_holder(token, line)

    def _read_block(self, token: Token, line: int, kind: BlockKind) -> None:
        """Add an inline token's block."""
        if META in token.meta:
            self._read_found(token, line, kind)
            self._read_alts(token, line)
        if "[!" in token.content and self._dialect == LEARN and SKIP not in token.meta:
            report_includes(self, token.content, line)
        opening = self._delimiters[0] * 2
        if self._substitutes and opening in token.content and SKIP not in token.meta:
            self._report_substitutions(token.content, line)

    def _read_holder(self, token: Token, line: int) -> None:
        """Add what another token holds."""
        if token.type == "substitution_block":
            opening, closing = self._delimiters
            self._report_substitutions(f"{opening * 2}{token.content}{closing * 2}", line)
        elif token.type == "html_block":
            self._read_html(token, line)
        elif token.type in LEARN_HOLDERS:
            read_learn(self, token, line)
        else:
            self._read_fence(token, line)

    @contextmanager
    def _noting(self, token: Token) -> Iterator[None]:
        """Give the writer's note on a token to all that it holds."""
        outer = self._notes
        self._notes += (token.meta[NOTE],) if NOTE in token.meta else ()
        yield
        self._notes = outer

    def _report_substitutions(self, text: str, line: int) -> None:
        """Note the substitutions whose values the article does not hold, each once."""
        for name in find_substitutions(text, self._delimiters):
            if name not in self._known:
                self._known.add(name)
                message = f"the text of the substitution {name!r} is not extracted"
                way = "define it in the article's front matter"
                self.report(line, f"{message}; {way}", is_certain=False)

    def _read_found(self, token: Token, line: int, kind: BlockKind) -> None:
        for found, below in _found_in(token):
            self._add(found, kind, line + below, self._label)

    def _read_alts(self, token: Token, line: int) -> None:
        """Add the alt texts of images in HTML that stand between sentences, and are in none."""
        found = token.meta[META]
        for piece in found.cutting.pieces if "<" in token.content else ():
            for tag in _IMAGE.findall(piece.text) if piece.kind is PieceKind.VERBATIM else ():
                start, end = find_alt(tag)
                alt = html.unescape(tag[start:end])
                if any(map(str.isalpha, alt)):
                    self.add_string(alt, BlockKind.ALT, label="", line=line)

    def _read_html(self, token: Token, line: int) -> None:
        """Add the text of an HTML block, or of the directives that it becomes."""
        for name, argument, content, options in token.meta.get(HTML_DIRECTIVES, ()):
            directive = self._directives.get(name)
            if directive is not None:
                read_directive(self, directive, name, argument, content, line)
                read_option(self, options.get("alt") or "", "string", f"{name} alt", line)
        if HTML_DIRECTIVES not in token.meta:
            self._read_found(token, line, BlockKind.HTML)
            parts = token.meta.get(META, (token.content,))
            markup = "".join(part for part in parts if isinstance(part, str))
            for below, message in find_unread_html(token.content, markup):
                self.report(line + below, message)

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
            self._note_on(found.cutting.text, found.note),
            found.cutting.follows,
        )
        self.blocks.append(ReadBlock(found.key, block, found.cutting))

    def _note_on(self, text: str, own: str = "") -> str:
        """Return the note on a block: the writer's, and which words are not translated."""
        kept = dict.fromkeys(self._kept.findall(text)) if self._kept else ()
        words = f"not translated: {', '.join(kept)}" if kept else ""
        return " ".join(filter(None, (*self._notes, own, words)))

    def _read_fence(self, token: Token, line: int) -> None:
        """Add the text of a directive, or of a ``:::`` division."""
        if not self._has_directives:
            return
        name, _, argument = token.info.strip().partition(" ")
        if name.startswith("{") and name.endswith("}"):
            name = name[1:-1]
        elif token.type == "colon_fence":
            self.read(token.content, first_line=line + 1)
            return
        elif name not in self._fences:
            return
        directive = self._directives.get(name)
        if directive is not None:
            read_directive(self, directive, name, argument, token.content, line)
        else:
            self.report(line, find_unknown(name))

    def read_inline(self, text: str, kind: BlockKind, label: str, line: int) -> None:
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
