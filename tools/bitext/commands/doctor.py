"""``bitext doctor``: what is wrong with this set-up, and the command that mends it."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bitext.commands.build import has_start
from bitext.commands.gettext import run_gettext
from bitext.commands.git import try_git
from bitext.commands.languages import WAY, find_unlisted
from bitext.commands.memories import find_memories
from bitext.commands.merge import ATTRIBUTES, add_attributes
from bitext.commands.update import run_update
from bitext.errors import BitextError
from bitext.project import CACHE_FOLDER, Project

CONFIGURATION = "conf.py"
OUTPUT = "build"
_EXTENSION = re.compile(r"""["']bitext["']""")


class Ailment(NamedTuple):
    """Something that is wrong."""

    what: str
    remedy: str
    """The command that mends it, or what to do."""


def find_ailments(project: Project) -> list[Ailment]:
    """Return what is wrong with a project; nothing is written."""
    found: list[Ailment] = []
    for examine in EXAMINATIONS:
        try:
            found += examine(project)
        except BitextError as error:
            found.append(Ailment(str(error), "mend the file"))
    return list(dict.fromkeys(found))


def _find_articles(project: Project) -> Iterator[Ailment]:
    source = project.settings.source
    found = _configuration_of(project)
    if not project.source.is_dir():
        yield Ailment(f"there is no folder {source}/", f"make {source}/ and write an article")
    elif not project.find_articles():
        yield Ailment(f"{source}/ has no article", f"write {source}/index.md")
    elif found and not has_start(project, found.parent):
        yield Ailment(f"{source}/ has no start page", f"write {source}/index.md")


def _find_behind(project: Project) -> Iterator[Ailment]:
    """Yield articles, POT and PO files that are not up to date, or cannot be read."""
    if not project.source.is_dir() or not project.find_articles():
        return
    extracted = run_gettext(project, check=True)
    yield from (Ailment(str(error), "mend the file") for error in extracted.errors)
    changed = len(extracted.written) + len(extracted.removed)
    if changed:
        files = "1 POT file is behind its article"
        many = f"{changed} POT files are behind their articles"
        yield Ailment(files if changed == 1 else many, "bitext gettext")
        return
    updated = run_update(project, check=True)
    yield from (Ailment(str(error), "mend the file") for error in updated.errors)
    for language in updated.languages:
        if language.written:
            count = len(language.written)
            files = "1 PO file is behind its POT file"
            many = f"{count} PO files are behind their POT files"
            what = f"{language.tag}: {files if count == 1 else many}"
            yield Ailment(what, f"bitext update -l {language.tag}")


def _find_languages(project: Project) -> Iterator[Ailment]:
    listed = project.settings.languages
    if not listed:
        yield Ailment("the project has no language to translate into", "bitext init LANG")
    for tag in find_unlisted(project):
        what = "has catalogs of a language that the settings do not list"
        yield Ailment(f"{project.settings.locale}/{tag}/ {what}", WAY)


def _configuration_of(project: Project) -> Path | None:
    places = (project.root / CONFIGURATION, project.source / CONFIGURATION)
    return next((path for path in places if path.is_file()), None)


def _find_configuration(project: Project) -> Iterator[Ailment]:
    found = _configuration_of(project)
    way = 'write: extensions = ["bitext"]'
    if found is None:
        yield Ailment(f"there is no {CONFIGURATION}: Sphinx builds no site", way)
    elif not _EXTENSION.search(found.read_text(encoding="utf-8", errors="replace")):
        yield Ailment(f"{project.shown(found)} does not list the extension bitext", way)


def _find_git(project: Project) -> Iterator[Ailment]:
    """Yield what git does not know; nothing outside of a repository."""
    if try_git(project.root, "rev-parse", "--git-dir") is None:
        return
    path = project.root / ATTRIBUTES
    old = path.read_bytes().decode(errors="replace") if path.is_file() else ""
    driver = try_git(project.root, "config", "--get", "merge.bitext.driver")
    if not driver or add_attributes(old, project.settings.locale) != old:
        what = "git merges catalogs line by line in this clone"
        yield Ailment(what, "bitext merge-driver --install")
    elif shutil.which(program := _program(driver)) is None:
        what = f"git's merge driver is gone: {program}"
        yield Ailment(what, "bitext merge-driver --install")
    if try_git(project.root, "ls-files", "--", CACHE_FOLDER):
        yield Ailment(f"git tracks {CACHE_FOLDER}/", f"git rm -r --cached {CACHE_FOLDER}")
    listing = ("ls-files", "--others", "--exclude-standard", "--directory")
    if try_git(project.root, *listing, "--", OUTPUT):
        yield Ailment(f"git does not ignore {OUTPUT}/", f"echo {OUTPUT}/ >> .gitignore")


def _program(command: str) -> str:
    """Return the program of a command line as a shell reads it."""
    try:
        return shlex.split(command)[0]
    except (ValueError, IndexError):
        return command


def _find_helpers(project: Project) -> Iterator[Ailment]:
    """Yield what the settings name and this machine has not."""
    try:
        find_memories(project)
    except BitextError as error:
        yield Ailment(error.message, "mend pyproject.toml")
    name = project.settings.machine.engine
    if name:
        from bitext.commands.engines import make_engine

        for tag in project.settings.languages:
            try:
                make_engine(name, project.settings.source_language, tag)
            except BitextError as error:
                yield Ailment(f"{tag}: {error.message}", "install it, or unset machine.engine")


EXAMINATIONS: tuple[Callable[[Project], Iterator[Ailment]], ...] = (
    _find_articles,
    _find_languages,
    _find_behind,
    _find_configuration,
    _find_git,
    _find_helpers,
)
"""In the order in which a person would mend what they find."""
