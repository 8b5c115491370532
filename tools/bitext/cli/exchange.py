"""import, export: translations from and for other tools."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from bitext.cli.options import Commands, add_languages, open_folder
from bitext.cli.output import exit_status, few, plural, say, would

Adder = Callable[["Commands[argparse.ArgumentParser]"], None]


def add_import(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add import, with a command for each format."""
    _add_family(commands, "import", "take translations of other tools in", _IMPORTS)


def _add_family(
    commands: Commands[argparse.ArgumentParser], name: str, text: str, formats: tuple[Adder, ...]
) -> None:
    """Add a command that has one command for each format."""
    parser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    inner = parser.add_subparsers(metavar="FORMAT", title="formats", required=True)
    for add in formats:
        add(inner)


def _add_format(
    formats: Commands[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    """Return the parser of a format, with what all of them take."""
    parser = formats.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.set_defaults(run=run)
    parser.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if something would be written"
    )
    add_languages(parser)
    return parser


def _add_import_po(formats: Commands[argparse.ArgumentParser]) -> None:
    parser = _add_format(
        formats,
        "po",
        _import_po,
        "take in the catalogs of a Sphinx project, paragraph by paragraph",
    )
    parser.add_argument("path", metavar="PATH", help="a PO file, or a folder of PO files")
    parser.add_argument(
        "--messages", action="store_true", help="say of each message what became of it"
    )


_IMPORTS: tuple[Adder, ...] = (_add_import_po,)


def _import_po(options: argparse.Namespace) -> int:
    from bitext.adoption import Fate
    from bitext.commands.import_po import run_import_po

    report = run_import_po(
        open_folder(options), Path(options.path), options.languages, check=options.check
    )
    for language in report.languages:
        lines = [
            f"{found.path}:{found.message.line}: {fate}"
            for found, fate in language.fates
            if options.messages or fate is Fate.UNSURE
        ]
        say(options, *(lines if options.messages else few(lines)))
        counts = [f"{fate} {count}" for fate, count in language.counts.items()]
        total = plural(len(language.fates), "message")
        say(options, f"{language.tag}: {total} of {plural(language.files, 'file')}")
        say(options, *(f"  {count}" for count in counts))
        if language.untranslated:
            say(options, f"  not translated there {language.untranslated}")
        files = plural(len(language.written), "PO file")
        say(options, f"  {would(options)}change {files}")
    pending = any(language.written for language in report.languages)
    return exit_status(report.errors, is_pending=bool(options.check and pending))
