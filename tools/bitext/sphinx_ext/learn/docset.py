"""The files, pages and UIDs of a docset."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.disk import read_file
from bitext.errors import ArticleError, BitextError
from bitext.languages import parse_language
from bitext.markdown.learn.targets import Site
from bitext.markdown.learn.yaml_pages import find_outermost, is_pivots
from bitext.patterns import compile_patterns
from bitext.project import Project
from bitext.sphinx_ext.learn.uids import XrefMaps

if TYPE_CHECKING:
    from bitext.sphinx_ext.learn.pivots import PivotFile

_UID = re.compile(r"""^uid:[ \t]*["']?([^\s"'#]+)""", re.MULTILINE)
_HEAD = 8192
"""Characters at the start of an article in which its UID is looked for."""

_ENDINGS = ("", ".md", "/index.md", ".yml", "/index.yml")
"""What a link to an address of the docset may leave out."""


class Docset:
    """What is below the folder of the articles; names are found in any case, as Windows does."""

    def __init__(self, project: Project, tag: str) -> None:
        self._project = project
        self._tag = tag
        self.root = project.source.resolve()
        self.settings = project.settings.learn
        self.pivot_files: dict[str, PivotFile] = {}
        """What pages have read of files that name pivots, by path."""

    @property
    def site(self) -> Site:
        """Where the docset stands among others, on the pages of this build."""
        own = self.settings
        language = parse_language(self._tag or self._project.settings.source_language)
        locale = language.tag.lower() if language and own.link_locale == "page" else ""
        base_path = own.base_path or self._project.docfx.base_path
        return Site(base_path=base_path, address=own.site, locale=locale)

    @property
    def project_root(self) -> Path:
        """The folder of the project's settings."""
        return self._project.root

    def find_metadata(self, path: str) -> Mapping[str, str]:
        """Return what ``docfx.json`` says of one page, by name in lower case."""
        return self._project.docfx.find_metadata(path)

    def said_of(self, path: str) -> str:
        """Return all that ``docfx.json`` says of one page: if it changes, the page may."""
        docfx = self._project.docfx
        return repr((sorted(docfx.find_metadata(path).items()), docfx.base_path, docfx.xref))

    @cached_property
    def _files(self) -> Mapping[str, str]:
        """Each file's path below the folder, by that in lower case."""
        found: dict[str, str] = {}
        for parent, folders, files in os.walk(self.root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            inner = os.path.relpath(parent, self.root).replace(os.sep, "/")
            start = "" if inner == "." else f"{inner}/"
            for name in sorted(files):
                found.setdefault(f"{start}{name}".lower(), f"{start}{name}")
        return found

    @cached_property
    def pages(self) -> frozenset[str]:
        """The articles that have a page."""
        included = compile_patterns(self.settings.includes)
        articles = [path for path in self._project.find_articles() if not is_pivots(path)]
        return frozenset(a for a in articles if not (included and included.fullmatch(a)))

    @cached_property
    def pivots(self) -> Sequence[str]:
        """The files that name the pivots of zones, the outermost first."""
        articles = filter(is_pivots, self._project.find_articles())
        return sorted(articles, key=lambda path: (path.count("/"), path))

    @cached_property
    def contents(self) -> str:
        """The outermost table of contents; empty if there is none."""
        return find_outermost(self.pages)

    def find(self, path: str, *, is_page: bool = False) -> str:
        """Return the file at `path`, as it is spelled on disk; empty if there is none.

        A link to a page may leave out how its file's name ends.
        """
        for ending in _ENDINGS if is_page else ("",):
            found = self._files.get(f"{path.rstrip('/')}{ending}".lower())
            if found and self._is_inside(found):
                return found
        return ""

    def _is_inside(self, path: str) -> bool:
        """Tell whether a file is in the docset's folder even where links on disk are followed."""
        return (self.root / path).resolve().is_relative_to(self.root)

    def read(self, path: str) -> str | None:
        """Return the text of a file that `find` found; None if it is none or cannot be read."""
        try:
            content = read_file(str(self.root / path), ArticleError, path)
            return None if content is None else content.decode("utf-8-sig")
        except (BitextError, UnicodeDecodeError):
            return None

    @cached_property
    def maps(self) -> XrefMaps:
        """What the docset knows of UIDs of other sites."""
        return XrefMaps(self._project.docfx.xref, self.find, self.read)

    @cached_property
    def uids(self) -> Mapping[str, str]:
        """The page of each UID, by that in lower case."""
        found: dict[str, str] = {}
        for page in sorted(self.pages):
            text = self.read(page) or ""
            head = text[:_HEAD].replace("\r\n", "\n")
            end = head.find("\n---", 3)
            match = _UID.search(head[:end]) if head.startswith("---") and end > 0 else None
            if match:
                found.setdefault(match[1].lower(), page)
        return found
