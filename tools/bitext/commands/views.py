"""A project as its catalogs would be after ``gettext`` and ``update``, in memory only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.cache import load_cache
from bitext.commands.gettext import (
    CACHE,
    ArticleFile,
    make_source,
    new_prefixes,
    read_article_files,
    settings_fingerprint,
)
from bitext.commands.unread import load_unread
from bitext.encoding import decode_catalog, located
from bitext.errors import BitextError, CatalogError, UsageError
from bitext.memory import make_memory
from bitext.model import Unread
from bitext.po import Catalog, parse
from bitext.project import SETTINGS_FILE, Project
from bitext.update import Updated, update_catalog

if TYPE_CHECKING:
    from bitext.markdown.blocks import Grammar


@dataclass(slots=True)
class Templates:
    """The current POT of each article."""

    catalogs: dict[str, Catalog] = field(default_factory=dict)
    """By article."""

    behind: list[str] = field(default_factory=list)
    """Articles whose POT on disk differs."""

    unread: dict[str, Sequence[Unread]] = field(default_factory=dict)
    """Texts that are not extracted, by article."""

    errors: list[BitextError] = field(default_factory=list)


def current_templates(project: Project) -> Templates:
    """Return the POTs that `gettext` would leave, without writing any."""
    result = Templates()
    files = read_article_files(project, project.find_articles(), result.errors)
    fingerprint = settings_fingerprint(project.settings)
    known = load_cache(project.root, CACHE, fingerprint)
    unread = load_unread(project.root, fingerprint)
    prefixes = new_prefixes(files)
    behind = {f.article for f in files if not f.pot or known.get(f.article) != f.hash}
    grammar = _make_grammar(project) if behind else None
    for file in files:
        try:
            if grammar is None or file.article not in behind:
                result.catalogs[file.article] = _parse_template(project, file)
                result.unread[file.article] = unread.get(file.article, ())
            else:
                _extract(project, file, prefixes.get(file.article, ""), grammar, result)
        except BitextError as error:
            result.errors.append(error)
    return result


def _make_grammar(project: Project) -> Grammar:
    """Return what reads the project's articles; raises `SettingsError` for a wrong extension."""
    from bitext.segments import make_grammar

    with located(SETTINGS_FILE):
        return make_grammar(project.settings)


def _parse_template(project: Project, file: ArticleFile) -> Catalog:
    path = project.shown_template(file.article)
    with located(path):
        return parse(decode_catalog(file.pot, path))


def _extract(
    project: Project, file: ArticleFile, prefix: str, grammar: Grammar, result: Templates
) -> None:
    """Add the POT of an article whose own may be behind."""
    from bitext.extract import extract

    source = make_source(project, file, prefix)
    with located(project.shown_template(file.article)):
        extracted = extract(source, grammar, project.settings)
    result.unread[file.article] = extracted.article.parsed.unread
    if not extracted.template.entries:
        return
    result.catalogs[file.article] = extracted.template
    if extracted.is_behind:
        result.behind.append(file.article)


def read_templates(project: Project, errors: list[BitextError]) -> dict[str, Catalog]:
    """Return the POTs as they are on disk, by article; an unreadable one is added to `errors`."""
    paths = {article: project.template_path(article) for article in project.find_templates()}
    return _read_all(project, paths, errors)


def read_catalogs(project: Project, tag: str, errors: list[BitextError]) -> dict[str, Catalog]:
    """Return a language's PO files as they are on disk, by article; adds to `errors`."""
    paths = {article: project.catalog_path(article, tag) for article in project.find_catalogs(tag)}
    return _read_all(project, paths, errors)


def _read_all(
    project: Project, paths: Mapping[str, Path], errors: list[BitextError]
) -> dict[str, Catalog]:
    """Return the catalogs that can be read, by article."""
    found: dict[str, Catalog] = {}
    for article, path in paths.items():
        shown = project.shown(path)
        try:
            with located(shown):
                found[article] = parse(decode_catalog(path.read_bytes(), shown))
        except CatalogError as error:
            errors.append(error)
    return found


@dataclass(slots=True)
class LanguageView:
    """One language's catalogs, before and after an update in memory."""

    tag: str
    before: dict[str, Catalog]
    updates: dict[str, Updated]
    """By article, of those whose catalog could be read."""

    errors: list[BitextError] = field(default_factory=list)

    @property
    def catalogs(self) -> dict[str, Catalog]:
        """The catalogs as `update` would leave them, by article."""
        return {article: updated.catalog for article, updated in self.updates.items()}


def view_language(project: Project, tag: str, templates: Mapping[str, Catalog]) -> LanguageView:
    """Return the language's catalogs joined with `templates`; nothing is written."""
    errors: list[BitextError] = []
    before = read_catalogs(project, tag, errors)
    unreadable = {error.path for error in errors}
    memory = make_memory(before.values())
    updates = {
        article: update_catalog(before.get(article), template, tag=tag, memory=memory)
        for article, template in templates.items()
        if project.shown(project.catalog_path(article, tag)) not in unreadable
    }
    return LanguageView(tag, before, updates, errors)


def choose_languages(project: Project, tags: Sequence[str]) -> Sequence[str]:
    """Return the languages named, or all of the project's.

    Raises `UsageError` for one that the settings do not list.
    """
    listed = project.settings.languages
    for tag in tags:
        if tag not in listed:
            known = ", ".join(listed) or "none"
            message = f"{tag!r} is not a language of this project ({known})"
            raise UsageError(f"{message}; start it with 'bitext init {tag}'")
    return tuple(dict.fromkeys(tags)) or listed
