"""The built site in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.conftest import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(garden: Path) -> Iterator[str]:
    """Serve the garden in English and Slovenian, and yield its address."""
    with serving(garden) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a Slovenian reader."""
    opened = browser.new_context(locale="sl-SI")
    opened.route(re.compile(r"^(?!http://127\.0\.0\.1:)"), lambda route: route.fulfill(body=""))
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Yield a page that must not complain."""
    opened = context.new_page()
    said: list[str] = []
    opened.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    assert [text for text in said if "favicon" not in text] == []


@pytest.mark.parametrize("name", ["index", "beds", "paths", "tools/index"])
def test_lookups_are_not_visible(address: str, page: Page, name: str) -> None:
    page.goto(f"{address}/sl-SI/{name}.html")
    lookups = page.locator(".sxs-lookup")
    assert lookups.count() > 1
    assert not any(lookup.is_visible() for lookup in lookups.all())
    assert "trench" not in page.locator("body").inner_text()


def test_translations_are_visible(address: str, page: Page) -> None:
    page.goto(f"{address}/sl-SI/beds.html")
    assert page.get_by_role("heading", name="Visoke grede").first.is_visible()
    assert page.get_by_text("Izkopljite jarek.").is_visible()
    assert page.evaluate("document.documentElement.lang") == "sl-SI"


def test_hidden_english_is_not_found_or_copied(address: str, page: Page) -> None:
    page.goto(f"{address}/sl-SI/beds.html")
    page.evaluate("document.execCommand('selectAll')")
    copied = page.evaluate("window.getSelection().toString()")
    page.evaluate("window.getSelection().removeAllRanges()")
    assert "Izkopljite jarek." in copied
    assert "Dig a trench." not in copied
    assert page.evaluate("window.find('Izkopljite jarek')") is True
    assert page.evaluate("window.find('Dig a trench')") is False


def test_anchors_work(address: str, page: Page) -> None:
    page.goto(f"{address}/sl-SI/index.html")
    page.locator("div.body").get_by_role("link", name="ozke poti").first.click()
    page.wait_for_url("**/sl-SI/paths.html#narrow-paths")
    heading = page.get_by_role("heading", name="Ozke poti")
    assert heading.is_visible()
    assert page.evaluate("document.querySelector(':target') !== null")


def test_every_link_inside_the_site_arrives(address: str, page: Page) -> None:
    for name in ("index", "beds", "paths", "tools/index"):
        page.goto(f"{address}/sl-SI/{name}.html")
        links = page.eval_on_selector_all("div.body a[href]", "links => links.map(a => a.href)")
        for link in sorted({link for link in links if link.startswith(address)}):
            response = page.request.get(link)
            assert response.ok, link
            anchor = link.partition("#")[2]
            assert not anchor or f'id="{anchor}"' in response.text(), link


def test_index_page_offers_the_language_of_the_reader_first(address: str, page: Page) -> None:
    page.goto(f"{address}/")
    first = page.locator("li a").first
    assert first.get_attribute("hreflang") == "sl-SI"
    assert "is-yours" in (first.get_attribute("class") or "")
    first.click()
    page.wait_for_url("**/sl-SI/index.html")


@pytest.mark.parametrize(
    ("locale", "first"),
    [("sl", "sl-SI"), ("en-GB", "en-GB"), ("en-AU", "en-US"), ("fr-FR", "en-US")],
)
def test_index_page_of_other_readers(
    browser: Browser, address: str, locale: str, first: str
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{address}/")
    assert page.locator("li a").first.get_attribute("hreflang") == first
    assert page.locator("li a").count() == 3
    context.close()


def test_index_page_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    assert page.locator("li a").count() == 3
    page.get_by_text("lovenščina").click()
    page.wait_for_url("**/sl-SI/index.html")
    context.close()
