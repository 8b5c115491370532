"""``bitext update``: POT files → the PO files of each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bitext.commands.views import choose_languages, read_templates, view_language
from bitext.errors import BitextError
from bitext.lock import alone
from bitext.po import Catalog, serialize
from bitext.project import Project
from bitext.update import Outcome
from bitext.words import count_words


@dataclass(slots=True)
class LanguageReport:
    """What an update did to one language."""

    tag: str
    written: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    """The new path of each PO file that followed its article."""

    entries: Counter[Outcome] = field(default_factory=Counter)
    words: Counter[Outcome] = field(default_factory=Counter)
    """Words of English, by what became of their entries."""


@dataclass(slots=True)
class UpdateReport:
    """What an update did, or would do."""

    articles: int = 0
    """Articles that have a POT."""

    languages: list[LanguageReport] = field(default_factory=list)
    errors: list[BitextError] = field(default_factory=list)


def run_update(project: Project, tags: Sequence[str] = (), *, check: bool = False) -> UpdateReport:
    """Bring catalogs up to the POT files; with `check`, only say what would change."""
    report = UpdateReport()
    chosen = choose_languages(project, tags)
    with alone(project.root, is_writing=not check) as write:
        templates = read_templates(project, report.errors)
        report.articles = len(templates)
        changes: dict[Path, str | None] = {}
        for tag in chosen:
            language, texts = _update_language(project, tag, templates, report)
            report.languages.append(language)
            changes.update(texts)
        if not check:
            write(changes)
    return report


def _update_language(
    project: Project, tag: str, templates: dict[str, Catalog], report: UpdateReport
) -> tuple[LanguageReport, dict[Path, str | None]]:
    """Return what became of a language, and the new texts of its changed files; None for gone."""
    view = view_language(project, tag, templates, is_merged=True)
    report.errors.extend(view.errors)
    language = LanguageReport(tag)
    texts: dict[Path, str | None] = {}
    for article, updated in view.updates.items():
        for outcome, text in updated.outcomes:
            language.entries[outcome] += 1
            language.words[outcome] += count_words(text)
        if updated.catalog != view.before.get(article):
            path = project.catalog_path(article, tag)
            texts[path] = serialize(updated.catalog)
            language.written.append(project.shown(path))
        if article in view.moved:
            former = project.catalog_path(view.moved[article], tag)
            texts[former] = None
            language.moved[project.shown(former)] = project.shown(
                project.catalog_path(article, tag)
            )
    return language, texts
