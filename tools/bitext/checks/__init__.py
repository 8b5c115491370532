"""Checks: what can be wrong with a translation, each declared once.

A check is a value: its ID, why it matters, and a generator that finds. To add one, write the
generator in the module of its group, wrap it in a `Check`, and list it in `table.CHECKS`. Its
ID is never used for anything else. What explains checks is in `explain`, and what looks at built
pages in `audit`: most commands need neither.
"""

from __future__ import annotations

from bitext.checks.model import (
    Check,
    CheckReport,
    Example,
    Finding,
    LanguageCheck,
    PairCheck,
    Severity,
    Unit,
)
from bitext.checks.pair import Pair
from bitext.checks.table import CHECKS, PAIR_CHECKS, check_catalog, find_in_pair
from bitext.checks.whole import LANGUAGE_CHECKS, find_in_language

__all__ = [
    "CHECKS",
    "LANGUAGE_CHECKS",
    "PAIR_CHECKS",
    "Check",
    "CheckReport",
    "Example",
    "Finding",
    "LanguageCheck",
    "Pair",
    "PairCheck",
    "Severity",
    "Unit",
    "check_catalog",
    "find_in_language",
    "find_in_pair",
]
