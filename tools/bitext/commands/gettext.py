"""``bitext gettext``: English articles → POT files. Nothing else is written."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bitext import __version__
from bitext.cache import digest, load_cache, store_cache
from bitext.commands.articles import (
    ArticleFile,
    article_of,
    find_article_files,
    make_source,
    read_contents,
)
from bitext.commands.grammars import project_grammar
from bitext.commands.noted import (
    Noted,
    NotedArticles,
    find_all_faulty,
    find_all_not_extracted,
    load_noted,
    note,
    store_noted,
)
from bitext.commands.packages import installed_versions
from bitext.encoding import located
from bitext.errors import BitextError
from bitext.lock import Write, alone
from bitext.project import Project
from bitext.settings import Settings

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from bitext.checks import Finding

CACHE = "gettext"
_PARSERS = ("myst-parser", "markdown-it-py", "mdit-py-plugins")
_BATCH = 32
"""Articles that a process reads before it hands over what came of them."""

_ROOM = 16_000_000
"""Bytes of articles and POTs that are kept until they are extracted; others are read again."""

_MANY = 64
"""Articles from which processes are started before it is known what changed."""


@dataclass(slots=True)
class GettextReport:
    """What a run did, or would do."""

    articles: int = 0
    written: list[str] = field(default_factory=list)
    """POT files written, as shown to people."""

    renamed: dict[str, str] = field(default_factory=dict)
    """The new path of each article that was recognised at another one."""

    removed: list[str] = field(default_factory=list)
    """POT files removed, for their articles are gone."""

    errors: list[BitextError] = field(default_factory=list)
    """Articles and catalogs that could not be read; the others are unharmed."""

    unread: int = 0
    """Texts in all articles that readers see and that no POT holds."""

    faulty: list[Finding] = field(default_factory=list)
    """Constructs of Learn's that are broken or not known, one for each kind."""


def run_gettext(project: Project, *, check: bool = False, resegment: bool = False) -> GettextReport:
    """Bring all POT files up to their articles; with `check`, only say what would be written.

    With `resegment` articles are cut by the project's rules, and not by those in their POTs.
    """
    is_cold = resegment or not project.templates.exists()
    with alone(project.root, is_writing=not check) as write:
        articles = project.find_articles()
        with _warm(project, len(articles) if is_cold else 0) as executor:
            work = _Work(articles, None if check else write, executor, resegment)
            return _bring_up(project, work)


@contextmanager
def _warm(project: Project, count: int) -> Iterator[Executor | None]:
    """Let processes import what they need while this one reads `count` articles, if many."""
    from bitext.executor import core_count, warm_executor

    if count <= _MANY or core_count() == 1:
        yield None
        return
    with warm_executor(partial(_prepare, project), count, batch=_BATCH) as executor:
        yield executor


def _prepare(project: Project) -> None:
    """Import what extracts, and make the grammar: in a process that then does nothing else."""
    from bitext import extract  # noqa: F401 - that it is imported is all

    project_grammar(project)
    gc.freeze()  # none of this is ever garbage


class _Work(NamedTuple):
    """What a run works on, and with."""

    articles: Sequence[str]
    write: Write | None
    """None if it only says what would be written."""

    executor: Executor | None
    is_resegmented: bool


def _bring_up(project: Project, work: _Work) -> GettextReport:
    """Bring all POT files up to their articles."""
    write, resegment = work.write, work.is_resegmented
    report = GettextReport()
    fingerprint = settings_fingerprint(project.settings)
    known = load_cache(project.root, CACHE, fingerprint)
    articles = find_article_files(project, report.errors, articles=work.articles, room=_ROOM)
    current = {file.article: file.hash for file in articles.files}
    behind = [file for file in articles.files if resegment or is_behind(file, known)]
    noted = _known_noted(project, fingerprint, set(current))
    changes: dict[Path, str | None] = {}
    function = partial(_extract_batch, project, project.find_languages(), resegment)
    for file, read in _extract_all(function, behind, report, work.executor):
        noted[file.article] = read.noted
        current[file.article] = read.hash
        if read.pot is not None:
            changes[project.template_path(file.article)] = read.pot or None
        if len(changes) == _BATCH:
            _write(changes, project, write, report)
    if not report.errors:  # an article that cannot be read may be one of those that are gone
        gone = sorted(articles.gone)
        changes.update((project.template_path(path), None) for path in gone)
    _write(changes, project, write, report)
    report.articles = len(articles.files)
    report.renamed = {file.former: file.article for file in articles.files if file.former}
    report.unread = _count_unread(project, noted)
    report.faulty = _find_faulty(project, noted)
    if write is not None:
        for error in report.errors:
            current.pop(article_of(error, project), None)
        if current != known:
            store_cache(project.root, CACHE, fingerprint, current)
            store_noted(project.root, fingerprint, noted)
    return report


