"""What Sphinx makes of documents, for the command that removes what nobody makes any more."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bitext.commands.leftovers import take_stock
from bitext.sphinx_ext.localized_page import segments_path
from bitext.sphinx_ext.nodes import is_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def note_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write the files that a finished build makes of documents to where the command asks for."""
    if exception is None and app.config.bitext_pages and is_site(app.builder):
        there = take_stock(Path(app.outdir)).keys()
        files = {path for name in app.env.all_docs for path in _files_of(app, name)}
        target = Path(app.config.bitext_pages)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(sorted(files & there)), encoding="utf-8")


def _files_of(app: Sphinx, docname: str) -> Iterator[str]:
    """Yield where a document's page, its sentences and its source are written, if they are.

    All paths are below the folder of the site.
    """
    builder: Any = app.builder
    start = len(f"{app.outdir}/")
    yield str(builder.get_outfilename(docname))[start:].replace(os.sep, "/")
    yield segments_path(builder, docname)[start:].replace(os.sep, "/")
    for suffix in app.config.source_suffix:
        source = f"_sources/{docname}{suffix}"
        yield source
        yield f"{source}{app.config.html_sourcelink_suffix}"
