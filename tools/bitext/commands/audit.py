"""``bitext check --site``: what is wrong on the pages that were built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bitext.checks import CheckReport, Finding
from bitext.checks.audit import LEFTOVER, SITE_CHECKS
from bitext.checks.audit.model import Page, Site, View
from bitext.checks.audit.offered import measure_site
from bitext.checks.audit.page import parse_page
from bitext.commands.check import choose_checks, weigh
from bitext.commands.leftover_pages import find_leftover_pages, find_leftover_sites
from bitext.commands.views import choose_languages, current_templates
from bitext.disk import find_files, read_file
from bitext.encoding import decode_catalog, located
from bitext.errors import UsageError
from bitext.model import BlockKind
from bitext.places import split_section
from bitext.po import parse
from bitext.project import Project
from bitext.site.page import page_address

_OTHER_FOLDERS = ("_static/", "_sources/", "_modules/", "_images/", "_downloads/")
"""What Sphinx writes beside the pages."""

_SHOWN = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CELL})
"""The kinds of blocks that stand on their article's page in any case."""


def run_audit(
    project: Project, folder: str, tags: Sequence[str] = (), *, checks: Sequence[str] = ()
) -> CheckReport:
    """Check the pages of languages in `folder`, which `build` made; write nothing.

    Only `checks` if there are any. Raises `UsageError` if the folder has no English site, or none
    of a language of `tags`.
    """
    project = choose_checks(project, checks)
    own = project.settings.check
    chosen = _choose_sites(project, folder, tags)
    site = _read_site(project, folder, chosen)
    report = CheckReport(source=project.settings.source)
    for tag in chosen:
        pages = [page for path, page in site.pages.items() if path.startswith(f"{tag}/")]
        found = [finding for page in pages for finding in _audit(page, site, folder, own.disable)]
        if LEFTOVER not in own.disable:
            found += find_leftover_pages(project, folder, pages, site.files)
        kept = (finding for finding in found if not checks or finding.check in checks)
        report.findings += [weigh(finding, own.severity) for finding in kept]
        articles = (page for page in pages if page.address in site.articles)
        report.sites.append(measure_site(tag, articles))
    if not tags and LEFTOVER not in own.disable and (not checks or LEFTOVER in checks):
        found = list(find_leftover_sites(project, folder, site.files))
        report.findings += [weigh(finding, own.severity) for finding in found]
    return report


def _choose_sites(project: Project, folder: str, tags: Sequence[str]) -> Sequence[str]:
    """Return the languages to check: those named, or all that are in the folder."""
    source = project.settings.source_language
    chosen = choose_languages(project, tags, with_source=True)
    there = [tag for tag in (source, *chosen) if (project.root / folder / tag).is_dir()]
    for tag in (source, *tags):
        if tag not in there:
            message = f"there is no folder {tag} in {folder}"
            raise UsageError(f"{message}; run 'bitext build', and name the folder of all languages")
    return [tag for tag in chosen if tag in there]


def _read_site(project: Project, folder: str, chosen: Sequence[str]) -> Site:
    """Return what the pages of the chosen languages hold, and of the English ones."""
    root, source = project.root / folder, project.settings.source_language
    files = find_files(root, "")
    read = {source, *chosen}
    pages = {path: _read_page(root, path) for path in files if _is_page(path, read)}
    articles = _find_pages(project, files)
    site = Site(source, pages, frozenset(files), project.settings.site.url, articles)
    wanted = _find_wanted(project)
    site.wanted = {page: wanted.get(article, frozenset()) for page, article in articles.items()}
    return site


def _is_page(path: str, read: set[str]) -> bool:
    tag, _, address = path.partition("/")
    return tag in read and address.endswith(".html") and not address.startswith(_OTHER_FOLDERS)


def _read_page(root: Path, path: str) -> Page:
    content = read_file(f"{root}/{path}", UsageError, f"{root}/{path}") or b""
    return parse_page(content.decode("utf-8-sig", errors="replace"), path=path)


def _find_pages(project: Project, files: Sequence[str]) -> dict[str, str]:
    """Return the article of each page of one, as either builder names pages."""
    there, source = set(files), project.settings.source_language
    found: dict[str, str] = {}
    for article in project.find_articles():
        stem = article.rpartition(".")[0]
        for address in (page_address(stem, "html"), page_address(stem, "dirhtml") + "index.html"):
            if f"{source}/{address}" in there:
                found.setdefault(address, article)
    return found


def _find_wanted(project: Project) -> Mapping[str, frozenset[str]]:
    """Return the IDs of the sentences that stand on the page of each article.

    No page can show those that are in no POT file yet.
    """
    catalogs = current_templates(project).catalogs
    return {
        article: frozenset(
            entry.msgctxt
            for entry in catalog.entries
            if entry.msgctxt and entry.extracted and _kind(entry.extracted[0]) in _SHOWN
        )
        & _find_given(project, article)
        for article, catalog in catalogs.items()
    }


def _find_given(project: Project, article: str) -> frozenset[str]:
    """Return the IDs in the POT file of an article as it is on disk."""
    shown = project.shown_template(article)
    content = read_file(str(project.template_path(article)), UsageError, shown)
    if content is None:
        return frozenset()
    with located(shown):
        entries = parse(decode_catalog(content, shown)).entries
    return frozenset(entry.msgctxt for entry in entries if entry.msgctxt)


def _kind(comment: str) -> str:
    """Return what an entry's first comment says that its block is."""
    return split_section(comment)[0].partition(",")[0]


def _audit(page: Page, site: Site, folder: str, disabled: Sequence[str]) -> Iterator[Finding]:
    """Yield what the checks find on one page, by its lines."""
    english = site.pages.get(f"{site.source}/{page.address}") if page.tag != site.source else None
    view = View(page, site, english)
    path = f"{folder.rstrip('/')}/{page.path}"
    found = [
        Finding(path, line, check.severity, message, check.id, page.tag)
        for check in SITE_CHECKS
        if check.id not in disabled
        for line, message in check.find(view)
    ]
    yield from sorted(found, key=lambda finding: finding.line)
