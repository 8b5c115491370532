"""Three blocks of four begin with a letter or ``#``; most rules never do, and are not tried there.

markdown-it tries each rule of blocks on each line. The JavaScript parser that it comes from has
a place for anchors by character, which neither uses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

RULE = "bitext_beginnings"

_Rule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]

_NOT_LETTERS = frozenset(
    {
        *("front_matter", "fence", "colon_fence", "blockquote", "hr", "list", "reference"),
        *("html_block", "footnote_def", "math_block", "amsmath", "fieldlist", "attr"),
        *("myst_line_comment", "myst_block_break", "myst_target"),
        *("learn_marker", "learn_command"),
    }
)
"""Rules of blocks that begin with a mark or a digit; a rule that is not here is tried."""

_HEADING = "heading"
_CODE_INDENT = 4


def beginnings_plugin(md: MarkdownIt) -> None:
    """Let blocks that begin with a letter or ``#`` be found by the rules that can find them."""
    first = md.block.ruler.get_all_rules()[0]
    md.block.ruler.before(first, RULE, _Beginnings(md), {"alt": []})


class _Beginnings:
    """The rule that stands before all others."""

    def __init__(self, md: MarkdownIt) -> None:
        self._ruler = md.block.ruler
        self._known: Sequence[_Rule] = ()
        """The rules that the two below were chosen from."""

        self._letters: Sequence[_Rule] = ()
        self._headings: Sequence[_Rule] = ()

    def __call__(self, state: StateBlock, line: int, end: int, silent: bool) -> bool:
        if state.sCount[line] - state.blkIndent >= _CODE_INDENT:
            return False
        begin = state.src[state.bMarks[line] + state.tShift[line]]
        is_heading = begin == "#"
        if not is_heading and not begin.isalpha():
            return False
        rules = self._ruler.getRules("")
        if rules is not self._known:
            self._choose(rules)
        for rule in self._headings if is_heading else self._letters:
            if rule(state, line, end, silent):
                return True
        return False

    def _choose(self, rules: Sequence[_Rule]) -> None:
        named = list(zip(self._ruler.get_active_rules(), rules, strict=True))
        self._known = rules
        self._headings = [rule for name, rule in named if name not in {RULE, *_NOT_LETTERS}]
        self._letters = [
            rule for name, rule in named if name not in {RULE, _HEADING, *_NOT_LETTERS}
        ]
