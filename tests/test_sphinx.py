"""The build: what Sphinx makes of articles and catalogs."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from forks import Run
from sites import (
    Element,
    bitext_process,
    copy_project,
    edit,
    ids,
    line_of,
    listing,
    make_project,
    plain,
    po,
    pot,
    read_body,
    read_page,
    skeleton,
    snapshot,
    sphinx,
    succeed,
    translate,
    translate_all,
    translations_of,
    write,
)

PAGES = ("index", "beds", "paths", "tools/index")
PLAIN = """\
project = "The garden book"
extensions = ["myst_parser"]
html_theme = "classic"
suppress_warnings = ["myst.strikethrough"]
myst_heading_anchors = 3
myst_enable_extensions = [
    "colon_fence", "deflist", "dollarmath", "tasklist", "attrs_inline", "strikethrough"
]
"""
MARKERS = ("ttu", "data-stu", "sxs", "lookup")


def _build(root: Path, out: str = "out", *words: str, tag: str = "sl-SI") -> Run:
    """Run Sphinx in one language, with its warnings in `err`; the build must not fail."""
    run = sphinx(root, "-c", ".", "-D", f"bitext_language={tag}", *words, "source", out)
    assert run.status == 0, run.text
    return run


def _warnings(run: Run) -> list[str]:
    return [line for line in run.err.split("\n") if line]


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project built in English, in Slovenian, with msgstr = msgid, and without any."""
    root = copy_project("garden", tmp_path_factory.mktemp("garden"))
    edit(root / "pyproject.toml", '"en-GB"', '"en-GB", "en-CA"')
    succeed(root, "gettext")
    succeed(root, "update")
    for article, translations in translations_of("garden").items():
        translate(po(root, article), translations)
        translate_all(po(root, article, "en-GB"))
    run = bitext_process(root, "build")
    assert (run.status, run.err) == (0, ""), run.text
    write(root / "plain/conf.py", PLAIN)
    sphinx(root, "-q", "-c", "plain", "source", "build/html/plain")
    return root


def _body(root: Path, tag: str, page: str) -> Element:
    return read_body(root / "build/html" / tag / f"{page}.html")


# The promises


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "tag",
    [
        pytest.param("en-US", id="source language"),
        pytest.param("en-CA", id="identity"),
        pytest.param("en-GB", id="echo"),
    ],
)
def test_english_is_what_myst_alone_makes_of_it(garden: Path, tag: str, page: str) -> None:
    assert listing(_body(garden, tag, page)) == listing(_body(garden, "plain", page))


@pytest.mark.parametrize("page", PAGES)
def test_translating_changes_no_structure(garden: Path, page: str) -> None:
    assert skeleton(_body(garden, "sl-SI", page)) == skeleton(_body(garden, "plain", page))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("tag", ["en-US", "sl-SI", "en-CA"])
def test_build_and_extraction_cut_alike(garden: Path, tag: str, page: str) -> None:
    """Front matter, alt text and toctree titles have an ID but no span."""
    no_span = re.compile(r"#\. (front matter|alt text|caption: toctree|title: toctree)")
    text = pot(garden, page).read_text(encoding="utf-8")
    wanted = [
        entry
        for entry in text.rstrip("\n").split("\n\n")[1:]
        if not no_span.match(entry) and "msgctxt" in entry
    ]
    spans = [e for e in _body(garden, tag, page).walk() if "data-ttu-id" in e.attributes]
    found = [re.search(r'msgctxt "(.*)"', entry) for entry in wanted]
    assert [span.attributes["data-ttu-id"] for span in spans] == [m[1] for m in found if m]


def test_spans_of_the_source_language_hold_the_english(garden: Path) -> None:
    known = {identifier: english for english, identifier in ids(pot(garden, "tools/index")).items()}
    spans = [
        e for e in _body(garden, "en-US", "tools/index").walk() if "data-ttu-id" in e.attributes
    ]
    texts = {span.attributes["data-ttu-id"]: span.text for span in spans}
    assert "A rake does not." in texts.values()
    assert {known[key] for key in texts if known[key] == texts[key]} >= {
        "Tools",
        "Spade",
        "A spade digs.",
        "A rake does not.",
    }


def test_source_language_has_no_lookups(garden: Path) -> None:
    for page in PAGES:
        assert not _body(garden, "en-US", page).find(class_="sxs-lookup")


# One language


