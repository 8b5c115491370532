"""The articles of a project with the ledgers that are theirs, wherever those lie."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bitext.cache import digest
from bitext.encoding import decode_article, decode_catalog, located
from bitext.errors import BitextError, UsageError
from bitext.ledger import find_prefix, new_prefix
from bitext.project import SETTINGS_FILE, Project
from bitext.renames import find_renames

if TYPE_CHECKING:
    from bitext.extract import Source

_PREFIX_HEAD = 4096
"""Bytes at the start of a POT that hold its header."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One article and its POT as they are on disk."""

    article: str
    content: bytes
    pot: bytes
    """Empty if there is none."""

    former: str = ""
    """The path that the article had when its POT was written; empty if it is the same."""

    prefix: str = ""
    """The prefix that its IDs take; empty for the one in its POT."""

    @property
    def hash(self) -> str:
        """Equal hashes: neither changed."""
        return digest(self.content, self.pot)


@dataclass(frozen=True, slots=True)
class ArticleFiles:
    """All articles of a project."""

    files: tuple[ArticleFile, ...]
    gone: frozenset[str]
    """Articles that have a POT and are no more."""


def find_article_files(project: Project, errors: list[BitextError]) -> ArticleFiles:
    """Return all articles, each with the ledger that is its own.

    The POT of a renamed article is found by content; of two articles with the same prefix the
    later one takes another. What cannot be read is added to `errors`.
    """
    files = _read_article_files(project, project.find_articles(), errors)
    articles = {file.article for file in files} | {article_of(error, project) for error in errors}
    gone = frozenset(
        path
        for path in project.find_templates()
        if path not in articles and _is_gone(project, path)
    )
    if gone and not articles:
        message = f"there is no article in {project.settings.source}/, but there are POT files"
        raise UsageError(f"{message}; bring the articles back, or delete the POT files")
    new = [file.article for file in files if not file.pot]
    if gone and new:
        former = _find_former(project, files, gone)
        files = [_with_former(project, file, former.get(file.article, "")) for file in files]
    return ArticleFiles(tuple(_with_prefixes(files)), gone)


def _is_gone(project: Project, article: str) -> bool:
    """Tell whether a POT without an article is a ledger of ours, and its article does not exist.

    An article that is excluded for now keeps its ledger.
    """
    if (project.source / article).exists():
        return False
    try:
        with project.template_path(article).open("rb") as file:
            head = file.read(_PREFIX_HEAD)
    except OSError:
        return False
    return bool(find_prefix(head.decode(errors="replace")))


def article_of(error: BitextError, project: Project) -> str:
    """Return the article that an error is about, so that its POT is left alone."""
    path = error.path
    for folder in (f"{project.settings.source}/", f"{project.settings.locale}/pot/"):
        if path.startswith(folder):
            return path.removeprefix(folder).removesuffix(".pot").removesuffix(".md") + ".md"
    return path


def _read_article_files(
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


def _find_former(
    project: Project, files: Sequence[ArticleFile], gone: Collection[str]
) -> Mapping[str, str]:
    """Return the former path of each new article that was renamed, by its path."""
    from bitext.segments import make_grammar, read_article

    with located(SETTINGS_FILE):
        grammar = make_grammar(project.settings)
    new: dict[str, Sequence[str]] = {}
    for file in files:
        if not file.pot:
            try:
                text = decode_article(file.content, file.article)
            except BitextError:
                continue  # it is reported where it is extracted
            new[file.article] = read_article(file.article, text, grammar).texts
    return find_renames({path: _texts_of(project, path) for path in sorted(gone)}, new)


def _texts_of(project: Project, article: str) -> Sequence[str]:
    """Return the sentences in a POT; none if it cannot be read."""
    from bitext.po import parse

    try:
        content = project.template_path(article).read_bytes()
        catalog = parse(decode_catalog(content, project.shown_template(article)), is_merged=True)
    except (OSError, BitextError):
        return ()
    return [entry.msgid for entry in catalog.entries]


def _with_former(project: Project, file: ArticleFile, former: str) -> ArticleFile:
    """Return a renamed article with the POT of its former path."""
    if not former:
        return file
    return replace(file, pot=project.template_path(former).read_bytes(), former=former)


def _with_prefixes(files: Sequence[ArticleFile]) -> list[ArticleFile]:
    """Return the articles, those with a prefix to take that their POT does not give them.

    Of two with one prefix (branches made them apart, or a POT was copied) the later path takes
    a new one.
    """
    taken: set[str] = set()
    found = [find_prefix(file.pot[:_PREFIX_HEAD].decode(errors="replace")) for file in files]
    known = {prefix for prefix in found if prefix}
    result: list[ArticleFile] = []
    for file, prefix in zip(files, found, strict=True):
        if prefix and prefix not in taken:
            taken.add(prefix)
        elif prefix or not file.pot:
            prefix = new_prefix(file.article, known | taken)
            taken.add(prefix)
            file = replace(file, prefix=prefix)
        result.append(file)
    return result


def make_source(project: Project, file: ArticleFile) -> Source:
    """Return what decides the POT of one article, decoded."""
    from bitext.extract import Source

    template = project.shown_template(file.former or file.article)
    catalogs: list[tuple[str, bytes]] = []
    for tag in project.settings.languages:
        for article in filter(None, (file.article, file.former)):
            path = project.catalog_path(article, tag)
            if path.is_file():
                catalogs.append((project.shown(path), path.read_bytes()))
    return Source(
        path=file.article,
        text=decode_article(file.content, f"{project.settings.source}/{file.article}"),
        pot=decode_catalog(file.pot, template),
        prefix=file.prefix,
        catalogs=catalogs,
    )
