"""Catalogs from nothing beside tools that read Markdown themselves, or merge catalogs.

A tool that is not installed is left out.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from .at_once import make_alchemy
from .checkers import find_program
from .timing import time_command

ARTICLES = 400
TAG, SPHINX_TAG = "sl-SI", "sl"


def run(scratch: Path) -> dict[str, float]:
    """Measure 400 articles, one language; return the figures by name, in processor seconds."""
    root = make_alchemy(scratch / "peers", ARTICLES, [TAG])
    shutil.rmtree(root / "locale")
    spent = dict(_measure(root))
    ours = spent["bitext gettext"] + spent["bitext update"]
    figures = {f"{name}, CPU s": value for name, value in spent.items()}
    figures["Sphinx gettext and sphinx-intl, times bitext"] = (
        spent["sphinx-build -b gettext"] + spent["sphinx-intl update"]
    ) / ours
    for name in ("po4a", "mdpo"):
        if name in spent:
            figures[f"{name}, times bitext"] = spent[name] / ours
    for name in ("msgmerge", "pot2po"):
        if name in spent:
            figures[f"{name}, times bitext update"] = spent[name] / spent["bitext update"]
    return figures


def _measure(root: Path) -> Iterator[tuple[str, float]]:
    """Yield what each tool needs that is here."""
    python = (sys.executable, "-m")
    yield "bitext gettext", _seconds(root, [*python, "bitext", "gettext", "-q"])
    yield "bitext update", _seconds(root, [*python, "bitext", "update", "-q"])
    sphinx = [*python, "sphinx", "-q", "-E", "-b", "gettext", "-c", "plain", "source", "pot"]
    yield "sphinx-build -b gettext", _seconds(root, sphinx)
    intl = str(find_program("sphinx-intl"))
    update = [intl, "update", "-p", "pot", "-d", "intl", "-l", SPHINX_TAG]
    yield "sphinx-intl update", _seconds(root, update)
    if po4a := find_program("po4a"):
        yield "po4a", _seconds(root, [po4a, "--quiet", "--no-translations", _write_po4a(root)])
    if md2po := find_program("md2po"):
        (root / "mdpo").mkdir()
        yield "mdpo", sum(_seconds(root, _md2po(md2po, path)) for path in _articles(root))
    if msgmerge := find_program("msgmerge"):
        templates = sorted((root / "pot").rglob("*.pot"))
        merges = (_msgmerge(msgmerge, path, root) for path in templates)
        yield "msgmerge", sum(_seconds(root, merge) for merge in merges)
    if pot2po := find_program("pot2po"):
        theirs = str(root / "intl" / SPHINX_TAG / "LC_MESSAGES")
        merge = [pot2po, "--progress=none", "-t", theirs, "pot", "merged"]
        yield "pot2po", _seconds(root, merge)


def _articles(root: Path) -> list[Path]:
    return sorted((root / "source").glob("*.md"))


def _write_po4a(root: Path) -> str:
    """Write po4a's settings for all articles; return their path."""
    lines = ["[po4a_langs] sl", "[po4a_paths] po4a/$master.pot $lang:po4a/$lang/$master.po"]
    lines += [
        f"[type: text] source/{path.name} $lang:out/{path.name}"
        f' master:file={path.stem} opt:"-o markdown"'
        for path in _articles(root)
    ]
    (root / "po4a.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "po4a.cfg"


def _md2po(program: str, article: Path) -> Sequence[str]:
    return [program, "-q", "--save", "--po-filepath", f"mdpo/{article.stem}.po", str(article)]


def _msgmerge(program: str, template: Path, root: Path) -> Sequence[str]:
    name = template.relative_to(root / "pot").with_suffix(".po")
    catalog = f"intl/{SPHINX_TAG}/LC_MESSAGES/{name}"
    return [program, "-q", "-U", "--backup=off", catalog, str(template)]


def _seconds(root: Path, command: Sequence[str]) -> float:
    return time_command(command, root).cpu
