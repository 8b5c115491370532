"""A project as its catalogs would be after ``gettext`` and ``update``, in memory only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bitext.cache import load_cache, store_cache
from bitext.carry import make_carry
from bitext.commands.articles import (
    ArticleFile,
    find_article_files,
    make_source,
)
from bitext.commands.gettext import CACHE, is_behind, settings_fingerprint
from bitext.commands.memories import read_memories
from bitext.commands.noted import Noted, load_noted, note, store_noted
from bitext.commands.pots import Pots
from bitext.commands.texts import catalog_folder, read_all, template_folder
from bitext.encoding import decode_catalog, located
from bitext.errors import BitextError, UsageError
from bitext.memory import Memory, make_memory
from bitext.po import Catalog
from bitext.project import SETTINGS_FILE, Project
from bitext.renames import find_moved_catalogs
from bitext.settled import Settled
from bitext.update import Updated, update_catalog

if TYPE_CHECKING:
    from bitext.markdown.blocks import Grammar


@dataclass(slots=True)
class Templates:
    """The current POT of each article."""

    catalogs: Pots = field(default_factory=Pots)
    """By article."""

    texts: dict[str, str] = field(default_factory=dict)
    """The text of each POT on disk that is current, by article."""

    behind: list[str] = field(default_factory=list)
    """Articles whose POT on disk differs."""

    noted: dict[str, Noted] = field(default_factory=dict)
    """What was noted of each article."""

    errors: list[BitextError] = field(default_factory=list)


def current_templates(project: Project, files: Sequence[ArticleFile] | None = None) -> Templates:
    """Return the POTs that `gettext` would leave, without writing any: all, or those of `files`."""
    result = Templates()
    fingerprint = settings_fingerprint(project.settings)
    known = load_cache(project.root, CACHE, fingerprint)
    noted = load_noted(project.root, fingerprint)
    is_whole = files is None
    if files is None:
        files = find_article_files(project, result.errors).files
    if any(is_behind(file, known) for file in files):
        _make_grammar(project)  # what is wrong with it is no article's fault
    for file in files:
        try:
            if is_behind(file, known):
                _extract(project, file, result)
            else:
                _read_template(project, file, result)
                result.noted[file.article] = noted.get(file.article, Noted())
        except BitextError as error:
            result.errors.append(error)
    if is_whole:
        _remember(project, files, result, known)
    return result


def _remember(
    project: Project, files: Sequence[ArticleFile], result: Templates, known: Mapping[str, str]
) -> None:
    """Store which POTs are current, so that the next command need not read their articles.

    Where `gettext` was never run, as in a translator's clone, nobody else would.
    """
    behind = set(result.behind)
    current = {
        file.article: file.hash
        for file in files
        if file.pot and file.article in result.catalogs and file.article not in behind
        if not (file.former or file.prefix)
    }
    if current.items() <= known.items():
        return
    fingerprint = settings_fingerprint(project.settings)
    store_cache(project.root, CACHE, fingerprint, {**known, **current})
    store_noted(project.root, fingerprint, {path: result.noted[path] for path in current})


def _make_grammar(project: Project) -> Grammar:
    """Return what reads the project's articles; raises `SettingsError` for a wrong extension."""
    from bitext.segments import make_grammar

    with located(SETTINGS_FILE):
        return make_grammar(project.settings)


def _read_template(project: Project, file: ArticleFile, result: Templates) -> None:
    """Add the POT of an article, which is current."""
    path = project.shown_template(file.article)
    text = decode_catalog(file.pot, path)
    result.catalogs.add_text(file.article, text, shown=path)
    result.texts[file.article] = text


def _extract(project: Project, file: ArticleFile, result: Templates) -> None:
    """Add the POT of an article whose own may be behind."""
    from bitext.extract import extract

    source = make_source(project, file, project.find_languages())
    with located(project.shown_template(file.article)):
        extracted = extract(source, project.settings)
    result.noted[file.article] = note(extracted.article.parsed)
    if not extracted.template.entries:
        return
    result.catalogs.add(file.article, extracted.template)
    if extracted.is_behind:
        result.behind.append(file.article)
    elif not file.former:
        result.texts[file.article] = source.pot


def read_catalogs(
    project: Project,
    tag: str,
    errors: list[BitextError],
    *,
    wanted: Iterable[str] = (),
) -> dict[str, Catalog]:
    """Return a language's PO files as they are on disk, by article; adds to `errors`.

    Those of the articles in `wanted` are asked for by name, lest a folder is in their place.
    """
    folder = catalog_folder(project, tag)
    articles = dict.fromkeys([*project.find_catalogs(tag), *wanted])
    return folder.parse(folder.read(articles), errors, is_merged=False)


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


