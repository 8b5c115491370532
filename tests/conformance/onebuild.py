"""All languages at once are the sites of plain Sphinx: real documentations, three themes."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.at_once import make_alchemy
from sites import bitext_process, succeed
from test_onebuild import MARKS, pseudo_translate

from .corpora import FPM, ROOT, prepare

THEMES = ("alabaster", "furo", "sphinx_book_theme")
ALCHEMY_ARTICLES = 300


def run(scratch: Path) -> bool:
    """Verify the manual, fpm-docs and a part of alchemy with each theme; print what differs."""
    results = [_verify(make(scratch / theme, theme)) for theme in THEMES for make in _MAKERS]
    return all(results)


def _verify(root: Path) -> bool:
    done = bitext_process(root, "build", "--all-at-once", "--verify", seconds=7200)
    lines = [line for line in done.text.split("\n") if "WARNING" not in line]
    print(f"{root.parent.name}, {root.name}:", *lines, sep="\n  ")
    return done.status == 0 and ": 0 differ" in done.out


def _make_manual(scratch: Path, theme: str) -> Path:
    root = scratch / "manual"
    root.mkdir(parents=True)
    for name in ("conf.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    for name in ("source", "locale"):
        shutil.copytree(ROOT / name, root / name)
    return _finish(root, root / "conf.py", theme)


def _make_fpm(scratch: Path, theme: str) -> Path:
    root = prepare(FPM, scratch)
    with (root / "docs/conf.py").open("a", encoding="utf-8") as file:
        file.write("\ntemplates_path = []\nhtml_sidebars = {}\nhtml_additional_pages = {}\n")
    return _finish(root, root / "docs/conf.py", theme)


def _make_alchemy(scratch: Path, theme: str) -> Path:
    return make_alchemy(scratch / "alchemy", ALCHEMY_ARTICLES, list(MARKS), theme=theme)


_MAKERS = (_make_manual, _make_fpm, _make_alchemy)


def _finish(root: Path, configuration: Path, theme: str) -> Path:
    """Set the theme, and translate into languages of each kind."""
    with configuration.open("a", encoding="utf-8") as file:
        file.write(f"\nhtml_theme = {theme!r}\nhtml_theme_options = {{}}\n")
    succeed(root, "gettext")
    for tag in MARKS:
        text = (root / "pyproject.toml").read_text(encoding="utf-8")
        if f'"{tag}"' not in text:
            succeed(root, "init", tag)
    succeed(root, "update")
    for tag in MARKS:
        pseudo_translate(root, tag)
    return root
