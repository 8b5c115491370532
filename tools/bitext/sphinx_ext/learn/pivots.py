"""Groups of pivots, in the language of the pages: read once for all pages that offer a choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docutils import nodes

from bitext.sphinx_ext.reading import MadeFrom


class Pivot(NamedTuple):
    """A pivot."""

    id: str
    title: nodes.TextElement


class Group(NamedTuple):
    """A group of pivots, of which a reader picks one."""

    id: str
    prompt: nodes.TextElement
    pivots: list[Pivot]

    def copy(self) -> Group:
        """Return it for one page more: a node is on one page only."""
        pivots = [Pivot(own.id, own.title.deepcopy()) for own in self.pivots]
        return Group(self.id, self.prompt.deepcopy(), pivots)


class PivotFile(NamedTuple):
    """A file that names pivots."""

    groups: Sequence[Group]
    made_from: Sequence[MadeFrom]
    """What each page that shows one of them is made from."""


def find_groups(words: nodes.Element) -> Iterator[Group]:
    """Yield the groups that the rendered words of a file name."""
    groups: list[Group] = []
    for own in words.findall(nodes.paragraph):
        level = own.attributes.pop("level", 0)
        name = next((link["pivot"] for link in own.findall(nodes.inline) if "pivot" in link), "")
        for link in list(own.findall(nodes.inline)):
            if "pivot" in link:
                link.replace_self(link.children)
        if level == 1:
            groups.append(Group(name, own, []))
        elif groups:
            groups[-1].pivots.append(Pivot(name, own))
    yield from groups
