"""What HTML in an article points at."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

_TAG = re.compile(
    r"""
    <!--.*?(?:-->|\Z)
    | <(?P<name>script|style|textarea)\b.*?(?:</(?P=name)\s*>|\Z)
    | <(?P<tag>a|area|img|source|video|audio)(?P<attributes>(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?)>
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""
    (?P<name>[^\s"'<>/=]+)
    (?:
        (?P<equals>\s*=\s*)
        (?: "(?P<double>[^"]*)" | '(?P<single>[^']*)' | (?P<bare>[^\s"'=<>`]+) )
    )?
    """,
    re.VERBOSE,
)
_LINKS = frozenset({"a", "area"})


def replace_targets(html: str, find: Callable[[str, bool], str]) -> str:
    """Return HTML with the address that `find` returns for each; what else stands in it stays.

    `find` gets an address and whether it is one of a link, and not of what the page shows.

    >>> replace_targets("<a title='href=x' href=y.md>Y</a>", lambda href, is_link: href.upper())
    "<a title='href=x' href=Y.MD>Y</a>"
    """

    def replace_tag(match: re.Match[str]) -> str:
        if not match["tag"]:
            return match[0]
        is_link = match["tag"].lower() in _LINKS
        wanted = "href" if is_link else "src"

        def replace_value(own: re.Match[str]) -> str:
            value = next((own[name] for name in _QUOTED if own[name] is not None), None)
            if value is None or own["name"].lower() != wanted:
                return own[0]
            before = unescape(value)
            after = find(before, is_link)
            if after == before:
                return own[0]
            quote = '"' if own["bare"] and not _BARE.fullmatch(after) else _quote_of(own)
            return f"{own['name']}{own['equals']}{quote}{escape(after)}{quote}"

        start, end = match.span("attributes")
        attributes = _ATTRIBUTE.sub(replace_value, match["attributes"])
        return html[match.start() : start] + attributes + html[end : match.end()]

    return _TAG.sub(replace_tag, html)


_QUOTED = ("double", "single", "bare")
_BARE = re.compile(r"[^\s\"'=<>`&]+")


def _quote_of(match: re.Match[str]) -> str:
    """Return the quotation mark around a value; empty if it has none."""
    if match["bare"] is not None:
        return ""
    return '"' if match["double"] is not None else "'"