@pytest.mark.parametrize("page", PAGES)
def test_every_translation_is_shown(garden: Path, page: str) -> None:
    text = (garden / "build/html/sl-SI" / f"{page}.html").read_text(encoding="utf-8")
    spans = [e for e in _body(garden, "sl-SI", page).walk() if "data-ttu-id" in e.attributes]
    shown = {span.attributes["data-ttu-id"]: span.text for span in spans}
    known = ids(pot(garden, page))
    for english, translation in translations_of("garden")[page].items():
        if english == "Paths of the garden":
            continue  # a title in the front matter, below which a heading gives the page its title
        words = re.sub(r"[*`~]|\]\(.*?\)|\[\^.*?\]|\{.*?\}|<.*?>|\$.*?\$|\[", "", translation)
        text_of = shown.get(known[english])
        if text_of is None:
            assert translation in text, english
        else:
            assert words.split()[0] in text_of, english


def test_sphinx_build_makes_the_pages_that_bitext_build_makes(garden: Path) -> None:
    editions = "bitext_editions=build/doctrees/editions.json"  # which sites stand beside it
    options = ["-D", "language=sl", "-D", editions]
    sphinx(garden, "-q", "-b", "html", *options, "-c", ".", "source", "by-sphinx")
    ours = snapshot(garden / "build/html/sl-SI")
    theirs = snapshot(garden / "by-sphinx")
    pages = [path for path in ours if path.endswith((".html", ".js", ".inv"))]
    assert len(pages) > 8
    assert {path: theirs[path][1] for path in pages} == {path: ours[path][1] for path in pages}


def test_page_says_its_language(garden: Path) -> None:
    for tag in ("en-US", "sl-SI"):
        (html,) = read_page(garden / f"build/html/{tag}/beds.html").find("html")
        assert html.attributes["lang"] == tag


def test_title_of_the_page_is_translated(garden: Path) -> None:
    (title,) = read_page(garden / "build/html/sl-SI/paths.html").find("title")
    assert title.text.startswith(("Poti", "Vrtne poti"))


def test_description_and_keywords_are_translated(garden: Path) -> None:
    page = read_page(garden / "build/html/sl-SI/index.html")
    metas = {
        meta.attributes.get("name"): meta.attributes.get("content") for meta in page.find("meta")
    }
    assert metas["description"] == "Zapiski o gojenju."
    assert "semena" in (metas["keywords"] or "")
    assert "kompostnik" in (metas["keywords"] or "")


def test_description_stands_once(garden: Path) -> None:
    for tag in ("en-US", "sl-SI"):
        page = read_page(garden / f"build/html/{tag}/index.html")
        assert len(page.find("meta", name="description")) == 1


def test_alt_text_is_translated(garden: Path) -> None:
    alts = [image.attributes["alt"] for image in _body(garden, "sl-SI", "beds").find("img")]
    assert alts == ["Tulipani v vrsti", "Dež na listih"]


def test_toctree_is_translated(garden: Path) -> None:
    (toctree,) = _body(garden, "sl-SI", "index").find("div", class_="toctree-wrapper")
    texts = [link.text for link in toctree.find("a")]
    assert toctree.find("span", class_="caption-text")[0].text == "Grede in poti"
    assert "Visoke grede" in texts
    assert "Sprehod naokrog" in texts
    assert "Kako jo zgraditi" in texts


@pytest.mark.parametrize("page", PAGES)
def test_navigation_is_clean(garden: Path, page: str) -> None:
    """Outside the article there are only words: no markers, no lookups, no English titles."""
    page_tree = read_page(garden / "build/html/sl-SI" / f"{page}.html")
    places = [
        *page_tree.find("head"),
        *page_tree.find("div", class_="related"),
        *page_tree.find("div", class_="sphinxsidebar"),
        *page_tree.find("div", class_="toctree-wrapper"),
    ]
    text = "\n".join(line for place in places for line in listing(place))
    raw = "\n".join(f"{e.tag} {e.attributes}" for place in places for e in place.walk())
    assert not [marker for marker in MARKERS if marker in raw.replace("/lookup", "")]
    assert not re.search(r"Raised beds|Walking around|Tools|Narrow paths|Beds and paths", text)


def test_next_page_and_parents_are_translated(garden: Path) -> None:
    page = read_page(garden / "build/html/sl-SI/beds.html")
    links = {
        e.attributes["rel"]: e.attributes["title"]
        for e in page.find("link")
        if "title" in e.attributes
    }
    assert links["prev"] == "Vrtna knjiga"
    assert links["next"] in ("Poti", "Vrtne poti")


def _search_index(root: Path, tag: str) -> Mapping[str, Any]:
    text = (root / f"build/html/{tag}/searchindex.js").read_text(encoding="utf-8")
    match = re.fullmatch(r"Search\.setIndex\((.*)\)", text.strip(), re.DOTALL)
    assert match
    index: Mapping[str, Any] = json.loads(match[1])
    return index


def test_search_finds_translations(garden: Path) -> None:
    index = _search_index(garden, "sl-SI")
    assert "Visoke grede" in index["alltitles"]
    assert {"jar", "zjutraj", "ribnik"} <= {term.lower() for term in index["terms"]}


