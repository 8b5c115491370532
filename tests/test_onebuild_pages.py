"""All languages at once: what pages say of their language is what plain Sphinx says."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bitext.po import parse
from bitext.settled import read_settled
from sites import (
    bitext_process,
    changes,
    edit,
    make_project,
    po,
    read_page,
    snapshot,
    succeed,
    translate,
    translate_all,
    write,
)

SLOW = 400.0
SITE = """
myst-extensions = ["dollarmath"]
[tool.bitext.site]
url = "https://lamp.example/docs/"
review = "https://tool.example/{lang}/{article}?line={line}"
"""
INDEX = """---
title: Lamp
description: How a lamp is switched on & off <now>.
keywords: [lamp, light]
---

# The lamp

It has a switch.[^why] See [](two.md), **all** of it.
A *soft* lamp costs $x < 3$ and `a < b`.\\
It ends here, <kbd>Ctrl</kbd> apart.

![A lamp](lamp.png)

A picture ![of it](lamp.png) stands here. ~~Not~~ 3 < 4 > 2.

<p>Plain words. More of them.</p>

[^why]: A note.

```{toctree}
two
```
"""
ARTICLES = {
    "index.md": INDEX,
    "two.md": "---\nms.translationtype: HT\n---\n# Two. Or more\n\nMore words.\nOther words.\n",
    "three.md": "---\norphan: true\n---\n# Three\n\nOne. Two. Three. Four.\n\n`A`. It is. `B`\n",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project in four languages, its catalogs half translated, some by machine."""
    languages = ("sl-SI", "ar-SA", "de-DE", "ja-JP")
    root = make_project(tmp_path / "lamp", ARTICLES, languages=languages, settings=SITE)
    write(root / "source/lamp.png", PNG)
    succeed(root, "gettext")
    succeed(root, "update")
    for tag, letter, end in (("sl-SI", "Ž", ""), ("ar-SA", "ع", ""), ("ja-JP", "日", "。")):
        for article in ("index", "two", "three"):
            path = po(root, article, tag)
            entries = parse(path.read_text(encoding="utf-8")).entries
            texts = [entry.msgid for number, entry in enumerate(entries) if number % 5 != 4]
            translate(path, {text: letter + text + end for text in texts}, fuzzy=texts[1:2])
            text = path.read_text(encoding="utf-8")
            stated = '\n"X-Bitext-ms.translationtype: MT\\n"\n\n'
            path.write_text(text.replace("\n\n", stated, 1), encoding="utf-8")
    return root


def build(root: Path, *more: str) -> str:
    """Build all languages at once, and compare with plain Sphinx."""
    run = bitext_process(root, "build", "--verify", *more, seconds=SLOW)
    assert run.status == 0, run.text
    assert ": 0 differ" in run.out
    return run.out


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_pages_say_what_plain_sphinx_lets_them_say(project: Path, theme: str) -> None:
    edit(project / "conf.py", "extensions", f"html_theme = {theme!r}\nextensions")
    tags = ("en-US", "sl-SI", "ar-SA", "ja-JP", "qps-ploc")
    said = build(project, *(word for tag in tags for word in ("-l", tag)))
    assert "two was" not in said
    assert "three was" not in said
    folder = project / "build/html"
    for tag in tags[1:]:
        page = (folder / tag / "index.html").read_text(encoding="utf-8")
        assert page.count('class="bitext-bar"') == 1
        assert f'<link rel="canonical" href="https://lamp.example/docs/{tag}/index.html"' in page
        assert (folder / tag / "index.segments.json").is_file()
    assert 'name="ms.translationtype" content="MT"' in (folder / "sl-SI/index.html").read_text()
    assert 'name="ms.translationtype" content="HT"' in (folder / "sl-SI/two.html").read_text()
    for name in ("index.html", "sitemap.xml"):
        other = project / "build/verify/html" / name
        assert (folder / name).read_bytes() == other.read_bytes()


