"""A hostile translator: what to try, where it may stand, and how to tell that it did nothing.

The oracle is the element tree: a page holds the elements of the English page with the English
attributes, whatever a catalog says. Emphasis and code are a translator's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bitext.po import parse
from echo import without_stamps
from sites import Element, make_project, plain, po, succeed, translate, write

TAG = "en-AU"
"""The language of the catalogs: one in which Sphinx says the same as in English."""

PICTURE = Path(__file__).resolve().parent / "projects/garden/source/tulips.png"

EMPHASIS = frozenset({"em", "strong", "code", "br"})
"""Elements that any translation may bring."""

FREE_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "content", "lang"})

MARKDOWN = {
    "Page title": "page title",
    "Paragraph words": "paragraph",
    "Heading words": "heading",
    "List words": "list item",
    "Head words": "table head",
    "Cell words": "table cell",
    "Term words": "term",
    "Definition words": "definition",
    "Link words": "link",
    "Image words": "image",
    "Quoted words": "quote",
    "Admonition words": "admonition title",
    "Body words": "admonition",
    "Caption words": "figure caption",
    "Code words": "code caption",
    "Footnote words": "footnote",
    "Value words": "field value",
    "Field words": "field name",
    "Glossed words": "glossary term",
    "Meaning words": "glossary definition",
    "Tab words": "tab title",
    "Tabbed words": "tab",
    "Dropdown words": "dropdown title",
    "Card words": "card title",
    "Header words": "card header",
    "Carded words": "card",
    "Footer words": "card footer",
    "Topic words": "topic title",
    "Sidebar words": "sidebar title",
    "Subtitle words": "sidebar subtitle",
    "Rubric words": "rubric",
    "Table words": "table title",
    "Listed words": "cell of a list table",
    "Sheet words": "cell of a CSV table",
    "Column words": "head of a CSV table",
    "Version words": "version",
    "Author words": "attribution",
    "Verse words": "line block",
    "Object words": "description of an object",
    "Alert words": "alert",
    "Boxed words": "title of an admonition in HTML",
    "Framed words": "admonition in HTML",
    "Substituted words": "substitution",
    "Second sentence here.": "second sentence",
}
HTML = {"Block words": "HTML block"}
HTML_STRINGS = {"Inner words": "alt text in an HTML block"}
STRINGS = {
    "Front keyword": "front matter keyword",
    "Shared words": "HTML metadata",
    "Drawn words": "image in HTML",
    "Pictured words": "image of a card",
    "Stretched words": "link over a card",
    "Front title": "front matter title",
    "Front description": "front matter description",
    "Alt words": "alt option",
    "Toctree words": "toctree caption",
    "Entry words": "toctree title",
}
POSITIONS = {**MARKDOWN, **HTML, **HTML_STRINGS, **STRINGS}
"""The English that stands in each position."""

TERM = "Glossed words"
"""The one that is of its own on each page, or Sphinx would find it twice."""

ARTICLE = """\
---
title: Front title
description: Front description
keywords: [Front keyword]
myst:
  html_meta:
    "property=og:title": Shared words
  substitutions:
    word: Substituted words
---
# Page title

Paragraph words

## Heading words

- List words

| Head words |
| --- |
| Cell words |

Term words
: Definition words

[Link words](other.md)

![Image words](picture.png)

> Quoted words

:::{admonition} Admonition words
Body words
:::

:::{figure} picture.png
:alt: Alt words

Caption words
:::

:::{code-block} python
:caption: Code words

x
:::

:::{toctree}
:caption: Toctree words

Entry words <other>
:::

<div><p>Block words</p></div>

The first stays. Second sentence here.

A footnote[^1].

[^1]: Footnote words

:Field words: Value words

:::{glossary}
Glossed words PAGE
  Meaning words
:::

::::{tab-set}
:::{tab-item} Tab words
Tabbed words
:::
::::

:::{dropdown} Dropdown words
x
:::

:::{card} Card words
:img-top: picture.png
:img-alt: Pictured words
:link: https://example.org
:link-alt: Stretched words

Header words
^^^
Carded words
+++
Footer words
:::

:::{topic} Topic words
x
:::

:::{sidebar} Sidebar words
:subtitle: Subtitle words

x
:::

:::{rubric} Rubric words
:::

:::{list-table} Table words
* - Listed words
:::

:::{csv-table}
:header: Column words

Sheet words
:::

:::{versionadded} 1.0 Version words
:::

:::{epigraph}
x

-- Author words
:::

:::{line-block}
Verse words
:::

:::{py:function} f()
:no-index:

Object words
:::

> [!NOTE]
> Alert words

<div class="admonition">
<p class="title">Boxed words</p>
Framed words
</div>

<img src="picture.png" alt="Drawn words" />