def test_search_finds_no_markers_and_no_hidden_english(garden: Path) -> None:
    index = _search_index(garden, "sl-SI")
    terms = {*index["terms"], *index["titleterms"]}
    assert not [term for term in terms for marker in ("ttu", "stu", "sxs") if marker in term]
    english = _search_index(garden, "en-US")
    hidden = {"trench", "octob", "forest", "march", "saw", "boil", "heavi"}
    assert hidden & {*english["terms"]} >= {"trench", "octob", "forest"}
    assert not hidden & terms
    assert "Raised beds" not in index["alltitles"]


@pytest.mark.parametrize(
    "builder", ["text", "latex", "man", "epub", "xml", "singlehtml", "dirhtml"]
)
def test_other_builders(garden: Path, tmp_path: Path, builder: str) -> None:
    out = tmp_path / builder
    run = sphinx(garden, "-q", "-b", builder, "-D", "language=sl", "-c", ".", "source", str(out))
    assert run.status == 0, run.text
    text = _words_of(out, builder)
    assert "Izkopljite jarek" in re.sub(r"\s+", " ", text)
    if builder in ("text", "latex", "man", "epub"):
        assert not [marker for marker in ("ttu-id", "stu-id", "sxs") if marker in text]
        assert "Dig a trench" not in text


def _words_of(out: Path, builder: str) -> str:
    suffixes = {
        "text": "*.txt",
        "latex": "*.tex",
        "man": "*.1",
        "xml": "*.xml",
        "epub": "*.epub",
        "singlehtml": "*.html",
        "dirhtml": "*.html",
    }
    paths = sorted(out.rglob(suffixes[builder]))
    assert paths
    if builder != "epub":
        return "\n".join(path.read_text(encoding="utf-8") for path in paths)
    with zipfile.ZipFile(paths[0]) as book:
        names = [name for name in book.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        return "\n".join(book.read(name).decode() for name in names)


def test_html_blocks_keep_their_tags(garden: Path) -> None:
    (sign,) = _body(garden, "sl-SI", "paths").find("div", class_="sign")
    assert [e.tag for e in sign.walk() if e.tag != "span"] == ["div", "p", "b", "a", "ul", "li"]
    (first, *_) = sign.find("p")[0].find("span")
    assert first.text == "Prosimo, hodite počasi."
    assert len(sign.find(class_="sxs-lookup")) == 3


def test_marks_keep_sentences_from_translation(garden: Path) -> None:
    catalog = pot(garden, "paths").read_text(encoding="utf-8")
    body = _body(garden, "sl-SI", "paths")
    for sentence in (
        "Nobody translates this sentence.",
        "Nor is this one. Or this.",
        "Nor this note.",
    ):
        assert sentence not in catalog
        (paragraph,) = [p for p in body.find("p") if p.text == sentence]
        assert not paragraph.find("span")
    assert "#. The pond is a small one." in catalog


def test_lookup_does_nothing_and_is_not_addressed(garden: Path) -> None:
    for page in PAGES:
        for lookup in _body(garden, "sl-SI", page).find(class_="sxs-lookup"):
            assert "hidden" in lookup.attributes
            assert not lookup.values("id")
            assert not lookup.values("href")
            assert {e.tag for e in lookup.walk()} <= {"span", "em", "strong", "s", "code", "br"}


def test_contents_hold_no_lookups(tmp_path: Path) -> None:
    """A table of contents inside an article is navigation."""
    article = "# One\n\n```{contents}\n```\n\n## Two\n\nText.\n\n## Three\n\nMore.\n"
    root = _translated(tmp_path, {"index.md": article}, {"Two": "Dva", "Three": "Tri"})
    _build(root)
    (contents,) = read_body(root / "out/index.html").find("nav", class_="contents")
    assert [link.text for link in plain(contents).find("a")][-2:] == ["Dva", "Tri"]
    assert not contents.find(class_="sxs-lookup")
    values = read_body(root / "out/index.html").values("data-ttu-id")
    assert len(values) == len(set(values))


def test_terms_of_a_glossary_are_found_from_translated_pages(garden: Path, tmp_path: Path) -> None:
    root = _translated(
        tmp_path,
        {"index.md": "# One\n\n```{glossary}\nRake\n  A comb.\n```\n\nTake the {term}`Rake`.\n"},
        {"Take the {term}`Rake`.": "Vzemi {term}`grablje <Rake>`."},
    )
    run = _build(root)
    assert _warnings(run) == []
    assert "#term-Rake" in read_body(root / "out/index.html").values("href")


def test_an_included_article_is_translated_where_it_is_shown(tmp_path: Path) -> None:
    """Its sentences keep the IDs of their own ledger on each page."""
    articles = {
        "index.md": "# One\n\nOwn words.\n\n```{include} parts/part.md\n```\n",
        "two.md": "---\norphan: true\n---\n# Two\n\n```{include} parts/part.md\n```\n",
        "parts/part.md": "---\norphan: true\n---\nShared part. It is *short*.\n",
    }
    root = _translated(tmp_path, articles, {"Own words.": "Lastne besede."})
    part = {"Shared part.": "Skupni del.", "It is *short*.": "Je *kratek*."}
    translate(po(root, "parts/part"), part)
    run = _build(root)
    assert _warnings(run) == []
    known = ids(pot(root, "parts/part"))
    for page in ("index", "two"):
        (span,) = read_body(root / f"out/{page}.html").find(data_ttu_id=known["Shared part."])
        assert span.text == "Skupni del."
    edit(po(root, "parts/part"), "Skupni del.", "Deljeni del.")
    assert _counts(_build(root)) == (0, 3, 0)


@pytest.mark.parametrize("stale", ["show", "source"])
def test_what_readers_see_of_a_stale_translation(tmp_path: Path, stale: str) -> None:
    root = _translated(
        tmp_path,
        {"index.md": "# One\n\nPour it slowly.\n"},
        {"Pour it slowly.": "Natočite počasi."},
        settings=f'[tool.bitext.language.sl-SI]\nstale = "{stale}"\n',
    )
    edit(root / "source/index.md", "Pour it slowly.", "Pour it very slowly.")
    succeed(root, "gettext")
    _build(root)
    identifier = ids(pot(root, "index"))["Pour it very slowly."]
    (span,) = read_body(root / "out/index.html").find(data_ttu_id=identifier)
    shown = (span.text, span.attributes.get("data-ttu-state"), span.attributes.get("lang"))
    expected = {
        "show": ("Natočite počasi.", "stale", None),
        "source": ("Pour it very slowly.", None, "en-US"),
    }
    assert shown == expected[stale]


def test_a_lookup_beside_a_stale_translation_is_the_current_english(tmp_path: Path) -> None:
    text = "# One\n\nPour it slowly.\n"
    root = _translated(tmp_path, {"index.md": text}, {"Pour it slowly.": "Natočite počasi."})
    edit(root / "source/index.md", "Pour it slowly.", "Pour it very slowly.")
    succeed(root, "gettext")
    _build(root)
    (lookup,) = read_body(root / "out/index.html").find(class_="sxs-lookup")
    assert lookup.text == "Pour it very slowly."


def test_a_strict_build_stays_red_until_the_catalog_is_mended(three: Path) -> None:
    write(po(three, "index"), po(three, "index").read_bytes()[:-8])
    for _ in range(2):
        run = bitext_process(three, "build", "-l", "sl-SI", "--strict")
        assert run.status == 1


# Languages without much


def _translated(
    root: Path,
    articles: Mapping[str, str],
    translations: Mapping[str, str],
    *,
    settings: str = "",
    configuration: str = 'project = "tiny"\nextensions = ["bitext"]\nhtml_theme = "classic"\n',
) -> Path:
    """Make a project with one catalog filled: that of ``index.md``."""
    make_project(root, articles, settings=settings, configuration=configuration)
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), translations)
    return root


