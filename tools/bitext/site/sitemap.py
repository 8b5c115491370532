"""The map of all pages in all languages, for search engines: sitemaps.org, with alternates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from bitext.site.page import Page

_MOST_PAGES = 50_000
_MOST_LENGTH = 45_000_000
"""What one file may hold: 50,000 addresses and 50 MB (sitemaps.org, protocol)."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_URLSET = f'<urlset {_SPACES} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'


def sitemaps(pages: Iterable[Page], site: str) -> Mapping[str, str]:
    """Return the files of the map by name, ``sitemap.xml`` first, each page once a language.

    A map that is too long for one file is several, and ``sitemap.xml`` names them.
    """
    files = list(_split(entry for page in pages for entry in _entries(page)))
    if len(files) < 2:
        return {"sitemap.xml": _urlset("".join(files))}
    named = {f"sitemap-{number}.xml": text for number, text in enumerate(files, start=1)}
    listed = "".join(f"<sitemap><loc>{escape(site + name)}</loc></sitemap>\n" for name in named)
    index = f"{_HEAD}<sitemapindex {_SPACES}>\n{listed}</sitemapindex>\n"
    return {"sitemap.xml": index, **{name: _urlset(text) for name, text in named.items()}}


def _urlset(entries: str) -> str:
    return f"{_HEAD}{_URLSET}{entries}</urlset>\n"


def _entries(page: Page) -> Iterator[str]:
    """Yield an entry for each language of a page."""
    tags = {edition.tag: edition.tag for edition in page.editions}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(name)}"'
        f' href="{escape(page.absolute(tag))}"/>\n'
        for name, tag in {**tags, "x-default": page.source_language}.items()
    )
    for tag in tags:
        yield f"<url>\n<loc>{escape(page.absolute(tag))}</loc>\n{links}</url>\n"


def _split(entries: Iterable[str]) -> Iterator[str]:
    """Yield runs of entries that fit into one file each."""
    run: list[str] = []
    length = 0
    for entry in entries:
        size = len(entry.encode())
        if run and (len(run) == _MOST_PAGES or length + size > _MOST_LENGTH):
            yield "".join(run)
            run, length = [], 0
        run.append(entry)
        length += size
    if run:
        yield "".join(run)