<p><img src="_images/picture.png" alt="Inner words" /></p>

{{ word }}
"""
EXTENSIONS = (
    *("alert", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist"),
    *("html_admonition", "html_image", "section_ref", "strikethrough", "substitution", "tasklist"),
)
CONFIGURATION = """\
extensions = ["bitext", "sphinx_design"]
html_theme = "classic"
smartquotes = False
latex_documents = []
myst_heading_anchors = 2
myst_substitutions = {"secret": "TOP SECRET"}
suppress_warnings = [
    "toc.multiple_toc_parents", "myst.strikethrough", "epub.duplicated_toc_entry", "ref.footnote",
    "design.card_legacy",
]
"""
SECRET = "TOP SECRET"


class Payload(NamedTuple):
    """A translation that tries something."""

    text: str

    warned: str = "MHS"
    """Where it is warned of: Markdown, HTML, strings."""

    shown: str = ""
    """What a page shows of it, if not its text."""


PAYLOADS = {
    # code
    "jinja": Payload("{{ cycler.__init__.__globals__.os.popen('id').read() }}"),
    "substitution": Payload("{{ secret }}"),
    "jinja block": Payload("{% set x = 1 %}"),
    "formats": Payload("%s %(a)d {} {0} $x %", ""),
    "eval role": Payload("{eval-rst}`x`"),
    # files
    "download": Payload("{download}`x <../../../outside.txt>`"),
    "include role": Payload("{include}`../pyproject.toml`"),
    "include fence": Payload("```{include} ../pyproject.toml"),
    "include colons": Payload(":::{include} ../pyproject.toml"),
    "local image": Payload("![x](../secret.png)"),
    "file link": Payload("[x](file:///etc/passwd)"),
    "source link": Payload("[x](../conf.py)"),
    # scripts
    "script": Payload("<script>alert(1)</script>"),
    "handler": Payload('<img src="x" onerror="alert(1)">'),
    "unclosed handler": Payload(
        "<img src=x onerror=alert(1) ", shown="<img src=x onerror=alert(1)"
    ),
    "svg": Payload("<svg/onload=alert(1)>"),
    "closing tags": Payload("</span></span><b>bold"),
    "end of comment": Payload("--><script>alert(1)</script>"),
    "end of title": Payload("</title></textarea><script>alert(1)</script>"),
    "end of attribute": Payload("\"'><script>alert(1)</script>"),
    "inside attribute": Payload('" onerror="alert(1)" \' onload=\'alert(1)', ""),
    "comment": Payload("<!-- x -->"),
    "open comment": Payload("x <!-- x"),
    "declaration": Payload("<!DOCTYPE html>"),
    "instruction": Payload("<?php x ?>"),
    "cdata": Payload("<![CDATA[x]]>"),
    "tag": Payload("<b>x</b>"),
    "entities": Payload("&lt;script&gt;alert(1)&lt;/script&gt;", "S", "<script>alert(1)</script>"),
    "twice escaped": Payload("&amp;lt;script&amp;gt;", "S", "&lt;script&gt;"),
    # links
    "javascript": Payload("[x](javascript:alert%281%29)"),
    "javascript in capitals": Payload("[x](JaVaScRiPt:alert%281%29)"),
    "javascript in entities": Payload(
        "[x](&#106;avascript&colon;alert(1))", shown="[x](javascript:alert(1))"
    ),
    "javascript with a tab": Payload(
        "[x](java\tscript:alert(1))", shown="[x](java script:alert(1))"
    ),
    "javascript with a line": Payload("[x](java&#10;script:alert%281%29)"),
    "javascript autolink": Payload("<javascript:alert(1)>"),
    "data": Payload("[x](data:text/html;base64,PHNjcmlwdD4=)"),
    "vbscript": Payload("[x](vbscript:x)"),
    "web": Payload("[x](https://evil.example)"),
    "autolink": Payload("<https://evil.example>"),
    "no scheme": Payload("[x](//evil.example)"),
    "anchor": Payload("[x](#anywhere)"),
    "image": Payload("![x](https://evil.example/x.png)"),
    "HTML in alt": Payload('![<b onclick="alert(1)">](picture.png)'),
    "HTML in title": Payload('[x](https://evil.example "<b onclick=alert(1)>")'),
    # constructs
    "role": Payload("{guilabel}`OK`"),
    "reference": Payload("{ref}`genindex`"),
    "target": Payload("(target)="),
    "attributes": Payload("[x]{.evil #stolen}"),
    "handler in attributes": Payload("[x]{onclick=alert(1)}"),
    "handler among attributes": Payload("[x]{.evil onclick=alert(1)}"),
    "attribute block": Payload("{onclick=alert(1)}"),
    "footnote": Payload("x[^1]"),
    "footnote text": Payload("[^1]: x"),
    "definition": Payload("[x]: https://evil.example"),
    "math": Payload("$\\href{javascript:alert(1)}{x}$", "M"),
    "section": Payload("x §1", "M"),
    "strikethrough": Payload("~~x~~"),
    "deep": Payload("*a " * 400 + "a*" * 400, "M"),
    "brackets": Payload("[^" * 300),
    # blocks
    "heading": Payload("# x"),
    "bullet": Payload("- x"),
    "plus": Payload("+ x"),
    "task": Payload("[ ] x", ""),
    "number": Payload("1. x"),
    "year": Payload("2024. x"),
    "quote": Payload("> x"),
    "rule": Payload("---"),
    "fence": Payload("```"),
    "colons": Payload(":::"),
    "break": Payload("+++"),
    "line comment": Payload("% comment"),
    "field": Payload(":field: x"),
    "bar": Payload("x | y", "M"),
    "lines": Payload("x\n\n# y\n\n- z", shown="x # y - z"),
    "name": Payload("x\nevil std:label -1 #evil -", "", "x evil std:label -1 #evil -"),
    "name as text": Payload("<b>x</b>\nevil std:label -1 #evil -"),
    "name in an entity": Payload("x&#10;evil std:label -1 #evil -", "MS"),
    "indented": Payload("    x", "", "x"),
    # marks
    "lone bold": Payload("**x"),
    "lone link": Payload("x](y"),
    "lone code": Payload("x ` y"),
    "backslash": Payload("x\\", ""),
    # characters
    "escape": Payload("\x1b[31mx\x1b]0;t\x07", shown="�[31mx�]0;t�"),
    "backspace": Payload("x\x08\x0c", shown="x��"),
    "next line": Payload("x\x85y", shown="x�y"),
    "line separator": Payload("x\u2028y", shown="x�y"),
    "override": Payload("x\u202ey", shown="x�y"),
    "isolate": Payload("x\u2067y", shown="x�y"),
    "pair": Payload("x\u2067y\u2069", ""),
    "override in entities": Payload("x&#x202e;y"),
    "noncharacter": Payload("x\uffffy", shown="x�y"),
}


def make_hostile(
    root: Path, payloads: Mapping[str, str], *, positions: Iterable[str] = POSITIONS
) -> Path:
    """Make a project with an article for each payload, which stands in these positions."""
    names = list(map(_name, range(len(payloads))))
    articles = {f"{name}.md": ARTICLE.replace("PAGE", name) for name in names}
    pages = "\n".join(name.removesuffix(".md") for name in articles)
    index = f"# Index\n\n:::{{toctree}}\n{pages}\n:::\n"
    listed = ", ".join(f'"{name}"' for name in EXTENSIONS)
    make_project(
        root,
        languages=(TAG,),
        articles={**articles, "index.md": index, "other.md": "# Other\n"},
        settings=f"myst-extensions = [{listed}]\n",
        configuration=CONFIGURATION,
    )
    write(root / "source/picture.png", PICTURE.read_bytes())
    write(root / "secret.png", PICTURE.read_bytes())
    succeed(root, "gettext")
    succeed(root, "update")
    for number, text in enumerate(payloads.values()):
        fill(po(root, _name(number), TAG), text, positions)
    return root


def _name(number: int) -> str:
    return f"page{number:03}"


def page_of(name: str) -> str:
    """Return the page on which a payload stands."""
    return _name(list(PAYLOADS).index(name))


def fill(path: Path, text: str, positions: Iterable[str]) -> None:
    """Translate each sentence that stands in one of `positions` by `text`."""
    known = {entry.msgid for entry in parse(path.read_text(encoding="utf-8")).entries}
    wanted = {english_of(position, path.stem) for position in positions}
    assert wanted <= known, wanted - known
    translate(path, dict.fromkeys(wanted, text))


def english_of(position: str, page: str) -> str:
    """Return the English of a position on a page."""
    return f"{position} {page}" if position == TERM else position


def structure(page: Element) -> list[str]:
    """Return a page's elements with their attributes, line by line; of free ones the names."""
    return list(_outline(plain(without_stamps(page)), 0))


def _outline(element: Element, depth: int) -> Iterator[str]:
    attributes = (
        name if name in FREE_ATTRIBUTES else f"{name}={value}"
        for name, value in sorted(element.attributes.items())
    )
    yield f"{'  ' * depth}{' '.join([element.tag, *attributes])}"
    yield from _below(element, depth + 1)


def _below(element: Element, depth: int) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            continue
        if child.tag in EMPHASIS or child.attributes == {"class": "pre"}:
            yield from _below(child, depth)
        else:
            yield from _outline(child, depth)
