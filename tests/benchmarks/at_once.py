"""What each further language costs when all are built at once, beside one English Sphinx build.

Each build has a folder of its own: on some disks, files are made slowly where as many were deleted
a minute ago.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bitext.po import parse, serialize

from .build_cost import mark
from .replay import read_articles
from .timing import Timing, time_command

ARTICLES = int(os.environ.get("BITEXT_BENCH_ARTICLES", "2190"))
THEMES = os.environ.get("BITEXT_BENCH_THEMES", "alabaster").split()
LANGUAGES = os.environ.get("BITEXT_BENCH_LANGUAGES", "sl-SI de-DE fr-FR").split()
SECTION = 50
"""Articles in a section of the table of contents."""


def run(scratch: Path) -> dict[str, float]:
    """Build alchemy, in sections, pseudo-translated; return the figures by name."""
    figures: dict[str, float] = {"articles": ARTICLES, "languages": len(LANGUAGES)}
    for theme in THEMES:
        project = make_alchemy(scratch / theme, ARTICLES, LANGUAGES, theme=theme)
        sphinx = [sys.executable, "-m", "sphinx", "-q", "-b", "html"]
        english = time_command([*sphinx, "-c", "plain", "source", "out"], project)
        bitext = [sys.executable, "-m", "bitext", "build", "-q"]
        one = time_command([*bitext, "-j", "1", "-o", "one", "-l", "en-US"], project)
        every = time_command([*bitext, "-j", "1"], project)
        both = time_command([*bitext, "-j", "2", "-o", "two"], project)
        figures |= {f"{theme}: {name}": value for name, value in _figures(english, one, every)}
        figures[f"{theme}: two workers, times as fast as one"] = every.wall / both.wall
        figures |= {f"{theme}: {name}": value for name, value in _time_edits(project, bitext)}
    return figures


def _time_edits(project: Path, build: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield the seconds that a build takes after small changes, on all cores."""
    article = project / "source" / "a00002.md"
    yield "nothing changed, s", time_command(build, project).wall
    _change_entry(project, "a00001")
    yield "one entry changed, s", time_command(build, project).wall
    clone = project.with_name(f"{project.name}-clone")  # elsewhere, all its files new
    shutil.copytree(project, clone, copy_function=shutil.copy)
    _change_entry(clone, "a00003")
    yield "one entry changed in a fresh clone, s", time_command(build, clone).wall
    text = article.read_text(encoding="utf-8")
    article.write_text(f"{text}\nOne more sentence.\n", encoding="utf-8")
    yield "one article edited, s", time_command(build, project).wall


def _change_entry(project: Path, article: str) -> None:
    catalog = project / "locale" / LANGUAGES[0] / "LC_MESSAGES" / f"{article}.po"
    text = catalog.read_text(encoding="utf-8")
    place = text.rindex('msgstr "') + len('msgstr "')
    catalog.write_text(f"{text[:place]}A new word. {text[place:]}", encoding="utf-8")


def _figures(english: Timing, one: Timing, every: Timing) -> list[tuple[str, float]]:
    further = (every.cpu - one.cpu) / len(LANGUAGES)
    return [
        ("English by plain Sphinx, CPU s", english.cpu),
        ("English alone, CPU s", one.cpu),
        ("all languages, CPU s", every.cpu),
        ("each further language, CPU s", further),
        ("each further language, % of an English build", 100 * further / english.cpu),
        ("all languages, English builds", every.cpu / english.cpu),
        ("peak memory of one process, of an English build's", every.memory / english.memory),
    ]


def make_alchemy(
    root: Path, articles: int, languages: Sequence[str], *, theme: str = "alabaster"
) -> Path:
    """Make a project of the last versions of real articles, in sections, pseudo-translated."""
    source = root / "source"
    source.mkdir(parents=True)
    texts = [text for _, text in read_articles(articles)]
    sections: list[str] = []
    for start in range(0, len(texts), SECTION):
        names = [f"a{number:05}" for number in range(start, min(start + SECTION, len(texts)))]
        for name in names:
            text = texts[int(name[1:])]
            (source / f"{name}.md").write_text(text, encoding="utf-8", newline="")
        sections.append(f"s{start // SECTION:03}")
        _write_contents(source / f"{sections[-1]}.md", f"Section {start // SECTION}", names)
    _write_contents(source / "index.md", "All", sections)
    listed = ", ".join(f'"{tag}"' for tag in languages)
    (root / "pyproject.toml").write_text(
        f"[tool.bitext]\nlanguages = [{listed}]\n", encoding="utf-8"
    )
    for place, extension in ((".", "bitext"), ("plain", "myst_parser")):
        (root / place).mkdir(exist_ok=True)
        text = f'extensions = ["{extension}"]\nhtml_theme = "{theme}"\nsuppress_warnings = ["*"]\n'
        (root / place / "conf.py").write_text(text, encoding="utf-8")
    for command in ("gettext", "update"):
        time_command([sys.executable, "-m", "bitext", command, "-q"], root)
    for path in (root / "locale").glob("*/LC_MESSAGES/**/*.po"):
        catalog = parse(path.read_text(encoding="utf-8"))
        entries = tuple(replace(e, msgstr=mark(e.msgid), raw=None) for e in catalog.entries)
        path.write_text(serialize(replace(catalog, entries=entries)), encoding="utf-8")
    return root


def _write_contents(path: Path, title: str, names: Sequence[str]) -> None:
    listed = "\n".join(names)
    path.write_text(f"# {title}\n\n```{{toctree}}\n{listed}\n```\n", encoding="utf-8")
