"""The English of a sentence as inert HTML: it can be read, and does nothing else.

No IDs, footnotes, index entries, references or links come of it, so that it may stand beside
a translation without disturbing search, navigation or numbering.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

_PAIRS = {"strong": "strong", "em": "em", "s": "s"}
_CODE = frozenset({"code_inline", "math_inline", "math_single", "math_inline_double"})


def inert_html(tokens: Sequence[Token]) -> str:
    """Return inline tokens as HTML without anything that acts or is addressed.

    >>> inert_html([Token("text", "", 0, content="a < b")])
    'a &lt; b'
    """
    return "".join(map(_inert, tokens))


def _role_text(content: str) -> str:
    """Return what a role shows: of ``text <target>`` the text."""
    text, bracket, target = content.rstrip().rpartition("<")
    is_titled = bracket and target.endswith(">") and ">" not in target[:-1]
    return text.strip() if is_titled else content.lstrip("~!")


def _inert(token: Token) -> str:
    name = token.type.removesuffix("_open").removesuffix("_close")
    if name in _PAIRS:
        return f"<{'/' if token.nesting < 0 else ''}{_PAIRS[name]}>"
    if token.type in _CODE:
        return f"<code>{escape(token.content)}</code>"
    if token.type in ("softbreak", "hardbreak"):
        return "<br>" if token.type == "hardbreak" else " "
    if token.type == "myst_role":
        return escape(_role_text(token.content))
    if token.type in ("text", "text_special", "learn_no_loc"):
        return escape(token.content, quote=False)
    if token.type.startswith("substitution"):
        return escape("{{" + token.content + "}}")
    if token.type == "learn_xref":
        return escape(f"@{token.content}")
    if token.type == "learn_include_inline":
        return escape(str(token.meta["label"]))
    return inert_html(token.children) if token.children else ""