ENGLISH_QUOTES = ('Shown "in English" here.', 'Say "yes".')


def test_smart_quotes_of_an_english_sentence_stay_english(tmp_path: Path) -> None:
    root = _translated(
        tmp_path,
        {"index.md": '# One\n\nShown "in English" here.\n\nSay "yes".\n'},
        {'Say "yes".': 'Reci "da".'},
    )
    _build(root, "out", "-D", "language=sl")
    body = read_body(root / "out/index.html")
    known = ids(pot(root, "index"))
    shown = [body.find(data_ttu_id=known[text])[0].text for text in ENGLISH_QUOTES]
    assert shown == ["Shown “in English” here.", "Reci „da“."]


def test_anchors_do_not_depend_on_typographic_replacements(tmp_path: Path) -> None:
    heading = "Why doesn't it... work?"
    root = _translated(
        tmp_path,
        {"index.md": f"# One\n\n## {heading}\n\nSee.\n"},
        {heading: "Zakaj ne deluje?"},
        settings='myst-extensions = ["smartquotes", "replacements"]\n',
    )
    _build(root, "sl")
    _build(root, "en", tag="en-US")
    english = read_body(root / "en/index.html").values("id")
    assert read_body(root / "sl/index.html").values("id") == english


@pytest.mark.parametrize(
    "heading",
    [
        "The `code` of *things* & more",
        "A [link](https://example.org) here",
        "Math $x$ in it",
        "Words {abbr}`HTML (HyperText)`",
        "Ünïcode and 日本",
        "A <b>tag</b>",
        "Same",
    ],
)
def test_anchor_of_a_heading_is_its_english(tmp_path: Path, heading: str) -> None:
    text = f"# One\n\n## {heading}\n\nText.\n\n## Same\n\nText.\n"
    root = _translated(
        tmp_path,
        {"index.md": text},
        {heading: f"Ž {heading}"},
        settings='myst-extensions = ["dollarmath"]\n',
        configuration='extensions = ["bitext"]\nhtml_theme = "classic"\nmyst_heading_anchors = 2\n',
    )
    _build(root, "sl")
    _build(root, "en", tag="en-US")
    assert skeleton(read_body(root / "sl/index.html")) == skeleton(
        read_body(root / "en/index.html")
    )


