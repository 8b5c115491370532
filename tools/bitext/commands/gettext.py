"""``bitext gettext``: English articles → POT files. Nothing else is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bitext import __version__
from bitext.cache import digest, load_cache, store_cache
from bitext.commands.unread import UnreadTexts, load_unread, store_unread
from bitext.encoding import decode_article, decode_catalog, located
from bitext.errors import BitextError, UsageError
from bitext.executor import map_batches
from bitext.ledger import find_prefix, new_prefix
from bitext.model import Unread
from bitext.project import SETTINGS_FILE, Project, write_files
from bitext.settings import Settings

if TYPE_CHECKING:
    from bitext.extract import Source

CACHE = "gettext"
_BATCH = 64
_PREFIX_HEAD = 4096
"""Bytes at the start of a POT that hold its header."""


@dataclass(slots=True)
class GettextReport:
    """What a run did, or would do."""

    articles: int = 0
    written: list[str] = field(default_factory=list)
    """POT files written, as shown to people."""

    removed: list[str] = field(default_factory=list)
    """POT files removed, for their articles are gone."""

    errors: list[BitextError] = field(default_factory=list)
    """Articles and catalogs that could not be read; the others are unharmed."""

    unread: int = 0
    """Texts in all articles that readers see and that no POT holds."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One article and its POT as they are on disk."""

    article: str
    content: bytes
    pot: bytes

    @property
    def hash(self) -> str:
        """Equal hashes: neither changed."""
        return digest(self.content, self.pot)


def run_gettext(project: Project, *, check: bool = False) -> GettextReport:
    """Bring all POT files up to their articles; with `check`, only say what would be written."""
    report = GettextReport()
    fingerprint = settings_fingerprint(project.settings)
    known = load_cache(project.root, CACHE, fingerprint)
    files = read_article_files(project, project.find_articles(), report.errors)
    current = {file.article: file.hash for file in files}
    behind = [file for file in files if known.get(file.article) != current[file.article]]
    changes: dict[Path, str | None] = {}
    unread = _known_unread(project, fingerprint, {file.article for file in files})
    for file, (text, own) in _extract_all(project, files, behind, report):
        unread[file.article] = own
        if text.encode() != file.pot:
            changes[project.template_path(file.article)] = text or None
            current[file.article] = digest(file.content, text.encode())
    articles = {file.article for file in files} | {
        _article_of(error, project) for error in report.errors
    }
    gone = [path for path in project.find_templates() if path not in articles]
    changes.update((project.template_path(path), None) for path in gone)
    report.articles = len(files)
    report.unread = _count_unread(project, unread)
    report.written = [project.shown(path) for path, text in changes.items() if text is not None]
    report.removed = [project.shown(path) for path, text in changes.items() if text is None]
    if not check:
        write_files(changes, project.root)
        for error in report.errors:
            current.pop(_article_of(error, project), None)
        if current != known:
            store_cache(project.root, CACHE, fingerprint, current)
            store_unread(project.root, fingerprint, unread)
    return report


def _known_unread(
    project: Project, fingerprint: str, articles: Collection[str]
) -> dict[str, Sequence[Unread]]:
    """Return what is known of texts that are not extracted, of the articles that are there."""
    known = load_unread(project.root, fingerprint)
    return {article: own for article, own in known.items() if article in articles}


def _count_unread(project: Project, unread: UnreadTexts) -> int:
    """Return how many texts the check will name."""
    if not any(unread.values()):
        return 0
    from bitext.checks import Severity
    from bitext.checks.source import NOT_EXTRACTED, find_not_extracted

    if NOT_EXTRACTED in project.settings.check.disable:
        return 0
    articles = set(project.find_articles())
    source = project.settings.source
    return sum(
        finding.severity is Severity.WARNING
        for article, own in unread.items()
        for finding in find_not_extracted(article, own, articles=articles, source=source)
    )


def settings_fingerprint(settings: Settings) -> str:
    """Return what the cached results depend on besides the files: the code and the settings."""
    from importlib.metadata import version

    packages = [
        f"{name} {version(name)}" for name in ("myst-parser", "markdown-it-py", "mdit-py-plugins")
    ]
    relevant = (
        "unread 1",
        settings.project,
        settings.source,
        settings.front_matter,
        settings.segmentation,
        settings.dialect,
        settings.myst_extensions,
        sorted((name, repr(value)) for name, value in settings.directives.items()),
    )
    return digest(repr((__version__, packages, relevant)).encode())