def test_a_page_that_is_translated_further_changes_what_all_languages_offer(project: Path) -> None:
    build(project)
    before = snapshot(project / "build/html")
    entries = parse(po(project, "three").read_text()).entries
    translate(po(project, "three"), {entry.msgid: "Povsem novo." for entry in entries})
    said = build(project)
    assert "two was" not in said
    assert "three was" not in said
    after = snapshot(project / "build/html")
    written = {path for path in changes(before, after) if before[path][1] != after[path][1]}
    pages = {f"{tag}/three.html" for tag in ("en-US", "sl-SI", "ar-SA", "de-DE", "ja-JP")}
    beside = {f"sl-SI/{name}" for name in ("three.segments.json", "searchindex.js", "objects.inv")}
    assert written == pages | beside


def test_sentences_of_japanese_stand_together_as_plain_sphinx_lets_them(tmp_path: Path) -> None:
    articles = {
        "index.md": "# One. Two\n\nFirst. Second. `code`. Third.\nFourth.\n\n"
        "```{toctree}\nother\n```\n",
        "other.md": "# Other\n\nSee [](index.md). Last one. Not this.\n",
    }
    root = make_project(tmp_path / "wide", articles, languages=("ja-JP", "sl-SI"))
    succeed(root, "gettext")
    succeed(root, "update")
    japanese = {"First.": "一。", "Second.": "二。", "Third.": "三。", "Fourth.": "四。"}
    translate(po(root, "index", "ja-JP"), japanese | {"One.": "壱。", "Two": "弐"})
    other = {"See [](index.md).": "[](index.md)。", "Last one.": "終。", "Not this.": "Latin."}
    translate(po(root, "other", "ja-JP"), other)
    said = build(root)
    assert "index was" not in said
    assert "other was" not in said
    page = (root / "build/html/ja-JP/index.html").read_text(encoding="utf-8")
    assert "</span><span data-ttu-id" in page


def test_a_page_with_an_image_of_a_language_is_built_the_ordinary_way(project: Path) -> None:
    own = [project / f"source/lamp.{tag}.png" for tag in ("sl-SI", "en-US")]
    for path in own:
        write(path, PNG + b"1")
    said = build(project)
    for tag in ("sl-SI", "en-US"):
        shown = f"it shows lamp.{tag}.png"
        assert f"{tag}: index was built the ordinary way: {shown}\n" in said
    assert said.count("was built the ordinary way") == 2
    assert "lamp.png" in (project / "build/html/ar-SA/index.html").read_text()
    assert "lamp.sl-SI.png" in (project / "build/html/sl-SI/index.html").read_text()
    write(own[0], PNG + b"22")
    edit(project / "source/two.md", "More words.", "More words. ![A lamp](lamp.png)")
    assert "sl-SI: two was built the ordinary way: it shows" in build(project)
    own[1].unlink()
    edit(project / "source/two.md", " ![A lamp](lamp.png)", "")
    build(project)
    own[0].unlink()
    assert "ordinary way" not in build(project)
    assert not list((project / "build/html").rglob("lamp.sl-SI.png"))


def test_an_image_that_no_translation_shows_is_not_published(project: Path) -> None:
    write(project / "source/switch.png", PNG)
    edit(project / "source/two.md", "More words.", "More ![of them](switch.png) words.")
    assert "ordinary way" not in build(project)
    images = project / "build/html"
    assert {path.parts[-3] for path in images.rglob("switch.png")} == {"en-US", "de-DE"}
    succeed(project, "gettext")
    succeed(project, "update")
    translate(po(project, "two"), {"More ![of them](switch.png) words.": "![S](switch.png)."})
    build(project)
    assert (images / "sl-SI/_images/switch.png").is_file()


def test_images_of_a_language_with_one_name_are_named_by_plain_sphinx(project: Path) -> None:
    write(project / "source/more/lamp.png", PNG)
    edit(project / "source/two.md", "Other words.", "Other words.\n\n![A lamp](more/lamp.png)")
    assert "ordinary way" not in build(project)
    for path in ("lamp.sl-SI.png", "more/lamp.sl-SI.png"):
        write(project / "source" / path, PNG)
    shutil.rmtree(project / "build")  # Sphinx leaves images that it wrote before
    said = build(project)
    reason = "it has other images, and more than one is called lamp.sl-SI.png"
    assert f"sl-SI was built the ordinary way: {reason}" in said
    assert "ar-SA was" not in said


