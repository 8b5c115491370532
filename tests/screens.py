"""Take the pictures of the manual: ``python -m tests.screens`` (``make screens``).

A shot is taken in the first language for `source/images/NAME.png`. One of the manual's own pages is
taken in each other language too, as ``NAME.TAG.png``, which its pages show instead.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = ROOT / "source" / "images"
LARGEST = 60_000
"""Bytes of one picture."""

TOTAL = 1_000_000
"""Bytes of all pictures."""

WIDTH = 760


class Shot(NamedTuple):
    """One picture."""

    name: str
    height: int
    take: Callable[[Page, Path], None]
    """Opens what is shown; the folder is a site's, or one to make a project in."""

    of_manual: bool = False
    """Whether it shows the manual, so that each language has its own."""


def _show_reading(page: Page, site: Path) -> None:
    """Show the tutorial with the English of its second sentence."""
    page.goto((site / "tutorial.html").as_uri())
    page.locator("article p [data-ttu-id]").nth(1).click()
    page.locator(".bitext-lookup").wait_for()


def _show_review(page: Page, folder: Path) -> None:
    """Show a page in the review mode, with a stale sentence."""
    from lamps import stale
    from sites import succeed

    root = stale(folder / "lamp")
    succeed(root, "build", "-q", "-l", "sl-SI")
    page.goto((root / "build/html/sl-SI/index.html").as_uri() + "?review=1")
    page.locator(".bitext-tag").first.wait_for()


def _show_report(page: Page, folder: Path) -> None:
    """Show the report of a language with two errors."""
    from lamps import strict
    from sites import bitext

    root = strict(folder / "lamp")
    bitext(root, "check", "-q", "--report", "report.html")
    page.goto((root / "report.html").as_uri())


SHOTS = (
    Shot("reading", 385, _show_reading, of_manual=True),
    Shot("review", 290, _show_review),
    Shot("report", 760, _show_report),
)


def main() -> int:
    """Build the manual, take all pictures, say their sizes; status 1 if they are too large."""
    from playwright.sync_api import sync_playwright

    from bitext.settings import parse_settings
    from browser.conftest import FLAGS
    from sites import bitext

    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    tags = parse_settings((ROOT / "pyproject.toml").read_text(encoding="utf-8")).languages
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        run = bitext(ROOT, "build", "-q", "-o", "build/screens")
        assert run.status == 0, run.text
        browser = driver.chromium.launch(executable_path=executable, args=FLAGS)
        for shot in SHOTS:
            for place, tag in enumerate(tags if shot.of_manual else tags[:1]):
                site = ROOT / "build/screens/html" / tag
                folder = site if shot.of_manual else Path(scratch) / shot.name
                name = f"{shot.name}.{tag}.png" if place else f"{shot.name}.png"
                _take(browser, shot, tag, folder, IMAGES / name)
        browser.close()
    sizes = {path.name: path.stat().st_size for path in sorted(IMAGES.iterdir())}
    sys.stdout.writelines(f"{size:7} {name}\n" for name, size in sizes.items())
    return int(max(sizes.values()) > LARGEST or sum(sizes.values()) > TOTAL)


def _take(browser: Browser, shot: Shot, tag: str, folder: Path, path: Path) -> None:
    viewport = {"width": WIDTH, "height": shot.height}
    context = browser.new_context(locale=tag, viewport=viewport, color_scheme="light")  # type: ignore[arg-type]
    page = context.new_page()
    shot.take(page, folder)
    page.wait_for_timeout(300)
    page.screenshot(path=path, animations="disabled", caret="hide")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
