"""axe finds nothing serious on pages of the manual's theme, in each language and way of reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bitext.site.bar import WAYS
from built import Kettle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(kettle: Kettle) -> Path:
    return kettle("furo")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("tag", ["en-US", "sl-SI", "ar-SA"])
def test_nothing_serious_is_found(page: Page, site: Path, tag: str, way: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for name in ("index", "stove", "search", "genindex"):
        page.goto((site / tag / f"{name}.html").as_uri() + f"?reading={way}")
        found = axe.Axe().run(page).response["violations"]
        serious = [own for own in found if own["impact"] in ("serious", "critical")]
        assert [(own["id"], own["nodes"][0]["html"]) for own in serious] == []
