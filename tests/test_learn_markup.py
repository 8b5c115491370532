"""Broken constructs of Learn's are named before any page is built: once per kind, at their line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bitext.markdown.learn.faults import PlacedFault, group_faults
from sites import bitext, bitext_process, edit, make_project

ZONE = '# {}\n\n::: zone pivot="a"\n\nKept words.\n'
ARTICLES = {
    "index.md": "# Start\n\n:::question\nWhat?\n",
    "one.md": ZONE.format("One"),
    "two.md": f'{ZONE.format("Two")}\n::: zone pivot="b"\n\nMore.\n',
}
OPEN = "source/one.md:3: warning: ':::' that is not closed: :::zone; 3 in all, this is the first"
UNKNOWN = "source/index.md:3: warning: line of ':::' that is not known: :::question"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path / "p", ARTICLES, settings='dialect = "learn"\n')


def _named(output: str) -> list[str]:
    return [line for line in output.split("\n") if line.endswith("[learn-markup]")]


def test_each_kind_is_named_once_with_its_count(root: Path) -> None:
    for command in (("gettext",), ("gettext",), ("check",), ("gettext", "--check")):
        run = bitext(root, *command)
        assert run.status == 0, run.text
        assert sorted(_named(run.text)) == [f"{UNKNOWN} [learn-markup]", f"{OPEN} [learn-markup]"]


def test_the_check_knows_what_gettext_never_read(root: Path) -> None:
    assert len(_named(bitext(root, "check").out)) == 2
    assert len(_named(bitext(root, "check").out)) == 2


def test_a_build_names_them_in_its_own_words_only(root: Path) -> None:
    bitext(root, "gettext")
    run = bitext_process(root, "build", "-l", "en-US")
    assert "learn-markup" not in run.text
    assert run.err.count("':::' that is not closed: :::zone; 3 in all, this is the first") == 1


def test_they_go_with_their_cause_and_a_project_can_do_without(root: Path) -> None:
    bitext(root, "gettext")
    edit(root / "source/index.md", ":::question\n", "")
    edit(root / "source/two.md", "More.\n", "More.\n\n::: zone-end\n")
    (line,) = _named(bitext(root, "gettext").err)
    assert "; 2 in all" in line
    settings = 'dialect = "learn"\n'
    edit(root / "pyproject.toml", settings, settings + 'check.disable = ["learn-markup"]\n')
    assert _named(bitext(root, "gettext").text + bitext(root, "check").out) == []


def test_a_finding_names_its_article_and_is_no_error(root: Path) -> None:
    run = bitext(root, "check", "--format", "json", "--select", "learn-markup")
    found = json.loads(run.out)["findings"]
    assert sorted(own["article"] for own in found) == ["index.md", "one.md"]
    assert run.status == 0


def test_the_first_place_stands_for_its_kind() -> None:
    other = PlacedFault("j", "c", 1, "z")
    late, first = PlacedFault("k", "b", 1, "x"), PlacedFault("k", "a", 9, "y")
    assert list(group_faults([late, first, other, late])) == [
        (other, "j: z"),
        (first, "k: y; 2 in all, this is the first"),
    ]
