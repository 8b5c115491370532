"""What a translation may use: nothing that its English sentence does not use.

Catalogs come from many hands. A translation is decided on before it is rendered: roles,
substitutions, HTML tags, attributes, images, footnotes, math and link targets must be those of
its English. One that brings more is shown as literal text. Tokens that are not known here are
allowed only where the English has the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from bitext.markdown.html_use import html_use, unpaired_tags

_FREE = frozenset(
    "text text_special code_inline softbreak hardbreak em_open em_close strong_open strong_close"
    " link_close s_close span_close".split()
)
"""Tokens that any translation may use; what opens an element is judged where it opens."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB_SCHEMES = frozenset({"http", "https", "mailto"})
"""Schemes whose targets a translation may change: the Slovenian page may have its own address."""

_WEB = "link to the web"

WORD_ROLES = frozenset(
    "abbr abbreviation command dfn emphasis guilabel kbd literal menuselection samp strong sub"
    " subscript sup superscript title-reference".split()
)
"""Roles of docutils and Sphinx that show words and point at nothing."""

_LONE_MNEMONIC = re.compile(r"&\s*\Z")
"""A menu's mnemonic without its letter, at which Sphinx 9.0 stops (`sphinx.roles.GUILabel`)."""

_TITLED = re.compile(r"[^<]+<([^<>]*)>")
"""The content of a role that shows other words than its target's."""

_OWN_ATTRIBUTES = {"link_open": {"href", "title"}, "image": {"src", "alt", "title"}}
"""Attributes that no attribute block gave."""

