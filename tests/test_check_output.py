"""``bitext check --output``: a format for a program in a file, and text for people."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sites import bitext, edit, make_project, po, succeed, translate


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = make_project(tmp_path, {"index.md": "# Lamp\n\nPress `it`.\n"})
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    translate(po(root, "index"), {"Press `it`.": "Pritisni `ono`."})
    return root


LINE = "locale/sl-SI/LC_MESSAGES/index.po:20: error: "


@pytest.mark.parametrize("name", ["json", "sarif", "junit", "github", "text"])
def test_the_file_is_what_is_printed_without_it(project: Path, name: str) -> None:
    check = ("check", "--format", name)
    printed = bitext(project, *check)
    run = bitext(project, *check, "--output", "out/findings")
    assert (run.status, run.err) == (printed.status, "") == (1, "")
    assert run.out.startswith(LINE)
    assert run.out == bitext(project, "check").out
    content = (project / "out/findings").read_text(encoding="utf-8")
    assert content == (run.out[: run.out.index("\n") + 1] if name == "text" else printed.out)


def test_what_is_found_is_in_both(project: Path) -> None:
    run = bitext(project, "check", "-q", "--format", "junit", "-o", "f.xml")
    assert run.out.count("\n") == 1
    (failure,) = ElementTree.parse(project / "f.xml").iter("failure")
    assert failure.attrib["type"] == "code-changed"
    edit(po(project, "index"), "`ono`", "`it`")
    run = bitext(project, "check", "--format", "json", "-o", "f.json")
    assert (run.status, run.out) == (0, "1 info (see --severity info)\n")
    assert json.loads((project / "f.json").read_text(encoding="utf-8"))["findings"]


def test_a_file_that_cannot_be_written_is_named(project: Path) -> None:
    (project / "f").mkdir()
    run = bitext(project, "check", "--format", "junit", "-o", "f")
    assert run.status == 2
    assert "cannot be written" in run.err
    assert "Traceback" not in run.text
