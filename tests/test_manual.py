"""The manual names every command, option, setting and finding, and no other; its links lead on."""

from __future__ import annotations

import argparse
import contextlib
import io
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import pytest

from bitext.bilingual.pairs import Kind
from bitext.cli import make_parser
from bitext.commands.markdown_import import UNPLACED
from bitext.settings import (
    CheckSettings,
    DirectiveSettings,
    LanguageSettings,
    LearnSettings,
    MachineSettings,
    MemorySettings,
    MystSettings,
    Settings,
    SiteSettings,
)
from manual import (
    SOURCE,
    Section,
    anchors,
    arguments,
    articles,
    code_blocks,
    links,
    read,
    sections,
    typed,
)
from screens import LARGEST, TOTAL

COMMAND = "reference/command.md"
SHARED = "The command"
"""The section of the options that all commands have."""

TABLES: Mapping[str, type[Any]] = {
    "The main table": Settings,
    "Options of MyST": MystSettings,
    "Options of a Microsoft docset": LearnSettings,
    "Checks": CheckSettings,
    "Memory": MemorySettings,
    "Machine translation": MachineSettings,
    "Languages": LanguageSettings,
    "Site": SiteSettings,
    "Directives": DirectiveSettings,
}
"""The sections of the settings, each with what it describes."""

_TABLES_OF_THE_MAIN_ONE = frozenset(
    "is_named myst learn directives check memory machine site language".split()
)


def _commands(
    parser: argparse.ArgumentParser, name: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield each command by its name, as ``import po``; those that only hold others too."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, own in action.choices.items():
                full = f"{name} {word}".strip()
                yield full, own
                yield from _commands(own, full)


PARSER = make_parser()
COMMANDS = dict(_commands(PARSER))


def _options(parser: argparse.ArgumentParser) -> set[str]:
    """Return the options of a command as they are typed, without the one for help."""
    names = (name for action in parser._actions for name in action.option_strings)
    return {name for name in names if name not in ("-h", "--help")}


def _words(codes: list[str]) -> set[str]:
    return {word.split("=")[0] for code in codes for word in code.split()}


@pytest.fixture(scope="module")
def reference() -> dict[str, Section]:
    return {section.title: section for section in sections(COMMAND)}


def test_every_command_has_its_section(reference: dict[str, Section]) -> None:
    named = set(reference) - {SHARED, "Check a built site", "Exit status", "Environment"}
    assert named == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_described(name: str, reference: dict[str, Section]) -> None:
    own = reference[name]
    texts = [own, reference.get(own.parent, own)]
    texts += [
        reference[other] for other in re.findall(r"those of `(?:bitext )?([\w ]+)`", own.text)
    ]
    told = _words([code for section in texts for code in section.codes])
    shared = {
        frozenset(_words([term.replace("`", "").replace(",", "")]))
        for term in reference[SHARED].terms
    }
    for group in shared:
        told |= {word for word in group if group & told and word.startswith("-")}
    assert _options(COMMANDS[name]) <= told


@pytest.mark.parametrize("name", COMMANDS)
def test_no_other_option_is_described(name: str, reference: dict[str, Section]) -> None:
    terms = " ".join(reference[name].terms)
    known = set().union(*(_options(own) for full, own in COMMANDS.items() if full.startswith(name)))
    assert set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", terms)) <= known


def test_every_setting_is_described_and_no_other() -> None:
    found = {section.title: section for section in sections("reference/settings.md")}
    for title, kind in TABLES.items():
        held = _TABLES_OF_THE_MAIN_ONE if kind is Settings else frozenset()
        keys = {field.name.replace("_", "-") for field in fields(kind) if field.name not in held}
        assert set(re.findall(r"`([^`]+)`", " ".join(found[title].terms))) == keys, title


def test_every_finding_of_an_import_is_described() -> None:
    names = re.findall(r"^\| `([\w-]+)` \|", read("guide/bilingual.md"), re.MULTILINE)
    assert sorted(names) == sorted([*Kind, UNPLACED])


@pytest.mark.parametrize("article", articles())
def test_every_link_leads_on(article: str) -> None:
    for link in links(article):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (
            posixpath.normpath(posixpath.join(posixpath.dirname(article), path))
            if path
            else article
        )
        assert (SOURCE / target).is_file(), link
        assert not anchor or anchor in anchors(target), link


def test_every_picture_is_shown_and_small() -> None:
    shown = {link.rpartition("/")[2] for article in articles() for link in links(article)}
    pictures = list((SOURCE / "images").iterdir())
    assert {path.name.partition(".")[0] + path.suffix for path in pictures} <= shown
    assert max(path.stat().st_size for path in pictures) <= LARGEST
    assert sum(path.stat().st_size for path in pictures) <= TOTAL


_CONTENTS = ("index.md", "reference/checks.md")
_TOCTREE = re.compile(r"^```\{toctree\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_article_is_in_the_contents() -> None:
    listed = [
        posixpath.join(posixpath.dirname(article), f"{line}.md")
        for article in _CONTENTS
        for block in _TOCTREE.findall(read(article))
        for line in block.split("\n")
        if line and not line.startswith(":")
    ]
    assert sorted([*listed, "index.md"]) == articles()


def _typed_commands() -> Iterator[tuple[str, str]]:
    """Yield each command line of bitext that the manual shows, with its article."""
    for article in articles():
        for code in code_blocks(article):
            for one in typed(code):
                if arguments(one.command)[:1] == ["bitext"]:
                    yield article, one.command
            if code.language == "make":
                for recipe in re.findall(r"; (bitext .*)$", code.text, re.MULTILINE):
                    yield article, recipe
    for path in sorted((SOURCE / "examples").iterdir()):
        for line in re.findall(r"(?:run:|-) (bitext .*)$", path.read_text("utf-8"), re.MULTILINE):
            yield path.name, line


@pytest.mark.parametrize(("article", "command"), [*_typed_commands()])
def test_every_command_line_is_one(article: str, command: str) -> None:
    err = io.StringIO()
    status: object = 0
    with contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()):
        try:
            PARSER.parse_args(arguments(command)[1:])
        except SystemExit as stop:
            status = stop.code
    assert not status, f"{article}: {command}\n{err.getvalue()}"


@pytest.mark.parametrize("article", articles())
def test_every_command_in_a_sentence_exists(article: str) -> None:
    for code in re.findall(r"(?<!`)`bitext ([^`]+)`(?!`)", read(article)):
        words = code.split()
        names = [" ".join(words[:length]) for length in (2, 1)]
        name = next((name for name in names if name in COMMANDS), "")
        if not name:
            assert words[0] in ("COMMAND", "--version") or ":" in code, code
            continue
        known = _options(COMMANDS[name])
        assert {word for word in words if re.match(r"--?[a-z]", word)} <= known, code
