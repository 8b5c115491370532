"""What a page of a built site holds, and what a check of it sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bitext.checks.model import Severity


class Placed(NamedTuple):
    """A value of an attribute, and where it stands."""

    value: str
    line: int
    """From 1."""

    is_body: bool = False
    """Whether it stands in the article, not in what the theme puts around it."""


class Alternate(NamedTuple):
    """A link in the page's head to the page in a language."""

    language: str
    address: str
    line: int


class Text(NamedTuple):
    """What readers see of an article in one block, code left out."""

    text: str
    line: int
    segment: str
    """The ID of the sentence; empty if it belongs to none."""

    is_label: bool
    """Whether Sphinx or the theme wrote it: the title of a note, the sign of a link."""


@dataclass(frozen=True)
class Page:
    """What one page holds."""

    path: str
    """Below the folder of all languages: ``sl-SI/guide/ci.html``."""

    language: Placed
    """What its root says; empty if nothing."""

    direction: str
    """What its root says; empty if nothing."""

    alternates: tuple[Alternate, ...]
    ids: tuple[Placed, ...]
    """All but those inside of pictures."""

    anchors: Set[str]
    """All that a link can lead to."""

    links: tuple[Placed, ...]
    nested: tuple[Placed, ...]
    """The links inside of links."""

    segments: tuple[Placed, ...]
    """The ID of each sentence, as often as it is shown."""

    texts: tuple[Text, ...]

    @property
    def tag(self) -> str:
        """The language of the site that it belongs to."""
        return self.path.partition("/")[0]

    @property
    def address(self) -> str:
        """Its path below the site of its language."""
        return self.path.partition("/")[2]

    @cached_property
    def body_ids(self) -> Mapping[str, int]:
        """The IDs of the article, each with the line where it is first."""
        return {one.value: one.line for one in reversed(self.ids) if one.is_body}


class Target(NamedTuple):
    """Where a link leads."""

    path: str
    anchor: str


@dataclass
class Site:
    """The sites of all languages together."""

    source: str
    """The language of the articles."""

    pages: Mapping[str, Page]
    """Those that were read, by their path."""

    files: Set[str]
    """All there are, pages among them."""

    url: str = ""
    """The address of the folder of all languages; empty if unknown."""

    articles: Mapping[str, str] = field(default_factory=dict)
    """The article of each page of an article, by the page's address."""

    wanted: Mapping[str, Set[str]] = field(default_factory=dict)
    """The IDs of the sentences that a page must show, by its address."""

    broken: dict[str, Mapping[str, tuple[int, str]]] = field(default_factory=dict)
    """The links of each page that lead nowhere, once they were looked for."""

    def resolve(self, page: Page, address: str) -> Target | None:
        """Return where an address of a page leads; None if that is not in the sites."""
        own = bool(self.url) and address.startswith(self.url)
        try:
            parts = urlsplit(address.removeprefix(self.url) if own else address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return None
        folder = "" if own else dirname(page.path)
        path = normpath(join(folder, unquote(parts.path))) if parts.path or own else page.path
        if path == ".." or path.startswith("../"):
            return None
        index = normpath(join(path, "index.html"))
        is_folder = path not in self.files and index in self.files
        return Target(index if is_folder else path, unquote(parts.fragment))


@dataclass(frozen=True)
class View:
    """What a check looks at: a page, and the same page in English."""

    page: Page
    site: Site
    english: Page | None
    """None for a page in English, and for one that English does not have."""

    @property
    def is_article(self) -> bool:
        """Whether the page shows an article, not an index of all."""
        return self.page.address in self.site.articles


class SiteExample(NamedTuple):
    """A page's article in English and in Slovenian, with which a check explains itself."""

    english: str
    translation: str = ""
    """Empty if the fault is in the English."""

    language: str = "sl-SI"
    head: str = ""
    """The head of the page in `language`, and of no other."""


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """One check of a page of a built site."""

    id: str
    severity: Severity
    why: str
    find: Callable[[View], Iterator[tuple[int, str]]]
    """Yields the line and what is wrong, with the way out."""

    bad: tuple[SiteExample, ...]
    """In each the check finds something, and no other check does."""

    good: tuple[SiteExample, ...]
    """In none of them any check finds anything."""


@dataclass(frozen=True, slots=True)
class SiteCoverage:
    """How much of the articles' text on the pages of one language is offered for translation."""

    language: str
    words: int
    not_offered: int
    """Words that belong to no segment."""

    @property
    def per_cent(self) -> float:
        """Of words that belong to no segment, to two digits."""
        return round(100 * self.not_offered / self.words, 2) if self.words else 0.0
