"""What ``docfx.json`` says: which files are pages, and what their front matter leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bitext.errors import ArticleError, SettingsError
from bitext.markdown.learn.docfx import parse_docfx
from bitext.po import parse
from bitext.project import open_project
from sites import bitext_process, edit, make_project, pot, read_page, succeed

FILES = (
    *("index.md", "a/one.md", "a/drafts/two.md", "b/three.md", "b/inner/four.md"),
    *("includes/part.md", "b/includes/part.md", "README.md", "landing.yml"),
)
CONTENT = {
    "everything": ([{"files": ["**/*.md", "**/*.yml"]}], FILES),
    "nothing is said": ([{}], FILES),
    "a pattern alone": (["b/**"], ("b/three.md", "b/inner/four.md", "b/includes/part.md")),
    "braces": ([{"files": "*.{md,yml}"}], ("index.md", "README.md", "landing.yml")),
    "each set leaves out its own": (
        [{"files": "**/*.md", "exclude": ["b/**", "**/includes/**"]}, {"files": "b/inner/**"}],
        ("index.md", "a/one.md", "a/drafts/two.md", "b/inner/four.md", "README.md"),
    ),
    "a folder of its own": (
        [{"src": "A", "files": ["*.md"]}, {"cwd": "./b", "files": "**", "exclude": "inner/**"}],
        ("a/one.md", "b/three.md", "b/includes/part.md"),
    ),
    "other folders": (
        [{"src": "../else", "files": "**"}, {"src": ".", "files": "a/*"}],
        ("a/one.md",),
    ),
    "case says nothing": (
        [{"files": "**/*.MD", "exclude": ["readme.md", "B/**"]}],
        ("index.md", "a/one.md", "a/drafts/two.md", "includes/part.md"),
    ),
}


@pytest.mark.parametrize("name", CONTENT)
def test_pages(name: str) -> None:
    content, pages = CONTENT[name]
    docfx = parse_docfx(json.dumps({"build": {"content": content}}))
    assert tuple(path for path in FILES if docfx.is_page(path)) == pages


def test_what_is_no_page_is_no_article_but_an_included_file_is(tmp_path: Path) -> None:
    content = [{"files": "**/*.md", "exclude": ["b/**", "a/drafts/**", "**/includes/**"]}]
    articles = {path: "# Words\n" for path in FILES if path.endswith(".md")}
    docfx = {"docfx.json": json.dumps({"build": {"content": content}})}
    root = make_project(tmp_path, {**articles, **docfx}, settings='dialect = "learn"\n')
    project = open_project(root)
    kept = ("index.md", "a/one.md", "includes/part.md", "b/includes/part.md", "README.md")
    assert sorted(project.find_articles()) == sorted(kept)
    assert "a/drafts" in project.settings.exclude, "a folder is one pattern"


METADATA = """\
{
  // what docsets have in them
  "basePath": "/lamps/", /* and
  more */
  "build": {
    "globalMetadata": {"ROBOTS": "INDEX", "author": "// nobody", "flag": true,},
    "fileMetadata": {
      "author": {"a/**": "first", "**/drafts/*.md": "second", "A/one.md": "third"},
      "ms.topic": {"b/**/*.{md,yml}": "tutorial", "b/x.md": ["none"]},
    },
  },
}
"""


def test_the_later_of_two_values_holds_and_that_of_files_before_that_of_all() -> None:
    docfx = parse_docfx(METADATA)
    assert docfx.base_path == "/lamps"
    found = {path: docfx.find_metadata(path).get("author") for path in FILES[:3]}
    assert found == {"index.md": "// nobody", "a/one.md": "third", "a/drafts/two.md": "second"}
    assert docfx.find_metadata("b/inner/four.md") == {
        "robots": "INDEX",
        "author": "// nobody",
        "ms.topic": "tutorial",
    }


def test_pages_say_what_it_says_unless_they_do(tmp_path: Path) -> None:
    articles = {
        "docfx.json": METADATA,
        "index.md": "---\nRobots: NOINDEX\n---\n# Lamps\n\n[One](/lamps/a/one)\n",
        "a/one.md": "# One\n",
    }
    root = make_project(tmp_path, articles, settings='dialect = "learn"\n')
    succeed(root, "gettext")
    assert bitext_process(root, "build", "-l", "en-US").status == 0
    said = {}
    for name in ("index", "a/one"):
        page = read_page(root / f"build/html/en-US/{name}.html")
        metas = (meta.attributes for meta in page.find("meta"))
        said[name] = {own["name"]: own["content"] for own in metas if "name" in own}
    assert (said["index"]["robots"], said["index"]["author"]) == ("NOINDEX", "// nobody")
    assert (said["a/one"]["robots"], said["a/one"]["author"]) == ("INDEX", "third")
    assert 'href="a/one.html"' in (root / "build/html/en-US/index.html").read_text("utf-8")


def test_pages_of_which_it_says_something_else_are_made_anew(tmp_path: Path) -> None:
    articles = {"docfx.json": METADATA, "index.md": "# Lamps\n", "a/one.md": "# One\n"}
    root = make_project(tmp_path, articles, settings='dialect = "learn"\n')
    succeed(root, "gettext")
    assert bitext_process(root, "build", "-l", "en-US").status == 0
    doctrees = {
        name: root / f"build/doctrees/html/en-US/{name}.doctree" for name in ("index", "a/one")
    }
    before = {name: path.stat().st_mtime_ns for name, path in doctrees.items()}
    edit(root / "source/docfx.json", '"third"', '"fourth"')
    assert bitext_process(root, "build", "-l", "en-US").status == 0
    assert '"author" content="fourth"' in (root / "build/html/en-US/a/one.html").read_text("utf-8")
    read = {name for name, path in doctrees.items() if path.stat().st_mtime_ns != before[name]}
    assert read == {"a/one"}


NO_LOC = {
    "globalMetadata": {"No-Loc": ["Lamp", " Mega Lamp ", 3, ""]},
    "fileMetadata": {"no-loc": {"a/**": ["Candle"], "a/drafts/*.md": []}},
}


def test_words_that_stay_as_they_are_belong_to_files() -> None:
    docfx = parse_docfx(json.dumps({"build": NO_LOC}))
    assert docfx.find_kept("index.md") == ("Lamp", "Mega Lamp")
    assert docfx.find_kept("A/one.md") == ("Candle",)
    assert docfx.find_kept("a/drafts/two.md") == ()
    assert parse_docfx('{"build": {"globalMetadata": {"no-loc": "Lamp"}}}').find_kept("x") == (
        "Lamp",
    )


def _comments(root: Path, article: str) -> dict[str, tuple[str, ...]]:
    catalog = parse(pot(root, article).read_text(encoding="utf-8"))
    return {entry.msgid: entry.extracted for entry in catalog.entries}


def test_translators_are_told_of_them_and_told_anew(tmp_path: Path) -> None:
    words = "A Mega Lamp, a Candle.\n"
    articles = {
        "docfx.json": json.dumps({"build": NO_LOC}),
        "index.md": words,
        "a/one.md": words,
        "a/own.md": f"---\nno-loc: [A]\n---\n{words}",
    }
    root = make_project(tmp_path, articles, settings='dialect = "learn"\n')
    succeed(root, "gettext")
    found = {name: _comments(root, name)[words.strip()] for name in ("index", "a/one", "a/own")}
    assert found == {
        "index": ("paragraph", "not translated: Mega Lamp"),
        "a/one": ("paragraph", "not translated: Candle"),
        "a/own": ("paragraph", "not translated: A"),
    }
    edit(root / "source/docfx.json", '"Candle"', '"Mega"')
    assert "1 POT file changed" in succeed(root, "gettext")
    assert _comments(root, "a/one")[words.strip()][1] == "not translated: Mega"
    assert "0 POT files changed" in succeed(root, "gettext")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"build": {"content": [{"files": ["[z-a]"]}]}}',
        "[" * 100_000,
        '{"build": {"content": ["' + "{a,b}" * 20 + '"]}}',
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    articles = {"index.md": "# Lamp\n", "docfx.json": text}
    root = make_project(tmp_path, articles, settings='dialect = "learn"\n')
    with pytest.raises(SettingsError, match=r"docfx\.json"):
        open_project(root)


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "[]",
        "3",
        '{"build": [1]}',
        '{"build": {"content": 1}}',
        '{"build": {"content": [1, null, {"files": 3, "src": 4}]}}',
        '{"build": {"globalMetadata": [], "fileMetadata": {"a": 1}}}',
    ],
)
def test_values_of_other_kinds_say_nothing(text: str) -> None:
    try:
        docfx = parse_docfx(text)
    except ArticleError:
        raise AssertionError(text) from None
    assert (docfx.find_metadata("a.md"), docfx.base_path) == ({}, "")
