"""What a branch touched: the entries that differ from a git revision, in English or in a PO."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import normpath
from typing import NamedTuple

from bitext.checks import Finding
from bitext.checks.source import NOT_EXTRACTED
from bitext.commands.noted import Noted, NotedArticles
from bitext.commands.revisions import Revision, find_revision
from bitext.commands.views import LanguageView, Templates
from bitext.encoding import decode_article, decode_catalog
from bitext.errors import BitextError
from bitext.markdown.blocks import ReadArticle
from bitext.markdown.learn.faults import Fault
from bitext.model import is_paragraph_id
from bitext.po import Catalog, Entry, parse
from bitext.project import Project, article_of_stem


class Content(NamedTuple):
    """What of an entry is a person's or its English: not its place, nor a machine's comments."""

    english: str
    translations: tuple[str, ...]
    flags: frozenset[str]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from a revision."""

    revision: Revision
    paths: frozenset[str]
    """Of files, below the project's folder."""

    catalogs: Mapping[str, Catalog]
    """The POT and PO files at `paths` as they were, by path; those that could be read."""

    def has(self, path: str) -> bool:
        """Tell whether the file `path` changed."""
        return normpath(path) in self.paths

    def find_articles(self, project: Project, tags: Iterable[str]) -> frozenset[str]:
        """Return the articles of which Markdown, POT or a PO of these languages changed."""
        settings = project.settings
        folders = {_start(settings.source): ".md", _start(f"{settings.locale}/pot"): ".pot"}
        folders |= {_start(f"{settings.locale}/{tag}/LC_MESSAGES"): ".po" for tag in tags}
        found = {
            article_of_stem(path.removeprefix(start).removesuffix(suffix))
            for path in self.paths
            for start, suffix in folders.items()
            if path.startswith(start) and path.endswith(suffix)
        }
        start = _start(settings.source)
        yaml = (path.removeprefix(start) for path in self.paths if path.endswith(".yml"))
        return frozenset(found.union(path for path in yaml if project.is_article(path)))

    def find_touched(self, project: Project, view: LanguageView, templates: Templates) -> set[str]:
        """Return the IDs of the language's entries that differ, in its PO or in their English."""
        english = self._find_new_english(project, templates.catalogs)
        before = dict(self._contents(f"{project.settings.locale}/{view.tag}/LC_MESSAGES"))
        touched = set(english)
        for article, updated in view.updates.items():
            disk = view.before.get(view.moved.get(article, article))
            own = dict(_contents_of(disk)) if disk else {}
            if self.has(project.shown(project.catalog_path(article, view.tag))):
                touched.update(key for key, content in own.items() if before.get(key) != content)
            if not english.isdisjoint(e.msgctxt for e in templates.catalogs[article].entries):
                now = _contents_of(updated.catalog)
                touched.update(
                    key for key, new in now if is_paragraph_id(key) and own.get(key) != new
                )
        return touched

    def has_touched(self, finding: Finding, touched: Collection[str]) -> bool:
        """Tell whether a finding in a PO is of an entry in `touched`, or of a file that changed."""
        return finding.segment in touched if finding.segment else self.has(finding.path)

    def _find_new_english(self, project: Project, templates: Mapping[str, Catalog]) -> set[str]:
        """Return the IDs of the sentences that are new, or were others."""
        before = dict(self._contents(f"{project.settings.locale}/pot"))
        settings = project.settings
        found: set[str] = set()
        for article, template in templates.items():
            pot = project.shown_template(article)
            if not (self.has(pot) or self.has(f"{settings.source}/{article}")):
                continue
            known = before if self.has(pot) else dict(_contents_of(read_template(project, article)))
            found.update(
                key
                for key, content in _contents_of(template)
                if key not in known or known[key].english != content.english
            )
        return found

    def _contents(self, folder: str) -> Iterator[tuple[str, Content]]:
        for path, catalog in self.catalogs.items():
            if path.startswith(_start(folder)):
                yield from _contents_of(catalog)


def find_changes(project: Project, name: str) -> Changes:
    """Return what differs from where this branch left the revision `name`.

    Raises `UsageError` if git cannot tell.
    """
    revision = find_revision(project.root, name, is_fork=True)
    settings = project.settings
    paths = revision.changed_paths([settings.source, settings.locale])
    return Changes(revision, paths, read_catalogs_at(revision, paths))


def find_touched_texts(
    project: Project, changes: Changes, findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield the findings in articles and POTs that were not there at the revision."""
    settings = project.settings
    old: dict[str, Counter[str]] = {}
    for finding in findings:
        article = f"{settings.source}/{finding.article}"
        if not (changes.has(finding.path) or (finding.article and changes.has(article))):
            continue
        if finding.check == NOT_EXTRACTED:
            known = old.setdefault(article, _read_unread(project, changes.revision, article))
            if known[finding.message]:
                known[finding.message] -= 1
                continue
        yield finding


def find_new_faults(project: Project, changes: Changes, noted: NotedArticles) -> dict[str, Noted]:
    """Return of each article what of Learn's constructs is wrong now, and was not."""
    found: dict[str, Noted] = {}
    for article, own in noted.items():
        path = f"{project.settings.source}/{article}"
        if not own.faults or not changes.has(path):
            continue
        old = _read_former(project, changes.revision, path).faults
        known = Counter((fault.kind, fault.what) for fault in old)
        new: list[Fault] = []
        for fault in own.faults:
            known[fault.kind, fault.what] -= 1
            if known[fault.kind, fault.what] < 0:
                new.append(fault)
        found[article] = own._replace(faults=new)
    return found


def _read_unread(project: Project, revision: Revision, path: str) -> Counter[str]:
    """Return the texts of an article that were not extracted, as messages name them."""
    return Counter(unread.message for unread in _read_former(project, revision, path).unread)


def _read_former(project: Project, revision: Revision, path: str) -> ReadArticle:
    """Return an article as it was at a revision; an empty one if it was not, or was no text."""
    from bitext.segments import make_grammar, read_article

    grammar = make_grammar(project.settings)
    found = revision.read_files([path]).get(path) or b""
    try:
        return read_article(path, decode_article(found, path), grammar).parsed
    except BitextError:
        return read_article(path, "", grammar).parsed


def read_catalogs_at(revision: Revision, paths: Collection[str]) -> dict[str, Catalog]:
    """Return the POT and PO files among `paths` as they were; those that can be read."""
    wanted = sorted(path for path in paths if path.endswith((".po", ".pot")))
    contents = revision.read_files(wanted)
    found: dict[str, Catalog] = {}
    for path, content in contents.items():
        try:
            found[path] = parse(decode_catalog(content, path), is_merged=True)
        except BitextError:
            continue  # all of its entries count as new
    return found


def _start(folder: str) -> str:
    """Return what the paths of the files in a folder begin with."""
    path = normpath(folder)
    return "" if path == "." else f"{path}/"


def read_template(project: Project, article: str) -> Catalog | None:
    """Return an article's POT as it is on disk; None if it cannot be read."""
    try:
        content = project.template_path(article).read_bytes()
        return parse(decode_catalog(content, project.shown_template(article)), is_merged=True)
    except (OSError, BitextError):
        return None


def _contents_of(catalog: Catalog | None) -> Iterator[tuple[str, Content]]:
    """Yield ID and content of the entries in use."""
    for entry in catalog.entries if catalog else ():
        if entry.msgctxt and not entry.is_obsolete:
            yield entry.msgctxt, _content(entry)


def _content(entry: Entry) -> Content:
    translations = (entry.msgstr, *entry.plurals)
    return Content(entry.msgid, translations, frozenset(entry.flags), entry.comments)
