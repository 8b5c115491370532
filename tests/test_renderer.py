"""What the renderer takes over from MyST by hand is what MyST itself sets."""

from __future__ import annotations

from typing import Any

from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import make_document
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from bitext.markdown.grammar import create_parser
from bitext.sphinx_ext.parser import Renderer


def _state(kind: type[SphinxRenderer]) -> dict[str, Any]:
    """Return the names of a renderer's attributes before an article, each with its type."""
    parser = create_parser(MdParserConfig(), kind)
    options = {"myst_config": MdParserConfig(), "document": make_document()}
    renderer: Any = parser.renderer
    renderer.setup_render(options, {})
    return {name: type(value) for name, value in vars(renderer).items()}


def test_a_render_begins_with_the_state_that_myst_gives_it() -> None:
    assert _state(Renderer) == _state(SphinxRenderer)
