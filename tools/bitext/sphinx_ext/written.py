"""What Sphinx makes of documents, for the command that removes what nobody makes any more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bitext.sphinx_ext.localized_page import segments_path
from bitext.sphinx_ext.nodes import is_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def note_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write the files that a finished build makes of documents to where the command asks for."""
    if exception is None and app.config.bitext_pages and is_site(app.builder):
        base = Path(app.outdir)
        files = {path for name in app.env.all_docs for path in _files_of(app, name)}
        names = sorted(path.relative_to(base).as_posix() for path in files if path.is_file())
        target = Path(app.config.bitext_pages)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(names), encoding="utf-8")


def _files_of(app: Sphinx, docname: str) -> Iterator[Path]:
    """Yield where a document's page, its sentences and its source are written, if they are."""
    builder: Any = app.builder
    yield Path(builder.get_outfilename(docname))
    yield Path(segments_path(builder, docname))
    for suffix in app.config.source_suffix:
        source = f"{docname}{suffix}"
        yield Path(app.outdir) / "_sources" / source
        yield Path(app.outdir) / "_sources" / f"{source}{app.config.html_sourcelink_suffix}"
