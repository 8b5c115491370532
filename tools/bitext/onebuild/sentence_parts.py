"""A sentence in parts: inline tokens as HTML, each as it is or by the key of its construct."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from bitext.onebuild.changes import UnfitError, encode

Educate = Callable[[Sequence[tuple[str, str]]], list[str]]
"""What puts typographic quotation marks into (kind, text) pairs, ``plain`` or ``literal``."""

Word = tuple[str, str]
"""(kind, text) for a search index: a ``text``, or ``raw`` HTML."""

_TITLE_ELEMENTS = {"em_open": "<em>", "em_close": "</em>"} | {
    "strong_open": "<strong>",
    "strong_close": "</strong>",
}
_ELEMENTS = _TITLE_ELEMENTS | {"s_open": "<s>", "s_close": "</s>"}
_TEXTS = frozenset({"text", "text_special"})
TITLE_TOKENS = _TEXTS | _TITLE_ELEMENTS.keys() | {"code_inline", "softbreak"}
"""What a sentence holds that navigation shows as it is in the text."""

ALT = "\0"
"""What the alt text comes after in the key of an image."""

WORDS = "\1"
"""What the words come after in the key of a role whose words are free."""

ROLE = "myst_role"
_LETTERS = r"[^\0-/:-@\[-`{-\x7f\s‘’“”„‚«»‹›–—…]+"
"""No sign that a role or quotation marks may read as more than a letter."""

_TITLED = re.compile(rf"({_LETTERS}(?: {_LETTERS})*) <[^<>`]+>")
"""A target and its title."""

_FREE_WORDS = {
    "kbd": re.compile(f"({_LETTERS})"),
    "guilabel": re.compile(f"({_LETTERS}(?: {_LETTERS})*)"),
}
"""Roles whose content is no target: a key, and what a control says."""

MAIL = "mail "
"""What begins the key of a link to an address of mail, and of all that is taken over in one.

