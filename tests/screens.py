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
    """Pixels; 0 for as many as the page has."""

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


def _show_sides(page: Page, site: Path) -> None:
    """Show the tutorial side by side with its English."""
    page.goto((site / "tutorial.html").as_uri() + "?reading=both")
    page.locator("article p [data-ttu-id]").nth(1).hover()
    page.evaluate("scrollTo(0, 0)")


def _show_lamp(page: Page, folder: Path) -> None:
    """Show the page that the tutorial's reader has made."""
    from lamps import lamp
    from sites import succeed

    root = lamp(folder / "lamp")
    succeed(root, "build", "-q")
    page.goto((root / "build/html/sl-SI/index.html").as_uri())
    page.locator("p [data-ttu-id]").first.click()
    page.locator(".bitext-lookup").wait_for()


def _show_docset(page: Page, folder: Path) -> None:
    """Show an article in Microsoft's Markdown."""
    from sites import make_project, po, succeed, translate

    root = make_project(
        folder / "docs",
        {"index.md": _DOCSET},
        languages=["sl-SI"],
        settings='dialect = "learn"\n',
        configuration='extensions = ["bitext"]\nhtml_theme = "furo"\nproject = "Lamps"\n',
    )
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    translate(po(root, "index"), _DOCSET_SL)
    succeed(root, "build", "-q")
    page.goto((root / "build/html/sl-SI/index.html").as_uri())


_DOCSET = """\
# Clean the lamp

> [!WARNING]
> Unplug the lamp first.

# [Glass](#tab/glass)

Wipe it with a dry cloth.

# [Paper](#tab/paper)

Use a soft brush.

---

:::row:::
   :::column:::
      The cloth must be dry.
   :::column-end:::
   :::column:::
      The brush must be soft.
   :::column-end:::
:::row-end:::
"""
_DOCSET_SL = {
    "Clean the lamp": "Čiščenje svetilke",
    "Unplug the lamp first.": "Najprej izklopite svetilko.",
    "Glass": "Steklo",
    "Paper": "Papir",
    "Wipe it with a dry cloth.": "Obrišite jo s suho krpo.",
    "Use a soft brush.": "Uporabite mehko krtačo.",
    "The cloth must be dry.": "Krpa mora biti suha.",
    "The brush must be soft.": "Krtača mora biti mehka.",
}


def _type(scene: Callable[[Path], Path], *commands: str) -> Callable[[Page, Path], None]:
    """Return what shows a terminal with these commands, typed in a project."""

    def show(page: Page, folder: Path) -> None:
        from terminal import terminal_page

        page.set_content(terminal_page(scene(folder / "lamp"), commands))

    return show


def _edited_in_git(root: Path) -> Path:
    from lamps import in_git
    from sites import edit

    edit(in_git(root) / "source/index.md", "red button", "green button")
    return root


def _with_faults(root: Path) -> Path:
    from lamps import done
    from sites import po, translate

    translate(
        po(done(root), "index"),
        {
            "Press the red button to turn the lamp on.": "Pritisnite rdeči gumb (vklop.",
            "Read how to [clean the lamp](clean.md).": "Preberite, kako [jo očistite](clena.md).",
        },
    )
    return root


def _strict(root: Path) -> Path:
    from lamps import strict

    return strict(root)


def _published(root: Path) -> Path:
    from bilingual import pair
    from sites import write

    pairs = [
        ("Clean the lamp", "Čiščenje svetilke"),
        ("Unplug the lamp first.", "Najprej izklopite svetilko."),
        ("Wipe it with a dry cloth.", "Obrišite jo s suho krpo."),
    ]
    title, *texts = (pair(n, sl, en) for n, (en, sl) in enumerate(pairs, 101))
    write(root / "docs.sl-SI/clean.md", f"# {title}\n\n{' '.join(texts)}\n")
    return root


def _machine(root: Path) -> Path:
    from lamps import lamp

    with (lamp(root, "sl-SI", "es-ES") / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[tool.bitext.machine]\nengine = "apertium"\n')
    return root


_POT_DIFF = "git diff -U1 locale/pot"
_CLEAN_PO = "locale/sl-SI/LC_MESSAGES/clean.po"

SHOTS = (
    Shot("reading", 385, _show_reading, of_manual=True),
    Shot("sides", 385, _show_sides, of_manual=True),
    Shot("lamp", 300, _show_lamp),
    Shot("docset", 375, _show_docset),
    Shot("review", 290, _show_review),
    Shot("report", 760, _show_report),
    Shot("gettext", 0, _type(_edited_in_git, "bitext gettext", _POT_DIFF)),
    Shot("findings", 0, _type(_with_faults, "bitext check -l sl-SI")),
    Shot("red", 0, _type(_strict, "bitext check; echo status $?")),
    Shot(
        "import",
        0,
        _type(_published, "bitext import bilingual docs.sl-SI -l sl-SI", f"tail -n 12 {_CLEAN_PO}"),
    ),
    Shot("machine", 0, _type(_machine, "bitext machine -l es-ES", "bitext todo -l es-ES --most 5")),
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
    viewport = {"width": WIDTH, "height": shot.height or 10}
    context = browser.new_context(locale=tag, viewport=viewport, color_scheme="light")  # type: ignore[arg-type]
    page = context.new_page()
    shot.take(page, folder)
    page.wait_for_timeout(300)
    page.screenshot(path=path, animations="disabled", caret="hide", full_page=not shot.height)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
