"""What a language knows before its pages are written: their values, and its environment."""

from __future__ import annotations

from collections.abc import Set
from glob import escape
from pathlib import Path

from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import get_image_filename_for_language

from bitext.errors import BitextError
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.education import is_educated, make_educate
from bitext.onebuild.environment import Title, load_environment
from bitext.onebuild.filling import fill_slots
from bitext.onebuild.language_builder import LanguageBuilder
from bitext.onebuild.record import PageRecord, SiteRecord, load
from bitext.onebuild.slots import find_sentences
from bitext.onebuild.state import Shared
from bitext.onebuild.values import Filling, PageValues
from bitext.project import Project
from bitext.sphinx_ext.page import Page, report, warn
from bitext.sphinx_ext.reading import MadeFrom, Reading


def read_values(
    builder: LanguageBuilder, project: Project, docnames: Set[str]
) -> dict[str, tuple[MadeFrom, ...]]:
    """Read the catalogs of pages, and render their sentences."""
    tag = builder.config.bitext_language
    reading = Reading(project, "" if tag == project.settings.source_language else tag)
    is_off = builder.config.smartquotes and not is_educated(builder.env, builder.name)
    filling = Filling(builder, make_educate(builder.env, builder.name), is_educated=not is_off)
    made_from: dict[str, tuple[MadeFrom, ...]] = {}
    for docname in sorted(docnames):
        record: PageRecord = load(builder.folders.record(docname))
        try:
            read = [reading.read_again(own.article) for own in record.articles]
        except BitextError as error:
            values = PageValues(unfit=error.message)
            made_from[docname] = (reading.never_current(builder.env.doc2path(docname)),)
        else:
            pages = [page for page, _ in read]
            made_from[docname] = tuple(own for _, own in read)
            values = filling.values_of(record, pages)
            _warn_of(values, pages, builder, docname)
        builder.ordinary.pop(docname, None)
        if values.unfit:
            builder.ordinary[docname] = values.unfit
        builder.records[docname] = record
        builder.values[docname] = values
        _share(builder.shared, record, values)
    return made_from


def _share(shared: Shared, record: PageRecord, values: PageValues) -> None:
    """Let other pages show what they may of a page."""
    shared.forget(record.english)
    shared.titles.update(values.titles)
    shared.texts.update(values.texts)
    shared.strings.update(values.strings)
    shared.gaps.update(values.gaps)
    shared.words.update((own, values.words[own]) for own in values.titles)


def _warn_of(values: PageValues, pages: list[Page], builder: LanguageBuilder, docname: str) -> None:
    """Warn as Sphinx's parser would; it does so itself for a page that is built ordinarily."""
    if values.unfit:
        return
    for page in pages:
        report(page, docname)
        for identifier, message in values.warnings:
            if identifier in page.localization.lines:
                warn(page, identifier, message)


def fill_environment(builder: LanguageBuilder, site: SiteRecord) -> set[str]:
    """Make the environment that of the language; return the pages that have to be read for it."""
    fill = builder.filler(PageValues())
    titles, texts = builder.shared.titles, builder.shared.texts
    unknown: dict[str, str] = {}

    def fill_text(text: str) -> str:
        try:
            return fill_slots(text, fill)
        except UnfitError as error:
            unknown.update(dict.fromkeys(find_sentences(text), error.message))
            return ""

    def title_of(key: str) -> Title:
        if key not in titles or key not in texts:
            unknown[key] = f"{key} cannot be shown in navigation"
        words = tuple(word for _, word in builder.shared.words.get(key, ()))
        return Title(titles.get(key, ""), texts.get(key, ""), words)

    load_environment(
        builder.env,
        site.environment,
        fill=fill_text,
        title_of=title_of,
        is_dropped=builder.shared.is_dropped,
    )
    _require_no_own_images(builder.env)
    pages = {site.homes[key]: reason for key, reason in unknown.items() if key in site.homes}
    builder.ordinary.update({page: builder.ordinary.get(page, why) for page, why in pages.items()})
    return set(pages)


def _require_no_own_images(env: BuildEnvironment) -> None:
    """Raise `UnfitError` if the language has an image of its own: others may be named anew then."""
    named = f"{{root}}.{env.config.bitext_language}{{ext}}"
    if env.config.figure_language_filename != named and any(env.images):
        raise UnfitError("conf.py sets figure_language_filename")
    for path in sorted({str(own) for paths in env.dependencies.values() for own in paths}):
        own = Path(env.srcdir, get_image_filename_for_language(path, env))
        for found in own.parent.glob(f"{escape(own.stem)}.*"):
            raise UnfitError(f"{found.name} is shown in place of {path}")
