"""All languages at once, after edits: the sites are those of a clean build, and no more is made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
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
    _take(root, STEPS, first=int("collapse" in theme))


EXTENSION = """
from pathlib import Path

def say(app, name, template, context, doctree):
    said = Path(app.confdir, "words.txt").read_text().strip()
    context["metatags"] += f"<meta name='said' content='{said} {app.env.all_sizes}'>"

def note(app, doctree):
    app.env.all_sizes = getattr(app.env, "all_sizes", [])
    if "large" in doctree.astext():
        app.env.all_sizes.append(app.env.docname)

def forget(app, env, docname):
    env.all_sizes = [own for own in getattr(env, "all_sizes", []) if own != docname]

def setup(app):
    app.connect("html-page-context", say)
    app.connect("doctree-read", note)
    app.connect("env-purge-doc", forget)
"""
KNOTS: dict[str, str | bytes] = {
    "index.md": "# Knots\n\n```{toctree}\n:maxdepth: 2\n:numbered:\nbow\nloop\n```\n",
    "bow.md": "# Bow\n\nTie it. {index}`rope`\n",
    "loop.md": '# Loop\n\nPull it. See {ref}`knot`.\n\n> "Pull" it.\n\n```{toctree}\nnoose\n```\n',
    "noose.md": "# Noose\n\nIt holds. {index}`rope`\n\n## The end\n\nIt is loose.\n\n"
    "![Rope](b/rope.png)\n",
    "a/rope.png": PNG,
    "b/rope.png": PNG + b"b",
}
ALL = "index bow loop noose"


def _link_folder(root: Path) -> None:
    write(root / "more/hitch.md", "# Hitch\n\nAn old one.\n")
    (root / "source/more").symlink_to(root / "more")


KNOT_STEPS = (
    Step("a term", _edit("bow.md", "Tie it.", "Tie it well."), "bow", "bow"),
    Step("a first section", _edit("bow.md", "well.", "well.\n\n## First\n"), "bow", "noose"),
    Step("a label", _edit("bow.md", "## First", "(knot)=\n## First"), "bow", "loop"),
    Step("it twice", _edit("noose.md", "## The end", "(knot)=\n## The end"), ALL, "loop"),
    Step("the first of them", _edit("bow.md", "## First", "## Next"), ALL, "bow"),
    Step("it once", _edit("noose.md", "(knot)=\n", ""), ALL, "loop"),
    Step("what is in a file", lambda root: write(root / "VERSION", "2\n"), ALL, "objects"),
    Step("what is said", lambda root: write(root / "words.txt", "b\n"), ALL, "bow"),
    Step("a size", _edit("noose.md", "holds.", "holds large things."), ALL, "bow"),
    Step("a namesake", _edit("bow.md", "well.", "well. ![R](a/rope.png)"), ALL, "bow noose"),
    Step("a folder elsewhere", _link_folder, f"{ALL} hitch", "hitch"),
    Step("an article there", lambda root: edit(root / "more/hitch.md", "one", "1"), "hitch"),
    Step(
        "bytes that are no text",
        lambda root: write(root / "source/bow.md", b"# Bow\xff\n"),
        "bow index loop noose hitch",
        "bow",
    ),
)


def test_what_pages_have_in_common_is_as_if_all_were_read(tmp_path: Path) -> None:
    root = make_project(
        tmp_path / "t",
        KNOTS,
        configuration='import sys\nsys.path.insert(0, ".")\nextensions = ["bitext", "sizes"]\n'
        'project = "Knots"\nversion = open("VERSION").read().strip()\n'
        'suppress_warnings = ["ref", "myst", "image", "toc"]\nhtml_theme = "alabaster"\n'
        "html_theme_options = {'sidebar_collapse': 0}\n",
    )
    write(root / "sizes.py", EXTENSION)
    write(root / "words.txt", "a\n")
    write(root / "VERSION", "1\n")
    _catch_up(root)
    _take(root, KNOT_STEPS)


def _take(root: Path, steps: Sequence[Step], first: int = 0) -> None:
    """Take steps one by one; compare the sites after every second one with a clean build.

    What a step left wrong is seen after the next one too, unless that makes all anew.
    """
    build = ("build",)
    assert bitext_process(root, *build).status == 0
    for number, step in enumerate(steps):
        before, articles = _contents(root / "build"), _stamps(root)
        step.edit(root)
        run = bitext_process(root, *build)
        assert "was built the ordinary way: " not in _about_languages(run.text), run.text
        after = _contents(root / "build")
        assert _changed(articles, _stamps(root)) - {"dust"} == {*step.read.split()}, step.name
        if number % 2 != first:
            continue
        clean = bitext_process(root, *build, "-q", "-o", "clean", "--fresh")
        assert run.status == clean.status, f"{step.name}: {run.text}"
        wanted = _contents(root / "clean")
        assert {path: after.get(path) for path in wanted} == wanted, step.name
        assert after.keys() == wanted.keys(), step.name
        assert _changed(before, wanted) >= {*step.made.split()}, step.name
        shutil.rmtree(root / "clean")


def _about_languages(text: str) -> str:
    """Return what is said of languages, not of pages of one."""
    return "".join(line for line in text.split("\n") if ": " not in line.partition(" was ")[0])


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
