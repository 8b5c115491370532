"""What a translation may use: nothing that its English sentence does not use.

Catalogs come from many hands. A translation is decided on before it is rendered: roles,
substitutions, HTML tags, attributes, images, footnotes and link targets must be those of its
English. One that brings more is shown as literal text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^>]*?)/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""
    ([^\s"'>/=]+)                                   # its name
    (?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?      # its value
    """,
    re.VERBOSE,
)
_REFUSED = re.compile(
    r"(?:\]\(\s*<?|<)(?P<target>(?:javascript|vbscript|file|data):)", re.IGNORECASE
)
"""Links that markdown-it itself refuses to make; they are shown as text."""

_WEB_SCHEMES = frozenset({"http", "https", "mailto"})
"""Schemes whose targets a translation may change: the Slovenian page may have its own address."""

_VOID_TAGS = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements without an end tag (HTML Living Standard, void elements)."""

_TRANSLATABLE_ATTRIBUTES = frozenset({"alt", "title", "aria-label"})
_PLAIN_ATTRIBUTES = frozenset({"href", "src", "alt", "title"})


def find_surplus(translation: Sequence[Token], source: Sequence[Token]) -> str:
    """Return what the tokens of `translation` use beyond those of `source`; empty if nothing."""
    if all(token.type == "text" for token in translation):
        return ""
    allowed = set(_find_uses(source))
    surplus = next((use for use in _find_uses(translation) if use not in allowed), "")
    if not surplus and _are_paired(source) and not _are_paired(translation):
        return "HTML tags that do not pair"
    return surplus


def _are_paired(tokens: Sequence[Token]) -> bool:
    """Tell whether each inline HTML element that begins in `tokens` ends there, and no other."""
    opened: list[str] = []
    for token in tokens:
        tag = _TAG.fullmatch(token.content.strip()) if token.type == "html_inline" else None
        if tag is None or tag[2].lower() in _VOID_TAGS:
            continue
        if not tag[1]:
            opened.append(tag[2].lower())
        elif not opened or opened.pop() != tag[2].lower():
            return False
    return not opened


def find_refused(translation: str, source: str) -> str:
    """Return the refused link in `translation`; empty if there is none, or one in `source` too."""
    match = _REFUSED.search(translation)
    return f"link to {match['target']!r}" if match and not _REFUSED.search(source) else ""


def _find_uses(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield a line for each use of a construct that could do harm, as a person would name it."""
    for token in tokens:
        yield from _uses_of(token)
        if token.children:
            yield from _find_uses(token.children)


def _uses_of(token: Token) -> Iterator[str]:
    if token.type == "link_open":
        yield _link_use(str(token.attrs.get("href", "")))
    elif token.type == "image":
        yield f"image {token.attrs.get('src', '')!r}"
    elif token.type == "myst_role":
        yield f"role {{{token.meta.get('name', '')}}} with {_role_target(token.content)!r}"
    elif token.type == "html_inline":
        yield html_use(token.content)
    elif token.type.startswith("substitution"):
        yield f"substitution {token.content.strip()!r}"
    elif token.type.startswith("footnote"):
        yield f"footnote {token.meta.get('label', '')!r}"
    yield from _attribute_uses(token)


def _attribute_uses(token: Token) -> Iterator[str]:
    """Yield the attributes that an attribute block gave to `token`."""
    for name, value in token.attrs.items():
        if name not in _PLAIN_ATTRIBUTES:
            yield f"attribute {name}={value}"


def _link_use(target: str) -> str:
    """Return the use of a link: its scheme on the web, elsewhere its target."""
    scheme = _SCHEME.match(target)
    if scheme and scheme[1].lower() in _WEB_SCHEMES:
        return "link to the web"
    return f"link to {target!r}"


def _role_target(content: str) -> str:
    """Return what a role points at: in ``text <target>`` the words are free."""
    match = re.fullmatch(r"(?s).*?<([^<>]*)>", content)
    return match[1] if match else content


def html_use(tag: str) -> str:
    """Return an HTML tag without what a translator may change in it."""
    match = _TAG.fullmatch(tag.strip())
    if match is None:
        return f"HTML {tag!r}"
    attributes = sorted(
        name.lower() if name.lower() in _TRANSLATABLE_ATTRIBUTES else f"{name.lower()}={value}"
        for name, value in _ATTRIBUTE.findall(match[3])
    )
    return f"HTML <{' '.join([match[1] + match[2].lower(), *attributes])}>"
