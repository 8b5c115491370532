"""completion: words that the shell completes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bitext.cli.options import Commands, add_command
from bitext.cli.output import OK, print_line
from bitext.completion import SHELLS, make_completion


def add_completion(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add completion."""
    parser = add_command(
        commands, "completion", _completion, "print what lets a shell complete the command's words"
    )
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


def _completion(options: argparse.Namespace) -> int:
    words = dict(_find_words(options.parser, ""))
    print_line(make_completion(options.shell, words).rstrip("\n"))
    return OK


def _find_words(parser: argparse.ArgumentParser, key: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the words that may follow a command, and those of the commands below it."""
    words: list[str] = []
    below: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        words += action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            below.update(action.choices)
        elif action.choices and not action.option_strings:
            words += map(str, action.choices)
    yield key, [*below, *words]
    for name, inner in below.items():
        yield from _find_words(inner, f"{key} {name}".strip())
