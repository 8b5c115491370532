"""``bitext update``: POT files → the PO files of each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from bitext.commands.catching_up import CaughtUp, catch_up, make_plan
from bitext.commands.stored import StoredCatalogs, StoredTemplates
from bitext.commands.views import choose_languages
from bitext.errors import BitextError
from bitext.lock import Write, alone
from bitext.po import serialize
from bitext.project import Project
from bitext.settled import Settled
from bitext.update import Outcome
from bitext.words import count_words

_BATCH = 256
"""Catalogs that are written at once, and forgotten."""


@dataclass(slots=True)
class LanguageReport:
    """What an update did to one language."""

    tag: str
    written: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    """The new path of each PO file that followed its article."""

    entries: Counter[Outcome] = field(default_factory=Counter)
    """How many entries there are, by what became of them."""

    words: Counter[Outcome] = field(default_factory=Counter)
    """How many words of English they have, if these are counted."""


@dataclass(slots=True)
class UpdateReport:
    """What an update did, or would do."""

    articles: int = 0
    """Articles that have a POT."""

    languages: list[LanguageReport] = field(default_factory=list)
    errors: list[BitextError] = field(default_factory=list)


def run_update(
    project: Project,
    tags: Sequence[str] = (),
    *,
    check: bool = False,
    is_counting: bool = False,
) -> UpdateReport:
    """Bring catalogs up to the POT files; with `check`, only say what would change.

    Words are counted with `is_counting` only: that takes as long as much else.
    """
    report = UpdateReport()
    chosen = choose_languages(project, tags)
    with alone(project.root, is_writing=not check) as write:
        templates = StoredTemplates(project)
        if not chosen:
            for article in templates.articles:
                templates.parse(article)
        for tag in chosen:
            work = _LanguageWork(project, tag, is_counting=is_counting)
            report.errors += work.run(templates, None if check else write)
            report.languages.append(work.report)
        report.articles = len(templates.articles) - len(templates.errors)
        report.errors[:0] = templates.errors
    return report


class _LanguageWork:
    """The update of one language."""

    def __init__(self, project: Project, tag: str, *, is_counting: bool) -> None:
        self._project = project
        self._is_counting = is_counting
        self._changes: dict[Path, str | None] = {}
        """The new texts of files that are not written yet; None for those that are to go."""

        self.report = LanguageReport(tag)

    def run(self, templates: StoredTemplates, write: Write | None) -> list[BitextError]:
        """Bring all catalogs up and return what cannot be read; without `write`, in memory only."""
        tag = self.report.tag
        catalogs = StoredCatalogs(self._project, tag, templates, self._count_settled)
        plan = make_plan(self._project, tag, catalogs)
        for one in catch_up(tag, catalogs, plan):
            self._take(one, plan.moved.get(one.article))
            if len(self._changes) >= _BATCH:
                self._write(write)
        self._write(write)
        return catalogs.errors

    def _count_settled(self, settled: Settled) -> None:
        self._count(Outcome.KEPT, settled.english)

    def _count(self, outcome: Outcome, english: Sequence[str]) -> None:
        self.report.entries[outcome] += len(english)
        if self._is_counting:
            self.report.words[outcome] += sum(map(count_words, english))

    def _take(self, one: CaughtUp, moved: str | None) -> None:
        """Note what became of a catalog; `moved` is the article that it still stands under."""
        project, tag, catalog = self._project, self.report.tag, one.updated.catalog
        for outcome, texts in groupby(one.updated.outcomes, key=itemgetter(0)):
            self._count(outcome, [text for _, text in texts])
        path = project.catalog_path(one.article, tag)
        if moved is not None or catalog != one.former:
            self._changes[path] = serialize(catalog)
            self.report.written.append(project.shown(path))
        if moved is not None:
            former = project.catalog_path(moved, tag)
            self._changes[former] = None
            self.report.moved[project.shown(former)] = project.shown(path)

    def _write(self, write: Write | None) -> None:
        """Write what came of some articles, and forget it."""
        if write is not None:
            write(self._changes)
        self._changes.clear()
