"""check --fix, check --diff: mend what can be mended for sure."""

from __future__ import annotations

import argparse

from bitext.cli.options import open_folder
from bitext.cli.output import FOUND, OK, plural, print_line, say


def add_fix_options(parser: argparse.ArgumentParser) -> None:
    """Let check mend."""
    parser.add_argument(
        "--fix", action="store_true", help="first mend in the PO files what can be mended for sure"
    )
    parser.add_argument(
        "--diff", action="store_true", help="show what --fix would change, and write nothing"
    )


def make_fixes(options: argparse.Namespace) -> None:
    """Mend, and print what was mended."""
    from bitext.commands.fix import run_fix

    report = run_fix(open_folder(options), options.languages)
    for path, fixes in report.fixes.items():
        for fix in fixes:
            names = ", ".join(fix.checks)
            say(options, f"{path}:{fix.entry.line}: fixed: {fix.entry.msgctxt} [{names}]")
    count = sum(map(len, report.fixes.values()))
    if count:
        say(options, f"mended {plural(count, 'translation')}")


def show_fixes(options: argparse.Namespace) -> int:
    """Print what `make_fixes` would change; the status is 1 if that is anything."""
    from bitext.commands.fix import run_fix

    report = run_fix(open_folder(options), options.languages, is_writing=False)
    for diff in report.diffs:
        for line in diff.split("\n"):
            print_line(line)
    return FOUND if report.diffs else OK
