"""A docset of Microsoft's, built: what its constructs become, and what hostile ones do not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bitext.po import parse
from forks import Run
from sites import (
    Element,
    bitext,
    bitext_process,
    ids,
    make_project,
    plain,
    po,
    pot,
    read_body,
    read_page,
    skeleton,
    succeed,
    translate,
    write,
)

PICTURE = b"\x89PNG\r\n\x1a\n"
SETTINGS = """\
dialect = "learn"
[tool.bitext.learn]
base-path = "/docs"
link-locale = "page"
"""
ALL = """\
---
title: All of it
uid: Some.Thing
no-loc: [Blazor]
---
# All of it

> [!NOTE]
> A note of Blazor.

[!INCLUDE [shared](Includes/Shared.md)]

The product [!INCLUDE [name](includes/name.md)] is good.

[!code-csharp[Main](~/code/a.cs?name=Main)]

:::code language="csharp" source="code/a.cs" range="1" highlight="1":::

:::image type="content" source="media/a.png" alt-text="A dog":::

:::image type="complex" source="media/a.png" alt-text="A chart":::
   It rises.
:::image-end:::

Select :::image type="icon" source="media/a.png" alt-text="Save"::: now.

# [Windows](#tab/windows)

On Windows.

# [Linux](#tab/linux)

On Linux.

---

::: moniker range=">= a-2.0"

In version two.

::: moniker-end

::: zone pivot="mac"

On a Mac.

::: zone-end

:::row:::
   :::column span="2":::
      Left words.
   :::column-end:::
   :::column:::
      Right words.
   :::column-end:::
:::row-end:::

