"""``bitext update``: POT files → the PO files of each language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bitext.commands.texts import TemplateTexts, catalog_folder, read_all
from bitext.commands.views import LanguageView, choose_languages, join_catalogs
from bitext.errors import BitextError
from bitext.lock import alone
from bitext.po import serialize
from bitext.project import Project
from bitext.settled import Settled
from bitext.update import Outcome
from bitext.words import count_words


@dataclass(slots=True)
class LanguageReport:
    """What an update did to one language."""

    tag: str
    written: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    """The new path of each PO file that followed its article."""

    english: dict[Outcome, list[str]] = field(default_factory=lambda: {o: [] for o in Outcome})
    """The English of all entries, by what became of them."""

    def count_words(self, outcome: Outcome) -> int:
        """Return the words of English of the entries of which this became."""
        return sum(map(count_words, self.english[outcome]))


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
        templates = TemplateTexts(project)
        if not chosen:
            templates.parse(templates.texts)
        changes: dict[Path, str | None] = {}
        for tag in chosen:
            language, texts = _update_language(project, tag, templates, report)
            report.languages.append(language)
            changes.update(texts)
        report.articles = len(templates.texts) - len(templates.errors)
        report.errors[:0] = templates.errors
        if not check:
            write(changes)
    return report


def _update_language(
    project: Project, tag: str, templates: TemplateTexts, report: UpdateReport
) -> tuple[LanguageReport, dict[Path, str | None]]:
    """Return what became of a language, and the new texts of its changed files; None for gone."""
    settled, view = _view(project, tag, templates)
    report.errors.extend(view.errors)
    language = LanguageReport(tag)
    language.english[Outcome.KEPT] += [text for one in settled for text in one.english]
    texts: dict[Path, str | None] = {}
    for article, updated in view.updates.items():
        for outcome, text in updated.outcomes:
            language.english[outcome].append(text)
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


def _view(
    project: Project, tag: str, templates: TemplateTexts
) -> tuple[Sequence[Settled], LanguageView]:
    """Return a language's settled catalogs, and the view of all others.

    Several entries of one sentence in a catalog, which git may leave, are united.
    """
    folder = catalog_folder(project, tag)
    found = dict.fromkeys(project.find_catalogs(tag))
    lacking = templates.parse(templates.texts.keys() - found.keys())
    texts = folder.read([*found, *lacking])
    errors: list[BitextError] = []
    catalogs = read_all(folder, texts, templates.texts, errors)
    settled = {path: one for path, one in catalogs.items() if isinstance(one, Settled)}
    pots = templates.parse(templates.texts.keys() - settled.keys())
    return list(settled.values()), join_catalogs(project, tag, catalogs, pots, errors=errors)
