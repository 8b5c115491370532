"""Pages of a docset in a real Chromium: tabs, zones and videos work with keys, in any direction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.conftest import serving
from once import Once
from sites import bitext_process, make_project, po, succeed, translate, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PIVOTS = """\
groups:
- id: system
  prompt: Choose a system
  pivots:
  - {id: windows, title: Windows}
  - {id: linux, title: Linux}
- id: language
  title: Language
  pivots:
  - {id: csharp, title: "C#"}
  - {id: python, title: Python}
"""
INDEX = """\
---
zone_pivot_groups: system, language
monikerRange: ">= lamp-2.0"
---
# The lamp

> [!NOTE]
> It is hot.

::: zone pivot="windows"

On Windows.

::: zone-end

::: zone pivot="linux"

On Linux. <a name="deep"></a>

```bash
lamp --on
```

::: zone-end

::: zone pivot="python"

In Python.

::: zone-end

::: zone pivot="csharp,python"

In both.

::: zone-end

# [First](#tab/one)

In the first tab.

# [Second](#tab/two)

In the second tab. <a name="hidden"></a>

# [Third](#tab/three)

In the third tab.

---

:::row:::
   :::column span="2":::
      Left words.
   :::column-end:::
   :::column:::
      Right words.
   :::column-end:::
:::row-end:::

:::image type="complex" source="a.png" alt-text="A chart" border="true":::
   It rises.
:::image-end:::

> [!VIDEO https://example.org/player A tour]

See ![a film](film.mp4) now.

> [!div class="nextstepaction"]
> [Next step](more.md)
"""
ARTICLES: dict[str, str | bytes] = {
    "zone-pivot-groups.yml": PIVOTS,
    "index.md": INDEX,
    "more.md": INDEX.replace("more.md", "index.md").replace("The lamp", "More"),
    "film.mp4": b"film",
    "a.png": b"\x89PNG\r\n\x1a\n",
}
ARABIC = {
    "The lamp": "المصباح",
    "It is hot.": "إنه ساخن.",
    "On Windows.": "على ويندوز.",
    "First": "الأول",
    "Second": "الثاني",
    "Third": "الثالث",
}


def make_docset(root: Path) -> None:
    make_project(root, ARTICLES, settings='dialect = "learn"\n', languages=("ar-SA",))
    write(root / "conf.py", 'extensions = ["bitext"]\nhtml_theme = "furo"\n')
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index", "ar-SA"), ARABIC)
    translate(po(root, "zone-pivot-groups.yml", "ar-SA"), {"Choose a system": "اختر نظامًا"})
    run = bitext_process(root, "build", "--strict")
    assert run.status == 0, run.text


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, once: Once) -> Iterator[str]:
    with serving(once("docset", make_docset) / "build/html") as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page of a reader who was never here."""
    context = browser.new_context()
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []
    context.close()


def _shown(page: Page, words: str) -> bool:
    return page.get_by_text(words, exact=True).first.is_visible()


def _zones(page: Page) -> list[str]:
    shown = page.locator(".learn-zone:visible p").all_inner_texts()
    return [text.strip() for text in shown]


def test_a_reader_sees_the_zones_of_what_is_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}/en-US/index.html")
    assert _zones(page) == ["On Windows.", "In both."]
    page.get_by_role("group", name="Choose a system").get_by_label("Linux").check()
    page.get_by_label("Python").check()
    assert _zones(page) == ["On Linux.", "In Python.", "In both."]
    assert page.url.endswith("?pivots=linux%2Cpython")


def test_the_choice_is_made_with_keys(page: Page, address: str) -> None:
    page.goto(f"{address}/en-US/index.html")
    page.get_by_label("Windows").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_label("Linux").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert _zones(page) == ["On Linux.", "In Python.", "In both."]


