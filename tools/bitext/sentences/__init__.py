"""Where one sentence ends and the next begins, in the inline Markdown of one block.

Two named sets of rules: `PLAIN` for our own articles, `PUBLISHED` for reading and writing
Microsoft's side-by-side files. Both are tables. To change what a set decides, add a case to
``tests/cases/sentences``, then a word to a list (`english`, `published`) or a row to the
set's table, and raise the set's version: it stands in each POT.

The layers: `rules` (what tables are made of) ← `english`, `plain`, `published` (tables) and
`context` (what stands around a terminator) ← `cuts` (the search).
"""

from __future__ import annotations

from collections.abc import Mapping

from bitext.sentences.cuts import Cut, find_cuts, split
from bitext.sentences.plain import PLAIN
from bitext.sentences.published import PUBLISHED
from bitext.sentences.rules import Rules

RULES: Mapping[str, Rules] = {rules.name: rules for rules in (PLAIN, PUBLISHED)}
"""The rule sets by name, as settings and POT headers spell it."""

LABELS: Mapping[str, Rules] = {rules.label: rules for rules in RULES.values()}
"""The rule sets by name and version, former versions included, as POT headers spell them."""

__all__ = ["LABELS", "PLAIN", "PUBLISHED", "RULES", "Cut", "Rules", "find_cuts", "split"]
