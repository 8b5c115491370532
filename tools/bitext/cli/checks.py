"""check, stats: what is wrong with translations, and how much there is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bitext.characters import visible
from bitext.cli.audit import add_site_option, audit_site, require_site
from bitext.cli.fixes import add_fix_options, make_fixes, show_fixes
from bitext.cli.options import Commands, add_command, add_languages, open_folder
from bitext.cli.output import FOUND, OK, WRONG, few, make_console, plural, print_line, say
from bitext.errors import UsageError

if TYPE_CHECKING:
    from bitext.checks import CheckReport, Finding
    from bitext.project import Project


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
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="CHECK[,CHECK]",
        help="only what these checks find; may be given again",
    )
    parser.add_argument(
        "--changed-since",
        default="",
        metavar="REV",
        help="check only entries that differ from this git revision, in the PO or in English",
    )
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        help="leave out the findings that FILE lists (default: that of the settings)",
    )
    parser.add_argument(
        "--no-baseline",
        action="store_const",
        const="",
        dest="baseline",
        help="leave out nothing, whatever the settings say",
    )
    parser.add_argument(
        "--write-baseline",
        action="store_true",
        help="list the findings there are in the file of the baseline, and exit 0",
    )
    parser.add_argument(
        "-o",
        "--output",
        default="",
        metavar="FILE",
        help="write the format to FILE, and print findings as text",
    )
    parser.add_argument(
        "--report", default="", metavar="FILE", help="also write findings and coverage as HTML"
    )
    parser.add_argument("--explain", metavar="CHECK", help="say what a check means and do no more")
    add_fix_options(parser)
    add_site_option(parser)


def add_stats(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add stats."""
    parser = add_command(commands, "stats", _stats, "show how much is translated, in words")
    add_languages(parser)
    parser.add_argument(
        "--format",
        choices=["text", "json", "markdown"],
        default="text",
        help="how to print coverage",
    )
    parser.add_argument("--articles", action="store_true", help="show each article too")
    parser.add_argument(
        "--since",
        default="",
        metavar="REV",
        help="show what changed since this git revision, in per cent",
    )
    parser.add_argument(
        "--badges", default="", metavar="DIR", help="write an SVG badge of each language to DIR"
    )


def _check(options: argparse.Namespace) -> int:
    if options.explain:
        return _explain(options.explain)
    if options.site:
        return _check_site(options)
    require_site(_names(options.select))
    if options.diff:
        return show_fixes(options)
    if options.fix:
        make_fixes(options)
    from bitext.commands.check import run_check

    project = open_folder(options)
    if options.baseline is None:
        options.baseline = project.settings.check.baseline
    if options.write_baseline:
        return _write_baseline(project, options)
    report = run_check(
        project,
        options.languages,
        checks=_names(options.select),
        since=options.changed_since,
        has_lines=bool(options.report) or options.format in ("json", "sarif"),
    )
    notes = _compare(project, report, options)
    if options.report:
        _write_report(project, report, options)
    return _tell(project, report, options, notes)


def _check_site(options: argparse.Namespace) -> int:
    """Check the pages that were built."""
    report, notes = audit_site(options, _names(options.select))
    return _tell(open_folder(options), report, options, notes)


def _tell(
    project: Project, report: CheckReport, options: argparse.Namespace, notes: Sequence[str]
) -> int:
    """Print a report as it was asked for, or write it; return the exit status."""
    if options.output:
        from bitext.disk import write_files

        text = visible(_write_findings(report, options))
        write_files({project.root / options.output: f"{text}\n" if text else ""}, project.root)
    elif options.format != "text":
        print_line(_write_findings(report, options))
        return _check_status(report)
    _print_findings(report.findings, options)
    if not options.quiet:
        _summarize(report.findings, options)
        say(options, *notes)
    return _check_status(report)


