"""Waivers of findings, and the explanations that name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bitext.checks import LANGUAGE_CHECKS, PAIR_CHECKS
from bitext.checks.explain import explain, known_checks
from bitext.po import Entry
from sites import bitext, edit, make_project, po, succeed, translate

ENGLISH, WRONG = "See [it](https://a.org/x).", "Glejte [to](https://b.org/x)."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project whose one translation has another link's target."""
    root = make_project(tmp_path / "p", {"index.md": f"# Lamp\n\n{ENGLISH}\n"})
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), {"Lamp": "Svetilka", ENGLISH: WRONG})
    return root


def _waive(root: Path, comment: str) -> None:
    path = po(root, "index")
    entry = path.read_text(encoding="utf-8").split("\n\n")[-1]
    edit(path, entry, f"# {comment}\n{entry}")


def test_without_a_waiver_it_is_an_error(project: Path) -> None:
    run = bitext(project, "check")
    assert run.status == 1
    assert "[link-targets]" in run.out


def test_a_waiver_with_a_reason_silences_its_check(project: Path) -> None:
    _waive(project, "bitext: ignore=link-targets the Slovenian page has another address")
    assert succeed(project, "check").strip() == "nothing found"


@pytest.mark.parametrize(
    ("comment", "found", "message"),
    [
        ("bitext: ignore=link-targets", "link-targets", "gives no reason"),
        ("bitext: ignore=numbers a dozen", "link-targets", "waiver of numbers waives nothing"),
        ("bitext: ignore=link-target typo", "waiver-unused", "'link-target' is no check of"),
        ("bitext: ignore=link-targets,numbers both", "waiver-unused", "waiver of numbers waives"),
    ],
)
def test_an_idle_waiver_is_named(project: Path, comment: str, found: str, message: str) -> None:
    _waive(project, comment)
    out = bitext(project, "check").out
    assert f"[{found}]" in out
    assert message in out


def test_update_keeps_waivers(project: Path) -> None:
    _waive(project, "bitext: ignore=link-targets the Slovenian page has another address")
    before = po(project, "index").read_bytes()
    succeed(project, "update")
    assert po(project, "index").read_bytes() == before


@pytest.mark.parametrize("name", known_checks())
def test_each_check_is_explained(name: str) -> None:
    text = explain(name)
    assert text.startswith(name)
    assert len(text.split("\n\n")) > 1
    assert text.isprintable() or all(c.isprintable() or c == "\n" for c in text)


def test_explain_shows_the_examples_and_the_waiver(project: Path) -> None:
    out = succeed(project, "check", "--explain", PAIR_CHECKS[0].id)
    assert PAIR_CHECKS[0].bad[0].english in out
    assert f"ignore={PAIR_CHECKS[0].id}" in out


def test_an_unknown_check_is_named_with_those_there_are(project: Path) -> None:
    run = bitext(project, "check", "--explain", "colour")
    assert run.status == 2
    assert "colour" in run.err
    assert "code-changed" in run.err


def test_a_project_may_take_a_check_lighter(project: Path) -> None:
    settings = project / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        f'{text}\n[tool.bitext.check]\nseverity = {{ link-targets = "info" }}\n', encoding="utf-8"
    )
    assert "1 info (see --severity info)" in succeed(project, "check")


def test_a_check_that_is_none_has_no_severity(project: Path) -> None:
    settings = project / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    for name in ("spelling", "po-syntax"):
        settings.write_text(
            f'{text}\n[tool.bitext.check.severity]\n{name} = "info"\n', encoding="utf-8"
        )
        run = bitext(project, "check")
        assert run.status == 2
        assert f"check.severity holds '{name}'; it may hold: " in run.err


def test_a_translation_of_white_space_is_found(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"index.md": "# Tea\n\nBoil it.\n"})
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), {"Tea": "Čaj", "Boil it.": " \u00a0"})
    run = bitext(root, "check")
    assert run.status == 1
    assert "only white space" in run.out
    assert "[only-space]" in run.out


@pytest.mark.parametrize("common", ["Zavrite vodo.", "Skuhajte vodo."])
def test_a_waiver_accepts_its_translation_beside_another(common: str) -> None:
    """Which of the two is more common may change with every entry."""
    rare = {"Zavrite vodo.": "Skuhajte vodo.", "Skuhajte vodo.": "Zavrite vodo."}[common]
    text = "Boil the water."
    entries = [Entry(text, own, f"a-{n}") for n, own in enumerate([common, common, rare])]
    assert [own.msgctxt for own, _ in _inconsistent(entries)] == ["a-2"]
    waiver = ("bitext: ignore=inconsistent another pot",)
    for place in (0, 2):
        waiving = [*entries]
        waiving[place] = replace(entries[place], comments=waiver)
        assert [own.msgctxt for own, _ in _inconsistent(waiving)] == [f"a-{place}"]
    third = Entry(text, "Zakuhajte vodo.", "a-3")
    waiving = [*entries[:2], replace(entries[2], comments=waiver), third]
    assert [own.msgctxt for own, _ in _inconsistent(waiving)] == ["a-2", "a-3"]


def _inconsistent(entries: Sequence[Entry]) -> list[tuple[Entry, str]]:
    (check,) = (check for check in LANGUAGE_CHECKS if check.id == "inconsistent")
    return list(check.find(entries, "sl-SI"))
