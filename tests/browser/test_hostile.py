"""A hostile catalog in a real Chromium: nothing runs, nothing is asked for, nothing complains."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.conftest import serving
from hostile import PAYLOADS, TAG, make_hostile, page_of
from once import Once
from sites import bitext_process

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

pytestmark = pytest.mark.browser


class Watch:
    """What a page did that it must not do."""

    def __init__(self, page: Page, address: str) -> None:
        self.seen: list[str] = []
        page.on("dialog", self._dismiss)
        page.on("pageerror", lambda error: self.seen.append(str(error)))
        page.on("console", self._hear)
        page.on("request", self._see)
        self._address = address

    def _dismiss(self, dialog: Dialog) -> None:
        self.seen.append(dialog.message)
        dialog.dismiss()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "favicon" not in message.location["url"]:
            self.seen.append(message.text)

    def _see(self, request: Request) -> None:
        if not request.url.startswith(self._address):
            self.seen.append(request.url)


@pytest.fixture(scope="module")
def address(once: Once) -> Iterator[str]:
    """Build a page for each payload, serve the sites, and yield their address."""
    with serving(once("hostile", build) / "build/html") as served:
        yield served


def build(folder: Path) -> None:
    root = make_hostile(folder, {name: payload.text for name, payload in PAYLOADS.items()})
    assert root == folder
    assert bitext_process(root, "build").status == 0


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[tuple[Page, Watch]]:
    """Yield a page and what it did."""
    opened = browser.new_page()
    yield opened, Watch(opened, address)
    opened.close()


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_page_does_nothing(page: tuple[Page, Watch], address: str, name: str) -> None:
    opened, watch = page
    elements = []
    for tag in ("en-US", TAG):
        opened.goto(f"{address}/{tag}/{page_of(name)}.html")
        ours = ".sxs-lookup, .bitext-bar, head"
        count = f"[...document.querySelectorAll('*')].filter(e => !e.closest('{ours}') &&"
        kinds = (
            "!e.dataset.ttuId && !/^(EM|STRONG|CODE|BR)$/.test(e.tagName) && e.className != 'pre')"
        )
        elements.append(opened.evaluate(f"{count} {kinds}.map(e => e.tagName)"))
        handlers = "[...document.querySelectorAll('*')].some(e => [...e.attributes].some"
        assert not opened.evaluate(f"{handlers}(a => /^on/i.test(a.name)))")
        for target in opened.eval_on_selector_all("a[href]", "links => links.map(a => a.href)"):
            assert target.startswith(("http:", "https:")), target
    assert elements[0] == elements[1]
    assert watch.seen == []


@pytest.mark.parametrize("words", ["alert", "script", "onerror"])
def test_search_shows_titles_as_text(page: tuple[Page, Watch], address: str, words: str) -> None:
    opened, watch = page
    opened.goto(f"{address}/{TAG}/search.html?q={words}")
    opened.wait_for_selector("ul.search li")
    assert opened.locator("ul.search img, ul.search script").count() == 0
    assert watch.seen == []
