"""What earlier builds wrote and none makes any more: pages of removed articles, removed languages.

Beside the sites, a record of each says what builds wrote there. Only that is ever removed: what a
person put into the folder of a site stays.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bitext.disk import find_scratch, write_files
from bitext.languages import PSEUDO_LANGUAGE
from bitext.project import Project

Stock = Mapping[str, tuple[int, int]]
"""Time stamp and size of each file of a site, by its path in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site is, and where it is kept what builds wrote of it."""

    folder: Path
    record: Path

    @property
    def pages(self) -> Path:
        """Where Sphinx leaves the names of what it makes of documents, for a moment."""
        return self.record.with_suffix(".pages")


@dataclass(frozen=True, slots=True)
class Written:
    """What builds wrote of a site; all paths are below its folder."""

    files: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    """Those of the files that documents are made into."""

    is_sphinx: bool = False
    """Whether all of it is what Sphinx left, so that Sphinx may know which of it is outdated."""


def find_place(project: Project, output: str, builder: str, tag: str) -> Place:
    """Return the place of one language's site."""
    base = project.root / output
    return Place(base / builder / tag, base / "written" / builder / f"{tag}.json")


def take_stock(folder: Path) -> Stock:
    """Return the files of a site; a link to a folder is one, and what is behind it none."""
    return dict(_stock_below(os.fspath(folder), ""))


def _stock_below(folder: str, shown: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield what there is of each file; a `Path` for each of thousands would cost the most."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _stock_below(entry.path, f"{shown}{entry.name}/")
                continue
            with suppress(FileNotFoundError):  # gone in between
                stamp = entry.stat(follow_symlinks=False)
                yield f"{shown}{entry.name}", (stamp.st_mtime_ns, stamp.st_size)


def read_written(place: Place) -> Written:
    """Return what builds wrote; nothing if that is not known."""
    try:
        known = json.loads(place.record.read_text(encoding="utf-8"))
        files, pages = (frozenset(map(str, known[name])) for name in ("files", "pages"))
        return Written(files, pages, known.get("sphinx") is True)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Written()


def unshare(place: Place, written: Written) -> None:
    """Let each file of a site be only there: Sphinx writes into it, and it may be another's too."""
    for path in written.files & take_stock(place.folder).keys():
        file = place.folder / path
        if not file.is_symlink() and file.stat().st_nlink > 1:
            copy_over(file, file)


def copy_over(source: Path, target: Path) -> None:
    """Let a copy of a file, or a link as it is, be at `target` in one step."""
    scratch = find_scratch(target)
    shutil.copy2(source, scratch, follow_symlinks=False)
    Path(scratch).replace(target)


def settle(place: Place, before: Written, stock: Stock, *, root: Path) -> list[str]:
    """Remove the pages that no document makes any more, and keep what is written now.

    `before` and `stock` were taken before the build. Return what it removed; nothing if Sphinx did
    not come to its end. `root` is the folder that empty folders are removed up to.
    """
    now = take_stock(place.folder)
    files = frozenset(path for path in now if path in before.files or now[path] != stock.get(path))
    made = _take_pages(place)
    pages = before.pages if made is None else made
    old = (path for path in before.pages - pages if path in files and now[path] == stock.get(path))
    gone = sorted(old)
    is_sphinx = before.is_sphinx or made is not None
    written = Written(files.difference(gone), pages & files, is_sphinx)
    changes: dict[Path, str | None] = {place.folder / path: None for path in gone}
    if written != before:
        changes[place.record] = _serialize(written)
    write_files(changes, root)
    return gone


def note_coming(place: Place, before: Written, coming: Set[str], *, root: Path) -> None:
    """Keep that a build wrote files which are about to be there, should it be killed then."""
    if before.is_sphinx or not coming <= before.files:
        written = Written(before.files | coming, before.pages)
        write_files({place.record: _serialize(written)}, root)


def keep_record(place: Place, before: Written, kept: Set[str], *, root: Path) -> list[str]:
    """Keep what is written of a site that took the place of the one before.

    `kept` are the files that no build wrote. Return the pages that are gone.
    """
    now = take_stock(place.folder).keys()
    pages = (_take_pages(place) or frozenset()) & now
    written = Written(pages.union(now - kept), pages)
    write_files({place.record: _serialize(written)}, root)
    return sorted(before.pages - now)


def _take_pages(place: Place) -> frozenset[str] | None:
    """Return what Sphinx says that it makes of documents; None if it did not come to its end."""
    try:
        pages = frozenset(map(str, json.loads(place.pages.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    place.pages.unlink(missing_ok=True)
    return pages


def _serialize(written: Written) -> str:
    known = {
        "files": sorted(written.files),
        "pages": sorted(written.pages),
        "sphinx": written.is_sphinx,
    }
    return json.dumps(known, indent=0) + "\n"


def remove_gone_sites(project: Project, output: str, builder: str) -> list[str]:
    """Remove what builds wrote of languages that the settings do not list; return their tags."""
    listed = {*project.settings.languages, project.settings.source_language, PSEUDO_LANGUAGE}
    records = sorted((project.root / output / "written" / builder).glob("*.json"))
    gone = [record.stem for record in records if record.stem not in listed]
    for tag in gone:
        place = find_place(project, output, builder, tag)
        there = {} if place.folder.is_symlink() else take_stock(place.folder)
        own = read_written(place).files & there.keys()
        files: dict[Path, str | None] = {place.folder / path: None for path in sorted(own)}
        write_files({**files, place.record: None}, project.root)
    return gone
