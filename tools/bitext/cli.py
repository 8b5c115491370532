"""The command line: parse, call one function, print, return a status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bitext import __version__
from bitext.characters import visible
from bitext.collector import COMMAND_ALLOCATIONS, collect_rarely
from bitext.errors import BitextError, UsageError
from bitext.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from bitext.checks import CheckReport, Finding
    from bitext.commands.build import LanguageBuild
    from bitext.commands.update import LanguageReport
    from bitext.reports.progress import Bars

OK, FOUND, WRONG = 0, 1, 2
"""Exit status: fine; findings of severity error, or a ``--check`` that would write; wrong input."""

_Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` spell and return its exit status."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    if not hasattr(options, "run"):
        parser.print_help()
        return OK
    collect_rarely(COMMAND_ALLOCATIONS)
    try:
        run: _Command = options.run
        status = run(options)
        _flush(sys.stdout)
        return status
    except BitextError as error:
        _complain([error])
        return WRONG
    except OSError as error:
        _close(sys.stdout)
        _complain([UsageError(f"cannot write: {error.strerror or error}")])
        return WRONG
    except KeyboardInterrupt:
        return 130


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; the manual's reference is held equal to it."""
    parser = argparse.ArgumentParser(
        prog="bitext", description="Localize Markdown, sentence by sentence."
    )
    parser.add_argument("--version", action="version", version=f"bitext {__version__}")
    parser.add_argument(
        "-C", dest="folder", metavar="DIR", default=".", help="run in another project's folder"
    )
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    _add_gettext(commands)
    _add_update(commands)
    _add_check(commands)
    _add_stats(commands)
    _add_build(commands)
    _add_init(commands)
    _add_join(commands)
    _add_split(commands)
    _add_merge_driver(commands)
    return parser


_Commands = argparse._SubParsersAction