def _write(
    changes: dict[Path, str | None], project: Project, write: Write | None, report: GettextReport
) -> None:
    """Write what came of some articles while others are still read, and forget it."""
    report.written += [project.shown(path) for path, text in changes.items() if text is not None]
    report.removed += [project.shown(path) for path, text in changes.items() if text is None]
    if write is not None:
        write(changes)
    changes.clear()


def is_behind(file: ArticleFile, known: Mapping[str, str]) -> bool:
    """Tell whether an article's POT may have to change; `known` has the hashes of those current."""
    is_other = bool(not file.has_pot or file.former or file.prefix)
    return is_other or known.get(file.article) != file.hash


def _known_noted(project: Project, fingerprint: str, articles: Collection[str]) -> dict[str, Noted]:
    """Return what was noted before of the articles that are there."""
    known = load_noted(project.root, fingerprint)
    return {article: own for article, own in known.items() if article in articles}


def _find_faulty(project: Project, noted: NotedArticles) -> list[Finding]:
    """Return what the check of Learn's constructs will find."""
    return find_all_faulty(project, noted) if any(own.faults for own in noted.values()) else []


def _count_unread(project: Project, noted: NotedArticles) -> int:
    """Return how many texts the check will name."""
    if not any(own.unread for own in noted.values()):
        return 0
    from bitext.checks import Severity
    from bitext.checks.source import NOT_EXTRACTED

    if NOT_EXTRACTED in project.settings.check.disable:
        return 0
    articles = set(project.find_articles())
    found = find_all_not_extracted(project, noted, articles)
    return sum(finding.severity is Severity.WARNING for finding in found)


def settings_fingerprint(settings: Settings) -> str:
    """Return what the cached results depend on besides the files: the code and the settings."""
    from bitext.sentences import RULES

    relevant = (
        "extraction 4",
        settings.project if settings.is_named else "",  # else catalogs keep the name they have
        settings.source,
        settings.front_matter,
        RULES[settings.segmentation].label,
        settings.dialect,
        settings.myst_extensions,
        settings.myst,
        settings.learn,
        sorted((name, repr(value)) for name, value in settings.directives.items()),
    )
    return digest(repr((__version__, installed_versions(_PARSERS), relevant)).encode())


def _extract_all(
    function: Callable[[Sequence[ArticleFile]], list[_Read | BitextError]],
    behind: Sequence[ArticleFile],
    report: GettextReport,
    executor: Executor | None,
) -> Iterator[tuple[ArticleFile, _Read]]:
    """Yield what `function` reads of each article in `behind`."""
    if not behind:
        return
    from bitext.executor import map_batches

    if executor is None:
        from bitext import extract  # noqa: F401 - processes start with what this one has imported
    results = map_batches(function, behind, batch=_BATCH, executor=executor)
    for file, result in zip(behind, results, strict=True):
        if isinstance(result, BitextError):
            report.errors.append(result)
        else:
            yield file, result


class _Read(NamedTuple):
    """What comes of one article."""

    pot: str | None
    """The text that its POT should have; None if it has it."""

    hash: str
    """That of the article with this POT."""

    noted: Noted


def _extract_batch(
    project: Project,
    languages: Sequence[str],
    is_resegmented: bool,
    files: Sequence[ArticleFile],
) -> list[_Read | BitextError]:
    """Return what comes of a batch of articles, an error in place of one that cannot be read."""
    project_grammar(project)
    results: list[_Read | BitextError] = []
    for file in files:
        try:
            results.append(_extract(project, languages, file, is_resegmented=is_resegmented))
        except BitextError as error:
            results.append(error)
    return results


def _extract(
    project: Project, languages: Sequence[str], file: ArticleFile, *, is_resegmented: bool
) -> _Read:
    """Return what comes of an article; raises `BitextError` if it cannot be read."""
    from bitext.extract import extract, text_of

    contents = read_contents(project, file)
    source = make_source(project, replace(file, contents=contents), languages)
    source = replace(source, is_resegmented=is_resegmented)
    with located(project.shown_template(source.path)):
        extracted = extract(source, project.settings)
    pot = text_of(extracted, source)
    now = contents._replace(pot=pot.encode())
    is_other = now != contents or bool(file.former)
    return _Read(pot if is_other else None, now.hash(file.kept), note(extracted.article.parsed))