def test_rendering_a_title_twice_warns_once(tmp_path: Path) -> None:
    root = _translated(
        tmp_path,
        {"index.md": "# One\n\n## An {unknown}`x` role\n\nText.\n"},
        {"An {unknown}`x` role": "Vloga {unknown}`x`"},
    )
    (warning,) = _warnings(_build(root))
    assert "index.md:3: WARNING" in warning


def test_page_metadata_is_not_offered_for_translation(tmp_path: Path) -> None:
    """``:orphan:`` is Sphinx's word, not the reader's."""
    root = make_project(
        tmp_path,
        {"index.md": ":orphan:\n\n# One\n\nText.\n"},
        settings='myst-extensions = ["fieldlist"]\n',
    )
    succeed(root, "gettext")
    assert "orphan" not in ids(pot(root, "index"))


def test_shared_sentences_are_read_again_where_they_are_used(tmp_path: Path) -> None:
    """A page that takes a translation from the memory is read again when that one changes."""
    articles = {"index.md": "# One\n\nShared words.\n", "two.md": "# Two\n\nShared words.\n"}
    root = _translated(tmp_path, articles, {"Shared words.": "Skupne besede."})
    _build(root)
    assert "Skupne besede." in read_body(root / "out/two.html").text
    edit(po(root, "index"), "Skupne besede.", "Deljene besede.")
    run = _build(root)
    assert _counts(run) == (0, 2, 0)
    assert "Deljene besede." in read_body(root / "out/two.html").text


# Incremental and parallel


def _counts(run: Run) -> tuple[int, int, int]:
    """Return how many documents Sphinx says it added, changed and removed."""
    found = re.findall(r"(\d+) added, (\d+) changed, (\d+) removed", run.out)
    assert found, run.out
    added, changed, removed = map(int, found[-1])
    return added, changed, removed