def _add(
    commands: _Commands[argparse.ArgumentParser], name: str, run: _Command, text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.set_defaults(run=run)
    parser.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
    return parser


def _add_languages(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-l",
        "--language",
        action="append",
        default=[],
        metavar="LANG",
        dest="languages",
        help="only this language; may be given again",
    )


def _add_gettext(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "gettext", _gettext, "write the sentences of the English articles to POT files"
    )
    parser.add_argument(
        "--resegment",
        action="store_true",
        help="cut all articles by the current rules; without it each keeps those in its POT",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if something would be written"
    )


def _add_update(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "update", _update, "bring the PO files of each language up to the POT files"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if something would be written"
    )
    _add_languages(parser)


def _add_check(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "check", _check, "find what is wrong or missing in translations")
    _add_languages(parser)
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


def _add_stats(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "stats", _stats, "show how much is translated, in words")
    _add_languages(parser)
    parser.add_argument(
        "--format", choices=["text", "json"], default="text", help="how to print coverage"
    )
    parser.add_argument("--articles", action="store_true", help="show each article too")


def _add_build(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "build", _build, "build the site of each language, English too")
    _add_languages(parser)
    parser.add_argument("-b", "--builder", default="html", help="Sphinx's builder (default: html)")
    parser.add_argument(
        "-o", "--output", default="build", metavar="DIR", help="where to build (default: build)"
    )
    parser.add_argument(
        "-W", "--strict", action="store_true", help="exit 1 if there is any warning"
    )
    parser.add_argument("--fresh", action="store_true", help="read and write everything anew")


def _add_init(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "init", _init, "start a language: add it to the settings and make its catalogs"
    )
    parser.add_argument("tag", metavar="LANG", help="a BCP 47 tag, such as sl-SI")


def _add_join(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "join", _join, "translate all sentences of a block in one entry, in one language"
    )
    _add_block(parser)


def _add_split(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "split", _split, "undo a join: translate the sentences one by one")
    _add_block(parser)


def _add_block(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id", metavar="ID", help="of a sentence, such as 137fa-103, or of the joined entry"
    )
    parser.add_argument(
        "-l", "--language", required=True, metavar="LANG", help="the language to do it in"
    )


def _add_merge_driver(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "merge-driver", _merge_driver, "merge two catalogs by ID, for git")
    parser.add_argument("files", nargs="*", metavar="FILE", help="base, ours, theirs and the path")
    parser.add_argument(
        "--install", action="store_true", help="have git merge this project's catalogs so"
    )


def _project(options: argparse.Namespace) -> Project:
    folder = Path(options.folder)
    if not folder.is_dir():
        raise UsageError(f"there is no folder {options.folder}")
    return open_project(folder)


def _gettext(options: argparse.Namespace) -> int:
    from bitext.commands.gettext import run_gettext

    report = run_gettext(_project(options), check=options.check, resegment=options.resegment)
    renames = [f"{old} to {new}" for old, new in report.renamed.items()]
    _say(options, *(f"{_would(options)}follow {rename}" for rename in _few(renames)))
    _say(options, *(f"{_would(options)}write {path}" for path in _few(report.written)))
    _say(options, *(f"{_would(options)}remove {path}" for path in _few(report.removed)))
    changed = len(report.written) + len(report.removed)
    _say(options, f"{_count(report.articles, 'article')}, {_count(changed, 'POT file')} changed")
    if report.unread:
        _say(options, f"{_count(report.unread, 'text')} not extracted; 'bitext check' names them")
    return _status(report.errors, is_pending=bool(options.check and changed))


def _update(options: argparse.Namespace) -> int:
    from bitext.commands.update import run_update

    report = run_update(_project(options), options.languages, check=options.check)
    if not options.quiet:  # counting words takes time
        _say(options, *(_update_line(language, options) for language in report.languages))
    if report.languages and not report.articles and not report.errors:
        _say(options, "there are no POT files; run 'bitext gettext' first")
    written = sum(len(language.written) for language in report.languages)
    return _status(report.errors, is_pending=bool(options.check and written))


def _update_line(language: LanguageReport, options: argparse.Namespace) -> str:
    """Return what became of a language's entries, in entries and words."""
    counts = (
        f"{outcome} {len(texts)} ({_count(language.count_words(outcome), 'word')})"
        for outcome, texts in language.english.items()
        if texts
    )
    files = _count(len(language.written), "file")
    verb = "would change" if options.check else "changed"
    return f"{language.tag}: {files} {verb}; {', '.join(counts) or 'no entries'}"


def _explain(name: str) -> int:
    """Print what a check means."""
    from bitext.checks import explain, known_checks

    text = explain(name)
    if not text:
        known = ", ".join(known_checks())
        raise UsageError(f"there is no check {name!r}; there are: {known}")
    _print(text.rstrip("\n"))
    return OK


def _check(options: argparse.Namespace) -> int:
    if options.explain:
        return _explain(options.explain)
    from bitext.commands.check import run_check

    report = run_check(_project(options), options.languages)
    if options.format != "text":
        _print(_write_findings(report, options))
        return _check_status(report)
    _print_findings(report.findings, options)
    if not options.quiet:
        _summarize(report.findings, options)
    return _check_status(report)


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
        _print(finding)


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
        noun = f"{count} info" if severity is Severity.INFO else _count(count, severity)
        hint = f" (see --severity {severity})" if rank > shown else ""
        parts += [noun + hint] if count else []
    _print(", ".join(parts) or "nothing found")


def _stats(options: argparse.Namespace) -> int:
    from bitext.commands.check import run_stats
    from bitext.reports.coverage import coverage_json, print_coverage

    report = run_stats(_project(options), options.languages)
    for finding in report.findings:
        _print(finding, stream=sys.stderr)
    if options.format == "json":
        _print(coverage_json(report))
    elif not options.quiet:
        console = _console()
        with console.capture() as table:
            print_coverage(report, console, by_article=options.articles)
        _print(table.get().rstrip("\n"), is_styled=True)
    return _check_status(report)


def _build(options: argparse.Namespace) -> int:
    from bitext.commands.build import BuildOptions, run_build

    how = BuildOptions(
        builder=options.builder,
        output=options.output,
        is_strict=options.strict,
        is_fresh=options.fresh,
    )
    project = _project(options)
    said: set[str] = set()
    with _progress(options) as bars:

        def report(build: LanguageBuild) -> None:
            bars.update(build.tag, 1.0)
            if build.messages.strip() and build.messages not in said:
                said.add(build.messages)
                _print(build.messages.rstrip(), stream=sys.stderr)
            word = "built" if build.status == 0 else "failed"
            _say(options, f"{build.tag}: {word} {os.path.relpath(build.folder)}")

        done = run_build(
            project, options.languages, options=how, report=report, progress=bars.update
        )
    statuses = [min(abs(build.status), WRONG) for build in done.builds]
    return max([_status(done.errors), *statuses])


def _progress(options: argparse.Namespace) -> Bars:
    from bitext.reports.progress import Bars

    return Bars(is_shown=sys.stderr.isatty() and not options.quiet)


def _init(options: argparse.Namespace) -> int:
    from bitext.commands.init import run_init

    report = run_init(Path(options.folder), options.tag)
    _say(options, *(f"wrote {path}" for path in _few(report.written)))
    _say(options, *(f"removed {path}" for path in _few(report.removed)))
    if not (report.written or report.errors):
        _say(options, f"{options.tag} has all that it needs")
    return _status(report.errors)


def _join(options: argparse.Namespace) -> int:
    from bitext.commands.paragraphs import run_join

    done = run_join(_project(options), options.id, options.language)
    _say(options, f"{done.path}: {done.id} joins {', '.join(done.sentences)}")
    if done.unfinished:
        names = ", ".join(done.unfinished)
        way = f"finish {done.id} and remove the fuzzy flag"
        _say(options, f"not translated for sure: {names}; {way}")
    return OK


def _split(options: argparse.Namespace) -> int:
    from bitext.commands.paragraphs import run_split

    done = run_split(_project(options), options.id, options.language)
    _say(options, f"{done.path}: {done.id} is split into {', '.join(done.sentences)}")
    return OK


def _merge_driver(options: argparse.Namespace) -> int:
    from bitext.commands.merge import install, run_merge

    if options.install and not options.files:
        _say(options, *(f"changed {name}" for name in install(_project(options))))
        return OK
    if options.install or len(options.files) not in (3, 4):
        raise UsageError("merge-driver takes base, ours, theirs and the path, or --install")
    paths = [Path(options.folder, name) for name in options.files[:3]]
    conflicts = run_merge(paths[0], paths[1], paths[2], shown=options.files[-1])
    for line in conflicts:
        print(line, file=sys.stderr)  # noqa: T201 - what git shows the person who merges
    return FOUND if conflicts else OK


def _status(errors: Sequence[BitextError], *, is_pending: bool = False) -> int:
    """Print errors and return the exit status that they and pending changes make."""
    _complain(errors)
    if errors:
        return WRONG
    return FOUND if is_pending else OK


def _complain(errors: Iterable[BitextError]) -> None:
    for error in errors:
        _print(error, stream=sys.stderr)


def _say(options: argparse.Namespace, *lines: str) -> None:
    if not options.quiet:
        for line in lines:
            _print(line)


def _print(text: object, *, stream: TextIO | None = None, is_styled: bool = False) -> None:
    """Print a line, unless nobody reads any more: that changes no exit status.

    Control characters are made visible, for catalogs and articles may hold them; text with
    `is_styled` is our own and may hold the terminal's.
    """
    stream = stream or sys.stdout
    try:
        print(text if is_styled else visible(str(text)), file=stream)
    except BrokenPipeError:
        _close(stream)


def _flush(stream: TextIO) -> None:
    try:
        stream.flush()
    except BrokenPipeError:
        _close(stream)


def _close(stream: TextIO) -> None:
    """Let what is still written to a stream go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _few(paths: Sequence[str], most: int = 20) -> list[str]:
    """Return the first of many paths, and how many more there are."""
    rest = len(paths) - most
    return [*paths[:most], f"… and {rest} more"] if rest > 0 else list(paths)


def _would(options: argparse.Namespace) -> str:
    return "would " if options.check else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _console() -> Console:
    from rich.console import Console

    width = None if sys.stdout.isatty() else 200
    if os.environ.get("NO_COLOR"):
        return Console(highlight=False, width=width, color_system=None)
    return Console(highlight=False, width=width)


if __name__ == "__main__":
    sys.exit(main())
