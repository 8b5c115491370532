"""Every construct on a built page: its sentences are those of the POT, and it stays what it is."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from articles import ALL_EXTENSIONS
from bitext.po import parse
from forks import Run
from sites import (
    Element,
    bitext_process,
    ids,
    listing,
    make_project,
    plain,
    po,
    pot,
    read_body,
    read_page,
    skeleton,
    sphinx,
    succeed,
    translate,
    translate_all,
    write,
)

DESIGN = "sphinx_design"
HAS_DESIGN = find_spec(DESIGN) is not None

DIRECTIVES = """\
# Directives

```{glossary}
Rake
  A comb. For leaves.

Spade : S
Shovel
  For holes. See {term}`Rake`.

`code`
  Rake
```

Take the {term}`Rake` or the {term}`Shovel`.

```{csv-table} Prices
:header: Name, "The *price*, in euro"

Apple, 1
"Pear, big", "one. Two"
```

```{list-table} Tools
:header-rows: 1

* - One
  - Two. Three.
* - Four
  - Five
```

```{epigraph}
To be. Or not.

-- Hamlet
```

```{line-block}
First *line*
  second line
```

```{sidebar} A title
:subtitle: Below *it*

Aside. Words.
```

```{contents} On this page
```

```{py:function} send(message)
Sends it. Then waits.

:param message: The *text*
```

```{hlist}
- Left
- Right
```

## Next

```{figure} a.png
:alt: A dog

A *caption*.

The legend.
```

Last words.
"""

INLINE = """\
---
title: Inline
myst:
  substitutions:
    name: the *lamp*
    box: |
      ```{note}
      Boxed words. Two.
      ```
  html_meta:
    "description lang=en": "What it is. In two."
    "property=og:title": A lamp
---
# Inline

A {{ name }} is bright. And {{ name }} again.

{{ box }}

{{ name }}

<p>Press <img src="a.png" alt="Save"> now. Then go.</p>

<p><img src="a.png" alt="A dog"></p>

[One](a.png "Its title")

<project:index.md>. See [](index.md).

- [ ] Do *it*.

> [!TIP]
> Text. Two.

<div class="admonition tip">
<p class="title">A *title*</p>
Inside. Two.
</div>

<img src="a.png" alt="A cat">

{attribution="Hamlet, *act 4*"}
> To be. Or not.

Last words.
"""

CARDS = """\
# Cards

::::{grid} 2
:::{grid-item-card} The title
:img-top: a.png
:img-alt: A dog
:link: index
:link-type: doc
:link-alt: Read more

The header
^^^
The body. Two.
+++
The footer
:::

:::{grid-item-card} Another
:header: A *header*
:footer: A footer

Words
:::
::::

`````{tab-set}
````{tab-item} *On* Linux
:::{dropdown} More. Text
```{note}
Deep.
```
:::
````
`````

```{button-ref} index
Go *there*
```

:::{article-info}
:author: Jane *Doe*
:date: "Jul 24, 2021"
:read-time: 5 min read
:::

