"""What pages say and show around the text, with furo in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from browser.conftest import serving
from once import Once
from sites import bitext_process, make_project, po, succeed, translate, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

TAGS = ("sl-SI", "de-DE", "ja-JP", "ar-SA")

PARAGRAPHS = "\n\n".join(f"Paragraph number {n} says something else." for n in range(60))

CAPTION = "A caption that is so long that a phone shows it on several lines, one below the other"

ARTICLES = {
    "index.md": f"""# The kettle

Fill the kettle.

```{{code-block}} sh
:caption: {CAPTION}

kettle --boil
```

- Water boils.

> A word.

```{{note}}
It is hot.
```

```{{toctree}}
stove
lamp
```
""",
    "stove.md": "# The stove\n\nIt is hot.\n\n```{toctree}\nlid\n```\n",
    "lid.md": "# The lid\n\nIt is hot. It whistles.\n",
    "lamp.md": f"""# The lamp

It is hot.

| Required | Description |
|---|---|
| yes | {"What it is for, and how it is lit. " * 5} |
| yes | {"`--a-long-option-that-needs-its-place`, " * 3} |

{PARAGRAPHS}
""",
}

WORDS = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Search finished, found one page matching the search query."
msgid_plural "Search finished, found ${resultCount} pages matching the search query."
msgstr[0] "Najdena je ${resultCount} stran."
msgstr[1] "Najdeni sta ${resultCount} strani."
msgstr[2] "Najdene so ${resultCount} strani."
msgstr[3] "Najdenih je ${resultCount} strani."
"""


class Box(NamedTuple):
    left: float
    right: float


def box(locator: Locator) -> Box:
    found = locator.bounding_box()
    assert found is not None
    return Box(found["x"], found["x"] + found["width"])


def build(folder: Path) -> None:
    root = make_project(
        folder,
        ARTICLES,
        languages=TAGS,
        configuration='extensions = ["bitext"]\nhtml_theme = "furo"\n',
    )
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "lamp"), {"The lamp": "Svetilka", "Required": "Obveznost"})
    write(root / "locale/sl-SI/sphinx.po", WORDS)
    assert bitext_process(root, "build", seconds=300).status == 0


@pytest.fixture(scope="module")
def address(once: Once) -> Iterator[str]:
    pytest.importorskip("furo", reason="furo is not installed")
    with serving(once("looks", build) / "build/html") as served:
        yield served


@contextmanager
def reader(browser: Browser, width: int) -> Iterator[Page]:
    """Give a page that must not complain."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, reduced_motion="reduce", locale="en-US"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def found(page: Page, address: str, tag: str, words: str) -> str:
    """Return what the search says of how many pages it found."""
    page.goto(f"{address}/{tag}/search.html?q={words}")
    page.wait_for_function("document.querySelector('.search-summary')?.innerText")
    return page.locator(".search-summary").inner_text()


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "sl-SI"])
def test_a_search_says_how_many_pages_it_found(browser: Browser, address: str, tag: str) -> None:
    """Sphinx's catalogs of these languages have nothing for it."""
    with reader(browser, 1200) as page:
        said = [found(page, address, tag, words) for words in ("whistles", "hot")]
    assert said == [
        "Search finished, found one page matching the search query.",
        "Search finished, found 4 pages matching the search query.",
    ]


def test_a_search_says_so_in_the_words_of_the_project(browser: Browser, address: str) -> None:
    with reader(browser, 1200) as page:
        said = [found(page, address, "sl-SI", words) for words in ("whistles", "hot")]
    assert said == ["Najdena je 1 stran.", "Najdene so 4 strani."]


@pytest.mark.parametrize("tag", ["sl-SI", "ar-SA"])
@pytest.mark.parametrize("width", [390, 1200])
def test_a_caption_of_code_begins_where_its_line_begins(
    browser: Browser, address: str, tag: str, width: int
) -> None:
    with reader(browser, width) as page:
        page.goto(f"{address}/{tag}/index.html")
        caption = page.locator(".code-block-caption .caption-text")
        assert caption.evaluate("e => getComputedStyle(e).textAlign") == "start"
        lines = caption.evaluate(
            """e => {
              const range = document.createRange();
              range.selectNodeContents(e);
              return [...range.getClientRects()].filter(r => r.width > 1)
                .map(r => [Math.round(r.left), Math.round(r.right)]);
            }"""
        )
        assert len(lines) > (width == 390)
        assert len({line[tag == "ar-SA"] for line in lines}) == 1


def test_words_in_a_table_stay_whole_side_by_side(browser: Browser, address: str) -> None:
    with reader(browser, 1200) as page:
        page.goto(f"{address}/sl-SI/lamp.html?reading=both")
        head = page.locator("th .bitext-own").first
        assert head.inner_text() == "Obveznost"
        lines = head.evaluate(
            """e => {
              const range = document.createRange();
              range.selectNodeContents(e);
              return new Set([...range.getClientRects()].map(r => r.top)).size;
            }"""
        )
        assert lines == 1


