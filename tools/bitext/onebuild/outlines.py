"""What pages show of one another: whether a page that was read anew makes others other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes

from bitext.cache import digest
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

    do_sections_travel: bool
    """Whether navigation shows the sections of pages on other pages, or may do so."""


def outline_of(env: BuildEnvironment, docname: str) -> Outline:
    """Return what other pages may show of one."""
    metadata = dict(env.metadata.get(docname, {}))
    slugs: Any = metadata.pop(_SLUGS, {})
    anchors = {slug: place[1:] for slug, place in slugs.items()}  # without the line
    toc = env.tocs[docname]
    lists = list(toc.findall(addnodes.toctree))
    navigation = [env.titles[docname], env.longtitles[docname], *lists]
    return Outline(_hash(navigation), _hash(toc), _hash([metadata, anchors]))


def relations_of(env: BuildEnvironment) -> str:
    """Return a hash of what an environment knows of all pages together."""
    known = {
        name: value
        for name, value in vars(env).items()
        if name not in OF_THE_RUN | _OF_A_PAGE and not name.startswith(_OF_THE_SEARCH)
    }
    domains = env.domaindata.items()
    known["domaindata"] = {name: data for name, data in domains if name not in _LISTED}
    return _hash(known)


def find_rewritten(
    before: Outlines, now: Outlines, env: BuildEnvironment, read: Set[str]
) -> set[str]:
    """Return the pages that show something else, now that some were read anew."""
    everything = set(env.found_docs)
    if before.pages.keys() != now.pages.keys() or before.relations != now.relations:
        return everything
    found: set[str] = set()
    for docname in read:
        last, own = before.pages[docname], now.pages[docname]
        if last.navigation != own.navigation:
            return everything
        if last.sections != own.sections and before.do_sections_travel:
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
    Whether sections travel is left open if nothing is known of `before`.
    """
    known = before.pages if before else {}
    pages = {
        name: outline_of(env, name) if name in read or name not in known else known[name]
        for name in env.found_docs
    }
    return Outlines(pages, relations_of(env), before is None or before.do_sections_travel)


def do_sections_travel(
    env: BuildEnvironment, shown: Mapping[str, tuple[str, ...]], homes: Mapping[str, str]
) -> bool:
    """Tell whether a page shows sections of one that it neither leads to nor lists.

    `shown` are the pages of each sentence that is on several, `homes` the page of each sentence
    that the environment holds. Where no page has a section, nobody knows.
    """
    leading: dict[str, set[str]] = {}
    for name, targets in targets_of(env).items():
        for target in targets:
            leading.setdefault(target, set()).add(name)
    has_sections = False
    for docname, toc in env.tocs.items():
        listing = env.files_to_rebuild.get(docname, ())
        for own in _sentences_in(toc) - _sentences_in(env.titles[docname]):
            has_sections = True
            home = homes.get(own, "")
            if not {docname, home, *listing, *leading.get(docname, ())}.issuperset(
                shown.get(own, ())
            ):
                return True
    return not has_sections


def _sentences_in(root: nodes.Element) -> set[str]:
    return {node["segment_id"] for node in root.findall(slot)}


def _hash(value: object) -> str:
    return digest("\n".join(_describe(value, ())).encode("utf-8", errors="surrogatepass"))


def _describe(value: Any, holders: tuple[int, ...]) -> Iterator[str]:
    """Yield lines that are the same for equal values, in whatever process."""
    if isinstance(value, nodes.Node):
        yield value.pformat()
    elif isinstance(value, os.PathLike):
        yield repr(os.fspath(value))
    elif value is None or isinstance(value, (str, bytes, int, float, bool)):
        yield repr(value)
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
        value = {name: getattr(value, name, None) for name in names}
    return sorted(value.items(), key=lambda pair: str(pair[0]))
