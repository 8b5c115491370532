"""A language's catalogs brought up to their POTs in memory, one after the other.

What one of them needs to know of all others (which catalog moved, what left its article, what
the memory will be asked for) is found out first. So a caller need not hold them all: it may read
them whenever they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from bitext.asked import Asked
from bitext.commands.memories import language_memory
from bitext.memory import Memory
from bitext.po import Catalog
from bitext.project import Project
from bitext.renames import find_main_prefix, find_moved_catalogs
from bitext.settled import Settled
from bitext.update import Pair, Updated, update_pair


class LanguageCatalogs(Protocol):
    """A language's catalogs and their POTs, held in memory or read whenever they are asked for."""

    @property
    def is_held(self) -> bool:
        """Whether all catalogs that were read are held."""

    def articles(self) -> Iterable[str]:
        """Return the articles that have a POT, in order; not those that are settled."""

    def has_template(self, article: str) -> bool:
        """Tell whether an article has a POT, readable or not."""

    def template(self, article: str) -> Catalog | None:
        """Return an article's POT; None if it cannot be read."""

    def catalogs(self) -> Iterator[tuple[str, Catalog | Settled]]:
        """Yield the catalogs that can be read, in order, with their article."""

    def catalog(self, article: str) -> Catalog | Settled | None:
        """Return an article's catalog; None if there is none or it cannot be read."""

    def has_catalog(self, article: str) -> bool:
        """Tell whether an article has a catalog that can be read.

        To be asked when all catalogs were gone through.
        """

    def is_unreadable(self, article: str) -> bool:
        """Tell whether there is a catalog that cannot be read."""

    @property
    def has_others(self) -> bool:
        """Whether the memory is made of catalogs besides these too."""

    def known(self) -> Iterator[Catalog | Settled]:
        """Yield what the memory is made of, in order."""

    def ids(self) -> Iterator[Collection[str]]:
        """Yield the IDs in each POT."""


class Plan(NamedTuple):
    """What is known before the first catalog is brought up."""

    moved: Mapping[str, str]
    """The path that the catalog of a renamed article still has, by the article's own."""

    memory: Memory

    pairs: Mapping[str, Pair]
    """What is known already of an article, if the catalogs are held."""


class _Known:
    """What a memory is made of, as often as it is gone through."""

    def __init__(self, own: LanguageCatalogs) -> None:
        self._own = own

    def __iter__(self) -> Iterator[Catalog | Settled]:
        return self._own.known()


def make_plan(project: Project, tag: str, own: LanguageCatalogs) -> Plan:
    """Return what has to be known of all catalogs before any can be brought up, and written."""
    survey = _Survey(own)
    moved = find_moved_catalogs(survey.orphans, survey.find_lacking())
    has_any = survey.is_translated or bool(project.settings.memory.files)
    if has_any:
        survey.ask_others(moved)
    asked = survey.asked
    memory = language_memory(
        project,
        tag,
        _Known(own) if has_any else (),
        free=survey.find_free() if asked else frozenset(),
        wants=None if own.is_held else asked.wants,
    )
    memory.look_ahead(asked.near)
    if asked:
        memory.known  # noqa: B018 - later the catalogs on disk are other ones, or a TMX file is bad
    return Plan(moved, memory, survey.pairs)


class _Survey:
    """What one pass through all catalogs tells."""

    def __init__(self, own: LanguageCatalogs) -> None:
        self._own = own
        self._seen: set[str] = set()
        self._gone: set[str] = set()
        self.pairs: dict[str, Pair] = {}
        self.orphans: dict[str, str] = {}
        """The paths of the catalogs whose article has no POT, by the prefix of their entries."""

        self.asked = Asked()
        self.is_translated = own.has_others
        """Whether any of them may say anything: before that nothing need be asked."""

        for article, catalog in own.catalogs():
            if isinstance(catalog, Settled):
                self.is_translated = True
                continue
            self.is_translated |= any(entry.msgstr for entry in catalog.entries)
            if not own.has_template(article):
                self.orphans[find_main_prefix(catalog)] = article
                self._find_gone(catalog, None)
            elif self.is_translated:
                self._ask(article, catalog)
                self._seen.add(article)

    def _ask(self, article: str, catalog: Catalog | None) -> None:
        """Add what the update of a catalog will ask."""
        template = self._own.template(article)
        if template is None:
            return
        pair = Pair(catalog, template)
        for text, furthest in pair.find_questions():
            self.asked.add(text, furthest)
        if catalog is not None:
            self._find_gone(catalog, template)
        if self._own.is_held:
            self.pairs[article] = pair
        else:
            self.asked.sift()

    def _find_gone(self, catalog: Catalog, template: Catalog | None) -> None:
        """Add the IDs of the entries in use whose sentences left the article."""
        ids = {entry.msgctxt for entry in template.entries} if template else set()
        self._gone.update(
            entry.msgctxt
            for entry in catalog.entries
            if entry.msgctxt and not entry.is_obsolete and entry.msgctxt not in ids
        )

    def find_lacking(self) -> Iterator[tuple[str, Catalog]]:
        """Yield the POTs without a catalog that can be read."""
        for article in self._own.articles():
            if not self._own.has_catalog(article):
                template = self._own.template(article)
                if template is not None:
                    yield article, template

    def ask_others(self, moved: Mapping[str, str]) -> None:
        """Add what catalogs will ask that are not there, or came before any that says something."""
        for article in self._own.articles():
            if article not in self._seen:
                catalog = self._own.catalog(moved.get(article, article))
                if not self._own.is_unreadable(article):
                    self._ask(article, catalog if isinstance(catalog, Catalog) else None)

    def find_free(self) -> frozenset[str]:
        """Return the IDs of the entries in use whose sentences are in no article any more."""
        if self._gone:
            for ids in self._own.ids():
                self._gone.difference_update(ids)
        return frozenset(self._gone)


class CaughtUp(NamedTuple):
    """A catalog that was brought up to its POT."""

    article: str
    former: Catalog | None
    """As it is on disk; under another article's path if that was renamed."""

    updated: Updated


def catch_up(tag: str, own: LanguageCatalogs, plan: Plan) -> Iterator[CaughtUp]:
    """Yield each catalog that is not settled, as `update` leaves it."""
    for article in own.articles():
        path = plan.moved.get(article, article)
        former, template = own.catalog(path), own.template(article)
        is_unreadable = own.is_unreadable(article) or own.is_unreadable(path)
        if template is None or isinstance(former, Settled) or is_unreadable:
            continue
        pair = plan.pairs.get(article) or Pair(former, template)
        updated = update_pair(pair, tag=tag, memory=plan.memory)
        yield CaughtUp(article, former, updated)
