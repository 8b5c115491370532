"""Sentences that hold nothing but words, code, links and emphasis, read without the parser.

Most sentences do, and are cut into their pieces much faster than the parser finds its tokens. A
sentence with anything else is left to the parser; `tests/test_simple.py` compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

_WORDS = r"""(?:
    [^`*_\[\]<>&{}$~|\\^@§\n:!]++
  | :(?!//|:|[\w+-]+:) | !(?!\[) | (?<=[^\W_])_(?=[^\W_]) | (?<=[ ])[>&](?=[ ])
)++"""
"""Text in which no rule of MyST's extensions or of Learn sees anything."""

_PIECE = re.compile(
    rf"""
      ({_WORDS})
    | (?<!`)`([^`\n]+)`(?!`)
    | \[({_WORDS})\]\(([A-Za-z0-9./\#?=:_~+,;%&-]++)\)(?!\{{)
    | (?<![\w*])(\*\*?)((?=[^\W_]){_WORDS})
      (?: (?<=[^\W_])\5(?![\w*]) | (?<=[:.!?,;])\5(?!\S) )
    | ([\s\S]++)
    """,
    re.VERBOSE,
)
_KINDS = {"*": "em", "**": "strong"}

_Piece: TypeAlias = tuple[str, str, str, str, str, str, str]
"""Words; or code, with the spaces at its ends; or a link's words and its target; or stars and the
words between them; or the rest, which is not simple. The others are empty."""


class Simple(NamedTuple):
    """A sentence that is cut into words, code, links and emphasis."""

    pieces: Sequence[_Piece]

    @property
    def markup(self) -> list[tuple[str, str, str]]:
        """What is no text, in its order: code, the target of a link, or the stars of emphasis."""
        return [
            (code, target, stars) for words, code, _, target, stars, *_ in self.pieces if not words
        ]

    @property
    def texts(self) -> list[str]:
        """What readers read, piece by piece; empty for code."""
        return [words + label + bold for words, _, label, _, _, bold, _ in self.pieces]

    @property
    def prose(self) -> list[str]:
        """The words outside of links and emphasis, piece by piece; empty for all others."""
        return [words for words, *_ in self.pieces]


def find_simple(text: str, md: MarkdownIt) -> Simple | None:
    """Return `text` cut into its pieces; None if only the parser can say what they are."""
    if not _has_rules(md):
        return None
    simple = Simple(_PIECE.findall(text))
    if simple.pieces and simple.pieces[-1][-1]:
        return None
    if "](" in text and not all(_href(piece[3], md) for piece in simple.pieces if piece[3]):
        return None
    has_address = "www." in text.lower() and any("www." in own.lower() for own in simple.texts)
    return None if has_address else simple


def read_simple(text: str, md: MarkdownIt) -> list[Token] | None:
    """Return the tokens that `md` makes of `text`; None if only it can say."""
    simple = find_simple(text, md)
    return None if simple is None else list(_join_texts(_tokens(simple, md)))


@lru_cache(maxsize=64)
def _has_rules(md: MarkdownIt) -> bool:
    """Tell whether the parser has the rules; settings may switch some off."""
    active = md.get_active_rules()
    has_spans = {"backticks", "link", "emphasis"} <= set(active["inline"])
    return has_spans and "emphasis" in active["inline2"]


def _tokens(simple: Simple, md: MarkdownIt) -> Iterator[Token]:
    """Yield the tokens of each piece; of the stars of bold an empty text is left at each end."""
    for words, code, label, target, stars, stressed, _ in simple.pieces:
        if words:
            yield _text(words)
        elif code:
            yield Token("code_inline", "code", 0, content=_shown(code), markup="`")
        elif target:
            yield Token("link_open", "a", 1, attrs={"href": _href(target, md) or ""})
            yield _text(label)
            yield Token("link_close", "a", -1)
        else:
            name = _KINDS[stars]
            yield from [_text("")] if name == "strong" else ()
            yield Token(f"{name}_open", name, 1, markup=stars)
            yield _text(stressed)
            yield Token(f"{name}_close", name, -1, markup=stars)
            yield from [_text("")] if name == "strong" else ()


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _join_texts(tokens: Iterator[Token]) -> Iterator[Token]:
    """Yield tokens, texts side by side as one."""
    last: Token | None = None
    for token in tokens:
        if last and last.type == token.type == "text":
            last.content += token.content
            continue
        if last:
            yield last
        last = token
    if last:
        yield last


def _shown(code: str) -> str:
    """Return what a code span shows: one space at each end is none of it."""
    is_padded = code[0] == code[-1] == " " and code.strip(" ")
    return code[1:-1] if is_padded else code


@lru_cache(maxsize=8192)
def _href(target: str, md: MarkdownIt) -> str | None:
    """Return the address of a link as the parser writes it; None if it makes no link of it.

    None too if it may hold an entity.
    """
    if "&" in target and ";" in target:
        return None
    href = md.normalizeLink(target)
    return href if md.validateLink(href) else None
