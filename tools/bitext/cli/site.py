"""build: the sites."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from bitext.cli.options import Commands, add_command, add_languages, open_folder
from bitext.cli.output import FOUND, OK, WRONG, exit_status, plural, print_line, say, show_progress
from bitext.lock import building
from bitext.settings import AT_ONCE, SEPARATELY

if TYPE_CHECKING:
    from collections.abc import Callable

    from bitext.commands.build import BuildOptions, BuildReport, LanguageBuild
    from bitext.project import Project


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
    parser.add_argument(
        "-j",
        "--jobs",
        type=int,
        default=0,
        metavar="N",
        help="processes at a time (default: cores)",
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--all-at-once",
        dest="way",
        action="store_const",
        const=AT_ONCE,
        help="all languages from one Sphinx run (html only; the default)",
    )
    way.add_argument(
        "--separately",
        dest="way",
        action="store_const",
        const=SEPARATELY,
        help="each language with a Sphinx run of its own",
    )
    parser.add_argument(
        "--verify", action="store_true", help="also build with plain Sphinx and compare every file"
    )


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
    from bitext.commands.build import BuildOptions

    how = BuildOptions(
        builder=options.builder,
        output=options.output,
        is_strict=options.strict,
        is_fresh=options.fresh,
        jobs=max(options.jobs, 0),
    )
    project = open_folder(options)
    build = _choose_build(options, project)
    said: set[str] = set()
    with building(project.root, options.output), show_progress(options) as bars:

        def report(build: LanguageBuild) -> None:
            bars.update(build.tag, 1.0)
            lines = build.messages.rstrip().split("\n")
            for line in (own for own in lines if own and own not in said):
                print_line(line, stream=sys.stderr)
            said.update(lines)  # what another language says too is said once
            word = "built" if build.status == 0 else "failed"
            say(options, f"{build.tag}: {word} {os.path.relpath(build.folder)}", *build.notes)

        done = build(project, options.languages, options=how, report=report, progress=bars.update)
    for tag in done.removed:
        folder = f"{options.output}/{options.builder}/{tag}"
        say(options, f"{tag}: removed {folder}; the settings do not list this language")
    statuses = [min(abs(build.status), WRONG) for build in done.builds]
    status = max([exit_status(done.errors), *statuses])
    if options.verify and status == OK:
        return _verify(options, project, how)
    return status


def _choose_build(options: argparse.Namespace, project: Project) -> Callable[..., BuildReport]:
    """Return what builds; only that is imported."""
    way = options.way or project.settings.site.build
    if way == AT_ONCE and options.builder == "html":
        from bitext.onebuild.run import run_at_once

        return run_at_once
    from bitext.commands.build import run_build

    return run_build


def _verify(options: argparse.Namespace, project: Project, how: BuildOptions) -> int:
    """Compare with what plain Sphinx builds, and say what differs."""
    from bitext.onebuild.verify import ALLOWED, verify

    verdict = verify(project, options.languages, options=how)
    for found in verdict.differences:
        print_line(f"{found.tag}/{found.path}: error: {found.what}", stream=sys.stderr)
    allowed = "; ".join(own.reason for own in ALLOWED)
    say(
        options,
        f"compared {plural(verdict.files, 'file')}: {len(verdict.differences)} differ"
        f" (allowed: {allowed})",
    )
    return FOUND if verdict.differences else OK
