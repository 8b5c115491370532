"""The HTML report in a browser: filters, no request, no script of a catalog, and accessible."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from sites import bitext, make_project, parse_html, po, succeed, translate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ATTACK = "</span></dd><script>document.title='owned'</script><img src=x onerror=alert(1)>"
ARTICLES = {
    "index.md": "# Title\n\nRun `make` twice.\n\nSee [it](other.md).\n",
    "other.md": "# Other\n\nWait 10 minutes.\n\nRun `tar` once.\n",
}
WRONG = {
    "index": {
        "Title": "Naslov",
        "Run `make` twice.": ATTACK,
        "See [it](other.md).": "[Glej](x.md).",
    },
    "other": {"Wait 10 minutes.": "Počakajte 11 minut.", "Run `tar` once.": "Zaženite."},
}
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of a project with findings in three files, in two languages."""
    root = make_project(tmp_path_factory.mktemp("report"), ARTICLES, languages=["sl-SI", "ar-SA"])
    succeed(root, "gettext")
    succeed(root, "update")
    for article, texts in WRONG.items():
        translate(po(root, article), texts)
    translate(po(root, "other", "ar-SA"), {"Run `tar` once.": "مرة واحدة."})
    run = bitext(root, "check", "--report", "out/report.html")
    assert run.status == 1
    return root / "out/report.html"


@contextmanager
def _open(
    browser: Browser,
    path: Path,
    *,
    scheme: Scheme = "light",
    width: int = 1200,
    script: bool = True,
) -> Iterator[tuple[Page, list[str]]]:
    """Open the report; give the page and what went wrong or was asked for."""
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
    )
    said: list[str] = []
    page.on("request", lambda request: said.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    said.remove(path.as_uri())
    yield page, said
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_it_is_accessible_and_fits(
    browser: Browser, report: Path, scheme: Scheme, width: int
) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    with _open(browser, report, scheme=scheme, width=width) as (page, said):
        for details in page.query_selector_all("summary"):
            details.click()
        found = axe.Axe().run(page).response["violations"]
        bad = [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")]
        assert bad == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert said == []


def test_nothing_in_a_catalog_runs(browser: Browser, report: Path) -> None:
    with _open(browser, report) as (page, said):
        assert page.title().endswith(": translations")
        assert page.locator("dd", has_text=ATTACK).count() > 0
        assert page.locator("img").count() == 0
        assert page.locator("script").count() == 1
        assert said == []


def test_even_a_script_that_came_in_would_not_run(
    browser: Browser, report: Path, tmp_path: Path
) -> None:
    text = report.read_text(encoding="utf-8")
    path = tmp_path / "torn.html"
    path.write_text(text.replace("</h1>", f"</h1>{ATTACK}"), encoding="utf-8")
    with _open(browser, path) as (page, said):
        assert page.title().endswith(": translations")
        assert any("Content Security Policy" in text for text in said)


def _shown(page: Page) -> list[str]:
    checks = page.locator(".finding:visible .head code")
    return [checks.nth(number).inner_text() for number in range(checks.count())]


def test_search_and_filters(browser: Browser, report: Path) -> None:
    with _open(browser, report) as (page, _):
        everything = _shown(page)
        count = page.get_by_role("status")
        total = len(everything)
        assert total > 4
        assert count.inner_text() == f"{total} of {total} findings shown"
        page.get_by_label("Search").fill("počakajte MINUT")
        assert _shown(page) == ["numbers"]
        assert count.inner_text() == f"1 of {total} findings shown"
        assert page.locator(".group:visible").count() == 1
        page.get_by_label("Search").fill("")
        page.locator("select[name=check]").select_option("code-changed")
        assert set(_shown(page)) == {"code-changed"}
        page.locator("select[name=language]").select_option("ar-SA")
        assert _shown(page) == ["code-changed"]
        page.locator("select[name=severity]").select_option("warning")
        assert _shown(page) == []
        page.get_by_role("button", name="Show all").click()
        page.wait_for_function(
            f"document.querySelector('.count').textContent.startsWith('{total} of')"
        )
        assert _shown(page) == everything


def test_it_works_by_keyboard(browser: Browser, report: Path) -> None:
    with _open(browser, report) as (page, _):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Go to the findings"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "search"
        page.keyboard.type("run `tar`")
        assert set(_shown(page)) == {"code-changed"}
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "severity"


def test_without_script_all_is_readable(browser: Browser, report: Path) -> None:
    with _open(browser, report, script=False) as (page, said):
        assert page.locator(".filters").is_visible() is False
        assert len(_shown(page)) == page.locator(".finding").count() > 4
        page.locator("summary").first.click()
        assert page.get_by_text("other.md").first.is_visible()
        assert said == []


def test_faults_are_marked_in_their_sentence(report: Path) -> None:
    page = parse_html(report.read_text(encoding="utf-8"))
    marks = {(mark.text) for mark in page.find("mark")}
    assert {"10", "11", "`tar`", "`make`", "x.md", "other.md"} <= marks
    arabic = page.find("dd", lang="ar-SA")
    assert [element.attributes["dir"] for element in arabic] == ["rtl"]
    assert {element.attributes["lang"] for element in page.find("dd", dir="ltr")} == {
        "en-US",
        "sl-SI",
    }


def test_lines_of_both_files_are_named(report: Path) -> None:
    text = " ".join(e.text for e in parse_html(report.read_text("utf-8")).find(class_="place"))
    assert "source/other.md:3" in text
    assert "line " in text