Docutils hides the words of such a link, and the attributes in it, from those who collect addresses.
"""

_WORDS_AND_SPACES = re.compile(r"[^ \n]+| +|\n")


@dataclass(slots=True)
class SentenceParts:
    """A sentence as pieces of HTML, each as it is or by the key of its construct."""

    html: list[tuple[str, str]] = field(default_factory=list)
    """(kind, text): ``html``, or the key of what ``opens`` and ``closes`` or is a ``leaf``."""

    words: list[Word] = field(default_factory=list)
    shown: list[Word] = field(default_factory=list)
    """What its nodes say: a ``text``, or the key of a ``leaf``."""

    has_quotes: bool = False
    has_leaf: bool = False
    has_other_words: bool = False
    """Whether what is taken over may say something: all but images."""

    has_raw: bool = False

    @property
    def text(self) -> str | None:
        """The text of the sentence; None if a construct that is taken over may hold some."""
        return None if self.has_leaf or self.has_raw else "".join(text for _, text in self.words)

    def add_text(self, text: str, written: str) -> None:
        """Add a text, and how it is written in HTML."""
        self.html.append(("text", written))
        self.words.append(("text", text))
        self.shown.append(("text", text))


def parts_of(tokens: Sequence[Token], educate: Educate, *, is_in_mail: bool) -> SentenceParts:
    """Return the parts of inline tokens; all may be in a link to an address of mail.

    Raises `UnfitError` for a construct that is not known.
    """
    parts = SentenceParts()
    texts = iter(educate(list(_plain_texts(tokens))))
    open_links: list[str] = []
    mail = MAIL if is_in_mail else ""
    places = iter(range(len(tokens)))
    for place in places:
        token = tokens[place]
        if token.type in _TEXTS or token.type == "softbreak":
            text = next(texts)
            parts.add_text(text, cloak(text) if mail else encode(text))
            parts.has_quotes |= "'" in token.content or '"' in token.content
        elif token.type == "code_inline" and not token.attrs:
            next(texts)
            parts.add_text(token.content, _code(token.content))
        elif token.type in _ELEMENTS and not token.attrs:
            parts.html.append(("html", _ELEMENTS[token.type]))
            if token.type not in _TITLE_ELEMENTS:
                parts.has_raw = True
                parts.shown.append(("text", _ELEMENTS[token.type]))
        elif token.type == "html_inline":
            parts.html.append(("html", token.content))
            parts.shown.append(("text", token.content))
            parts.has_raw = True
        elif token.type == "link_open" and tokens[place + 1].type != "link_close":
            mail = MAIL if str(token.attrs.get("href")).startswith("mailto:") else ""
            open_links.append(mail + key_of(token))
            parts.html.append(("opens", open_links[-1]))
        elif token.type == "link_open":
            next(places)
            parts.html.append(("leaf", f"empty {key_of(token)}"))
            parts.shown.append(parts.html[-1])
            parts.has_leaf = parts.has_other_words = True
        elif token.type == "link_close":
            parts.html.append(("closes", open_links.pop()))
            mail = ""
        elif token.nesting == 0:
            parts.html.append(("leaf", mail + key_of(token)))
            parts.shown.append(_said_by(token, parts.html[-1]))
            parts.has_leaf = True
            parts.has_other_words |= token.type != "image"
        else:
            raise UnfitError(f"{token.type} is not rendered here")
    return parts


def _said_by(token: Token, leaf: Word) -> Word:
    """Return what the node of a role, an image or the like says; `leaf` if that is taken over."""
    if token.type == "hardbreak":
        return "text", "<br />\n\\\\\n"  # as HTML, and as LaTeX
    if token.type == "image":
        return "text", alt_of(token)
    if token.type == "math_inline":
        return "text", token.content
    return leaf


def _plain_texts(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield what a transform of quotation marks sees."""
    for token in tokens:
        if token.type == "softbreak":
            yield "plain", "\n"
        elif token.type in _TEXTS:
            yield "plain", token.content
        elif token.type == "code_inline" and not token.attrs:
            yield "literal", token.content


def key_of(token: Token) -> str:
    """Return what tells a construct from any other that Sphinx may write otherwise."""
    if token.type == "footnote_ref":  # its numbers are those of this one parse
        return repr((token.type, token.meta.get("label")))
    if token.type == "image":
        return f"{_with_attributes(token)}{ALT}{alt_of(token)}"
    free = _FREE_WORDS.get(str(token.meta.get("name")), _TITLED) if token.type == ROLE else None
    match = free.fullmatch(token.content) if free else None
    if match:
        return f"{_with_attributes(token)}{token.content[match.end(1) :]}{WORDS}{match[1]}"
    children = [key_of(child) for child in token.children or ()]
    return repr((token.content, _with_attributes(token), children))


def _with_attributes(token: Token) -> str:
    attributes = sorted(token.attrs.items())
    meta = sorted((name, repr(value)) for name, value in token.meta.items())
    return repr((token.type, token.info, attributes, meta))


def alt_of(token: Token) -> str:
    """Return the alt text of an image, as MyST's renderer makes it."""
    return "".join(
        own.content if own.type in ("text", "text_special", "section_ref") else alt_of(own)
        for own in token.children or ()
    )


def cloak(text: str) -> str:
    """Return the text of a link to an address of mail as docutils writes it in HTML."""
    return encode(text).replace("&#64;", "<span>&#64;</span>").replace(".", "<span>&#46;</span>")


def _code(content: str) -> str:
    """Return inline code as Sphinx writes it, each word kept from being broken."""
    pieces: list[str] = []
    for part in _WORDS_AND_SPACES.findall(encode(content)):
        if part.strip():
            pieces.append(f'<span class="pre">{part}</span>')
        elif part in " \n":
            pieces.append(part)
        else:
            pieces.append("&#160;" * (len(part) - 1) + " ")
    return f'<code class="docutils literal notranslate">{"".join(pieces)}</code>'
