"""machine: ask an engine for translations."""

from __future__ import annotations

import argparse

from bitext.cli.options import Commands, add_command, add_languages, open_folder
from bitext.cli.output import exit_status, few, plural, say


def add_machine(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add machine."""
    parser = add_command(
        commands, "machine", _machine, "have a machine translate what nobody has, as fuzzy"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if something would be written"
    )
    add_languages(parser)


def _machine(options: argparse.Namespace) -> int:
    from bitext.commands.machine import run_machine

    reports = run_machine(open_folder(options), options.languages, check=options.check)
    for report in reports:
        verb = "would translate" if options.check else "translated"
        count = plural(report.done, "sentence")
        say(options, f"{report.tag}: {report.engine} {verb} {count}, as fuzzy")
        if report.refused:
            names = ", ".join(few(report.refused, most=5))
            say(options, f"  {len(report.refused)} answers cannot be used: {names}")
    errors = list(dict.fromkeys(error for report in reports for error in report.errors))
    return exit_status(errors, is_pending=bool(options.check and any(r.written for r in reports)))
