"""The parts of a page that depend on its language, beside its sentences."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bitext.model import State
from bitext.site.bar import WAYS, reading_bar
from bitext.site.head import alternates
from bitext.site.page import Coverage, Edition, Page, Sentence, measure
from bitext.site.segments import segments_json
from bitext.site.sitemap import sitemaps
from bitext.site.words import _WORDS, Words
from bitext.sphinx_ext import assets
from bitext.sphinx_ext.assets import read_asset, write_assets
from sites import (
    Element,
    bitext,
    bitext_process,
    make_project,
    parse_html,
    po,
    read_page,
    succeed,
    translate,
)

EDITIONS = (Edition("en-US"), Edition("sl-SI", 72), Edition("ar-SA", 100))
PAGE = Page("guide/ci.html", "sl-SI", "en-US", EDITIONS, "https://x.example/docs/")


def test_the_bar_has_each_way_and_language_once() -> None:
    bar = parse_html(reading_bar(PAGE, Coverage(72, 3, 40)))
    assert tuple(way.attributes["value"] for way in bar.find("input")) == WAYS
    links = bar.find("a")
    assert [link.attributes["hreflang"] for link in links] == ["en-US", "sl-SI", "ar-SA"]
    assert links[0].attributes["href"] == "../../en-US/guide/ci.html"
    assert [link.text for link in links] == ["English", "Slovenščina 72 %", "العربية"]
    assert links[2].attributes["dir"] == "rtl"
    assert links[1].attributes["aria-current"] == "page"
    (line,) = bar.find("p")
    assert line.text.startswith("Prevedeno: 72 % · Zastarelo: 3 % · Strojno: 40 %")


def test_a_page_with_nothing_to_choose_has_no_bar() -> None:
    assert reading_bar(Page("a.html", "en-US", "en-US"), Coverage()) == ""
    assert "<input" not in reading_bar(Page("a.html", "en-US", "en-US", EDITIONS), Coverage())
    assert "<details" not in reading_bar(Page("a.html", "sl-SI", "en-US"), Coverage())


def test_words_that_we_do_not_have_are_marked_as_english() -> None:
    page = Page("a.html", "gsw-CH", "en-US", EDITIONS)
    (bar,) = parse_html(reading_bar(page, Coverage())).find(class_="bitext-bar")
    assert (bar.attributes["lang"], bar.attributes["dir"]) == ("en", "ltr")


def test_a_hostile_pattern_stays_an_attribute() -> None:
    bar = parse_html(reading_bar(PAGE, Coverage(), review='"><script>alert(1)</script>'))
    assert not bar.find("script")


@pytest.mark.parametrize("name", _WORDS)
def test_all_words_are_there(name: str) -> None:
    for field in fields(Words):
        word = getattr(_WORDS[name], field.name)
        assert word.strip() == word != "", field.name
        assert name == "en" or word != getattr(_WORDS["en"], field.name) or field.name == "original"


def test_measure_counts_english_words() -> None:
    sentences = [
        Sentence("1", State.TRANSLATED, "one two", "x", origin="machine"),
        Sentence("2", State.STALE, "three", "y"),
        Sentence("3", State.UNTRANSLATED, "four five six seven eight nine ten"),
    ]
    assert measure(sentences) == Coverage(translated=20, outdated=10, machine=20)
    assert measure([Sentence("1", State.UNTRANSLATED, "one")]) == Coverage(0)


def test_alternates_are_complete_and_absolute() -> None:
    links = [line for lines in alternates(PAGE) for line in lines.split("\n")]
    assert len(links) == 4
    assert 'hreflang="x-default" href="https://x.example/docs/en-US/guide/ci.html"' in links[-1]
    hidden = Page("a.html", "de-DE", "en-US", EDITIONS)
    assert list(alternates(hidden)) == [], "not offered, so not named by others"


def test_segments_leave_out_what_is_empty() -> None:
    text = segments_json(PAGE, [Sentence("1-101", State.UNTRANSLATED, "</script>")], Coverage(0))
    assert json.loads(text)["segments"] == [
        {"id": "1-101", "state": "untranslated", "source": "</script>"}
    ]


def test_a_sitemap_names_each_page_in_each_language() -> None:
    files = sitemaps([PAGE], PAGE.site)
    assert list(files) == ["sitemap.xml"]
    root = ElementTree.fromstring(files["sitemap.xml"])
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [node.text for node in root.findall("s:url/s:loc", spaces)]
    assert found == [f"{PAGE.site}{tag}/guide/ci.html" for tag in ("en-US", "sl-SI", "ar-SA")]
    links = root.findall("s:url/{http://www.w3.org/1999/xhtml}link", spaces)
    assert len(links) == 3 * 4


def test_a_long_sitemap_is_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bitext.site.sitemap._MOST_PAGES", 4)
    pages = [Page(f"{n}.html", "en-US", "en-US", EDITIONS, PAGE.site) for n in range(4)]
    files = sitemaps(pages, PAGE.site)
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert files["sitemap.xml"].count("<loc>") == 3
    assert sum(text.count("<loc>") for text in files.values()) == 3 + 4 * 3


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('url = "ftp://x"', "begins with https://"),
        ('url = "https://x/?a"', "begins with https://"),
        ('review = "https://x/{page}"', "{lang} {article} {id} {line}"),
        ('review = "javascript:alert(1)"', "an address"),
        ("offer-from = 101", "a number from 0 to 100"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, setting: str, message: str) -> None:
    root = make_project(
        tmp_path, {"index.md": "# A\n"}, settings=f"[tool.bitext.site]\n{setting}\n"
    )
    run = bitext(root, "gettext")
    assert run.status == 2
    assert message in run.err


ARTICLES = {
    "index.md": (
        "---\ndescription: All about tea.\n---\n\n# Tea\n\nHot.\n\n```{toctree}\nsub/cup\n```\n"
    ),
    "sub/cup.md": "# Cup\n\nFull.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(
        tmp_path_factory.mktemp("machines"),
        ARTICLES,
        languages=("sl-SI", "ar-SA", "de-DE"),
        settings='[tool.bitext.site]\nurl = "https://x.example/docs"\noffer-from = 40\n',
        configuration='extensions = ["bitext"]\nhtml_baseurl = "https://wrong.example/"\n',
    )
    succeed(root, "gettext")
    succeed(root, "update")
    for tag in ("sl-SI", "ar-SA"):
        translate(po(root, "index", tag), {"Tea": "Čaj", "Hot.": "Vroč."})
        translate(po(root, "index", tag), {"All about tea.": "Vse o čaju."})
    assert bitext_process(root, "build").status == 0
    return root / "build/html"


def _links(page: Element, **attributes: str) -> dict[str, str]:
    found = page.find("link", **attributes)
    return {link.attributes.get("hreflang", ""): link.attributes["href"] for link in found}


@pytest.mark.parametrize("tag", ["en-US", "sl-SI", "ar-SA"])
def test_pages_name_each_other(built: Path, tag: str) -> None:
    base = "https://x.example/docs"
    for address in ("index.html", "sub/cup.html"):
        page = read_page(built / tag / address)
        assert _links(page, rel="canonical") == {"": f"{base}/{tag}/{address}"}
        alternates = _links(page, rel="alternate")
        del alternates[""]
        assert alternates == {
            "en-US": f"{base}/en-US/{address}",
            "sl-SI": f"{base}/sl-SI/{address}",
            "ar-SA": f"{base}/ar-SA/{address}",
            "x-default": f"{base}/en-US/{address}",
        }


def test_title_description_and_direction_are_those_of_the_language(built: Path) -> None:
    page = read_page(built / "ar-SA/index.html")
    (root,) = page.find("html")
    assert (root.attributes["lang"], root.attributes["dir"]) == ("ar-SA", "rtl")
    assert page.find("title")[0].text.startswith("Čaj")
    assert page.find("meta", name="description")[0].attributes["content"] == "Vse o čaju."


def test_a_language_below_the_threshold_is_not_offered(built: Path) -> None:
    assert (built / "de-DE/index.html").is_file()
    for path in ("index.html", "sl-SI/index.html", "sitemap.xml"):
        assert "de-DE" not in (built / path).read_text(encoding="utf-8"), path
    page = read_page(built / "de-DE/index.html")
    assert len(page.find("a", hreflang="sl-SI")) == 1
    assert not page.find("link", rel="alternate", hreflang="sl-SI")


def test_sentences_stand_beside_their_page(built: Path) -> None:
    page = read_page(built / "sl-SI/sub/cup.html")
    (link,) = page.find("link", rel="alternate", type="application/json")
    known = json.loads((built / "sl-SI/sub" / link.attributes["href"]).read_text("utf-8"))
    assert [own["id"] for own in known["segments"]] == page.values("data-ttu-id")
    assert known["coverage"]["translated"] == 0


def test_a_change_of_coverage_reaches_the_pages_of_other_languages(built: Path) -> None:
    root = built.parents[1]
    before = (built / "sl-SI/sub/cup.html").read_text(encoding="utf-8")
    assert re.search(r"العربية <small>.*0", before)
    translate(po(root, "sub/cup", "ar-SA"), {"Cup": "كوب", "Full.": "ممتلئ."})
    assert bitext_process(root, "build").status == 0
    after = (built / "sl-SI/sub/cup.html").read_text(encoding="utf-8")
    assert "العربية</a>" in after


def test_script_and_style_are_small(tmp_path: Path) -> None:
    write_assets(tmp_path)
    published = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    sizes = {name: len(text.encode()) for name, text in published.items()}
    assert sum(sizes.values()) < 15_000, sizes
    assert len(sizes) == 3, "those of right-to-left pages too"
    assert not any("http" in text for text in published.values()), "no request elsewhere"


def test_what_is_published_is_what_we_wrote_without_what_people_need() -> None:
    own = (Path(assets.__file__).parent / "static/bitext.js").read_text("utf-8")
    published = read_asset("bitext.js")
    for text in re.findall(r'"[^"\n]*"|`[^`\n]*`', re.sub(r"/\*.*?\*/", "", own)):
        assert text in published
    assert "const " not in published
    code = re.sub(r'"[^"\n]*"|`[^`\n]*`|/\*.*?\*/', "", own, flags=re.DOTALL)
    for name, short in assets._SHORT_NAMES.items():
        assert re.search(rf"\b{name}\b", code)
        assert not re.search(rf"\b{name}\b", published), name
        assert not re.search(rf"(?<![/\w]){short}(?!\w)", code), f"{short} is another name"
        assert not re.search(rf"(?<!\.\.)\.{name}\b", code), f"{name} is a property"
    assert "/*" not in published
