"""What a page's head says to machines: its other languages, its sentences, script and style."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bitext.site.page import Page


def alternates(page: Page) -> Iterator[str]:
    """Yield the links to the page in all languages, its own and a default among them.

    They are full addresses where `Page.site` is known, which search engines ask for.
    """
    if page.language not in {edition.tag for edition in page.editions}:
        return  # it stands alone, or is not offered: others do not say it either
    for edition in page.editions:
        yield _alternate(page, edition.tag, edition.tag)
    yield _alternate(page, "x-default", page.source_language)


def _alternate(page: Page, hreflang: str, tag: str) -> str:
    address = page.absolute(tag) or page.in_language(tag)
    return f'<link rel="alternate" hreflang="{escape(hreflang)}" href="{escape(address)}">'


def segments_link(name: str) -> str:
    """Return the link to the page's sentences for other tools, `name` beside the page."""
    return f'<link rel="alternate" type="application/json" href="{escape(name)}">'


def assets(style: str, script: str) -> Iterator[str]:
    """Yield the links to style and script, given their addresses from the page.

    The script runs before the page is painted: who reads the English never sees it change.
    """
    yield f'<link rel="stylesheet" href="{escape(style)}">'
    yield f'<script src="{escape(script)}"></script>'
