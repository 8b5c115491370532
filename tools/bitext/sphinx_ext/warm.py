"""One language's site in a process that stays: what changes is read and written at once.

``python -m bitext.sphinx_ext.warm`` takes a line of JSON with what to build, and then one for each
change; it answers each with a line. `bitext serve` talks to it.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from typing import Any, TextIO

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.build_phase import BuildPhase
from sphinx.util.docutils import docutils_namespace, patch_docutils

from bitext.commands.preview import Answer, Order
from bitext.commands.sphinx_output import COLOUR

REFRESH = "bitext-refresh"
"""Emitted with the articles whose catalogs changed, before anything is read."""


class WarmSite:
    """A Sphinx application between builds."""

    def __init__(self, order: Order) -> None:
        self._warnings = io.StringIO()
        self._app = Sphinx(
            srcdir=order.source,
            confdir=order.configuration,
            outdir=order.output,
            doctreedir=order.doctrees,
            buildername=order.builder,
            confoverrides=dict(order.overrides),
            status=None,
            warning=self._warnings,
            keep_going=True,
        )

    def update(self, articles: Sequence[str]) -> Answer:
        """Read and write what changed; `articles` are those whose catalogs did."""
        app = self._app
        self._warnings.seek(0)
        self._warnings.truncate()
        app.emit(REFRESH, frozenset(articles))
        app.builder.phase = BuildPhase.READING
        names = sorted({*app.builder.read()} & app.env.found_docs)
        if names:
            self._write(names)
        pages = tuple(app.builder.get_target_uri(name) for name in names)
        return Answer(pages, COLOUR.sub("", self._warnings.getvalue()))

    def _write(self, names: Iterable[str]) -> None:
        """Write pages, and no more: neither the search index nor what is the same on all."""
        builder: Any = self._app.builder
        builder.phase = BuildPhase.WRITING
        builder.search = False  # its index stays that of the start
        builder.prepare_writing(set(names))
        builder.write_documents(set(names))
        builder.copy_image_files()


def main(lines: TextIO, answers: TextIO) -> None:
    """Answer one line with another until there are no more."""
    order = Order(**json.loads(lines.readline()))
    with patch_docutils(order.configuration), docutils_namespace():
        _answer(WarmSite(order), lines, answers)


def _answer(site: WarmSite, lines: TextIO, answers: TextIO) -> None:
    answers.write(Answer((), "").line())
    answers.flush()
    for line in lines:
        try:
            answer = site.update(json.loads(line))
        except (SphinxError, OSError, ValueError) as error:
            sys.exit(f"error: {error}")
        answers.write(answer.line())
        answers.flush()


if __name__ == "__main__":
    out = sys.stdout
    with redirect_stdout(sys.stderr):
        main(sys.stdin, out)
