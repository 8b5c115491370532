"""The command line: parse, call one function, print, return a status.

One module a family of commands. To add a command, write its `add_…` beside the function that runs
it, and list it in `_COMMANDS`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bitext import __version__
from bitext.cli.catalogs import add_format, add_gc, add_gettext, add_init, add_update
from bitext.cli.checks import add_check, add_stats
from bitext.cli.daily import add_doctor, add_search, add_show, add_todo
from bitext.cli.exchange import add_export, add_import
from bitext.cli.machine import add_machine
from bitext.cli.merging import add_merge_driver
from bitext.cli.options import Command
from bitext.cli.output import OK, WRONG, close, complain, flush, open_closed
from bitext.cli.paragraphs import add_join, add_split
from bitext.cli.shell import add_completion
from bitext.cli.site import add_build, add_serve
from bitext.cli.summary import add_summary
from bitext.collector import COMMAND_ALLOCATIONS, collect_rarely, end_at_once
from bitext.errors import BitextError, UsageError

_COMMANDS = (
    add_gettext,
    add_update,
    add_check,
    add_stats,
    add_build,
    add_serve,
    add_init,
    add_format,
    add_gc,
    add_join,
    add_split,
    add_import,
    add_export,
    add_machine,
    add_todo,
    add_show,
    add_search,
    add_doctor,
    add_summary,
    add_completion,
    add_merge_driver,
)
"""Each adds one command, in the order of the help."""


_START = """Put English articles into source/ and start a language with 'bitext init LANG'. When
English changes, run 'bitext gettext' and 'bitext update'. 'bitext todo' says what a translator
does next, 'bitext doctor' what is wrong with a project."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` spell and return its exit status."""
    open_closed()
    parser = make_parser()
    options = parser.parse_args(arguments)
    if not hasattr(options, "run"):
        parser.print_help()
        return OK
    collect_rarely(COMMAND_ALLOCATIONS)
    end_at_once()
    try:
        run: Command = options.run
        status = run(options)
        flush(sys.stdout)
        return status
    except BitextError as error:
        complain([error])
        return WRONG
    except OSError as error:
        close(sys.stdout)
        what = f"cannot write {error.filename}" if error.filename else "cannot write"
        complain([UsageError(f"{what}: {error.strerror or error}")])
        return WRONG
    except KeyboardInterrupt:
        return 130


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; the manual's reference is held equal to it."""
    parser = argparse.ArgumentParser(
        prog="bitext", description="Localize Markdown, sentence by sentence.", epilog=_START
    )
    parser.add_argument("--version", action="version", version=f"bitext {__version__}")
    parser.add_argument(
        "-C", dest="folder", metavar="DIR", default=".", help="run in another project's folder"
    )
    parser.set_defaults(parser=parser)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for add in _COMMANDS:
        add(commands)
    return parser
