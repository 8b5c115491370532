"""What ``conf.py`` says, whatever it has it from: a file, Git, the environment, the clock."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

from sphinx.config import eval_config_file
from sphinx.util.tags import Tags

from bitext.onebuild.outlines import hash_value


def read_configuration(folder: Path) -> dict[str, object]:
    """Return what each name of ``conf.py`` in `folder` stands for; it is run for that."""
    return eval_config_file(folder / "conf.py", Tags())


def hash_options(configured: Mapping[str, object], options: Set[str]) -> str:
    """Return a hash of what is said of `options`, by name."""
    return hash_value({name: value for name, value in configured.items() if name in options})
