"""UIDs that no article has are found in the maps that ``docfx.json`` names, if they are files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bitext.errors import ArticleError
from bitext.markdown.learn.xref_maps import Reference, parse_xref_map
from forks import Run
from sites import bitext_process, edit, make_project, read_body, succeed

YAML = """\
### YamlMime:XRefMap
baseUrl: https://docs.example.org/api
references:
- uid: System.Uri
  name: Uri
  nameWithType: Uri
  fullName: System.Uri (class)
  href: System.Uri.html#top
- uid: System.String
  href: https://elsewhere.example.org/String
- uid: Evil
  href: javascript:x()
- uid: None
- 3
"""
JSON = json.dumps({"references": [{"uid": "Own", "name": "Own <b>", "href": "/dotnet/own"}]})


def test_a_map() -> None:
    known = parse_xref_map(YAML)
    assert known["system.uri"] == Reference(
        "https://docs.example.org/api/System.Uri.html#top",
        {"name": "Uri", "namewithtype": "Uri", "fullname": "System.Uri (class)"},
    )
    assert set(known) == {"system.uri", "system.string"}
    assert parse_xref_map(JSON)["own"].address == "/dotnet/own"


@pytest.mark.parametrize(
    "text", ["", "null", "3", "[]", "references: 3", "{}", "references: [[1]]"]
)
def test_a_map_of_nothing(text: str) -> None:
    assert parse_xref_map(text) == {}


@pytest.mark.parametrize("text", ["{", "a: [", '{"a": ' * 100_000, "[" * 10_000, "\0", "a: !!x b"])
def test_what_is_no_map(text: str) -> None:
    with pytest.raises(ArticleError):
        parse_xref_map(text)


ARTICLE = """\
# Page

See <xref:System.Uri>, <xref:system.uri?displayProperty=fullName> and [text](xref:System.String).

Or @System.Uri, @Unknown, @Own and <a href="xref:System.Uri">HTML</a>.
"""
NAMED = ["maps/xrefmap.yml", "https://example.org/xrefmap.yml", "maps/Own.json", "../up.yml"]


def _build(folder: Path, article: str, files: Mapping[str, str | bytes]) -> tuple[Path, Run]:
    docfx = {"docfx.json": json.dumps({"build": {"xref": NAMED}})}
    articles = {"index.md": article, **docfx, **files}
    root = make_project(folder / "p", articles, settings='dialect = "learn"\n')
    succeed(root, "gettext")
    return root, bitext_process(root, "build", "-l", "en-US")


def test_a_uid_is_a_link_with_its_name(tmp_path: Path) -> None:
    files = {"maps/xrefmap.yml": YAML, "maps/own.json": JSON}
    root, run = _build(tmp_path, ARTICLE, files)
    assert (run.status, run.err) == (0, "")
    uri = "https://docs.example.org/api/System.Uri.html#top"
    body = read_body(root / "build/html/en-US/index.html")
    found = [(own.text, own.attributes["href"]) for own in body.find("a") if own.text != "¶"]
    assert found == [
        ("Uri", uri),
        ("System.Uri (class)", uri),
        ("text", "https://elsewhere.example.org/String"),
        ("Uri", uri),
        ("Own <b>", "https://learn.microsoft.com/dotnet/own"),
        ("HTML", uri),
    ]
    assert "@Unknown" in body.text
    edit(root / "source/maps/xrefmap.yml", "name: Uri", "name: The Uri")
    assert bitext_process(root, "build", "-l", "en-US").err == ""
    assert "The Uri" in read_body(root / "build/html/en-US/index.html").text


def test_a_map_on_the_web_is_named_only_where_a_uid_is_not_found(tmp_path: Path) -> None:
    article = "# Page\n\n<xref:No> and [text](xref:Neither) and <xref:System.Uri>.\n"
    root, run = _build(tmp_path, article, {"maps/xrefmap.yml": YAML})
    (line,) = [line for line in run.err.split("\n") if "WARNING" in line]
    assert "index.md:3: WARNING: UID that no article has: Neither (not read: https://ex" in line
    assert "maps/Own.json, ../up.yml); 2 in all" in line
    assert "No and text and Uri." in read_body(root / "build/html/en-US/index.html").text


def test_a_map_that_cannot_be_read_is_named_once(tmp_path: Path) -> None:
    article = "# Page\n\n<xref:System.Uri> and <xref:Own>\n\n<xref:Own>\n"
    files = {"maps/xrefmap.yml": YAML, "maps/own.json": "{\n"}
    _, run = _build(tmp_path, article, files)
    lines = [line for line in run.err.split("\n") if "map of UIDs that cannot be read" in line]
    assert len(lines) == 1
    assert "source/maps/own.json:2: WARNING" in lines[0]
    assert lines[0].endswith("[learn.uid]")


def test_a_map_in_another_encoding_is_named(tmp_path: Path) -> None:
    _, run = _build(tmp_path, "# Page\n\n<xref:Own>\n", {"maps/own.json": b"\xff\xfe{\0"})
    assert "own.json:1: WARNING: map of UIDs that cannot be read: it is not UTF-8" in run.err


def test_a_file_outside_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p/up.yml").write_text(YAML, encoding="utf-8")
    _, run = _build(tmp_path, "# Page\n\n<xref:System.Uri>\n", {})
    assert "UID that no article has: System.Uri" in run.err
