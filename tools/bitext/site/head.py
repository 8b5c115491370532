"""What a page's head says to machines: its other languages, its sentences, script and style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from bitext.site.page import Page


def alternates(page: Page) -> Iterator[str]:
    """Yield the lines of the links to the page in all languages, its own and a default among them.

    They are full addresses where `Page.site` is known, which search engines ask for.
    """
    tags = tuple([edition.tag for edition in page.editions])
    if page.language not in tags:
        return  # it stands alone, or is not offered: others do not say it either
    base = page.site or page.up
    yield escape(page.address).join(_around_alternates(tags, page.source_language, base))


@lru_cache(maxsize=1000)
def _around_alternates(tags: Sequence[str], source: str, base: str) -> Sequence[str]:
    """Return what stands around a page's address in these links, a line each.

    `base` is above all languages.
    """
    named = [*((tag, tag) for tag in tags), ("x-default", source)]
    lines = [
        f'<link rel="alternate" hreflang="{escape(name)}" href="{escape(base)}{escape(tag)}/\0">'
        for name, tag in named
    ]
    return "\n".join(lines).split("\0")


def segments_link(name: str) -> str:
    """Return the link to the page's sentences for other tools, `name` beside the page."""
    return f'<link rel="alternate" type="application/json" href="{escape(name)}">'


def assets(style: str, script: str) -> Iterator[str]:
    """Yield the links to style and script, given their addresses from the page.

    The script runs before the page is painted: who reads the English never sees it change.
    """
    yield f'<link rel="stylesheet" href="{escape(style)}">'
    yield f'<script src="{escape(script)}"></script>'
