"""A sentence as HTML without a doctree, and the proof that this is how Sphinx writes it.

The proof is the English sentence: its tokens, rendered here, have to be what Sphinx wrote, byte
for byte. Links, roles and images are taken over from there; a translation may use what its
English has, and nothing that was not proved.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from bitext.onebuild.changes import UnfitError, encode
from bitext.onebuild.slots import name_slots

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
_TITLE_TOKENS = _TEXTS | _TITLE_ELEMENTS.keys() | {"code_inline", "softbreak"}

_WORDS_AND_SPACES = re.compile(r"[^ \n]+| +|\n")
_LINK = (r"(<a\b[^>]*>(?:<span\b[^>]*>)*?)", r"((?:</span>)*?</a>)")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*?(/?)>")
_BRACKET = re.compile(r'<span class="fn-bracket">[^<]*</span>')
_TAGS = re.compile(r"<[^>]*>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_MOST_OPAQUE = 40


@dataclass(frozen=True, slots=True)
class English:
    """An English sentence as Sphinx wrote it."""

    html: str
    """What is in its element; may hold slots of titles elsewhere."""

    words: tuple[Word, ...]
    text: str | None
    """Its text alone; None if that is not known."""

    is_title: bool
    """Whether navigation shows it as it is in the text: it has no links, notes or images."""

    fragments: Mapping[str, tuple[str, str]] | None
    """What opens and closes each of its links, and its other constructs, by the token's key.

    None if it could not be proved how Sphinx writes this sentence.
    """

    shown: str = ""
    """All that its nodes say, as docutils has it; may hold slots of titles elsewhere."""

    has_known_leaves: bool = True
    """Whether that of its roles and images is known."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A sentence, rendered here."""

    html: str
    words: tuple[Word, ...]
    text: str | None
    is_title: bool
    shown: tuple[Word, ...]
    """All that its nodes say: a ``text``, or what is so of ``html``."""


@dataclass(slots=True)
class _Parts:
    """The sentence as pieces of HTML, each as it is or by the key of its construct."""

    html: list[tuple[str, str]] = field(default_factory=list)
    """(kind, text): ``html``, or the key of what ``opens`` and ``closes`` or is a ``leaf``."""

    words: list[Word] = field(default_factory=list)
    shown: list[Word] = field(default_factory=list)
    """What its nodes say: a ``text``, or the key of a ``leaf``."""

    has_quotes: bool = False
    has_leaf: bool = False
    has_raw: bool = False

    @property
    def text(self) -> str | None:
        """The text of the sentence; None if a construct that is taken over may hold some."""
        return None if self.has_leaf or self.has_raw else "".join(text for _, text in self.words)


def prove(
    source: str, tokens: Sequence[Token], words: Sequence[Word], educate: Educate, *, shown: str
) -> English:
    """Return an English sentence of which Sphinx made the HTML `source`, its nodes say `shown`."""
    fragments: Mapping[str, tuple[str, str]] | None = None
    is_title, text, has_known_leaves = False, None, False
    try:
        parts = _split(tokens, educate)
        fragments = _find_fragments(parts, source)
    except UnfitError:
        parts = None
    if parts is not None and fragments is not None:
        is_title = {token.type for token in tokens} <= _TITLE_TOKENS
        text = parts.text
        has_known_leaves = _says(parts, fragments, shown)
    return English(
        source, tuple(words), text, is_title, fragments, shown, has_known_leaves=has_known_leaves
    )


def _says(parts: _Parts, fragments: Mapping[str, tuple[str, str]], shown: str) -> bool:
    """Tell whether what is known of its parts is what the nodes of a sentence say."""
    if not all(kind == "text" or value in fragments for kind, value in parts.shown):
        return False
    said = "".join(
        value if kind == "text" else text_in(name_slots(fragments[value][0]))
        for kind, value in parts.shown
    )
    return said == name_slots(shown)


def text_in(fragment: str) -> str:
    """Return what the nodes say of which Sphinx wrote this HTML; brackets of notes are its own."""
    return html.unescape(_TAGS.sub("", _BRACKET.sub("", fragment)))


def render(tokens: Sequence[Token], english: English, educate: Educate) -> Rendered:
    """Return a translation as HTML. Raises `UnfitError` if it cannot be rendered here."""
    if len(tokens) == 1 and tokens[0].type == "text":
        (text,) = educate([("plain", tokens[0].content)])
        words = (("text", text),)
        return Rendered(encode(text), words, text, is_title=True, shown=words)
    if english.fragments is None:
        raise UnfitError("Sphinx writes the English sentence in a way that is not known")
    parts = _split(tokens, educate)
    if parts.has_leaf and parts.has_quotes:
        raise UnfitError("quotation marks stand beside a role or image")
    if not english.has_known_leaves and any(kind == "leaf" for kind, _ in parts.shown):
        raise UnfitError("what a role or image says is not known")
    _require_same_ids(parts, english)
    pieces: list[str] = []
    found_words: list[Word] = []
    texts = iter(parts.words)
    for kind, value in parts.html:
        if kind == "html":
            pieces.append(value)
            continue
        if kind == "text":
            pieces.append(value)
            found_words.append(next(texts))
            continue
        found = english.fragments.get(value)
        if found is None:
            raise UnfitError("its English has no such link or role")
        pieces.append(found[1] if kind == "closes" else found[0])
        if kind == "leaf":
            found_words.extend(_words_in(found[0]))
    is_title = {token.type for token in tokens} <= _TITLE_TOKENS
    shown = tuple(
        (kind, value) if kind == "text" else ("html", english.fragments[value][0])
        for kind, value in parts.shown
    )
    return Rendered("".join(pieces), tuple(found_words), parts.text, is_title, shown)


