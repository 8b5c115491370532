"""join, split: paragraph entries."""

from __future__ import annotations

import argparse

from bitext.cli.options import Commands, add_command, open_folder
from bitext.cli.output import FOUND, OK, say


def add_join(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add join."""
    parser = add_command(
        commands, "join", _join, "translate all sentences of a block in one entry, in one language"
    )
    _add_block(parser)


def add_split(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add split."""
    parser = add_command(
        commands, "split", _split, "undo a join: translate the sentences one by one"
    )
    _add_block(parser)


def _add_block(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id", metavar="ID", help="of a sentence, such as 137fa-103, or of the joined entry"
    )
    parser.add_argument(
        "-l", "--language", required=True, metavar="LANG", help="the language to do it in"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if something would be written"
    )


def _join(options: argparse.Namespace) -> int:
    from bitext.commands.paragraphs import run_join

    done = run_join(open_folder(options), options.id, options.language, check=options.check)
    joins = "would join" if options.check else "joins"
    say(options, f"{done.path}: {done.id} {joins} {', '.join(done.sentences)}")
    if done.unfinished:
        names = ", ".join(done.unfinished)
        way = f"finish {done.id} and remove the fuzzy flag"
        say(options, f"not translated for sure: {names}; {way}")
    return FOUND if options.check else OK


def _split(options: argparse.Namespace) -> int:
    from bitext.commands.paragraphs import run_split

    done = run_split(open_folder(options), options.id, options.language, check=options.check)
    is_split = "would be split" if options.check else "is split"
    say(options, f"{done.path}: {done.id} {is_split} into {', '.join(done.sentences)}")
    return FOUND if options.check else OK
