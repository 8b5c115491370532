"""What the published pipeline changed besides: made only with ``--normalize``.

Tabs became spaces up to the next column that is a multiple of four, and a no-break space became a
space, in code too. A line that ends in one space after a sentence was joined with the next. In the
English of pairs, stars and backticks that mean themselves were escaped, and emphasis that ends
before a letter got a space behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from bitext.markdown.spans import Located, Span

_LOST = re.compile("[\t\u00a0]")
_JOINED = re.compile(r"(?<![ ]) \n[ \t]*(?:>[ \t]?)*[ \t]*")
_TAB = 4
_LITERAL = re.compile(r"(?<!\\)[*`]")
_MOST_LITERALS = 40
"""Characters tried in one sentence."""

_EMPHASIS = re.compile(r"(?<![\\*\w])(\*\*)(?![\s*])[^*]*(?<![\s\\*])\1(?=\w)")


def lose(text: str, span: Span) -> str:
    """Return a stretch of an article as the pipeline left it."""
    own = text[span.start : span.end]
    if not _LOST.search(own):
        return own
    begin = text.rfind("\n", 0, span.start) + 1
    lead = text[begin : span.start].expandtabs(_TAB)
    lines = (lead + own).split("\n")
    return "\n".join(line.expandtabs(_TAB) for line in lines)[len(lead) :].replace("\u00a0", " ")


Parse = Callable[[str], object]
"""Returns what inline Markdown means, in a form that is equal for equal meaning."""


def escape_literals(text: str, parse: Parse) -> str:
    """Return a sentence with a backslash before each star and backtick that means itself.

    One that means itself is one that may be escaped without changing what the sentence means.
    """
    if not _LITERAL.search(text):
        return text
    whole = parse(text)
    position = 0
    for _ in range(_MOST_LITERALS):
        found = _LITERAL.search(text, position)
        if found is None:
            break
        escaped = f"{text[: found.start()]}\\{text[found.start() :]}"
        is_literal = not _is_in_target(text, found.start()) and parse(escaped) == whole
        text = escaped if is_literal else text
        position = found.end() + is_literal
    return _EMPHASIS.sub(r"\g<0> ", text)


def _is_in_target(text: str, place: int) -> bool:
    """Tell whether a place is inside the target of a link, or an autolink."""
    before = text[:place]
    opened = max(before.rfind("]("), before.rfind("<"))
    return opened >= 0 and not re.search(r"[)>\s]", before[opened + 2 :])


def find_joined(text: str, located: Sequence[Located | None]) -> list[Span]:
    """Return the white space between sentences of one block that became a single space."""
    found: list[Span] = []
    for block in located:
        spans = block.segments if block else ()
        for before, after in pairwise(spans):
            if _JOINED.fullmatch(text, before.end, after.start):
                found.append(Span(before.end, after.start))
    return found
