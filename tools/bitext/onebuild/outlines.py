"""What pages show of one another: whether a page that was read anew makes others other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes

from bitext.cache import digest
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.environment import OF_THE_RUN
from bitext.onebuild.marked_nodes import slot
from bitext.sphinx_ext.referring import targets_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_OF_A_PAGE = frozenset(
    "titles longtitles tocs metadata all_docs dependencies included images dlfiles"
    " original_image_uri toc_num_entries master_doctree reread_always config_status"
    " bitext_seen bitext_targets bitext_images bitext_editions".split()
)
"""Attributes of an environment by which one page alone is made, or that `Outline` is about."""

_LISTED = frozenset({"index", "changeset"})
"""Domains whose data no article's page shows."""

_SPHINX_DOMAINS = "sphinx.domains."
_OF_SPHINX = frozenset(
    "domaindata files_to_rebuild glob_toctrees numbered_toctrees toc_fignumbers toc_secnumbers"
    " toctree_includes _doctreedir _srcdir".split()
)
"""Attributes of an environment that are as if all pages were read, if some are read anew."""

_OF_THE_SEARCH = "_search_index_"
_SLUGS = "myst_slugs"


class Outline(NamedTuple):
    """What other pages may show of one: hashes."""

    navigation: str
    """Its title, and what it lists."""

    sections: str
    metadata: str


@dataclass(frozen=True, slots=True)
class Outlines:
    """What the pages of a site show of one another."""

    pages: Mapping[str, Outline]
    relations: str
    """A hash of what else the environment knows of all pages: labels, numbers, navigation."""

    foreign: str
    """A hash of what extensions keep of all pages, in its order: nobody knows how it is made."""

    homebound: Set[str]
    """Pages with sections that are shown on no other, but on those that lead to it or list it."""


def outline_of(env: BuildEnvironment, docname: str) -> Outline:
    """Return what other pages may show of one."""
    metadata = dict(env.metadata.get(docname, {}))
    slugs: Any = metadata.pop(_SLUGS, {})
    anchors = {slug: place[1:] for slug, place in slugs.items()}  # without the line
    toc = env.tocs[docname]
    lists = list(toc.findall(addnodes.toctree))
    navigation = [env.titles[docname], env.longtitles[docname], *lists]
    return Outline(hash_value(navigation), hash_value(toc), hash_value([metadata, anchors]))


def sort_by_page(env: BuildEnvironment) -> None:
    """Let tables of an environment be in the order of pages, whichever were read last."""
    tables = [
        *vars(env).values(),
        *(own for known in env.domaindata.values() for own in known.values()),
    ]
    for table in tables:
        if isinstance(table, dict) and table:
            pages = {key: _page_of(key, value, env.found_docs) for key, value in table.items()}
            ordered = sorted(table.items(), key=lambda pair: pages[pair[0]])
            table.clear()
            table.update(ordered)


def _page_of(key: object, value: object, docnames: Set[str]) -> str:
    """Return the page that an entry of a table is of; empty if that is not known."""
    if isinstance(key, str) and key in docnames:
        return key
    first = value[0] if isinstance(value, tuple) and value else ""
    return first if isinstance(first, str) and first in docnames else ""


def relations_of(env: BuildEnvironment) -> str:
    """Return a hash of what an environment knows of all pages together."""
    domains = env.domaindata.items()
    known = dict(_known_of(env))
    known["domaindata"] = {name: data for name, data in domains if name not in _LISTED}
    return hash_value(known)


def foreign_of(env: BuildEnvironment) -> str:
    """Return a hash of what extensions keep of all pages together, apart from tables by page."""
    known = {name: value for name, value in _known_of(env) if name not in _OF_SPHINX}
    for domain in env.domains.sorted():
        if not type(domain).__module__.startswith(_SPHINX_DOMAINS):
            own = env.domaindata[domain.name].items()
            known |= {f"{domain.name}.{name}": value for name, value in own}
    tables = {
        name: list(value.items()) if isinstance(value, dict) else value
        for name, value in known.items()
        if not (isinstance(value, dict) and value.keys() <= env.found_docs)
    }
    return hash_value(tables)


def _known_of(env: BuildEnvironment) -> Iterator[tuple[str, Any]]:
    for name, value in vars(env).items():
        if name not in OF_THE_RUN | _OF_A_PAGE and not name.startswith(_OF_THE_SEARCH):
            yield name, value


