"""What translators' memories cost: near search and `bitext update`, beside gettext's tools."""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from rapidfuzz.distance import Indel
from rapidfuzz.process import extractOne

from bitext.near import NearIndex
from bitext.po import Catalog, Entry, parse, serialize
from bitext.segments import make_grammar, read_article
from bitext.settings import Settings

from .build_cost import TAG, mark
from .corpora import CORPORA, make_project
from .replay import read_articles, read_histories
from .timing import Timing, time_command

SENTENCES, QUERIES = 50_000, 2_000
NEAR = 0.75
ROUNDS = 3
ARTICLES = 2_190
EDITED_ARTICLES = 10
"""One article in so many is edited."""


def run(scratch: Path) -> dict[str, float]:
    """Measure a memory of 50,000 sentences, and an update of alchemy; return the figures."""
    return _measure_near(scratch) | _measure_update(scratch)


def _measure_near(scratch: Path) -> dict[str, float]:
    known, queries = _sentences()
    ours: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        index = NearIndex(known)
        together = index.find_all(queries, least=NEAR)
        ours.append(time.perf_counter() - start)
    start = time.perf_counter()
    brute = [
        extractOne(query, known, scorer=Indel.normalized_similarity, score_cutoff=NEAR)
        for query in queries
    ]
    slow = time.perf_counter() - start
    found = [together[query] for query in queries]
    best = sum(1 for a, b in zip(found, brute, strict=True) if b and a and abs(a[1] - b[1]) < 1e-9)
    theirs = _time_msgmerge(scratch, known, queries)
    return {
        "sentences in the memory": len(known),
        "near searches": len(queries),
        "bitext, index and searches, s": min(ours),
        "brute force, s": slow,
        "found as near as by brute force, %": 100 * best / sum(1 for b in brute if b),
        "msgmerge with a compendium, the same searches, s": theirs,
        "times faster than msgmerge": theirs / min(ours),
    }


