"""Images of a language: ``image.sl-SI.png`` stands for ``image.png`` beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_KEPT = "bitext_images"
"""Where the environment keeps the images of the language that there were."""


def find_new_images(env: BuildEnvironment, language: str) -> Iterator[str]:
    """Yield the pages that show an image for which the language now has its own.

    Sphinx notices the images that it has used, not those that it might use.
    """
    source = Path(env.srcdir)
    before: frozenset[str] = getattr(env, _KEPT, frozenset())
    found = source.rglob(f"*.{language}.*")
    now = frozenset(path.relative_to(source).as_posix() for path in found)
    kept: Any = env
    setattr(kept, _KEPT, now)
    for path in sorted(now - before):
        replaced = path.replace(f".{language}.", ".")
        if replaced in env.images:
            yield from env.images[replaced][0]
