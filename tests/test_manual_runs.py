"""What the manual shows is true: its commands run, in order, and print what it says they print."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from lamps import (
    TUTORIAL,
    behind,
    done,
    edited,
    faulty,
    fill,
    in_git,
    lamp,
    nearly_done,
    stale,
    stale_twice,
    strict,
    unknown_directive,
)
from manual import Code, Typed, articles, code_blocks, read, typed
from sites import TOOLS, edit, make_shim, write

Scene = Callable[[Path], Path]
"""Makes a project in an empty folder; returns the folder in which the reader types."""

FROM_SPHINX = "how-to/import-sphinx.md"
STORIES = (TUTORIAL, FROM_SPHINX)
"""The articles that are followed from their first step to their last."""

NOT_RUN: Mapping[tuple[str, str], str] = {
    ("tutorial.md", "python3 -m venv .venv"): "tests/test_packaging.py makes environments",
    ("tutorial.md", ". .venv/bin/activate"): "it changes a person's shell",
    ("guide/bilingual.md", "bitext import markdown docs-sl -l sl-SI"): (
        "tests/test_import_markdown.py imports such folders"
    ),
    ("how-to/workflows.md", "pre-commit try-repo ../bitext bitext-check --all-files"): (
        "tests/test_workflows.py tries the hooks"
    ),
    ("tutorial.md", "pip install ."): "it asks a registry; tests/test_packaging.py installs",
    ("explanation/all-at-once.md", "bitext build                # all languages at once"): (
        "tests/test_onebuild.py builds so"
    ),
    (
        "explanation/all-at-once.md",
        "bitext build --verify       # and compare every file with plain Sphinx",
    ): "tests/test_onebuild.py builds so",
    (
        "explanation/all-at-once.md",
        "bitext build --separately   # a run of Sphinx for each language",
    ): "tests/test_build_command.py builds so",
    ("guide/bilingual.md", "bitext import bilingual docs.sl-SI -l sl-SI"): (
        "it needs a published docset; tests/test_bilingual.py imports some"
    ),
    ("guide/bilingual.md", "bitext export bilingual -l sl-SI -o out"): (
        "it needs a published docset; tests/test_bilingual.py exports some"
    ),
    ("guide/ci.md", "git merge slovenian"): "tests/test_git.py merges such branches",
    ("how-to/exchange.md", "bitext export xliff -l de-DE -o german.xlf --unfinished"): (
        "a person translates what it writes; tests/test_exchange_files.py"
    ),
    ("how-to/exchange.md", "bitext import xliff german.xlf -l de-DE"): (
        "a person has translated what it reads; tests/test_exchange_files.py"
    ),
    ("how-to/machine-translation.md", "apt install apertium apertium-eng-spa"): (
        "it installs a package of the system"
    ),
    ("how-to/machine-translation.md", "bitext machine -l es-ES"): (
        "it needs that package; tests/test_machine.py"
    ),
    ("reference/command.md", "bitext check --site build/html"): (
        "it needs a site with a fault; tests/test_audit.py"
    ),
    ("reference/command.md", "echo 'eval \"$(bitext completion bash)\"' >> ~/.bashrc"): (
        "it writes to a person's home; tests/test_daily.py asks for the words"
    ),
}
"""The commands that cannot run in a test, each with the reason."""


class Terminal:
    """Runs what a reader types, in the folder where the last command left them."""

    def __init__(self, folder: Path) -> None:
        shims = make_shim(folder / ".bin")
        self.folder = folder
        path = f"{shims}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}"
        self._environment = {
            **os.environ,
            "PATH": path + os.environ["PATH"],
            "PYTHONPATH": str(TOOLS),
            "PYTHONWARNINGS": "",
            "NO_COLOR": "1",
            "HOME": str(folder),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }

    def run(self, command: str) -> str:
        """Return what a command prints."""
        if match := re.fullmatch(r"cd (\S+)", command):
            self.folder = (self.folder / match[1]).resolve(strict=True)
            return ""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert "Traceback" not in done.stdout
        assert done.returncode in (0, 1), f"{command}\n{done.stdout}"
        return done.stdout

    def follow(self, one: Typed) -> None:
        """Run a command; if the manual shows what it prints, it must print that."""
        printed = _lines(self.run(one.command))
        shown = _lines(one.output)
        if shown:
            if one.command.startswith("bitext build"):
                printed, shown = sorted(printed), sorted(shown)
            assert printed == shown, one.command


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip("\n").split("\n") if text.strip()]


# The tutorial, literally.


class Step(NamedTuple):
    """Something that the reader of the tutorial does, or sees."""

    line: int
    do: Callable[[Terminal], None]


def _write_article(code: Code, path: str) -> Callable[[Terminal], None]:
    # the blank line below the caption is MyST's
    return lambda desk: write(desk.folder / path, code.text.lstrip("\n"))


def _expect(path: str, text: str) -> Callable[[Terminal], None]:
    def look(desk: Terminal) -> None:
        assert text.strip("\n") in (desk.folder / path).read_text(encoding="utf-8")

    return look


CATALOG = "locale/sl-SI/LC_MESSAGES/index.po"


def _step_of(code: Code) -> Callable[[Terminal], None] | None:
    """Return what the reader does with a code block of the tutorial."""
    if match := re.fullmatch(r"The article `(.*)`", code.caption):
        return _write_article(code, match[1])
    if match := re.fullmatch(r"The new file `(.*)`", code.caption):
        return _expect(match[1], code.text)
    if code.caption == "The stale entry":
        return _expect(CATALOG, code.text)
    if code.language == "po":
        return lambda desk: fill(desk.folder / CATALOG, code.text)

    def type_all(desk: Terminal) -> None:
        for one in typed(code):
            if (TUTORIAL, one.command) not in NOT_RUN:
                desk.follow(one)

    return type_all if code.language == "console" else None


def _edit_step(match: re.Match[str]) -> Callable[[Terminal], None]:
    path, new, old = match.groups()
    return lambda desk: edit(desk.folder / path, old, new)


def _steps() -> list[Step]:
    text = read(TUTORIAL)
    steps: list[Step] = []
    for code in code_blocks(TUTORIAL):
        do = _step_of(code)
        assert do is not None, f"nobody knows what to do at line {code.line} of the tutorial"
        steps.append(Step(code.line, do))
    edits = re.finditer(r'^In `(.*)`, write "(.*)" in place of "(.*)"\.$', text, re.MULTILINE)
    steps += [Step(text.count("\n", 0, match.start()) + 1, _edit_step(match)) for match in edits]
    opened = re.finditer(r"^Open `(.*\.html)` in a browser", text, re.MULTILINE)
    for match in opened:
        page = match[1]
        steps.append(
            Step(
                text.count("\n", 0, match.start()) + 1,
                lambda desk, page=page: (desk.folder / page).resolve(strict=True),  # type: ignore[misc]
            )
        )
    return sorted(steps, key=lambda step: step.line)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_tutorial_is_followed_literally(tmp_path: Path) -> None:
    write(tmp_path / "checkout/README.md", "")
    desk = Terminal(tmp_path)
    desk.run("cd checkout")
    for step in _steps():
        step.do(desk)
    page = (desk.folder / "build/html/sl-SI/index.html").read_text(encoding="utf-8")
    assert "Svetilka ima en gumb." in page
    assert "How to" in page


# From Sphinx, step by step.

KETTLE = """\
# The kettle

