"""``bitext merge-driver``: what git calls to merge two catalogs, and how git is told to."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from bitext.commands.git import try_git
from bitext.disk import write_files
from bitext.encoding import decode_catalog, located
from bitext.errors import CatalogError, UsageError
from bitext.merge import Merged, merge_catalogs
from bitext.po import Catalog, parse, serialize
from bitext.project import Project

ATTRIBUTES = ".gitattributes"
_NAME = "merge of PO and POT files by ID"


def run_merge(base: Path, ours: Path, theirs: Path, *, shown: str) -> list[str]:
    """Merge three files into `ours`; return a line for each conflict that is left in it.

    A file that is no catalog is merged as text, by git, with its marks of conflicts. Raises
    `UsageError` for a file that cannot be read; `ours` is then as it was.
    """
    sides = ((base, "base"), (ours, "ours"), (theirs, "theirs"))
    try:
        before, own, other = (_read(path, shown, side) for path, side in sides)
    except CatalogError as error:
        _merge_text(base, ours, theirs)
        return [f"{error}; merged as text"]
    merged = merge_catalogs(before, own, other)
    text = serialize(merged.catalog)
    if text.encode() != ours.read_bytes():
        write_files({ours: text}, ours.parent)
    return list(_explain(merged, text, shown))


def _read(path: Path, shown: str, side: str) -> Catalog:
    """Return one of the three catalogs; two branches may have added a file, without a base."""
    place = f"{shown} ({side})"
    with located(place):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UsageError(f"cannot be read: {error.strerror}") from error
        return parse(decode_catalog(content, place), is_merged=True)


def _merge_text(base: Path, ours: Path, theirs: Path) -> None:
    """Merge three files line by line into `ours`."""
    labels = [word for side in ("ours", "base", "theirs") for word in ("-L", side)]
    files = [str(path) for path in (ours, base, theirs)]
    try_git(Path(), "merge-file", *labels, *files)


def _explain(merged: Merged, text: str, shown: str) -> Sequence[str]:
    """Return a line for each conflict: where its entry is now, and what it is about."""
    keys = {(entry.msgctxt, entry.msgid) for entry in merged.conflicts}
    if not keys:
        return ()
    message = "is translated differently on both sides; keep one and remove the flag fuzzy"
    return [
        f'{shown}:{entry.msgstr_line}: conflict: {entry.msgctxt or ""} "{entry.msgid}" {message}'
        for entry in parse(text).entries
        if (entry.msgctxt, entry.msgid) in keys
    ]


def install(project: Project) -> list[str]:
    """Have git merge the project's catalogs by ID; return what was changed, if anything.

    Without git, or outside of a repository, nothing is.
    """
    if not try_git(project.root, "rev-parse", "--git-dir"):
        return []
    changed = ["git's configuration"] if _configure(project.root) else []
    path = project.root / ATTRIBUTES
    old = path.read_bytes().decode() if path.is_file() else ""
    new = add_attributes(old, project.settings.locale)
    if new != old:
        write_files({path: new}, project.root)
        changed.append(ATTRIBUTES)
    return changed


def _configure(root: Path) -> bool:
    """Name the command of the driver in the repository; return whether it was another."""
    python = shlex.quote(Path(sys.executable).as_posix()).replace("%", "%%")
    command = f"{python} -m bitext merge-driver %O %A %B %P"
    wanted = {"merge.bitext.name": _NAME, "merge.bitext.driver": command}
    changed = False
    for key, value in wanted.items():
        if try_git(root, "config", "--local", "--get", key) != value:
            changed = try_git(root, "config", "--local", key, value) is not None or changed
    return changed


def add_attributes(text: str, locale: str) -> str:
    r"""Return the text of a ``.gitattributes`` in which the catalogs below `locale` are ours.

    >>> add_attributes("*.md text", "locale")
    '*.md text\nlocale/**/*.po merge=bitext\nlocale/**/*.pot merge=bitext\n'
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    known = {line.strip() for line in text.split("\n")}
    wanted = [f"{_pattern(locale, suffix)} merge=bitext" for suffix in ("po", "pot")]
    missing = [line for line in wanted if line not in known]
    gap = newline if missing and text and not text.endswith("\n") else ""
    return text + gap + "".join(f"{line}{newline}" for line in missing)


def _pattern(locale: str, suffix: str) -> str:
    """Return the pattern of the files below a folder, as ``.gitattributes`` wants it written."""
    folder = re.sub(r"([\\*?\[\]#!])", r"\\\1", locale.strip("/"))
    pattern = f"*.{suffix}" if folder in ("", ".") else f"{folder}/**/*.{suffix}"
    quoted = pattern.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"' if re.search(r'[\s"]', pattern) else pattern
