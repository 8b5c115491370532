"""The one grammar: markdown-it as MyST configures it, for extraction and build alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML, RendererProtocol
from markdown_it.rules_core import StateCore
from myst_parser.config.main import MdParserConfig, merge_file_level
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.warnings_ import MystWarnings

from bitext.markdown.beginnings import beginnings_plugin
from bitext.markdown.learn.dialect import EXTENSIONS, OPTIONS, learn_plugin

Config: TypeAlias = MdParserConfig

MYST = "myst"
LEARN = "learn"
"""The dialects: MyST's, and Microsoft Learn's."""


def make_config(extensions: Sequence[str], options: Mapping[str, object]) -> Config:
    """Return MyST's configuration with `extensions` and other `options` of parsing.

    Raises `ValueError` for an unknown extension, and for a rule to disable that there is not.
    """
    config = MdParserConfig().copy(enable_extensions=set(extensions), **options)
    rules = create_parser(config.copy(disable_syntax=[])).get_all_rules().values()
    for name in config.disable_syntax:
        if not any(name in names for names in rules):
            raise ValueError(f"disable-syntax: Markdown has no rule {name!r}")
    return config


def make_learn_config() -> Config:
    """Return the configuration of Learn's Markdown."""
    return MdParserConfig().copy(enable_extensions=set(EXTENSIONS), **OPTIONS)


_PARSING = (
    "commonmark_only",
    "gfm_only",
    "enable_extensions",
    "disable_syntax",
    "fence_as_directive",
    "sub_delimiters",
    "dmath_allow_labels",
    "dmath_allow_space",
    "dmath_allow_digits",
    "dmath_double_inline",
    "linkify_fuzzy_links",
    "strikethrough_single_tilde",
    "colon_fence_exact_match",
    "title_to_header",
)
"""The fields of MyST's configuration that decide how an article is parsed."""


def with_parsing_of(config: Config, grammar: Config) -> Config:
    """Return `config`, which may decide how pages look, with the parsing of `grammar`."""
    return config.copy(**{name: getattr(grammar, name) for name in _PARSING})


def find_foreign_parsing(config: Config, grammar: Config) -> list[str]:
    """Return the fields that `config` sets to something else than `grammar` has."""
    default = MdParserConfig()
    return [
        name
        for name in _PARSING
        if getattr(config, name) not in (getattr(grammar, name), getattr(default, name))
    ]


def merge_config(
    config: Config,
    front_matter: Mapping[str, Any],
    warn: Callable[[MystWarnings, str], None] = lambda *_: None,
) -> Config:
    """Return `config` with what the article's own ``myst:`` block changes."""
    if not {"myst", "substitutions", "html_meta"} & front_matter.keys():
        return config
    return merge_file_level(config, dict(front_matter), warn)


def create_parser(
    config: Config,
    renderer: Callable[[MarkdownIt], RendererProtocol] = RendererHTML,
    dialect: str = MYST,
) -> MarkdownIt:
    """Return a parser of articles under `config`; a target that comes again is normalised once."""
    parser = create_md_parser(config, renderer)
    normalize = lru_cache(maxsize=_TARGETS)(parser.normalizeLink)
    parser.normalizeLink = normalize  # type: ignore[method-assign]
    if dialect == LEARN:
        parser.use(learn_plugin)
    parser.core.ruler.after("normalize", "bitext_last_line", _end_last_line)
    return parser.use(beginnings_plugin)


def _end_last_line(state: StateCore) -> None:
    """End a last line of nothing but marks of quotations: a comment before it is read on there."""
    if state.src.endswith((">", " ", "\t")) and not state.src.rpartition("\n")[2].strip("> \t"):
        state.src += "\n"


_TARGETS = 4_096
"""Targets of links that are remembered: the English has those of its translation."""
