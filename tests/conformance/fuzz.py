"""Hostile catalogs at random: no page holds what its English does not; ``FUZZ_SEED`` begins."""

from __future__ import annotations

import os
from pathlib import Path

from fuzz import run_fuzz

ROUNDS = 20
PAGES = 15


def run(folder: Path) -> bool:
    """Build pages of random translations, round by round; print each that broke its page."""
    first = int(os.environ.get("FUZZ_SEED", "0"))
    tried = 0
    holds = True
    for seed in range(first, first + ROUNDS):
        count, broken = run_fuzz(folder / str(seed), seed, pages=PAGES)
        tried += count
        holds &= not broken
        for each in broken[:10]:
            print(f"seed {seed}: {each.what}\n  {each.english!r}\n  {each.translation!r}")
    print(f"fuzz: {tried} translations in seeds {first} to {first + ROUNDS - 1}")
    return holds and tried > 10_000
