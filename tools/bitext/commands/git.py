"""The one way in which commands ask git.

Whatever a person configured, a hook set or a file is called, git answers the same: without colors,
translations or quotation marks around names, and with every path taken as it is written.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from bitext.errors import UsageError

_OF_HOOKS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""What git sets for a hook, meant for the folder in which the hook began."""

_SAID_TO_ALL = ("--no-pager", "-c", "core.quotePath=false", "-c", "log.showSignature=false")


def require_repository(root: Path, purpose: str) -> None:
    """Raise `UsageError` unless git is there and `root` in a repository that it may read.

    `purpose` says what git is needed for, such as ``compare with 'main'``.
    """
    if shutil.which("git") is None:
        raise UsageError(f"git is not installed, and is needed to {purpose}; install it")
    done = _run(root, ("rev-parse", "--git-dir"))
    if done.returncode:
        words = _words(done)
        if "not a git repository" in words:
            message = f"{root} is in no git repository, so bitext cannot {purpose}"
            raise UsageError(f"{message}; run it in a clone")
        raise UsageError(f"git does not read the repository of {root}: {words}")


def try_git(root: Path, *arguments: str) -> str | None:
    """Return what git prints, without its last line end; None if it is not there, or says no."""
    if shutil.which("git") is None:
        return None
    done = _run(root, arguments)
    return None if done.returncode else done.stdout.decode(errors="replace").rstrip("\n")


def ask_git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what git prints; raises `UsageError` with its own words if it fails."""
    done = _run(root, arguments, given)
    if done.returncode:
        raise UsageError(f"git {arguments[0]} failed: {_words(done)}")
    return done.stdout


def _run(
    root: Path, arguments: Iterable[str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git") or "git"
    environment = {name: text for name, text in os.environ.items() if name not in _OF_HOOKS}
    environment |= {"LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0"}
    command = [git, "-C", str(root), *_SAID_TO_ALL, *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False, env=environment)


def _words(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what git says is wrong, on one line."""
    words = " ".join(done.stderr.decode(errors="replace").split())
    return words.removeprefix("fatal: ") or f"status {done.returncode}"
