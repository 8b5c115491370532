"""All languages at once, after edits: the sites are those of a clean build, and no more is made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from built import PNG
from sites import bitext_process, edit, make_project, po, snapshot, succeed, translate, write

LAMP = """---
description: Lamps of all kinds.
---

# Lamp

See [how to clean it](clean.md) and [](parts/bulb.md#the-glass). Switch it on.

![A lamp](lamp.png)

```{toctree}
:maxdepth: {depth}
clean
parts/bulb
parts/base
```
"""
ARTICLES: dict[str, str | bytes] = {
    "index.md": LAMP.replace("{depth}", "2"),
    "clean.md": "# Clean\n\nWipe it. Dry it. Mind [it](parts/bulb.md#the-glass).\n\n"
    "## With water\n\nBe quick.\n\n"
    "```{include} note.md\n```\n",
    "note.md": "---\norphan: true\n---\n\nNote that water runs.\n",
    "parts/bulb.md": "# Bulb\n\nIt is round.\n\n## The glass\n\nIt breaks. See {ref}`foot`.\n\n"
    "It {ref}`stands <spot>`.\n",
    "parts/base.md": "# Base\n\n(foot)=\n## The foot\n\nIt is *heavy*. See [](bulb.md).\n\n"
    "(spot)=\nHere.\n",
    "lamp.png": PNG,
}
BULB, BASE = "parts/bulb", "parts/base"
SLOVENIAN = {
    "index": {"Lamp": "Svetilka", "Switch it on.": "Prižgite jo."},
    "clean": {"Clean": "Čiščenje", "Wipe it.": "Obrišite jo.", "With water": "Z vodo"},
    "note": {"Note that water runs.": "Voda teče."},
    "parts/bulb": {"Bulb": "Žarnica", "The glass": "Steklo", "It breaks.": "Razbije se."},
    "parts/base": {"Base": "Podstavek", "The foot": "Noga"},
}

EVERY = "index clean note bulb base"
Edit = Callable[[Path], object]


def _edit(article: str, old: str, new: str) -> Edit:
    return lambda root: edit(root / "source" / article, old, new)


def _translate(root: Path) -> None:
    translate(po(root, "parts/base"), {"It is *heavy*.": "Je *težka*."})


def _write(path: str, content: str | bytes) -> Edit:
    return lambda root: write(root / "source" / path, content)


def _catch_up(root: Path) -> None:
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")


class Step(NamedTuple):
    """What is done, and what it makes others."""

    name: str
    edit: Edit
    read: str
    """The pages that are read."""

    made: str = ""
    """Pages of a language, and images, that are others after it: some of them."""


STEPS = (
    Step("a sentence", _edit("clean.md", "Dry it.", "Dry it well."), "clean", "clean"),
    Step("its entry", _catch_up, "clean"),
    Step("a translation", _translate, "", "base"),
    Step(
        "a heading",
        _edit("parts/bulb.md", "The glass", "The thin glass"),
        "bulb",
        "bulb index",
    ),
    Step("its ID", _catch_up, "bulb"),
    Step("a section", _edit("parts/base.md", "See [", "Or so.\n\n## End\n\nSee ["), "base", "base"),
    Step("a title", _edit("clean.md", "# Clean", "# Clean it now"), "clean", "clean index"),
    Step("their IDs", _catch_up, "base clean"),
    Step("another title", _edit("clean.md", "# Clean it now", "# On rust"), "clean", "clean index"),
    Step("an included text", _edit("note.md", "runs", "runs off"), "clean note", "clean note"),
    Step("an image", _write("lamp.png", PNG + b"\0"), "index", "lamp"),
    Step("two images", _edit("clean.md", "Be quick.", "![A](lamp.png)![B](b.png)"), "clean"),
    Step("the second", _write("b.png", PNG), "clean", "clean b"),
    Step("a description", _edit("index.md", "of all kinds", "and lights"), "index", "index"),
    Step("a label", _edit("parts/base.md", "(foot)=", "(feet)="), "base", "base bulb"),
    Step("a spot", _edit("parts/base.md", "(spot)=", "(spots)="), "base", "base bulb"),
    Step("a depth", _edit("index.md", ":maxdepth: 2", ":maxdepth: 1"), "index", "index"),
    Step("an order", _edit("index.md", f"{BULB}\n{BASE}", f"{BASE}\n{BULB}"), "index"),
    Step("an article", _write("clean/dust.md", "# Dust\n\nBlow.\n"), EVERY, "dust"),
    Step("listed", _edit("index.md", "parts/base\n", "parts/base\nclean/dust\n"), "index", "index"),
    Step("line ends", _write("note.md", "\ufeff# Note\r\n\r\nIt ran.\r\n"), "clean note", "note"),
    Step("one less", lambda root: (root / "source/clean/dust.md").unlink(), EVERY, "base"),
    Step("in the end", _catch_up, "index clean note"),
)


@pytest.mark.parametrize(
    "theme",
    [
        "html_theme = 'alabaster'",
        "html_theme = 'alabaster'\nhtml_theme_options = {'sidebar_collapse': 0}",
    ],
    ids=["sections at home", "sections everywhere"],
)
def test_after_each_edit_the_sites_are_those_of_a_clean_build(tmp_path: Path, theme: str) -> None:
    root = make_project(
        tmp_path / "t",
        ARTICLES,
        configuration=f'project = "Lamps"\nextensions = ["bitext"]\nmyst_heading_anchors = 3\n'
        f'suppress_warnings = ["ref", "myst", "image", "toc"]\n{theme}\n',
    )
    _catch_up(root)
    for article, translations in SLOVENIAN.items():
        translate(po(root, article), translations)
    build = ("build", "--all-at-once")
    assert bitext_process(root, *build).status == 0
    for step in STEPS:
        before, articles = _contents(root / "build"), _stamps(root)
        step.edit(root)
        run = bitext_process(root, *build)
        assert (run.status, "ordinary way" in run.text) == (0, False), f"{step.name}: {run.text}"
        after = _contents(root / "build")
        assert _changed(articles, _stamps(root)) - {"dust"} == {*step.read.split()}, step.name
        assert bitext_process(root, *build, "-q", "-o", "clean", "--fresh").status == 0
        wanted = _contents(root / "clean")
        assert {path: after.get(path) for path in wanted} == wanted, step.name
        assert after.keys() == wanted.keys(), step.name
        assert _changed(before, wanted) >= {*step.made.split()}, step.name
        shutil.rmtree(root / "clean")


def _contents(folder: Path) -> dict[str, object]:
    return {path: content for path, (_, content) in snapshot(folder / "html").items()}


def _stamps(root: Path) -> dict[str, object]:
    """Return when each page was read last."""
    stamps = snapshot(root / "build/slots/articles")
    return {path: stamp for path, (stamp, _) in stamps.items()}


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {
        Path(path).stem
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path)
    }
