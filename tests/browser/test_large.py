"""A page of 5,000 sentences: the control is there at once, and side by side stays aligned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bitext.sphinx_ext.assets import write_assets

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PARAGRAPHS = 1_000
SENTENCE = (
    '<span data-ttu-id="00000-{n}">Poved številka {n} pove nekaj o čajniku.</span>'
    '<span class="sxs-lookup" hidden><span data-stu-id="00000-{n}" lang="en-US" dir="ltr">'
    "Sentence number {n} says something about the kettle, at some length.</span></span> "
)
MEASURE = """
document.addEventListener("DOMContentLoaded", () => window.begun = performance.now(), true);
addEventListener("load", () => window.loaded = performance.now());
"""


def make_page(folder: Path, tag: str = "sl-SI", body: str = "") -> Path:
    from bitext.site.bar import reading_bar
    from bitext.site.page import Coverage, Page

    write_assets(folder)
    body = body or "".join(
        "<p>" + "".join(SENTENCE.format(n=5 * p + s) for s in range(5)) + "</p>\n"
        for p in range(PARAGRAPHS)
    )
    bar = reading_bar(Page("large.html", tag, "en-US"), Coverage())
    page = folder / "large.html"
    page.write_text(
        f'<!DOCTYPE html><html lang="{tag}"><meta charset="utf-8"><title>Large</title>'
        f'<script>{MEASURE}</script><link rel="stylesheet" href="bitext.css">'
        f'<script src="bitext.js"></script><article>{bar}{body}</article></html>',
        encoding="utf-8",
    )
    return page


JAPANESE = """
<p><span data-ttu-id="00000-1">一つ目の文。</span><span class="sxs-lookup" hidden><span
data-stu-id="00000-1" lang="en-US" dir="ltr">One.</span></span><span
data-ttu-id="00000-2">二つ目の文。</span><span class="sxs-lookup" hidden><span
data-stu-id="00000-2" lang="en-US" dir="ltr">Two.</span></span><span
data-ttu-id="00000-3" lang="en-US" dir="ltr">Three.</span><span
data-ttu-id="00000-4">四つ目の文。</span><span class="sxs-lookup" hidden><span
data-stu-id="00000-4" lang="en-US" dir="ltr">Four.</span></span></p>
"""
GAPS = """() => {
  const walker = document.createTreeWalker(
    document.querySelector("p:has([data-ttu-id])"), NodeFilter.SHOW_TEXT);
  const boxes = [];
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNode(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (/^[A-Z]/.test(walker.currentNode.data) && box.width) boxes.push(box);
  }
  return boxes.slice(1).map((box, n) => box.left - boxes[n].right);
}"""


@pytest.mark.parametrize("way", ["both", "english"])
def test_the_english_of_sentences_that_stand_together_does_not(
    browser: Browser, tmp_path: Path, way: str
) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.goto(make_page(tmp_path, "ja-JP", JAPANESE).as_uri() + f"?reading={way}")
    gaps = page.evaluate(GAPS)[-3:]
    assert len(gaps) == 3
    assert 2 < min(gaps) <= max(gaps) < 10
    page.close()


def test_the_control_is_usable_at_once_and_blocks_stay_aligned(
    browser: Browser, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.goto(make_page(tmp_path).as_uri())
    own = page.evaluate("document.documentElement.dataset.bitextWay && loaded - begun")
    assert own < 100, f"{own:.0f} ms from the whole document to a control that works"
    took = page.evaluate(
        """() => {
          const start = performance.now();
          document.querySelector("input[value=both]").click();
          return performance.now() - start;
        }"""
    )
    assert page.locator(".bitext-pair").count() == PARAGRAPHS
    assert took < 3_000
    gaps = page.evaluate(
        """() => [...document.querySelectorAll(".bitext-pair")].map((pair) => {
          const [own, other] = pair.children;
          return Math.abs(own.getBoundingClientRect().top - other.getBoundingClientRect().top);
        })"""
    )
    assert max(gaps) < 8
    page.close()