def _split(tokens: Sequence[Token], educate: Educate) -> _Parts:
    """Return the pieces of inline tokens. Raises `UnfitError` for a construct that is not known."""
    parts = _Parts()
    texts = iter(educate(list(_plain_texts(tokens))))
    open_links: list[str] = []
    places = iter(range(len(tokens)))
    for place in places:
        token = tokens[place]
        if token.type in _TEXTS or token.type == "softbreak":
            text = next(texts)
            parts.html.append(("text", encode(text)))
            parts.words.append(("text", text))
            parts.shown.append(("text", text))
            parts.has_quotes |= "'" in token.content or '"' in token.content
        elif token.type == "code_inline" and not token.attrs:
            next(texts)
            parts.html.append(("text", _code(token.content)))
            parts.words.append(("text", token.content))
            parts.shown.append(("text", token.content))
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
            open_links.append(key_of(token))
            parts.html.append(("opens", open_links[-1]))
        elif token.type == "link_open":
            next(places)
            parts.html.append(("leaf", f"empty {key_of(token)}"))
            parts.shown.append(parts.html[-1])
            parts.has_leaf = True
        elif token.type == "link_close":
            parts.html.append(("closes", open_links.pop()))
        elif token.nesting == 0:
            parts.html.append(("leaf", key_of(token)))
            parts.shown.append(_said_by(token))
            parts.has_leaf = True
        else:
            raise UnfitError(f"{token.type} is not rendered here")
    return parts


def _said_by(token: Token) -> Word:
    """Return what the node of a role, an image or the like says."""
    if token.type == "hardbreak":
        return "text", "<br />\n\\\\\n"  # as HTML, and as LaTeX
    if token.type in ("image", "math_inline"):
        return "text", token.content
    return "leaf", key_of(token)


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
    children = [key_of(child) for child in token.children or ()]
    attributes = sorted(token.attrs.items())
    meta = sorted((name, repr(value)) for name, value in token.meta.items())
    return repr((token.type, token.content, token.info, attributes, meta, children))


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


def _find_fragments(parts: _Parts, source: str) -> Mapping[str, tuple[str, str]] | None:
    """Return what Sphinx wrote for the constructs of a sentence; None if it is not clear."""
    if all(kind in ("html", "text") for kind, _ in parts.html):
        return {} if "".join(value for _, value in parts.html) == source else None
    if sum(kind == "leaf" for kind, _ in parts.html) > _MOST_OPAQUE:
        return None
    patterns = {"opens": _LINK[0], "closes": _LINK[1], "leaf": "(<.*?>\n?)"}
    pattern = "".join(patterns.get(kind) or re.escape(value) for kind, value in parts.html)
    match = re.fullmatch(pattern, source, re.DOTALL)
    if match is None:
        return None
    keys = [(kind, value) for kind, value in parts.html if kind in patterns]
    return _by_key(keys, match.groups())


def _by_key(
    keys: Sequence[tuple[str, str]], groups: Sequence[str]
) -> Mapping[str, tuple[str, str]] | None:
    """Return the fragments; one that differs from another of the same key is left out."""
    found: dict[str, tuple[str, str]] = {}
    different: set[str] = set()
    opened: list[str] = []
    for (kind, key), text in zip(keys, groups, strict=True):
        if kind == "opens":
            opened.append(text)
            continue
        pair = (opened.pop(), text) if kind == "closes" else (text, "")
        if not _is_balanced("".join(pair)):
            return None
        if found.setdefault(key, pair) != pair:
            different.add(key)
    return {key: pair for key, pair in found.items() if key not in different}


def _is_balanced(fragment: str) -> bool:
    opened: list[str] = []
    for closes, name, is_empty in _TAG.findall(fragment):
        if closes:
            if not opened or opened.pop() != name:
                return False
        elif not is_empty and name.lower() not in _VOID:
            opened.append(name)
    return not opened


def _require_same_ids(parts: _Parts, english: English) -> None:
    """Raise `UnfitError` unless what has an ID on the page is there as in English."""
    fragments = english.fragments or {}
    named = [key for key, (opening, _) in fragments.items() if " id=" in opening]
    if " id=" not in english.html:
        return
    used = [value for kind, value in parts.html if kind in ("opens", "leaf") and value in named]
    if used != named or english.html.count(" id=") != len(named):
        raise UnfitError("footnotes or targets are not those of its English")


def _words_in(fragment: str) -> Iterator[Word]:
    """Yield the texts in what Sphinx wrote for a role."""
    if 'class="pre"' in fragment:
        yield "text", html.unescape(_TAG.sub("", fragment))
        return
    for text in _TAG.split(fragment)[::4]:
        if text.strip():
            yield "text", html.unescape(text)