_OPAQUE = re.compile(
    r"<(script|style|svg|math|template|textarea|title|iframe|noscript|xmp|plaintext)\b"
    r".*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""Inline HTML elements whose text is no text."""

_MATH = re.compile(r"\\begin\s*\{[^}]*\}?|\\(?:[A-Za-z@]+|.)|\^\^|[%#&~]", re.DOTALL)
"""What commands TeX and MathJax in math."""

_ACTIVE_MATH = re.compile(r"\\(?:href|url|style|class|cssId|data|require|def|let|input|include)")
_IDENTIFYING = re.compile(r"(?:^attribute | )(?:id|name)=|^include ")
_MAX_NESTING = 20
"""Emphasis in emphasis; renderers recurse, and no sentence needs more."""


def find_surplus(translation: Sequence[Token], source: Sequence[Token]) -> str:
    """Return what the tokens of `translation` use beyond those of `source`; empty if nothing."""
    if all(token.type == "text" for token in translation) or _links_alike(translation, source):
        return ""
    found = Counter(_find_uses(list(_without_known_addresses(translation, source))))
    surplus = _find_more(found, Counter(_find_uses(source))) if found else ""
    if found and not surplus and unpaired_tags(_tags(translation)) != unpaired_tags(_tags(source)):
        surplus = "HTML tags that do not pair"
    depth = 0 if surplus else _depth(translation)
    return "markup nested too deep" if depth > _MAX_NESTING and depth > _depth(source) else surplus


def _links_alike(translation: Sequence[Token], source: Sequence[Token]) -> bool:
    """Tell whether a translation uses nothing but links of its English."""
    theirs = [token.attrs for token in source if token.type == "link_open"]
    return len(translation) < _MAX_NESTING and all(
        token.attrs in theirs and token.attrs.keys() <= _OWN_ATTRIBUTES["link_open"]
        if token.type == "link_open"
        else token.type in _FREE and not token.attrs
        for token in translation
    )


def _find_more(found: Counter[str], allowed: Counter[str]) -> str:
    """Return a use that is not allowed, or one that names something and is repeated."""
    for use, count in found.items():
        if use not in allowed:
            return use
        if count > allowed[use] and _IDENTIFYING.search(use):
            return f"{use} more often"
    return ""


def _without_known_addresses(
    translation: Sequence[Token], source: Sequence[Token]
) -> Iterator[Token]:
    """Yield the tokens of `translation` without links that its English's addresses become.

    Quotation marks and brackets around one decide whether it does; languages have their own.
    """
    shown = ""
    for place, token in enumerate(translation):
        if token.type == "link_open" and token.info == "auto":
            shown = shown or "\n".join(_find_addresses(source))
            address = translation[place + 1].content
            if _link_use(str(token.attrs.get("href", ""))) == _WEB and _stands_in(address, shown):
                continue
        yield token


def _find_addresses(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield what may hold addresses: all that tokens say, and where they link to."""
    said: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            yield str(token.attrs.get("href", ""))
        elif token.children:
            yield from _find_addresses(token.children)
        else:
            said.append("\n" if token.type == "html_inline" else token.content)
    yield "".join(said)


def _stands_in(address: str, shown: str) -> bool:
    """Tell whether an address is in a text, and not as a part of another."""
    whole = rf"(?<![\w@.+/-]){re.escape(address)}(?![\w@/%#?&=+-]|[.:]\w)"
    return bool(address) and re.search(whole, shown) is not None


def _tags(tokens: Sequence[Token]) -> list[str]:
    return [token.content for token in tokens if token.type == "html_inline"]


def _depth(tokens: Sequence[Token]) -> int:
    """Return how deep elements are nested in one another."""
    depth = deepest = 0
    for token in tokens:
        depth += token.nesting
        inner = _depth(token.children) if token.children else 0
        deepest = max(deepest, depth + inner)
    return deepest


def _find_uses(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield a line for each use of a construct that could do harm, as a person would name it."""
    for token in tokens:
        if token.type not in _FREE:
            yield from _uses_of(token)
        yield from _attribute_uses(token)
        if token.children:
            yield from _find_uses(token.children)
    if any(token.type == "html_inline" for token in tokens):
        text = "".join(token.content for token in tokens)
        yield from (f"HTML {match[0]!r}" for match in _OPAQUE.finditer(text))


def _uses_of(token: Token) -> Iterator[str]:
    if token.type == "link_open":
        yield _link_use(str(token.attrs.get("href", "")))
    elif token.type == "image":
        yield f"image {token.attrs.get('src', '')!r}"
    elif token.type == "myst_role":
        yield _role_use(str(token.meta.get("name", "")), token.content)
    elif token.type == "html_inline":
        yield html_use(token.content)
    elif token.type.startswith("substitution"):
        yield f"substitution {token.content.strip()!r}"
    elif token.type.startswith("footnote"):
        yield f"footnote {token.meta.get('label', '')!r}"
    elif token.type.startswith("math"):
        yield from _math_uses(token.content)
    elif token.type.startswith("learn_"):
        yield from _learn_uses(token)
    elif token.type == "s_open":
        yield "strikethrough"
    elif token.type == "span_open":
        yield from () if token.attrs else ("a span",)
    else:
        yield f"{token.type.replace('_', ' ')} {token.content!r}"


def _learn_uses(token: Token) -> Iterator[str]:
    """Yield the uses of a construct of Learn: its values, without alt text, are not changed."""
    name = token.type.removeprefix("learn_").removesuffix("_inline").replace("_", "-")
    own = token.meta.get("source") or token.meta.get("target") or token.content
    yield f"{name} {own!r}"
    for key, value in token.meta.items():
        if key not in ("source", "target", "label", "alt-text", "title"):
            yield f"{name} {key}={value!r}"


def _math_uses(content: str) -> Iterator[str]:
    """Yield that there is math, and each command in it; letters and numbers are free."""
    yield "math"
    yield from (f"{match[0]!r} in math" for match in _MATH.finditer(content))
    if _ACTIVE_MATH.search(content) or content.count("{") != content.count("}"):
        yield f"math {content!r}"


def _attribute_uses(token: Token) -> Iterator[str]:
    """Yield the attributes that an attribute block gave to `token`."""
    own = _OWN_ATTRIBUTES.get(token.type, ())
    for name, value in token.attrs.items():
        if name not in own:
            yield f"attribute {name}={value}"


def _link_use(target: str) -> str:
    """Return the use of a link: its scheme on the web, elsewhere its target."""
    scheme = _SCHEME.match(target)
    if scheme and scheme[1].lower() in _WEB_SCHEMES:
        return _WEB
    return f"link to {target!r}"


def _role_use(name: str, content: str) -> str:
    """Return a role with what it points at: in ``text <target>`` the words are free."""
    if name in WORD_ROLES and not _LONE_MNEMONIC.search(content):
        return f"role {{{name}}}"
    titled = _TITLED.fullmatch(content)
    return f"role {{{name}}} with {(titled[1] if titled else content)!r}"