Boil the water. Pour it over the tea.

Close the lid. Keep it closed.

The spout gets hot.

Let it cool.
"""
OLD = {
    "The kettle": "La bouilloire",
    "Boil the water. Pour it over the tea.": "Faites bouillir l’eau. Versez-la sur le thé.",
    "Close the lid. Keep it closed.": "Fermez le couvercle et gardez-le fermé.",
    "The spout gets hot.": "Le bec devient chaud.",
    "Let it cool.": "Laissez-la refroidir.",
    "Fill the kettle.": "Remplissez la bouilloire.",
    "Use cold water.": "Utilisez de l’eau froide.",
    "Descale it.": "",
}


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_an_owner_of_a_sphinx_project_follows_the_steps(tmp_path: Path) -> None:
    write(tmp_path / "docs/index.md", KETTLE)
    write(tmp_path / "docs/conf.py", 'project = "kettle"\nextensions = ["myst_parser"]\n')
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: fr\\n"\n'
    messages = [f'msgid "{english}"\nmsgstr "{french}"\n' for english, french in OLD.items()]
    write(tmp_path / "locale/fr/LC_MESSAGES/index.po", "\n".join([header, *messages]))
    desk = Terminal(tmp_path)
    for command in ("git init -q", "git add -A", "git config user.name A"):
        desk.run(command)
    (settings, line) = (
        code for code in code_blocks(FROM_SPHINX) if code.language in ("toml", "python")
    )
    commands = [one for code in code_blocks(FROM_SPHINX) for one in typed(code)]
    assert commands[0].line < settings.line < line.line < commands[1].line
    desk.follow(commands[0])
    write(tmp_path / "pyproject.toml", settings.text)
    edit(tmp_path / "docs/conf.py", 'extensions = ["myst_parser"]\n', line.text)
    for one in commands[1:]:
        if one.command.startswith("bitext init"):
            one = one._replace(
                output=f"{one.output}wrote git's configuration\nwrote .gitattributes\n"
            )
        desk.follow(one)
    desk.run("bitext build -q --strict")
    page = (tmp_path / "build/html/fr-FR/index.html").read_text(encoding="utf-8")
    assert "Fermez le couvercle et gardez-le fermé." in page


# Every other command: in a project of which the output is true.

SCENES: Mapping[tuple[str, str], Scene] = {
    ("index.md", "bitext stats --articles"): stale_twice,
    ("guide/ci.md", "bitext gettext --check"): done,
    ("guide/ci.md", "bitext build --strict"): done,
    ("guide/ci.md", "bitext check --format junit --output findings.xml"): done,
    ("guide/ci.md", "bitext check --changed-since origin/main"): in_git,
    ("guide/ci.md", "bitext check --baseline baseline.json --write-baseline"): faulty,
    ("guide/ci.md", "bitext check --baseline baseline.json"): faulty,
    ("guide/ci.md", "bitext check --site build/html"): done,
    ("guide/ci.md", "bitext stats --badges badges --quiet"): done,
    ("guide/ci.md", "bitext check"): strict,
    ("guide/ci.md", "bitext merge-driver --install"): in_git,
    ("guide/reviewers.md", "bitext todo -l sl-SI --most 3"): stale,
    ("guide/reviewers.md", "bitext show a4874-105"): stale,
    ("guide/reviewers.md", "bitext check -l sl-SI --report report.html"): stale,
    ("guide/translators.md", "bitext join a4874-104 --language sl-SI"): lamp,
    ("guide/translators.md", "bitext split a4874-p104 --language sl-SI"): lamp,
    ("guide/translators.md", "bitext check --language sl-SI --severity info"): nearly_done,
    ("guide/translators.md", "bitext stats --articles"): stale,
    ("guide/writers.md", "bitext check"): unknown_directive,
    ("guide/writers.md", "bitext gettext --check"): edited,
    ("how-to/languages.md", "bitext init de-DE"): lamp,
    ("how-to/languages.md", "bitext todo -l de-DE --most 1"): lamp,
    ("how-to/exchange.md", "bitext export tmx -l de-DE -o german.tmx"): stale_twice,
    ("how-to/exchange.md", "bitext import tmx german.tmx -l de-DE"): stale_twice,
    ("reference/command.md", "bitext build"): done,
    ("reference/command.md", "sphinx-build -c . -D language=sl source build/sl"): done,
    ("reference/command.md", "bitext doctor"): behind,
    ("reference/outputs.md", "bitext check --language sl-SI --report build/report.html"): done,
}
"""The project in which each command is typed; those of one article and scene, one after another."""


def _commands_of(article: str) -> list[Typed]:
    return [one for code in list(code_blocks(article)) for one in typed(code)]


def test_every_command_runs_or_says_why_not() -> None:
    shown = {(a, one.command) for a in articles() if a not in STORIES for one in _commands_of(a)}
    shown |= {(a, one.command) for a in STORIES for one in _commands_of(a)} & NOT_RUN.keys()
    assert shown == {*SCENES, *NOT_RUN}


SEQUENCES = sorted({(article, scene) for (article, _), scene in SCENES.items()}, key=str)


@pytest.mark.parametrize(
    ("article", "scene"), SEQUENCES, ids=[f"{a}{scene.__name__}" for a, scene in SEQUENCES]
)
def test_commands_print_what_the_manual_shows(article: str, scene: Scene, tmp_path: Path) -> None:
    desk = Terminal(tmp_path)
    desk.folder = scene(tmp_path / "lamp")
    for one in _commands_of(article):
        if SCENES.get((article, one.command)) is scene:
            desk.follow(one)
