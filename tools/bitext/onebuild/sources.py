"""What a marked build is made of, by content: which pages another content makes others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import distributions
from pathlib import Path, PurePosixPath

from bitext.cache import digest
from bitext.project import Project

_OURS = Path(__file__).parents[1]
_IMAGES = frozenset(".avif .bmp .gif .ico .jpeg .jpg .pdf .png .svg .tiff .webp".split())


@cache
def _hash_programs() -> str:
    """Return a hash of the packages that are installed and of this one."""
    versions = sorted(f"{own.name} {own.version}" for own in distributions())
    return digest("\n".join(versions).encode(), *_named_contents(_files_below(_OURS)))


def hash_settled(project: Project, configuration: Path, extra: Sequence[str]) -> str:
    """Return a hash of what is one for the site; `extra` are paths that Sphinx read."""
    paths = [
        configuration / "conf.py",
        project.root / "pyproject.toml",
        *map(project.theme_path, project.settings.languages),
        *(file for path in extra for file in _files_below(Path(path))),
    ]
    return digest(_hash_programs().encode(), *_named_contents(paths))


def _named_contents(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in paths:
        yield os.fsencode(path.name)
        yield read_content(path)


def hash_files(project: Project, others: Iterable[str] = ()) -> dict[str, str]:
    """Return the hash of each file that an article may be made from, by its path.

    `others` are paths, as this names them, of more such files.
    """
    folders = (project.source, project.root / project.settings.locale / "pot")
    found = {
        path_below(project, path): digest(read_content(path))
        for folder in folders
        for path in _files_below(folder)
        if not path.name.startswith(".") and not path.name.endswith("~")
    }
    for other in set(others) - found.keys():
        path = project.root / other
        if path.is_file():
            found[other] = digest(read_content(path))
    return found


def path_below(project: Project, path: Path) -> str:
    """Return a path as `hash_files` names it: the same in another clone."""
    return Path(os.path.relpath(path, project.root)).as_posix()


def _files_below(path: Path) -> Iterator[Path]:
    """Yield a file, or the files in a folder and below."""
    if path.is_file():
        yield path
    for parent, folders, files in os.walk(path, followlinks=True):  # as Sphinx looks for articles
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(parent, name) for name in sorted(files))


def read_content(path: Path) -> bytes:
    """Return what is in a file; nothing if it cannot be read, of which Sphinx says why."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def find_outdated(
    before: Mapping[str, str], now: Mapping[str, str], made_from: Mapping[str, frozenset[str]]
) -> set[str] | None:
    """Return the pages to read again; None if that cannot be told, so that all have to be.

    `before` and `now` are as `hash_files` returns them; `made_from` has the paths that each page
    was made from, by docname.
    """
    outdated: set[str] = set()
    for path in before.keys() | now.keys():
        if before.get(path) == now.get(path):
            continue
        found = {name for name, own in made_from.items() if path in own}
        is_there = path in before and path in now
        suffix = PurePosixPath(path).suffix.lower()
        if suffix in _IMAGES and not is_there:
            found |= _shown_likewise(path, made_from)
        elif not found or (not is_there and suffix != ".pot"):
            return None
        outdated |= found
    return outdated


def _shown_likewise(path: str, made_from: Mapping[str, frozenset[str]]) -> set[str]:
    """Return the pages with a file of this name and another suffix: they may show either."""
    base = _base(path)
    return {name for name, own in made_from.items() if any(_base(other) == base for other in own)}


def _base(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/{name.partition('.')[0]}"