LINKED = """# One page. Only links and images

Write to [ann.b@lamp.example](mailto:ann.b@lamp.example), *or* [to *us*. It's
free](mailto:us@lamp.example?subject=a.b).
Don't ![press](lamp.png) "it" yet. It's ![*this* lamp](lamp.png) one's.
![a](lamp.png) & ![b](lamp.png).

[Add/Remove: lamps](two.md)

- [Lamps](two.md)
- [Lamps](https://lamp.example/)
"""
ROLES = """(roles)=
# Roles, and no more

Press {kbd}`Enter` or {kbd}`Ctrl+C`, then {guilabel}`Save as`, {kbd}`A`.
See {doc}`The second <two>`, {ref}`these roles <roles>` and {doc}`two`. See {ref}`all <all>` too.
"""
ODD_ROLES = """(all)=
# Odd ones

Press {kbd}`Ctrl+C` now. Select {guilabel}`&Save`. A {term}`lamp` is {abbr}`LED (a diode)`.
It is {menuselection}`File --> Open`. See {doc}`two` then. {ref}`Here it <all>` is.
{math}`x < 3` it is.

```{glossary}
lamp
  It gives light.
```
"""
ROLES_TRANSLATED = {
    "Press {kbd}`Enter` or {kbd}`Ctrl+C`, then {guilabel}`Save as`, {kbd}`A`.": (
        "{guilabel}`Speichern unter` & {kbd}`Ctrl+C`, {kbd}`日本`, {kbd}`B`, {guilabel}`Ende`."
    ),
    "See {doc}`The second <two>`, {ref}`these roles <roles>` and {doc}`two`.": (
        "Siehe {ref}`diese Rollen <roles>`, {doc}`two` und {doc}`Zwei <two>`."
    ),
    "See {ref}`all <all>` too.": "Siehe {ref}`alle Ümläute <all>`.",
    "Press {kbd}`Ctrl+C` now.": "{kbd}`Strg+C` jetzt.",
    "Select {guilabel}`&Save`.": "{guilabel}`S&ave` wählen.",
    "A {term}`lamp` is {abbr}`LED (a diode)`.": "{term}`Lampe <lamp>` ist {abbr}`LED (Diode)`.",
    "It is {menuselection}`File --> Open`.": "Es ist {menuselection}`Datei --> Auf`.",
    "{ref}`Here it <all>` is.": "{ref}`Hier 'das' <all>` ist es.",
    "{math}`x < 3` it is.": "{math}`x < 3` ist es.",
}
LINKS_TRANSLATED = {
    "Add/Remove: lamps": "An/Aus: Lampen, 'so' & mehr.",
    "Lamps": "Lampen/Leuchten",
    'Don\'t ![press](lamp.png) "it" yet.': 'Drück\' ![*p* & "q"](lamp.png) "sie" nicht.',
    "![a](lamp.png) & ![b](lamp.png).": "![c](lamp.png) und ![a](lamp.png) 'und' ![d](lamp.png).",
}
PLAIN = """# Title here. A second one

Plain words stand here. **Note:** bold comes first, *then* stress.
See [the site](https://lamp.example/a?b=1&c=2) and [the other](two.md) of them.
Set `a  <b>` in **Settings** \\> **More**, or don't. Quoted "words" here.
`Code`. It <em>is</em>. See ![no](lamp.png) light &amp; shade.
"""
TRANSLATED = {
    "Title here.": 'Der "Titel" hier.',
    "Plain words stand here.": "Klare Worte -- 3 < 4 & 'mehr'...",
    "**Note:** bold comes first, *then* stress.": "**Hinweis:** **fett**, *dann* `Code`.",
    "See [the site](https://lamp.example/a?b=1&c=2) and [the other](two.md) of them.": (
        "Siehe [die andere](two.md) und [die](https://lamp.example/a?b=1&c=2)."
    ),
    'Quoted "words" here.': "24. ist kein Datum, [es](https://elsewhere.example/) auch.",
    "It <em>is</em>.": "Es <em>ist</em> *so*.",
}


