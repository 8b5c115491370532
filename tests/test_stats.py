"""``bitext stats``: change since a revision, and badges."""

from __future__ import annotations

import gc
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from bitext.checks import CheckReport
from bitext.commands.check import run_check
from bitext.commands.stats import run_stats
from bitext.commands.views import LanguageView
from bitext.coverage import Coverage, LanguageCoverage
from bitext.model import State
from bitext.project import Project, open_project
from bitext.reports.badge import make_badge
from bitext.reports.coverage import coverage_markdown
from sites import bitext, edit, make_project, po, succeed, translate, write
from test_git import commit, git, refresh

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ARTICLES = {"a.md": "# One\n\nTwo words.\n", "sub/b.md": "# Three\n\nFour five.\n"}
DONE = {"One": "Ena", "Two words.": "Dve besedi."}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "project", ARTICLES)
    git(root, "init", "-q", "-b", "main")
    write(root / ".gitignore", ".bitext_cache/\n")
    refresh(root)
    translate(po(root, "a"), DONE)
    commit(root)
    return root


def _stats(root: Path, *arguments: str) -> dict[str, Any]:
    found = json.loads(succeed(root, "stats", "--format", "json", *arguments))
    language: dict[str, Any] = found["languages"][0]
    return language


def _change(root: Path, name: str = "HEAD") -> list[str]:
    """Return the column of changes: the language's, then each article's."""
    out = succeed(root, "stats", "--articles", "--since", name)
    head, *rows = [line.split() for line in out.rstrip("\n").split("\n")]
    assert head[:2] == ["language,", "article"]
    return [row[3] for row in rows]


def _table(text: str) -> list[list[str]]:
    """Return the cells of a table, as a reader of Markdown shows them."""
    html = MarkdownIt("commonmark").enable("table").render(text)
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


@needs_git
def test_a_table_for_a_pull_request(root: Path) -> None:
    edit(root / "pyproject.toml", "[tool.bitext]", "[tool.bitext]\ncheck.min-coverage = 99")
    translate(po(root, "sub/b"), {"Four five.": "Štiri pet."})
    asked = ("stats", "--format", "markdown", "--articles", "--since", "main")
    head, language, *articles = _table(succeed(root, *asked))
    assert head[:4] == ["language, article", "words", "%", "change"]
    assert language[:4] == ["<strong>sl-SI</strong>", "6", "83.3", "+33.3"]
    assert [row[0] for row in articles] == ["<code>a.md</code>", "<code>sub/b.md</code>"]
    assert all(len(row) == len(head) for row in (language, *articles))
    plain = _table(succeed(root, "stats", "--format", "markdown", "-q"))
    assert [row[0] for row in plain] == ["language", "<strong>sl-SI</strong>"]


def test_an_odd_path_breaks_no_table() -> None:
    coverage = Coverage({State.STALE: 2}, {State.STALE: 1})
    odd = LanguageCoverage("sl-SI", {"a|`b`/<i>*c*.md": coverage}, 0)
    text = coverage_markdown(CheckReport([], [odd]), by_article=True)
    head, _, row = _table(text)
    assert (len(row), row[0]) == (len(head), "<code>a|`b`/&lt;i&gt;*c*.md</code>")


@needs_git
def test_nothing_changed(root: Path) -> None:
    assert _change(root) == ["+0.0"] * 3
    found = _stats(root, "--since", "main")
    before = found.pop("before")
    assert before == found == _stats(root)


@needs_git
def test_translations_are_a_change(root: Path) -> None:
    translate(po(root, "sub/b"), {"Four five.": "Štiri pet."})
    assert _change(root) == ["+33.3", "+0.0", "+66.7"]
    found = _stats(root, "--since", "HEAD")
    assert found["before"]["total"]["words"]["translated"] == 3
    assert found["total"]["words"]["translated"] == 5


@needs_git
def test_new_english_is_a_change_too(root: Path) -> None:
    edit(root / "source/a.md", "Two words.", "Two words. Three more words.")
    assert _change(root)[1] == "-50.0"
    succeed(root, "gettext")
    assert _change(root)[1] == "-50.0"


