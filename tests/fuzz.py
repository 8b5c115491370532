"""Random translations in a real build: no page may hold what its English does not.

A page without what its sentences hold is the English page. Each sentence holds elements of its
English, with the English attributes, and emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from articles import BLOCKS, INLINE
from bitext.po import parse
from echo import without_stamps
from hostile import (
    CONFIGURATION,
    EMPHASIS,
    EXTENSIONS,
    FREE_ATTRIBUTES,
    PAYLOADS,
    PICTURE,
    SECRET,
    TAG,
)
from sites import (
    Element,
    bitext_process,
    make_project,
    plain,
    po,
    quoted,
    read_page,
    succeed,
    write,
)

ENGLISH = (
    "Plain words",
    "A [link](other.md) and [web](https://example.org 'T')",
    "Bold <b title='t'>b</b> and <span class='x'>x</span> and <br>",
    "A {guilabel}`Save` and {ref}`words <genindex>`",
    "A {{ secret }} here",
    "Math $a$ and ~~struck~~",
    "An image ![alt](picture.png 't')",
    "A [span]{.red} and `code`",
    "Unpaired <i>here",
    "[Only a link](other.md)",
)
POSITIONS = (
    "{}",
    "- {}",
    "## {}",
    "> {}",
    "| {} |\n| --- |",
    "Term {}\n: x",
    ":::{{note}}\n{}\n:::",
    "<div><p>{}</p></div>",
    ":::{{admonition}} {}\nIt is so.\n:::",
    ":::{{figure}} picture.png\n{}\n:::",
    "Term\n: {}",
    "1. {}",
    "- [ ] {}",
    "> - {}\n>   1. a",
)
ACTIVE = frozenset({"script", "iframe", "object", "embed", "svg", "base"})
PIECES = (*INLINE, *BLOCKS, *(payload.text for payload in PAYLOADS.values()))
FRAGMENTS = "<>[](){}`*_$|\\&;:#\"'=!/~^\u202e\u2067\x1b\x00 \n".replace("\x00", "")


class Broken(NamedTuple):
    """A translation that did what it must not."""

    english: str
    translation: str
    what: str


def make_translation(random: Random, english: str) -> str:
    """Return something that a hostile or clumsy translator might write."""
    if random.random() < 0.5:
        return "".join(random.choices(PIECES, k=random.randint(1, 6)))
    text = english
    for _ in range(random.randint(1, 4)):
        place = random.randint(0, len(text))
        more = random.choice(PIECES) if random.random() < 0.5 else random.choice(FRAGMENTS)
        text = text[:place] + more + text[place + random.randint(0, 3) :]
    return text


def run_fuzz(root: Path, seed: int, *, pages: int) -> tuple[int, list[Broken]]:
    """Build `pages` pages of random translations; return how many there were and the broken."""
    random = Random(seed)
    _make(root, pages)
    wanted: dict[str, tuple[str, str]] = {}
    for number in range(pages):
        wanted |= _fill(po(root, f"page{number}", TAG), random)
    run = bitext_process(root, "build", seconds=300)
    broken = [
        Broken("", "", line)
        for line in run.err.split("\n")
        if line and "[bitext.untrusted]" not in line
    ]
    if run.status:
        return len(wanted), [Broken("", "", run.text[-2_000:])]
    for number in range(pages):
        english, ours = (
            read_page(root / f"build/html/{tag}/page{number}.html") for tag in ("en-US", TAG)
        )
        broken += (Broken(*wanted.get(key, ("", "")), what) for key, what in compare(english, ours))
    return len(wanted), broken


def _make(root: Path, pages: int) -> None:
    body = "\n\n".join(
        position.format(f"{text} {n}{m}")
        for n, position in enumerate(POSITIONS)
        for m, text in enumerate(ENGLISH)
        if text != ENGLISH[-1]
    )
    only = f"{ENGLISH[-1]}\n\n- {ENGLISH[-1]}"
    text = f"# Page\n\n{body}\n\n{only}\n\n[^1]: Note\n\n[X]: https://example.org\n"
    listed = ", ".join(f'"{name}"' for name in EXTENSIONS)
    make_project(
        root,
        {f"page{number}.md": f"---\norphan: true\n---\n{text}" for number in range(pages)}
        | {"index.md": "# Index\n", "other.md": "---\norphan: true\n---\n# Other\n"},
        languages=(TAG,),
        settings=f"myst-extensions = [{listed}]\n",
        configuration=CONFIGURATION,
    )
    write(root / "source/picture.png", PICTURE.read_bytes())
    succeed(root, "gettext")
    succeed(root, "update")


def _fill(path: Path, random: Random) -> dict[str, tuple[str, str]]:
    """Translate a catalog at random; return English and translation by segment ID."""
    wanted: dict[str, tuple[str, str]] = {}
    text = path.read_text(encoding="utf-8")
    for entry in parse(text).entries:
        translation = make_translation(random, entry.msgid)
        wanted[entry.msgctxt or ""] = (entry.msgid, translation)
        head, start, rest = text.partition(f'msgctxt "{entry.msgctxt}"\n')
        rest = rest.replace('\nmsgstr ""', f'\nmsgstr "{quoted_all(translation)}"', 1)
        text = head + start + rest
    write(path, text)
    return wanted


def quoted_all(text: str) -> str:
    """Return `text` as a PO string holds it, control characters too."""
    letters = {"\r": "\\r", "\t": "\\t", "\f": "\\f", "\v": "\\v"}
    return "".join(letters.get(character, character) for character in quoted(text))


def compare(english: Element, ours: Element) -> Iterator[tuple[str, str]]:
    """Yield (segment ID, what is wrong) for a page and that of its English."""
    english, ours = without_stamps(english), without_stamps(ours)
    allowed = {key: set(_held(span)) for key, span in _sentences(english)}
    for key, span in _sentences(ours):
        for line in _held(span):
            if line not in allowed.get(key, ()):
                yield key, f"brings {line}"
        if SECRET in span.text and "Plain" in span.text:
            yield key, "tells a secret"
    allowed[""] = {_shown(element) for element in english.walk()}
    for element in ours.walk():
        if element.tag in ACTIVE and _shown(element) not in allowed[""]:
            yield "", f"the page brings {_shown(element)}"
    frames = [list(_frame(page)) for page in (english, ours)]
    if frames[0] != frames[1]:
        pairs = zip(*frames, strict=False)
        first = next(((a, b) for a, b in pairs if a != b), ("less", "more"))
        yield "", f"the page has {first[1]!r} for {first[0]!r}"


def _sentences(page: Element) -> Iterator[tuple[str, Element]]:
    for element in page.walk():
        if "data-ttu-id" in element.attributes:
            yield element.attributes["data-ttu-id"], element


def _held(span: Element) -> Iterator[str]:
    """Yield the elements in a sentence, emphasis left out."""
    for child in plain(span).children:
        for element in child.walk() if isinstance(child, Element) else ():
            if not _is_emphasis(element):
                yield _shown(element)


_MADE_OF_TEXT = ({"class": "pre"}, {"class": "accelerator"})
"""Attributes of spans that Sphinx makes of code, and of ``&`` in the name of a button."""


def _is_emphasis(element: Element) -> bool:
    is_cloak = element.tag == "span" and not element.attributes  # docutils, of an "@" in a link
    return element.tag in EMPHASIS or is_cloak or element.attributes in _MADE_OF_TEXT


def _shown(element: Element) -> str:
    attributes = (
        name if name in FREE_ATTRIBUTES else f"{name}={value}"
        for name, value in sorted(element.attributes.items())
    )
    line = re.sub(r"\bid\d+\b", "id", " ".join([element.tag, *attributes]))
    return _WEB.sub("href=web", line).removesuffix(" title")


_WEB = re.compile(r"(?<=^a class=reference external )href=(?:https?|mailto):\S*", re.IGNORECASE)
"""Where a translation may point elsewhere than its English."""


def _frame(element: Element) -> Iterator[str]:
    """Yield the elements of a page outside of its sentences."""
    for child in element.children:
        if isinstance(child, str) or "sxs-lookup" in child.classes:
            continue
        if "data-ttu-id" in child.attributes:
            yield "sentence"
        elif child.classes[:2] == ["reference", "internal"]:  # its text may be a heading's
            yield _shown(child)
        elif not _is_emphasis(child) and child.tag != "script":  # none is needed without math
            yield _shown(child)
            yield from _frame(child)
            yield f"/{child.tag}"
