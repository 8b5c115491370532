"""Group D: markup that a translation adds or breaks, and the page shows as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext.checks.knowledge import STARRED, UNSPACED
from bitext.checks.model import Example, PairCheck, Severity, short
from bitext.checks.pair import OBJECT, Pair, find_texts
from bitext.markdown.stray import find_block, find_stray, without_named
from bitext.markdown.trust import find_surplus

_LEFT_OVER = re.compile(r"[|]|~~")
"""Marks that a simple sentence may show, where no rule reads them."""

_TORN = re.compile(rf"\]\s+\((?:{OBJECT}|https?:[^()\s]+|[^()\s]+\.(?:md|html)\b[^()\s]*)\)")
"""A link whose target a space tore off."""

_TORN_LINK = re.compile(r"\]\s+\(\s*([^()\s]+)\s*\)")
_TORN_ROLE = re.compile(r"(\{[a-zA-Z][\w:.+-]*\})\s+(`+)")
_TORN_BOLD = re.compile(r"(?<![\w*])\*\*[ \u00a0]+([^*\s](?:[^*]*[^*\s])?)[ \u00a0]*\*\*")
_BOLD_TORN = re.compile(r"\*\*([^*\s](?:[^*]*[^*\s])?)[ \u00a0]+\*\*(?![\w*])")
"""Bold words after a space within the stars, and before one."""

_INNER_STAR = re.compile(r"(?<=[^\W\d_])\*(?=[^\W\d_])")
_LONE_LINE = re.compile(r"(?<![\w_])_(?=[^\W_])|(?<=[^\W_])_(?![\w_])")


def _may_be_stray(pair: Pair) -> bool:
    """Tell whether a translation may show any; few that are simple begin as a block does."""
    text = pair.translation
    if not pair.is_simple or not text[:1].isalpha():
        return True
    return "\n" in text or _LEFT_OVER.search(text) is not None


def _find_added(pair: Pair) -> Iterator[str]:
    surplus = "" if pair.is_plain else find_surplus(pair.tokens, pair.source_tokens)
    if surplus:
        yield f"it uses {surplus}, its English does not: the page shows it as text; take it out"


def _find_stray(pair: Pair) -> Iterator[str]:
    text, english = pair.translation.strip(), pair.english.strip()
    is_simple = pair.is_simple and not _LEFT_OVER.search(text)
    if is_simple:
        stray = find_block(text, english)
    else:
        stray = find_stray(text, pair.tokens, source=english, source_tokens=pair.source_tokens)
    if stray:
        yield f"{stray} is shown as text: complete the markup, or escape it with a backslash"
    elif is_simple:
        return
    elif (torn := _TORN.search(pair.text)) and not _TORN.search(pair.source_text):
        yield f"{short(torn[0])!r} is shown as text: take out the space before its bracket"
    elif lone := _find_lone_mark(pair):
        is_unspaced = pair.language.partition("-")[0] in UNSPACED
        way = "put a space beside it" if is_unspaced else "complete the emphasis"
        yield f"a lone {lone!r} is shown as text: {way}, or escape it"


def _find_lone_mark(pair: Pair) -> str:
    """Return a star or underscore that was to be emphasis and is text; empty if there is none."""
    if "*" not in pair.translation and "_" not in pair.translation:
        return ""
    shown = without_named(" ".join(find_texts(pair.tokens)))
    if pair.language.partition("-")[0] in STARRED:
        shown = _INNER_STAR.sub("", shown)
    if "*" in shown and "*" not in pair.source_text:
        return "*"
    return "_" if _LONE_LINE.search(shown) and not _LONE_LINE.search(pair.source_text) else ""


def mend_torn(pair: Pair) -> str:
    """Return the translation without the spaces that tear a link, a role or emphasis apart."""
    text = _TORN_LINK.sub(r"](\1)", pair.translation)
    text = _TORN_ROLE.sub(r"\1\2", text)
    return _BOLD_TORN.sub(r"**\1**", _TORN_BOLD.sub(r"**\1**", text))


MARKUP_ADDED = PairCheck(
    id="markup-added",
    severity=Severity.ERROR,
    why="A translation may use only what its English uses; the build shows the rest as text.",
    find=_find_added,
    bad=(Example("It boils.", "~~Vre~~."),),
    good=(Example("It boils.", "*Vre*."),),
)

STRAY_MARKUP = PairCheck(
    id="stray-markup",
    severity=Severity.ERROR,
    why="Readers see asterisks, brackets and number signs that were meant as markup.",
    find=_find_stray,
    may=_may_be_stray,
    mend=mend_torn,
    bad=(
        Example("**Save** it.", "** Shranite** to."),
        Example("See [it](a.md).", "Glejte [to] (a.md), [to](a.md)](b.md)."),
        Example("It boils.", "# Vre."),
        Example("See [it](a.md) or (b.md).", "Glejte [to](a.md) ali [ono] (b.md)."),
        Example("It *boils* now.", "Zdaj * vre*."),
    ),
    good=(
        Example("5 ** 2", "5 ** 2"),
        Example("A * b", "A * b"),
        Example("Run: ```make```", "Zaženite\n```make```"),
    ),
)

GENERAL = (MARKUP_ADDED, STRAY_MARKUP)
"""What is asked of a pair in which no construct was found changed."""
