"""Which languages each page is offered in, and how much of it is translated in each.

Counted once for a build of all languages, and handed to each as a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from bitext.commands.stats import run_stats
from bitext.coverage import LanguageCoverage
from bitext.disk import write_files
from bitext.project import Project
from bitext.site.page import Edition, Page, page_address
from bitext.site.sitemap import sitemaps


def editions_file(project: Project, output: str) -> Path:
    """Return where the editions of all pages are written; there may be none."""
    return project.root / output / "doctrees" / "editions.json"


def write_editions(
    project: Project, building: Sequence[str], *, output: str, builder: str
) -> Mapping[str, Sequence[Edition]]:
    """Write the editions of all articles, for the sites of the languages that are built or there.

    Return them by article; none for sites that stand alone.
    """
    sites = project.root / output / builder
    source = project.settings.source_language
    tags = [tag for tag in project.settings.languages if _has_site(sites, tag, building)]
    coverages = run_stats(project, tags).languages if tags else []
    offered = [
        coverage
        for coverage in coverages
        if coverage.total.per_cent >= project.settings.site.offer_from
    ]
    editions: Mapping[str, Sequence[Edition]] = {}
    if offered and _has_site(sites, source, building):
        editions = {
            article: list(_editions_of(article, source, offered))
            for article in project.find_articles()
        }
    path = editions_file(project, output)
    text = serialize_editions(editions)
    if _differs(path, text):
        write_files({path: text}, project.root)
    return editions


def write_sitemap(
    project: Project, editions: Mapping[str, Sequence[Edition]], *, output: str, builder: str
) -> None:
    """Write the map of all pages that were built, if the settings know their address."""
    folder = project.root / output / builder
    source, site = project.settings.source_language, project.settings.site.url
    if not site or builder not in ("html", "dirhtml"):
        return
    pages = []
    for article, own in editions.items():
        address = page_address(article.removesuffix(".md"), builder)
        page = Page(address, source, source, own, site)
        if all(_is_built(folder / edition.tag / address) for edition in own):
            pages.append(page)
    files = {folder / name: text for name, text in sitemaps(pages, site).items()}
    write_files({path: text for path, text in files.items() if _differs(path, text)}, project.root)


def _is_built(path: Path) -> bool:
    return path.is_file() or (path / "index.html").is_file()


def _differs(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_bytes() != text.encode()


def _has_site(sites: Path, tag: str, building: Sequence[str]) -> bool:
    return tag in building or any((sites / tag).glob("index.html"))


def _editions_of(
    article: str, source: str, offered: Sequence[LanguageCoverage]
) -> Iterator[Edition]:
    yield Edition(source)
    for language in offered:
        coverage = language.articles.get(article)
        yield Edition(language.tag, int(coverage.per_cent) if coverage else None)


def serialize_editions(editions: Mapping[str, Sequence[Edition]]) -> str:
    """Return the editions by the name that Sphinx has for a page."""
    named = {
        article.removesuffix(".md"): [[own.tag, own.per_cent] for own in known]
        for article, known in editions.items()
    }
    return json.dumps(named, separators=(",", ":")) + "\n"


def parse_editions(text: str) -> Mapping[str, Sequence[Edition]]:
    """Return the editions of each page; pages with the same share them."""
    known: dict[str, list[tuple[str, int | None]]] = json.loads(text)
    return {name: _share_editions(tuple(map(tuple, own))) for name, own in known.items()}


@lru_cache(maxsize=1000)
def _share_editions(known: tuple[tuple[str, int | None], ...]) -> tuple[Edition, ...]:
    return tuple([Edition(*own) for own in known])