Last words.
"""

ARTICLES = {
    "index": "# Start\n\n```{toctree}\ndirectives\ninline\n```\n\nWords.\n",
    "directives": DIRECTIVES,
    "inline": INLINE,
    **({"cards": CARDS} if HAS_DESIGN else {}),
}
NAMES = [
    *("index", "directives", "inline"),
    pytest.param(
        "cards", marks=pytest.mark.skipif(not HAS_DESIGN, reason="sphinx-design is not installed")
    ),
]
NO_SPAN = {"A dog", "A cat", "Read more", "Save", "the *lamp*"}
"""Sentences that stand in attributes, hidden text or other sentences."""

CONFIGURATION = f"""\
project = "constructs"
extensions = [{{extension!r}}{", 'sphinx_design'" if HAS_DESIGN else ""}]
suppress_warnings = ["design.card_legacy", "toc.not_included"]
html_theme = "classic"
{{more}}
"""


def _mark(english: str) -> str:
    """Return a translation that differs from its English in every text."""
    return english.replace('alt="Save"', 'alt="Shrani"') + " Ž"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """Return the constructs built by MyST alone, in English, with msgstr = msgid, translated."""
    extensions = [name for name in ALL_EXTENSIONS if name != "gfm_autolink"]
    root = make_project(
        tmp_path_factory.mktemp("constructs") / "project",
        {f"{name}.md": text for name, text in ARTICLES.items()},
        languages=("sl-SI", "en-GB"),
        settings=f"myst-extensions = {json.dumps(extensions)}\n",
        configuration=CONFIGURATION.format(extension="bitext", more="smartquotes = False"),
    )
    write(root / "source/a.png", b"\x89PNG\r\n\x1a\n")
    more = f"myst_enable_extensions = {extensions!r}\nsmartquotes = False"
    write(root / "plain/conf.py", CONFIGURATION.format(extension="myst_parser", more=more))
    succeed(root, "gettext")
    succeed(root, "update")
    for name in ARTICLES:
        translate_all(po(root, name, "en-GB"))
        translate(po(root, name), {text: _mark(text) for text in ids(po(root, name)) if text})
    run = bitext_process(root, "build", "--separately")
    sphinx(root, "-q", "-c", "plain", "source", "build/html/plain")
    return root, run


def _body(site: tuple[Path, Run], tag: str, name: str) -> Element:
    return read_body(site[0] / f"build/html/{tag}/{name}.html")


def test_nothing_is_to_be_warned_of(site: tuple[Path, Run]) -> None:
    assert (site[1].status, site[1].err) == (0, "")


def test_all_languages_at_once_make_the_same_sites(site: tuple[Path, Run]) -> None:
    build = ("build", "--verify", "-o", "once")
    run = bitext_process(site[0], *build, seconds=300)
    assert run.status == 0, run.text
    assert ": 0 differ" in run.out


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tag", ["en-US", "en-GB"])
def test_english_constructs_are_what_myst_alone_makes_of_them(
    site: tuple[Path, Run], tag: str, name: str
) -> None:
    assert listing(_body(site, tag, name)) == listing(_body(site, "plain", name))


@pytest.mark.parametrize("name", NAMES)
def test_translating_constructs_changes_no_structure(site: tuple[Path, Run], name: str) -> None:
    assert skeleton(_body(site, "sl-SI", name)) == skeleton(_body(site, "plain", name))


def _sentences(site: tuple[Path, Run], name: str) -> dict[str, str]:
    """Return the English of each sentence in the POT, by ID."""
    text = pot(site[0], name).read_text(encoding="utf-8")
    return {entry.msgctxt or "": entry.msgid for entry in parse(text).entries}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tag", ["en-US", "sl-SI"])
def test_constructs_are_cut_alike(site: tuple[Path, Run], tag: str, name: str) -> None:
    known = _sentences(site, name)
    matter = {"What it is.", "In two.", "A lamp"}
    title = [min(known)] if name == "inline" else []
    wanted = [key for key, text in known.items() if text not in NO_SPAN | matter]
    lamp = {key for key, text in known.items() if text == "the *lamp*"}
    found = set(_body(site, tag, name).values("data-ttu-id"))
    assert sorted(found - lamp) == sorted(set(wanted) - set(title))


@pytest.mark.parametrize("name", NAMES)
def test_every_translated_construct_is_shown(site: tuple[Path, Run], name: str) -> None:
    page = read_page(site[0] / f"build/html/sl-SI/{name}.html")
    shown = {*page.values("alt"), *page.values("content"), *page.values("title")}
    spans = {
        element.attributes["data-ttu-id"]: element.text
        for element in page.walk()
        if "data-ttu-id" in element.attributes
    }
    shown.update(element.text for element in page.walk())
    for identifier, english in _sentences(site, name).items():
        text = spans.get(identifier, "Ž")
        assert text.endswith("Ž"), english
        if identifier not in spans:
            assert any(_mark(english.replace("*", "")) in value for value in shown), english


def test_terms_register_under_their_english(site: tuple[Path, Run]) -> None:
    body = _body(site, "sl-SI", "directives")
    terms = [term.attributes.get("id") for term in body.find("dt")]
    assert terms[:4] == ["term-Rake", "term-Spade", "term-Shovel", "term-code"]
    shown = [plain(term).text.removesuffix("\N{PILCROW SIGN}") for term in body.find("dt")]
    assert shown[:4] == ["Rake Ž", "Spade Ž", "Shovel Ž", "code"]
    assert "#term-Rake" in body.values("href")
    index = read_page(site[0] / "build/html/sl-SI/genindex.html")
    assert {"Rake", "Spade", "Shovel"} <= {link.text for link in index.find("a")}


def test_a_substitution_in_a_sentence_is_part_of_it(site: tuple[Path, Run]) -> None:
    body = _body(site, "sl-SI", "inline")
    known = ids(pot(site[0], "inline"))
    (sentence,) = body.find(data_ttu_id=known["A {{ name }} is bright."])
    assert sentence.text == "A the lamp Ž is bright. Ž"
    assert not sentence.children[1:] or not sentence.find(data_ttu_id=known["the *lamp*"])
    assert [e.text for e in body.find(data_ttu_id=known["the *lamp*"])] == ["the lamp Ž"]


def test_metadata_is_translated(site: tuple[Path, Run]) -> None:
    page = read_page(site[0] / "build/html/sl-SI/inline.html")
    metas = {meta.attributes.get("content") for meta in page.find("meta")}
    assert {"What it is. Ž In two. Ž", "A lamp Ž"} <= metas


HOSTILE = '"><script>x()</script> {{ 7*7 }} {download}`x <../../conf.py>` <img src=x onerror=x()>'
HOSTILE_ARTICLE = """\
---
myst:
  substitutions:
    name: the lamp
  html_meta:
    "description": What it is
---
# One

```{glossary}
Rake
  A comb.
```

```{contents} On this page
```

```{csv-table} Prices
Apple, pear
```

```{line-block}
A line
```

A {{ name }} here.

<p><img src="a.png" alt="A dog"></p>

<img src="a.png" alt="A cat">

{attribution="Hamlet"}
> To be.
"""


def test_a_hostile_translation_of_any_construct_adds_nothing(tmp_path: Path) -> None:
    extensions = [name for name in ALL_EXTENSIONS if name not in ("gfm_autolink", "smartquotes")]
    root = make_project(
        tmp_path / "project",
        {"index.md": HOSTILE_ARTICLE},
        settings=f"myst-extensions = {json.dumps(extensions)}\n",
        configuration=CONFIGURATION.format(extension="bitext", more="smartquotes = False"),
    )
    write(root / "source/a.png", b"\x89PNG\r\n\x1a\n")
    succeed(root, "gettext")
    succeed(root, "update")
    known = [text for text in ids(po(root, "index")) if text]
    translate(po(root, "index"), dict.fromkeys(known, HOSTILE))
    run = bitext_process(root, "build")
    assert run.status == 0, run.text
    pages = {tag: root / f"build/html/{tag}/index.html" for tag in ("en-US", "sl-SI")}
    assert skeleton(read_body(pages["sl-SI"])) == skeleton(read_body(pages["en-US"]))
    local = read_page(pages["sl-SI"])
    assert not [script for script in local.find("script") if "x()" in script.text]
    assert local.values("onerror") == []
    assert "49" not in local.text
    assert not list((root / "build").rglob("_downloads/**/conf.py"))
