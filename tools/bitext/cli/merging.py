"""merge-driver: what git calls."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bitext.cli.options import Commands, add_command, open_folder
from bitext.cli.output import FOUND, OK, say
from bitext.errors import UsageError


def add_merge_driver(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add merge-driver."""
    parser = add_command(
        commands, "merge-driver", _merge_driver, "merge two catalogs by ID, for git"
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="base, ours, theirs and the path")
    parser.add_argument(
        "--install", action="store_true", help="have git merge this project's catalogs so"
    )


def _merge_driver(options: argparse.Namespace) -> int:
    from bitext.commands.git import require_repository
    from bitext.commands.merge import install, run_merge

    if options.install and not options.files:
        project = open_folder(options)
        require_repository(project.root, "merge catalogs")
        lines = [f"changed {name}" for name in install(project)]
        say(options, *(lines or ["nothing to change: git merges these catalogs by ID"]))
        return OK
    if options.install or len(options.files) not in (3, 4):
        raise UsageError("merge-driver takes base, ours, theirs and the path, or --install")
    paths = [Path(options.folder, name) for name in options.files[:3]]
    conflicts = run_merge(paths[0], paths[1], paths[2], shown=options.files[-1])
    for line in conflicts:
        print(line, file=sys.stderr)  # noqa: T201 - what git shows the person who merges
    return FOUND if conflicts else OK
