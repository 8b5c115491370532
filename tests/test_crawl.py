"""Every file of a site in several languages, in five themes: anchors, links, pairs, direction."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from bitext.languages import direction
from built import SITE, THEMES, Kettle
from sites import Element, read_page

LISTINGS = ("genindex.html", "search.html")
LOOKUP = re.compile(r'<span class="sxs-lookup" hidden>')


@pytest.fixture(scope="module", params=["garden", *THEMES])
def site(request: pytest.FixtureRequest, kettle: Kettle) -> Path:
    if request.param != "garden":
        return kettle(request.param)
    folder: Path = request.getfixturevalue("garden")
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Element]:
    """Return all pages by their path below the site; what themes bring for themselves apart."""
    paths = (path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts)
    return {path.relative_to(site).as_posix(): read_page(path) for path in paths}


def _tags(pages: dict[str, Element]) -> set[str]:
    return {path.partition("/")[0] for path in pages if "/" in path}


def _links(path: str, page: Element) -> Iterator[tuple[str, str]]:
    """Yield (path below the site, anchor) for each link within it."""
    for address in page.values("href") + page.values("src"):
        parts = urlsplit(unescape(address))
        if parts.scheme or address.startswith(("//", "data:")):
            continue
        base = Path("/") / path
        target = base.parent / unquote(parts.path) if parts.path else base
        yield str(target.resolve().relative_to("/")), unquote(parts.fragment)


def test_anchors_are_those_of_the_english_page(pages: dict[str, Element]) -> None:
    tags = _tags(pages)
    assert len(tags) > 2
    for path, page in pages.items():
        tag, _, name = path.partition("/")
        if name and name not in LISTINGS:
            english = pages[f"en-US/{name}"]
            assert sorted(page.values("id")) == sorted(english.values("id")), path
            assert tag in tags


def test_links_resolve(site: Path, pages: dict[str, Element]) -> None:
    count = 0
    for path, page in pages.items():
        for target, anchor in _links(path, page):
            assert (site / target).exists(), f"{path} links to {target}"
            if anchor and target in pages:
                known = set(pages[target].values("id")) | set(pages[target].values("name"))
                assert anchor in known, f"{path} links to {target}#{anchor}"
            count += 1
    assert count > 100


def test_hreflang_is_complete_and_mutual(pages: dict[str, Element]) -> None:
    named: dict[str, dict[str, str]] = {}
    for path, page in pages.items():
        links = page.find("link", rel="alternate")
        named[SITE + path] = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in links
            if "hreflang" in link.attributes
        }
    checked = 0
    for own, others in named.items():
        if not others:
            continue
        assert own in others.values()
        assert others["x-default"] == others["en-US"]
        for address in others.values():
            assert named[address] == others, f"{own} and {address}"
        checked += 1
    assert checked >= 2 * len(_tags(pages))


def test_each_page_says_its_language_and_direction(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        tag, _, name = path.partition("/")
        if name:
            (root,) = page.find("html")
            assert root.attributes["lang"] == tag, path
            assert root.attributes.get("dir", "ltr") == direction(tag), path


def test_each_page_leads_to_itself_in_the_other_languages(pages: dict[str, Element]) -> None:
    tags = _tags(pages)
    for path, page in pages.items():
        tag, _, name = path.partition("/")
        if name:
            bars = page.find("div", class_="bitext-bar")
            assert len(bars) == 1, path
            links = {link.attributes["hreflang"]: link for link in bars[0].find("a")}
            assert links.keys() == tags, path
            assert "aria-current" in links[tag].attributes
            base = Path("/") / path
            for other, link in links.items():
                target = (base.parent / link.attributes["href"]).resolve()
                assert target == Path("/") / other / name, path
            assert len(page.find("script", src=_script_of(path, page))) == 1
            assert bool(bars[0].find("input")) == (tag != "en-US" and name not in LISTINGS), path


def _script_of(path: str, page: Element) -> str:
    (address,) = (src for src in page.values("src") if "bitext.js" in src)
    return address


def test_a_picture_of_the_language_is_shown(site: Path, pages: dict[str, Element]) -> None:
    shown = {
        tag: [src for src in pages[f"{tag}/stove.html"].values("src") if "flame" in src]
        for tag in sorted(_tags(pages))
        if f"{tag}/stove.html" in pages
    }
    for tag, images in shown.items():
        name = "flame.sl-SI.png" if tag == "sl-SI" else "flame.png"
        assert images == [f"_images/{name}"]
        assert (site / tag / images[0]).is_file()
    assert len(shown) == (0 if "en-US/beds.html" in pages else 3)


def test_lookups_do_not_make_pages_too_heavy(site: Path) -> None:
    """At most 2.2 times the bytes, and 1.7 times what is sent."""
    for path in sorted((site / "sl-SI").rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        plain = without_lookups(page)
        assert len(page.encode()) <= 2.2 * len(plain.encode()), path
        packed, packed_plain = (len(gzip.compress(text.encode())) for text in (page, plain))
        assert packed <= 1.7 * packed_plain, path


def without_lookups(page: str) -> str:
    """Return a page as it would be if it showed no sentence's English."""
    parts = []
    end = 0
    for match in LOOKUP.finditer(page):
        parts.append(page[end : match.start()])
        depth, end = 1, match.end()
        while depth:
            tag = re.compile(r"<(/?)span\b").search(page, end)
            assert tag is not None
            depth += -1 if tag[1] else 1
            end = page.index(">", tag.end()) + 1
    return "".join([*parts, page[end:]])
