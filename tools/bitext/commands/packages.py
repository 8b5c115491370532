"""Which versions of other packages are installed."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence

_METADATA = re.compile(r"([A-Za-z0-9._]+)-([^-]+)\.dist-info")
_SEPARATORS = re.compile(r"[-_.]+")


def installed_versions(names: Sequence[str]) -> list[str]:
    """Return the version of each of these packages.

    The names of their folders of metadata say it. Only where one does not,
    `importlib.metadata` is asked: importing it costs every command a tenth of its time.
    """
    found = dict(_find_versions())
    versions = [found.get(_normalize(name), "") for name in names]
    if all(versions):
        return versions
    from importlib.metadata import version

    return [version(name) for name in names]


def _find_versions() -> Iterator[tuple[str, str]]:
    """Yield name and version of the packages on Python's path, those that count last."""
    for folder in reversed(sys.path):
        try:
            entries = os.listdir(folder or os.curdir)  # noqa: PTH208 - names are all that is wanted
        except OSError:
            continue
        for entry in entries:
            if match := _METADATA.fullmatch(entry):
                yield _normalize(match[1]), match[2]


def _normalize(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower()
