"""The published files that are imported, and the project that they go into."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bitext.errors import UsageError
from bitext.languages import parse_language
from bitext.ledger import find_prefix, new_prefix
from bitext.project import Project

_PREFIX = re.compile(rb"<span data-ttu-id=(?:\"|&quot;)([0-9a-f]{5})-p?[0-9]")

_SUFFIX = re.compile(r"\.(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})+)\.md$")


class File(NamedTuple):
    """One file to import."""

    article: str
    path: Path
    prefix: str


def find_markdown(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield article and path of each file to import, sorted by article."""
    if path.is_file():
        yield _article_name(path.name), path
        return
    if not path.is_dir():
        raise UsageError(f"there is no file or folder {path}")
    found: list[tuple[str, Path]] = []
    for parent, folders, names in os.walk(path, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.endswith(".md") and not name.startswith("."):
                own = Path(parent, name)
                found.append((_article_name(own.relative_to(path).as_posix()), own))
    seen: dict[str, Path] = {}
    for article, own in sorted(found):
        if article in seen:
            raise UsageError(
                f"{seen[article]} and {own} are both the article {article}; import one"
            )
        seen[article] = own
    yield from seen.items()


def _article_name(path: str) -> str:
    """Return the article of a published file: a language before the suffix is none of its name."""
    match = _SUFFIX.search(path)
    language = parse_language(match["tag"]) if match else None
    return f"{path[: match.start()]}.md" if match and language else path


def with_prefixes(project: Project, found: Sequence[tuple[str, Path]]) -> list[File]:
    """Return the files, each with the prefix that its article takes if it has no ledger yet.

    The published one is adopted unless another article has it.
    """
    own = {article: _known_prefix(project, article) for article, _ in found}
    taken = {prefix for prefix in own.values() if prefix}
    taken |= {_known_prefix(project, article) for article in project.find_templates()}
    files: list[File] = []
    for article, path in found:
        prefix = own[article] or _published_prefix(path)
        if not own[article] and (not prefix or prefix in taken):
            prefix = new_prefix(article, taken)
        taken.add(prefix)
        files.append(File(article, path, prefix))
    return files


def _known_prefix(project: Project, article: str) -> str:
    """Return the prefix of an article's ledger; empty if it has none."""
    try:
        with project.template_path(article).open("rb") as file:
            return find_prefix(file.read(4096).decode(errors="replace"))
    except OSError:
        return ""


def _published_prefix(path: Path) -> str:
    try:
        match = _PREFIX.search(path.read_bytes())
    except OSError:
        return ""
    return match[1].decode() if match else ""
