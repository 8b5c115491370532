"""Articles that hold their pairs themselves."""

from __future__ import annotations

from dataclasses import dataclass

from bitext.bilingual.base import Published, with_line_feeds
from bitext.bilingual.importing import import_file
from bitext.bilingual.matter import split_matter
from bitext.bilingual.pairs import parse
from bitext.po import Catalog
from bitext.po import parse as parse_catalog
from bitext.settings import Settings


def is_side_by_side(content: bytes) -> bool:
    """Tell whether a file holds a pair, or what may be left of one."""
    return b"data-ttu-id=" in content


def states_its_language(text: str) -> bool:
    """Tell whether a text is a side-by-side file that says its language, as published ones do.

    An article that only writes about them, as in code, does not.
    """
    return "data-ttu-id=" in text and bool(split_matter(text)[0].value("ms.contentlocale"))


@dataclass(frozen=True, slots=True)
class Read:
    """A side-by-side file as an article with its catalogs."""

    english: str
    """The article, with line feeds only."""

    template: Catalog
    catalog: Catalog | None
    """None if the pairs are in another language than was asked for."""


def read_side_by_side(article: str, text: str, settings: Settings, tag: str) -> Read:
    """Return the article and the catalogs that a side-by-side file is; nothing else is asked."""
    file = parse(text.replace("\0", "\ufffd"))
    prefix = file.pairs[0].id.prefix if file.pairs else "00000"
    published = Published(article, article, text.encode(errors="replace"), prefix)
    imported = import_file(published, settings, tag or settings.source_language)
    matter, _ = split_matter(text)
    stated = (matter.value("ms.contentlocale") or tag).strip("'\"")
    catalog = parse_catalog(imported.catalogs[tag or settings.source_language])
    template = parse_catalog(imported.pot)
    is_wanted = bool(tag) and stated.lower() == tag.lower()
    return Read(with_line_feeds(imported.english or ""), template, catalog if is_wanted else None)