> [!VIDEO https://example.org/player]

> [!div class="nextstepaction"]
> [Next step](guide/more.md?view=a#second)

See <xref:Some.More>, [it](xref:Some.More) and @Some.More, not @type.
See [other](/dotnet/core), [own](/docs/guide/more) and [up](~/guide/MORE.md).

Use :::no-loc text="Razor"::: here :tada: with @"Some.More" and @"no such".

:::video source="https://example.org/embed" title="A tour":::

Watch :::video source="https://example.org/inline" title="a lesson"::: now.

```azurecli-interactive
az login {unclosed
```

%ProgramData%\\NuGet
"""
ARTICLES: Mapping[str, str | bytes] = {
    "TOC.yml": "- name: All of it\n  href: all.md\n- name: Guides\n  items:\n"
    "  - name: More *words*\n    href: guide/more.md\n  - name: Inner\n    href: guide/toc.md\n"
    "- name: Elsewhere\n  href: /dotnet/core\n",
    "guide/toc.md": "# [Third](third.md)\n## [Second](more.md#second)\n",
    "index.yml": "### YamlMime:Landing\n\ntitle: Start here\nsummary: Learn it all.\n"
    "metadata:\n  description: What it is.\nlandingContent:\n- title: First steps\n  linkLists:\n"
    "  - linkListType: overview\n    links:\n    - text: All of it\n      url: all.md\n",
    "other.yml": "key: no page\n",
    "drafts/a.md": "# Draft\n",
    "docfx.json": '{"build": {"content": [{"exclude": ["drafts/**", "**/includes/**"]}],'
    ' "globalMetadata": {"author": "nobody", "robots": "noindex"}}}',
    ".openpublishing.redirection.json": '{"redirections": [{"source_path": "old/more.md",'
    ' "redirect_url": "/docs/guide/more#second"}, {"source_path": "old/x.md", "redirect_url":'
    ' "/dotnet"}, {"source_path": "all.md", "redirect_url": "/docs/guide/more"},'
    ' {"source_path": "../../up.md", "redirect_url": "/dotnet"},'
    ' {"source_path": "old/y.md", "redirect_url": "javascript:x()"}]}',
    "untitled.md": "---\ntitle: A title\nauthor: somebody\n---\nOnly words.\n",
    "all.md": ALL,
    "guide/more.md": "---\nuid: Some.More\n---\n# More\n\n## Second\n\nBack to [all](../all.md).\n",
    "guide/third.md": "# Third\n\nWords.\n",
    "includes/shared.md": "Shared words. See [more](../guide/more.md).\n\n"
    "![A cat](../media/a.png)\n",
    "includes/name.md": "---\na: b\n---\nMega *Lamp*\n",
    "media/a.png": PICTURE,
    "code/a.cs": "// <Main>\nRun();\n// </Main>\n",
}


def _mark(english: str) -> str:
    return english + " Ž"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """Return the docset, English and translated, and what the build said."""
    root = make_project(tmp_path_factory.mktemp("docset") / "p", ARTICLES, settings=SETTINGS)
    succeed(root, "gettext")
    succeed(root, "update")
    for path in sorted((root / "locale/sl-SI").rglob("*.po")):
        translate(path, {text: _mark(text) for text in ids(path) if text})
    return root, bitext_process(root, "build", "--strict")


def _body(site: tuple[Path, Run], name: str, tag: str = "en-US") -> Element:
    return read_body(site[0] / f"build/html/{tag}/{name}.html")


def test_nothing_is_to_be_warned_of(site: tuple[Path, Run]) -> None:
    assert (site[1].status, site[1].err) == (0, "")


def test_constructs_are_shown(site: tuple[Path, Run]) -> None:
    body = _body(site, "all")
    (note,) = body.find("div", class_="note")
    assert note.text == "Note A note of Blazor."
    assert "Shared words. See more." in body.text
    assert "The product Mega Lamp is good." in body.text
    assert [own.text for own in body.find("div", class_="highlight")][:2] == ["Run();", "// <Main>"]
    assert sorted(image.attributes["alt"] for image in body.find("img")) == [
        *("A cat", "A chart", "A dog", "Save"),
    ]
    titles = [own.text for own in body.find("p", class_="learn-tab-title")]
    assert titles == ["Windows", "Linux"]
    assert body.values("data-id") == ["windows", "linux"]
    assert body.values("data-range") == [">= a-2.0"]
    assert body.values("data-pivot") == ["mac"]
    assert [own.text for own in body.find("div", class_="learn-column")] == [
        *("Left words.", "Right words."),
    ]
    assert "not @type." in body.text
    assert "%ProgramData%\\NuGet" in body.text
    assert "here \N{PARTY POPPER} with More and @" in body.text
    videos = {link.attributes["href"]: link.text for link in body.find("a")}
    assert videos["https://example.org/embed"] == "A tour"
    assert videos["https://example.org/inline"] == "a lesson"
    assert body.find("span", class_="notranslate")[0].text == "Razor"


def test_links_lead_somewhere(site: tuple[Path, Run]) -> None:
    links = {link.text: link.attributes["href"] for link in _body(site, "all").find("a")}
    assert links["Next step"] == "guide/more.html#second"
    assert links["other"] == "https://learn.microsoft.com/en-us/dotnet/core"
    assert links["own"] == links["up"] == links["more"] == links["More"] == "guide/more.html"
    local = {link.text: link.attributes["href"] for link in _body(site, "all", "sl-SI").find("a")}
    assert local["other"] == "https://learn.microsoft.com/sl-si/dotnet/core"


def test_an_included_article_has_no_page_and_its_own_ids(site: tuple[Path, Run]) -> None:
    root = site[0]
    assert not (root / "build/html/en-US/includes").exists()
    assert not (root / "build/html/en-US/other.html").exists()
    known = ids(pot(root, "includes/shared"))
    assert known["Shared words."] in _body(site, "all").values("data-ttu-id")
    local = _body(site, "all", "sl-SI")
    assert "Shared words. Ž" in plain(local).text
    assert "The product Mega Lamp Ž is good. Ž" in plain(local).text


def test_translating_changes_no_structure(site: tuple[Path, Run]) -> None:
    for name in ("all", "TOC", "index", "guide/toc", "guide/more"):
        english, local = skeleton(_body(site, name)), skeleton(_body(site, name, "sl-SI"))
        assert local.replace("/sl-si/", "/en-us/") == english


def test_every_sentence_is_seen_and_translated(site: tuple[Path, Run]) -> None:
    root = site[0]
    shown: set[str] = set()
    for path in sorted((root / "build/html/sl-SI").rglob("*.html")):
        shown.update(read_page(path).values("data-ttu-id"))
    for path in sorted((root / "locale/pot").rglob("*.pot")):
        for entry in parse(path.read_text(encoding="utf-8")).entries:
            is_spanned = not re.match("front matter|alt text", entry.extracted[0])
            if is_spanned and entry.msgid not in ("Mega *Lamp*",):
                assert entry.msgctxt in shown, entry.msgid


def test_a_table_of_contents_is_a_toctree_with_translated_titles(site: tuple[Path, Run]) -> None:
    contents = _body(site, "TOC", "sl-SI")
    items = [plain(item).text for item in contents.find("li")]
    assert items[1].startswith("Guides Ž More *words* Ž")
    assert contents.find("a", href="guide/more.html")
    start = _body(site, "index", "sl-SI")
    assert plain(start).text.startswith("Start here Ž")
    home = (site[0] / "build/html/sl-SI/genindex.html").read_text(encoding="utf-8")
    for words in ("Guides Ž", "More *words* Ž", "Inner Ž"):
        assert words in home
    inner = (site[0] / "build/html/sl-SI/guide/third.html").read_text(encoding="utf-8")
    assert "Third Ž" in inner


def test_pages_that_moved_lead_on(site: tuple[Path, Run]) -> None:
    folder = site[0] / "build/html/sl-SI"
    assert "url=../guide/more.html#second" in (folder / "old/more.html").read_text("utf-8")
    address = "https://learn.microsoft.com/sl-si/dotnet"
    assert f"url={address}" in (folder / "old/x.html").read_text("utf-8")
    assert "http-equiv" not in (folder / "all.html").read_text("utf-8")
    assert not (folder / "old/y.html").exists()
    assert not list(site[0].parent.rglob("up.html"))


def test_docfx_says_what_is_no_page_and_what_pages_say(site: tuple[Path, Run]) -> None:
    assert not pot(site[0], "drafts/a").exists()
    metas = {
        name: [
            (meta.attributes["name"], meta.attributes["content"])
            for meta in read_page(site[0] / f"build/html/sl-SI/{name}.html").find("meta")
            if "name" in meta.attributes
        ]
        for name in ("all", "untitled", "index")
    }
    assert {("author", "nobody"), ("robots", "noindex")} <= set(metas["all"])
    assert ("author", "somebody") in metas["untitled"]
    assert ("description", "What it is. Ž") in metas["index"]


def test_a_page_without_headings_has_the_title_of_its_front_matter(site: tuple[Path, Run]) -> None:
    body = _body(site, "untitled", "sl-SI")
    assert [own.text.rstrip("\N{PILCROW SIGN}") for own in body.find("h1")] == ["A title Ž"]
    assert "Only words. Ž" in plain(body).text


def test_catalogs_of_pages_in_yaml_are_their_own(site: tuple[Path, Run]) -> None:
    root = site[0]
    assert "Start here" in ids(pot(root, "index.yml"))
    assert "More \\*words\\*" in ids(pot(root, "TOC.yml"))
    succeed(root, "gettext", "--check")


def test_the_site_offers_all_of_its_words(site: tuple[Path, Run]) -> None:
    run = bitext(site[0], "check", "--site", "build/html", "--severity", "info")
    assert run.status == 0, run.text
    assert "not-offered" not in run.out, run.out


# Broken and hostile docsets


def _build(tmp_path: Path, articles: Mapping[str, str | bytes], settings: str = "") -> Run:
    articles = {"index.md": "# Start\n", **articles}
    root = make_project(tmp_path / "p", articles, settings=f'dialect = "learn"\n{settings}')
    assert bitext(root, "gettext").status == 0
    return bitext_process(root, "build", "-l", "sl-SI")


HOSTILE = {
    "an open zone": ('::: zone pivot="a"\n\nKept words.', "':::' that is not closed"),
    "a wrong end": (":::row:::\n:::column:::\nKept words.\n:::row-end:::", "':::' that is not"),
    "an end of nothing": ("Kept words.\n\n::: moniker-end", "':::' that closes nothing"),
    "a missing include": ("[!INCLUDE [Kept words](no.md)]", "included file that is not in"),
    "a missing include in a line": ("A [!INCLUDE [Kept words](no.md)].", "included file that is"),
    "an include of itself": (
        "Kept words.\n\n[!INCLUDE [x](index.md)]",
        "file that includes itself",
    ),
    "a cycle": ("Kept words.\n\n[!INCLUDE [x](a.md)]", "file that includes itself"),
    "a file outside": ("[!INCLUDE [Kept words](../../secret.md)]", "included file that is not"),
    "code outside": ("[!code-cs[Kept words](/docs/../conf.py)]", "code that is not in the docset"),
    "a missing region": ("[!code-cs[Kept words](a.cs#no)]", "code that is not in its file"),
    "an unknown block": (":::question\nKept words.", "line of ':::' that is not known"),
    "an unknown alert": ("> [!FOO]\n> Kept words.", "mark that is not known"),
    "tabs to the end": ("# [A](#tab/a)\n\nKept words.", "tabs that no rule"),
    "a missing image": ("![Kept words](no.png)", "image that is not in the docset"),
    "a missing page": ("[Kept words](no.md)", "link to a file that has no page"),
    "a missing anchor": ("[Kept words](#no)", "link to an anchor"),
    "a missing UID": ("[Kept words](xref:no)", "UID that no article has"),
    "a video of a script": ("Kept words.\n\n[!VIDEO javascript:x()]", "video that has no address"),
}


def test_hostile_constructs_are_one_warning_each_and_lose_no_text(tmp_path: Path) -> None:
    names = {name: f"h{number}" for number, name in enumerate(HOSTILE)}
    articles: dict[str, str | bytes] = {"a.md": "# A\n\n[!INCLUDE [x](b.md)]\n", "a.cs": "x\n"}
    articles["b.md"] = "[!INCLUDE [x](a.md)]\n\nIn b.\n"
    for name, (text, _) in HOSTILE.items():
        articles[f"{names[name]}.md"] = f"# H\n\n{text}\n".replace("index.md", f"{names[name]}.md")
    write(tmp_path / "secret.md", "Secret words.")
    run = _build(tmp_path, articles, '[tool.bitext.learn]\nbase-path = "/docs"\n')
    assert run.status == 0, run.text
    assert "Traceback" not in run.text
    lines = [line for line in run.err.split("\n") if "WARNING" in line]
    for name, (_, message) in HOSTILE.items():
        assert sum(message in line for line in lines) >= 1, name
        page = tmp_path / f"p/build/html/sl-SI/{names[name]}.html"
        assert "Kept words" in read_body(page).text, name
        assert "ecret words" not in page.read_text(encoding="utf-8")
    kinds = [re.sub(r".*?WARNING: (.*?): .*", r"\1", line) for line in lines]
    assert len(kinds) == len(set(kinds)), lines
    assert all(re.match(r"\S+\.md:[1-9]\d*: WARNING: ", line) for line in lines), lines


def test_a_file_that_a_link_leads_out_of_the_docset_to_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "secret.cs", "Secret words.")
    root = make_project(
        tmp_path / "p",
        {"index.md": "# A\n\n[!code-cs[Kept](s.cs)]\n"},
        settings='dialect = "learn"\n',
    )
    (root / "source/s.cs").symlink_to(tmp_path / "secret.cs")
    succeed(root, "gettext")
    run = bitext_process(root, "build", "-l", "sl-SI")
    assert run.err.count("code that is not in the docset") == 1
    assert "ecret" not in (root / "build/html/sl-SI/index.html").read_text(encoding="utf-8")


def test_a_table_of_contents_that_is_not_yaml_is_an_error_with_its_line(tmp_path: Path) -> None:
    root = make_project(
        tmp_path / "p", {"TOC.yml": "- name: A\n  href: [\n"}, settings='dialect = "learn"\n'
    )
    run = bitext_process(root, "gettext")
    assert run.status == 2
    assert re.match(r"source/TOC\.yml:\d+: error: it is not YAML", run.err), run.err


@pytest.mark.parametrize(
    "hostile",
    [
        "[!INCLUDE [x](includes/secret.md)]",
        ':::image source="media/b.png" alt-text="x":::',
        ':::image source="media/a.png" alt-text="x" link="https://evil.example":::',
        "@Some.Thing",
        "<xref:Some.Thing>",
        "[x](~/secret.md)",
        ':::no-loc text="x":::',
    ],
)
def test_a_translation_uses_only_what_its_english_has(tmp_path: Path, hostile: str) -> None:
    sentence = 'Select :::image source="media/a.png" alt-text="Save"::: now.'
    articles: dict[str, str | bytes] = {
        "index.md": f"---\nuid: Some.Thing\n---\n# A\n\n{sentence}\n",
        "includes/secret.md": "Secret words.\n",
        "secret.md": "# Other\n",
        "media/a.png": PICTURE,
        "media/b.png": PICTURE,
    }
    root = make_project(tmp_path / "p", articles, settings='dialect = "learn"\n')
    succeed(root, "gettext")
    succeed(root, "update")
    good = ':::image source="media/a.png" alt-text="Shrani":::'
    translate(po(root, "index"), {sentence: f"Izberite {good}. {hostile}"})
    run = bitext_process(root, "build", "-l", "sl-SI")
    assert "its English does not" in run.err, run.err
    body = read_body(root / "build/html/sl-SI/index.html")
    assert "Secret words" not in body.text
    assert body.find("img") == []
    translate(po(root, "index"), {sentence: f"Izberite {good}."})
    assert bitext_process(root, "build", "-l", "sl-SI").err == ""
    (image,) = read_body(root / "build/html/sl-SI/index.html").find("img")
    assert image.attributes["alt"] == "Shrani"


def test_a_page_is_built_anew_when_what_it_includes_changes(tmp_path: Path) -> None:
    articles = {"index.md": "# A\n\n[!INCLUDE [x](includes/b.md)]\n", "includes/b.md": "One.\n"}
    root = make_project(tmp_path / "p", articles, settings='dialect = "learn"\n')
    succeed(root, "gettext")
    bitext_process(root, "build", "-l", "sl-SI")
    write(root / "source/includes/b.md", "Another one.\n")
    bitext_process(root, "build", "-l", "sl-SI")
    assert "Another one." in read_body(root / "build/html/sl-SI/index.html").text


def test_a_site_without_a_first_page_begins_with_its_contents(tmp_path: Path) -> None:
    articles = {"a/toc.md": "# [A](b.md)\n", "Toc.yml": "- name: A\n  href: a/toc.md\n"}
    root = make_project(tmp_path / "p", articles | {"a/b.md": "# B\n"}, settings=SETTINGS)
    succeed(root, "gettext")
    run = bitext_process(root, "build", "--strict", "-l", "sl-SI")
    assert (run.status, run.err) == (0, "")
    folder = root / "build/html"
    assert 'href="Toc.html"' in (folder / "sl-SI/index.html").read_text("utf-8")
    assert "sl-SI/" in (folder / "index.html").read_text("utf-8")
    assert "a/toc.html" in (folder / "sl-SI/Toc.html").read_text("utf-8")
    assert 'href="b.html"' in (folder / "sl-SI/a/toc.html").read_text("utf-8")


def test_versions_that_are_not_built_are_left_out(tmp_path: Path) -> None:
    ranges = {">= b": "New", "a": "Old"}
    parts = (f'::: moniker range="{r}"\n\n{w}.\n\n::: moniker-end\n' for r, w in ranges.items())
    text = "\n".join(["# A\n", *parts])
    settings = '[tool.bitext.learn]\nmoniker = "b"\nmonikers = ["a", "b"]\n'
    _build(tmp_path, {"index.md": text}, settings)
    assert plain(read_body(tmp_path / "p/build/html/sl-SI/index.html")).text == "A¶ New."


def test_other_builders_show_the_same_words(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", ARTICLES, settings=SETTINGS)
    succeed(root, "gettext")
    run = bitext_process(root, "build", "-l", "sl-SI", "-b", "text", "--strict")
    assert (run.status, run.err) == (0, "")
    text = (root / "build/text/sl-SI/all.txt").read_text(encoding="utf-8")
    for words in ("Left words.", "On Linux.", "It rises.", "Shared words.", "On a Mac."):
        assert words in text
    for name in ("*>= a-2.0*", "*mac*"):
        assert name in text, "no style sheet names it"


def test_alt_text_between_sentences_is_translated(tmp_path: Path) -> None:
    text = (
        '# One\n\nClick <img src="a.png" alt="The &amp; gear"> to open <img src=b.png alt=Dog>.\n'
    )
    settings = 'dialect = "learn"\nsegmentation = "published"\n'
    root = make_project(tmp_path, {"index.md": text}, settings=settings)
    succeed(root, "gettext")
    succeed(root, "update")
    alts = {"The & gear": '"Zobnik" <b>', "Dog": "a onerror=x"}
    translate(po(root, "index"), {"Click": "Kliknite", "to open": "za odpiranje", **alts})
    run = bitext_process(root, "build", seconds=300)
    assert run.status == 0, run.text
    images = [
        element.attributes["alt"]
        for element in read_body(root / "build/html/sl-SI/index.html").walk()
        if element.tag == "img"
    ]
    assert images == list(alts.values())
