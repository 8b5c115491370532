"""A project on disk: the only module that knows its folders."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bitext.disk import find_files, find_loops, read_file
from bitext.errors import ArticleError, SettingsError, UsageError, one_line
from bitext.markdown.learn.docfx import Docfx, parse_docfx
from bitext.markdown.learn.yaml_pages import is_pivots, is_yaml_page
from bitext.patterns import compile_patterns, literal_pattern
from bitext.settings import Settings, has_settings, parse_settings

SETTINGS_FILE = "pyproject.toml"
LEARN = "learn"
_YAML_HEAD = 64
"""Bytes at the start of a file of YAML that say whether it is a page."""

_NO_DOCFX = Docfx()

CACHE_FOLDER = ".bitext_cache"


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with ``pyproject.toml``, English articles and their catalogs."""

    root: Path
    settings: Settings
    docfx: Docfx = _NO_DOCFX
    """What a docset's own settings say; nothing in other dialects."""

    @property
    def source(self) -> Path:
        """The folder of the articles."""
        return self.root / self.settings.source

    @property
    def templates(self) -> Path:
        """The folder of the POT files."""
        return self.root / self.settings.locale / "pot"

    def catalogs(self, tag: str) -> Path:
        """Return the folder of one language's PO files."""
        return self.root / self.settings.locale / tag / "LC_MESSAGES"

    @property
    def terms(self) -> Path:
        """The file of the project's terms."""
        return self.root / self.settings.locale / "terms.csv"

    def template_path(self, article: str) -> Path:
        """Return where the POT of an article is."""
        return Path(self.root, self.shown_template(article))

    def shown_template(self, article: str) -> str:
        """Return where the POT of an article is, as messages show it."""
        return f"{self.settings.locale}/pot/{article.removesuffix('.md')}.pot"

    def catalog_path(self, article: str, tag: str) -> Path:
        """Return where the PO of an article in one language is."""
        stem = article.removesuffix(".md")
        return Path(self.root, f"{self.settings.locale}/{tag}/LC_MESSAGES/{stem}.po")

    def former_path(self, article: str, tag: str) -> Path:
        """Return where the other English is that a language was published with, if it was."""
        return Path(self.root, f"{self.settings.locale}/{tag}/published/{article}")

    def theme_path(self, tag: str) -> Path:
        """Return where one language's words for what Sphinx and its theme say are, if it has any.

        They are beside its catalogs, so that an article may be named ``sphinx.md``.
        """
        return Path(self.root, f"{self.settings.locale}/{tag}/sphinx.po")

    def shown(self, path: Path) -> str:
        """Return a path as messages show it: below the project's folder, with forward slashes."""
        shown, folder = str(path), f"{self.root}{os.sep}"
        return (
            shown.removeprefix(folder).replace(os.sep, "/") if shown.startswith(folder) else shown
        )

    def find_articles(self) -> list[str]:
        """Return the paths of all articles below the source folder, sorted."""
        if not self.source.is_dir():
            message = f"the source folder {self.settings.source!r} does not exist"
            raise UsageError(f"{message}; make it, or set source in {SETTINGS_FILE}")
        excluded = compile_patterns(self.settings.exclude)
        paths = sorted([*find_files(self.source, ".md"), *self.find_yaml_pages()])
        return [path for path in paths if not (excluded and excluded.fullmatch(path))]

    def find_yaml_pages(self) -> list[str]:
        """Return the pages in YAML below the source folder: a docset of Microsoft's has some."""
        if self.settings.dialect != LEARN:
            return []
        return [path for path in self.find_yaml_files() if self._is_yaml_page(path)]

    def find_yaml_files(self) -> list[str]:
        """Return the files of YAML below the source folder."""
        return find_files(self.source, ".yml")

    def _is_yaml_page(self, path: str) -> bool:
        if self.settings.dialect != LEARN or not path.endswith(".yml"):
            return False
        try:
            with (self.source / path).open("rb") as file:
                return is_yaml_page(path, file.read(_YAML_HEAD))
        except OSError:
            return False

    def find_loops(self) -> list[str]:
        """Return the links below the source folder to a folder that they are in."""
        return find_loops(self.source)

    def is_article(self, path: str) -> bool:
        """Tell whether a path below the source folder is one that `find_articles` may find."""
        parts = path.split("/")
        if any(part.startswith(".") for part in parts):
            return False
        if not path.endswith(".md") and not self._is_yaml_page(path):
            return False
        excluded = compile_patterns(self.settings.exclude)
        return not (excluded and excluded.fullmatch(path))

    def find_languages(self) -> list[str]:
        """Return the languages that have a folder of PO files, listed in the settings or not."""
        folder = self.root / self.settings.locale
        return sorted(path.parent.name for path in folder.glob("*/LC_MESSAGES"))

    def find_templates(self) -> list[str]:
        """Return the articles that have a POT, sorted."""
        found = find_files(self.templates, ".pot")
        return [article_of_stem(path.removesuffix(".pot")) for path in found]

    def find_catalogs(self, tag: str) -> list[str]:
        """Return the articles that have a PO in one language, sorted."""
        found = find_files(self.catalogs(tag), ".po")
        return [article_of_stem(path.removesuffix(".po")) for path in found]


