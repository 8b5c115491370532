"""What a sentence of inline Markdown is made of: words, and what a translator would copy.

The cut is by shape alone, without a parser, so that each part keeps its place in the text;
who relies on it holds the result against a real parse.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class PartKind(StrEnum):
    """What a part is."""

    CODE = "code"
    """Code, math, a role, a substitution, a footnote, an attribute block."""

    IMAGE = "image"
    TARGET = "target"
    """A link's, from its closing bracket on: ``](guide.md)``."""

    ADDRESS = "address"
    TAG = "tag"
    NUMBER = "number"
    MARKER = "marker"
    """Emphasis, and the bracket that opens a link."""

    SIGN = "sign"
    """A punctuation mark that may be escaped, escaped or not."""

    SPACE = "space"
    WORD = "word"


class Part(NamedTuple):
    """A stretch of a sentence; all parts of one joined are the sentence."""

    kind: PartKind
    raw: str


COPIED = frozenset(
    {PartKind.CODE, PartKind.TARGET, PartKind.ADDRESS, PartKind.TAG, PartKind.NUMBER}
)
"""What a translation holds as its English does."""

_DESTINATION = r"""
    \(\s* (?: <[^<>\n]*> | (?: [^\s()\\<] | \\. | \([^\s()]*\) )* )
    (?: \s+ (?: "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' ) )? \s*\)
"""
_PART = re.compile(
    rf"""
    (?P<code> (?: \{{[\w:.+-]+\}} )? (?P<fence>`+)(?!`) .+? (?<!`)(?P=fence)(?!`)
        | \$\$.+?\$\$ | \$(?=[^\s$])[^$]*?[^\s$\\]\$(?!\d)
        | \{{\{{.*?\}}\}} | \[\^[^\[\]\s]+\] | (?<=[)\]`*_])\{{[^{{}}`]*\}} )
    | (?P<image> !\[ (?:[^\[\]\\]|\\.)* \] {_DESTINATION} )
    | (?P<target> \] (?: {_DESTINATION} | \[[^\[\]]+\] ) )
    | (?P<address> <[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*> | <[\w.+-]+@[\w.-]+>
        | (?:https?://|www\.)[^\s<>()\[\]*`"]*[^\s<>()\[\]*`".,:;!?'] )
    | (?P<tag> </?[A-Za-z][^<>]*> )
    | (?P<number> (?<!\w) \d+ (?:[.,]\d+)* (?!\w) )
    | (?P<marker> \*+ | ~~ | (?<!\w)_+(?=\S) | (?<=\S)_+(?!\w) | !?\[ )
    | (?P<sign> \\[!-/:-@\[-`{{-~] | [!"\#%&'()+,./:;<=>?@\\\]^`{{|}}$-] )
    | (?P<space> \s+ )
    | (?P<word> [^\W_]+ (?: _+ [^\W_]+ )* | . )
    """,
    re.VERBOSE | re.DOTALL,
)


def split_parts(text: str) -> list[Part]:
    """Return the parts of a sentence.

    >>> [str(part.kind) for part in split_parts("See [it](a.md).")]
    ['word', 'space', 'marker', 'word', 'target', 'sign']
    """
    return [
        Part(_KINDS[match.lastgroup], match[0]) for match in _PART.finditer(text) if match.lastgroup
    ]


_KINDS = {str(kind): kind for kind in PartKind}


def join_parts(parts: list[Part]) -> str:
    """Return the sentence that `parts` make."""
    return "".join(part.raw for part in parts)
