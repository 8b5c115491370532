"""``bitext import bilingual``: published side-by-side files → articles and catalogs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bitext.bilingual.pairs import Fault, Kind
from bitext.checks import Finding, Severity
from bitext.commands.init import add_language
from bitext.encoding import decode_article
from bitext.errors import ArticleError, BitextError, CatalogError, UsageError, one_line
from bitext.languages import is_known, parse_language
from bitext.ledger import find_prefix, new_prefix
from bitext.lock import alone
from bitext.project import SETTINGS_FILE, Project, is_project, open_project, read_file, write_files
from bitext.settings import DIALECTS

if TYPE_CHECKING:
    from bitext.bilingual.importing import Imported

_BATCH = 64
_PREFIX = re.compile(rb"<span data-ttu-id=(?:\"|&quot;)([0-9a-f]{5})-p?[0-9]")
_SUFFIX = re.compile(r"\.(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})+)\.md$")

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

_NEW_PROJECT = """\
[tool.bitext]
source = "source"
locale = "locale"
languages = ["{tag}"]
segmentation = "published"
"""
_LEARN = 'dialect = "learn"\n'
_CONFIGURATION = """\
project = {name!r}
extensions = ["bitext"]
"""


class _File(NamedTuple):
    """One file to import."""

    article: str
    path: Path
    prefix: str


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
    _require_language(tag)
    found = list(find_markdown(path))
    if not found:
        raise UsageError(f"there is no Markdown file in {path}")
    report = ImportReport(files=len(found))
    project = _prepare(folder, tag, report, check=check)
    if tag == project.settings.source_language:
        raise UsageError(f"{tag!r} is the language of the articles")
    with alone(project.root, is_writing=not check) as write:
        files = _with_prefixes(project, found, report)
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


def _require_language(tag: str) -> None:
    language = parse_language(tag)
    if language is None or not is_known(language.tag):
        raise UsageError(f"{tag!r} is not a language; use a BCP 47 tag such as sl-SI or pt-BR")
    if language.tag != tag:
        raise UsageError(f"{tag!r} is spelled {language.tag!r}")


def _prepare(folder: Path, tag: str, report: ImportReport, *, check: bool) -> Project:
    """Return the project, which has the language."""
    if not is_project(folder):
        return _start(folder, tag, report, check=check)
    project = open_project(folder)
    settings = project.settings
    if tag in settings.languages or tag == settings.source_language:
        return project
    report.written.append(SETTINGS_FILE)
    if check:
        return project
    path = project.root / SETTINGS_FILE
    write_files({path: add_language(path.read_bytes().decode(), tag)}, project.root)
    return open_project(folder)


def _start(folder: Path, tag: str, report: ImportReport, *, check: bool) -> Project:
    """Return a new project, cut as published files are."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    text = _NEW_PROJECT.format(tag=tag) + (_LEARN if "learn" in DIALECTS else "")
    settings = folder / SETTINGS_FILE
    before = settings.read_bytes().decode() if settings.is_file() else ""
    texts = {settings: f"{before.rstrip()}\n\n{text}" if before.strip() else text}
    if not any((folder / place / "conf.py").is_file() for place in (".", "source")):
        texts[folder / "conf.py"] = _CONFIGURATION.format(name=one_line(folder.resolve().name))
    report.written += [path.name for path in texts]
    if not check:
        write_files(texts, folder)
        return open_project(folder)
    from bitext.settings import parse_settings

    return Project(folder.resolve(), parse_settings(texts[settings]))


def find_markdown(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield article and path of each file to import, sorted by article."""
    if path.is_file():
        yield _article_name(path.name), path
        return
    if not path.is_dir():
        raise UsageError(f"there is no file or folder {path}")
    found: list[tuple[str, Path]] = []
    for parent, folders, names in os.walk(path, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.endswith(".md") and not name.startswith("."):
                own = Path(parent, name)
                found.append((_article_name(own.relative_to(path).as_posix()), own))
    seen: dict[str, Path] = {}
    for article, own in sorted(found):
        if article in seen:
            raise UsageError(
                f"{seen[article]} and {own} are both the article {article}; import one"
            )
        seen[article] = own
    yield from seen.items()


def _article_name(path: str) -> str:
    """Return the article of a published file: a language before the suffix is none of its name."""
    match = _SUFFIX.search(path)
    language = parse_language(match["tag"]) if match else None
    return f"{path[: match.start()]}.md" if match and language else path


def _with_prefixes(
    project: Project, found: Sequence[tuple[str, Path]], report: ImportReport
) -> list[_File]:
    """Return the files, each with the prefix that its article takes if it has no ledger yet.

    The published one is adopted unless another article has it.
    """
    own = {article: _known_prefix(project, article) for article, _ in found}
    taken = {prefix for prefix in own.values() if prefix}
    taken |= {_known_prefix(project, article) for article in project.find_templates()}
    files: list[_File] = []
    for article, path in found:
        prefix = own[article] or _published_prefix(path)
        if not own[article] and (not prefix or prefix in taken):
            prefix = new_prefix(article, taken)
        taken.add(prefix)
        files.append(_File(article, path, prefix))
    return files


def _known_prefix(project: Project, article: str) -> str:
    """Return the prefix of an article's ledger; empty if it has none."""
    try:
        with project.template_path(article).open("rb") as file:
            return find_prefix(file.read(4096).decode(errors="replace"))
    except OSError:
        return ""


def _published_prefix(path: Path) -> str:
    try:
        match = _PREFIX.search(path.read_bytes())
    except OSError:
        return ""
    return match[1].decode() if match else ""


def _import_all(
    project: Project, files: Sequence[_File], tag: str
) -> Iterator[Imported | BitextError | str]:
    from bitext.bilingual import importing  # noqa: F401 - processes start with what is imported
    from bitext.executor import map_batches

    function = partial(_import_batch, project, project.find_languages(), tag)
    return map_batches(function, files, batch=_BATCH)


def _import_batch(
    project: Project, languages: Sequence[str], tag: str, files: Sequence[_File]
) -> list[Imported | BitextError | str]:
    """Return what comes of a batch of files, an error in place of one that cannot be read.

    A file without a pair whose article does not exist is in a language, not in English: only its
    path is returned.
    """
    from bitext.bilingual.importing import Published, import_file, is_side_by_side

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
