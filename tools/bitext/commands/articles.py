"""The articles of a project with the ledgers that are theirs, wherever those lie."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from bitext.cache import digest
from bitext.commands.grammars import project_grammar
from bitext.disk import read_file
from bitext.encoding import decode_article, decode_catalog
from bitext.errors import ArticleError, BitextError, CatalogError, UsageError, one_line
from bitext.ledger import find_prefix, new_prefix
from bitext.project import Project, article_of_stem
from bitext.renames import find_main_prefix, find_renames

if TYPE_CHECKING:
    from bitext.extract import Source

_PREFIX_HEAD = 4096
"""Bytes at the start of a POT that hold its header."""


class Contents(NamedTuple):
    """What an article and its POT have on disk."""

    article: bytes
    pot: bytes
    """Empty if there is none."""

    def hash(self, kept: Sequence[str]) -> str:
        """Return a hash of all that decides the POT; equal hashes: none of it changed."""
        return digest(self.article, self.pot, *(word.encode() for word in kept))


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One article and its POT as they were read."""

    article: str
    hash: str
    pot_prefix: str
    """The prefix in its POT; empty if that has none."""

    has_pot: bool
    contents: Contents | None = None
    """None if they are read again when they are asked for."""

    former: str = ""
    """The path that the article had when its POT was written; empty if it is the same."""

    prefix: str = ""
    """The prefix that its IDs take; empty for the one in its POT."""

    kept: tuple[str, ...] = ()
    """Words that its docset keeps as they are in every language."""


@dataclass(frozen=True, slots=True)
class ArticleFiles:
    """All articles of a project."""

    files: tuple[ArticleFile, ...]
    gone: frozenset[str]
    """Articles that have a POT and are no more."""


def find_article_files(
    project: Project,
    errors: list[BitextError],
    *,
    articles: Sequence[str] | None = None,
    room: float = inf,
) -> ArticleFiles:
    """Return all articles, each with the ledger that is its own; `articles` saves a search.

    The POT of a renamed article is found by content; of two articles with the same prefix the
    later one takes another. What cannot be read is added to `errors`. Contents are held as far
    as they fit in so many bytes: those of a large project fit nowhere.
    """
    found = project.find_articles() if articles is None else articles
    files = _read_article_files(project, found, errors, room=room)
    present = {file.article for file in files} | {article_of(error, project) for error in errors}
    gone = frozenset(
        path for path in project.find_templates() if path not in present and _is_gone(project, path)
    )
    if gone and not present:
        message = f"there is no article in {project.settings.source}/, but there are POT files"
        raise UsageError(f"{message}; bring the articles back, or delete the POT files")
    new = [file.article for file in files if not file.has_pot]
    if gone and new:
        former = _find_former(project, files, gone)
        files = [_with_former(project, file, former.get(file.article, "")) for file in files]
    return ArticleFiles(tuple(_with_prefixes(project, files)), gone)


def read_known_files(project: Project, articles: Iterable[str]) -> list[ArticleFile] | None:
    """Return these articles that there are; None if all of the project must be read to know.

    That is so if one has no POT (it may have been renamed), or if one cannot be read.
    """
    errors: list[BitextError] = []
    present = [
        a for a in sorted(articles) if project.is_article(a) and (project.source / a).exists()
    ]
    files = _read_article_files(project, present, errors, room=inf)
    return None if errors or not all(file.has_pot for file in files) else files


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
            return article_of_stem(
                path.removeprefix(folder).removesuffix(".pot").removesuffix(".md")
            )
    return path


def _read_article_files(
    project: Project, articles: Sequence[str], errors: list[BitextError], *, room: float
) -> list[ArticleFile]:
    """Return the articles with their POT files; one that cannot be read is added to `errors`."""
    files: list[ArticleFile] = []
    is_new = not project.templates.exists()
    for article in articles:
        try:
            content = read_article_file(project, article)
            pot = b"" if is_new else _read_template(project, article)
            kept = project.docfx.find_kept(article)
        except BitextError as error:
            errors.append(error)
            continue
        contents = Contents(content, pot)
        room -= len(content) + len(pot)
        held = contents if room >= 0 else None
        own, key = _prefix_of(pot), contents.hash(kept)
        files.append(ArticleFile(article, key, own, bool(pot), held, kept=kept))
    return files


def _prefix_of(pot: bytes) -> str:
    return find_prefix(pot[:_PREFIX_HEAD].decode(errors="replace"))


def read_contents(project: Project, file: ArticleFile) -> Contents:
    """Return the contents of an article and of the POT that is its own.

    Raises `ArticleError` or `CatalogError` if they cannot be read any more.
    """
    if file.contents is not None:
        return file.contents
    content = read_article_file(project, file.article)
    pot = _read_template(project, file.former or file.article) if file.has_pot else b""
    return Contents(content, pot)


