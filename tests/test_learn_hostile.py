"""A docset that anybody may have written: faults are told with their place, no text is lost."""

from __future__ import annotations

import json
import re
import resource
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bitext.errors import ArticleError
from bitext.markdown.learn.docfx import parse_docfx
from bitext.patterns import compile_patterns
from bitext.sphinx_ext.learn.faults import SUBTYPES
from forks import Run
from sites import TOOLS, bitext, bitext_process, make_project, po, read_body, succeed, translate

MATTER = "---\nzone_pivot_groups: system\n---\n"
ZONES = """\
# Page

::: zone pivot="windows"

Words of one.

::: zone-end

::: zone pivot="linux"

Words of two.

::: zone-end
"""
GROUPS = """\
groups:
- id: system
  prompt: Choose
  pivots:
  - id: windows
    title: Windows
  - id: linux
    title: Linux
"""


def _make(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    return make_project(folder / "p", files, settings='dialect = "learn"\n')


def _warnings(run: Run) -> list[str]:
    assert "Traceback" not in run.text
    return [line for line in run.err.split("\n") if "WARNING" in line]


@pytest.mark.parametrize("name", ["zone-pivot-groups.yml", "TOC.yml", "a/index.yml"])
def test_a_page_in_yaml_that_cannot_be_read_is_named_where_it_is_built(
    tmp_path: Path, name: str
) -> None:
    text = "### YamlMime:Landing\nitems:\n- name: [\n"
    root = _make(tmp_path, {"index.md": MATTER + ZONES, name: text})
    bitext(root, "gettext")
    lines = _warnings(bitext_process(root, "build", "-l", "en-US"))
    named = [line for line in lines if "it is not YAML" in line]
    assert named, lines
    assert all(re.search(rf"source/{name}:\d+: WARNING: it is not", line) for line in named), named
    text = read_body(root / "build/html/en-US/index.html").text
    assert "Words of one." in text
    assert "Words of two." in text


@pytest.mark.parametrize("content", ["{}".encode("utf-16"), b'{"a": "\xff"}'])
def test_settings_in_another_encoding(tmp_path: Path, content: bytes) -> None:
    root = _make(tmp_path, {"index.md": "# A\n", "docfx.json": content})
    run = bitext(root, "gettext")
    assert (run.status, run.err) == (
        2,
        "source/docfx.json: error: it is not UTF-8; save it as UTF-8\n",
    )


def _seconds(call: Callable[[], object]) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    call()
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before


def test_a_comment_that_does_not_end_costs_no_time() -> None:
    def read(count: int) -> None:
        with pytest.raises(ArticleError, match="not JSON"):
            parse_docfx('{"a": 1 ' + "/*" * count)

    assert _seconds(lambda: read(200_000)) < 2


NAMES = ["old words.md", "staro/čaj.md", f"{'y' * 300}.md", "a\0b.md", "index.html/c.md", "d.md"]


def test_a_page_that_moved_has_the_name_that_it_had(tmp_path: Path) -> None:
    moved = [{"source_path": name, "redirect_url": "https://example.org/x"} for name in NAMES]
    text = json.dumps({"redirections": moved})
    files = {"index.md": "# A\n", ".openpublishing.redirection.json": text}
    root = _make(tmp_path, files)
    succeed(root, "gettext")
    run = bitext_process(root, "build", "-l", "en-US")
    assert run.status == 0, run.text
    lines = _warnings(run)
    assert len(lines) == 3, lines
    for name in ("yyyy", "a.*b", "index.html/c"):
        assert sum(bool(re.search(f"redirection from {name}", line)) for line in lines) == 1, lines
    site = root / "build/html/en-US"
    for name in ("old words.html", "staro/čaj.html", "d.html"):
        assert "https://example.org/x" in (site / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        "</span><script>evil()</script>",
        "<img src=x onerror=evil()>",
        "[x](javascript:evil())",
        '" onload="evil()',
        "[!INCLUDE [x](index.md)]",
    ],
)
def test_a_translation_of_a_pivot_is_never_run(tmp_path: Path, words: str) -> None:
    root = _make(tmp_path, {"index.md": MATTER + ZONES, "zone-pivot-groups.yml": GROUPS})
    succeed(root, "gettext")
    succeed(root, "update")
    own = {"Windows": f"Okna {words}", "Choose": f"Izberi {words}"}
    translate(po(root, "zone-pivot-groups.yml"), own)
    run = bitext_process(root, "build", "-l", "sl-SI")
    assert "Traceback" not in run.text
    body = read_body(root / "build/html/sl-SI/index.html")
    assert "Words of one." in body.text
    for element in body.walk():
        assert not any(name.startswith("on") for name in element.attributes), element.attributes
        assert "javascript:" not in element.attributes.get("href", "")
    assert not [own for own in body.find("script") if "evil" in own.text]


