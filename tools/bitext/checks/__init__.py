"""Checks: what can be wrong with a translation, each declared once.

A check is a value: its ID, why it matters, and a generator that finds. To add one, write the
generator in the module of its group, wrap it in a `Check`, and list it in `table.CHECKS`. Its
ID is never used for anything else.
"""

from __future__ import annotations

from bitext.checks.model import Check, CheckReport, Finding, Severity, Unit
from bitext.checks.table import CHECKS, check_catalog

__all__ = ["CHECKS", "Check", "CheckReport", "Finding", "Severity", "Unit", "check_catalog"]
