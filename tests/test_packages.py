"""Versions of installed packages, held against Python's own reader of their metadata."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from bitext.commands.packages import installed_versions


def test_versions_are_those_of_the_metadata() -> None:
    names = ["myst-parser", "markdown-it-py", "mdit-py-plugins", "Sphinx", "PyYAML"]
    assert installed_versions(names) == [version(name) for name in names]


def test_the_first_on_the_path_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder, number in (("first", "2.0"), ("second", "1.0")):
        (tmp_path / folder / f"Made_up.Thing-{number}.dist-info").mkdir(parents=True)
        monkeypatch.syspath_prepend(tmp_path / folder)
    assert installed_versions(["made-up-thing"]) == ["1.0"]


def test_a_package_that_is_not_there() -> None:
    with pytest.raises(PackageNotFoundError):
        installed_versions(["sphinx", "no-such-package"])