def test_catalogs_that_only_translate_are_shown_alike(tmp_path: Path) -> None:
    articles = {**ARTICLES, "index.md": f"{PLAIN}\n```{{toctree}}\ntwo\n```\n", "one.md": PLAIN}
    articles |= {"links.md": LINKED, "roles.md": ROLES, "odd.md": ODD_ROLES}
    root = make_project(tmp_path / "lamp", articles, languages=("de-DE", "ja-JP"))
    write(root / "source/lamp.png", PNG)
    succeed(root, "gettext")
    succeed(root, "update")
    known = TRANSLATED | LINKS_TRANSLATED | ROLES_TRANSLATED
    for article in ("index", "one", "two", "three", "links", "roles", "odd"):
        for tag, end in (("de-DE", ""), ("ja-JP", "。")):
            path = po(root, article, tag)
            entries = parse(path.read_text(encoding="utf-8")).entries
            texts = [entry.msgid for entry in entries]
            translate(path, {text: known.get(text, text) + end for text in texts})
            template = root / f"locale/pot/{article}.pot"
            assert read_settled(path.read_text("utf-8"), template.read_text("utf-8"))
    said = build(root)
    assert "links was" not in said
    assert "roles was" not in said


MAIL = {
    "alone": (
        "[Write](mailto:a@lamp.example)\n\n- [Ann](mailto:ann@lamp.example)",
        {"Write": "Piši. Nam@dom", "Ann": "*Ana* `a.b` c.d"},
    ),
    "aim": (
        "```{image} lamp.png\n:target: mailto:a@lamp.example\n:alt: A lamp\n```",
        {"A lamp": "Luč. 40 %40"},
    ),
    "inside": (
        "See [![it](lamp.png) us](mailto:a@lamp.example).",
        {"See [![it](lamp.png) us](mailto:a@lamp.example).": "![z.](lamp.png) luč."},
    ),
    "outside": (
        "See [us](mailto:a@lamp.example) ![it](lamp.png).",
        {"See [us](mailto:a@lamp.example) ![it](lamp.png).": "[![z.](lamp.png)](mailto:a@b.c)"},
    ),
    "heading": ("## [ann.b@lamp.example](mailto:ann.b@lamp.example)", {}),
    "nobody": ("See [us](mailto:us) and [you](mailto:you).", {}),
}
LOST = {
    "note": ("It is.[^why] See it.\n\n[^why]: A note.", {"It is.[^why]": "Je/ni."}),
    "math": ("It is $x$ here. See it.", {"It is $x$ here.": "Je."}),
}


def build_translated(root: Path, pages: Mapping[str, tuple[str, Mapping[str, str]]]) -> str:
    """Build pages, each of a text and what its sentences become, by name; return what is said."""
    index = "\n".join(["# Lamp\n\n```{toctree}", *pages, "```\n"])
    articles = {f"{name}.md": f"# The {name}\n\n{text}\n" for name, (text, _) in pages.items()}
    settings = 'myst-extensions = ["dollarmath"]\n'
    make_project(root, {"index.md": index, **articles}, settings=settings)
    write(root / "source/lamp.png", PNG)
    succeed(root, "gettext")
    succeed(root, "update")
    for name, (_, translations) in pages.items():
        translate_all(po(root, name))
        translate(po(root, name), translations)
    return build(root)


def test_what_docutils_hides_in_links_to_addresses_of_mail_is_hidden(tmp_path: Path) -> None:
    said = build_translated(tmp_path / "lamp", MAIL)
    assert "alone was" not in said
    assert "aim was" not in said
    assert "sl-SI: outside was built the ordinary way" in said


def test_a_page_that_lost_what_others_depend_on_is_built_the_ordinary_way(tmp_path: Path) -> None:
    said = build_translated(tmp_path / "lamp", LOST)
    for name in LOST:
        assert f"sl-SI: {name} was built the ordinary way" in said


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("pyproject.toml", "[tool.bitext]", '[tool.bitext]\ndialect = "learn"', "Microsoft Learn"),
        (
            "source/three.md",
            "orphan: true",
            "orphan: true\nms.contentlocale: sl-SI\nms.x: data-ttu-id=",
            "three.md holds its translation itself",
        ),
    ],
    ids=["learn", "side by side"],
)
def test_what_is_made_for_one_language_is_built_the_ordinary_way(
    project: Path, file: str, old: str, new: str, reason: str
) -> None:
    edit(project / file, old, new)
    edit(project / "pyproject.toml", 'myst-extensions = ["dollarmath"]\n', "")
    run = bitext_process(project, "build", seconds=SLOW)
    assert run.status == 0, run.text
    assert run.out.count(reason) == 5
    bars = read_page(project / "build/html/sl-SI/two.html").find(class_="bitext-bar")
    assert len(bars) == 1
