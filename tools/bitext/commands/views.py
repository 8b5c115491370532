"""A project as its catalogs would be after ``gettext`` and ``update``, in memory only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.cache import load_cache
from bitext.carry import make_carry
from bitext.commands.articles import (
    ArticleFile,
    find_article_files,
    make_source,
    require_content,
)
from bitext.commands.gettext import CACHE, is_behind, settings_fingerprint
from bitext.commands.unread import load_unread
from bitext.encoding import decode_catalog, located
from bitext.errors import BitextError, CatalogError, UsageError
from bitext.memory import Memory, make_memory
from bitext.model import Unread
from bitext.po import Catalog, parse
from bitext.project import SETTINGS_FILE, Project, read_file
from bitext.renames import find_moved_catalogs
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
    fingerprint = settings_fingerprint(project.settings)
    known = load_cache(project.root, CACHE, fingerprint)
    unread = load_unread(project.root, fingerprint)
    files = find_article_files(project, result.errors).files
    if any(is_behind(file, known) for file in files):
        _make_grammar(project)  # what is wrong with it is no article's fault
    for file in files:
        try:
            if is_behind(file, known):
                _extract(project, file, result)
            else:
                result.catalogs[file.article] = _parse_template(project, file)
                result.unread[file.article] = unread.get(file.article, ())
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


def _extract(project: Project, file: ArticleFile, result: Templates) -> None:
    """Add the POT of an article whose own may be behind."""
    from bitext.extract import extract

    source = make_source(project, file, project.find_languages())
    with located(project.shown_template(file.article)):
        extracted = extract(source, project.settings)
    result.unread[file.article] = extracted.article.parsed.unread
    if not extracted.template.entries:
        return
    result.catalogs[file.article] = extracted.template
    if extracted.is_behind:
        result.behind.append(file.article)


def read_templates(project: Project, errors: list[BitextError]) -> dict[str, Catalog]:
    """Return the POTs as they are on disk, by article; an unreadable one is added to `errors`."""
    paths = {article: project.template_path(article) for article in project.find_templates()}
    return _read_all(project, paths, errors, is_merged=False)


def read_catalogs(
    project: Project,
    tag: str,
    errors: list[BitextError],
    *,
    wanted: Iterable[str] = (),
    is_merged: bool = False,
) -> dict[str, Catalog]:
    """Return a language's PO files as they are on disk, by article; adds to `errors`.

    Those of the articles in `wanted` are asked for by name, lest a folder is in their place.
    With `is_merged`, one in which git left several entries of one sentence is no error.
    """
    articles = dict.fromkeys([*project.find_catalogs(tag), *wanted])
    paths = {article: project.catalog_path(article, tag) for article in articles}
    return _read_all(project, paths, errors, is_merged=is_merged)


def _read_all(
    project: Project, paths: Mapping[str, Path], errors: list[BitextError], *, is_merged: bool
) -> dict[str, Catalog]:
    """Return the catalogs that can be read, by article."""
    found: dict[str, Catalog] = {}
    for article, path in paths.items():
        shown = project.shown(path)
        try:
            content = read_file(str(path), CatalogError, shown)
            if content is None:
                continue
            if path.suffix == ".pot":
                require_content(content, shown)
            with located(shown):
                found[article] = parse(decode_catalog(content, shown), is_merged=is_merged)
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

    moved: dict[str, str] = field(default_factory=dict)
    """The path that the catalog of a renamed article still has, by the article's own."""

    errors: list[BitextError] = field(default_factory=list)

    @property
    def catalogs(self) -> dict[str, Catalog]:
        """The catalogs as `update` would leave them, by article."""
        return {article: updated.catalog for article, updated in self.updates.items()}


def view_language(
    project: Project, tag: str, templates: Mapping[str, Catalog], *, is_merged: bool = False
) -> LanguageView:
    """Return the language's catalogs joined with `templates`; nothing is written.

    With `is_merged`, several entries of one sentence in a catalog are united.
    """
    errors: list[BitextError] = []
    before = read_catalogs(project, tag, errors, wanted=templates, is_merged=is_merged)
    unreadable = {error.path for error in errors}
    moved = find_moved_catalogs(before, templates)
    memory = language_memory(project, tag, before.values(), free=_free_ids(before, templates))
    updates = {
        article: update_catalog(
            before.get(moved.get(article, article)), template, tag=tag, memory=memory
        )
        for article, template in templates.items()
        if project.shown(project.catalog_path(article, tag)) not in unreadable
    }
    return LanguageView(tag, before, updates, moved, errors)


def _free_ids(before: Mapping[str, Catalog], templates: Mapping[str, Catalog]) -> frozenset[str]:
    """Return the IDs of the entries in use whose sentences are in no article any more."""
    wanted = {entry.msgctxt for template in templates.values() for entry in template.entries}
    entries = (entry for catalog in before.values() for entry in catalog.entries)
    return frozenset(
        entry.msgctxt
        for entry in entries
        if entry.msgctxt and not entry.is_obsolete and entry.msgctxt not in wanted
    )


def language_memory(
    project: Project,
    tag: str,
    catalogs: Iterable[Catalog],
    *,
    free: Collection[str] = frozenset(),
) -> Memory:
    """Return the memory of a language, as the settings let it propose."""
    own = project.settings.memory
    return make_memory(
        catalogs,
        carry=make_carry(tag, lambda: _make_grammar(project).parser),
        near=own.near / 100 if own.near < 100 else 0,
        trusts_exact=own.exact == "translated",
        free=free,
    )


def choose_languages(
    project: Project, tags: Sequence[str], *, with_source: bool = False
) -> Sequence[str]:
    """Return the languages named, or all of the project's; `with_source` the articles' own first.

    Raises `UsageError` for one that the settings do not list.
    """
    source = (project.settings.source_language,) if with_source else ()
    listed = (*source, *project.settings.languages)
    for tag in tags:
        if tag not in listed:
            known = ", ".join(listed) or "none"
            message = f"{tag!r} is not a language of this project ({known})"
            raise UsageError(f"{message}; start it with 'bitext init {tag}'")
    return tuple(dict.fromkeys(tags)) or listed