def test_the_choice_is_kept_for_other_pages_and_an_address_asks_for_another(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/en-US/index.html")
    page.get_by_label("Linux").check()
    page.goto(f"{address}/en-US/more.html")
    assert _zones(page) == ["On Linux.", "In both."]
    page.goto(f"{address}/en-US/more.html?pivots=windows,python,no")
    assert _zones(page) == ["On Windows.", "In Python.", "In both."]
    page.goto(f"{address}/en-US/more.html?pivots=no")
    assert _zones(page) == ["On Linux.", "In both."]


@pytest.mark.parametrize("anchor", ["deep", "hidden"])
def test_an_address_of_a_hidden_place_shows_it(page: Page, address: str, anchor: str) -> None:
    words = {"deep": "On Linux.", "hidden": "In the second tab."}[anchor]
    page.goto(f"{address}/en-US/index.html#{anchor}")
    assert _shown(page, words)
    page.goto(f"{address}/en-US/more.html")
    assert not _shown(page, words)
    page.evaluate(f"location.hash = '#{anchor}'")
    page.wait_for_timeout(100)
    assert _shown(page, words)


def test_without_a_script_all_zones_have_their_names_and_are_led_to(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en-US/index.html")
    assert _zones(page) == ["On Windows.", "On Linux.", "In Python.", "In both."]
    name = page.locator(".learn-zone").first.evaluate(
        "zone => getComputedStyle(zone, '::before').content"
    )
    assert "Windows" in name or "data-title" in name
    page.get_by_role("link", name="Linux").click()
    assert page.url.endswith("#zone-linux")
    for words in ("In the first tab.", "In the third tab."):
        assert _shown(page, words)
    context.close()


@pytest.mark.parametrize(
    ("tag", "forth", "back"),
    [
        ("en-US", "ArrowRight", "ArrowLeft"),
        ("ar-SA", "ArrowLeft", "ArrowRight"),
    ],
)
def test_tabs_are_reached_with_keys(
    page: Page, address: str, tag: str, forth: str, back: str
) -> None:
    page.goto(f"{address}/{tag}/index.html")
    tabs = page.get_by_role("tab")
    tabs.first.focus()
    seen = []
    for key in (forth, forth, forth, back, "Home", "End"):
        page.keyboard.press(key)
        seen.append(tabs.evaluate_all("tabs => tabs.findIndex(tab => tab.ariaSelected === 'true')"))
        assert tabs.nth(seen[-1]).evaluate("tab => tab === document.activeElement")
    assert seen == [1, 2, 0, 2, 0, 2]
    assert page.get_by_role("tabpanel").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") != "tab"


def test_tabs_and_choices_are_read_as_the_page_is(page: Page, address: str) -> None:
    page.goto(f"{address}/ar-SA/index.html?reading=english")
    english, own = ["First", "Choose a system"], ["الأول", "اختر نظامًا"]
    for way, wanted in (("english", english), ("both", own + english), ("translation", own)):
        page.locator(f"input[value={way}]").check()
        places = page.get_by_role("tab").first, page.locator(".learn-pivots legend").first
        words = " ".join(place.inner_text() for place in places)
        assert [text for text in own + english if text in words] == wanted, way
    page.goto(f"{address}/ar-SA/index.html?reading=both")
    page.locator("input[value=translation]").check()
    assert page.get_by_role("tab").first.inner_text().strip() == own[0]
    ids = page.locator("[data-ttu-id]").evaluate_all("all => all.map(one => one.dataset.ttuId)")
    assert len(ids) == len(set(ids))


def test_a_film_plays_in_its_place(page: Page, address: str) -> None:
    page.goto(f"{address}/en-US/index.html")
    assert page.locator("video, iframe").count() == 0
    page.get_by_role("link", name="a film").press("Enter")
    film = page.locator("video[controls]")
    assert str(film.get_attribute("src")).endswith("film.mp4")
    assert film.get_attribute("aria-label") == "a film"
    assert _shown(page, "In both.")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("tag", ["en-US", "ar-SA"])
def test_nothing_is_wider_than_the_page(page: Page, address: str, tag: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/{tag}/index.html")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tag", ["en-US", "ar-SA"])
def test_axe_finds_nothing_serious(page: Page, address: str, tag: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}/{tag}/index.html")
    found = axe.Axe().run(page).response["violations"]
    serious = [own for own in found if own["impact"] in ("serious", "critical")]
    assert [(own["id"], own["nodes"][0]["html"]) for own in serious] == []
