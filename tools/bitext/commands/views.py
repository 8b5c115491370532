"""A project as its catalogs would be after ``gettext`` and ``update``, in memory only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bitext.cache import load_cache, store_cache
from bitext.commands.articles import ArticleFile, find_article_files, make_source, read_contents
from bitext.commands.catching_up import catch_up, make_plan
from bitext.commands.gettext import CACHE, is_behind, settings_fingerprint
from bitext.commands.grammars import project_grammar
from bitext.commands.noted import Noted, load_noted, note, store_noted
from bitext.commands.pots import Pots
from bitext.commands.texts import catalog_folder, read_all, template_folder
from bitext.encoding import decode_catalog, located
from bitext.errors import BitextError, UsageError
from bitext.po import Catalog
from bitext.project import Project
from bitext.settled import Settled
from bitext.update import Updated


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
        project_grammar(project)  # what is wrong with it is no article's fault
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
        if file.has_pot and file.article in result.catalogs and file.article not in behind
        if not (file.former or file.prefix)
    }
    if current.items() <= known.items():
        return
    fingerprint = settings_fingerprint(project.settings)
    store_cache(project.root, CACHE, fingerprint, {**known, **current})
    store_noted(project.root, fingerprint, {path: result.noted[path] for path in current})


def _read_template(project: Project, file: ArticleFile, result: Templates) -> None:
    """Add the POT of an article, which is current."""
    path = project.shown_template(file.article)
    text = decode_catalog(read_contents(project, file).pot, path)
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
    unreadable = {error.path for error in errors}
    folder = catalog_folder(project, tag)
    broken = {article for article in templates if folder.shown_file(article) in unreadable}
    own = _Held(catalogs, templates, broken, others or {})
    plan = make_plan(project, tag, own)
    updates = {one.article: one.updated for one in catch_up(tag, own, plan)}
    before = {path: one for path, one in catalogs.items() if isinstance(one, Catalog)}
    return LanguageView(tag, before, updates, dict(plan.moved), errors)


class _Held(NamedTuple):
    """A language's catalogs in memory."""

    own: Mapping[str, Catalog | Settled]
    templates: Mapping[str, Catalog]
    unreadable: Collection[str]
    others: Mapping[str, Catalog | Settled]
    """Those that only the memory has."""

    @property
    def is_held(self) -> bool:
        return True

    def articles(self) -> Iterable[str]:
        return self.templates

    def has_template(self, article: str) -> bool:
        return article in self.templates

    def template(self, article: str) -> Catalog | None:
        return self.templates.get(article)

    def catalogs(self) -> Iterator[tuple[str, Catalog | Settled]]:
        return iter(self.own.items())

    def catalog(self, article: str) -> Catalog | Settled | None:
        return self.own.get(article)

    def has_catalog(self, article: str) -> bool:
        return article in self.own

    def is_unreadable(self, article: str) -> bool:
        return article in self.unreadable

    @property
    def has_others(self) -> bool:
        return bool(self.others)

    def known(self) -> Iterator[Catalog | Settled]:
        if not self.others:
            return iter(self.own.values())
        known = {**self.own, **self.others}
        return (known[path] for path in sorted(known))

    def ids(self) -> Iterator[Collection[str]]:
        yield from ([e.msgctxt or "" for e in pot.entries] for pot in self.templates.values())
        yield from (one.ids for one in self.own.values() if isinstance(one, Settled))


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
