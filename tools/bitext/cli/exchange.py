"""import, export: translations from and for other tools."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.cli.bilingual import (
    add_export_bilingual,
    add_export_markdown,
    add_import_bilingual,
    add_import_markdown,
)
from bitext.cli.options import Commands, add_languages, open_folder
from bitext.cli.output import exit_status, few, plural, say, would
from bitext.errors import UsageError
from bitext.project import Project

if TYPE_CHECKING:
    from bitext.commands.exchange import ExchangeReport

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


def _add_import_tmx(formats: Commands[argparse.ArgumentParser]) -> None:
    parser = _add_format(formats, "tmx", _import_tmx, "take a translation memory in")
    parser.add_argument("path", metavar="FILE", help="a TMX file")


def _add_import_xliff(formats: Commands[argparse.ArgumentParser]) -> None:
    parser = _add_format(
        formats, "xliff", _import_xliff, "take an XLIFF document in that a tool has worked on"
    )
    parser.add_argument("path", metavar="FILE", help="an XLIFF 2.0 file")


def _add_export_tmx(formats: Commands[argparse.ArgumentParser]) -> None:
    parser = _add_format(
        formats, "tmx", _export_tmx, "write all translations of a language as a translation memory"
    )
    _add_output(parser)
    parser.add_argument(
        "--fuzzy", action="store_true", help="also those that a person has to review, marked"
    )


def _add_export_xliff(formats: Commands[argparse.ArgumentParser]) -> None:
    parser = _add_format(
        formats, "xliff", _export_xliff, "write the entries of a language as an XLIFF 2.0 document"
    )
    _add_output(parser)
    parser.add_argument(
        "--unfinished", action="store_true", help="only those that need a translator"
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="the file that is written"
    )


_IMPORTS: tuple[Adder, ...] = (
    add_import_bilingual,
    add_import_markdown,
    _add_import_po,
    _add_import_tmx,
    _add_import_xliff,
)
_EXPORTS: tuple[Adder, ...] = (
    add_export_bilingual,
    add_export_markdown,
    _add_export_tmx,
    _add_export_xliff,
)


def add_export(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add export, with a command for each format."""
    _add_family(commands, "export", "write translations for other tools", _EXPORTS)


def _path(options: argparse.Namespace) -> Path:
    """Return the file or folder that is imported: a relative one begins where ``-C`` leads."""
    return Path(options.folder, options.path)


def _one_language(options: argparse.Namespace, project: Project) -> str:
    """Return the language that a file is of: the one named, or the only one of the project."""
    tags = options.languages or project.settings.languages
    if len(set(tags)) != 1:
        known = ", ".join(project.settings.languages) or "none"
        raise UsageError(f"name one language with -l LANG; the project has: {known}")
    return str(tags[0])


def _import_tmx(options: argparse.Namespace) -> int:
    from bitext.commands.exchange import run_import_tmx

    project = open_folder(options)
    tag = _one_language(options, project)
    return _tell(run_import_tmx(project, tag, _path(options), check=options.check), options)


def _import_xliff(options: argparse.Namespace) -> int:
    from bitext.commands.exchange import run_import_xliff

    project = open_folder(options)
    tag = _one_language(options, project)
    return _tell(run_import_xliff(project, tag, _path(options), check=options.check), options)


def _export_tmx(options: argparse.Namespace) -> int:
    from bitext.commands.exchange import run_export_tmx

    project = open_folder(options)
    tag, path = _one_language(options, project), Path(options.folder, options.output)
    report = run_export_tmx(project, tag, path, check=options.check, with_fuzzy=options.fuzzy)
    return _tell(report, options)


def _export_xliff(options: argparse.Namespace) -> int:
    from bitext.commands.exchange import run_export_xliff

    project = open_folder(options)
    tag, path = _one_language(options, project), Path(options.folder, options.output)
    report = run_export_xliff(
        project, tag, path, check=options.check, unfinished=options.unfinished
    )
    return _tell(report, options)


def _tell(report: ExchangeReport, options: argparse.Namespace) -> int:
    """Print what came of a file."""
    counts = [f"  {name} {count}" for name, count in report.counts.items()]
    say(options, f"{report.tag}:", *(counts or ["  nothing"]))
    say(options, f"  {would(options)}change {plural(len(report.written), 'file')}")
    return exit_status(report.errors, is_pending=bool(options.check and report.written))


def _import_po(options: argparse.Namespace) -> int:
    from bitext.adoption import Fate
    from bitext.commands.import_po import run_import_po

    report = run_import_po(
        open_folder(options), _path(options), options.languages, check=options.check
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
    for name in report.others:
        say(options, f"{name}: left out, for it is no language of this project; see 'bitext init'")
    pending = any(language.written for language in report.languages)
    return exit_status(report.errors, is_pending=bool(options.check and pending))
