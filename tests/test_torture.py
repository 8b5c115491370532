"""An article of every construct, translated in full, has the structure of the English page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bitext.po import parse
from echo import RANDOM
from sites import (
    Element,
    bitext_process,
    copy_project,
    edit,
    plain,
    po,
    pot,
    read_page,
    succeed,
    translate,
)

PAGES = ("index", "other")
WORDS = {"sl-SI": "Žaba", "ar-SA": "ضفدع"}
"""What each translation begins with."""

FREE = frozenset({"alt", "title", "aria-label", "content", "lang"})
"""Attributes whose values a language may have of its own."""

NO_SPAN = ("front matter", "alt text", "caption: toctree", "title: toctree")

NOT_SHOWN = {"Contents title"}
"""Shown without a span, as navigation is."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the torture project, built in English and fully translated into two languages."""
    root = copy_project("torture", tmp_path_factory.mktemp("torture"))
    edit(root / "pyproject.toml", '"sl-SI", "ar-SA", "en-AU", "en-CA"', '"sl-SI", "ar-SA"')
    succeed(root, "gettext")
    succeed(root, "update")
    for tag, word in WORDS.items():
        for path in sorted((root / "locale" / tag).rglob("*.po")):
            english = [entry.msgid for entry in parse(path.read_text(encoding="utf-8")).entries]
            translate(path, {text: f"{word} {text}" for text in english})
    run = bitext_process(root, "build", "--strict")
    assert (run.status, run.err) == (0, ""), run.text
    return root


def structure(element: Element) -> list[str]:
    """Return a page line by line: its elements with all attributes; of the free ones the names."""
    return [RANDOM.sub("equation", line) for line in _outline(plain(element), 0)]


def _outline(element: Element, depth: int) -> Iterator[str]:
    attributes = (
        name if name in FREE else f"{name}={value}"
        for name, value in sorted(element.attributes.items())
    )
    yield f"{'  ' * depth}{' '.join([element.tag, *attributes])}"
    for child in element.children:
        if isinstance(child, Element):
            yield from _outline(child, depth + 1)


def body(site: Path, tag: str, page: str) -> Element:
    (found,) = read_page(site / "build/html" / tag / f"{page}.html").find("div", class_="body")
    return found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("tag", WORDS)
def test_a_translated_page_has_the_structure_of_the_english(
    site: Path, tag: str, page: str
) -> None:
    english = structure(body(site, "en-US", page))
    assert len(english) > 15
    assert structure(body(site, tag, page)) == english


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("tag", WORDS)
def test_every_sentence_is_shown_translated(site: Path, tag: str, page: str) -> None:
    catalog = parse(po(site, page, tag).read_text(encoding="utf-8"))
    wanted = {
        entry.msgctxt
        for entry in catalog.entries
        if not any(
            comment.startswith(f"#. {kind}") for kind in NO_SPAN for comment in _notes(entry.raw)
        )
    }
    spans = [e for e in body(site, tag, page).walk() if "data-ttu-id" in e.attributes]
    shown = {span.attributes["data-ttu-id"] for span in spans if span.text.startswith(WORDS[tag])}
    lost = {entry.msgid for entry in catalog.entries if entry.msgctxt in wanted - shown}
    assert lost == (NOT_SHOWN if page == "index" else set())
    assert not [span.text for span in spans if not span.text.startswith(WORDS[tag])]


def _notes(raw: str | None) -> list[str]:
    return [line for line in (raw or "").split("\n") if line.startswith("#. ")]


@pytest.mark.parametrize("tag", WORDS)
def test_text_in_attributes_is_translated(site: Path, tag: str) -> None:
    page = read_page(site / "build/html" / tag / "index.html")
    word = WORDS[tag]
    metas = {e.attributes.get("name"): e.attributes.get("content", "") for e in page.find("meta")}
    assert metas["description"].startswith(word)
    alts = [e.attributes["alt"] for e in body(site, tag, "index").find("img")]
    english = [e.attributes["alt"] for e in body(site, "en-US", "index").find("img")]
    own = [alt for alt, before in zip(alts, english, strict=True) if alt != before]
    assert {f"{word} Alt of a figure", f"{word} Alt of an image"} <= set(own)
    assert pot(site, "index").is_file()
