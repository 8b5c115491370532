"""``bitext import bilingual``: published side-by-side files → articles and catalogs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.bilingual.pairs import Fault, Kind
from bitext.checks import Finding, Severity
from bitext.disk import read_file
from bitext.encoding import decode_article
from bitext.errors import ArticleError, BitextError, CatalogError, UsageError
from bitext.lock import alone
from bitext.project import Project

if TYPE_CHECKING:
    from bitext.bilingual.importing import Imported
from bitext.commands.bilingual_files import File, find_markdown, with_prefixes
from bitext.commands.bilingual_project import prepare, require_language

_BATCH = 64

SEVERITIES = {
    Kind.BROKEN: Severity.ERROR,
    Kind.UNPLACED: Severity.WARNING,
    Kind.DIFFERS: Severity.WARNING,
    Kind.QUOTES: Severity.WARNING,
    Kind.INNER_SPAN: Severity.WARNING,
    Kind.IN_IMAGE: Severity.WARNING,
    Kind.REPEATED: Severity.WARNING,
    Kind.OTHER_PREFIX: Severity.WARNING,
    Kind.VERSION: Severity.WARNING,
    Kind.UNSURE: Severity.INFO,
    Kind.WAITING: Severity.INFO,
}
"""How bad each kind of fault is: an error lost something, a warning was tolerated."""


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do."""

    files: int = 0
    pairs: int = 0
    same: int = 0
    """Pairs whose English the articles have."""

    articles: int = 0
    """English articles written."""

    stale: int = 0
    """Files that translate other English than the article."""

    reproduced: int = 0
    """Files that an export gives back byte for byte."""

    left_out: list[str] = field(default_factory=list)
    """Files without a pair, for which there is no English article."""

    written: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    errors: list[BitextError] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Whether something was lost of a file."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def run_import(folder: Path, path: Path, tag: str, *, check: bool = False) -> ImportReport:
    """Import a side-by-side file, or all in a folder; with `check`, only say what would be done.

    A folder without settings becomes a project. Raises `UsageError` for a tag that is no
    language, and if there is nothing to import.
    """
    require_language(tag)
    found = list(find_markdown(path))
    if not found:
        raise UsageError(f"there is no Markdown file in {path}")
    report = ImportReport(files=len(found))
    project = prepare(folder, tag, report.written, check=check)
    if tag == project.settings.source_language:
        raise UsageError(f"{tag!r} is the language of the articles")
    with alone(project.root, is_writing=not check) as write:
        files = with_prefixes(project, found)
        changes: dict[Path, str | None] = {}
        for imported in _import_all(project, files, tag):
            if isinstance(imported, BitextError):
                report.errors.append(imported)
            elif isinstance(imported, str):
                report.left_out.append(imported)
            else:
                _add(project, imported, tag, changes, report)
        report.written += [project.shown(changed) for changed in changes]
        if not check:
            write(changes)
    return report


def _import_all(
    project: Project, files: Sequence[File], tag: str
) -> Iterator[Imported | BitextError | str]:
    from bitext.bilingual import importing  # noqa: F401 - processes start with what is imported
    from bitext.executor import map_batches

    function = partial(_import_batch, project, project.find_languages(), tag)
    return map_batches(function, files, batch=_BATCH)


def _import_batch(
    project: Project, languages: Sequence[str], tag: str, files: Sequence[File]
) -> list[Imported | BitextError | str]:
    """Return what comes of a batch of files, an error in place of one that cannot be read.

    A file without a pair whose article does not exist is in a language, not in English: only its
    path is returned.
    """
    from bitext.bilingual.articles import is_side_by_side
    from bitext.bilingual.base import Published
    from bitext.bilingual.importing import import_file

    results: list[Imported | BitextError | str] = []
    for file in files:
        shown = str(file.path)
        try:
            published = Published(
                article=file.article,
                path=shown,
                content=_read(file.path, ArticleError, shown) or b"",
                prefix=file.prefix,
                english=_read(project.source / file.article, ArticleError, shown),
                pot=_read(project.template_path(file.article), CatalogError, shown) or b"",
                catalogs=dict(_read_catalogs(project, file.article, languages)),
            )
            if published.english is None and not is_side_by_side(published.content):
                decode_article(published.content, shown)
                results.append(shown)
                continue
            results.append(import_file(published, project.settings, tag))
        except BitextError as error:
            results.append(error)
    return results


def _read(path: Path, kind: type[BitextError], shown: str) -> bytes | None:
    return read_file(str(path), kind, shown)


def _read_catalogs(
    project: Project, article: str, languages: Sequence[str]
) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for tag in languages:
        path = project.catalog_path(article, tag)
        content = read_file(str(path), CatalogError, project.shown(path))
        if content is not None:
            yield tag, (project.shown(path), content)


def _add(
    project: Project,
    imported: Imported,
    tag: str,
    changes: dict[Path, str | None],
    report: ImportReport,
) -> None:
    """Add what came of one file to what is written and reported."""
    if imported.english is not None:
        changes[project.source / imported.article] = imported.english
        report.articles += 1
    template = project.template_path(imported.article)
    if not template.is_file() or template.read_bytes() != imported.pot.encode():
        changes[template] = imported.pot
    for name, text in imported.catalogs.items():
        changes[project.catalog_path(imported.article, name)] = text
    if imported.former is not None:
        changes[project.former_path(imported.article, tag)] = imported.former
    report.pairs += imported.pairs
    report.same += imported.same
    report.stale += not imported.is_current
    report.reproduced += imported.is_reproduced
    report.findings += [_finding(fault, imported, tag) for fault in imported.faults]


def _finding(fault: Fault, imported: Imported, tag: str) -> Finding:
    severity = SEVERITIES[fault.kind]
    return Finding(
        imported.path, fault.line, severity, fault.message, fault.kind, tag, imported.article
    )
