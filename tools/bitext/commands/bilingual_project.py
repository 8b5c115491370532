"""The project that published files go into: the one that there is, or a new one."""

from __future__ import annotations

from pathlib import Path

from bitext.commands.init import add_language
from bitext.disk import write_files
from bitext.errors import UsageError, one_line
from bitext.languages import is_known, parse_language
from bitext.project import SETTINGS_FILE, Project, is_project, open_project
from bitext.settings import DIALECTS

_NEW_PROJECT = """\
[tool.bitext]
source = "source"
locale = "locale"
languages = ["{tag}"]
segmentation = "published"
"""

_LEARN = 'dialect = "learn"\n'

_CONFIGURATION = """\
project = {name!r}
extensions = ["bitext"]
"""


def require_language(tag: str) -> None:
    """Raise `UsageError` unless a tag is a language, spelled as languages are."""
    language = parse_language(tag)
    if language is None or not is_known(language.tag):
        raise UsageError(f"{tag!r} is not a language; use a BCP 47 tag such as sl-SI or pt-BR")
    if language.tag != tag:
        raise UsageError(f"{tag!r} is spelled {language.tag!r}")


def prepare(folder: Path, tag: str, written: list[str], *, check: bool) -> Project:
    """Return the project, which has the language; what is changed for that goes to `written`."""
    if not is_project(folder):
        return _start(folder, tag, written, check=check)
    project = open_project(folder)
    settings = project.settings
    if tag in settings.languages or tag == settings.source_language:
        return project
    written.append(SETTINGS_FILE)
    if check:
        return project
    path = project.root / SETTINGS_FILE
    write_files({path: add_language(path.read_bytes().decode(), tag)}, project.root)
    return open_project(folder)


def _start(folder: Path, tag: str, written: list[str], *, check: bool) -> Project:
    """Return a new project, cut as published files are."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    text = _NEW_PROJECT.format(tag=tag) + (_LEARN if "learn" in DIALECTS else "")
    settings = folder / SETTINGS_FILE
    before = settings.read_bytes().decode() if settings.is_file() else ""
    texts = {settings: f"{before.rstrip()}\n\n{text}" if before.strip() else text}
    if not any((folder / place / "conf.py").is_file() for place in (".", "source")):
        texts[folder / "conf.py"] = _CONFIGURATION.format(name=one_line(folder.resolve().name))
    written += [path.name for path in texts]
    if not check:
        write_files(texts, folder)
        return open_project(folder)
    from bitext.settings import parse_settings

    return Project(folder.resolve(), parse_settings(texts[settings]))