def read_article_files(
    project: Project, articles: Sequence[str], errors: list[BitextError]
) -> list[ArticleFile]:
    """Return the articles with their POT files; one that cannot be read is added to `errors`."""
    files: list[ArticleFile] = []
    source, templates = f"{project.source}/", f"{project.templates}/"
    for article in articles:
        try:
            content = _read(source + article)
        except OSError as error:
            path = f"{project.settings.source}/{article}"
            errors.append(UsageError(f"cannot be read: {error.strerror}", path=path))
            continue
        try:
            pot = _read(templates + article.removesuffix(".md") + ".pot")
        except FileNotFoundError:
            pot = b""
        except OSError as error:
            path = project.shown_template(article)
            errors.append(UsageError(f"cannot be read: {error.strerror}", path=path))
            continue
        files.append(ArticleFile(article, content, pot))
    return files


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - thousands of files: no Path each
        return file.read()


def _extract_all(
    project: Project,
    files: Sequence[ArticleFile],
    behind: Sequence[ArticleFile],
    report: GettextReport,
) -> Iterator[tuple[ArticleFile, _Read]]:
    """Yield what was read of each article in `behind`."""
    if not behind:
        return
    sources: list[Source] = []
    kept: list[ArticleFile] = []
    prefixes = new_prefixes(files)
    for file in behind:
        try:
            sources.append(make_source(project, file, prefixes.get(file.article, "")))
            kept.append(file)
        except BitextError as error:
            report.errors.append(error)
    function = partial(_extract_batch, project)
    for file, result in zip(kept, map_batches(function, sources, batch=_BATCH), strict=True):
        if isinstance(result, BitextError):
            report.errors.append(result)
        else:
            yield file, result


def new_prefixes(files: Sequence[ArticleFile]) -> Mapping[str, str]:
    """Return the prefix of each article that has no POT yet."""
    heads = (file.pot[:_PREFIX_HEAD].decode(errors="replace") for file in files if file.pot)
    taken = set(map(find_prefix, heads))
    prefixes: dict[str, str] = {}
    for file in files:
        if not file.pot:
            prefixes[file.article] = new_prefix(file.article, taken)
            taken.add(prefixes[file.article])
    return prefixes


def make_source(project: Project, file: ArticleFile, prefix: str) -> Source:
    """Return what decides the POT of one article, decoded."""
    from bitext.extract import Source

    template = project.shown_template(file.article)
    catalogs: list[tuple[str, bytes]] = []
    for tag in project.settings.languages:
        path = project.catalog_path(file.article, tag)
        if path.is_file():
            catalogs.append((project.shown(path), path.read_bytes()))
    return Source(
        path=file.article,
        text=decode_article(file.content, f"{project.settings.source}/{file.article}"),
        pot=decode_catalog(file.pot, template),
        prefix=prefix,
        catalogs=catalogs,
    )


class _Read(NamedTuple):
    """What comes of one article."""

    pot: str
    """The text that its POT should have."""

    unread: Sequence[Unread]


def _extract_batch(project: Project, sources: Sequence[Source]) -> list[_Read | BitextError]:
    """Return what comes of a batch of articles, an error in place of one that cannot be read."""
    from bitext.extract import extract, text_of
    from bitext.segments import make_grammar

    with located(SETTINGS_FILE):
        grammar = make_grammar(project.settings)
    results: list[_Read | BitextError] = []
    for source in sources:
        try:
            with located(project.shown_template(source.path)):
                extracted = extract(source, grammar, project.settings)
            results.append(_Read(text_of(extracted, source), extracted.article.parsed.unread))
        except BitextError as error:
            results.append(error)
    return results


def _article_of(error: BitextError, project: Project) -> str:
    """Return the article that an error is about, so that its POT is left alone."""
    path = error.path
    for folder in (f"{project.settings.source}/", f"{project.settings.locale}/pot/"):
        if path.startswith(folder):
            return path.removeprefix(folder).removesuffix(".pot").removesuffix(".md") + ".md"
    return path
