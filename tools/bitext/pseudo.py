"""Text of the pseudo-language: English that is accented and longer, markup untouched.

On a site of it, whatever is left plain was never offered for translation, and what is cut off or
does not fit will be so in a longer language too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bitext.po import Catalog, Entry

_PLAIN = "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ"
_ACCENTED = "åƀçđéƒĝĥîĵķļɱñöþŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞŔŠŢÛṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
_GROWTH = 0.3
"""How much longer a sentence is: German and Slovenian are, of short ones even more."""

_FILLING = "one two three four five six seven eight nine ten ".split()

_MARKUP = re.compile(
    r"""
    (?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)   # code, and what a role names
    | \{[^{}\s]*\}                           # a role's name, attributes
    | \{\{.*?\}\}                            # a substitution
    | \{[^{}]*\}
    | \]\((?:<[^<>]*>|(?:[^()\s]|\([^()]*\))*)(?:\s+(?:"[^"]*"|'[^']*'))?\)   # a link's target
    | \]\[[^\[\]]*\]                         # a link's label
    | \[\^[^\[\]]*\]                         # a footnote
    | <[^<>]*>                               # a tag, an address
    | &[#\w]+;                               # an entity
    | \$+[^$]*\$+                            # math
    | \\.                                    # an escaped character
    | (?:https?://|mailto:|www\.)(?:[^\s<>()\[\]]|\([^()\s]*\))+
    | [\w.+-]+@[\w-]+\.[\w.-]+
    | %\(?\w*\)?[sdif]\b
    """,
    re.VERBOSE | re.DOTALL,
)
_LABEL = re.compile(r"(?<!\])\[([^\[\]^]+)\](?![\[(])")
"""A bare label may name a link: it stays, so that it is found."""


def pseudo_text(english: str) -> str:
    r"""Return a sentence accented and lengthened; its Markdown means the same.

    >>> pseudo_text("Run `make` in [the *shell*](a.md).")
    '⟦Ŕûñ `make` îñ [ţĥé *šĥéļļ*](a.md). öñé ţŵö ţĥŕéé⟧'
    """
    parts: list[str] = []
    end = 0
    for match in sorted([*_MARKUP.finditer(english), *_LABEL.finditer(english)], key=_place):
        if match.start() < end:
            continue
        parts += [english[end : match.start()].translate(_ACCENTS), match[0]]
        end = match.end()
    accented = "".join([*parts, english[end:].translate(_ACCENTS)])
    start = len(accented) - len(accented.lstrip())
    stop = len(accented.rstrip())
    filling = _fill(len(english)).translate(_ACCENTS)
    return f"{accented[:start]}⟦{accented[start:stop]}{filling}⟧{accented[stop:]}"


def _place(match: re.Match[str]) -> int:
    return match.start()


def _fill(length: int) -> str:
    """Return the words that make a text of this length longer."""
    words = ""
    for place in range(length):
        if len(words) >= length * _GROWTH - 2:
            break
        words += f" {_FILLING[place % len(_FILLING)]}"
    return words


def pseudo_catalog(template: Catalog) -> Catalog:
    """Return the catalog of the pseudo-language for a POT."""
    return replace(template, entries=tuple(map(_pseudo_entry, template.entries)))


def _pseudo_entry(entry: Entry) -> Entry:
    if entry.is_obsolete:
        return entry
    return replace(entry, msgstr=pseudo_text(entry.msgid), raw=None)
