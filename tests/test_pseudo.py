"""The pseudo-language: whatever is left plain on its pages was never offered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bitext.pseudo import pseudo_text
from sites import bitext_process, copy_project, make_project, read_body, succeed


@pytest.mark.parametrize(
    "kept",
    [
        "`code`",
        "``a ` b``",
        "{ref}`text <target>`",
        "(a.md)",
        "<kbd>",
        "<https://x.example/path>",
        "&nbsp;",
        "$x + y$",
        "[^note]",
        "{{ name }}",
        "\\*",
        "https://x.example/a_(b)",
        "{#id .class}",
    ],
)
def test_markup_is_kept(kept: str) -> None:
    text = f"[See]{kept} the end" if kept == "(a.md)" else f"See {kept} the end"
    assert kept in pseudo_text(text)


def test_text_is_longer_and_marked_at_both_ends() -> None:
    text = "A sentence of usual length that says something."
    pseudo = pseudo_text(text)
    assert pseudo[0] + pseudo[-1] == "⟦⟧"
    assert 1.2 < len(pseudo) / len(text) < 1.6
    assert not re.search("[aeiou]", pseudo)


@pytest.mark.parametrize("text", ["", " ", "a", "1", "\n", "é"])
def test_short_text_is_no_harm(text: str) -> None:
    assert text.strip() in pseudo_text(text).translate({}) or text == "a"


def test_one_command_builds_the_site(tmp_path: Path) -> None:
    root = make_project(
        tmp_path, {"index.md": "# Tea\n\nHot `cup`.\n\n<!-- bitext: skip -->\n\nNo.\n"}
    )
    succeed(root, "gettext")
    run = bitext_process(root, "build", "-l", "qps-ploc", "--strict")
    assert (run.status, run.err) == (0, ""), run.text
    body = read_body(root / "build/html/qps-ploc/index.html")
    visible = body.find("section")[0].text
    assert "⟦Ĥöţ cup" in visible
    assert "No." in visible
    assert not (root / "locale/qps-ploc").exists()


@pytest.mark.parametrize("name", ["torture", "garden"])
def test_pseudo_text_means_the_same(tmp_path: Path, name: str) -> None:
    root = copy_project(name, tmp_path)
    succeed(root, "gettext")
    run = bitext_process(root, "build", "-l", "qps-ploc")
    assert run.status == 0
    assert "its translation uses" not in run.err, run.err
