"""The parser of Learn's Markdown: what MyST adds to Markdown is off, these rules are on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from markdown_it import MarkdownIt

from bitext.markdown.learn.commands import command_plugin
from bitext.markdown.learn.containers import container_plugin
from bitext.markdown.learn.indents import indent_plugin
from bitext.markdown.learn.inline import inline_plugin
from bitext.markdown.learn.markers import marker_plugin
from bitext.markdown.learn.quotes import quote_plugin
from bitext.markdown.learn.tables import table_plugin
from bitext.markdown.learn.tabs import tab_plugin

EXTENSIONS = ("dollarmath", "gfm_autolink", "strikethrough")
"""What Learn has of MyST's extensions, always."""

OPTIONS: Mapping[str, object] = MappingProxyType(
    {
        "dmath_allow_space": False,
        "dmath_allow_digits": False,
        "dmath_allow_labels": False,
        "dmath_double_inline": True,
    }
)

_MYST_ONLY = (
    *("myst_target", "myst_block_break", "myst_line_comment", "myst_role"),
    *("footnote_def", "footnote_ref"),
)
"""Rules that take text which is only text in Learn: ``%ProgramData%`` at the start of a line."""


def learn_plugin(md: MarkdownIt) -> None:
    """Plug in Learn's constructs, and take MyST's away."""
    md.disable(list(_MYST_ONLY), ignoreInvalid=True)
    md.use(marker_plugin).use(command_plugin).use(inline_plugin)
    md.use(indent_plugin).use(container_plugin).use(quote_plugin).use(tab_plugin)
    md.use(table_plugin)
