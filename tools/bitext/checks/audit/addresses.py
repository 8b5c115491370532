"""Links and anchors of a built site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bitext.checks.audit.model import Page, Site, SiteCheck, SiteExample, Target, View
from bitext.checks.model import Severity

_ANYWHERE = ("", "top")
"""Anchors that every page has."""

_PICTURE = ":~:"
"""What begins a part of an address that names a text, not an anchor."""


def _find_broken_pages(view: View) -> Iterator[tuple[int, str]]:
    """Yield the links of a page to pages that there are not."""
    known = _broken(view.english, view.site) if view.english else {}
    for address, (line, message) in _broken(view.page, view.site).items():
        if message and address not in known:
            yield line, message


def _broken(page: Page, site: Site) -> Mapping[str, tuple[int, str]]:
    """Return what is wrong with the links of a page, by their address."""
    if page.path not in site.broken:
        site.broken[page.path] = {
            address: (
                line,
                f"the link to {address} leads to no file: mend the link, or build again",
            )
            for address, line in _links(page, site)
            if (target := site.resolve(page, address)) and target.path not in site.files
        }
    return site.broken[page.path]


def _links(page: Page, site: Site) -> Iterator[tuple[str, int]]:
    """Yield the addresses of a page, each once, with its line; those of its head's editions not."""
    seen = {one.address for one in page.alternates}
    for link in page.links:
        if link.value not in seen:
            seen.add(link.value)
            yield link.value, link.line


def _find_broken_anchors(view: View) -> Iterator[tuple[int, str]]:
    """Yield the links of a page to anchors that there are not, and anchors unlike the English."""
    known = {link.value for link in view.english.links} if view.english else set()
    for address, line in _links(view.page, view.site):
        target = view.site.resolve(view.page, address)
        if target is None or not _lacks_anchor(target, view.site):
            continue
        english = view.english and view.site.resolve(view.english, address)
        if address in known and english and _lacks_anchor(english, view.site):
            continue  # the English page has this fault, and it is found there
        if not _is_lost(target, view.site):
            yield line, f"the link to {address} names an anchor that the page does not have"
    if view.english and view.is_article:
        yield from _find_other_anchors(view.page, view.english)


def _find_other_anchors(page: Page, english: Page) -> Iterator[tuple[int, str]]:
    for name in english.body_ids:
        if name not in page.anchors:
            yield (
                page.language.line,
                f"the anchor #{name} of the English page is not here:"
                " links to it lead to the top of the page",
            )
    for name, line in page.body_ids.items():
        if name not in english.anchors:
            yield line, f"the anchor #{name} is not on the English page: take the English one"


def _lacks_anchor(target: Target, site: Site) -> bool:
    page = site.pages.get(target.path)
    if page is None or target.anchor in _ANYWHERE or target.anchor.startswith(_PICTURE):
        return False
    return target.anchor not in page.anchors


def _is_lost(target: Target, site: Site) -> bool:
    """Tell whether the English page has the anchor: the page without it is found for that."""
    tag, _, address = target.path.partition("/")
    english = site.pages.get(f"{site.source}/{address}")
    is_compared = tag != site.source and address in site.articles
    return is_compared and english is not None and target.anchor in english.body_ids


def _sentence(html: str) -> str:
    return f'<p data-ttu-id="1">{html}</p>'


ADDRESSES = (
    SiteCheck(
        id="site-links",
        severity=Severity.ERROR,
        why="A reader who follows the link sees that there is no such page.",
        find=_find_broken_pages,
        bad=(
            SiteExample('<p><a href="gone.html"><code>tea</code></a></p>'),
            SiteExample(
                _sentence('<a href="page.html">Tea</a>'), _sentence('<a href="caj.html">Čaj</a>')
            ),
        ),
        good=(
            SiteExample(
                _sentence('<a href="page.html">Tea</a>'), _sentence('<a href="page.html">Čaj</a>')
            ),
        ),
    ),
    SiteCheck(
        id="site-anchors",
        severity=Severity.ERROR,
        why="A link from elsewhere to a part of the page must work in each language.",
        find=_find_broken_anchors,
        bad=(
            SiteExample('<h2 id="tea"></h2>', '<h2 id="caj"></h2>'),
            SiteExample(_sentence('<a href="#top">Tea</a>'), _sentence('<a href="#caj">Čaj</a>')),
        ),
        good=(
            SiteExample('<h2 id="tea"></h2>', '<h2 id="tea"></h2>'),
            SiteExample('<h2 id="tea"></h2>', '<h2><a name="tea"></a></h2>'),
        ),
    ),
)
