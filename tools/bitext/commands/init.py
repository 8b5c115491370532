"""``bitext init``: start a project, or a language in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bitext.commands.gettext import run_gettext
from bitext.commands.merge import install
from bitext.commands.update import run_update
from bitext.disk import write_files
from bitext.encoding import located
from bitext.errors import BitextError, SettingsError, UsageError, one_line
from bitext.languages import is_known, parse_language
from bitext.project import SETTINGS_FILE, Project, open_project
from bitext.settings import has_settings

_NEW_PROJECT = """\
[tool.bitext]
source = "source"
locale = "locale"
languages = []
"""
_CONFIGURATION = """\
project = {name}
extensions = ["bitext"]
"""


@dataclass(slots=True)
class InitReport:
    """What a start wrote."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    errors: list[BitextError] = field(default_factory=list)
    articles: int = 0


def run_init(folder: Path, tag: str) -> InitReport:
    """Add the language `tag` to the settings of the project in `folder`, and make its catalogs.

    A folder without settings becomes a project. Raises `UsageError` for a tag that is no
    language, or one that the project has.
    """
    language = parse_language(tag) or parse_language(tag.replace("_", "-"))
    if language is None or not is_known(language.tag):
        raise UsageError(f"{tag!r} is not a language; use a BCP 47 tag such as sl-SI or pt-BR")
    if language.tag != tag:
        raise UsageError(f"{tag!r} is spelled {language.tag!r}")
    report = InitReport()
    _require_settings(folder, report)
    project = open_project(folder)
    if tag == project.settings.source_language:
        raise UsageError(f"{tag!r} is the language of the articles")
    _require_configuration(project, report)
    path = project.root / SETTINGS_FILE
    if tag not in project.settings.languages:
        text = add_language(_read_settings(path), tag)
        write_files({path: text}, project.root)
        if SETTINGS_FILE not in report.written:
            report.written.append(SETTINGS_FILE)
        project = open_project(folder)
    extracted = run_gettext(project)
    updated = run_update(project, [tag])
    report.written += extracted.written + [
        name for one in updated.languages for name in one.written
    ]
    report.removed += extracted.removed
    report.articles = extracted.articles
    report.written += install(project)
    report.errors += extracted.errors + updated.errors
    return report


def _require_settings(folder: Path, report: InitReport) -> None:
    """Make the settings where there are none."""
    settings = folder / SETTINGS_FILE
    if not settings.is_file():
        if not (folder / "source").is_dir():
            message = f"there is no {SETTINGS_FILE} and no source/ folder in {folder}"
            raise UsageError(f"{message}; put your English articles into source/ first")
        write_files({settings: _NEW_PROJECT}, folder)
        report.written.append(SETTINGS_FILE)
    else:
        text = _read_settings(settings)
        with located(SETTINGS_FILE):
            is_new = not has_settings(text)
        if is_new:
            newline = "\r\n" if "\r\n" in text else "\n"
            added = f"\n\n{_NEW_PROJECT}".replace("\n", newline)
            write_files({settings: text.rstrip("\r\n") + added}, folder)
            report.written.append(SETTINGS_FILE)


def _require_configuration(project: Project, report: InitReport) -> None:
    """Make a configuration of Sphinx where there is none."""
    if not any((folder / "conf.py").is_file() for folder in (project.root, project.source)):
        name = json.dumps(one_line(project.root.resolve().name), ensure_ascii=False)
        write_files({project.root / "conf.py": _CONFIGURATION.format(name=name)}, project.root)
        report.written.append("conf.py")


def _read_settings(path: Path) -> str:
    """Return the text of the settings, line ends as they are."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot be read: {error}", path=SETTINGS_FILE) from error


def add_language(text: str, tag: str) -> str:
    r"""Return the text of a ``pyproject.toml`` with `tag` in its list of languages.

    Comments and layout are kept.

    >>> add_language('[tool.bitext]\nlanguages = ["de-DE"]\n', "sl-SI")
    '[tool.bitext]\nlanguages = ["de-DE", "sl-SI"]\n'
    """
    import tomlkit

    document: Any = tomlkit.parse(text)
    table = document["tool"]["bitext"]
    if "languages" in table:
        table["languages"].append(tag)
    else:
        table.add("languages", [tag])
    return tomlkit.dumps(document)
