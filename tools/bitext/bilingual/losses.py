"""What the published pipeline changed besides: made only with ``--normalize``.

Tabs became spaces up to the next column that is a multiple of four, and a no-break space became a
space, in code too. A line that ends in one space after a sentence was joined with the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bitext.markdown.spans import Located, Span

_LOST = re.compile("[\t\u00a0]")
_JOINED = re.compile(r"(?<![ ]) \n[ \t]*(?:>[ \t]?)*[ \t]*")
_TAB = 4


def lose(text: str, span: Span) -> str:
    """Return a stretch of an article as the pipeline left it."""
    own = text[span.start : span.end]
    if not _LOST.search(own):
        return own
    begin = text.rfind("\n", 0, span.start) + 1
    lead = text[begin : span.start].expandtabs(_TAB)
    lines = (lead + own).split("\n")
    return "\n".join(line.expandtabs(_TAB) for line in lines)[len(lead) :].replace("\u00a0", " ")


def find_joined(text: str, located: Sequence[Located | None]) -> list[Span]:
    """Return the white space between sentences of one block that became a single space."""
    found: list[Span] = []
    for block in located:
        spans = block.segments if block else ()
        for before, after in pairwise(spans):
            if _JOINED.fullmatch(text, before.end, after.start):
                found.append(Span(before.end, after.start))
    return found
