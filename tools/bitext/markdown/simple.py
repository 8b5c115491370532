"""Sentences that hold nothing but words, code, links and emphasis, read without the parser.

Most sentences do, and are cut into their pieces much faster than the parser finds its tokens. A
sentence with anything else is left to the parser; `tests/test_simple.py` compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bitext.markdown.localize import may_hold_markup

_INNER = r"(?<=[^\W_])_(?=[^\W_])"
"""An underscore inside of a word."""

_WORDS = rf"""(?:
    [^`*_\[\]<>&{{}}$~|\\^@§\n:!]++
  | :(?!//|:|[\w+-]+:) | !(?!\[) | {_INNER} | (?<=[ ])[>&](?=[ ])
)++"""
"""Text in which no rule of MyST's extensions or of Learn sees anything."""

_BASIC = frozenset(
    "text newline escape myst_role backticks emphasis link image footnote_ref autolink html_inline"
    " entity balance_pairs fragments_join".split()
)
"""The rules for inline Markdown that MyST's parser has without extensions."""

_BASIC_TEXT = rf"[^`*_\[\]<&{{}}\\§\n!]++ | !(?!\[) | {_INNER} | &(?![#\w])"
_BASIC_WORDS = rf"(?: {_BASIC_TEXT} )++"
"""Text in which none of `_BASIC` sees anything."""

_UNLABELLED_WORDS = rf"""(?:
    {_BASIC_TEXT} | \[(?!\^)(?: [^`*_\[\]<&{{}}\\§\n]++ | {_INNER} )*+\](?![\[{{:]|\s*\()
)++"""
"""The same where no label is defined, so that words in brackets are no link."""

_SIGN = re.compile(r"[\n\\`*_\[\]<&!{}§]")
"""What any of `_BASIC` may react to."""

_CODE = r"(?<!`)`[^`\n]+`(?!`)"
_INNER_CODE = re.compile(rf"({_CODE})")
_PLAIN_TARGET = re.compile(
    r"""
    (?: https?:// (?=[a-z0-9.-]+(?:/|\Z)) [a-z0-9][a-z0-9-]{0,60} (?:\.[a-z0-9-]{1,60})* | (?!//) )
    [A-Za-z0-9./?=_~+,;&@-]*+ (?: \#[A-Za-z0-9./?=_~+,;&@-]*+ )?
    """,
    re.VERBOSE,
)
"""A target that the parser writes as it is."""

_KINDS = {"*": "em", "_": "em", "**": "strong"}

_Piece: TypeAlias = tuple[str, str, str, str, str, str, str]
"""Words; or code, with the spaces at its ends; or a link's words and its target; or stars and the
words between them; or the rest, which is not simple. The others are empty. The words of a link may
hold code, and code may stand between stars."""


class Simple(NamedTuple):
    """A sentence that is cut into words, code, links and emphasis."""

    pieces: Sequence[_Piece]

    @property
    def markup(self) -> list[tuple[str, str, str]]:
        """What is no text, in its order: code, the target of a link, or the stars of emphasis."""
        return [
            (code or "".join(_INNER_CODE.findall(label + stressed)), target, stars)
            for words, code, label, target, stars, stressed, _ in self.pieces
            if not words
        ]

    @property
    def texts(self) -> list[str]:
        """What readers read, piece by piece; empty for code."""
        texts = [words + label + stressed for words, _, label, _, _, stressed, _ in self.pieces]
        return texts if "`" not in "".join(texts) else list(_without_code(texts))

    @property
    def prose(self) -> list[str]:
        """The words outside of links and emphasis, piece by piece; empty for all others."""
        return [words for words, *_ in self.pieces]


def _without_code(texts: Sequence[str]) -> Iterator[str]:
    """Yield texts, those with code in them cut at it."""
    for text in texts:
        for part in _INNER_CODE.split(text) if "`" in text else ():
            yield from ("",) if part[:1] == "`" else filter(None, (part,))
        yield from () if "`" in text else (text,)


def find_simple(text: str, md: MarkdownIt, *, has_labels: bool = True) -> Simple | None:
    """Return `text` cut into its pieces; None if only the parser can say what they are.

    Without `has_labels` the environment of the text defines none.
    """
    pattern = _find_pattern(md, has_labels=has_labels)
    pieces = pattern.findall(text) if pattern else []
    if not pattern or (pieces and pieces[-1][-1]):
        return None
    if "](" in text:
        for piece in pieces:
            if piece[3] and not _href(piece[3], md):
                return None
    simple = Simple(pieces)
    return None if not is_basic(md) and _has_address(text, simple) else simple


def _has_address(text: str, simple: Simple) -> bool:
    """Tell whether a parser that looks for addresses may find one outside of code."""
    return "www." in text.lower() and any("www." in own.lower() for own in simple.texts)


def read_simple(text: str, md: MarkdownIt, *, has_labels: bool = True) -> list[Token] | None:
    """Return the tokens that `md` makes of `text`; None if only it can say."""
    simple = find_simple(text, md, has_labels=has_labels)
    return None if simple is None else list(_join_texts(_tokens(simple, md)))


@lru_cache(maxsize=64)
def is_basic(md: MarkdownIt) -> bool:
    """Tell whether a parser reads inline Markdown by no other rules than MyST's own."""
    active = md.get_active_rules()
    return _BASIC.issuperset([*active["inline"], *active["inline2"]])


def are_bare(texts: Sequence[str], md: MarkdownIt) -> bool:
    """Tell whether a glance tells that texts are nothing but words to the parser."""
    may_be_markup = _SIGN.search if is_basic(md) else may_hold_markup
    return not any(map(may_be_markup, texts))


@lru_cache(maxsize=64)
def _find_pattern(md: MarkdownIt, *, has_labels: bool) -> re.Pattern[str] | None:
    """Return what finds pieces; None for a parser that settings took a rule from."""
    active = md.get_active_rules()
    has_spans = {"backticks", "link", "emphasis"} <= set(active["inline"])
    if not has_spans or "emphasis" not in active["inline2"]:
        return None
    basic = _BASIC_WORDS if has_labels else _UNLABELLED_WORDS
    return _compile(basic if is_basic(md) else _WORDS)


@cache
def _compile(words: str) -> re.Pattern[str]:
    """Return what finds the pieces of a sentence in a row; `words` are those of its text."""
    return re.compile(
        rf"""
          ({words})
        | (?<!`)`([^`\n]+)`(?!`)
        | \[((?:{words}|{_CODE})++)\]\(([A-Za-z0-9./\#?=:_~+,;%&@-]++)\)(?!\{{)
        | (?: (?<![\w*])(?=\*\*?[^\W_]) | (?<!\S)(?=(?:\*\*?|_)[^\s*_]) ) (\*\*?|_)
          ((?:{words}|{_CODE})++)
          (?: (?<=[^\W_])\5(?:(?<=\*)(?![\w*])|(?=[.,:;!?)\s]|\Z)) | (?<=[^\s*_])\5(?!\S) )
        | ([\s\S]++)
        """,
        re.VERBOSE,
    )


def _tokens(simple: Simple, md: MarkdownIt) -> Iterator[Token]:
    """Yield the tokens of each piece; of the stars of bold an empty text is left at each end."""
    for words, code, label, target, stars, stressed, _ in simple.pieces:
        if words:
            yield _text(words)
        elif code:
            yield _code(code)
        elif target:
            yield Token("link_open", "a", 1, attrs={"href": _href(target, md) or ""})
            yield from _inner_tokens(label)
            yield Token("link_close", "a", -1)
        else:
            name = _KINDS[stars]
            yield from [_text("")] if name == "strong" else ()
            yield Token(f"{name}_open", name, 1, markup=stars)
            yield from _inner_tokens(stressed)
            yield Token(f"{name}_close", name, -1, markup=stars)
            yield from [_text("")] if name == "strong" else ()


def _inner_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of words and code."""
    for part in filter(None, _INNER_CODE.split(text) if "`" in text else (text,)):
        yield _code(part[1:-1]) if part[0] == "`" else _text(part)


def _code(content: str) -> Token:
    return Token("code_inline", "code", 0, content=_shown(content), markup="`")


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
    href = target if _PLAIN_TARGET.fullmatch(target) else md.normalizeLink(target)
    return href if md.validateLink(href) else None
