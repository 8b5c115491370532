"""The English of a sentence as inert HTML: it can be read, and does nothing else.

No IDs, footnotes, index entries, references or links come of it, so that it may stand beside
a translation without disturbing search, navigation or numbering.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.token import Token

_PAIRS = {"strong": "strong", "em": "em", "s": "s"}
_LINKING = frozenset({"myst_role", "html_inline", "footnote_ref", "substitution_inline"})
"""Tokens that may become links."""

_CODE = frozenset({"code_inline", "math_inline", "math_single", "math_inline_double"})


def inert_html(tokens: Sequence[Token], translation: Sequence[Token] = ()) -> str:
    """Return inline tokens as HTML without anything that acts or is addressed.

    Of a link stays a span with the place of the same link among those of the `translation`, for a
    script that makes it a link again.

    >>> inert_html([Token("text", "", 0, content="a < b")])
    'a &lt; b'
    """
    places = iter(_link_places(tokens, translation))
    is_marked: list[bool] = []
    html: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            place = next(places)
            is_marked.append(place is not None)
            html.append("" if place is None else f'<span data-link="{place}">')
        elif token.type == "link_close":
            html.append("</span>" if is_marked and is_marked.pop() else "")
        else:
            html.append(_inert(token))
    return "".join(html)


def _link_places(tokens: Sequence[Token], translation: Sequence[Token]) -> Iterator[int | None]:
    """Yield for each link of `tokens` its place among those of `translation`, from 0.

    A role may be a link too: with one in the translation nothing is certain.
    """
    is_certain = not any(token.type in _LINKING for token in translation)
    theirs = [str(token.attrs.get("href")) for token in translation if token.type == "link_open"]
    for token in tokens:
        if token.type != "link_open":
            continue
        target = str(token.attrs.get("href"))
        place = theirs.index(target) if is_certain and target in theirs else None
        if place is not None:
            theirs[place] = ""
        yield place


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
        return escape(f"@{token.markup}{token.content}{token.markup}", quote=False)
    if token.type == "learn_video_inline":
        return escape(token.content, quote=False)
    if token.type == "learn_include_inline":
        return escape(str(token.meta["label"]))
    return inert_html(token.children) if token.children else ""
