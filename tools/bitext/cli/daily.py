"""todo, show, search, doctor: what is next, where things are, what is wrong with the set-up."""

from __future__ import annotations

import argparse

from bitext.cli.options import Commands, add_command, add_languages, open_folder
from bitext.cli.output import FOUND, OK, exit_status, plural, print_line, say


def add_todo(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add todo."""
    parser = add_command(commands, "todo", _todo, "list what a translator does next, stale first")
    parser.add_argument("-l", "--language", metavar="LANG", help="the language")
    parser.add_argument(
        "--most", type=int, default=20, metavar="N", help="how many entries (default: 20)"
    )


def add_show(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add show."""
    parser = add_command(
        commands, "show", _show, "show a sentence: where it is, its history, all languages"
    )
    parser.add_argument("id", metavar="ID", help="of the sentence, such as 137fa-103")


def add_search(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add search."""
    parser = add_command(commands, "search", _search, "find sentences and translations by text")
    parser.add_argument("text", metavar="TEXT", help="in any case, as it stands in the catalogs")
    add_languages(parser)


def add_doctor(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add doctor."""
    add_command(
        commands, "doctor", _doctor, "say what is wrong with this set-up, and what mends it"
    )


def _todo(options: argparse.Namespace) -> int:
    from bitext.commands.daily import run_todo
    from bitext.errors import UsageError
    from bitext.worklist import Work, describe

    project = open_folder(options)
    listed = project.settings.languages
    tag = options.language or (listed[0] if len(listed) == 1 else "")
    if not tag:
        raise UsageError(
            f"name the language with -l LANG; there are: {', '.join(listed) or 'none'}"
        )
    report = run_todo(project, tag)
    for task in report.tasks[: max(options.most, 0)]:
        line = f":{task.entry.line}" if task.entry.line else ""
        place = f"{report.paths[task.article]}{line}"
        print_line(f"{place}: {task.work}: {task.entry.msgctxt} {describe(task)}")
    for work in Work:
        own = [task for task in report.tasks if task.work is work]
        if own:
            words = plural(sum(task.words for task in own), "word")
            say(options, f"{work} {len(own)} ({words})")
    if not report.tasks:
        say(options, f"{tag}: all is translated")
    return exit_status(report.errors)


def _show(options: argparse.Namespace) -> int:
    from bitext.commands.daily import run_show
    from bitext.states import state_of
    from bitext.worklist import word_diff

    shown = run_show(open_folder(options), options.id)
    print_line(f"{shown.english.msgctxt} in {', '.join(shown.english.references)}")
    for place in shown.english.extracted:
        print_line(f"  {place}")
    print_line(f"English: {shown.english.msgid}")
    for tag, (path, entry) in shown.translations.items():
        line = f":{entry.line}" if entry.line else ""
        print_line(f"{tag}: {entry.msgstr or '-'}")
        print_line(f"  {state_of(entry)}, {path}{line}")
        if entry.previous_msgid not in (None, entry.msgid):
            print_line(f"  its English: {word_diff(entry.previous_msgid or '', entry.msgid)}")
        for comment in entry.comments:
            print_line(f"  # {comment}")
    for commit in shown.history:
        print_line(f"changed: {commit}")
    return OK


def _search(options: argparse.Namespace) -> int:
    from bitext.commands.daily import run_search

    hits, errors = run_search(open_folder(options), options.text, options.languages)
    for hit in hits:
        line = f":{hit.entry.line}" if hit.entry.line else ""
        said = f' = "{hit.entry.msgstr}"' if hit.entry.msgstr else ""
        print_line(f'{hit.path}{line}: {hit.entry.msgctxt} "{hit.entry.msgid}"{said}')
    if not (hits or errors):
        say(options, "nothing found")
    return exit_status(errors) or (OK if hits else FOUND)


def _doctor(options: argparse.Namespace) -> int:
    from bitext.commands.doctor import find_ailments

    ailments = find_ailments(open_folder(options))
    for ailment in ailments:
        print_line(f"{ailment.what}; {ailment.remedy}")
    if not ailments:
        say(options, "nothing is wrong")
    return FOUND if ailments else OK
