"""What rendering any construct of Learn needs: its page, its place, its docset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.base import token_line
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from bitext.markdown.learn.faults import PlacedFault, find_faults
from bitext.markdown.learn.targets import Target, TargetKind, find_target
from bitext.markdown.learn.xref_maps import Reference
from bitext.sphinx_ext.learn.docset import Docset
from bitext.sphinx_ext.learn.faults import note_fault
from bitext.sphinx_ext.learn.links import AnchorUse, note_use
from bitext.sphinx_ext.learn.nodes import division
from bitext.sphinx_ext.page import Page, docset_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


class LearnBase(SphinxRenderer):
    """MyST's renderer in a docset."""

    @property
    def _docset(self) -> Docset:
        return docset_of(self.sphinx_env)

    @property
    def _place(self) -> str:
        """The file that is being rendered, below the docset's folder."""
        stack: list[str] = self.md_options.setdefault("learn_stack", [])
        return stack[-1] if stack else self._own_place()

    def _own_place(self) -> str:
        env: BuildEnvironment = self.sphinx_env
        path = env.doc2path(env.current_document.docname, base=False)
        return str(path).replace("\\", "/")

    def _translate(self, text: str) -> str:
        """Return a text that is no Markdown in the language of the page."""
        page: Page = self.md_options["bitext_page"]
        return page.localization.strings.get(text, text)

    def _note(self, kind: str, token: SyntaxTreeNode, what: str) -> None:
        self._note_at(kind, token_line(token, 0), what)

    def _note_anchor(self, docname: str, anchor: str, token: SyntaxTreeNode) -> None:
        """Note that the page links to an anchor of a page, if it names one."""
        if anchor:
            path = f"{self.sphinx_env.srcdir}/{self._place}"
            note_use(self.sphinx_env, AnchorUse(docname, anchor, path, token_line(token, 0) or 1))

    def _note_at(self, kind: str, line: int, what: str, *, place: str = "") -> None:
        """Note a fault at a line of the file that is being rendered, or of the one at `place`."""
        path = f"{self.sphinx_env.srcdir}/{place or self._place}"
        note_fault(self.sphinx_env, PlacedFault(kind, path, line or 1, what))

    def create_warning(self, *args: Any, **kwargs: Any) -> nodes.system_message | None:
        """Keep quiet of what is no fault in Learn: levels of headings that are left out."""
        subtype = kwargs.get("subtype") or (args[1] if len(args) > 1 else "")
        if str(getattr(subtype, "value", subtype)) == "header":
            return None
        return super().create_warning(*args, **kwargs)

    def _render_initialise(self) -> None:
        self.md_options["learn_stack"] = []
        self.md_options["learn_included"] = 0
        self.document["is_learn"] = True
        super()._render_initialise()

    def _render_finalise(self) -> None:
        self._add_title()
        for place, node in enumerate(self._heads(), 1):
            self._insert(place, node)
        super()._render_finalise()
        env: BuildEnvironment = self.sphinx_env
        env.metadata[env.current_document.docname]["orphan"] = True
        self._note_faults(self.md_env)

    def _add_title(self) -> None:
        """Give a page without headings the title of its front matter, so that links name it."""
        page: Page = self.md_options["bitext_page"]
        value = page.parsed.matter.values.get("title")
        if not isinstance(value, str) or any(self.document.findall(nodes.section)):
            return
        text = " ".join(value.split())
        title = page.localization.front_matter.get(("title", text), text)
        body = [own for own in self.document if not isinstance(own, nodes.field_list | nodes.meta)]
        section = nodes.section(
            "",
            nodes.title("", title, classes=["learn-label"]),
            names=[nodes.fully_normalize_name(text)],
        )
        self.document.note_implicit_target(section, section)
        for own in body:
            self.document.remove(own)
        section.extend(body)
        self.document.append(section)

    def _heads(self) -> list[nodes.Element]:
        """Return what stands between the title of a page and its first words."""
        return []

    def _insert(self, place: int, node: nodes.Element) -> None:
        """Insert a node into the page, at its place from the title."""
        heads = [own for own in self.document if isinstance(own, nodes.field_list | nodes.meta)]
        first = next((own for own in self.document if own not in heads), None)
        if isinstance(first, nodes.section):
            first.insert(place, node)
        else:
            self.document.insert(len(heads) + place - 1, node)

    def _said(self, name: str) -> str:
        """Return what the front matter of the page says, or ``docfx.json`` for it; empty if none.

        A list is its items with commas between; `name` is in lower case.
        """
        page: Page = self.md_options["bitext_page"]
        own = {str(key).lower(): value for key, value in page.parsed.matter.values.items()}
        found = own.get(name) or self._docset.find_metadata(self._own_place()).get(name, "")
        items = found if isinstance(found, list) else [found]
        return ",".join(item for item in items if isinstance(item, str)).strip()

    def _note_faults(self, parsed: Any) -> None:
        for fault in find_faults(parsed):
            self._note_at(fault.kind, fault.line, fault.what)

    def _find(self, href: str) -> Target:
        plain = self.md.normalizeLinkText(href)
        return find_target(plain, self._place, self._docset.site)

    def _find_reference(self, uid: str) -> Reference | None:
        """Return what has a UID that no article has, as the docset's maps say."""
        maps = self._docset.maps
        for path in maps.files:
            self.sphinx_env.note_dependency(str(self._docset.root / path))
        for path, error in maps.wrong.items():
            kind = "map of UIDs that cannot be read"
            self._note_at(kind, error.line, error.message, place=path)
        return maps.find(uid)

    def _find_elsewhere(self, uid: str) -> Reference | None:
        """Return what has a UID on another site: as the maps say, or the settings."""
        template = self._docset.settings.xref
        known = self._find_reference(uid)
        if known is None and template:
            return Reference(template.replace("{uid}", uid.lower()), {})
        return known

    def _address_of(self, reference: Reference) -> str:
        """Return the address of what has a UID: on the docsets' site, if it says no other."""
        target = find_target(reference.address, "", self._docset.site)
        own = target.path if target.kind is TargetKind.WEB else reference.address
        return self.md.normalizeLink(own)

    def _note_uid(self, uid: str, token: SyntaxTreeNode) -> None:
        """Note a UID that nothing has, and which map may know it."""
        elsewhere = self._docset.maps.elsewhere
        hint = f" (not read: {', '.join(elsewhere)})" if elsewhere else ""
        self._note("UID that no article has", token, f"{uid}{hint}")

    def _division(self, token: SyntaxTreeNode, name: str, values: Mapping[str, str]) -> division:
        classes = ["learn-division", f"learn-{name}"]
        node = division("", classes=classes, values=dict(values), place=self._place)
        self.add_line_and_source_path(node, token)
        return node

    def _append_name(self, token: SyntaxTreeNode, text: str) -> None:
        """Append the name of what is missing, where it would be."""
        node = nodes.paragraph("", text, classes=["learn-missing"])
        self.add_line_and_source_path(node, token)
        self.current_node.append(node)

    def _docname(self, path: str) -> str:
        name = self.sphinx_env.path2doc(str(self._docset.root / path))
        return name or path.rpartition(".")[0]
