"""The seam: a block's sentences parsed apart, joined, are the block parsed whole.

On every block of every corpus, and on 100,000 generated ones; ``SEAM_SEED`` begins.
"""

from __future__ import annotations

import os
import tarfile
from pathlib import Path
from random import Random
from unittest.mock import Mock, patch

from articles import ALL_EXTENSIONS, EXTENSIONS, INLINE, find_articles, find_histories, grammar
from bitext.markdown import segment_rule
from bitext.segments import read_article
from seams import Witness, environment, try_block

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
LINKIFY = (*ALL_EXTENSIONS, "linkify")
GRAMMARS = ((), EXTENSIONS, ALL_EXTENSIONS, LINKIFY)
GENERATED = 100_000
MOST_PIECES = 12


def run(folder: Path) -> bool:
    """Try every block; an assertion names the first that breaks."""
    for archive in sorted(CORPORA.glob("*.tar.xz")):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    with patch.object(segment_rule, "cut_block") as cut_block:
        blocks = _try_corpora(folder, cut_block)
    print(f"seam: {blocks} different blocks of all corpora")
    generated = _try_generated(int(os.environ.get("SEAM_SEED", "0")))
    print(f"seam: {generated} generated blocks, {len(GRAMMARS)} grammars in turn")
    return blocks > 50_000 and generated == GENERATED


def _try_corpora(folder: Path, cut_block: Mock) -> int:
    """Try the blocks of every article with our own extensions, MyST's also with all."""
    count = 0
    for name, extensions in (("", EXTENSIONS), ("myst", LINKIFY), ("nuget", ())):
        witness = Witness()
        cut_block.side_effect = witness
        for _, text in find_articles(folder / name):
            read_article("a.md", text, grammar(*extensions))
        if not name:
            for _, versions in find_histories(CORPORA / "alchemy-history.jsonl.xz"):
                read_article("a.md", versions[-1], grammar(*extensions))
        print(f"  {name or 'all corpora'}: {len(witness.seen)} blocks")
        count += len(witness.seen)
    return count


def _try_generated(seed: int) -> int:
    random = Random(seed)
    readers = [grammar(*extensions) for extensions in GRAMMARS]
    env = environment()
    tried = 0
    while tried < GENERATED:
        pieces = random.choices(INLINE, k=random.randint(1, MOST_PIECES))
        lines = "".join(pieces).split("\n")
        text = "\n".join(line for line in lines if line.strip()).strip()
        if text:
            reader = readers[tried % len(readers)]
            try_block(text, reader.parser, env, reader.find_cuts)
            tried += 1
    return tried
