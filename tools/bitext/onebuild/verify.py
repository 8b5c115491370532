"""The judge: each site beside the one that plain Sphinx builds, file by file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from bitext.commands.build import BuildOptions, run_build
from bitext.commands.leftovers import find_place, read_written
from bitext.project import Project


@dataclass(frozen=True, slots=True)
class Allowed:
    """A difference that is none to a reader."""

    path: re.Pattern[str]
    """Matches the files that it may be in, below a language's folder."""

    reason: str
    same: Callable[[bytes, bytes], bool]


_RANDOM = re.compile(rb"equation-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

ALLOWED: Sequence[Allowed] = (
    Allowed(
        re.compile(r"\.buildinfo(\.bak)?"),
        "a hash of Sphinx's settings, which name the folder that is built in",
        lambda ours, theirs: ours.split(b"\n")[:1] == theirs.split(b"\n")[:1],
    ),
    Allowed(
        re.compile(r".*\.html"),
        "MyST names equations without a label at random, each time anew",
        lambda ours, theirs: _RANDOM.sub(b"", ours) == _RANDOM.sub(b"", theirs),
    ),
)
"""All differences that are allowed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not what plain Sphinx makes."""

    tag: str
    path: str
    what: str
    """Where it begins to differ, or whose it is alone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of comparing the sites of all languages."""

    files: int
    differences: Sequence[Difference]


def verify(project: Project, tags: Sequence[str], *, options: BuildOptions) -> Verdict:
    """Build each language the ordinary way too, and compare every file."""
    other = f"{options.output}/verify"
    shutil.rmtree(project.root / other, ignore_errors=True)  # a search index keeps old words
    sites = project.root / options.output / options.builder
    beside = tuple(path.parent.name for path in sorted(sites.glob("*/index.html")))
    how = replace(options, output=other, is_fresh=True, beside=beside)
    ordinary = run_build(project, tags, options=how)
    files = 0
    differences: list[Difference] = []
    for build in ordinary.builds:
        ours = project.root / options.output / options.builder / build.tag
        theirs = build.folder
        files += sum(1 for path in theirs.rglob("*") if path.is_file())
        place = find_place(project, options.output, options.builder, build.tag)
        differences.extend(_compare(build.tag, ours, theirs, read_written(place).files))
    return Verdict(files, differences)


def _compare(tag: str, ours: Path, theirs: Path, written: Set[str]) -> Iterator[Difference]:
    """Yield the files that differ between two folders; those that no build wrote are left out."""
    own, wanted = _files(ours) & written, _files(theirs)
    for path in sorted(own - wanted):
        yield Difference(tag, path, "plain Sphinx makes no such file")
    for path in sorted(wanted - own):
        yield Difference(tag, path, "only plain Sphinx makes it")
    for path in sorted(own & wanted):
        left, right = (ours / path).read_bytes(), (theirs / path).read_bytes()
        if left != right and not _is_allowed(path, left, right):
            yield Difference(tag, path, _first_difference(left, right))


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _is_allowed(path: str, ours: bytes, theirs: bytes) -> bool:
    return any(own.path.fullmatch(path) and own.same(ours, theirs) for own in ALLOWED)


def _first_difference(ours: bytes, theirs: bytes) -> str:
    """Return the first line that differs, as both have it."""
    lines = zip(ours.split(b"\n"), theirs.split(b"\n"), strict=False)
    for number, (left, right) in enumerate(lines, 1):
        if left != right:
            place = next(
                (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0
            )
            start = max(0, place - 40)
            shown = [line[start : place + 60].decode(errors="replace") for line in (left, right)]
            return f"line {number}: {shown[0]!r} where plain Sphinx has {shown[1]!r}"
    return "one is longer than the other"
