"""Runs that are killed, meet, or find the disk full: every catalog is old or new."""

from __future__ import annotations

import json
import resource
import subprocess
import threading
from pathlib import Path

import pytest

from benchmarks.build_kills import kill_builds
from benchmarks.kills import (
    COMMAND,
    check_whole,
    environment,
    kill_updates,
    make_outdated,
    read_catalogs,
)
from bitext.lock import alone
from sites import bitext, make_project, write


def test_killed_updates_leave_no_mixture(tmp_path: Path) -> None:
    assert kill_updates(tmp_path, times=2)["catalogs"] > 10


def test_killed_builds_leave_whole_sites_and_the_next_mends_all(tmp_path: Path) -> None:
    assert kill_builds(tmp_path, times=2)["builds killed"] == 2


@pytest.fixture
def outdated(tmp_path: Path) -> Path:
    return make_outdated(tmp_path / "project")


def test_two_updates_at_once(outdated: Path) -> None:
    before = read_catalogs(outdated)
    runs = [subprocess.Popen(COMMAND, cwd=outdated, env=environment()) for _ in range(3)]
    assert [run.wait(120) for run in runs] == [0, 0, 0]
    after = read_catalogs(outdated)
    assert all(after[path] != before[path] for path in before)
    bitext(outdated, "update", "-q")
    assert read_catalogs(outdated) == after, "nothing was left to do"
    assert not list(outdated.rglob("*~"))


def test_two_updates_at_once_while_articles_move(outdated: Path) -> None:
    bitext(outdated, "update", "-q")
    before = read_catalogs(outdated)
    (outdated / "source").rename(outdated / "moved")
    (outdated / "source").mkdir()
    (outdated / "moved").rename(outdated / "source" / "moved")
    bitext(outdated, "gettext", "-q")
    runs = [subprocess.Popen(COMMAND, cwd=outdated, env=environment()) for _ in range(3)]
    assert [run.wait(120) for run in runs] == [0, 0, 0]
    after = read_catalogs(outdated)
    count = sum(content.count(b"Tu je.") for content in before.values())
    assert sum(content.count(b"Tu je.") for content in after.values()) == count
    assert {path.removeprefix("LC_MESSAGES/moved/") for path in after} == {
        path.removeprefix("LC_MESSAGES/") for path in before
    }


def test_a_full_disk_loses_nothing(outdated: Path) -> None:
    before = read_catalogs(outdated)
    largest = max(map(len, before.values()))
    write(outdated / "source/a0.md", f"# Longer\n\n{'A very long sentence. ' * 2000}\n")
    bitext(outdated, "gettext", "-q")
    limit = (largest * 3, largest * 3)
    done = subprocess.run(
        COMMAND,
        cwd=outdated,
        env=environment(),
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.endswith(b"error: cannot be written: File too large\n")
    found = read_catalogs(outdated)
    assert not list(outdated.rglob("*~"))
    bitext(outdated, "update", "-q")
    check_whole(found, before, read_catalogs(outdated))


# The lock


def test_a_run_waits_for_another(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a.md": "One."})
    assert bitext(root, "gettext").status == 0
    done = threading.Event()

    def update() -> None:
        subprocess.run(COMMAND, cwd=root, env=environment(), check=True)
        done.set()

    with alone(root):
        thread = threading.Thread(target=update)
        thread.start()
        assert not done.wait(1.5)
    thread.join(60)
    assert done.is_set()


def test_only_scratch_files_of_the_project_are_cleared(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", {"a.md": "One."})
    left = [tmp_path / "out.1~", root / "a.po.17~", root / "notes~", root / "a.po"]
    for path in left:
        write(path, "x")
    names = ["../out.1~", "a.po.17~", "notes~", "a.po", "missing.3~", 7]
    write(root / ".bitext_cache/lock", json.dumps(names))
    with alone(root):
        pass
    assert [path.exists() for path in left] == [True, False, True, True]


@pytest.mark.parametrize("content", ["", "{", "7", '{"a": 1}', "\0"])
def test_a_broken_record_is_no_record(tmp_path: Path, content: str) -> None:
    write(tmp_path / ".bitext_cache/lock", content)
    with alone(tmp_path) as run:
        run({tmp_path / "a": "x"})
    assert (tmp_path / "a").read_text() == "x"
    assert (tmp_path / ".bitext_cache/lock").read_text() == ""


def test_where_no_lock_can_be_had_files_are_written_all_the_same(tmp_path: Path) -> None:
    write(tmp_path / ".bitext_cache", "a file")
    with alone(tmp_path) as run:
        run({tmp_path / "a": "x"})
    assert (tmp_path / "a").read_text() == "x"


def test_a_run_that_only_looks_makes_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a.md": "One."})
    bitext(root, "gettext", "--check")
    bitext(root, "update", "--check")
    assert not (root / ".bitext_cache").exists()
