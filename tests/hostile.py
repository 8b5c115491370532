"""A hostile translator: what to try, where it may stand, and how to tell that it did nothing.

The oracle is the element tree: a page holds the elements of the English page with the English
attributes, whatever a catalog says. Emphasis and code are a translator's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    "Second sentence here.": "second sentence",
}
HTML = {"Block words": "HTML block"}
STRINGS = {
    "Front title": "front matter title",
    "Front description": "front matter description",
    "Alt words": "alt option",
    "Toctree words": "toctree caption",
    "Entry words": "toctree title",
}
POSITIONS = {**MARKDOWN, **HTML, **STRINGS}
"""The English that stands in each position."""

ARTICLE = """\
---
title: Front title
description: Front description
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

:field: Value words
"""
EXTENSIONS = (
    *("attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist"),
    *("html_admonition", "html_image", "section_ref", "strikethrough", "substitution", "tasklist"),
)
CONFIGURATION = """\
extensions = ["bitext"]
html_theme = "classic"
smartquotes = False
latex_documents = []
myst_heading_anchors = 2
myst_substitutions = {"secret": "TOP SECRET"}
suppress_warnings = [
    "toc.multiple_toc_parents", "myst.strikethrough", "epub.duplicated_toc_entry", "ref.footnote"
]
"""
SECRET = "TOP SECRET"


class Payload(NamedTuple):
    """A translation that tries something."""

    text: str

    warned: str = "M"
    """Where it is warned of: Markdown, HTML, strings (``MHS``)."""

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
    "script": Payload("<script>alert(1)</script>", "MH"),
    "handler": Payload('<img src="x" onerror="alert(1)">', "MH"),
    "unclosed handler": Payload("<img src=x onerror=alert(1) ", "", "<img src=x onerror=alert(1)"),
    "svg": Payload("<svg/onload=alert(1)>", "H"),
    "closing tags": Payload("</span></span><b>bold", "MH"),
    "end of comment": Payload("--><script>alert(1)</script>", "MH"),
    "end of title": Payload("</title></textarea><script>alert(1)</script>", "MH"),
    "end of attribute": Payload("\"'><script>alert(1)</script>", "MH"),
    "inside attribute": Payload('" onerror="alert(1)" \' onload=\'alert(1)', ""),
    "comment": Payload("<!-- x -->", "MH"),
    "open comment": Payload("x <!-- x", "H"),
    "declaration": Payload("<!DOCTYPE html>", "MH"),
    "instruction": Payload("<?php x ?>", "MH"),
    "cdata": Payload("<![CDATA[x]]>", "MH"),
    "tag": Payload("<b>x</b>", "MH"),
    "entities": Payload("&lt;script&gt;alert(1)&lt;/script&gt;", "", "<script>alert(1)</script>"),
    "twice escaped": Payload("&amp;lt;script&amp;gt;", "", "&lt;script&gt;"),
    # links
    "javascript": Payload("[x](javascript:alert%281%29)"),
    "javascript in capitals": Payload("[x](JaVaScRiPt:alert%281%29)"),
    "javascript in entities": Payload(
        "[x](&#106;avascript&colon;alert(1))", "M", "[x](javascript:alert(1))"
    ),
    "javascript with a tab": Payload(
        "[x](java\tscript:alert(1))", "M", "[x](java script:alert(1))"
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
    "HTML in alt": Payload('![<b onclick="alert(1)">](picture.png)', "MH"),
    "HTML in title": Payload('[x](https://evil.example "<b onclick=alert(1)>")', "MH"),
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
    "math": Payload("$\\href{javascript:alert(1)}{x}$"),
    "section": Payload("x §1"),
    "strikethrough": Payload("~~x~~"),
    "deep": Payload("*a " * 400 + "a*" * 400),
    # blocks
    "heading": Payload("# x"),
    "bullet": Payload("- x"),
    "plus": Payload("+ x"),
    "task": Payload("[ ] x", ""),
    "number": Payload("1. x", ""),
    "year": Payload("2024. x", ""),
    "quote": Payload("> x", "M"),
    "rule": Payload("---"),
    "fence": Payload("```"),
    "colons": Payload(":::"),
    "break": Payload("+++"),
    "line comment": Payload("% comment"),
    "field": Payload(":field: x"),
    "bar": Payload("x | y"),
    "lines": Payload("x\n\n# y\n\n- z", "", "x # y - z"),
    "indented": Payload("    x", "", "x"),
    # marks
    "lone bold": Payload("**x"),
    "lone link": Payload("x](y"),
    "lone code": Payload("x ` y"),
    "backslash": Payload("x\\", ""),
    # characters
    "escape": Payload("\x1b[31mx\x1b]0;t\x07", "MHS", "�[31mx�]0;t�"),
    "backspace": Payload("x\x08\x0c", "MHS", "x��"),
    "next line": Payload("x\x85y", "MHS", "x�y"),
    "line separator": Payload("x\u2028y", "MHS", "x�y"),
    "override": Payload("x\u202ey", "MHS", "x�y"),
    "isolate": Payload("x\u2067y", "MHS", "x�y"),
    "pair": Payload("x\u2067y\u2069", ""),
    "override in entities": Payload("x&#x202e;y", "MH"),
    "noncharacter": Payload("x\uffffy", "MHS", "x�y"),
}


def make_hostile(root: Path, payloads: Mapping[str, str]) -> Path:
    """Make a project with an article for each payload, which stands in all its positions."""
    articles = {f"{_name(number)}.md": ARTICLE for number in range(len(payloads))}
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
        fill(po(root, _name(number), TAG), text)
    return root


def _name(number: int) -> str:
    return f"page{number:03}"


def page_of(name: str) -> str:
    """Return the page on which a payload stands."""
    return _name(list(PAYLOADS).index(name))


def fill(path: Path, text: str) -> None:
    """Translate each sentence that stands in a position by `text`."""
    known = {entry.msgid for entry in parse(path.read_text(encoding="utf-8")).entries}
    assert set(POSITIONS) <= known, set(POSITIONS) - known
    translate(path, dict.fromkeys(POSITIONS, text))


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
