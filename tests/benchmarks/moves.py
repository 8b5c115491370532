"""Rename, split and merge real articles: do translations follow, in every language?"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bitext.model import State
from bitext.po import Catalog, Entry, parse, serialize
from bitext.states import state_of

from .corpora import CORPORA, make_project
from .replay import read_histories
from .timing import time_command

TAGS = ("sl-SI", "de-DE", "ja-JP")
RENAMED, SPLIT, MERGED = 100, 20, 20
EDITED_SENTENCES = 10
"""One sentence in so many of a renamed article is edited."""


def run(scratch: Path) -> dict[str, float]:
    """Move alchemy's articles about, 1,057 of them, and return the figures by name."""
    source = scratch / "alchemy"
    for name, versions in read_histories(CORPORA / "alchemy-history.jsonl.xz"):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(versions[-1], encoding="utf-8")
    project = make_project(scratch / "moves", [("alchemy", source)], languages=" ".join(TAGS))
    _refresh(project)
    for tag in TAGS:
        for path in _catalogs(project, tag):
            catalog = parse(path.read_text(encoding="utf-8"))
            entries = tuple(_translate(entry, tag, path) for entry in catalog.entries)
            path.write_text(serialize(replace(catalog, entries=entries)), encoding="utf-8")
    before = _sentences(project)
    moved = _move(sorted((project / "source" / "alchemy").rglob("*.md")))
    _refresh(project)
    after = _sentences(project)
    figures: dict[str, float] = {"articles renamed, split or merged": moved}
    for tag in TAGS:
        live = (entry for path in _catalogs(project, tag) for entry in _live(path))
        kept = [entry for entry in live if entry.msgid in before]
        lost = [e for e in kept if state_of(e) is not State.TRANSLATED]
        figures[f"unchanged sentences, {tag}"] = len(kept)
        figures[f"of them not translated now, {tag}"] = len(lost)
    figures["sentences that are gone"] = len(before - after)
    return figures


def _refresh(project: Path) -> None:
    for command in ("gettext", "update"):
        time_command([sys.executable, "-m", "bitext", command, "-q"], project)


def _catalogs(project: Path, tag: str) -> Iterator[Path]:
    return (project / "locale" / tag).rglob("*.po")


def _live(path: Path) -> Sequence[Entry]:
    catalog: Catalog = parse(path.read_text(encoding="utf-8"))
    return [entry for entry in catalog.entries if not entry.is_obsolete]


def _translate(entry: Entry, tag: str, path: Path) -> Entry:
    """Translate an entry as this article's translator alone would."""
    return replace(entry, msgstr=f"{tag} {path.stem}: {entry.msgid}", raw=None)


def _sentences(project: Path) -> set[str]:
    return {entry.msgid for path in _catalogs(project, TAGS[0]) for entry in _live(path)}


def _move(articles: Sequence[Path]) -> int:
    """Rename, split and merge articles; return how many."""
    choose = random.Random(1)
    chosen = choose.sample([path for path in articles if path.stat().st_size > 1500], 160)
    for path in chosen[:RENAMED]:
        target = path.parent / "moved" / f"new-{path.name}"
        target.parent.mkdir(exist_ok=True)
        target.write_text(_edit(path.read_text(encoding="utf-8"), choose), encoding="utf-8")
        path.unlink()
    for path in chosen[RENAMED : RENAMED + SPLIT]:
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        half = len(blocks) // 2
        path.write_text("\n\n".join(blocks[:half]) + "\n", encoding="utf-8")
        other = path.with_name(f"part-{path.name}")
        other.write_text("\n\n".join(blocks[half:]), encoding="utf-8")
    rest = chosen[RENAMED + SPLIT :][: 2 * MERGED]
    for first, second in zip(rest[::2], rest[1::2], strict=True):
        with first.open("a", encoding="utf-8") as file:
            file.write("\n\n" + second.read_text(encoding="utf-8").rpartition("\n---\n")[2])
        second.unlink()
    return RENAMED + SPLIT + 2 * MERGED


def _edit(text: str, choose: random.Random) -> str:
    """Change a word in a tenth of the lines of an article's body."""
    head, rule, body = text.rpartition("\n---\n")
    lines = body.split("\n")
    for place, line in enumerate(lines):
        if line[:1].isalpha() and choose.randrange(EDITED_SENTENCES) == 0:
            lines[place] = f"{line[:-1].rpartition(' ')[0]} indeed."
    return head + rule + "\n".join(lines)
