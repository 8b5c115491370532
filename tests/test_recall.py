"""Damage that is done to good translations is found, and under the right name."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from articles import ALL_EXTENSIONS, grammar
from bitext.checks import PAIR_CHECKS, Pair, Severity, find_in_pair
from bitext.po import Entry, parse
from mutations import KINDS

ROOT = Path(__file__).resolve().parents[1]
GRAMMAR = grammar(*ALL_EXTENSIONS)
SEVERITIES = {check.id: check.severity for check in PAIR_CHECKS}
LEAST = {Severity.ERROR: 0.99, Severity.WARNING: 0.95}
"""The share of damages that checks of a severity have to find."""

_INFORMATION = {name for name, severity in SEVERITIES.items() if severity is Severity.INFO}

SENTENCES = (
    ("Run `make html` in {{ folder }} first.", "Najprej v {{ folder }} zaženite `make html`."),
    ("See [the guide](guide.md) and {ref}`start`.", "Glejte [vodnik](guide.md) in {ref}`start`."),
    ("Press <kbd>Enter</kbd> **once**.[^1]", "**Enkrat** pritisnite <kbd>Enter</kbd>.[^1]"),
    ("Wait 10 minutes (or 600 seconds).", "Počakajte 10 minut (oziroma 600 sekund)."),
    ("Select {guilabel}`Save` at 80 %.[^note]", "Pri 80 % izberite {guilabel}`Shrani`.[^note]"),
)


def _pairs() -> list[tuple[str, str]]:
    """Return the sentences above and those of the manual in Slovenian."""
    paths = sorted((ROOT / "locale/sl-SI").rglob("*.po"))
    catalogs = [parse(path.read_text(encoding="utf-8")) for path in paths]
    entries = [entry for catalog in catalogs for entry in catalog.entries]
    own = [(e.msgid, e.msgstr) for e in entries if e.is_translated and not e.is_obsolete]
    assert len(own) > 300
    return [*SENTENCES, *own]


PAIRS = _pairs()


def _found(english: str, translation: str) -> set[str]:
    pair = Pair(Entry(english, translation), "sl-SI", GRAMMAR)
    return {check.id for check, _ in find_in_pair(pair)} - _INFORMATION


def test_the_manual_is_without_findings() -> None:
    found = {translation: _found(english, translation) for english, translation in PAIRS}
    assert {text: names for text, names in found.items() if names} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_found_under_its_name(kind: str) -> None:
    checks, damage = KINDS[kind]
    random = Random(kind)
    results = [
        _found(english, damaged) & set(checks)
        for english, translation in PAIRS * 3
        if damage(english, random) != english  # else it is no damage to lose it
        and (damaged := damage(translation, random)) != translation
    ]
    assert len(results) > 2
    assert sum(map(bool, results)) / len(results) >= LEAST[SEVERITIES[checks[0]]]
