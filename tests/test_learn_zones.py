"""Zones have a choice of pivots, pages of a version say so, and no text is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bitext.markdown.learn.media import is_media
from bitext.markdown.learn.yaml_pages import yaml_to_markdown
from forks import Run
from sites import (
    Element,
    bitext,
    bitext_process,
    edit,
    ids,
    make_project,
    plain,
    po,
    pot,
    read_body,
    succeed,
    translate,
)

GROUPS = """\
# YamlMime:ZonePivotGroups
groups:
- id: system
  title: System
  prompt: Choose a system
  pivots:
  - id: windows
    title: Windows & more
  - id: linux
    title: Linux *BSD*
  - id: other
    title: None of them
- id: language
  title: Language
  pivots:
  - id: csharp
    title: "C#"
  - id: python
"""
MATTER = "---\nzone_pivot_groups: System, language\n---\n"
PAGE = """\
# Page

Words of all.

::: zone pivot="windows"

On Windows.

::: zone-end

::: zone pivot="linux,windows"

On both.

::: zone-end

[!INCLUDE [x](includes/part.md)]
"""
PART = """\
::: zone pivot="csharp"

In C#.

::: zone-end

::: zone pivot="python"

In Python.

::: zone-end
"""
ARTICLES = {
    "docfx.json": '{"build": {"content": [{"files": "**/*.md"}]}}',
    "zone-pivot-groups.yml": GROUPS,
    "index.md": MATTER + PAGE,
    "none.md": '# None\n\n::: zone pivot="mac"\n\nOn a Mac.\n\n::: zone-end\n',
    "includes/part.md": PART,
}


def _build(root: Path, *options: str) -> Run:
    assert bitext(root, "gettext").status == 0
    return bitext_process(root, "build", *(options or ("-l", "en-US")))


def _make(folder: Path, articles: Mapping[str, str]) -> Path:
    return make_project(folder, articles, settings='dialect = "learn"\n')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = _make(tmp_path_factory.mktemp("zones") / "p", ARTICLES)
    succeed(root, "gettext")
    succeed(root, "update")
    own = {"Choose a system": "Izberite sistem", "Windows & more": "Okna & več"}
    translate(po(root, "zone-pivot-groups.yml"), own)
    run = bitext_process(root, "build", "--strict")
    assert (run.status, run.err) == (0, "")
    return root


def _choices(body: Element) -> dict[str, list[str]]:
    """Return the links of each choice of a page, by its prompt."""
    found = (own.find("p") for own in body.find("div", class_="learn-pivots"))
    return {own[0].text: [words.text for words in own[1:]] for own in found}


def _body(root: Path, name: str = "index", tag: str = "en-US") -> Element:
    return read_body(root / f"build/html/{tag}/{name}.html")


def test_a_page_offers_the_pivots_that_it_has_in_the_order_of_their_group(site: Path) -> None:
    assert _choices(_body(site)) == {
        "Choose a system": ["Windows & more", "Linux *BSD*"],
        "Language": ["C#", "python"],
    }
    assert _choices(plain(_body(site, tag="sl-SI")))["Izberite sistem"][0] == "Okna & več"


def test_each_zone_has_its_name_and_is_led_to(site: Path) -> None:
    body = _body(site)
    zones = body.find("div", class_="learn-zone")
    assert [zone.attributes["data-title"] for zone in zones] == [
        *("Windows & more", "Linux *BSD*, Windows & more", "C#", "python"),
    ]
    first, *_ = _body(site, tag="sl-SI").find("div", class_="learn-zone")
    assert first.attributes["data-title"] == "Okna & več"
    links = [own.find("a")[0].attributes["href"] for own in body.find("div", class_="learn-pivot")]
    places = {own.attributes["id"] for own in body.walk() if "id" in own.attributes}
    assert {link.removeprefix("#") for link in links} <= places
    assert links[0] == "#zone-windows"


def test_the_choice_stands_between_title_and_words(site: Path) -> None:
    text = plain(_body(site)).text
    assert text.index("Page") < text.index("Choose a system") < text.index("Words of all.")


@pytest.mark.parametrize(
    "page", ["Words of all.\n\n## Later\n", "## Later\n\n# Page\n", "<!-- x -->\n\nWords.\n"]
)
def test_without_a_title_the_choice_comes_first(tmp_path: Path, page: str) -> None:
    text = f"{MATTER}{page}\n{PART}"
    root = _make(tmp_path / "p", {**ARTICLES, "index.md": text.replace("system, ", "")})
    _build(root)
    body = plain(_body(root)).text.removeprefix("Later¶ ")
    assert body.startswith("Language C# python")


def test_a_page_without_groups_has_no_choice_and_its_zone_its_name(site: Path) -> None:
    body = _body(site, "none")
    assert body.find("div", class_="learn-pivots") == []
    assert body.values("data-title") == ["mac"]


def test_what_names_pivots_is_translated_and_no_page(site: Path) -> None:
    assert set(ids(pot(site, "zone-pivot-groups.yml"))) == {
        *("Choose a system", "Windows & more", "Linux \\*BSD\\*", "None of them"),
        *("Language", "C#", "python"),
    }
    assert not list((site / "build/html").rglob("zone-pivot-groups*"))


def test_only_a_page_that_needs_it_loads_the_script(site: Path) -> None:
    pages = {
        path.stem: path.read_text("utf-8")
        for path in (site / "build/html/en-US").glob("*")
        if path.suffix == ".html"
    }
    assert {name for name, text in pages.items() if "bitext-learn.js" in text} == {"index", "none"}
    assert {name for name, text in pages.items() if "bitext-learn.css" in text} == {"index", "none"}


def test_a_change_of_a_pivot_reaches_its_pages(tmp_path: Path) -> None:
    root = _make(tmp_path / "p", ARTICLES)
    _build(root)
    edit(root / "source/zone-pivot-groups.yml", "Windows & more", "Windows 95")
    _build(root)
    assert _choices(_body(root))["Choose a system"][0] == "Windows 95"


HOSTILE = {
    "an unknown group": (GROUPS, MATTER.replace("System", "no"), "group of pivots that no file"),
    "no file": ("", MATTER, "group of pivots that no file names: System; 2 in all"),
    "an unknown pivot": (GROUPS.replace("id: linux", "id: l"), MATTER, "pivot that its group does"),
    "nothing in it": ("groups:\n", MATTER, "group of pivots that no file"),
    "other values": (
        "groups: [1, {id: [x]}, {title: x}]\n",
        MATTER,
        "group of pivots that no file",
    ),
    "markup": (GROUPS.replace("Windows & more", "</span><script>x()</script>"), MATTER, ""),
    "a number": (GROUPS, "---\nzone_pivot_groups: 3\n---\n", ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_is_lost(tmp_path: Path, name: str) -> None:
    groups, matter, message = HOSTILE[name]
    articles = {**ARTICLES, "index.md": matter + PAGE, "zone-pivot-groups.yml": groups}
    if not groups:
        del articles["zone-pivot-groups.yml"]
    root = _make(tmp_path / "p", articles)
    run = _build(root)
    assert run.status == 0, run.text
    lines = [line for line in run.err.split("\n") if "WARNING" in line]
    assert len(lines) == bool(message), run.err
    assert not message or message in lines[0]
    assert not message or lines[0].endswith("[learn.pivot]")
    text = _body(root).text
    assert all(words in text for words in ("On Windows.", "On both.", "In C#.", "In Python."))
    assert "<script>x()" not in (root / "build/html/en-US/index.html").read_text("utf-8")


def test_a_fault_in_an_included_zone_is_at_its_place(tmp_path: Path) -> None:
    part = ARTICLES["includes/part.md"].replace("python", "perl")
    run = _build(_make(tmp_path / "p", {**ARTICLES, "includes/part.md": part}))
    assert "includes/part.md:7: WARNING: pivot that its group does not have: perl" in run.err


def test_names_of_pivots_are_headings_at_their_lines() -> None:
    lines = yaml_to_markdown("a/Zone-Pivot-Groups.yml", GROUPS).split("\n")
    assert lines[4] == "# [Choose a system](<#system>)"
    assert [line for line in lines if line.startswith("##")][-2:] == [
        *("## [C#](<#csharp>)", "## [python](<#python>)"),
    ]


def test_a_page_of_text_has_names_and_no_choice(tmp_path: Path) -> None:
    root = _make(tmp_path / "p", ARTICLES)
    assert _build(root, "-l", "en-US", "-b", "text", "--strict").status == 0
    text = (root / "build/text/en-US/index.txt").read_text(encoding="utf-8")
    assert "*Windows & more*\n\nOn Windows." in text
    assert "Choose a system" not in text


# Versions of a page


VERSIONS = {
    "docfx.json": '{"build": {"fileMetadata": {"monikerRange": {"old.md": "< b"}}}}',
    "index.md": "---\nmonikerRange: '>= b'\n---\n# New\n\n::: moniker range='a'\n\nGone.\n",
    "old.md": "# Old\n\n::: moniker range='a'\n\nKept.\n\n::: moniker-end\n",
}


def test_a_page_says_its_versions_and_keeps_its_text_in_others(tmp_path: Path) -> None:
    settings = 'dialect = "learn"\n[tool.bitext.learn]\nmoniker = "b"\nmonikers = ["a", "b"]\n'
    articles = {**VERSIONS, "index.md": VERSIONS["index.md"] + "\n::: moniker-end\n"}
    root = make_project(tmp_path / "p", articles, settings=settings)
    run = _build(root, "-l", "en-US", "--strict")
    assert (run.status, run.err) == (0, "")
    new, old = _body(root), _body(root, "old")
    assert [own.attributes["data-range"] for own in new.find("div", class_="learn-versions")] == [
        ">= b"
    ]
    assert "Gone." not in new.text
    assert old.values("data-range") == ["< b", "a"]
    assert "Kept." in old.text


# Images that are played


@pytest.mark.parametrize(
    ("address", "is_played"),
    [
        ("https://www.youtube.com/watch?v=a", True),
        ("http://youtu.be/a", True),
        ("https://player.vimeo.com/video/1", True),
        ("https://www.youtube.com", False),
        ("https://notyoutube.com/watch?v=a", False),
        ("media/A.MP4", True),
        ("a.mp4.png", False),
        ("mp4", False),
        ("https://example.org/a.webm#t=3", True),
        ("http://[", False),
        ("javascript:a.mp4", True),
    ],
)
def test_media(address: str, is_played: bool) -> None:
    assert is_media(address) is is_played


def test_an_image_that_is_played_is_a_link(tmp_path: Path) -> None:
    text = "# A\n\n![A tour](https://youtu.be/a) and ![a film](~/m/A.mp4) or ![](m/a.mp3).\n\n"
    text += "![Lost](m/no.mp4) ![Evil](javascript:a.mp4)\n"
    root = _make(tmp_path / "p", {"index.md": text, "m/a.mp4": "x", "m/a.mp3": "x"})
    run = _build(root)
    assert run.err.count("WARNING") == 1
    assert "index.md:5: WARNING: video that is not in the docset: m/no.mp4" in run.err
    body = _body(root)
    links = {own.text: own.attributes["href"] for own in body.find("a", class_="learn-media")}
    assert links["A tour"] == "https://youtu.be/a"
    assert [name for name in links if name != "A tour"] == ["a film", "m/a.mp3"]
    for name in ("a film", "m/a.mp3"):
        assert (root / "build/html/en-US" / links[name]).is_file()
    assert body.find("img") == []
    assert "Lost" in body.text
    assert 'href="javascript' not in (root / "build/html/en-US/index.html").read_text("utf-8")
