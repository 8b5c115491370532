"""``bitext todo``, ``show`` and ``search``: what is next, and where things are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bitext.commands.git import try_git
from bitext.commands.views import (
    choose_languages,
    current_templates,
    read_catalogs,
    view_language,
)
from bitext.errors import BitextError, UsageError
from bitext.model import SegmentId, is_paragraph_id
from bitext.po import Catalog, Entry
from bitext.project import Project
from bitext.worklist import Task, find_tasks, find_text

_COMMITS = 10
"""Of a sentence's history that are shown."""


@dataclass(frozen=True, slots=True)
class TodoReport:
    """What waits in one language."""

    tag: str
    tasks: Sequence[Task]
    paths: Mapping[str, str]
    """The PO file of each article, as messages show it."""

    errors: Sequence[BitextError] = ()


def run_todo(project: Project, tag: str) -> TodoReport:
    """Return what a translator of a language does next."""
    choose_languages(project, [tag])
    templates = current_templates(project)
    view = view_language(project, tag, templates.catalogs)
    paths = {name: project.shown(project.catalog_path(name, tag)) for name in view.catalogs}
    errors = [*templates.errors, *view.errors]
    return TodoReport(tag, find_tasks(view.catalogs), paths, errors)


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence, in English and all languages."""

    article: str
    template: str
    """Its POT, as messages show it."""

    english: Entry
    translations: Mapping[str, tuple[str, Entry]] = field(default_factory=dict)
    """By language: the PO file, as messages show it, and the entry."""

    history: Sequence[str] = ()
    """The last commits that changed its English, the newest first: hash, day and subject."""


def run_show(project: Project, identifier: str) -> Shown:
    """Return where a sentence is; raises `UsageError` if no article has it."""
    own = SegmentId.parse(identifier)
    if own is None:
        way = "it looks like 137fa-103 and stands in msgctxt"
        raise UsageError(f"{identifier!r} is not the ID of a sentence; {way}")
    sentence = str(own._replace(is_paragraph=False))
    templates = current_templates(project)
    article, english = _find_english(templates.catalogs, sentence)
    translations: dict[str, tuple[str, Entry]] = {}
    for tag in project.settings.languages:
        view = view_language(project, tag, templates.catalogs)
        path = project.shown(project.catalog_path(article, tag))
        entries = view.catalogs[article].entries if article in view.catalogs else ()
        found = {e.msgctxt: e for e in entries if not e.is_obsolete}
        entry = found.get(identifier) or found.get(sentence)
        if entry is not None:
            translations[tag] = path, entry
    shown = project.shown_template(article)
    return Shown(article, shown, english, translations, _history(project, shown, sentence))


def _find_english(templates: Mapping[str, Catalog], sentence: str) -> tuple[str, Entry]:
    for article, template in templates.items():
        for entry in template.entries:
            if entry.msgctxt == sentence:
                return article, entry
    way = "take the ID from msgctxt, or from data-ttu-id of a page"
    raise UsageError(f"no article has the sentence {sentence}; {way}")


def _history(project: Project, template: str, sentence: str) -> list[str]:
    """Return the commits that changed a sentence in its POT; none without git."""
    lines = f'/^msgctxt "{re.escape(sentence)}"/,+2:{template}'
    style = ("-s", f"-{_COMMITS}", "--format=%h %as %s")
    text = try_git(project.root, "log", *style, "-L", lines)
    return [line for line in (text or "").split("\n") if line]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that holds what was searched for."""

    path: str
    entry: Entry


def run_search(
    project: Project, text: str, tags: Sequence[str] = ()
) -> tuple[list[Hit], list[BitextError]]:
    """Return the entries that hold a text: of the English if no language is named, and of all."""
    if not text.strip():
        raise UsageError("say what to search for")
    errors: list[BitextError] = []
    found = [] if tags else list(_search_english(project, text, errors))
    for tag in choose_languages(project, tags):
        for article, catalog in read_catalogs(project, tag, errors).items():
            path = project.shown(project.catalog_path(article, tag))
            for entry in find_text(catalog.entries, text):
                is_said = text.casefold() in entry.msgstr.casefold()
                if tags or is_said or is_paragraph_id(entry.msgctxt):
                    found.append(Hit(path, entry))
    return found, errors


def _search_english(project: Project, text: str, errors: list[BitextError]) -> Iterator[Hit]:
    templates = current_templates(project)
    errors += templates.errors
    for article, template in templates.catalogs.items():
        for entry in find_text(template.entries, text):
            yield Hit(project.shown_template(article), entry)
