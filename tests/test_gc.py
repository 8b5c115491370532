"""``bitext gc``: what was retired before a day goes, all else stays."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from forks import Run
from sites import bitext, edit, make_project, po, pot, succeed, translate, write

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

OLD, NEW = "2020-01-01T12:00:00", "2021-01-01T12:00:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project: one sentence was retired in 2020, another in 2021, a third just now."""
    root = make_project(tmp_path, {"a.md": "# Title\n\nOne dog. Two cats. Three cows. Four.\n"})
    git(root, "init", "-q")
    refresh(root)
    translate(po(root, "a"), {"One dog.": "Pes.", "Two cats.": "Mački.", "Three cows.": "Krave."})
    for english, day in (("One dog. ", OLD), ("Two cats. ", NEW), ("Three cows. ", "")):
        edit(root / "source/a.md", english, "")
        refresh(root)
        if day:
            commit(root, day)
    return root


def git(root: Path, *arguments: str, day: str = OLD) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@y.z")
    command = ["git", "-C", str(root), *who, *arguments]
    stamp = {"GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": day, "PATH": str(Path("/usr/bin"))}
    done = subprocess.run(command, capture_output=True, check=True, env=stamp)
    return done.stdout.decode()


def commit(root: Path, day: str) -> None:
    git(root, "add", "-A", "--", "source", "locale")
    git(root, "commit", "-q", "-m", "x", day=day)


def refresh(root: Path) -> None:
    succeed(root, "gettext")
    succeed(root, "update")


def gc(root: Path, *arguments: str) -> Run:
    return bitext(root, "gc", *arguments)


def retired(root: Path) -> list[str]:
    lines = po(root, "a").read_text(encoding="utf-8").split("\n")
    return [line.split('"')[1] for line in lines if line.startswith("#~ msgid")]


def test_what_was_retired_before_a_day_goes(root: Path) -> None:
    assert retired(root) == ["Three cows.", "Two cats.", "One dog."]
    before = po(root, "a").read_text(encoding="utf-8")
    run = gc(root, "--before", "2020-06-01", "--check")
    assert (run.status, run.out.split("\n")[1]) == (1, "would drop 1 of 3 retired entries")
    assert po(root, "a").read_text(encoding="utf-8") == before
    run = gc(root, "--before", "2020-06-01")
    assert (run.status, run.out.split("\n")[1]) == (0, "dropped 1 of 3 retired entries")
    assert retired(root) == ["Three cows.", "Two cats."]
    assert po(root, "a").read_text(encoding="utf-8") == before[: before.rindex("\n#~ msgctxt")]
    assert gc(root, "--before", "2020-06-01").out == "dropped 0 of 2 retired entries\n"
    assert bitext(root, "update", "--check").status == 0
    gc(root, "--before", "2022-01-01")
    assert retired(root) == ["Three cows."]


def test_an_id_that_is_dropped_is_not_issued_again(root: Path) -> None:
    gc(root, "--before", "2022-01-01")
    edit(root / "source/a.md", "Four.", "Four. A wholly new one stands here.")
    succeed(root, "gettext")
    text = pot(root, "a").read_text(encoding="utf-8")
    assert '-106"\nmsgid "A wholly new one stands here."' in text


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("yesterday", "'yesterday' is not a day; write it like 2026-01-31"),
        ("2020-13-01", "'2020-13-01' is not a day"),
        ("2019-01-01", "git knows no commit before 2019-01-01"),
    ],
)
def test_wrong_days(root: Path, day: str, what: str) -> None:
    run = gc(root, "--before", day)
    assert run.status == 2
    assert what in run.err
    assert len(retired(root)) == 3


def test_without_a_repository_nothing_goes(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a.md": "# A\n"})
    refresh(root)
    run = gc(root, "--before", "2020-01-01")
    assert run.status == 2
    assert "is in no git repository" in run.err


def test_a_catalog_that_cannot_be_read_is_named_and_left(root: Path) -> None:
    broken = po(root, "a").read_bytes() + b'#~ msgid "x\n'
    write(po(root, "a"), broken)
    run = gc(root, "--before", "2022-01-01")
    assert run.status == 2
    assert "LC_MESSAGES/a.po:" in run.err
    assert po(root, "a").read_bytes() == broken
