"""Zones: the reader picks a pivot of each group that a page names, and sees what is of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode

from bitext.markdown.front_matter import line_of_key
from bitext.markdown.learn.yaml_pages import is_pivots
from bitext.sphinx_ext.learn.includes import Includes
from bitext.sphinx_ext.learn.nodes import division
from bitext.sphinx_ext.learn.pivots import Group, PivotFile, find_groups
from bitext.sphinx_ext.page import Page, include_article, seen_by

_GROUPS = "zone_pivot_groups"
"""What a page calls the groups that its zones are of, in its front matter."""


class Zones(Includes):
    """Renders what lets readers pick pivots."""

    def render_heading(self, token: SyntaxTreeNode) -> None:
        """Render a heading; in a file of pivots it is a name: of a group, or of a pivot."""
        if not is_pivots(self._place):
            super().render_heading(token)
            return
        words = nodes.paragraph("", "", level=int(token.tag[1]))
        self.add_line_and_source_path(words, token)
        with self.current_node_context(words, append=True):
            self.render_children(token)

    def render_link(self, token: SyntaxTreeNode) -> None:
        """Render a link; in a file of pivots it says the ID of what it names."""
        if not is_pivots(self._place):
            super().render_link(token)
            return
        name = unquote(str(token.attrGet("href") or "")).removeprefix("#")
        words = nodes.inline("", "", pivot=name)
        with self.current_node_context(words, append=True):
            self.render_children(token)

    def _heads(self) -> list[nodes.Element]:
        """Return a choice of pivots for each group of the page."""
        wanted = [name.strip() for name in self._said(_GROUPS).split(",") if name.strip()]
        zones = [own for own in self.document.findall(division) if own["values"].get("pivot")]
        if not wanted or not zones:
            return super()._heads()
        known = {group.id.lower(): group for group in self._read_groups()}
        groups = [known[name.lower()].copy() for name in wanted if name.lower() in known]
        self._note_unknown([name for name in wanted if name.lower() not in known])
        self._name_zones(zones, groups, is_complete=len(groups) == len(wanted))
        choices = (self._make_choice(group, zones) for group in groups)
        return [*super()._heads(), *filter(None, choices)]

    def _note_unknown(self, names: list[str]) -> None:
        page: Page = self.md_options["bitext_page"]
        line = line_of_key(page.parsed.matter, _GROUPS)
        for name in names:
            self._note_at("group of pivots that no file names", line, name)

    def _read_groups(self) -> Iterator[Group]:
        """Yield the groups that the docset has, the last file first."""
        env, known = self.sphinx_env, self._docset.pivot_files
        for path in reversed(self._docset.pivots):
            env.note_dependency(str(self._docset.root / path))
            seen = seen_by(env)[env.current_document.docname]
            if path in known:
                seen.extend(known[path].made_from)
            else:
                before = len(seen)
                groups = list(self._read_file(path))
                known[path] = PivotFile(groups, seen[before:])
            yield from known[path].groups

    def _read_file(self, path: str) -> Iterator[Group]:
        """Yield the groups of one file; none if it cannot be read."""
        page = include_article(self.sphinx_env, self._docset.root / path)
        if page is None:
            return
        words = nodes.container()
        with self._in_article(path, page) as tokens, self.current_node_context(words):
            self._render_tokens(tokens)
        for node in words.findall(nodes.Element):
            node.source = str(self._docset.root / path)
        yield from find_groups(words)

    def _name_zones(self, zones: list[division], groups: list[Group], *, is_complete: bool) -> None:
        """Give zones the titles of their pivots; note what is in none, if all groups are known."""
        titles = {own.id: own.title.astext() for group in groups for own in group.pivots}
        for zone in zones:
            names = _names(zone)
            zone["values"]["title"] = ", ".join(titles.get(name, name) for name in names)
            unknown = [name for name in names if name not in titles]
            if unknown and is_complete:
                kind = "pivot that its group does not have"
                self._note_at(kind, zone.line or 1, unknown[0], place=zone["place"])

    def _make_choice(self, group: Group, zones: list[division]) -> division | None:
        """Return links to the first zone of each pivot; None if there is none to choose from."""
        node = division("", classes=["learn-division", "learn-pivots"], values={"group": group.id})
        node += group.prompt
        for pivot in group.pivots:
            first = next((zone for zone in zones if pivot.id in _names(zone)), None)
            if first is None:
                continue
            link = nodes.reference("", "", *pivot.title.children, refid=self._anchor(first))
            values = {"pivot": pivot.id}
            inner = nodes.paragraph("", "", link)
            node += division("", inner, classes=["learn-pivot"], values=values)
        return node if len(node) > 2 else None

    def _anchor(self, zone: division) -> str:
        """Return the ID of the place at which a zone begins."""
        if "anchor" not in zone:
            target = nodes.target(names=[f"zone {_names(zone)[0]}"])
            zone["anchor"] = self.document.set_id(target)
            zone.insert(0, target)
        return str(zone["anchor"])


def _names(zone: division) -> list[str]:
    """Return the pivots that a zone is of."""
    return [name.strip() for name in zone["values"]["pivot"].split(",") if name.strip()]
