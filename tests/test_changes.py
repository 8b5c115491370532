"""``bitext check --changed-since``: what a branch touched, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bitext.commands.revisions import find_revision
from bitext.errors import UsageError
from forks import Run
from sites import bitext, edit, make_project, po, pot, succeed, translate, write
from test_git import commit, git, refresh

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ARTICLES = {
    "a.md": "# Title\n\nRun `make` twice. Then rest.\n\nSee [it](b.md).\n",
    "b.md": "# Other\n\nRun `tar` once.\n",
    "sub/c.md": "# Deep\n\nPress `q` now.\n",
}
WRONG = {"Run `make` twice.": "Dvakrat zaženite.", "Run `tar` once.": "Enkrat zaženite."}
"""Each loses its code: an error."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project in a repository, with an error in each of two articles."""
    root = make_project(tmp_path / "project", ARTICLES)
    git(root, "init", "-q", "-b", "main")
    refresh(root)
    for article, english in zip("ab", WRONG, strict=True):
        translate(po(root, article), {english: WRONG[english]})
    write(root / ".gitignore", ".bitext_cache/\n")
    commit(root)
    return root


def _check(root: Path, *arguments: str) -> Run:
    return bitext(root, "check", "--changed-since", "main", *arguments)


def _found(root: Path, *arguments: str) -> list[tuple[str, str]]:
    """Return check and file of what is found since main, of any severity."""
    report: dict[str, Any] = json.loads(_check(root, "--format", "json", *arguments).out)
    return [(found["check"], Path(found["path"]).name) for found in report["findings"]]


def test_nothing_changed_and_nothing_is_found(root: Path) -> None:
    assert bitext(root, "check").status == 1
    run = _check(root)
    assert (run.status, run.out) == (0, "nothing found\n")


def test_only_the_changed_entry_is_found(root: Path) -> None:
    translate(po(root, "a"), {"See [it](b.md).": "Glejte to."})
    run = _check(root)
    assert run.status == 1
    assert "[link-targets]" in run.out
    assert "[code-changed]" not in run.out


def test_a_waiver_a_flag_and_a_comment_are_changes(root: Path) -> None:
    edit(po(root, "b"), "#. paragraph", "# bitext: ignore=numbers it is a dozen\n#. paragraph")
    assert ("waiver-unused", "b.po") in _found(root)


def test_other_line_numbers_and_wrapping_are_no_change(root: Path) -> None:
    path = po(root, "a")
    text = path.read_text(encoding="utf-8").replace('msgstr "Dvakrat ', 'msgstr ""\n"Dvakrat "\n"')
    write(path, text.replace("#. paragraph", "\n\n#. paragraph"))
    assert _found(root) == []


def test_new_english_is_a_change_before_any_command_ran(root: Path) -> None:
    edit(root / "source/a.md", "Run `make` twice.", "Run `make` twice, quickly.")
    assert sorted(_found(root)) == [("pot-behind", "a.pot"), ("stale", "a.po")]
    refresh(root)
    assert sorted(_found(root)) == [("stale", "a.po")]


def test_a_new_sentence_is_filled_by_the_memory_of_all_articles(root: Path) -> None:
    edit(root / "source/a.md", "Then rest.", "Then rest.\n\nRun `tar` once.")
    refresh(root)
    assert ("code-changed", "a.po") in _found(root)
    git(root, "checkout", "-q", "--", "locale/sl-SI")
    assert ("code-changed", "a.po") in _found(root)


def test_a_text_that_is_not_extracted_is_found_if_it_is_new(root: Path) -> None:
    unknown = "```{step} Unknown\nWords.\n```\n"
    write(root / "source/a.md", f"{ARTICLES['a.md']}\n{unknown}")
    refresh(root)
    assert _found(root, "--select", "not-extracted") == [("not-extracted", "a.md")]
    commit(root)
    write(root / "source/a.md", f"{ARTICLES['a.md']}\nMore.\n\n{unknown}")
    assert _found(root, "--select", "not-extracted") == []