def _sentences() -> tuple[list[str], list[str]]:
    """Return sentences of real articles, and edited ones to look for: real edits first."""
    choose = random.Random(1)
    grammar = make_grammar(Settings())
    known: set[str] = set()
    queries: list[str] = []
    for name, versions in read_histories(CORPORA / "alchemy-history.jsonl.xz"):
        texts = [read_article(name, text, grammar).texts for text in versions]
        known.update(text for version in texts[:-1] for text in version)
        queries.extend(text for text in texts[-1] if len(texts) > 1)
    whole = sorted(known)
    while len(known) < SENTENCES:
        first, second = (choose.choice(whole).split() for _ in range(2))
        known.add(" ".join([*first[: len(first) // 2 + 1], *second[len(second) // 2 :]]))
    wanted = sorted(set(queries) - known)
    choose.shuffle(wanted)
    while len(wanted) < QUERIES:
        words = choose.choice(whole).split()
        words[choose.randrange(len(words))] = "changed"
        wanted.append(" ".join(words))
    return sorted(known), wanted[:QUERIES]


def _time_msgmerge(scratch: Path, known: Sequence[str], queries: Sequence[str]) -> float:
    """Return the seconds that msgmerge takes for the queries, on as many cores as it takes.

    What it takes to read the compendium is not counted.
    """
    folder = scratch / "msgmerge"
    folder.mkdir()
    (folder / "empty.po").write_text(_catalog([]), encoding="utf-8")
    (folder / "compendium.po").write_text(_catalog(known), encoding="utf-8")
    walls: list[float] = []
    for name, asked in (("none", ()), ("all", queries)):
        pot = folder / f"{name}.pot"
        pot.write_text(_catalog(asked, is_template=True), encoding="utf-8")
        command = ["msgmerge", "-q", "-C", "compendium.po", "empty.po", pot.name]
        walls.append(min(time_command(command, folder).wall for _ in range(ROUNDS)))
    return walls[1] - walls[0]


def _catalog(texts: Sequence[str], *, is_template: bool = False) -> str:
    header = Entry(msgid="", msgstr="Content-Type: text/plain; charset=UTF-8\n")
    entries = tuple(Entry(text, "" if is_template else mark(text)) for text in texts)
    return serialize(Catalog(header, entries, "", "\n"))


def _measure_update(scratch: Path) -> dict[str, float]:
    source = _write_articles(scratch / "alchemy")
    project = make_project(
        scratch / "update", [("alchemy", source)], languages=f"{TAG} de-DE ja-JP"
    )
    bitext = [sys.executable, "-m", "bitext"]
    for command in ("gettext", "update"):
        time_command([*bitext, command, "-q"], project)
    for path in (project / "locale").rglob("*.po"):
        catalog = parse(path.read_text(encoding="utf-8"))
        entries = tuple(replace(e, msgstr=mark(e.msgid), raw=None) for e in catalog.entries)
        path.write_text(serialize(replace(catalog, entries=entries)), encoding="utf-8")
    before = scratch / "before"
    shutil.copytree(project / "locale", before)
    articles = sorted((project / "source" / "alchemy").rglob("*.md"))
    for path in articles[::EDITED_ARTICLES]:
        _edit(path)
    time_command([*bitext, "gettext", "-q"], project)
    after = scratch / "pot"
    shutil.copytree(project / "locale" / "pot", after)
    figures: dict[str, float] = {"articles": len(articles)}
    updates: dict[str, Callable[[], Timing]] = {}
    for tags in (("sl-SI",), ("sl-SI", "de-DE", "ja-JP")):
        words = [word for tag in tags for word in ("-l", tag)]
        updates[f"bitext update, {len(tags)} of 3 languages"] = partial(
            time_command, [*bitext, "update", "-q", *words], project
        )
    intl = str(Path(sys.executable).with_name("sphinx-intl"))
    updates["sphinx-intl update"] = partial(
        time_command,
        [intl, "update", "-p", "locale/pot", "-d", "locale", "-l", TAG],
        project,
    )
    updates["msgmerge per file"] = partial(_time_merges, project)
    found: dict[str, list[Timing]] = {name: [] for name in updates}
    for _ in range(ROUNDS):  # one after the other: what else the machine does hits all alike
        for name, update in updates.items():
            _reset(project, before, after)
            found[name].append(update())
    for name, timings in found.items():
        figures[f"{name}, s"] = min(timing.wall for timing in timings)
        figures[f"{name}, CPU s"] = min(timing.cpu for timing in timings)
    ours = figures["bitext update, 1 of 3 languages, s"]
    figures["times faster than sphinx-intl"] = figures["sphinx-intl update, s"] / ours
    figures["times faster than msgmerge per file"] = figures["msgmerge per file, s"] / ours
    return figures


def _write_articles(folder: Path) -> Path:
    """Write 2,190 real articles."""
    for name, text in read_articles(ARTICLES):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _edit(path: Path) -> None:
    """Change a word in the body of an article."""
    text = path.read_text(encoding="utf-8-sig")
    head, _, tail = text.rpartition(" the ")
    path.write_text(f"{head} every {tail}" if head else f"{text}\n\nMore.\n", encoding="utf-8")


def _reset(project: Path, before: Path, pot: Path) -> None:
    """Bring back the catalogs as they were, with the new POTs."""
    shutil.rmtree(project / "locale")
    shutil.copytree(before, project / "locale")
    shutil.rmtree(project / "locale" / "pot")
    shutil.copytree(pot, project / "locale" / "pot")


def _time_merges(project: Path) -> Timing:
    """Run msgmerge once for each PO file and return what all of them cost."""
    folder = project / "locale" / TAG / "LC_MESSAGES"
    timings = [
        time_command(
            ["msgmerge", "-q", "-U", "--backup=none", str(po), str(_template_of(po, project))],
            project,
        )
        for po in folder.rglob("*.po")
    ]
    return Timing(
        sum(timing.wall for timing in timings),
        sum(timing.cpu for timing in timings),
        sum(timing.user for timing in timings),
        max(timing.memory for timing in timings),
    )


def _template_of(po: Path, project: Path) -> Path:
    below = po.relative_to(project / "locale" / TAG / "LC_MESSAGES")
    return (project / "locale" / "pot" / below).with_suffix(".pot")