THREE = {
    "index.md": "# One\n\nFirst words.\n\n```{toctree}\ntwo\nthree\n```\n",
    "two.md": "# Two\n\nSecond words.\n",
    "three.md": "# Three\n\nThird words.\n",
}


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Return a project of three articles, built in Slovenian."""
    root = _translated(tmp_path, THREE, {"First words.": "Prve besede."})
    assert _counts(_build(root)) == (3, 0, 0)
    return root


def test_nothing_changed_nothing_read(three: Path) -> None:
    assert _counts(_build(three)) == (0, 0, 0)


def test_one_changed_catalog_reads_one_article(three: Path) -> None:
    translate(po(three, "two"), {"Second words.": "Druge besede."})
    run = _build(three)
    assert _counts(run) == (0, 1, 0)
    assert re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", run.out)[-1].endswith("two")
    assert "Druge besede." in read_body(three / "out/two.html").text


def test_a_deleted_catalog_reads_one_article(three: Path) -> None:
    po(three, "index").unlink()
    assert _counts(_build(three)) == (0, 1, 0)
    assert "First words." in read_body(three / "out/index.html").text


def test_a_new_catalog_reads_one_article(three: Path) -> None:
    content = po(three, "index").read_bytes()
    po(three, "index").unlink()
    _build(three)
    write(po(three, "index"), content)
    assert _counts(_build(three)) == (0, 1, 0)
    assert "Prve besede." in read_body(three / "out/index.html").text


def test_a_mended_catalog_reads_one_article(three: Path) -> None:
    content = po(three, "index").read_bytes()
    write(po(three, "index"), content[:-8])
    assert len(_warnings(_build(three))) == 1
    write(po(three, "index"), content)
    run = _build(three)
    assert _counts(run)[1] == 1
    assert "Prve besede." in read_body(three / "out/index.html").text


def test_a_catalog_that_stays_broken_is_warned_of_again(three: Path) -> None:
    write(po(three, "two"), po(three, "two").read_bytes()[:-8])
    assert len(_warnings(_build(three))) == 1
    assert len(_warnings(_build(three, "out", "-E"))) == 1


def test_other_languages_catalogs_read_nothing(three: Path) -> None:
    write(three / "locale/de-DE/LC_MESSAGES/index.po", po(three, "index").read_bytes())
    assert _counts(_build(three)) == (0, 0, 0)


def test_parallel_equals_serial(tmp_path: Path) -> None:
    entries = "\n".join(f"row{number}" for number in range(8))
    articles = {"index.md": f"# Index\n\nShared words.\n\n```{{toctree}}\n{entries}\n```\n"}
    for number in range(8):
        heading = f"(label{number})=\n## Part *{'abcdefgh'[number]}*"
        words = "Shared words. See {ref}`label0`."
        articles[f"row{number}.md"] = f"# Row {number}\n\n{heading}\n\n{words}\n"
    root = _translated(tmp_path, articles, {"Shared words.": "Skupne besede.", "Index": "Kazalo"})
    for number in range(8):
        translate(po(root, f"row{number}"), {f"Row {number}": f"Vrsta {number}"})
    _build(root, "serial", "-E")
    _build(root, "parallel", "-E", "-j", "2")
    serial, parallel = snapshot(root / "serial"), snapshot(root / "parallel")
    pages = [path for path in serial if path.endswith((".html", ".js", ".inv"))]
    assert {path: parallel[path][1] for path in pages} == {path: serial[path][1] for path in pages}
    translate(po(root, "row3"), {"Part *d*": "Del *d*"})
    assert _counts(_build(root, "parallel", "-j", "2")) == (0, 1, 0)


# Behind, broken, hostile


def test_a_pot_behind_its_article_is_english_and_one_warning(three: Path) -> None:
    edit(
        three / "source/index.md", "First words.", "First words. Quite another matter. And a third."
    )
    before = snapshot(three / "locale")
    run = _build(three)
    (warning,) = _warnings(run)
    assert "index" in warning
    assert "sentences without an ID yet: 2" in warning
    assert "bitext gettext" in warning
    (paragraph,) = [p for p in read_body(three / "out/index.html").find("p") if "Prve" in p.text]
    assert "Quite another matter. And a third." in paragraph.text
    assert len([e for e in paragraph.walk() if "data-ttu-id" in e.attributes]) == 1
    assert snapshot(three / "locale") == before


def test_an_article_without_pot_is_english(three: Path) -> None:
    pot(three, "index").unlink()
    (warning,) = _warnings(_build(three))
    assert "without an ID yet" in warning
    assert "First words." in read_body(three / "out/index.html").text


@pytest.mark.parametrize("catalog", ["po", "pot"])
def test_a_broken_catalog_costs_one_page(three: Path, catalog: str) -> None:
    translate(po(three, "two"), {"Second words.": "Druge besede."})
    path = (po if catalog == "po" else pot)(three, "index")
    text = path.read_text(encoding="utf-8")
    write(path, text[: text.rindex('"')])
    run = _build(three, "out", "-E")
    (warning,) = _warnings(run)
    place = path.relative_to(three).as_posix()
    line = text.count("\n")
    assert re.search(rf"{re.escape(place)}:{line}:\d+: WARNING: ", warning)
    assert "shown in English" in warning
    body = read_body(three / "out/index.html")
    assert "First words." in body.text
    assert not body.find(class_="sxs-lookup")
    assert "Druge besede." in read_body(three / "out/two.html").text


def test_strict_build_of_a_broken_catalog_fails(three: Path) -> None:
    write(po(three, "index"), po(three, "index").read_bytes()[:-8])
    run = bitext_process(three, "build", "-l", "sl-SI", "--strict")
    assert run.status == 1
    assert "locale/sl-SI/LC_MESSAGES/index.po:" in run.text


UNTRUSTED = {
    "role": "{guilabel}`OK`",
    "download": "{download}`conf.py <../conf.py>`",
    "include": "{include}`../pyproject.toml`",
    "raw role": "{raw}`<b>x</b>`",
    "eval role": "{eval-rst}`x`",
    "substitution": "{{ secret }}",
    "jinja": "{{ ''.__class__.__mro__ }}",
    "script": "<script>alert(1)</script>",
    "handler": '<img src="x" onerror="alert(1)">',
    "closing tags": "</span></span><b>bold",
    "comment": "<!-- x -->",
    "declaration": "<!DOCTYPE html>",
    "javascript link": "[x](javascript:alert%281%29)",
    "javascript autolink": "<javascript:alert(1)>",
    "data link": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "file link": "[x](file:///etc/passwd)",
    "local link": "[x](other.md)",
    "label link": "[x](#anywhere)",
    "reference link": "[x][here]",
    "image": "![x](https://evil.example/x.png)",
    "local image": "![x](../secret.png)",
    "footnote": "x[^note]",
    "attributes": "[x]{#stolen .evil}",
    "inventory link": "<inv:#x>",
    "project link": "<project:other.md>",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """Return a project whose translations all try something, built, and what Sphinx said."""
    articles = {
        "index.md": "# One\n\n"
        + "\n\n".join(f"Sentence about {name} here." for name in UNTRUSTED)
        + "\n\n<p>Text in an HTML block.</p>\n\nA footnote[^note].\n\n[^note]: Its text.\n\n"
        + "[here]: https://example.org\n",
        "other.md": ":::{note}\nOther.\n:::\n",
    }
    root = _translated(
        tmp_path_factory.mktemp("hostile"),
        articles,
        {f"Sentence about {name} here.": text for name, text in UNTRUSTED.items()}
        | {"Text in an HTML block.": "Besedilo </p><script>alert(1)</script>"},
        settings=(
            'myst-extensions = ["colon_fence", "substitution", "attrs_inline", "html_image"]\n'
        ),
        configuration=(
            'extensions = ["bitext"]\nhtml_theme = "classic"\nsmartquotes = False\n'
            'myst_substitutions = {"secret": "TOP SECRET"}\n'
        ),
    )
    write(root / "secret.png", b"\x89PNG secret")
    run = _build(root, "sl")
    _build(root, "en", tag="en-US")
    return root, run


@pytest.mark.parametrize("name", UNTRUSTED)
def test_an_untrusted_translation_is_shown_as_text(hostile: tuple[Path, Run], name: str) -> None:
    root, run = hostile
    identifier = ids(pot(root, "index"))[f"Sentence about {name} here."]
    (span,) = read_body(root / "sl/index.html").find("span", data_ttu_id=identifier)
    assert span.children == [UNTRUSTED[name]]
    line = line_of(po(root, "index"), identifier)
    places = [f"locale/sl-SI/LC_MESSAGES/index.po:{line + more}:" for more in (0, 2)]
    warnings = [line for line in _warnings(run) if identifier in line]
    assert len(warnings) == 1, run.err
    assert any(place in warnings[0] for place in places)


def test_an_untrusted_translation_in_an_html_block_is_shown_as_text(
    hostile: tuple[Path, Run],
) -> None:
    root, run = hostile
    identifier = ids(pot(root, "index"))["Text in an HTML block."]
    (span,) = read_body(root / "sl/index.html").find("span", data_ttu_id=identifier)
    assert span.children == ["Besedilo </p><script>alert(1)</script>"]
    assert len([line for line in _warnings(run) if identifier in line]) == 1


def test_untrusted_translations_change_no_structure(hostile: tuple[Path, Run]) -> None:
    root, _ = hostile
    assert skeleton(read_body(root / "sl/index.html")) == skeleton(
        read_body(root / "en/index.html")
    )
    assert "TOP SECRET" not in (root / "sl/index.html").read_text(encoding="utf-8")
    assert not list((root / "sl").rglob("conf.py"))
    assert not list((root / "sl").rglob("secret.png"))


@pytest.mark.parametrize(
    "translation",
    [
        "# Naslov",
        "- alineja",
        "1. točka",
        "> navedek",
        "    koda",
        "a | b",
        "***",
        "[x]: y",
    ],
)
def test_a_translation_is_only_ever_inline(tmp_path: Path, translation: str) -> None:
    text = "# One\n\nA sentence.\n\n| A cell |\n| --- |\n| More words |\n"
    root = _translated(
        tmp_path, {"index.md": text}, {"A sentence.": translation, "More words": translation}
    )
    _build(root, "sl")
    _build(root, "en", tag="en-US")
    assert skeleton(read_body(root / "sl/index.html")) == skeleton(
        read_body(root / "en/index.html")
    )


# Real documentation

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "myst.tar.xz"
EXTENSIONS = (
    "colon_fence deflist dollarmath amsmath fieldlist substitution tasklist strikethrough"
    " attrs_inline attrs_block html_image linkify smartquotes replacements"
).split()
CORPUS_CONFIGURATION = '''\
project = "corpus"
extensions = ["{extension}"]
html_theme = "classic"
smartquotes = False
myst_heading_anchors = 4
{more}

from importlib.util import find_spec

from docutils import nodes
from docutils.parsers.rst import roles
from sphinx.util.docutils import SphinxDirective


class Box(SphinxDirective):
    """Stands in for a directive of an extension that is not installed."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = dict.fromkeys("open class color icon name gutter class-container".split(), str)

    def run(self):
        box = nodes.container()
        if self.arguments and self.name in ("tab-item", "dropdown"):
            title = nodes.paragraph()
            title += self.state.inline_text(self.arguments[0], self.lineno)[0]
            box += title
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