def find_rewritten(
    before: Outlines, now: Outlines, env: BuildEnvironment, read: Set[str]
) -> set[str]:
    """Return the pages that show something else, now that some were read anew.

    Raises `UnfitError` if all have to be read.
    """
    if before.foreign != now.foreign:
        raise UnfitError("an extension keeps something of all pages")
    everything = set(env.found_docs)
    if before.pages.keys() != now.pages.keys() or before.relations != now.relations:
        return everything
    found: set[str] = set()
    for docname in read:
        last, own = before.pages[docname], now.pages[docname]
        if last.navigation != own.navigation:
            return everything
        if last.sections != own.sections and docname not in before.homebound:
            return everything
        if last != own:
            found |= _find_referring(env, docname)
    return found


def _find_referring(env: BuildEnvironment, docname: str) -> set[str]:
    """Return the pages that lead to one, or have it in their navigation."""
    leading = {name for name, targets in targets_of(env).items() if docname in targets}
    return leading | set(env.files_to_rebuild.get(docname, ()))


def find_outlines(env: BuildEnvironment, read: Set[str], before: Outlines | None) -> Outlines:
    """Return what the pages of a site show of one another, after some were read.

    To be asked before any page is written: then extensions begin to keep what they look up.
    Which pages are homebound is known only later; here it is as it was `before`.
    """
    known = before.pages if before else {}
    pages = {
        name: outline_of(env, name) if name in read or name not in known else known[name]
        for name in env.found_docs
    }
    homebound = before.homebound if before else frozenset()
    return Outlines(pages, relations_of(env), foreign_of(env), homebound)


def find_homebound(
    env: BuildEnvironment, shown: Mapping[str, tuple[str, ...]], homes: Mapping[str, str]
) -> set[str]:
    """Return the pages with sections that no page shows which neither leads to it nor lists it.

    `shown` are the pages of each sentence that is on several, `homes` the page that has it in its
    own text. Of a page without a section nobody knows where one would be shown.
    """
    leading: dict[str, set[str]] = {}
    for name, targets in targets_of(env).items():
        for target in targets:
            leading.setdefault(target, set()).add(name)
    found: set[str] = set()
    for docname, toc in env.tocs.items():
        near = {docname, *env.files_to_rebuild.get(docname, ()), *leading.get(docname, ())}
        sections = set(_first_sections(toc))
        if sections and all(
            {*near, homes.get(own, "")}.issuperset(shown.get(own, ())) for own in sections
        ):
            found.add(docname)
    return found


def _first_sections(toc: nodes.Element) -> Iterator[str]:
    """Yield the sentences of the titles just below that of a page."""
    for inner in toc.findall(nodes.bullet_list):
        if isinstance(inner.parent, nodes.list_item) and inner.parent.parent is toc:
            for item in inner.children:
                title = next(item.findall(addnodes.compact_paragraph), None)
                yield from _sentences_in(title) if title else ()


def _sentences_in(root: nodes.Element) -> set[str]:
    return {node["segment_id"] for node in root.findall(slot)}


def hash_value(value: object) -> str:
    """Return a hash that equal values have, in whatever process."""
    return digest("\n".join(_describe(value, ())).encode("utf-8", errors="surrogatepass"))


def _describe(value: Any, holders: tuple[int, ...]) -> Iterator[str]:
    """Yield lines that are the same for equal values, in whatever process."""
    if isinstance(value, nodes.Node):
        yield value.pformat()
    elif isinstance(value, os.PathLike):
        yield repr(os.fspath(value))
    elif value is None or isinstance(value, (str, bytes, int, float, bool)):
        yield repr(value)
    elif isinstance(value, ModuleType) or hasattr(value, "__qualname__"):
        yield getattr(value, "__qualname__", "") or getattr(value, "__name__", "")
    elif id(value) in holders:
        yield f"holder {holders.index(id(value))}"
    else:
        yield type(value).__name__
        inner = (*holders, id(value))
        for part in _parts_of(value, inner):
            yield from _describe(part, inner)
        yield "end"


def _parts_of(value: Any, holders: tuple[int, ...]) -> list[Any]:
    """Return what a value consists of, in an order that is no accident."""
    if isinstance(value, (list, tuple)):
        return list(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=lambda own: "\n".join(_describe(own, holders)))
    if not isinstance(value, dict):
        slots = [own for kind in type(value).__mro__ for own in getattr(kind, "__slots__", ())]
        names = [*getattr(value, "__dict__", ()), *slots]
        if not names:
            shown = repr(value)
            return [] if " at 0x" in shown else [shown]
        value = {name: getattr(value, name, None) for name in names}
    return sorted(value.items(), key=lambda pair: str(pair[0]))