def test_without_script_a_heading_is_followed_by_its_english_alone(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sl-SI/lamp.html")
    page.locator("input[value=both]").check(force=True)
    heading, english = page.locator("section h1"), page.locator("section h1 .sxs-lookup")
    bottoms = [own.evaluate("e => e.getBoundingClientRect().bottom") for own in (heading, english)]
    assert bottoms[0] - bottoms[1] < 8, "no empty line"
    context.close()


def test_a_chosen_way_does_not_stay_in_the_way(browser: Browser, address: str) -> None:
    """A click leaves its button in focus; only keys need to see where they are."""
    with reader(browser, 1200) as page:
        page.goto(f"{address}/sl-SI/lamp.html")
        page.locator(".bitext-ways label").nth(1).click()
        controls = page.locator(".bitext-controls")
        page.mouse.wheel(0, 900)
        page.locator(".bitext-bar.is-away.is-down").wait_for(state="attached")
        assert not controls.is_visible()
        page.mouse.wheel(0, -100)
        page.locator(".bitext-bar.is-away:not(.is-down)").wait_for(state="attached")
        assert controls.is_visible()
        page.locator("input[value=both]").focus()
        page.keyboard.press("ArrowRight")
        page.mouse.wheel(0, 300)
        page.locator(".bitext-bar.is-away.is-down").wait_for(state="attached")
        assert controls.is_visible(), "keys are in it"


def test_paper_has_both_columns(browser: Browser, address: str) -> None:
    """What measures the page on a screen is not on paper."""
    with reader(browser, 760) as page:
        page.emulate_media(media="print")
        page.goto(f"{address}/sl-SI/lamp.html?reading=both")
        page.wait_for_timeout(100)
        for name in (".bitext-bar", ".skip-to-content", ".toc-drawer"):
            assert not page.locator(name).is_visible(), name
        own = box(page.locator("h1 .bitext-own"))
        other = box(page.locator("h1 .bitext-other"))
        assert other.left > own.right
        assert abs((own.right - own.left) - (other.right - other.left)) < 80


def test_english_headings_begin_at_the_right(browser: Browser, address: str) -> None:
    with reader(browser, 1200) as page:
        page.goto(f"{address}/ar-SA/lamp.html")
        heading = page.locator("section h1")
        style = "getComputedStyle(e)"
        edge = heading.evaluate(
            f"e => e.getBoundingClientRect().right - parseFloat({style}.paddingRight)"
        )
        assert abs(box(heading.locator("[lang]")).right - edge) < 2


@pytest.mark.parametrize(("tag", "is_mirrored"), [("sl-SI", False), ("ar-SA", True)])
def test_drawers_come_from_the_side_of_their_button(
    browser: Browser, address: str, tag: str, is_mirrored: bool
) -> None:
    with reader(browser, 390) as page:
        page.goto(f"{address}/{tag}/index.html")
        button, drawer = page.locator(".nav-overlay-icon"), page.locator(".sidebar-drawer")
        hidden = box(drawer)
        assert hidden.left >= 390 if is_mirrored else hidden.right <= 0
        assert (box(button).left > 195) == is_mirrored
        button.click()
        page.wait_for_timeout(400)
        shown = box(drawer)
        assert shown.right == 390 if is_mirrored else shown.left == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("tag", "is_mirrored"), [("sl-SI", False), ("ar-SA", True)])
def test_what_stands_beside_the_text_is_on_its_side(
    browser: Browser, address: str, tag: str, is_mirrored: bool
) -> None:
    with reader(browser, 1200) as page:
        page.goto(f"{address}/{tag}/stove.html")
        article = box(page.locator("article"))
        middle = (article.left + article.right) / 2
        assert (box(page.locator(".sidebar-container")).left > middle) == is_mirrored
        assert (box(page.locator("a.prev-page")).left > middle) == is_mirrored
        assert (box(page.locator("a.next-page")).left < middle) == is_mirrored
        page.goto(f"{address}/{tag}/index.html")
        item = page.locator("article section li").first
        style = "getComputedStyle(e.parentNode)"
        indents = item.evaluate(f"e => [{style}.paddingLeft, {style}.paddingRight]")
        assert (indents[0] == "0px", indents[1] == "0px") == (is_mirrored, not is_mirrored)
        borders = page.locator("article blockquote").evaluate(
            "e => [getComputedStyle(e).borderLeftWidth, getComputedStyle(e).borderRightWidth]"
        )
        assert (borders[0] == "0px", borders[1] == "0px") == (is_mirrored, not is_mirrored)


@pytest.mark.parametrize(("tag", "next_points"), [("sl-SI", 1), ("ar-SA", -1)])
def test_arrows_point_where_they_lead(
    browser: Browser, address: str, tag: str, next_points: int
) -> None:
    """The picture points to the right; what turns it around has a negative first number."""
    with reader(browser, 1200) as page:
        page.goto(f"{address}/{tag}/stove.html")
        for name, points in (("next", next_points), ("prev", -next_points)):
            turned = page.locator(f"a.{name}-page svg").evaluate(
                """e => {
                  const style = getComputedStyle(e), scale = parseFloat(style.scale) || 1;
                  return new DOMMatrix(style.transform).a * scale;
                }"""
            )
            assert turned == points, name


def test_the_page_above_names_languages_as_the_list_does(browser: Browser, address: str) -> None:
    with reader(browser, 1200) as page:
        page.goto(f"{address}/index.html")
        above = {
            link.get_attribute("hreflang"): link.inner_text() for link in page.locator("a").all()
        }
        page.goto(f"{address}/en-US/index.html")
        page.locator(".bitext-languages summary").click()
        listed = page.locator(".bitext-languages a").all()
        names = {own.get_attribute("hreflang"): own.inner_text().split("\n")[0] for own in listed}
    assert above == names
