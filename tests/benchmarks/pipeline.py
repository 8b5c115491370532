"""The whole way from articles to sites, beside Sphinx's own: gettext, catalogs, a build each.

At several numbers of articles and of languages. Translators' work is the same on both sides and
is not measured: every message gets a pseudo-translation.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

from .at_once import make_alchemy
from .build_cost import mark
from .timing import time_command

TAGS = {"sl-SI": "sl", "de-DE": "de", "fr-FR": "fr", "it-IT": "it", "es-ES": "es", "pt-PT": "pt_PT"}
TAGS |= {"nl-NL": "nl", "sv-SE": "sv"}
"""Languages with the names that Sphinx has for them."""

ARTICLES = [int(n) for n in os.environ.get("BITEXT_BENCH_SIZES", "100 200 400 800").split()]
LANGUAGES = (1, 2, 4, 8)
MEDIUM = 200
"""Articles, where languages grow."""

FEW = 3
"""Languages, where articles grow."""

_PYTHON = (sys.executable, "-m")


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds of both ways, at one size."""

    articles: int
    languages: int
    bitext: float
    sphinx: float


def run(scratch: Path) -> dict[str, float]:
    """Measure both ways at all sizes; return the figures by name."""
    sizes = [(MEDIUM, count) for count in LANGUAGES] + [(count, FEW) for count in ARTICLES]
    figures: dict[str, float] = {}
    for articles, languages in sizes:
        cost = _measure(scratch / "pipeline", articles, list(TAGS)[:languages])
        shutil.rmtree(scratch / "pipeline")
        name = f"{articles} articles, {languages} languages"
        figures[f"{name}: bitext, CPU s"] = cost.bitext
        figures[f"{name}: Sphinx and sphinx-intl, CPU s"] = cost.sphinx
        figures[f"{name}: times"] = cost.sphinx / cost.bitext
    return figures


def _measure(root: Path, articles: int, tags: Sequence[str]) -> Cost:
    make_alchemy(root, articles, tags)
    return Cost(articles, len(tags), _measure_bitext(root), _measure_sphinx(root, tags))


def _measure_bitext(root: Path) -> float:
    """Return what bitext needs; its catalogs, filled by then, are put aside for the first steps."""
    filled = (root / "locale").rename(root / "filled")
    spent = _seconds(root, *_PYTHON, "bitext", "gettext", "-q")
    spent += _seconds(root, *_PYTHON, "bitext", "update", "-q")
    shutil.rmtree(root / "locale")
    filled.rename(root / "locale")
    return spent + _seconds(root, *_PYTHON, "bitext", "build", "--all-at-once", "-q", "--fresh")


def _measure_sphinx(root: Path, tags: Sequence[str]) -> float:
    """Return what Sphinx and sphinx-intl need."""
    sphinx = (*_PYTHON, "sphinx", "-q", "-E")
    names = [TAGS[tag] for tag in tags]
    spent = _seconds(root, *sphinx, "-b", "gettext", "-c", "plain", "source", "pot")
    intl = str(Path(sys.executable).with_name("sphinx-intl"))
    languages = [word for name in names for word in ("-l", name)]
    spent += _seconds(root, intl, "update", "-p", "pot", "-d", "locales", *languages)
    for path in (root / "locales").rglob("*.po"):
        catalog = polib.pofile(str(path))
        for entry in catalog:
            entry.msgstr = mark(entry.msgid)
        catalog.save()
    html = (*sphinx, "-b", "html", "-c", "plain")
    spent += _seconds(root, *html, "source", "out/en")
    for name in names:
        settings = ("-D", f"language={name}", "-D", "locale_dirs=../locales")
        spent += _seconds(root, *html, *settings, "source", f"out/{name}")
    return spent


def _seconds(root: Path, *command: str) -> float:
    return time_command(command, root).cpu
