"""A folder of catalogs in a language that the settings do not list is not overlooked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sites import bitext, edit, make_project, snapshot, succeed

ARTICLES = {"index.md": "# Lamp\n\nPress it.\n"}
MESSAGE = (
    "locale/de-DE: warning: the settings do not list the language of these catalogs;"
    " add it to languages in pyproject.toml, or delete the folder [language-unlisted]\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = make_project(tmp_path, ARTICLES, languages=("sl-SI", "de-DE"))
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    edit(root / "pyproject.toml", ', "de-DE"', "")
    return root


def test_check_and_doctor_name_it(project: Path) -> None:
    before = snapshot(project)
    assert succeed(project, "check").startswith(MESSAGE)
    assert succeed(project, "check", "-l", "sl-SI").startswith(MESSAGE)
    assert "file=locale/de-DE" in succeed(project, "check", "--format", "github")
    (found,) = (
        one
        for one in json.loads(succeed(project, "check", "--format", "json"))["findings"]
        if one["check"] == "language-unlisted"
    )
    assert (found["language"], found["severity"]) == ("de-DE", "warning")
    doctor = bitext(project, "doctor")
    assert "add it to languages in pyproject.toml, or delete the folder\n" in doctor.out
    assert snapshot(project) == before


def test_either_way_out_is_one(project: Path) -> None:
    edit(project / "pyproject.toml", '"sl-SI"', '"sl-SI", "de-DE"')
    assert "unlisted" not in succeed(project, "check")
    edit(project / "pyproject.toml", ', "de-DE"', "")
    shutil.rmtree(project / "locale/de-DE")
    assert "unlisted" not in succeed(project, "check")


def test_it_can_be_weighed_and_switched_off(project: Path) -> None:
    settings = project / "pyproject.toml"
    text = settings.read_text()
    settings.write_text(f'{text}check.severity.language-unlisted = "error"\n')
    assert bitext(project, "check").status == 1
    settings.write_text(f'{text}check.disable = ["language-unlisted"]\n')
    assert "unlisted" not in succeed(project, "check", "--severity", "info")


def test_a_folder_without_a_catalog_of_an_article_is_none(project: Path) -> None:
    for path in (project / "locale/de-DE").rglob("*.po"):
        path.rename(path.with_name("sphinx.po"))  # of Sphinx's own words
    assert "unlisted" not in succeed(project, "check")
