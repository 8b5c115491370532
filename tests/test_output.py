"""What the command prints, and to whom."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bitext.checks import CheckReport
from bitext.coverage import Coverage, LanguageCoverage
from bitext.model import State
from bitext.reports.coverage import print_coverage
from sites import bitext, edit, make_project, succeed, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project whose check finds an error."""
    articles = {"index.md": "# One\n\nFirst words.\n"}
    settings = "[tool.bitext.check]\nmin-coverage = 100\n"
    root = make_project(tmp_path / "tiny", articles, settings=settings)
    succeed(root, "gettext")
    succeed(root, "update")
    return root


def test_a_closed_pipe_changes_no_status(project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "bitext", "check"]
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            command, cwd=project, stdout=pipe, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_stream_that_was_never_open_changes_no_status(project: Path) -> None:
    command = ["sh", "-c", f"{sys.executable} -m bitext check >&-"]
    done = subprocess.run(command, cwd=project, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_update_without_pot_files_says_what_comes_first(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"index.md": "# One\n"})
    assert "there are no POT files; run 'bitext gettext' first\n" in succeed(root, "update")


def test_quiet_coverage_is_none(project: Path) -> None:
    assert succeed(project, "stats", "-q") == ""


def test_a_catalog_whose_article_is_gone_is_told(project: Path) -> None:
    write(project / "source/old.md", "# Old\n\nOther words.\n")
    succeed(project, "gettext")
    succeed(project, "update")
    (project / "source/old.md").unlink()
    succeed(project, "gettext")
    run = bitext(project, "check", "--severity", "info")
    words = "old.po: info: there is no source/old.md; delete it, or keep it"
    assert words in run.out
    assert "[po-orphan]" in run.out


def _table(width: int) -> str:
    counts = dict.fromkeys(State, 1234)
    coverage = {"guide/install.md": Coverage(counts, counts)}
    report = CheckReport(languages=[LanguageCoverage("sl-SI", coverage, 100)])
    out = StringIO()
    print_coverage(report, Console(file=out, width=width), by_article=True)
    return out.getvalue()


@pytest.mark.parametrize("width", [50, 80, 200])
def test_no_number_of_coverage_is_cut(width: int) -> None:
    table = _table(width)
    assert "…" not in table
    assert table.count("1234") == (2 if width < 80 else 8)
    assert table.count("4936") == (2 if width < 80 else 4)


@pytest.mark.parametrize(("tag", "words"), [("xq-SI", "a known language"), ("zz", "is none")])
def test_languages_that_nobody_speaks_are_refused(project: Path, tag: str, words: str) -> None:
    edit(project / "pyproject.toml", '"sl-SI"', f'"{tag}"')
    run = bitext(project, "stats")
    assert run.status == 2
    assert run.err.startswith("pyproject.toml:2: error: languages")
    assert words in run.err
