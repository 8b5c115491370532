"""What a theme may do to a text on its way to the page, and how a canary tells."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product

from markupsafe import Markup, escape

from bitext.errors import BitextError

try:
    from bs4 import BeautifulSoup
except ImportError:  # then no theme uses it either
    BeautifulSoup = None  # type: ignore[assignment,misc]

Change = Callable[[str], str]

TEXT_CANARY = "\"'&  <qZx></qZx>@."
"""All that a way of escaping or of taking out tags may change, and letters of both cases."""

HTML_CANARY = '<qZx title="1">&quot;\'&amp;  &lt;&gt;&#64;@</qZx>'
"""Likewise as HTML, spelled as docutils does."""


class UnfitError(BitextError):
    """What does not fit the way of slots; its page is built the ordinary way."""


_DOCUTILS = str.maketrans({"&": "&amp;", "<": "&lt;", '"': "&quot;", ">": "&gt;", "@": "&#64;"})


def encode(text: str) -> str:
    """Return text as docutils writes it in HTML."""
    return text.translate(_DOCUTILS)


def as_attribute(text: str) -> str:
    """Return text as docutils writes it as the value of an attribute."""
    return encode(re.sub(r"[\n\r\t\v\f]", " ", text))


def _as_attribute_in_mail(text: str) -> str:
    """Return text as docutils writes it there in a link to an address of mail."""
    return as_attribute(text).replace("%40", "&#37;&#52;&#48;").replace(".", "&#46;")


def _soup(text: str) -> str:
    return str(BeautifulSoup(text, "html.parser"))


def _soup_text(text: str) -> str:
    return BeautifulSoup(text, "html.parser").get_text()


def _soup_attribute(text: str) -> str:
    """Return the value of an attribute as Beautiful Soup writes it between double quotes."""
    if '"' in text and "'" not in text:
        raise UnfitError("Beautiful Soup would choose other quotation marks")
    return html.escape(text, quote=False).replace('"', "&quot;")


_SOUPS: Mapping[str, Change] = {
    "soup": _soup,
    "soup's text": _soup_text,
    "soup's attribute": _soup_attribute,
}

_CHANGES: Mapping[str, Change] = {
    "docutils": encode,
    "escape": html.escape,
    "escape, quotes kept": lambda text: html.escape(text, quote=False),
    "jinja": lambda text: str(escape(text)),
    "no tags": lambda text: Markup(text).striptags(),  # noqa: S704 - taken apart, not shown
    **(_SOUPS if BeautifulSoup is not None else {}),
    "one line": lambda text: " ".join(text.split()),
    "attribute": as_attribute,
    "attribute in mail": _as_attribute_in_mail,
    "json": lambda text: json.dumps(text)[1:-1],
    "json, as is": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "unescape": html.unescape,
}
"""By name, each of a canary of ours another text than any other."""

_MOST_CHANGES = 3
"""In a row."""


def joins_lines(change: Change) -> bool:
    """Tell whether a change leaves only single spaces."""
    return change("a  b") == "a b"


@cache
def find_change(canary: str, *, is_html: bool) -> Change | None:
    """Return what made a canary of ours into `canary`; None for nothing.

    Raises `UnfitError` if nothing known did.
    """
    original = HTML_CANARY if is_html else TEXT_CANARY
    if canary == original:
        return None
    for count in range(1, _MOST_CHANGES + 1):
        for changes in product(_CHANGES.values(), repeat=count):
            change = _in_turn(changes)
            if _is_made_by(change, original, canary):
                return change
    raise UnfitError(f"a text was changed in an unknown way: {canary!r}")


def _in_turn(changes: tuple[Change, ...]) -> Change:
    def change(text: str) -> str:
        for one in changes:
            text = one(text)
        return text

    return change


def _is_made_by(change: Change, original: str, canary: str) -> bool:
    try:
        return change(original) == canary
    except UnfitError:
        return False
