"""import, export: side-by-side and localized Markdown."""

from __future__ import annotations

import argparse
from pathlib import Path

from bitext.cli.options import Commands, add_command, open_folder
from bitext.cli.output import (
    FOUND,
    OK,
    WRONG,
    exit_status,
    few,
    plural,
    print_line,
    say,
    would,
)


def add_import_bilingual(formats: Commands[argparse.ArgumentParser]) -> None:
    """Add import bilingual."""
    parser = add_command(formats, "bilingual", _import_bilingual, "import side-by-side Markdown")
    parser.add_argument("path", metavar="PATH", help="a file, or a folder of them")
    _add_language(parser)
    _add_check(parser)


def add_import_markdown(formats: Commands[argparse.ArgumentParser]) -> None:
    """Add import markdown."""
    parser = add_command(
        formats, "markdown", _import_markdown, "import localized articles beside the English ones"
    )
    parser.add_argument("path", metavar="PATH", help="a file, or a folder of them")
    _add_language(parser)
    _add_check(parser)


def add_export_bilingual(formats: Commands[argparse.ArgumentParser]) -> None:
    """Add export bilingual."""
    parser = add_command(formats, "bilingual", _export_bilingual, "write side-by-side Markdown")
    parser.add_argument(
        "--ids",
        choices=["published", "own"],
        default="published",
        help="write the IDs that an import found, or those of the ledger (default: published)",
    )
    _add_export(parser)


def add_export_markdown(formats: Commands[argparse.ArgumentParser]) -> None:
    """Add export markdown."""
    parser = add_command(
        formats, "markdown", _export_markdown, "write localized Markdown without English"
    )
    _add_export(parser)


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("articles", metavar="ARTICLE", nargs="*", help="only these articles")
    _add_language(parser)
    parser.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="the folder to write to"
    )
    parser.add_argument(
        "--normalize",
        action="store_true",
        help="make the changes that the published pipeline made to white space",
    )
    _add_check(parser)


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-l", "--language", required=True, metavar="LANG", help="the language of the translations"
    )


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if something would be written"
    )


def _import_bilingual(options: argparse.Namespace) -> int:
    from bitext.checks import Severity
    from bitext.commands.bilingual_import import run_import

    report = run_import(
        Path(options.folder), Path(options.path), options.language, check=options.check
    )
    for finding in report.findings:
        if finding.severity is not Severity.INFO:
            print_line(finding)
    waiting = sum(finding.severity is Severity.INFO for finding in report.findings)
    say(options, *(f"{would(options)}write {path}" for path in few(report.written)))
    made = "to make" if options.check else "made"
    say(
        options,
        f"{plural(report.files, 'file')}, {plural(report.pairs, 'pair')}, of which {report.same}"
        f" are of the articles; {plural(report.articles, 'article')} {made}",
    )
    say(options, *(f"{path} holds no pair; it is left out" for path in few(report.left_out)))
    if waiting:
        say(
            options,
            f"{plural(waiting, 'text')} whose English is unknown; each catalog names its own",
        )
    if report.stale:
        say(options, f"{plural(report.stale, 'file')} of other English than the article")
    status = exit_status(report.errors, is_pending=bool(options.check and report.written))
    if status == WRONG or report.has_errors:
        return WRONG if status == WRONG else FOUND
    return status


def _import_markdown(options: argparse.Namespace) -> int:
    from bitext.commands.markdown_import import run_import_markdown

    project = open_folder(options)
    report = run_import_markdown(project, Path(options.path), options.language, check=options.check)
    for finding in report.findings:
        print_line(finding)
    say(options, *(f"{would(options)}write {path}" for path in few(report.written)))
    say(
        options,
        f"{plural(report.files, 'file')}, {plural(report.translated, 'sentence')} translated,"
        f" {report.unsure} to review, {report.missing} without a translation",
    )
    say(
        options,
        *(f"{path} has no English article; it is left out" for path in few(report.left_out)),
    )
    return exit_status(report.errors, is_pending=bool(options.check and report.written))


def _export_bilingual(options: argparse.Namespace) -> int:
    return _export(options, is_side_by_side=True, has_own_ids=options.ids == "own")


def _export_markdown(options: argparse.Namespace) -> int:
    return _export(options, is_side_by_side=False)


def _export(
    options: argparse.Namespace, *, is_side_by_side: bool, has_own_ids: bool = False
) -> int:
    from bitext.bilingual.exporting import Form
    from bitext.commands.bilingual_export import run_export

    report = run_export(
        open_folder(options),
        options.language,
        Path(options.output),
        form=Form(is_side_by_side, has_own_ids, options.normalize),
        articles=options.articles,
        check=options.check,
    )
    changed = f"{plural(len(report.written), 'file')} {'to change' if options.check else 'changed'}"
    say(options, f"{plural(report.articles, 'article')}, {changed}")
    if report.left_out:
        say(options, f"{plural(report.left_out, 'article')} without a catalog, left out")
    if report.bare:
        say(options, f"{plural(report.bare, 'article')} without a translation, written in English")
    status = exit_status(report.errors, is_pending=bool(options.check and report.written))
    return status or OK
