"""Links between pages of a docset: made while an article is read, resolved while it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.addnodes import pending_xref

from bitext.markdown.learn.faults import PlacedFault

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_LINKS = "bitext_learn_links"
_TYPE = "learn"
_NAMED = re.compile(
    r"""<[a-z][^<>]*?\s(?:name|id)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""", re.I
)


class AnchorUse(NamedTuple):
    """A link to a place in a page."""

    docname: str
    anchor: str
    path: str
    line: int


class PageLinks(NamedTuple):
    """What a page offers to links, and what its own ask for."""

    anchors: dict[str, str]
    """The anchors on the page, by that in lower case."""

    uses: list[AnchorUse]


def links_by_page(env: BuildEnvironment) -> dict[str, PageLinks]:
    """Return the links of each page, by docname; kept with `env`."""
    if not hasattr(env, _LINKS):
        setattr(env, _LINKS, {})
    found: Any = getattr(env, _LINKS)
    return found  # type: ignore[no-any-return]


def make_link(env: BuildEnvironment, docname: str, anchor: str, title: str) -> pending_xref:
    """Return the node of a link to a page; its one child takes the words, or is left empty."""
    node = pending_xref(
        "",
        nodes.inline("", "", classes=["xref", "learn"]),
        refdomain="",
        reftype=_TYPE,
        reftarget=docname,
        reftargetid=anchor,
        refdoc=env.current_document.docname,
        refexplicit=True,
        refwarn=False,
    )
    if title:
        node["reftitle"] = title
    return node


def note_use(env: BuildEnvironment, use: AnchorUse) -> None:
    """Note that the page that is being read links to an anchor."""
    _own(env, env.current_document.docname).uses.append(use)


def _own(env: BuildEnvironment, docname: str) -> PageLinks:
    return links_by_page(env).setdefault(docname, PageLinks({}, []))


def note_anchors(env: BuildEnvironment, docname: str, doctree: nodes.document) -> None:
    """Keep the anchors of a page: IDs, slugs of headings, and names in HTML."""
    anchors = _own(env, docname).anchors
    for node in doctree.findall(nodes.Element):
        names = [*node["ids"], node.get("slug") or ""]
        if isinstance(node, nodes.raw):
            names += [next(filter(None, found)) for found in _NAMED.findall(node.astext())]
        anchors.update((name.lower(), name) for name in filter(None, names))


def find_lost_anchors(env: BuildEnvironment) -> list[PlacedFault]:
    """Return a fault for each link to a place that its page does not have."""
    pages = links_by_page(env)
    return [
        PlacedFault("link to an anchor that its page does not have", use.path, use.line, use.anchor)
        for own in pages.values()
        for use in own.uses
        if use.docname in pages and use.anchor.lower() not in pages[use.docname].anchors
    ]


def find_anchor(env: BuildEnvironment, docname: str, anchor: str) -> str:
    """Return an anchor as its page spells it; empty if the page does not have it."""
    known = links_by_page(env).get(docname)
    return known.anchors.get(anchor.lower(), "") if known else anchor


def resolve_link(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.Element
) -> nodes.reference | None:
    """Return the link of one of our nodes; an anchor that its page does not have is left out."""
    if node["reftype"] != _TYPE:
        return None
    docname, anchor = node["reftarget"], node["reftargetid"]
    fragment = find_anchor(env, docname, anchor)
    address = app.builder.get_relative_uri(node["refdoc"], docname)
    is_here = docname == node["refdoc"] and fragment
    reference = nodes.reference("", "", internal=True)
    reference["refuri"] = f"#{fragment}" if is_here else address + (f"#{fragment}" * bool(fragment))
    if "reftitle" in node:
        reference["reftitle"] = node["reftitle"]
    if not content.children:
        title = env.titles.get(docname)
        content += nodes.Text(title.astext() if title else docname)
    reference += content
    return reference