def article_of_stem(stem: str) -> str:
    """Return the article whose catalogs are named `stem`: that of a page in YAML keeps its end.

    >>> article_of_stem("guide/install"), article_of_stem("TOC.yml")
    ('guide/install.md', 'TOC.yml')
    """
    return stem if stem.endswith(".yml") else f"{stem}.md"


def is_project(folder: Path) -> bool:
    """Tell whether `folder` has a ``pyproject.toml`` with our settings, or one that is wrong."""
    try:
        return has_settings((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, UnicodeDecodeError, SettingsError):
        return True


def open_project(folder: Path) -> Project:
    """Return the project in `folder`.

    Raises `UsageError` if there is no ``pyproject.toml``, `SettingsError` if it is wrong.
    """
    path = folder / SETTINGS_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = f"there is no {SETTINGS_FILE} in {folder}"
        way = "go to the project's folder, name it with -C, or start one with 'bitext init LANG'"
        raise UsageError(f"{message}; {way}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot be read: {error}", path=SETTINGS_FILE) from error
    try:
        settings = parse_settings(text, project=one_line(folder.resolve().name))
    except SettingsError as error:
        raise error.located(SETTINGS_FILE) from error
    project = Project(folder.resolve(), settings)
    return project if settings.dialect != LEARN else _with_docfx(project)


def _with_docfx(project: Project) -> Project:
    """Return a project with its ``docfx.json``, without what that excludes.

    Included files are articles all the same, and those that name pivots.

    Raises `SettingsError` if that file cannot be read.
    """
    shown = f"{project.settings.source}/docfx.json"
    content = read_file(str(project.source / "docfx.json"), SettingsError, shown)
    if content is None:
        return project
    try:
        docfx = parse_docfx(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError("it is not UTF-8; save it as UTF-8", path=shown) from error
    except ArticleError as error:
        raise SettingsError(error.message, path=shown, line=error.line) from error
    except ValueError as error:
        raise SettingsError(f"cannot be read: {error}", path=shown) from error
    exclude = (*project.settings.exclude, *_find_no_pages(project, docfx))
    return replace(project, settings=replace(project.settings, exclude=exclude), docfx=docfx)


def _find_no_pages(project: Project, docfx: Docfx) -> list[str]:
    """Return patterns of what ``docfx.json`` leaves out: whole folders, and single files."""
    paths = [*find_files(project.source, ".md"), *find_files(project.source, ".yml")]
    included = compile_patterns(project.settings.learn.includes)
    left_out = [
        path
        for path in paths
        if not (docfx.is_page(path) or (included and included.fullmatch(path)) or is_pivots(path))
    ]
    kept = {str(folder) for path in set(paths) - set(left_out) for folder in _above(path)}
    outermost = (
        next((str(folder) for folder in _above(path) if str(folder) not in kept), path)
        for path in left_out
    )
    return [literal_pattern(path) for path in dict.fromkeys(outermost)]


def _above(path: str) -> list[PurePosixPath]:
    """Return the folders that a file is in, the outermost first; not the one all are in."""
    return list(PurePosixPath(path).parents)[-2::-1]
