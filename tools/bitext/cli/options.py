"""Options that commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from bitext.errors import UsageError
from bitext.project import Project, open_project

Command = Callable[[argparse.Namespace], int]
Commands = argparse._SubParsersAction


def add_command(
    commands: Commands[argparse.ArgumentParser], name: str, run: Command, text: str
) -> argparse.ArgumentParser:
    """Return the parser of a new command, with what all commands take; `text` is its help."""
    parser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.set_defaults(run=run)
    parser.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
    return parser


def add_languages(parser: argparse.ArgumentParser) -> None:
    """Let a command take ``-l``, any number of times."""
    parser.add_argument(
        "-l",
        "--language",
        action="append",
        default=[],
        metavar="LANG",
        dest="languages",
        help="only this language; may be given again",
    )


def open_folder(options: argparse.Namespace) -> Project:
    """Return the project that ``-C`` names; `UsageError` if there is no such folder."""
    folder = Path(options.folder)
    if not folder.is_dir():
        raise UsageError(f"there is no folder {options.folder}")
    return open_project(folder)