def test_a_fault_of_a_docset_is_found_if_it_is_new(tmp_path: Path) -> None:
    articles = {"a.md": "# A\n\n::: moniker-end\n", "b.md": "# B\n", "TOC.yml": "- name: A\n"}
    root = make_project(tmp_path / "docset", articles, settings='dialect = "learn"\n')
    git(root, "init", "-q", "-b", "main")
    assert bitext(root, "gettext").status == 0
    succeed(root, "update")
    commit(root)
    write(root / "source/TOC.yml", "- name: A\n- name: B\n")
    write(root / "source/a.md", "# A\n\nMore.\n\n::: moniker-end\n")
    assert _found(root, "--select", "learn-markup") == []
    assert ("pot-behind", "TOC.yml.pot") in _found(root)
    write(root / "source/TOC.yml", "- name: [\n")
    assert _check(root).status == 2
    commit(root)
    write(root / "source/TOC.yml", "- name: A\n- name: ':::'\n")
    assert _check(root).status == 0
    write(root / "source/a.md", "# A\n\n::: moniker-end\n\n::: moniker-end\n")
    (line,) = _check(root, "--select", "learn-markup").out.strip().split("\n")[:1]
    assert line == (
        "source/a.md:5: warning: ':::' that closes nothing: :::moniker-end [learn-markup]"
    )


def test_a_branch_is_compared_with_where_it_left(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "work")
    translate(po(root, "a"), {"See [it](b.md).": "Glejte to."})
    commit(root)
    git(root, "checkout", "-q", "main")
    translate(po(root, "sub/c"), {"Press `q` now.": "Pritisnite zdaj."})
    commit(root)
    git(root, "checkout", "-q", "work")
    assert _found(root) == [("link-targets", "a.po")]


def test_a_renamed_article_is_not_new(root: Path) -> None:
    (root / "source/a.md").rename(root / "source/z.md")
    edit(root / "source/z.md", "See [it](b.md).", "See [it](b.md) now.")
    refresh(root)
    assert _found(root) == [("untranslated", "z.po")]


def test_a_broken_file_is_found_if_it_changed(root: Path) -> None:
    path = po(root, "b")
    write(path, path.read_bytes()[:-2])
    run = _check(root)
    assert run.status == 2
    assert run.out.count("[po-syntax]") == 1
    commit(root)
    run = _check(root)
    assert (run.status, run.out) == (0, "nothing found\n")


def test_a_new_untracked_catalog_counts(root: Path) -> None:
    write(root / "source/d.md", "# New\n\nRun `rm` never.\n")
    refresh(root)
    translate(po(root, "d"), {"Run `rm` never.": "Nikoli."})
    assert ("code-changed", "d.po") in _found(root)


def test_what_is_found_is_part_of_what_a_full_check_finds(root: Path) -> None:
    translate(po(root, "a"), {"Then rest.": "Potem  počivajte", "Title": "Title"})
    edit(root / "source/sub/c.md", "now", "later")
    (root / "source/b.md").unlink()
    some = json.loads(_check(root, "--format", "json").out)["findings"]
    full = json.loads(bitext(root, "check", "--format", "json").out)["findings"]
    assert 3 < len(some) < len(full)
    assert [finding for finding in full if finding in some] == some


def test_a_project_below_the_repository(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    shutil.rmtree(root / ".git")
    commit(tmp_path)
    translate(po(root, "a"), {"See [it](b.md).": "Glejte to."})
    write(tmp_path / "locale/sl-SI/LC_MESSAGES/b.po", "broken")
    assert _found(root) == [("link-targets", "a.po")]


def test_only_changed_files_are_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    translate(po(root, "a"), dict.fromkeys(["Title", "Then rest.", "See [it](b.md)."], "Glejte."))
    opened: list[str] = []

    def reading(path: str) -> bytes:
        opened.append(path)
        return Path(path).read_bytes()

    monkeypatch.setattr("bitext.disk._read_all", reading)
    _check(root)
    read = {Path(path).name for path in opened if path.endswith((".md", ".po", ".pot"))}
    assert read == {"a.md", "a.po", "a.pot"}
    assert pot(root, "b").exists()


@pytest.mark.parametrize("name", ["nonsense", "--output=x", "main:source", "", "HEAD~99"])
def test_an_unknown_revision_is_named(root: Path, name: str) -> None:
    with pytest.raises(UsageError, match="git knows no commit"):
        find_revision(root, name)
    run = bitext(root, "check", f"--changed-since={name or 'x..y'}")
    assert run.status == 2
    assert run.err.startswith("error: git knows no commit")


def test_outside_of_a_repository_it_says_so(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a.md": "# One\n"})
    succeed(root, "gettext")
    run = bitext(root, "check", "--changed-since", "main")
    assert run.status == 2
    assert "is in no git repository" in run.err


def test_without_git_it_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    run = _check(root)
    assert run.status == 2
    assert "git is not installed, and is needed to compare with" in run.err
