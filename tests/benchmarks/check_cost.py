"""`bitext check` beside other checkers of PO files: what each costs, and what damage it finds."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from bitext.po import parse, serialize
from bitext.project import CACHE_FOLDER
from mutations import KINDS

from .build_cost import TAG, mark
from .checkers import CHECKERS, Checker, Flagged, flag, list_findings
from .corpora import ROOT, make_project, unpack
from .timing import Timing, time_command

ENTRIES = 26_000
SHARE = 0.25
"""Of the entries that are damaged, in each kind of damage."""

ROUNDS = 2
"""Of our own command; the others run once."""


def run(scratch: Path) -> dict[str, float]:
    """Measure 26,000 entries and the manual's own catalogs, damaged; return the figures."""
    absent = [name for name, checker in CHECKERS.items() if not checker.is_there]
    if absent:
        print(f"not installed, so left out: {', '.join(absent)}", file=sys.stderr)
    present = [checker for checker in CHECKERS.values() if checker.is_there]
    return _measure_time(scratch, present) | _measure_recall(scratch, present)


def _measure_time(scratch: Path, checkers: Sequence[Checker]) -> dict[str, float]:
    """Return user CPU time over a pseudo-translated project; what it lists is not counted."""
    project = _make_large(scratch)
    catalogs = project / "locale" / TAG / "LC_MESSAGES"
    figures: dict[str, float] = {"entries": _fill(catalogs, ENTRIES)}
    bitext = [sys.executable, "-m", "bitext"]
    time_command([*bitext, "gettext", "-q"], project)
    for checker in checkers:
        rounds = ROUNDS if checker is checkers[0] else 1
        times: list[float] = []
        for place in range(rounds):
            _forget(project)
            times.append(_time(checker, project, catalogs, scratch / f"out-{place}"))
        figures[f"{checker.name}, user CPU s"] = min(times)
    _time(checkers[0], project, catalogs, scratch)
    again = min(_time(checkers[0], project, catalogs, scratch) for _ in range(ROUNDS))
    figures[f"{checkers[0].name}, nothing changed, user CPU s"] = again
    ours = figures[f"{checkers[0].name}, user CPU s"]
    for checker in checkers[1:]:
        theirs = figures[f"{checker.name}, user CPU s"]
        figures[f"{checker.name}, user CPU over bitext's"] = theirs / ours
        figures[f"{checker.name}, user CPU over bitext's, nothing changed"] = theirs / again
    return figures | _measure_change(project, catalogs)


def _forget(project: Path) -> None:
    """Let the next check know nothing of the last one."""
    for path in (project / CACHE_FOLDER).glob("check-*.json"):
        path.unlink()


def _make_large(scratch: Path) -> Path:
    sources = [(name, unpack(name, scratch) / "en-US") for name in ("nuget", "quantum")]
    project = make_project(scratch / "check", sources, languages=TAG)
    for command in ("gettext", "update"):  # articles that nobody can read are left out
        time_command([sys.executable, "-m", "bitext", command, "-q"], project, statuses=(0, 2))
    return project


def _fill(catalogs: Path, most: int) -> int:
    """Pseudo-translate catalogs until there are so many entries; delete the others."""
    count = 0
    for path in sorted(catalogs.rglob("*.po")):
        catalog = parse(path.read_text(encoding="utf-8"))
        if count >= most:
            path.unlink()
            _article_of(path, catalogs).unlink()
            continue
        count += len(catalog.entries)
        entries = tuple(replace(e, msgstr=mark(e.msgid), raw=None) for e in catalog.entries)
        path.write_text(serialize(replace(catalog, entries=entries)), encoding="utf-8")
    return count


def _article_of(path: Path, catalogs: Path) -> Path:
    source = catalogs.parents[2] / "source"
    return (source / path.relative_to(catalogs)).with_suffix(".md")


def _time(checker: Checker, project: Path, catalogs: Path, out: Path) -> float:
    """Return the user CPU time of a checker over all catalogs."""
    is_ours = checker.name == "bitext check"
    commands = (list_findings if is_ours else checker.commands)(catalogs, out)
    timings = [time_command(command, project, statuses=checker.statuses) for command in commands]
    return sum(timing.user for timing in timings)


def _measure_change(project: Path, catalogs: Path) -> dict[str, float]:
    """Return what the check of one changed entry costs."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    (project / ".gitignore").write_text(".bitext_cache/\n", encoding="utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], cwd=project, check=True)
    path = next(catalogs.rglob("*.po"))
    catalog = parse(path.read_text(encoding="utf-8"))
    last = replace(catalog.entries[-1], msgstr="**", raw=None)
    changed = replace(catalog, entries=(*catalog.entries[:-1], last))
    path.write_text(serialize(changed), encoding="utf-8")
    command = [sys.executable, "-m", "bitext", "check", "--changed-since", "HEAD"]
    timings: list[Timing] = [time_command(command, project, statuses=(1,)) for _ in range(ROUNDS)]
    return {"bitext check --changed-since, one entry, user CPU s": min(t.user for t in timings)}


def _measure_recall(scratch: Path, checkers: Sequence[Checker]) -> dict[str, float]:
    """Return how much injected damage each checker finds, per cent, over what it finds anyway."""
    project = scratch / "manual"
    left_out = shutil.ignore_patterns(".git", "tests", "tools", "build", ".venv", ".bitext_cache")
    shutil.copytree(ROOT, project, ignore=left_out)
    catalogs = project / "locale" / TAG / "LC_MESSAGES"
    sound = {path: path.read_text(encoding="utf-8") for path in catalogs.rglob("*.po")}
    anyway = {
        checker.name: flag(checker, project, catalogs, scratch / f"sound-{checker.name}")
        for checker in checkers
    }
    figures: dict[str, float] = {}
    found = dict.fromkeys(CHECKERS, 0)
    damaged = 0
    for kind in KINDS:
        hurt = _damage(sound, kind)
        damaged += len(hurt)
        for checker in checkers:
            out = scratch / f"{kind}-{checker.name}"
            own = (flag(checker, project, catalogs, out) - anyway[checker.name]) & hurt
            found[checker.name] += len(own)
            if hurt:
                figures[f"{kind}: {checker.name}, %"] = 100 * len(own) / len(hurt)
    figures["damaged entries"] = damaged
    total = sum(text.count('\nmsgctxt "') for text in sound.values())
    for checker in checkers:
        figures[f"all damage: {checker.name}, %"] = 100 * found[checker.name] / damaged
        share = 100 * len(anyway[checker.name]) / total
        figures[f"flagged in sound catalogs: {checker.name}, %"] = share
    return figures


def _damage(sound: dict[Path, str], kind: str) -> Flagged:
    """Write the catalogs with this damage in some of their entries; return the IDs of these."""
    random = Random(kind)
    hurt: Flagged = set()
    for path, text in sound.items():
        catalog = parse(text)
        entries = list(catalog.entries)
        for place, entry in enumerate(entries):
            if entry.is_obsolete or not entry.is_translated or entry.is_fuzzy:
                continue
            _, damage = KINDS[kind]
            msgstr = damage(entry.msgstr, random)
            is_hurt = msgstr != entry.msgstr and damage(entry.msgid, random) != entry.msgid
            if is_hurt and random.random() < SHARE:
                entries[place] = replace(entry, msgstr=msgstr, raw=None)
                hurt.add(entry.msgctxt or "")
        path.write_text(serialize(replace(catalog, entries=tuple(entries))), encoding="utf-8")
    return hurt
