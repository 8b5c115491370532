"""``bitext import markdown``: localized articles beside the English ones → catalogs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bitext.adoption import FoundMessage, PlacedBlock, adopt, find_placed
from bitext.bilingual.structure import match_places, read_places
from bitext.checks import Finding, Severity
from bitext.commands.bilingual_files import find_markdown
from bitext.commands.gettext import run_gettext
from bitext.commands.update import run_update
from bitext.commands.views import choose_languages, current_templates, view_language
from bitext.disk import read_file
from bitext.encoding import decode_article
from bitext.errors import ArticleError, BitextError, UsageError
from bitext.foreign import Message
from bitext.ledger import SEGMENTER_FIELD
from bitext.lock import alone
from bitext.markdown.cutting import cut_block
from bitext.po import Catalog, Entry, serialize
from bitext.project import Project
from bitext.segments import make_grammar, read_article
from bitext.sentences.foreign import find_candidates

UNPLACED = "text-unplaced"
_WORDS = 4
"""A sentence of this many words that is as in English was not translated."""


@dataclass(slots=True)
class MarkdownReport:
    """What an import did, or would do."""

    files: int = 0
    left_out: list[str] = field(default_factory=list)
    """Files that have no English article."""

    translated: int = 0
    """Sentences that the localized articles say for sure."""

    unsure: int = 0
    """Sentences to review."""

    missing: int = 0
    """Sentences of these articles that they do not say."""

    written: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    errors: list[BitextError] = field(default_factory=list)


def run_import_markdown(
    project: Project, path: Path, tag: str, *, check: bool = False
) -> MarkdownReport:
    """Take the translations in localized articles, a file or a folder, into the project.

    Raises `UsageError` if there are none, or `tag` is no language of the project.
    """
    choose_languages(project, [tag])
    if path.resolve() == project.source.resolve():
        raise UsageError(f"{path} holds the English articles; name the folder of localized ones")
    found = dict(find_markdown(path))
    if not found:
        raise UsageError(f"there is no Markdown file in {path}")
    report = MarkdownReport(files=len(found))
    if not check:
        report.errors += run_gettext(project).errors
    with alone(project.root, is_writing=not check) as write:
        texts = _import(project, found, tag, report)
        report.written = [project.shown(name) for name in texts]
        if not check:
            write(texts)
    if not check:
        report.errors += run_update(project, [tag]).errors
    return report


def _import(
    project: Project, found: Mapping[str, Path], tag: str, report: MarkdownReport
) -> dict[Path, str | None]:
    """Return the texts of the catalogs that change."""
    templates = current_templates(project).catalogs
    report.left_out = [str(path) for article, path in found.items() if article not in templates]
    view = view_language(project, tag, templates)
    report.errors += view.errors
    grammar = make_grammar(project.settings)
    cut = partial(cut_block, md=grammar.parser, env={})
    texts: dict[Path, str | None] = {}
    for article, path in found.items():
        if article not in templates or article not in view.catalogs:
            continue
        try:
            messages, blocks = _read(project, article, path, templates[article], tag, report)
        except BitextError as error:
            report.errors.append(error)
            continue
        before = view.catalogs[article]
        adopted = adopt(
            messages,
            blocks,
            {article: before},
            cut=lambda text: cut(text, find_cuts=grammar.find_cuts),
            cut_translation=lambda text: cut(text, find_cuts=partial(find_candidates, tag=tag)),
        )
        after = _without_english(before, adopted.catalogs.get(article, before))
        _count(before, after, report)
        if after != before:
            texts[project.catalog_path(article, tag)] = serialize(after)
    return texts


def _read(
    project: Project, article: str, path: Path, template: Catalog, tag: str, report: MarkdownReport
) -> tuple[list[FoundMessage], list[PlacedBlock]]:
    """Return what a localized article says of the English one, and the blocks of that."""
    shown = f"{project.settings.source}/{article}"
    text = _decode(project.source / article, shown)
    localized = _decode(path, str(path))
    grammar = make_grammar(project.settings, template.field(SEGMENTER_FIELD) or "")
    english = read_article(article, text, grammar)
    other = read_article(article, localized, grammar)
    matches = match_places(read_places(english, text), read_places(other, localized))
    report.findings += [
        _unplaced(str(path), place.line, place.text, tag, article) for place in matches.unplaced
    ]
    said: dict[tuple[str, str], FoundMessage] = {}
    for match in sorted(matches.found, key=lambda match: not match.is_sure):
        texts = match.english.text, match.localized.text
        if not _is_untranslated(*texts):
            message = Message(*texts, match.localized.line, is_fuzzy=not match.is_sure)
            said.setdefault(texts, FoundMessage(str(path), article, message))
    return list(said.values()), list(find_placed(english, template, grammar))


def _unplaced(path: str, line: int, text: str, tag: str, article: str) -> Finding:
    start = " ".join(text.split())[:50]
    message = f"{start!r} has no place in the English article; it is left out"
    return Finding(path, line, Severity.WARNING, message, UNPLACED, tag, article)


def _decode(path: Path, shown: str) -> str:
    return decode_article(read_file(str(path), ArticleError, shown) or b"", shown)


def _is_untranslated(english: str, translation: str) -> bool:
    """Tell whether a text is as in English, and long enough not to be so by chance."""
    return english.split() == translation.split() and len(english.split()) >= _WORDS


def _without_english(before: Catalog, after: Catalog) -> Catalog:
    """Return a catalog without the sentences that a localized article left in English."""
    known = {entry.msgctxt: entry for entry in before.entries if not entry.is_obsolete}
    entries = tuple(
        known[entry.msgctxt]
        if not entry.is_obsolete
        and entry.msgctxt in known
        and _is_untranslated(entry.msgid, entry.msgstr)
        else entry
        for entry in after.entries
    )
    return replace(after, entries=entries)


def _count(before: Catalog, after: Catalog, report: MarkdownReport) -> None:
    """Count what became of the sentences of one article."""
    known = {entry.msgctxt for entry in before.entries if entry.is_translated}
    for entry in _in_use(after.entries):
        if not entry.is_translated:
            report.missing += 1
        elif entry.msgctxt not in known:
            report.unsure += entry.is_fuzzy
            report.translated += not entry.is_fuzzy


def _in_use(entries: Sequence[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if not entry.is_obsolete)
