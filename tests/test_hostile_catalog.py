"""A hostile catalog: nothing runs, nothing is copied or added, no page breaks, one warning each."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest

from bitext.po import parse
from forks import Run
from fuzz import run_fuzz
from hostile import (
    HTML,
    HTML_STRINGS,
    MARKDOWN,
    PAYLOADS,
    SECRET,
    STRINGS,
    TAG,
    TERM,
    english_of,
    make_hostile,
    page_of,
    structure,
)
from sites import (
    AT_ONCE,
    SEPARATELY,
    Element,
    bitext,
    bitext_process,
    ids,
    line_of,
    po,
    read_body,
    read_page,
    sphinx,
)

KINDS = {"M": MARKDOWN, "H": {**HTML, **HTML_STRINGS}, "S": STRINGS}
HUGE = ("Paragraph words", "Heading words", "Tab words", TERM, *HTML, *HTML_STRINGS, *STRINGS)
"""A position of each kind."""


@pytest.fixture(scope="module", params=[AT_ONCE, SEPARATELY])
def built(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> tuple[Path, Run]:
    """Return a project with a page for each payload, built, and what the build said."""
    payloads = {name: payload.text for name, payload in PAYLOADS.items()}
    root = make_hostile(tmp_path_factory.mktemp("hostile"), payloads)
    run = bitext_process(root, "build", request.param)
    assert run.status == 0, run.text
    return root, run


def _page(root: Path, tag: str, name: str) -> Element:
    return read_page(root / f"build/html/{tag}/{page_of(name)}.html")


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_page_has_the_elements_of_the_english(built: tuple[Path, Run], name: str) -> None:
    root, _ = built
    english = structure(_page(root, "en-US", name))
    assert len(english) > 50
    assert structure(_page(root, TAG, name)) == english


@pytest.mark.parametrize("name", PAYLOADS)
def test_each_is_shown_as_text(built: tuple[Path, Run], name: str) -> None:
    root, _ = built
    known = ids(po(root, page_of(name), TAG))
    spans = {
        span.attributes["data-ttu-id"]: span.text
        for span in _page(root, TAG, name).walk()
        if "data-ttu-id" in span.attributes
    }
    payload = PAYLOADS[name]
    wanted = " ".join((payload.shown or payload.text).split())
    places = [text for text in MARKDOWN if text != "Image words"]
    if name != "deep":
        found = {text: spans[known[english_of(text, page_of(name))]] for text in places}
        assert found == dict.fromkeys(places, wanted)


@pytest.mark.parametrize("name", PAYLOADS)
def test_each_is_warned_of_once_with_its_line(built: tuple[Path, Run], name: str) -> None:
    root, run = built
    path = po(root, page_of(name), TAG)
    known = ids(path)
    for kind, texts in KINDS.items():
        for text in texts:
            identifier = known[english_of(text, page_of(name))]
            found = [line for line in run.err.split("\n") if f"{identifier}:" in line]
            assert len(found) == (kind in PAYLOADS[name].warned), (text, found)
            line = line_of(path, identifier) + 2
            place = f"{path.relative_to(root).as_posix()}:{line}: WARNING: {identifier}: "
            assert not found or place in found[0]


def test_nothing_else_is_said(built: tuple[Path, Run]) -> None:
    lines = [line for line in built[1].err.split("\n") if line]
    assert [line for line in lines if "[bitext.untrusted]" not in line] == []


def test_nothing_is_copied_or_let_out(built: tuple[Path, Run]) -> None:
    root, _ = built
    files = {tag: _files(root / "build/html" / tag) for tag in (TAG, "en-US")}
    assert files[TAG] == files["en-US"]
    for path in (root / "build/html/en-AU").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert SECRET not in text
        assert "uid=" not in text


def test_nothing_is_named_that_english_does_not_name(built: tuple[Path, Run]) -> None:
    root, _ = built
    ours, english = (root / f"build/html/{tag}" for tag in (TAG, "en-US"))
    assert _named(ours) == _named(english)
    texts = [read_body(folder / "genindex.html").text for folder in (ours, english)]
    below = [text.partition(" Index ")[2] for text in texts]  # the list of languages differs
    assert below[0] == below[1]
    assert below[0]
    indexes = [_search_index(folder) for folder in (ours, english)]
    for part in ("docnames", "filenames", "indexentries", "objects", "objnames", "objtypes"):
        assert indexes[0][part] == indexes[1][part]
    assert not {"TOP", "top"} & set(indexes[0]["terms"]), "the secret"


def _named(folder: Path) -> list[str]:
    """Return the names in ``objects.inv`` with their places, without the titles."""
    text = zlib.decompress((folder / "objects.inv").read_bytes().split(b"\n", 4)[4]).decode()
    return sorted(" ".join(line.split(" ")[:4]) for line in text.split("\n"))


def _search_index(folder: Path) -> dict[str, Any]:
    text = (folder / "searchindex.js").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    return found


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "arguments", [("check", "--severity", "info"), ("check", "--format", "json"), ("stats",)]
)
def test_a_terminal_gets_no_control_characters(
    built: tuple[Path, Run], arguments: tuple[str, ...]
) -> None:
    root, run = built
    text = bitext(
        root, *arguments, *(["--severity", "info"] if arguments == ("check",) else [])
    ).text
    for said in (text, run.text):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]", said)


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_other_builders(built: tuple[Path, Run], tmp_path: Path, builder: str) -> None:
    root, _ = built
    arguments = ("-b", builder, "-D", "bitext_language=en-AU", "-c", ".", "source", str(tmp_path))
    run = sphinx(root, "-q", *arguments)
    assert run.status == 0, run.text
    for path in tmp_path.rglob("*"):
        if path.suffix in (".txt", ".tex", ".xhtml", ".opf", ".ncx"):
            text = path.read_text(encoding="utf-8")
            assert SECRET not in text
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
            if path.suffix in (".xhtml", ".opf", ".ncx"):
                _is_well_formed(path)


def _is_well_formed(path: Path) -> None:
    from xml.etree import ElementTree

    text = path.read_text(encoding="utf-8")
    text = re.sub(r"<input ([^<>]*)>", r"<input \1/>", text)  # sphinx-design's, of each tab
    ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>|&(?!amp|lt|gt|quot|#)\w+;", "", text))


def test_a_huge_translation_is_shown_and_costs_no_time(tmp_path: Path) -> None:
    huge = {"letters": "ž" * 1_000_000, "brackets": "[" * 1_000_000}
    for name, text in huge.items():
        root = make_hostile(tmp_path / name, {name: text}, positions=HUGE)
        run = bitext_process(root, "build", "-l", TAG)
        assert run.status == 0
        assert run.err.count("1000000 characters") == len(HUGE)
        page = read_page(root / "build/html/en-AU/page000.html")
        assert text in page.text


def test_random_translations_bring_nothing(tmp_path: Path) -> None:
    """A short run of ``python -m tests.conformance fuzz``."""
    count, broken = run_fuzz(tmp_path, 1, pages=4)
    assert count > 300
    assert broken == []


def test_a_nul_is_named(built: tuple[Path, Run], tmp_path: Path) -> None:
    root = make_hostile(tmp_path, {"nul": "x"})
    path = po(root, "page000", TAG)
    path.write_bytes(path.read_bytes().replace(b'msgstr "x"', b'msgstr "x\0"', 1))
    run = bitext_process(root, "build", "-l", TAG)
    assert run.status == 0
    assert len([line for line in run.err.split("\n") if "page000.po:" in line]) == 1, run.err
    assert parse(po(root, "index", TAG).read_text(encoding="utf-8"))
