"""Images that a language has of its own: ``lamp.sl-SI.png`` in place of ``lamp.png``.

The pages that show them are Sphinx's to read in that language; all others have the same images.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePath
from urllib.parse import quote

from sphinx.environment import BuildEnvironment

from bitext.cache import digest
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.sources import read_content

OwnImages = Mapping[str, tuple[tuple[str, str], ...]]
"""(path, hash of the content) of a language's own images, by the docname of what shows them.

Paths are below the articles' folder.
"""


def find_own_images(source: Path, pages: Mapping[str, Sequence[str]], tag: str) -> OwnImages:
    """Return the images of a language; `pages` maps docnames to the files that pages show."""
    folders = cache(_names_in)
    hashes = cache(lambda image: digest(read_content(Path(image))))
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for docname, paths in pages.items():
        own = {os.path.normpath(source / path) for path in paths}
        images = sorted(
            image
            for path in own
            for image in folders(os.path.dirname(path)).get(f"{_stem(path)}.{tag}", ())  # noqa: PTH120
        )
        if images:
            found[docname] = tuple((os.path.relpath(own, source), hashes(own)) for own in images)
    return found


def why_ordinary(images: Sequence[tuple[str, str]]) -> str:
    """Return why a page with such images is not made from slots."""
    return f"it shows {', '.join(PurePath(path).name for path, _ in images)}"


def find_lost(
    page: str, english: Iterable[str], images: Iterable[tuple[str, str]], folder: str
) -> tuple[str, ...]:
    """Return the paths of the `images` that English sentences show, and the page of a language not.

    A translation need not show what its English does. `images` are (path, name in `folder`).
    """
    sentences = "".join(english)
    urls = ((path, f"{folder}/{quote(name)}") for path, name in images)
    return tuple(path for path, url in urls if url in sentences and url not in page)


def find_gone(env: BuildEnvironment, lost: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the paths of images that no page shows any more, given those that pages lost."""
    return {
        path
        for path, (docnames, _) in env.images.items()
        if all(path in lost.get(docname, ()) for docname in docnames)
    }


def require_plain_names(env: BuildEnvironment) -> None:
    """Raise `UnfitError` if images have names that depend on which page was read first."""
    for path, (_, name) in env.images.items():
        if PurePath(path).name != name:
            raise UnfitError(
                f"it has other images, and more than one is called {PurePath(path).name}"
            )


def _names_in(folder: str) -> Mapping[str, Sequence[str]]:
    """Return the paths of the files in a folder, by their names without the ending."""
    found: dict[str, list[str]] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                found.setdefault(_stem(entry.name), []).append(entry.path)
    except OSError:  # a file may be named that is not there
        return {}
    return found


def _stem(path: str) -> str:
    return PurePath(path).stem