def read_article_file(project: Project, article: str) -> bytes:
    """Return the bytes of an article.

    Raises `ArticleError` for a file that cannot be read, or whose name no page can have.
    """
    shown = one_line(f"{project.settings.source}/{article}")
    if shown != f"{project.settings.source}/{article}":
        message = "its name is not UTF-8, or holds a control character; rename it"
        raise ArticleError(message, path=shown)
    content = read_file(f"{project.source}/{article}", ArticleError, shown)
    if content is None:
        raise ArticleError("cannot be read: it is gone", path=shown)
    return content


def find_unreadable(project: Project) -> dict[str, BitextError]:
    """Return the articles that cannot be read, by path, each with why."""
    found: dict[str, BitextError] = {}
    for article in project.find_articles():
        try:
            content = read_article_file(project, article)
            decode_article(content, f"{project.settings.source}/{article}")
        except BitextError as error:
            found[article] = error
    return found


def _read_template(project: Project, article: str) -> bytes:
    """Return the bytes of an article's POT; empty if there is none."""
    shown = project.shown_template(article)
    content = read_file(f"{project.root}/{shown}", CatalogError, shown)
    return b"" if content is None else require_content(content, shown)


def require_content(pot: bytes, shown: str) -> bytes:
    """Return the bytes of a POT; raises `CatalogError` if it is empty, for then IDs were lost."""
    if not pot:
        raise CatalogError("is empty; restore it from git, or delete it", path=shown)
    return pot


def _find_former(
    project: Project, files: Sequence[ArticleFile], gone: Collection[str]
) -> Mapping[str, str]:
    """Return the former path of each new article that was renamed, by its path."""
    from bitext.segments import read_article

    grammar = project_grammar(project)
    new: dict[str, Sequence[str]] = {}
    for file in files:
        if not file.has_pot:
            try:
                text = decode_article(read_contents(project, file).article, file.article)
                new[file.article] = read_article(file.article, text, grammar).texts
            except BitextError:
                continue  # it is reported where it is extracted
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
    pot = project.template_path(former).read_bytes()
    held = file.contents._replace(pot=pot) if file.contents else None
    return replace(file, pot_prefix=_prefix_of(pot), has_pot=True, contents=held, former=former)


def _with_prefixes(project: Project, files: Sequence[ArticleFile]) -> list[ArticleFile]:
    """Return the articles, those with a prefix to take that their POT does not give them.

    Of two with one prefix (branches made them apart, or a POT was copied) the later path takes
    a new one. An article that lost its POT has the prefix of its PO files.
    """
    taken: set[str] = set()
    known = {file.pot_prefix for file in files if file.pot_prefix}
    languages = project.find_languages()
    result: list[ArticleFile] = []
    for file in files:
        prefix = file.pot_prefix
        if prefix and prefix not in taken:
            taken.add(prefix)
        elif prefix or not file.has_pot:
            former = "" if file.has_pot else _prefix_of_catalogs(project, file.article, languages)
            used = known | taken
            prefix = former if former and former not in used else new_prefix(file.article, used)
            taken.add(prefix)
            file = replace(file, prefix=prefix)
        result.append(file)
    return result


def _prefix_of_catalogs(project: Project, article: str, languages: Sequence[str]) -> str:
    """Return the prefix that the PO files of an article have; empty if there is none."""
    from bitext.po import parse

    for path, content in _read_catalogs(project, article, languages):
        if isinstance(content, bytes):
            with suppress(BitextError):  # it is reported where the article is extracted
                return find_main_prefix(parse(decode_catalog(content, path)))
    return ""


def _read_catalogs(
    project: Project, article: str, languages: Sequence[str]
) -> Iterator[tuple[str, bytes | BitextError]]:
    """Yield path and content, or why it cannot be read, of each PO file of an article."""
    for tag in languages:
        path = project.catalog_path(article, tag)
        shown = project.shown(path)
        try:
            content = read_file(str(path), CatalogError, shown)
        except CatalogError as error:
            yield shown, error
        else:
            if content is not None:
                yield shown, content


def make_source(project: Project, file: ArticleFile, languages: Sequence[str]) -> Source:
    """Return what decides the POT of one article, decoded.

    `languages` are all that have PO files, from `Project.find_languages`.
    """
    from bitext.extract import Source

    contents = read_contents(project, file)
    template = project.shown_template(file.former or file.article)
    articles = filter(None, (file.article, file.former))
    catalogs = [
        found for article in articles for found in _read_catalogs(project, article, languages)
    ]
    return Source(
        path=file.article,
        text=decode_article(contents.article, f"{project.settings.source}/{file.article}"),
        pot=decode_catalog(contents.pot, template),
        prefix=file.prefix,
        catalogs=catalogs,
        kept=file.kept,
    )
