"""Find where sentences end in the inline Markdown of one block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bitext.sentences.context import read_place
from bitext.sentences.rules import Rules


class Cut(NamedTuple):
    """The gap between two sentences of one text: ``text[start:end]``.

    The gap is white space and never empty. Only a hard line break's gap may also hold the
    backslash before the line feed, which then belongs to neither sentence.
    """

    start: int
    """The end of the left sentence."""

    end: int
    """The start of the next sentence."""


# The mark comes first and alone so that `re` can skip to it at the speed of a byte search;
# possessive repeats and bounded lengths keep hostile text linear.
_END = r"""
    (?P<mark>[{marks}](?<![{marks}].)[{marks}]*+)   # a whole run of terminators
    (?P<closers>(?:
        \]\([^()\s]{{0,300}}\)                      # a link ends: ](target)
      | \]\[[^][\n]{{0,100}}\]                      # ][reference]
      | [ ]?\[\^[^][\s]{{1,60}}\]                   # a footnote reference
      | \[[0-9]{{1,3}}\]                            # [12]
      | \{{[^{{}}\s`]{{1,60}}\}}(?:`[^`\n]{{1,120}}`)?  # attributes, or a role such as a citation
      | </[A-Za-z][A-Za-z0-9]{{0,15}}> | <br[ ]?/?> # an HTML tag ends
      | ["'”’»›)\]*_~]                              # quotes, parentheses, emphasis
    )*+)
    \s++(?=\S)                                      # white space, and more text behind it
"""
_BREAK = re.compile(
    r"""
    (?: (?<=[^\s\\]) | (?<!\\)(?:\\\\)++    # after text; an even run of backslashes is text,
      | (?<=\\)(?=[ ]{2}) )                    # and so is one before spaces
    (?P<gap>(?:
        [ \t]*+
        (?: \\\n | (?<=[ ]{2})\n )          # a backslash or two spaces, then the line's end
        \s*+                                # the next line's indent
    )++)                                    # a row of them is one gap
    (?=\S)
    """,
    re.VERBOSE,
)


def find_cuts(text: str, rules: Rules) -> list[Cut]:
    """Return the candidate sentence boundaries of `text`, in order, none touching another.

    `text` is the inline Markdown of one block, soft breaks as line feeds. Nothing is parsed:
    the caller drops candidates inside code, links, emphasis, tags, math and the like (to the
    rules that look at a sentence's start, a dropped one was a start all the same).
    Takes time linear in the length of `text`. Cutting a piece again finds nothing, because
    no rule looks behind the sentence's start.

    >>> from bitext.sentences import PLAIN
    >>> find_cuts("Save it. Then restart.", PLAIN)
    [Cut(start=8, end=9)]
    """
    cuts: list[Cut] = []
    start = 0
    for hard in _find_hard_breaks(text) if rules.hard_breaks_cut else ():
        cuts += _find_sentence_ends(text, rules, start=start, end=hard.start)
        cuts.append(hard)
        start = hard.end
    cuts += _find_sentence_ends(text, rules, start=start, end=len(text))
    return cuts


def split(text: str, rules: Rules) -> list[str]:
    """Return the sentences of `text` without the gaps between them."""
    cuts = find_cuts(text, rules)
    starts = [0, *(cut.end for cut in cuts)]
    ends = [*(cut.start for cut in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@cache
def _compile_end(terminators: str) -> re.Pattern[str]:
    """Return the pattern of a place where a sentence may end."""
    return re.compile(_END.format(marks=re.escape(terminators)), re.VERBOSE)


def _find_sentence_ends(text: str, rules: Rules, *, start: int, end: int) -> Iterator[Cut]:
    """Yield the cuts after terminators in ``text[start:end]``, a stretch without hard breaks."""
    for match in _compile_end(rules.language.terminators).finditer(text, start, end):
        place = read_place(text, match, start=start, language=rules.language)
        if rules.row(place).cuts:
            yield Cut(match.end("closers"), match.end())
            start = match.end()


def _find_hard_breaks(text: str) -> Iterator[Cut]:
    """Yield the gaps of hard line breaks that have text on both sides."""
    if "  \n" in text or "\\\n" in text:
        for match in _BREAK.finditer(text):
            yield Cut(*match.span("gap"))