def test_what_no_page_may_hold_is_on_none(tmp_path: Path) -> None:
    bad = "a\\u0000\\ud800b"
    files: dict[str, str | bytes] = {
        "docfx.json": f'{{"build": {{"xref": "m.json", "globalMetadata": {{"author": "{bad}"}}}}}}',
        "m.json": f'{{"references": [{{"uid": "u", "name": "{bad}", "href": "/{bad}"}}]}}',
        "index.md": f'---\nmonikerRange: "v\\0"\n---\n{ZONES}\n<xref:u>, @u, [words](xref:u)\n',
    }
    root = _make(tmp_path, files)
    succeed(root, "gettext")
    run = bitext_process(root, "build", "-l", "en-US")
    assert (run.status, run.err) == (0, "")
    page = (root / "build/html/en-US/index.html").read_text(encoding="utf-8")
    assert "\0" not in page
    assert 'name="author" content="a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b"' in page
    assert page.count(">a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b</a>") == 2


def test_a_file_of_pivots_is_read_once_for_all_pages(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {f"{name}.md": MATTER + ZONES for name in ("index", "b", "c")}
    root = _make(tmp_path, {**pages, "zone-pivot-groups.yml": "groups: [\n"})
    bitext(root, "gettext")
    lines = _warnings(bitext_process(root, "build", "-l", "en-US"))
    assert len([line for line in lines if "it is not YAML" in line]) == 1, lines
    path = root / "source/zone-pivot-groups.yml"
    path.write_text(GROUPS, encoding="utf-8")
    succeed(root, "gettext")
    assert _warnings(bitext_process(root, "build", "-l", "en-US")) == []
    site = root / "build/html/en-US"
    choices = [read_body(site / name).find("div", class_="learn-pivot") for name in _PAGES]
    assert [[own.text.strip() for own in found] for found in choices] == [["Windows", "Linux"]] * 3
    path.write_text(GROUPS.replace("Linux", "GNU"), encoding="utf-8")
    bitext_process(root, "build", "-l", "en-US")
    assert all("GNU" in read_body(site / name).text for name in _PAGES)
    for name in _PAGES:
        doctree = root / f"build/doctrees/html/en-US/{Path(name).stem}.doctree"
        assert b"b.md" not in doctree.read_bytes() or name == "b.html", "a page holds another one"


def test_the_guide_names_each_kind_of_warning() -> None:
    guide = (Path(__file__).parents[1] / "source/guide/learn.md").read_text(encoding="utf-8")
    sources = (TOOLS / "bitext/sphinx_ext/learn/redirections.py").read_text(encoding="utf-8")
    kinds = {*SUBTYPES.values(), "markup", *re.findall(r'subtype="(\w+)"', sources)}
    listed = next(line for line in guide.split("\n") if line.startswith("The kinds are"))
    assert set(re.findall(r"`learn\.(\w+)`", listed)) == kinds


def test_a_set_of_characters_holds_what_it_says() -> None:
    for pattern, name in (("[[a]", "["), ("[&&b]", "&"), ("[||~~b]", "~"), ("[a\\\\b]", "\\")):
        found = compile_patterns((pattern,))
        assert found is not None
        assert found.fullmatch(name), pattern


_PAGES = ("index.html", "b.html", "c.html")
