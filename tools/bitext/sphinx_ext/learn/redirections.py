"""Pages that moved: a site leads from each former address to the new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from bitext.characters import visible
from bitext.disk import write_files
from bitext.errors import ArticleError, BitextError
from bitext.languages import direction
from bitext.markdown.learn.docfx import Redirection, parse_redirections, redirect_page
from bitext.markdown.learn.targets import TargetKind, find_target
from bitext.sphinx_ext.learn.docset import Docset

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_FILES = ".openpublishing.redirection*.json"
_START = "index"
"""The page that a web server looks for; a docset may begin with its table of contents."""

_BUILDERS = frozenset({"html", "dirhtml"})
_LOGGER = logging.getLogger(__name__)


def write_redirections(app: Sphinx, docset: Docset) -> None:
    """Write a page for each former address that has none."""
    from sphinx.builders.html import StandaloneHTMLBuilder

    builder = app.builder
    if builder.name not in _BUILDERS or not isinstance(builder, StandaloneHTMLBuilder):
        return
    found: dict[Path, str] = {}
    tag = app.config.bitext_language
    root = f'lang="{escape(tag)}" dir="{direction(tag)}"'
    for redirection in _read_all(docset):
        docname = redirection.source.rpartition(".")[0]
        address = _address(app, docset, redirection, docname)
        if docname not in app.env.found_docs and address:
            found[Path(builder.get_output_path(docname))] = redirect_page(address, root)
    if _START not in app.env.found_docs:
        start = builder.get_target_uri(app.config.root_doc)
        found[Path(app.outdir, f"{_START}.html")] = redirect_page(start, root)
    _write_all(found, Path(app.outdir))


def _write_all(pages: Mapping[Path, str], folder: Path) -> None:
    """Write pages to a site in `folder`; of a name that no file can have, say so."""
    for path, page in pages.items():
        try:
            write_files({path: page}, folder)
        except (BitextError, ValueError) as error:  # the latter is Python's of U+0000 in a name
            why = getattr(error, "message", "") or str(error)
            name = path.relative_to(folder)
            _warn(f"redirection from {name}: {why}; mend or remove it")


def _read_all(docset: Docset) -> Iterator[Redirection]:
    """Yield the redirections in the docset's folder, and in its project's above it."""
    for folder in dict.fromkeys((docset.root, docset.project_root)):
        below = docset.root.relative_to(folder).as_posix()
        for path in sorted(folder.glob(_FILES)):
            try:
                text = path.read_text(encoding="utf-8-sig")
                yield from parse_redirections(text, "" if below == "." else below)
            except (OSError, UnicodeDecodeError, ArticleError) as error:
                place = f"{path}:{getattr(error, 'line', 0) or 1}"
                why = getattr(error, "message", "") or str(error)
                _warn(f"redirections cannot be read: {why}", place=place)


def _warn(message: str, *, place: str | None = None) -> None:
    words = visible(message)
    _LOGGER.warning("%s", words, location=place, type="learn", subtype="redirection")


def _address(app: Sphinx, docset: Docset, redirection: Redirection, docname: str) -> str:
    """Return what the former page links to; empty if there is no such page."""
    target = find_target(redirection.target, redirection.source, docset.site)
    if target.kind is TargetKind.WEB:
        return target.path if target.path.startswith(("https://", "http://")) else ""
    page = docset.find(target.path, is_page=True) if target.kind is TargetKind.FILE else ""
    if page not in docset.pages:
        return ""
    anchor = f"#{target.anchor}" if target.anchor else ""
    return app.builder.get_relative_uri(docname, page.rpartition(".")[0]) + anchor
