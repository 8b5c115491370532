"""summary: what a change means for translators."""

from __future__ import annotations

import argparse

from bitext.cli.options import Commands, add_command, open_folder
from bitext.cli.output import exit_status, print_line


def add_summary(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add summary."""
    parser = add_command(
        commands, "summary", _summary, "print what changed for translators, as Markdown"
    )
    parser.add_argument(
        "--since", required=True, metavar="REV", help="a revision of git, such as origin/main"
    )


def _summary(options: argparse.Namespace) -> int:
    from bitext.commands.summary import run_summary

    text, errors = run_summary(open_folder(options), options.since)
    print_line(text.rstrip("\n"))
    return exit_status(errors)
