"""What ``conf.py`` says, whatever it has it from: a file, Git, the environment, the clock."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

from sphinx.config import Config, eval_config_file
from sphinx.util.tags import Tags

from bitext.onebuild.outlines import hash_value

_OF_LANGUAGE = frozenset(
    "language figure_language_filename numfig_format"
    " html_search_language html_search_options html_static_path".split()
)
"""Options that are of each language anyway, or of what Sphinx writes for each, besides our own."""


def read_configuration(folder: Path) -> dict[str, object]:
    """Return what each name of ``conf.py`` in `folder` stands for; it is run for that."""
    return eval_config_file(folder / "conf.py", Tags())


def hash_options(configured: Mapping[str, object], options: Set[str]) -> str:
    """Return a hash of what is said of `options`, by name."""
    return hash_value({name: value for name, value in configured.items() if name in options})


def find_unsteady(configured: Mapping[str, object], config: Config) -> set[str]:
    """Return the names that ``conf.py`` gave another value when Sphinx ran it: from the clock."""
    again = config._raw_config
    return {
        name
        for name in configured.keys() & again.keys() & vars(config).keys()
        if hash_value(configured[name]) != hash_value(again[name])
    }


def hash_page_options(config: Config) -> dict[str, str]:
    """Return a hash of each option that pages depend on and that somebody has set, by name.

    It may be set by ``conf.py`` and by what extensions do when Sphinx starts.
    """
    return {
        own.name: hash_value(own.value)
        for own in config
        if own.rebuild in ("env", "html")
        and own.name in vars(config)
        and own.name not in _OF_LANGUAGE
        and not own.name.startswith("bitext_")
    }
