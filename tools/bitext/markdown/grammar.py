"""The one grammar: markdown-it as MyST configures it, for extraction and build alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML, RendererProtocol
from myst_parser.config.main import MdParserConfig, merge_file_level
from myst_parser.parsers.mdit import create_md_parser

Config: TypeAlias = MdParserConfig


def make_config(extensions: Sequence[str]) -> Config:
    """Return MyST's configuration with `extensions`; raises `ValueError` for an unknown one."""
    return MdParserConfig(enable_extensions=set(extensions))


def merge_config(config: Config, front_matter: Mapping[str, Any]) -> Config:
    """Return `config` with what the article's own ``myst:`` block changes."""
    if not {"myst", "substitutions", "html_meta"} & front_matter.keys():
        return config
    return merge_file_level(config, dict(front_matter), lambda *_: None)


def create_parser(
    config: Config, renderer: Callable[[MarkdownIt], RendererProtocol] = RendererHTML
) -> MarkdownIt:
    """Return a parser of articles under `config`."""
    return create_md_parser(config, renderer)
