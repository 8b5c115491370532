"""What a marked build leaves for the languages: of each page, and of the whole site."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from markdown_it import MarkdownIt

from bitext.cache import digest
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.prepared import MarkedArticle, PreparedArticle, warm_up
from bitext.onebuild.sentences import English
from bitext.onebuild.slots import read_slot

BAR = "bar"
"""The key of the slot of the reading control."""

HEAD = "head"
"""That of what a page's head says of its language."""

PLAIN_HEAD = "plain head"
"""Likewise, without who translated: the front matter says it."""


class SearchText(NamedTuple):
    """A text that a search index takes from a page."""

    kind: str
    """``text``, ``raw``, ``keywords``, ``title``, or ``sentence``: then `text` is its ID."""

    text: str
    """May hold slots."""

    anchor: str = ""
    """Of a title: the ID of its section."""


@dataclass(slots=True)
class PageRecord:
    """What the languages need of one page."""

    docname: str
    page: list[str] = field(default_factory=list)
    """What the marked build wrote, as `cut_slots` cuts it."""

    prepared: list[PreparedArticle | None] = field(default_factory=list)
    """Its own article, and those that it includes; None for one that only `read_articles` has."""

    read: str = ""
    """The hash of all that was read of them, which is stored apart: few languages ask for it."""

    named: frozenset[str] = frozenset()
    """The IDs of its texts that are not parsed."""

    english: dict[str, English] = field(default_factory=dict)
    """The sentences that it shows, by segment ID."""

    sentences: tuple[str, ...] = ()
    """The segment IDs of its sentences as they stand on the page."""

    gaps: frozenset[str] = frozenset()
    """The keys of the white space between sentences that has a slot."""

    lookups: dict[str, str] = field(default_factory=dict)
    search: list[SearchText] = field(default_factory=list)
    index_entries: list[Any] = field(default_factory=list)
    """Those of Sphinx's ``index`` nodes."""

    title: str = ""
    """For the search index; may hold slots."""

    ordinary: str = ""
    """Why the page is built the ordinary way in every language; empty if it is not."""


class Folders(NamedTuple):
    """Where a marked build keeps what it makes."""

    root: Path

    @property
    def pages(self) -> Path:
        """The site with slots."""
        return self.root / "html"

    @property
    def doctrees(self) -> Path:
        """Sphinx's own."""
        return self.root / "doctrees"

    def article(self, docname: str) -> Path:
        """Return where is what was read of a page."""
        return self.root / "articles" / f"{docname}.pickle"

    def record(self, docname: str) -> Path:
        """Return where is what was written of it."""
        return self.root / "records" / f"{docname}.pickle"

    @property
    def site(self) -> Path:
        """The environment and all else that is one for the site."""
        return self.root / "site.pickle"

    @property
    def state(self) -> Path:
        """What the next marked build has to know."""
        return self.root / "state.pickle"


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """What the languages need of the whole site."""

    environment: bytes
    """See `environment`."""

    docnames: tuple[str, ...]
    images: Mapping[str, str]
    dependencies: Mapping[str, tuple[str, ...]]
    """The files that pages show or are made from, by docname; below the articles' folder."""

    shown: Mapping[str, tuple[str, ...]]
    """The pages that show a sentence, by its ID; left out where that is its own page alone."""

    homes: Mapping[str, str]
    """The page of each sentence that the environment holds, by its ID."""

    extra: tuple[str, ...] = ()
    """Files and folders that Sphinx read, besides articles and catalogs."""

    messages: str = ""
    """What Sphinx warned of."""

    said: str = ""
    """What was written to the error stream while it was made, by ``conf.py`` and extensions."""

    unreadable: tuple[str, ...] = ()
    """Articles that cannot be read, by path."""

    modules: tuple[str, ...] = ()
    """Modules of Sphinx and its parts that a build needs, by name."""

    fingerprint: str = ""
    """A hash of what is one for the site; empty if that changed while it was read."""

    options: Set[str] = frozenset()
    """The names of Sphinx's options, those of extensions too."""

    configured: str = ""
    """A hash of what ``conf.py`` says of them."""

    page_options: Mapping[str, str] = field(default_factory=dict)
    """See `hash_page_options`; empty for an option that has another value each time."""

    hashes: Mapping[str, str] = field(default_factory=dict)
    """That of the record of each page and of the files that it shows, by docname."""

    @property
    def shared(self) -> Set[str]:
        """The IDs of sentences that other pages than their own may show."""
        return self.shown.keys() | self.homes.keys()


@cache
def _format() -> bytes:
    """Return what values of another version of this package do not begin with."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return digest(*(path.read_bytes() for path in sources)).encode()


def store(path: Path, value: object) -> str:
    """Write a value for `load`, at once or not at all; return a hash of it."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    own = digest(content)
    write_at_once(path, _format() + own.encode() + content)
    return own


def write_at_once(path: Path, content: bytes) -> None:
    """Write a file that is the old or the new one at any moment; its folder is made."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    write_new(os.fspath(scratch), content)
    scratch.replace(path)


def write_new(path: str, content: bytes) -> None:
    """Write a file that is not there yet; its folder is made. No `Path` for each of thousands."""
    try:
        file = open(path, "xb", buffering=0)  # noqa: PTH123, SIM115
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        file = open(path, "xb", buffering=0)  # noqa: PTH123, SIM115
    with file:
        file.write(content)


_ready: dict[Path, PageRecord] = {}


def make_ready(paths: Iterable[Path], md: MarkdownIt) -> None:
    """Read records for all processes that this one forks; `forget` gives back what they take.

    `md` is what parses the sentences of most articles.
    """
    for path in paths:
        record: PageRecord = load(path)
        record.page = list(map(sys.intern, record.page))  # most stand on many pages
        _ready[path] = record
        for prepared in filter(None, record.prepared):
            warm_up(prepared, md)
        with suppress(UnfitError):  # each language says so
            for slot in record.page[1::2]:
                read_slot(slot)
    gc.collect()
    gc.freeze()  # a collector that looks at them would copy them


def forget() -> None:
    """Forget the records that `make_ready` read."""
    _ready.clear()
    read_slot.cache_clear()
    gc.unfreeze()


def load_record(path: Path) -> PageRecord:
    """Return the record of a page. Raises as `load` does."""
    ready = _ready.get(path)
    return load(path) if ready is None else ready


def read_articles(path: Path) -> tuple[list[MarkedArticle], str]:
    """Return all that was read of the articles of a page, and why it is built the ordinary way.

    Raises as `load` does.
    """
    found: tuple[list[MarkedArticle], str] = load(path)
    return found


def read_hash(path: Path) -> str:
    """Return what `store` returned."""
    with path.open("rb") as file:
        length = len(_format())
        return file.read(2 * length)[length:].decode()


def load(path: Path) -> Any:
    """Return what `store` wrote.

    Raises `OSError` if there is nothing, `ValueError` if it is broken or of another version.
    """
    stored = path.read_bytes()
    length = len(_format())
    content = stored[2 * length :]
    if stored[: 2 * length] != _format() + digest(content).encode():
        raise ValueError(f"{path} is broken, or of another version")
    return pickle.loads(content)  # noqa: S301 - our own, as Sphinx's environment is
