"""The ways to read a localized page, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.conftest import serving
from built import THEMES, Kettle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.browser

BLOCKS = ":is(section, li) > p > .bitext-pair > .bitext-other"


@pytest.fixture(scope="module")
def site(kettle: Kettle) -> Path:
    return kettle("alabaster")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="sl-SI", viewport={"width": 1200, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """Yield a Slovenian page that must not complain, and asks for nothing elsewhere."""
    opened = context.new_page()
    said: list[str] = []
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "request",
        lambda asked: said.append(asked.url) if not asked.url.startswith(address) else None,
    )
    opened.goto(f"{address}/sl-SI/index.html")
    yield opened
    assert said == []


def sentence(page: Page, text: str) -> Locator:
    return page.locator("[data-ttu-id]").filter(has_text=re.compile(rf"^{re.escape(text)}"))


def choose(page: Page, way: str) -> None:
    page.locator(f"input[value={way}]").check(force=True)


def box(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found is not None
    return {"x": found["x"], "y": found["y"], "width": found["width"], "height": found["height"]}


def popup(page: Page) -> Locator:
    return page.locator(".bitext-lookup")


def test_the_page_opens_as_its_translation(page: Page) -> None:
    assert sentence(page, "Napolnite čajnik.").is_visible()
    assert not page.get_by_text("Fill the kettle.").is_visible()
    assert page.locator("input[value=translation]").is_checked()
    assert "reading" not in page.url


def test_english_stands_in_place_of_the_translation(page: Page) -> None:
    choose(page, "english")
    assert page.get_by_text("Fill the kettle.").is_visible()
    assert not sentence(page, "Napolnite čajnik.").is_visible()
    assert page.locator("section h1").inner_text().startswith("The kettle")
    page.get_by_role("link", name="stove", exact=True).click()
    page.wait_for_url("**/sl-SI/stove.html*")


def test_side_by_side_blocks_are_aligned(page: Page) -> None:
    choose(page, "both")
    pairs = page.locator(".bitext-pair").all()
    assert len(pairs) > 30
    beside = 0
    for pair in pairs:
        own, other = box(pair.locator(".bitext-own")), box(pair.locator(".bitext-other"))
        if other["x"] > own["x"] + own["width"] - 1:
            beside += 1
            assert abs(own["y"] - other["y"]) < 12
        else:
            assert other["y"] >= own["y"] + own["height"] - 1
    assert beside > 30
    edges = {round(box(own)["x"]) for own in page.locator(BLOCKS).all()}
    assert max(edges) - min(edges) <= 4, "the English column is one, lists included"
    cell = page.locator("td .bitext-pair").first
    assert cell.inner_text().split("\n") == ["pokrov", "the lid"]


def test_side_by_side_leaves_the_page_as_it_was(page: Page) -> None:
    before = page.locator("div.body").inner_html()
    choose(page, "both")
    choose(page, "translation")
    after = page.locator("div.body").inner_html()
    assert re.sub(r' style="[^"]*"', "", after).count("bitext-pair") == 0
    assert page.locator("div.body section").first.inner_text() in before or after.count(
        "data-ttu-id"
    ) == before.count("data-ttu-id")


def test_the_sentence_under_the_pointer_is_lit_on_both_sides(page: Page) -> None:
    choose(page, "both")
    sentence(page, "Napolnite čajnik.").hover()
    assert page.locator(".bitext-lit:visible").all_inner_texts() == [
        "Napolnite čajnik.",
        "Fill the kettle.",
    ]
    page.get_by_text("Put it on the").last.hover()
    lit = page.locator(".bitext-lit:visible").all_inner_texts()
    assert lit[0].startswith("Postavite")
    assert lit[1].startswith("Put it")


def test_english_links_lead_where_the_translation_does(page: Page) -> None:
    choose(page, "both")
    href = page.locator(".bitext-other a", has_text=re.compile("^stove$")).get_attribute("href")
    assert href == "stove.html"
    bare = page.locator(".bitext-other").filter(has_text="See").locator("a")
    assert (bare.inner_text(), bare.get_attribute("lang")) == ("The stove", "sl-SI")


def test_a_click_shows_one_sentence_and_escape_closes(page: Page) -> None:
    sentence(page, "Napolnite čajnik.").hover()
    assert popup(page).count() == 0, "never by hovering alone"
    sentence(page, "Napolnite čajnik.").click()
    assert "Fill the kettle." in popup(page).inner_text()
    assert popup(page).get_attribute("role") == "status"
    page.keyboard.press("Escape")
    assert popup(page).count() == 0
    sentence(page, "Napolnite čajnik.").click()
    sentence(page, "Nalijte vodo.").click()
    assert "Pour the water." in popup(page).inner_text()
    page.locator("pre").first.click()
    assert popup(page).count() == 0


def test_a_click_on_a_link_follows_it_and_a_selection_stays(page: Page) -> None:
    sentence(page, "Napolnite čajnik.").dblclick()
    assert page.evaluate("getSelection().toString().trim()") == "Napolnite"
    page.get_by_role("link", name="štedilnik").click()
    page.wait_for_url("**/stove.html")


def test_keys_reach_each_sentence(page: Page) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.ttuId || ''"):
            break
    assert page.evaluate("document.activeElement.innerText") == "Čajnik"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.innerText") == "Napolnite čajnik."
    page.keyboard.press("Enter")
    assert "Fill the kettle." in popup(page).inner_text()
    page.keyboard.press("ArrowDown")
    assert "Put it on" in popup(page).inner_text()
    page.keyboard.press("Escape")
    assert popup(page).count() == 0
    assert page.evaluate("document.activeElement.innerText").startswith("Postavite")
    assert page.locator("[data-ttu-id][tabindex]").count() == 1


def test_the_ways_are_chosen_by_keys(page: Page) -> None:
    page.locator("input[value=translation]").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.bitextWay") == "both"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.bitextWay") == "english"


def test_a_tap_shows_one_sentence(browser: Browser, address: str) -> None:
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{address}/sl-SI/index.html")
    sentence(page, "Napolnite čajnik.").tap()
    assert "Fill the kettle." in popup(page).inner_text()
    shown = box(popup(page))
    assert shown["x"] >= 0
    assert shown["x"] + shown["width"] <= 390
    page.locator("input[value=both]").tap()
    sentence(page, "Nalijte vodo.").tap()
    assert page.locator(".bitext-lit:visible").count() == 2
    context.close()


def test_on_a_phone_the_english_follows_and_nothing_scrolls_sideways(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/sl-SI/index.html?reading=both")
    for pair in page.locator(".bitext-pair").all():
        own, other = box(pair.locator(".bitext-own")), box(pair.locator(".bitext-other"))
        assert other["y"] >= own["y"] + own["height"] - 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_words_stay_whole_in_narrow_cells_and_long_ones_are_hyphenated(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/sl-SI/index.html")
    english = "tbody td:first-child .sxs-lookup > *"
    page.locator(english).evaluate("own => own.textContent = 'Prevention configurations'")
    page.locator("tbody td:last-child [data-ttu-id]").evaluate(
        "own => own.textContent = 'zadržuje toploto '.repeat(40)"
    )
    choose(page, "both")
    lines = page.locator("tbody td:first-child .bitext-other > *").evaluate(_LINES_OF_WORDS)
    assert lines == [1, 1]
    choose(page, "translation")
    page.locator(english).evaluate("own => own.textContent = 'Path: ' + 'x'.repeat(80)")
    choose(page, "both")
    assert box(page.locator("tbody td").first)["width"] < 250
    for selector in (".bitext-pair", "h1"):
        style = page.locator(selector).first.evaluate(
            "own => { const { hyphens, overflowWrap } = getComputedStyle(own);"
            " return [hyphens, overflowWrap]; }"
        )
        assert style == ["auto", "break-word"]
    assert page.locator(".bitext-other").first.get_attribute("lang") == "en-US"
    context.close()


_LINES_OF_WORDS = """own => {
  const text = own.firstChild;
  return [...text.data.matchAll(/\\S+/g)].map((word) => {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length;
  });
}"""


def test_the_choice_is_remembered_and_in_the_address(
    context: BrowserContext, page: Page, address: str
) -> None:
    choose(page, "both")
    assert page.url.endswith("?reading=both")
    page.goto(f"{address}/sl-SI/stove.html")
    assert page.locator(".bitext-pair").count()
    assert page.url.endswith("?reading=both")
    later = context.new_page()
    later.goto(f"{address}/sl-SI/index.html")
    assert later.locator(".bitext-pair").count()
    later.goto(f"{address}/sl-SI/index.html?reading=translation")
    assert not later.locator(".bitext-pair").count()
    later.close()


def test_a_shared_address_does_not_change_what_its_reader_chose(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/sl-SI/index.html?reading=english#when-it-sings")
    assert page.evaluate("document.documentElement.dataset.bitextWay") == "english"
    assert page.url.endswith("?reading=english#when-it-sings")
    page.goto(f"{address}/sl-SI/stove.html")
    assert page.evaluate("document.documentElement.dataset.bitextWay") == "english"
    next_visit = context.new_page()
    next_visit.goto(f"{address}/sl-SI/stove.html")
    assert next_visit.evaluate("document.documentElement.dataset.bitextWay") == "translation"
    context.close()


@pytest.mark.parametrize("wrong", ["", "<script>", "constructor", "both,both"])
def test_a_way_that_is_none_is_no_way(page: Page, address: str, wrong: str) -> None:
    page.goto(f"{address}/sl-SI/index.html?reading={wrong}")
    assert page.evaluate("document.documentElement.dataset.bitextWay") == "translation"


def test_changing_the_way_keeps_the_place(page: Page) -> None:
    target = sentence(page, "Nalijte vodo.")
    target.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 500)")
    before = box(target)["y"]
    page.evaluate("document.querySelector('input[value=both]').click()")
    assert abs(box(target)["y"] - before) < 60


def test_english_sentences_and_outdated_ones_are_marked(page: Page) -> None:
    english = sentence(page, "The handle is hot.")
    assert english.get_attribute("lang") == "en-US"
    assert english.evaluate("e => getComputedStyle(e).borderBottomStyle") == "dotted"
    stale = page.locator("[data-ttu-state]")
    assert stale.text_content() == "Počakajte."
    spoken = page.locator(".bitext-hidden").filter(has_text="Za pregled")
    assert "dashed" in stale.evaluate("e => getComputedStyle(e).textDecoration")
    assert spoken.evaluate("e => e.offsetWidth") <= 1
    line = page.locator(".bitext-coverage").inner_text()
    assert re.match(r"Prevedeno: \d{1,2}\s% · Zastarelo: \d+\s%", line)


def test_review_names_and_links_each_entry(page: Page, address: str) -> None:
    assert page.locator(".bitext-tag").count() == 0
    page.goto(f"{address}/sl-SI/index.html?review=1")
    tags = page.locator(".bitext-tag")
    assert tags.count() == page.locator("[data-ttu-id]").count()
    tag = tags.filter(has_text="Za pregled")
    href = tag.get_attribute("href") or ""
    identifier = tag.inner_text().split(" · ")[0]
    assert re.fullmatch(rf"https://po\.example/sl-SI/index\.po#L\d+-{re.escape(identifier)}", href)
    page.goto(f"{address}/sl-SI/stove.html")
    assert page.locator(".bitext-tag").count()
    page.goto(f"{address}/sl-SI/stove.html?review=0")
    assert not page.locator(".bitext-tag").count()


def test_the_switcher_leads_to_the_same_heading(page: Page, address: str) -> None:
    page.locator("#when-it-sings").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#when-it-sings').scrollIntoView()")
    page.mouse.wheel(0, 40)
    page.wait_for_timeout(200)
    page.mouse.wheel(0, -20)
    page.locator(".bitext-bar.is-away:not(.is-down)").wait_for()
    page.locator(".bitext-languages summary").click()
    names = page.locator(".bitext-languages a").all_inner_texts()
    assert [name.split("\n")[0] for name in names] == ["English", "Slovenščina", "العربية"]
    assert re.search(r"\d{1,2}", names[2])
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/ar-SA/index.html#when-it-sings")


def test_escape_closes_the_switcher(page: Page) -> None:
    page.locator(".bitext-languages summary").click()
    page.keyboard.press("Escape")
    assert page.locator(".bitext-languages[open]").count() == 0


@pytest.mark.parametrize(
    ("locale", "offered"),
    [("ar-EG", "ar-SA"), ("en-GB", "en-US"), ("sl-SI", ""), ("fr-FR", "")],
)
def test_the_language_of_the_reader_is_offered_once(
    browser: Browser, address: str, locale: str, offered: str
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{address}/sl-SI/index.html")
    assert page.url.endswith("/sl-SI/index.html"), "never forced"
    line = page.locator(".bitext-offer")
    assert line.count() == bool(offered)
    if offered:
        assert line.locator("a").get_attribute("lang") == offered
        line.locator("button").click()
        page.reload()
        assert line.count() == 0
    context.close()


def test_right_to_left_is_mirrored(page: Page, address: str) -> None:
    page.goto(f"{address}/ar-SA/index.html?reading=both")
    pair = page.locator("h1 .bitext-pair")
    own, other = pair.locator(".bitext-own"), pair.locator(".bitext-other")
    assert box(own)["x"] > box(other)["x"]
    assert other.get_attribute("dir") == "ltr"
    assert page.locator("pre").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    english = page.locator(".bitext-own").filter(has_text="Type boil.")
    assert english.evaluate("e => getComputedStyle(e).direction") == "rtl", "one is translated"
    english = page.locator(".bitext-own").filter(has_text="Not on a mountain.")
    assert english.evaluate("e => getComputedStyle(e).direction") == "ltr"
    ways = [box(label)["x"] for label in page.locator(".bitext-ways label").all()]
    assert ways == sorted(ways, reverse=True)


def test_without_script_each_english_sentence_is_reachable(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sl-SI/index.html")
    assert not page.get_by_text("Fill the kettle.").is_visible()
    choose(page, "both")
    assert page.get_by_text("Fill the kettle.").is_visible()
    assert sentence(page, "Napolnite čajnik.").is_visible()
    choose(page, "english")
    assert not sentence(page, "Napolnite čajnik.").is_visible()
    page.locator(".bitext-languages summary").click()
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/ar-SA/index.html")
    context.close()


def test_the_search_leads_to_the_search_in_another_language(page: Page, address: str) -> None:
    page.goto(f"{address}/sl-SI/search.html?q=plin")
    assert page.locator(".bitext-bar input").count() == 0
    page.locator(".bitext-languages summary").click()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en-US/search.html?q=plin")
    page.goto(f"{address}/sl-SI/genindex.html")
    page.locator(".bitext-languages summary").click()
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/ar-SA/genindex.html")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves(page: Page, motion: str) -> None:
    page.emulate_media(reduced_motion="reduce" if motion == "reduce" else "no-preference")
    page.evaluate("document.documentElement.style.scrollBehavior = 'smooth'")
    page.evaluate("scrollTo({top: 600, behavior: 'instant'})")
    before = page.evaluate("scrollY")
    page.evaluate("document.querySelector('input[value=both]').click()")
    drawn = "requestAnimationFrame(() => requestAnimationFrame(() => done(scrollY)))"
    after = page.evaluate(f"new Promise(done => {drawn})")  # the browser keeps lines in place
    assert after != before, "the place is kept"
    page.wait_for_timeout(50)
    assert page.evaluate("scrollY") == after, "at once"
    assert page.evaluate("document.getAnimations().length") == 0


def test_code_looks_alike_on_both_sides(page: Page, address: str) -> None:
    page.goto(f"{address}/sl-SI/index.html?reading=both")
    code = page.locator(".bitext-pair code")
    assert len({own.evaluate("e => e.classList.contains('literal')") for own in code.all()}) == 1


def test_a_file_reads_alike(context: BrowserContext, site: Path) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((site / "sl-SI/index.html").as_uri())
    choose(page, "both")
    assert page.locator(".bitext-pair").count() > 30
    choose(page, "translation")
    sentence(page, "Napolnite čajnik.").click()
    assert "Fill the kettle." in popup(page).inner_text()
    assert said == []


@pytest.mark.parametrize("way", ["translation", "both"])
def test_paper_has_the_text_and_not_the_control(page: Page, address: str, way: str) -> None:
    page.goto(f"{address}/sl-SI/index.html?reading={way}")
    page.emulate_media(media="print")
    assert not page.locator(".bitext-bar").is_visible()
    assert sentence(page, "Napolnite čajnik.").is_visible()
    other = page.locator(".bitext-other").get_by_text("Fill the kettle.")
    assert other.count() == (way == "both")
    assert not other.count() or other.is_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_has_the_control(browser: Browser, kettle: Kettle, theme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="sl-SI")
    context.route(re.compile("^https?:"), lambda route: route.fulfill(body=""))
    page = context.new_page()
    said: list[Any] = []
    page.on("pageerror", lambda error: said.append(error.message))
    page.goto((kettle(theme) / "sl-SI/index.html").as_uri())
    assert box(page.locator(".bitext-bar"))["y"] < box(page.locator("h1").last)["y"]
    choose(page, "both")
    first = page.locator(".bitext-pair").filter(has_text="Napolnite")
    own, other = box(first.locator(".bitext-own")), box(first.locator(".bitext-other"))
    assert abs(own["y"] - other["y"]) < 8
    assert abs(own["width"] - other["width"]) < 40
    choose(page, "translation")
    sentence(page, "Napolnite čajnik.").click()
    under, shown = box(sentence(page, "Napolnite čajnik.")), box(popup(page))
    assert abs(shown["y"] - under["y"] - under["height"]) < 16
    assert abs(shown["x"] - under["x"]) < 8
    top = page.evaluate(
        "([x, y]) => !!document.elementFromPoint(x, y).closest('.bitext-lookup')",
        [shown["x"] + 20, shown["y"] + shown["height"] / 2],
    )
    assert top, "nothing covers it"
    assert [text for text in said if "bitext" in text] == []
    context.close()
