"""Compare two sites: that of MyST alone, and ours in English. That of MyST is what is wanted."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sites import Element, listing, read_page


class Wanted(NamedTuple):
    """A difference that is meant."""

    what: str
    reason: str
    is_it: Callable[[str], bool]
    """Whether a line of a page's listing is the difference, on either side."""


WANTED = (
    Wanted(
        "<html lang>, and what themes make of it",
        "pages say their BCP 47 tag; MyST alone says Sphinx's name of the language",
        lambda line: bool(re.match(r'\s*<(html |meta .*name="docsearch:language")', line)),
    ),
    Wanted(
        "<meta name=description or keywords>",
        "front matter that is offered for translation reaches search engines",
        lambda line: bool(re.match(r'\s*<meta content=".*" name="(description|keywords)">', line)),
    ),
    Wanted(
        "links to other languages, to the page's sentences, to script and style",
        "the page is one of several that readers choose between",
        lambda line: bool(
            re.match(r'\s*<link href="[^"]*"( hreflang="[^"]*")? rel="alternate"', line)
            or re.match(r'\s*<(link|script) (href|src)="[^"]*_static/bitext\.', line)
        ),
    ),
    Wanted(
        "envversion in the search index",
        "extensions are named there, and ours is one",
        lambda line: line.startswith("envversion "),
    ),
)
"""All there are. The rest of each page, the search index and the inventory are equal."""


RANDOM = re.compile(r"equation-[0-9a-f]{8}-[0-9a-f-]{27}")
"""What MyST calls an ``amsmath`` equation without a label, anew in each build."""


class Mismatch(NamedTuple):
    """The first place where two files differ."""

    path: str
    wanted: str
    found: str


def find_mismatches(ours: Path, theirs: Path) -> Iterator[Mismatch]:
    """Yield the files of the site `ours` that are not what MyST alone made in `theirs`."""
    for path in sorted(theirs.rglob("*.html")):
        name = path.relative_to(theirs).as_posix()
        if not (ours / name).is_file():
            yield Mismatch(name, "a page", "none")
            continue
        yield from _compare(name, page_lines(ours / name), page_lines(path))
    extra = {p.relative_to(ours) for p in ours.rglob("*.html")}
    extra -= {p.relative_to(theirs) for p in theirs.rglob("*.html")}
    yield from (Mismatch(path.as_posix(), "no page", "one") for path in sorted(extra))
    for name, read in (("searchindex.js", search_lines), ("objects.inv", inventory_lines)):
        yield from _compare(name, read(ours / name), read(theirs / name))


def page_lines(path: Path) -> list[str]:
    """Return all of a page line by line, the wanted differences left out."""
    lines = (RANDOM.sub("equation", line) for line in listing(without_stamps(read_page(path))))
    return [line for line in lines if not any(each.is_it(line) for each in WANTED)]


def without_stamps(page: Element) -> Element:
    """Return a page without the check sums of its assets, which hold what was configured."""
    for element in page.walk():
        for name in ("href", "src"):
            if name in element.attributes:
                element.attributes[name] = re.sub(
                    r"(_static/[^?]*)\?(v|digest)=\w+", r"\1", element.attributes[name]
                )
    return page


def search_lines(path: Path) -> list[str]:
    """Return the search index, an entry a line, the wanted differences left out."""
    text = path.read_text(encoding="utf-8").strip()
    match = re.fullmatch(r"Search\.setIndex\((.*)\)", text, re.DOTALL)
    assert match
    index: dict[str, Any] = json.loads(match[1])
    lines = (
        f"{table} {key} {json.dumps(value[key] if isinstance(value, dict) else key)}"
        for table, value in sorted(index.items())
        for key in (sorted(value) if isinstance(value, dict) else [str(value)])
    )
    return [line for line in lines if not any(each.is_it(line) for each in WANTED)]


def inventory_lines(path: Path) -> list[str]:
    """Return the names that other sites can refer to."""
    content = path.read_bytes().split(b"\n", 4)[4]
    return zlib.decompress(content).decode().split("\n")


def _compare(name: str, found: list[str], wanted: list[str]) -> Iterator[Mismatch]:
    if found == wanted:
        return
    pairs = zip([*found, ""], [*wanted, ""], strict=False)
    first = next(((a, b) for a, b in pairs if a != b), ("more", "less"))
    yield Mismatch(name, first[1].strip(), first[0].strip())
