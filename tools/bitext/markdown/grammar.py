"""The one grammar: markdown-it as MyST configures it, for extraction and build alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML, RendererProtocol
from myst_parser.config.main import MdParserConfig, merge_file_level
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.warnings_ import MystWarnings

Config: TypeAlias = MdParserConfig


def make_config(extensions: Sequence[str]) -> Config:
    """Return MyST's configuration with `extensions`; raises `ValueError` for an unknown one."""
    return MdParserConfig(enable_extensions=set(extensions))


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
)
"""The fields of MyST's configuration that decide how an article is parsed."""


def with_parsing_of(config: Config, grammar: Config) -> Config:
    """Return `config`, which may decide how pages look, with the parsing of `grammar`."""
    return config.copy(**{name: getattr(grammar, name) for name in _PARSING})


def find_foreign_parsing(config: Config, grammar: Config) -> list[str]:
    """Return the fields that would make `config` parse otherwise than `grammar`."""
    return [name for name in _PARSING if getattr(config, name) != getattr(grammar, name)]


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
    config: Config, renderer: Callable[[MarkdownIt], RendererProtocol] = RendererHTML
) -> MarkdownIt:
    """Return a parser of articles under `config`."""
    return create_md_parser(config, renderer)