@needs_git
def test_articles_come_and_go(root: Path) -> None:
    write(root / "source/c.md", "# New\n")
    (root / "source/sub/b.md").unlink()
    refresh(root)
    assert _change(root) == ["+25.0", "+0.0", "new"]
    found = _stats(root, "--since", "HEAD")
    assert set(found["before"]["articles"]) == {"a.md", "sub/b.md"}


@needs_git
def test_a_language_that_was_not_there(root: Path) -> None:
    edit(root / "pyproject.toml", '["sl-SI"]', '["sl-SI", "de-DE"]')
    refresh(root)
    translate(po(root, "a", "de-DE"), {"One": "Eins"})
    out = succeed(root, "stats", "--since", "HEAD", "-l", "de-DE")
    assert "+16.7" in out


@needs_git
def test_an_unknown_revision_is_an_error(root: Path) -> None:
    run = bitext(root, "stats", "--since", "nonsense")
    assert (run.status, run.out) == (2, "")
    assert "git knows no commit 'nonsense'" in run.err


def test_complete_articles_are_counted(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", ARTICLES)
    refresh(root)
    translate(po(root, "a"), DONE)
    assert succeed(root, "stats").rstrip("\n").endswith("1/2")
    assert _stats(root)["articles_complete"] == 1
    assert "machine" not in succeed(root, "stats")
    path = po(root, "a")
    write(
        path, path.read_text(encoding="utf-8").replace("#. heading", "# bitext: mt:x\n#. heading")
    )
    head, row = succeed(root, "stats").rstrip("\n").split("\n")
    assert "machine" in head
    assert _stats(root)["total"]["machine"] == {"words": 1, "segments": 1}
    assert len(row.split()) == len(head.split())


def _views() -> list[LanguageView]:
    return [own for own in gc.get_objects() if type(own) is LanguageView]


@pytest.mark.parametrize("run", [run_stats, run_check])
def test_the_catalogs_of_many_languages_are_not_all_in_memory(
    tmp_path: Path, run: Callable[[Project], CheckReport]
) -> None:
    tags = ("sl-SI", "de-DE", "fr-FR")
    root = make_project(tmp_path / "t", {"index.md": "# Lamp\n"}, languages=tags)
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    for tag in tags:
        translate(po(root, "index", tag), {"Lamp": f"Lamp {tag}"})
    others = _views()
    report = run(open_project(root))
    gc.collect()
    views = [own for own in _views() if not any(own is other for other in others)]
    assert [own.tag for own in report.languages] == [*tags]
    assert not {own.tag for own in views}.intersection(tags[:2])


@pytest.mark.parametrize(
    ("per_cent", "required", "text", "colour"),
    [
        (100.0, 100.0, "100 %", "#18701c"),
        (99.99, 0, "99 %", "#18701c"),
        (99.99, 100, "99 %", "#b3261e"),
        (50, 50, "50 %", "#8a5a00"),
        (0, 0, "0 %", "#8a5a00"),
    ],
)
def test_a_badge_says_no_more_than_is_true(
    per_cent: float, required: float, text: str, colour: str
) -> None:
    badge = make_badge("sr-Latn<&", per_cent, required=required)
    root = ElementTree.fromstring(badge)
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["sr-Latn<&", text]
    assert root.get("aria-label") == f"sr-Latn<&: {text} translated"
    assert colour in badge


def test_badges_are_written_once(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", ARTICLES, languages=["sl-SI", "ar-SA"])
    refresh(root)
    out = succeed(root, "stats", "--badges", "docs/badges")
    assert out.startswith("wrote docs/badges/sl-SI.svg\nwrote docs/badges/ar-SA.svg\n")
    assert "wrote" not in succeed(root, "stats", "--badges", "docs/badges")
    translate(po(root, "a"), DONE)
    assert succeed(root, "stats", "-q", "--badges", "docs/badges") == ""
    assert "50 %" in (root / "docs/badges/sl-SI.svg").read_text(encoding="utf-8")
