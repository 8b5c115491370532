"""check, stats: what is wrong with translations, and how much there is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bitext.cli.options import Commands, add_command, add_languages, open_folder
from bitext.cli.output import FOUND, OK, WRONG, make_console, plural, print_line
from bitext.errors import UsageError

if TYPE_CHECKING:
    from bitext.checks import CheckReport, Finding


def add_check(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add check."""
    parser = add_command(commands, "check", _check, "find what is wrong or missing in translations")
    add_languages(parser)
    parser.add_argument(
        "--format",
        choices=["text", "json", "sarif", "junit", "github"],
        default="text",
        help="how to print findings",
    )
    parser.add_argument(
        "--severity",
        choices=["error", "warning", "info"],
        default="warning",
        help="print findings from this severity up (default: warning)",
    )
    parser.add_argument("--explain", metavar="CHECK", help="say what a check means and do no more")


def add_stats(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add stats."""
    parser = add_command(commands, "stats", _stats, "show how much is translated, in words")
    add_languages(parser)
    parser.add_argument(
        "--format", choices=["text", "json"], default="text", help="how to print coverage"
    )
    parser.add_argument("--articles", action="store_true", help="show each article too")


def _check(options: argparse.Namespace) -> int:
    if options.explain:
        return _explain(options.explain)
    from bitext.commands.check import run_check

    report = run_check(open_folder(options), options.languages)
    if options.format != "text":
        print_line(_write_findings(report, options))
        return _check_status(report)
    _print_findings(report.findings, options)
    if not options.quiet:
        _summarize(report.findings, options)
    return _check_status(report)


def _explain(name: str) -> int:
    """Print what a check means."""
    from bitext.checks import explain, known_checks

    text = explain(name)
    if not text:
        known = ", ".join(known_checks())
        raise UsageError(f"there is no check {name!r}; there are: {known}")
    print_line(text.rstrip("\n"))
    return OK


def _write_findings(report: CheckReport, options: argparse.Namespace) -> str:
    """Return findings in the format of another program."""
    from bitext.reports.coverage import findings_json
    from bitext.reports.exchange import findings_github, findings_junit, findings_sarif

    if options.format == "github":
        report = replace(report, findings=_shown(report.findings, options))
    writers = {
        "json": findings_json,
        "sarif": findings_sarif,
        "junit": findings_junit,
        "github": findings_github,
    }
    return writers[options.format](report)


def _check_status(report: CheckReport) -> int:
    """Return the exit status of a check; a file that cannot be read is wrong input."""
    if report.is_unreadable:
        return WRONG
    return FOUND if report.has_errors else OK


def _print_findings(findings: Sequence[Finding], options: argparse.Namespace) -> None:
    for finding in _shown(findings, options):
        print_line(finding)


def _shown(findings: Sequence[Finding], options: argparse.Namespace) -> list[Finding]:
    """Return the findings that are bad enough to be shown."""
    from bitext.checks import Severity

    order = list(Severity)
    shown = order[: order.index(Severity(options.severity)) + 1]
    return [finding for finding in findings if finding.severity in shown]


def _summarize(findings: Sequence[Finding], options: argparse.Namespace) -> None:
    """Print how many findings there are of each severity, and how to see those not shown."""
    from bitext.checks import Severity

    shown = list(Severity).index(Severity(options.severity))
    parts: list[str] = []
    for rank, severity in enumerate(Severity):
        count = sum(finding.severity is severity for finding in findings)
        noun = f"{count} info" if severity is Severity.INFO else plural(count, severity)
        hint = f" (see --severity {severity})" if rank > shown else ""
        parts += [noun + hint] if count else []
    print_line(", ".join(parts) or "nothing found")


def _stats(options: argparse.Namespace) -> int:
    from bitext.commands.check import run_stats
    from bitext.reports.coverage import coverage_json, print_coverage

    report = run_stats(open_folder(options), options.languages)
    for finding in report.findings:
        print_line(finding, stream=sys.stderr)
    if options.format == "json":
        print_line(coverage_json(report))
    elif not options.quiet:
        console = make_console()
        with console.capture() as table:
            print_coverage(report, console, by_article=options.articles)
        print_line(table.get().rstrip("\n"), is_styled=True)
        for language in report.languages:
            if language.total.machine:
                words = plural(language.total.machine, "word")
                print_line(f"{language.tag}: {words} translated by a machine")
    return _check_status(report)
