"""gettext, update, format, gc, init: the commands that write catalogs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.cli.options import Commands, add_command, add_languages, open_folder
from bitext.cli.output import complain, exit_status, few, plural, say, would

if TYPE_CHECKING:
    from bitext.commands.update import LanguageReport


def add_gettext(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add gettext."""
    parser = add_command(
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


def add_update(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add update."""
    parser = add_command(
        commands, "update", _update, "bring the PO files of each language up to the POT files"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if something would be written"
    )
    add_languages(parser)


def add_format(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add format."""
    parser = add_command(
        commands, "format", _format, "write catalogs without the line wrapping of other editors"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if something would be written"
    )
    add_languages(parser)


def add_gc(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add gc."""
    parser = add_command(commands, "gc", _gc, "drop entries that were retired long ago")
    parser.add_argument(
        "--before",
        required=True,
        metavar="DAY",
        help="those that were retired before this day, such as 2026-01-31",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if something would be written"
    )
    add_languages(parser)


def add_init(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add init."""
    parser = add_command(
        commands, "init", _init, "start a language: add it to the settings and make its catalogs"
    )
    parser.add_argument("tag", metavar="LANG", help="a BCP 47 tag, such as sl-SI")


def _gettext(options: argparse.Namespace) -> int:
    from bitext.commands.gettext import run_gettext

    report = run_gettext(open_folder(options), check=options.check, resegment=options.resegment)
    renames = [f"{old} to {new}" for old, new in report.renamed.items()]
    say(options, *(f"{would(options)}follow {rename}" for rename in few(renames)))
    say(options, *(f"{would(options)}write {path}" for path in few(report.written)))
    say(options, *(f"{would(options)}remove {path}" for path in few(report.removed)))
    changed = len(report.written) + len(report.removed)
    say(
        options,
        f"{plural(report.articles, 'article')}, {plural(changed, 'POT file')} changed",
    )
    if options.check and changed:
        say(options, "run 'bitext gettext', and commit what it writes")
    if report.unread:
        say(options, f"{plural(report.unread, 'text')} not extracted; 'bitext check' names them")
    complain(report.faulty)
    return exit_status(report.errors, is_pending=bool(options.check and changed))


def _update(options: argparse.Namespace) -> int:
    from bitext.commands.update import run_update

    report = run_update(
        open_folder(options),
        options.languages,
        check=options.check,
        is_counting=not options.quiet,
    )
    say(options, *(_update_line(language, options) for language in report.languages))
    if report.languages and not report.articles and not report.errors:
        say(options, "there are no POT files; run 'bitext gettext' first")
    written = sum(len(language.written) for language in report.languages)
    return exit_status(report.errors, is_pending=bool(options.check and written))


def _update_line(language: LanguageReport, options: argparse.Namespace) -> str:
    """Return what became of a language's entries, in entries and words."""
    from bitext.update import Outcome

    counts = (
        f"{outcome} {language.entries[outcome]} ({plural(language.words[outcome], 'word')})"
        for outcome in Outcome
        if language.entries[outcome]
    )
    files = plural(len(language.written), "file")
    verb = "would change" if options.check else "changed"
    return f"{language.tag}: {files} {verb}; {', '.join(counts) or 'no entries'}"


def _format(options: argparse.Namespace) -> int:
    from bitext.commands.canonical import run_format

    report = run_format(open_folder(options), options.languages, check=options.check)
    say(options, *(f"{would(options)}write {path}" for path in few(report.written)))
    changed = len(report.written)
    say(options, f"{plural(report.catalogs, 'catalog')}, {changed} changed")
    return exit_status(report.errors, is_pending=bool(options.check and changed))


def _gc(options: argparse.Namespace) -> int:
    from bitext.commands.collect import run_collect

    report = run_collect(
        open_folder(options), options.languages, before=options.before, check=options.check
    )
    say(options, *(f"{would(options)}write {path}" for path in few(report.written)))
    drop = "would drop" if options.check else "dropped"
    say(options, f"{drop} {report.dropped} of {report.dropped + report.kept} retired entries")
    return exit_status(report.errors, is_pending=bool(options.check and report.written))


def _init(options: argparse.Namespace) -> int:
    from bitext.commands.init import run_init

    report = run_init(Path(options.folder), options.tag)
    say(options, *(f"wrote {path}" for path in few(report.written)))
    say(options, *(f"removed {path}" for path in few(report.removed)))
    if not (report.written or report.errors):
        say(options, f"{options.tag} has all that it needs")
    if not (report.articles or report.errors):
        say(
            options,
            "there is no article yet: write one, then run 'bitext gettext' and 'bitext update'",
        )
    return exit_status(report.errors)
