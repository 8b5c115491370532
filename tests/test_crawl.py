"""Every file of a site in several languages: anchors, links and pairs."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from sites import (
    Element,
    bitext_process,
    copy_project,
    edit,
    po,
    read_page,
    succeed,
    translate,
    translations_of,
)

SITE = "https://x.example/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project("garden", tmp_path_factory.mktemp("crawl"))
    site = f'[tool.bitext.site]\nurl = "{SITE}"\n\n[tool.bitext]'
    edit(root / "pyproject.toml", "[tool.bitext]", site)
    succeed(root, "gettext")
    succeed(root, "update")
    for article, translations in translations_of("garden").items():
        translate(po(root, article), translations)
    assert bitext_process(root, "build").status == 0
    return root / "build/html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Element]:
    """Return all pages by their path below the site."""
    return {p.relative_to(site).as_posix(): read_page(p) for p in sorted(site.rglob("*.html"))}


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
        if name and name not in ("genindex.html", "search.html"):
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
    assert checked >= 4 * (len(_tags(pages)) - 1)