def view_language(project: Project, tag: str, templates: Mapping[str, Catalog]) -> LanguageView:
    """Return the language's catalogs joined with `templates`; nothing is written."""
    errors: list[BitextError] = []
    before = read_catalogs(project, tag, errors, wanted=templates)
    return join_catalogs(project, tag, before, templates, errors=errors)


def view_articles(
    project: Project, tag: str, templates: Mapping[str, Catalog], articles: Collection[str]
) -> LanguageView:
    """Return the language's catalogs of `articles` joined with their `templates`.

    The others are read only if the memory is asked for a sentence; what is wrong with them is
    left out.
    """
    errors: list[BitextError] = []
    folder = catalog_folder(project, tag)
    own = folder.parse(folder.read(sorted(articles)), errors, is_merged=False)
    others: dict[str, Catalog | Settled] = {}
    if not all(_is_known(templates[article], own.get(article)) for article in templates):
        texts = folder.read(path for path in project.find_catalogs(tag) if path not in articles)
        others = read_all(folder, texts, template_folder(project).read(texts), [])
    return join_catalogs(project, tag, own, templates, errors=errors, others=others)


def _is_known(template: Catalog, catalog: Catalog | None) -> bool:
    """Tell whether the catalog translates each sentence, so that the memory is not asked."""
    entries = catalog.entries if catalog else ()
    known = {(e.msgctxt, e.msgid) for e in entries if e.is_translated and not e.is_obsolete}
    return all((entry.msgctxt, entry.msgid) in known for entry in template.entries)


def join_catalogs(
    project: Project,
    tag: str,
    catalogs: Mapping[str, Catalog | Settled],
    templates: Mapping[str, Catalog],
    *,
    errors: list[BitextError],
    others: Mapping[str, Catalog | Settled] | None = None,
) -> LanguageView:
    """Return `catalogs` joined with `templates`: all of the language, and all of the project.

    Settled ones need no template, and are in the view's memory only; so are `others`, those of
    articles without a template here. Those that could not be read are in `errors`.
    """
    before = {path: one for path, one in catalogs.items() if isinstance(one, Catalog)}
    settled = [one for one in catalogs.values() if isinstance(one, Settled)]
    moved = find_moved_catalogs(before, templates)
    free = _free_ids(before, templates)
    if free:  # or nothing needs the IDs of all settled ones
        free = free.difference(*(one.ids for one in settled))
    known = {**catalogs, **others} if others else catalogs
    ordered = (known[path] for path in sorted(known)) if others else known.values()
    memory = language_memory(project, tag, ordered, free=free)
    memory.look_ahead(_find_new(before, moved, templates))
    unreadable = {error.path for error in errors}
    folder = catalog_folder(project, tag)
    updates = {
        article: update_catalog(
            before.get(moved.get(article, article)), template, tag=tag, memory=memory
        )
        for article, template in templates.items()
        if folder.shown_file(article) not in unreadable
    }
    return LanguageView(tag, before, updates, moved, errors)


def _find_new(
    before: Mapping[str, Catalog], moved: Mapping[str, str], templates: Mapping[str, Catalog]
) -> Collection[str]:
    """Return the sentences that their article's catalog has not, nor a translation under their ID.

    What has one follows its English: nothing near it is asked for.
    """
    new: dict[str, None] = {}
    for article, template in templates.items():
        old = before.get(moved.get(article, article))
        entries = old.entries if old else ()
        known = {entry.msgid for entry in entries}
        ids = {e.msgctxt for e in entries if e.is_translated and not e.is_obsolete}
        new.update(
            (e.msgid, None)
            for e in template.entries
            if e.msgid not in known and e.msgctxt not in ids
        )
    return new.keys()


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
    catalogs: Iterable[Catalog | Settled],
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
        more=partial(read_memories, project, tag),
    )


def _way_to(tag: str, listed: Sequence[str]) -> str:
    """Return what to do about a language that the project does not have."""
    short = tag.replace("_", "-").partition("-")[0].lower()
    alike = [own for own in listed if own.partition("-")[0].lower() == short]
    return f"did you mean {alike[0]}?" if alike else f"start it with 'bitext init {tag}'"


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
            raise UsageError(f"{message}; {_way_to(tag, listed)}")
    return tuple(dict.fromkeys(tags)) or listed