def setup(app):
    if find_spec("sphinx_design"):
        app.setup_extension("sphinx_design")
        return
    for name in ("tab-set", "tab-item", "dropdown", "div", "grid", "grid-item"):
        app.add_directive(name, Box)
    for name in ("fa", "fab", "fas"):
        roles.register_generic_role(name, nodes.literal)
'''
WITHOUT_DESIGN = ("{card}", "{grid-item-card}", "{button-", "{tab-item}", "{dropdown}")
"""What only sphinx-design renders."""
LOST = {
    "how-to/compute-pi-openmp": "the files of its literalinclude are not in the corpus",
    "spec/features": "the files of its literalinclude are not in the corpus",
    "tutorial/dependencies": "the files of its literalinclude are not in the corpus",
    "syntax/cross-referencing": "links to inventories that are not loaded lose their text in MyST",
}
"""Articles in which sentences of the POT have no span, for a cause outside of bitext."""


@pytest.fixture(scope="module", params=["fpm-docs/pages"])
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a real documentation built by MyST alone, in English, and in three languages."""
    if not CORPUS.is_file():
        pytest.skip(f"the corpus {CORPUS.name} is not there")
    root: Path = tmp_path_factory.mktemp("corpus")
    shutil.unpack_archive(CORPUS, root / "all", filter="data")
    shutil.move(root / "all/myst" / request.param, root / "source")
    for unneeded in (*(root / "source").rglob("*.py"), *(root / "source").rglob("_templates")):
        if unneeded.is_file():
            unneeded.unlink()
    extensions = json.dumps(EXTENSIONS)
    make_project(
        root,
        {},
        languages=("en-GB", "en-CA", "sl-SI"),
        settings=f"myst-extensions = {extensions}\n",
        configuration=CORPUS_CONFIGURATION.format(extension="bitext", more=""),
    )
    write(
        root / "plain/conf.py",
        CORPUS_CONFIGURATION.format(
            extension="myst_parser", more=f"myst_enable_extensions = {extensions}"
        ),
    )
    succeed(root, "gettext")
    succeed(root, "update")
    for path in sorted((root / "locale/en-GB").rglob("*.po")):
        translate_all(path)
    for path in sorted((root / "locale/sl-SI").rglob("*.po")):
        english = [text for text in ids(path) if text]
        translate(path, {text: f"Ž {text}" for text in english})
    assert bitext_process(root, "build", seconds=100).status == 0
    assert sphinx(root, "-q", "-c", "plain", "source", "build/html/plain").status == 0
    return root


def _articles(root: Path) -> Iterator[str]:
    for path in sorted((root / "source").rglob("*.md")):
        name = path.relative_to(root / "source").with_suffix("").as_posix()
        if (root / f"build/html/plain/{name}.html").is_file():
            yield name


@pytest.mark.parametrize("tag", ["en-US", "en-CA", "en-GB"])
def test_real_english_is_what_myst_alone_makes_of_it(corpus: Path, tag: str) -> None:
    names = list(_articles(corpus))
    assert len(names) > 20
    assert not [
        name
        for name in names
        if listing(_body(corpus, tag, name)) != listing(_body(corpus, "plain", name))
    ]


def test_translating_real_articles_changes_no_structure(corpus: Path) -> None:
    assert not [
        name
        for name in _articles(corpus)
        if skeleton(_body(corpus, "sl-SI", name)) != skeleton(_body(corpus, "plain", name))
    ]


def test_build_and_extraction_cut_real_articles_alike(corpus: Path) -> None:
    different: dict[str, list[str]] = {}
    for name in _articles(corpus):
        text = (corpus / f"source/{name}.md").read_text(encoding="utf-8")
        is_design = any(directive in text for directive in WITHOUT_DESIGN)
        if is_design and find_spec("sphinx_design") is None:
            continue
        if name in LOST or not pot(corpus, name).is_file():
            continue
        wanted = _spans_in_pot(pot(corpus, name))
        prefix = wanted[0].partition("-")[0] if wanted else ""
        shown = _body(corpus, "en-US", name).values("data-ttu-id")
        found = [identifier for identifier in shown if identifier.startswith(prefix)]
        if found != wanted:
            lost = [identifier for identifier in wanted if identifier not in found]
            different[name] = lost or ["the order, or one twice"]
    assert different == {}


def _spans_in_pot(path: Path) -> list[str]:
    """Return the IDs in a POT of sentences that a page shows in a span."""
    no_span = re.compile(r"#\. (front matter|alt text|caption: toctree|title: toctree)")
    parts = path.read_text(encoding="utf-8").rstrip("\n").split("\n\n")[1:]
    found = (
        re.search(r'^msgctxt "(.*)"$', part, re.MULTILINE)
        for part in parts
        if not no_span.match(part)
    )
    return [match[1] for match in found if match]
