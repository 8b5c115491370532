"""Damage that is done to good translations is found, and under the right name.

A sample; ``make conformance PARTS=recall`` does it to whole documentations.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from articles import ALL_EXTENSIONS, grammar
from bitext.checks import LANGUAGE_CHECKS, PAIR_CHECKS, Pair, Severity, find_in_pair
from bitext.po import Entry, parse
from mutations import KINDS, PAIR_KINDS, measure, wanted_checks

ROOT = Path(__file__).resolve().parents[1]
GRAMMAR = grammar(*ALL_EXTENSIONS)
SEVERITIES = {check.id: check.severity for check in PAIR_CHECKS}
LEAST = {Severity.ERROR: 0.99, Severity.WARNING: 0.95, Severity.INFO: 0.95}
"""The share of damages that checks of a severity have to find."""

SAMPLE = 60
"""Pairs that each kind of damage is done to here."""

UNTRIED = {
    "term": "needs a file of terms: tests/test_glossary.py",
    "do-not-translate": "needs a file of terms: tests/test_glossary.py",
    "bold-moved": "needs words that stay English: its examples",
}
"""Checks without a kind of damage, each with the reason."""

SENTENCES = (
    ("Run `make html` in {{ folder }} first.", "Najprej v {{ folder }} zaženite `make html`."),
    ("See [the guide](guide.md) and {ref}`start`.", "Glejte [vodnik](guide.md) in {ref}`start`."),
    ("Press <kbd>Enter</kbd> **once**.[^1]", "**Enkrat** pritisnite <kbd>Enter</kbd>.[^1]"),
    ("Wait 10 minutes (or 600 seconds).", "Počakajte 10 minut (oziroma 600 sekund)."),
    ("Select {guilabel}`Save` at 80 %.[^note]", "Pri 80 % izberite {guilabel}`Shrani`.[^note]"),
    ("Let $x = 1$ be ![it](it.png) here.", "Naj bo tukaj $x = 1$ kot ![to](it.png)."),
    ("One street\\\nand one town", "Ena ulica\\\nin eno mesto"),
    ("The \\*name\\* is shown with its stars.", "Beseda \\*ime\\* je zapisana z zvezdicama."),
    ("Now select **Save**.", "Zdaj izberite **Shrani**."),
)


@cache
def _find(english: str, translation: str) -> set[str]:
    pair = Pair(Entry(english, translation), "sl-SI", GRAMMAR)
    return {check.id for check, _ in find_in_pair(pair)}


def _pairs() -> list[tuple[str, str]]:
    """Return the sentences above and those of the manual in Slovenian."""
    paths = sorted((ROOT / "locale/sl-SI/LC_MESSAGES").rglob("*.po"))
    catalogs = [parse(path.read_text(encoding="utf-8")) for path in paths]
    entries = [entry for catalog in catalogs for entry in catalog.entries]
    own = [
        (e.msgid, e.msgstr)
        for e in entries
        if e.is_translated
        and not e.is_fuzzy
        and not e.is_obsolete
        and not any("bitext: ignore" in comment for comment in e.comments)
    ]
    assert len(own) > 300
    return [*SENTENCES, *own]


PAIRS = _pairs()


def test_the_manual_is_without_findings() -> None:
    found = {translation: _find(english, translation) for english, translation in PAIRS}
    assert {text: names for text, names in found.items() if names} == {}


def test_every_check_has_its_damage() -> None:
    tried = {check for kind in (*KINDS, *PAIR_KINDS) for check in wanted_checks(kind)}
    assert set(SEVERITIES) - tried == set(UNTRIED)
    assert len(LANGUAGE_CHECKS) == 3  # their damage is in tests/test_pair_checks.py


@pytest.mark.parametrize("kind", [*KINDS, *PAIR_KINDS])
def test_damage_is_found_under_its_name(kind: str) -> None:
    result = measure([*SENTENCES * 3, *PAIRS], _find, kind, most=SAMPLE)
    assert result.tried > 2
    severity = SEVERITIES[wanted_checks(kind)[0]]
    assert result.found / result.tried >= LEAST[severity], result.missed
    infos = {name for name, own in SEVERITIES.items() if own is Severity.INFO}
    assert [one for one in result.wrong if set(one[2]) - infos] == []