def _write_report(project: Project, report: CheckReport, options: argparse.Namespace) -> None:
    """Write the HTML report, with the findings that are bad enough to be shown."""
    from bitext.disk import write_files
    from bitext.reports.html import report_html

    shown = replace(report, findings=_shown(report.findings, options))
    settings = project.settings
    page = report_html(shown, project=settings.project, source_language=settings.source_language)
    write_files({project.root / options.report: page}, project.root)


def _names(values: Iterable[str]) -> list[str]:
    """Return the names in lists that commas separate."""
    parts = (part.strip() for value in values for part in value.split(","))
    return [part for part in parts if part]


def _write_baseline(project: Project, options: argparse.Namespace) -> int:
    """Write the baseline of all languages and checks."""
    from bitext.commands.baseline import write_baseline
    from bitext.commands.check import run_check

    if not options.baseline:
        raise UsageError(
            "--write-baseline writes the file of --baseline FILE; name it there or in"
            " the settings, as check.baseline"
        )
    if options.languages or options.select or options.changed_since:
        message = "--write-baseline lists all that there is"
        raise UsageError(f"{message}; leave out --language, --select and --changed-since")
    report = run_check(project)
    report.findings = _shown(report.findings, options)
    is_changed = write_baseline(project, report, options.baseline)
    count = plural(len(report.findings), "finding")
    say(options, f"{'wrote' if is_changed else 'unchanged:'} {options.baseline}: {count}")
    return WRONG if report.is_unreadable else OK


def _compare(project: Project, report: CheckReport, options: argparse.Namespace) -> list[str]:
    """Take the findings of the baseline out of `report`; return what to say of it."""
    if not options.baseline:
        return []
    from bitext.commands.baseline import apply_baseline

    compared = apply_baseline(project, report, options.baseline)
    notes = [f"{plural(compared.known, 'finding')} in {options.baseline} left out"]
    if not compared.gone or options.select or options.changed_since:
        return notes
    rows = [" ".join(filter(None, row[:3])) for row in compared.gone]
    notes += [f"gone: {row}" for row in few(rows)]
    return [*notes, f"{plural(len(rows), 'finding')} gone; bring it up with --write-baseline"]


def _explain(name: str) -> int:
    """Print what a check means."""
    from bitext.checks.explain import explain, known_checks

    text = explain(name)
    if not text:
        known = ", ".join(known_checks())
        raise UsageError(f"there is no check {name!r}; there are: {known}")
    print_line(text.rstrip("\n"))
    return OK


def _write_findings(report: CheckReport, options: argparse.Namespace) -> str:
    """Return findings in the format of another program."""
    from bitext.reports.exchange import findings_github, findings_junit, findings_sarif
    from bitext.reports.findings import findings_json

    if options.format == "github":
        report = replace(report, findings=_shown(report.findings, options))
    writers = {
        "text": lambda report: "\n".join(map(str, _shown(report.findings, options))),
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
    """Print findings: below their files on a terminal, else a line for each, as tools read it."""
    shown = _shown(findings, options)
    if sys.stdout.isatty():
        from bitext.reports.terminal import print_findings

        console = make_console()
        with console.capture() as text:
            print_findings(shown, console)
        print_line(text.get().rstrip("\n"), is_styled=True)
        return
    for finding in shown:
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
    from bitext.commands.stats import run_stats
    from bitext.reports.coverage import coverage_json, coverage_markdown, print_coverage

    project = open_folder(options)
    report = run_stats(project, options.languages, since=options.since)
    for finding in report.findings:
        print_line(finding, stream=sys.stderr)
    if options.badges:
        from bitext.commands.badges import write_badges

        say(options, *(f"wrote {path}" for path in write_badges(project, report, options.badges)))
    if options.format == "json":
        print_line(coverage_json(report))
    elif options.format == "markdown":
        print_line(coverage_markdown(report, by_article=options.articles).rstrip("\n"))
    elif not options.quiet:
        console = make_console()
        with console.capture() as table:
            print_coverage(report, console, by_article=options.articles)
        print_line(table.get().rstrip("\n"), is_styled=True)
    return _check_status(report)
