"""Draw what the whole way costs: ``python -m tests.benchmarks.plots`` (``make plots``).

Reads ``build/bench.json``, which ``python -m tests.benchmarks pipeline`` writes, and draws
``source/images/cost.svg``, and ``cost.TAG.svg`` in the words of each language.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Mapping
from typing import NamedTuple

from matplotlib import rcParams
from matplotlib.figure import Figure

from .corpora import ROOT
from .pipeline import FEW, MEDIUM

IMAGES = ROOT / "source/images"
_SIZE = re.compile(r"(\d+) articles, (\d+) languages: (bitext|Sphinx)\b.*CPU s")


class Words(NamedTuple):
    """What stands in the picture, in one language."""

    seconds: str
    languages: str
    articles: str
    peer: str


WORDS: Mapping[str, Words] = {
    "": Words("processor seconds", "languages", "articles", "Sphinx and sphinx-intl"),
    "sl-SI": Words("sekunde procesorja", "jeziki", "članki", "Sphinx in sphinx-intl"),
    "de-DE": Words("Prozessorsekunden", "Sprachen", "Artikel", "Sphinx und sphinx-intl"),
    "ja-JP": Words("CPU 時間（秒）", "言語数", "記事数", "Sphinx と sphinx-intl"),
    "ar-SA": Words("ثواني المعالج", "اللغات", "المقالات", "Sphinx و sphinx-intl"),
}


def main() -> int:
    """Draw all pictures; status 2 without figures."""
    path = ROOT / "build/bench.json"
    figures = json.loads(path.read_text(encoding="utf-8")).get("pipeline") if path.exists() else {}
    if not figures:
        print("no figures: run 'python -m tests.benchmarks pipeline' first", file=sys.stderr)
        return 2
    rcParams["svg.hashsalt"] = "bitext"  # the same picture from the same figures
    rcParams["svg.fonttype"] = "none"
    rcParams["font.family"] = ["DejaVu Sans", "sans-serif"]
    warnings.filterwarnings("ignore", "Glyph", UserWarning)  # text stays text; browsers have fonts
    for tag, words in WORDS.items():
        name = f"cost.{tag}.svg" if tag else "cost.svg"
        _draw(figures, words).savefig(IMAGES / name, metadata={"Date": None}, transparent=False)
    return 0


def _draw(figures: Mapping[str, float], words: Words) -> Figure:
    """Return the picture: cost against languages on one side, against articles on the other."""
    picture = Figure(figsize=(7.6, 3.2), layout="constrained")
    left, right = picture.subplots(1, 2)
    points = [
        (*match.groups(), value)
        for key, value in figures.items()
        if (match := _SIZE.fullmatch(key))
    ]
    for who, name, style in (("Sphinx", words.peer, "s--"), ("bitext", "bitext", "o-")):
        own = [(int(a), int(n), value) for a, n, whose, value in points if whose == who]
        by_language = sorted((n, value) for a, n, value in own if a == MEDIUM)
        by_article = sorted((a, value) for a, n, value in own if n == FEW)
        left.plot(*zip(*by_language, strict=True), style, label=name)
        right.plot(*zip(*by_article, strict=True), style, label=name)
    left.set(xlabel=f"{words.languages} ({MEDIUM} {words.articles})", ylabel=words.seconds)
    right.set(xlabel=f"{words.articles} ({FEW} {words.languages})")
    for axes in (left, right):
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.3)
    left.legend(frameon=False)
    return picture


if __name__ == "__main__":
    sys.exit(main())
