"""The inline tokens of sentences that hold nothing but words, code, links and emphasis.

Most sentences do, and their tokens are found much faster than the parser finds them. A sentence
with anything else is left to the parser; `tests/test_simple.py` compares the two.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_WORDS = r"(?:[^`*_\[\]<>{}$~|\\&^@§\n:!]|:(?!//|:|[\w+-]+:)|!(?!\[)|(?<=[^\W_])_(?=[^\W_]))++"
"""Text in which no rule of MyST's extensions or of Learn sees anything."""

_TOKEN = re.compile(
    rf"""
      (?P<words>{_WORDS})
    | (?<!`)`(?P<code>[^`\n]+)`(?!`)
    | \[(?P<label>{_WORDS})\]\((?P<target>[A-Za-z0-9./\#?=:_~+,;-]++)\)(?!\{{)
    | (?<![\w*])(?P<mark>\*\*?)(?P<stressed>(?=[^\W_]){_WORDS})
      (?: (?<=[^\W_])(?P=mark)(?![\w*]) | (?<=[:.!?,;])(?P=mark)(?!\S) )
    """,
    re.VERBOSE,
)
_WWW = re.compile("www\\.", re.IGNORECASE)
_KINDS = {"*": "em", "**": "strong"}


def read_simple(text: str, md: MarkdownIt) -> list[Token] | None:
    """Return the tokens that `md` makes of `text`; None if only it can say."""
    if _WWW.search(text) or not _has_rules(md):
        return None
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or not _add(tokens, match, md):
            return None
        place = match.end()
    return tokens


@lru_cache(maxsize=64)
def _has_rules(md: MarkdownIt) -> bool:
    """Tell whether the parser has the rules; settings may switch some off."""
    active = md.get_active_rules()
    has_spans = {"backticks", "link", "emphasis"} <= set(active["inline"])
    return has_spans and "emphasis" in active["inline2"]


def _add(tokens: list[Token], match: re.Match[str], md: MarkdownIt) -> bool:
    """Add the tokens of one piece; return whether there are any."""
    kind = match.lastgroup
    if kind == "words":
        _add_text(tokens, match[0])
    elif kind == "code":
        tokens.append(Token("code_inline", "code", 0, content=_code(match["code"]), markup="`"))
    elif kind == "stressed":
        _add_stressed(tokens, match["stressed"], match["mark"])
    else:
        href = _href(match["target"], md)
        if href is None:
            return False
        tokens.append(Token("link_open", "a", 1, attrs={"href": href}))
        _add_text(tokens, match["label"])
        tokens.append(Token("link_close", "a", -1))
    return True


def _add_text(tokens: list[Token], content: str) -> None:
    """Add a text; the parser joins it with one before it."""
    if tokens and tokens[-1].type == "text":
        tokens[-1].content += content
    else:
        tokens.append(Token("text", "", 0, content=content))


def _add_stressed(tokens: list[Token], content: str, mark: str) -> None:
    """Add bold words or italics; of the stars of bold an empty text is left at each end."""
    name = _KINDS[mark]
    if name == "strong":
        _add_text(tokens, "")
    tokens.append(Token(f"{name}_open", name, 1, markup=mark))
    _add_text(tokens, content)
    tokens.append(Token(f"{name}_close", name, -1, markup=mark))
    if name == "strong":
        _add_text(tokens, "")


def _code(content: str) -> str:
    """Return what a code span shows: one space at each end is none of it."""
    is_padded = content[0] == content[-1] == " " and content.strip(" ")
    return content[1:-1] if is_padded else content


@lru_cache(maxsize=8192)
def _href(target: str, md: MarkdownIt) -> str | None:
    """Return the address of a link as the parser writes it; None if it makes no link of it."""
    href = md.normalizeLink(target)
    return href if md.validateLink(href) else None
