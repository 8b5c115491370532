"""Git answers the same wherever a project is, whatever files are called and hooks have set."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bitext.commands.git import ask_git, require_repository, try_git
from bitext.commands.revisions import find_revision
from bitext.errors import UsageError
from sites import bitext, edit, make_project, pot, succeed, write

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ODD = ("čebela in *med*.md", 'a "b".md', "[x]/-q.md", ":(top)y.md", " z .md")
ARTICLE = "# Lamps\n\nPress it.\n"


def _git(root: Path, *arguments: str) -> None:
    who = {
        f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    clean = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=root, env=clean, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with odd names in an odd sub folder of a repository."""
    top = tmp_path / "top"
    root = make_project(top / "docs [x] č", dict.fromkeys(ODD, ARTICLE) | {"same.md": ARTICLE})
    write(top / "other.md", "Not ours.\n")
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    _git(top, "init", "-q", "-b", "main")
    for key, value in (
        ("core.quotePath", "true"),
        ("color.ui", "always"),
        ("diff.noprefix", "true"),
        ("log.showSignature", "true"),
        ("diff.relative", "false"),
    ):
        _git(top, "config", key, value)
    _git(top, "add", "-A")
    _git(top, "commit", "-qm", "Begin")
    for name in ODD:
        edit(root / "source" / name, "Press", "Do press")
    write(top / "other.md", "Not ours at all.\n")
    return root


def _hold(root: Path) -> None:
    """Hold what each command says that asks git."""
    revision = find_revision(root, "main")
    assert revision.changed_paths(["source"]) == {f"source/{name}" for name in ODD}
    listed = revision.list_files(["source"])
    assert set(listed) == {f"source/{name}" for name in (*ODD, "same.md")}
    assert {*revision.read_files(listed).values()} == {ARTICLE.encode()}
    summary = succeed(root, "summary", "--since", "main")
    assert f"{len(ODD)} edited, 0 added, 0 removed" in summary
    identifier = pot(root, ODD[0].removesuffix(".md")).read_text().rpartition('msgctxt "')[2][:9]
    assert " Begin\n" in succeed(root, "show", identifier)
    assert bitext(root, "check", "--changed-since", "main").status == 0
    assert "merge-driver" not in bitext(root, "doctor").out


def test_in_a_sub_folder_with_odd_names(root: Path) -> None:
    succeed(root, "merge-driver", "--install", "-q")
    _hold(root)


def test_in_a_hook(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git tells hooks where the repository is as seen from its top folder."""
    succeed(root, "merge-driver", "--install", "-q")
    for name, value in (("DIR", ".git"), ("INDEX_FILE", ".git/index"), ("PREFIX", "x/")):
        monkeypatch.setenv(f"GIT_{name}", value)
    monkeypatch.setenv("GIT_WORK_TREE", ".")
    _hold(root)


def test_in_a_worktree(root: Path, tmp_path: Path) -> None:
    _git(root, "worktree", "add", "-q", str(tmp_path / "other"), "-b", "more")
    other = tmp_path / "other" / root.name
    for name in ODD:
        edit(other / "source" / name, "Press", "Do press")
    succeed(other, "merge-driver", "--install", "-q")
    _hold(other)


def test_without_git_nothing_is_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert try_git(root, "status") is None
    with pytest.raises(UsageError, match=r"git is not installed, and is needed to dance; install"):
        require_repository(root, "dance")
    for words in (
        ("summary", "--since", "x"),
        ("stats", "--since", "x"),
        ("gc", "--before", "2020-01-01"),
    ):
        assert "error: git is not installed" in bitext(root, *words).err


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert try_git(tmp_path, "status") is None
    with pytest.raises(UsageError, match=r"is in no git repository, so bitext cannot dance"):
        require_repository(tmp_path, "dance")


def test_what_git_says_is_passed_on(root: Path) -> None:
    with pytest.raises(UsageError, match=r"git cat-file failed: Not a valid object name nothing"):
        ask_git(root, "cat-file", "blob", "nothing")


def test_a_repository_of_somebody_else(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git refuses it, as in many containers of CI, and says what to do."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    run = bitext(root, "summary", "--since", "main")
    assert run.status == 2
    assert "dubious ownership" in run.err
    assert "safe.directory" in run.err
