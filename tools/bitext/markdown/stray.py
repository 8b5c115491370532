"""Markup of a translation that comes to nothing: a page shows it as text.

It does no harm there: a translation is only ever inline Markdown, and what is refused is not
rendered. But no translator means it. A number at the start (``2024. ``) is no finding: it would
begin a list in an article, and begins sentences in many languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_REFUSED = re.compile(r"(?:\]\(\s*<?|<)(?:javascript|vbscript|file|data):", re.IGNORECASE)
"""Links that markdown-it itself refuses to make."""

_MARKS = ("](", "**", "~~", "`", "|", "]{")
"""What is shown as text only if it lacks its other half, or its table."""

_HINT = re.compile(r"[`|<&]|\](?=[({])|\*\*|~~")
"""Without one of these nothing is left over."""

_BLOCK = re.compile(
    r"""
      [#]{1,6}(?=\s|\Z)               # heading
    | [-+*](?=\s)                     # list item
    | >                               # quote
    | (?:[-*_=]\s*){3,}\Z             # rule, underline
    | (?:`{3,}|~{3,}|:{3,})           # fence
    | %(?=\s+[^\W\d])                 # comment
    | \+{3}                           # block break
    | \([^()\s]+\)=                   # target
    | \[[^\[\]]+\]:                   # definition of a link or footnote
    | :[^\s:][^:]*:(?=\s|\Z)          # field
    | \{[^{}\s][^{}]*\}\Z             # attributes
    """,
    re.VERBOSE,
)


def find_stray(
    translation: str, tokens: Sequence[Token], *, source: str, source_tokens: Sequence[Token]
) -> str:
    """Return the markup that `translation` only shows and its English does not; empty if none.

    `tokens` are those of the translation, `source_tokens` those of its English `source`.
    """
    block = _BLOCK.match(translation)
    if block and not source.startswith(block[0].strip()):
        return f"{block[0].strip()!r} at its start"
    if not _HINT.search(translation):
        return ""
    shown = "".join(_texts(tokens))
    found = [mark for mark in _MARKS if mark in shown]
    refused = _REFUSED.search(shown)
    if not found and not refused:
        return ""
    source_shown = "".join(_texts(source_tokens))
    if refused and not _REFUSED.search(source_shown):
        return f"link to {refused[0].lstrip('](< ')!r}"
    return next((f"a lone {mark!r}" for mark in found if mark not in source_shown), "")


def _texts(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the texts of tokens; those with a backslash before them are meant as text."""
    for token in tokens:
        if token.children:
            yield from _texts(token.children)
        elif token.type == "text" or token.info == "entity":
            yield token.content
        else:
            yield "\0"
