"""An HTML tag as a person would name it, without what a translator may change in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^>]*?)/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""
    ([^\s"'>/=]+)                                   # its name
    (?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?      # its value
    """,
    re.VERBOSE,
)
_VOID_TAGS = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements without an end tag (HTML Living Standard, void elements)."""

_TRANSLATABLE_ATTRIBUTES = frozenset({"alt", "title", "aria-label"})


def html_use(tag: str) -> str:
    """Return an HTML tag without what a translator may change in it."""
    match = _TAG.fullmatch(tag.strip())
    if match is None:
        return f"HTML {tag!r}"
    attributes = sorted(
        name.lower() if name.lower() in _TRANSLATABLE_ATTRIBUTES else f"{name.lower()}={value}"
        for name, value in _ATTRIBUTE.findall(match[3])
    )
    name = match[2].lower()
    is_ended = tag.rstrip().endswith("/>") and name not in _VOID_TAGS  # XML ends it there
    return f"HTML <{' '.join([match[1] + name, *attributes, *('/' * is_ended)])}>"


def find_alt(tag: str) -> tuple[int, int]:
    """Return where the value of ``alt`` stands in a tag, without quotation marks.

    >>> find_alt('<img src=a?alt=b alt=Dog>')
    (21, 24)
    """
    for match in _ATTRIBUTE.finditer(tag):
        if match[1].lower() == "alt" and match[2]:
            is_quoted = match[2][0] in "\"'"
            end = match.end(2) - (is_quoted or tag[match.end(2) - 1 :] == "/>")
            return match.start(2) + is_quoted, end
    return 0, 0


def unpaired_tags(tags: Iterable[str]) -> list[str]:
    """Return the names of elements that end without having begun (``/b``), or do not end.

    >>> unpaired_tags(["<i>", "<b>", "</b>", "</i>", "</u>", "<s>"])
    ['/u', 's']
    """
    opened: list[str] = []
    for tag in tags:
        match = _TAG.fullmatch(tag.strip())
        if match is None or match[2].lower() in _VOID_TAGS:
            continue
        name = match[2].lower()
        if not match[1]:
            opened.append(name)
        elif opened and opened[-1] == name:
            opened.pop()
        else:
            opened.append(f"/{name}")
    return opened
