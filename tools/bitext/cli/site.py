"""build: the sites."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from bitext.cli.options import Commands, add_command, add_languages, open_folder
from bitext.cli.output import OK, WRONG, exit_status, print_line, say, show_progress

if TYPE_CHECKING:
    from bitext.commands.build import LanguageBuild


def add_build(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add build."""
    parser = add_command(commands, "build", _build, "build the site of each language, English too")
    add_languages(parser)
    parser.add_argument("-b", "--builder", default="html", help="Sphinx's builder (default: html)")
    parser.add_argument(
        "-o", "--output", default="build", metavar="DIR", help="where to build (default: build)"
    )
    parser.add_argument(
        "-W", "--strict", action="store_true", help="exit 1 if there is any warning"
    )
    parser.add_argument("--fresh", action="store_true", help="read and write everything anew")


def add_serve(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add serve."""
    parser = add_command(commands, "serve", _serve, "build the sites and show them while you edit")
    add_languages(parser)
    parser.add_argument(
        "--port", type=int, default=8000, help="where they are served (default: 8000)"
    )
    parser.add_argument(
        "-o", "--output", default="build", metavar="DIR", help="where to build (default: build)"
    )


def _serve(options: argparse.Namespace) -> int:
    from bitext.commands.serve import ServeOptions, run_serve

    def report(build: LanguageBuild) -> None:
        if build.messages.strip():
            print_line(build.messages.rstrip(), stream=sys.stderr)

    how = ServeOptions(port=options.port, output=options.output)
    run_serve(
        open_folder(options),
        options.languages,
        options=how,
        report=report,
        say=lambda text: say(options, text),
    )
    return OK


def _build(options: argparse.Namespace) -> int:
    from bitext.commands.build import BuildOptions, run_build

    how = BuildOptions(
        builder=options.builder,
        output=options.output,
        is_strict=options.strict,
        is_fresh=options.fresh,
    )
    project = open_folder(options)
    said: set[str] = set()
    with show_progress(options) as bars:

        def report(build: LanguageBuild) -> None:
            bars.update(build.tag, 1.0)
            if build.messages.strip() and build.messages not in said:
                said.add(build.messages)
                print_line(build.messages.rstrip(), stream=sys.stderr)
            word = "built" if build.status == 0 else "failed"
            say(options, f"{build.tag}: {word} {os.path.relpath(build.folder)}")

        done = run_build(
            project, options.languages, options=how, report=report, progress=bars.update
        )
    statuses = [min(abs(build.status), WRONG) for build in done.builds]
    return max([exit_status(done.errors), *statuses])
