"""The checks find damage: each kind, done to translations that pass, in whole documentations.

The manual's, Microsoft's Slovenian and German side-by-side files, and fpm-docs' PO files;
``RECALL_SEED`` begins, ``RECALL_MOST`` pairs of each documentation get each kind of damage.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from articles import ALL_EXTENSIONS, EXTENSIONS, grammar
from bitext.checks import PAIR_CHECKS, Pair, Severity, find_in_pair
from bitext.errors import BitextError
from bitext.po import Entry, parse
from mutations import KINDS, PAIR_KINDS, Recall, measure, wanted_checks

from .corpora import ROOT, unpack

_PAIR = re.compile(
    r'<span data-ttu-id="([0-9a-f]+-p?[0-9]+)">(.*?)</span>'
    r'<span class="sxs-lookup"><span data-stu-id="\1">(.*?)</span></span>',
    re.DOTALL,
)
SEVERITIES = {check.id: check.severity for check in PAIR_CHECKS}
LEAST = {Severity.ERROR: 0.99, Severity.WARNING: 0.95, Severity.INFO: 0.95}
_TAGS = {"zh_CN": "zh-CN", "de": "de-DE", "fr": "fr-FR"}
_MOST_WRONG = 0.005
"""Share of damages that may bring another finding too: bold that is lost can leave a word twice."""

_FEW = 20
"""Damages of one kind below which a share says nothing."""

Pairs = list[tuple[str, str]]


def run(folder: Path) -> bool:
    """Do each kind of damage to each documentation; print what was found."""
    seed, most = (
        int(os.environ.get(f"RECALL_{name}", n)) for name, n in (("SEED", 0), ("MOST", 400))
    )
    total: dict[str, Recall] = {kind: Recall() for kind in (*KINDS, *PAIR_KINDS)}
    for name, language, pairs in _find_documentations(folder):
        extensions = EXTENSIONS if name == "alchemy" else ALL_EXTENSIONS
        own = _damage_all(language, pairs, extensions, seed=seed, most=most)
        for kind, result in own.items():
            total[kind].tried += result.tried
            total[kind].found += result.found
            total[kind].wrong += result.wrong
            total[kind].missed += result.missed
        print(f"recall: {name}, {language}: {sum(r.tried for r in own.values())} damages")
    held = [_print(kind, result) for kind, result in total.items()]  # all are printed
    return all(held)


def _damage_all(
    language: str, pairs: Pairs, extensions: tuple[str, ...], *, seed: int, most: int
) -> dict[str, Recall]:
    parser = grammar(*extensions)

    @cache
    def find(english: str, translation: str) -> set[str]:
        pair = Pair(Entry(english, translation), language, parser)
        return {check.id for check, _ in find_in_pair(pair)}

    good = [pair for pair in dict.fromkeys(pairs) if not find(*pair)]
    return {kind: measure(good, find, kind, seed=seed, most=most) for kind in (*KINDS, *PAIR_KINDS)}


def _print(kind: str, result: Recall) -> bool:
    """Print one line of the table; return whether the promise holds."""
    if not result.tried:
        print(f"  {kind}: never done")
        return True
    checks = wanted_checks(kind)
    share = result.found / result.tried
    infos = {name for name, severity in SEVERITIES.items() if severity is Severity.INFO}
    wrong = [one for one in result.wrong if set(one[2]) - infos]
    is_found = share >= LEAST[SEVERITIES[checks[0]]]
    holds = result.tried < _FEW or (is_found and len(wrong) <= max(2, _MOST_WRONG * result.tried))
    word = "" if holds else "  TOO FEW"
    print(f"  {kind} [{checks[0]}]: {result.found} of {result.tried} = {share:.1%}{word}", end="")
    print(f", under another name too: {len(wrong)}" if wrong else "")
    for english, translation in result.missed[: 0 if holds else 3]:
        print(f"    missed: {english!r} / {translation!r}")
    for english, translation, names in wrong[:3]:
        print(f"    {names}: {english!r} / {translation!r}")
    return holds


def _find_documentations(folder: Path) -> Iterator[tuple[str, str, Pairs]]:
    """Yield name, language and pairs."""
    for tag in ("sl-SI",):
        yield "the manual", tag, _read_catalogs(ROOT / "locale" / tag)
    unpack("myst.tar.xz", folder)
    unpack("alchemy.tar.xz", folder)
    for tag in ("sl-SI", "de-DE"):
        yield "alchemy", tag, _read_bilingual(folder / "alchemy" / tag)
    for catalogs in sorted((folder / "myst/fpm-docs/locale").iterdir()):
        tag = _TAGS.get(catalogs.name, catalogs.name)
        yield "fpm-docs", tag, _read_catalogs(catalogs)


def _read_bilingual(folder: Path) -> Pairs:
    pairs: Pairs = []
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        for _, translation, english in _PAIR.findall(text):
            if english.strip() and translation.strip():
                pairs.append((" ".join(english.split()), " ".join(translation.split())))
    return pairs


def _read_catalogs(folder: Path) -> Pairs:
    pairs: Pairs = []
    for path in sorted(folder.rglob("*.po")):
        try:
            entries = parse(path.read_text(encoding="utf-8")).entries
        except BitextError:
            continue  # one of them is broken
        pairs += [
            (e.msgid, e.msgstr)
            for e in entries
            if e.is_translated and not e.is_fuzzy and not e.is_obsolete
        ]
    return pairs
