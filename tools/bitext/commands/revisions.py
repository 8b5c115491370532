"""What git knows of an earlier state of the project: which files changed since, and what they held.

Nothing here writes to the repository.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bitext.commands.git import ask_git, require_repository, try_git
from bitext.errors import UsageError


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of the repository that the project is in."""

    root: Path
    """The project's folder; all paths are below it, with forward slashes."""

    name: str
    """As the user wrote it."""

    commit: str
    """Its hash."""

    def changed_paths(self, folders: Iterable[str]) -> frozenset[str]:
        """Return the files of `folders` that differ from the commit: changed, new or gone.

        New files count, added to git or not, unless git ignores them.
        """
        paths = ["--", *folders]
        difference = ("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative")
        changed = ask_git(self.root, *difference, self.commit, *paths)
        new = ask_git(self.root, "ls-files", "--others", "--exclude-standard", "-z", *paths)
        return frozenset(filter(None, (changed + new).decode(errors="replace").split("\0")))

    def list_files(self, folders: Iterable[str]) -> list[str]:
        """Return the files that `folders` had in the commit, or those of `folders` that are files.

        Links are left out.
        """
        listed = ask_git(self.root, "ls-tree", "-r", "-z", self.commit, "--", *folders)
        rows = (row.partition("\t") for row in listed.decode(errors="replace").split("\0"))
        return [path for entry, _, path in rows if entry.startswith("100")]

    def read_files(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return what files held in the commit, by path; those that it does not have are left out.

        One call of git reads all of them.
        """
        wanted = [path for path in paths if "\n" not in path]
        if not wanted:
            return {}
        names = "".join(f"{self.commit}:./{path}\n" for path in wanted).encode()
        found = _parse_batch(ask_git(self.root, "cat-file", "--batch", given=names))
        pairs = zip(wanted, found, strict=True)
        return {path: content for path, content in pairs if content is not None}


def find_revision(root: Path, name: str, *, is_fork: bool = False) -> Revision:
    """Return the commit that `name` means; with `is_fork`, where this branch left it.

    Raises `UsageError` without git, outside of a repository, and for a name that git does not know.
    """
    require_repository(root, f"compare with {name!r}")
    asked = ("--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    commit = try_git(root, "rev-parse", *asked)
    if not commit:
        message = f"git knows no commit {name!r}"
        raise UsageError(f"{message}; fetch it, or name another branch, tag or commit")
    fork = try_git(root, "merge-base", commit, "HEAD") if is_fork else ""
    return Revision(root, name, fork or commit)


def find_revision_before(root: Path, day: date) -> Revision:
    """Return the last commit before the start of a day, of those that this branch came from.

    Raises `UsageError` without git, outside of a repository, and if there is none so old.
    """
    head = find_revision(root, "HEAD")
    commit = try_git(root, "rev-list", "-1", f"--before={day.isoformat()}T00:00:00", head.commit)
    if not commit:
        message = f"git knows no commit before {day.isoformat()}"
        raise UsageError(f"{message}; name a later day, or fetch the whole history")
    return Revision(root, day.isoformat(), commit)


def _parse_batch(output: bytes) -> Iterator[bytes | None]:
    """Yield the contents in the output of ``git cat-file --batch``; None for what is no file."""
    place = 0
    while place < len(output):
        end = output.index(b"\n", place)
        words = output[place:end].split(b" ")
        place = end + 1
        if len(words) != 3 or not words[2].isdigit():  # "NAME missing", NAME with spaces
            yield None
            continue
        size = int(words[2])
        yield output[place : place + size] if words[1] == b"blob" else None
        place += size + 1
