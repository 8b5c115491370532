"""Group C: links and images that a translation lost, led elsewhere or emptied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from markdown_it.token import Token

from bitext.checks.model import Example, PairCheck, Severity
from bitext.checks.pair import LABEL, Pair, walk
from bitext.checks.stray import mend_torn
from bitext.checks.structure import comparing, differing

_SCHEME = re.compile(r"\w+:/*")
"""What begins an address and leads nowhere."""

_LOCALE = re.compile(r"/[a-z]{2}(?:-[a-z]{2})(?=/)", re.IGNORECASE)


def _find_links(pair: Pair) -> Iterator[str]:
    """Yield targets that differ.

    A translation may spell out the target of an English ``[label]``, which its article defines.
    """
    if "link" not in pair.kinds:
        return
    own, copied = list(_links(pair.source_tokens)), list(_links(pair.tokens))
    if own == copied:
        return
    wanted, found = Counter(own), Counter(copied)
    missing, added = wanted - found, found - wanted
    missing = Counter({own: n for own, n in missing.items() if not _is_written(own, pair)})
    added = Counter({own: n for own, n in added.items() if not _was_written(own, pair)})
    is_spelled = all(label.startswith("[") for label in missing)
    is_spelled &= all(target.startswith("http") for target in added)
    if is_spelled and added.total() == missing.total():
        return
    yield from differing(missing, added, "copy the target from the English")


def _is_written(target: str, pair: Pair) -> bool:
    """Tell whether a translation shows an address that is only a link where a space is before."""
    address = target.removeprefix("mailto:")
    is_bare = f"]({target}" not in pair.english and address in pair.source_addresses
    return is_bare and address in pair.translation


def _was_written(target: str, pair: Pair) -> bool:
    """Tell whether the English shows an address that is a link only in the translation."""
    return target.startswith("mailto:") and target.removeprefix("mailto:") in pair.source_text


def _links(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the targets of links; one locale in an address is as good as another."""
    for token in walk(tokens):
        if token.type != "link_open":
            continue
        target = str(token.attrs.get("href", ""))
        if target.startswith(LABEL):
            yield f"[{unquote(target.removeprefix(LABEL))}]"
        elif not _SCHEME.fullmatch(target):
            yield _LOCALE.sub("/LOCALE", target)


def _images(tokens: Sequence[Token]) -> Iterator[str]:
    for token in walk(tokens):
        if token.type == "image":
            yield _LOCALE.sub("/LOCALE", str(token.attrs.get("src", "")))


def _find_empty_links(pair: Pair) -> Iterator[str]:
    """Yield links whose words are gone; MyST fills those that were empty in the English."""
    if "link" not in pair.kinds:
        return
    wanted, found = (sum(1 for _ in _empty(own)) for own in (pair.source_tokens, pair.tokens))
    if found > wanted:
        yield "a link without words: write its text between the brackets"


def _empty(tokens: Sequence[Token]) -> Iterator[Token]:
    return (a for a, b in pairwise(tokens) if (a.type, b.type) == ("link_open", "link_close"))


LINK_TARGETS = PairCheck(
    id="link-targets",
    severity=Severity.ERROR,
    why="A link that leads elsewhere, or nowhere, costs the reader the way.",
    find=_find_links,
    mend=mend_torn,
    bad=(
        Example("See [it](a.md).", "Glejte [to](b.md)."),
        Example("See [it](a.md).", "Glejte to."),
        Example("See <https://a.org/x>.", "Glejte <https://a.org/y>."),
    ),
    good=(
        Example("See [it](a.md) or [that](b.md).", "Glejte [ono](b.md) ali [to](a.md)."),
        Example("[A](https://x.com/en-us/a)", "[A](https://x.com/sl-si/a)"),
        Example("See [SPDX] now.", "Zdaj glejte [SPDX](https://spdx.org/)."),
    ),
)

IMAGES = PairCheck(
    id="images-changed",
    severity=Severity.ERROR,
    why="An image that is gone or another one leaves the sentence unexplained.",
    find=comparing(_images, "image", "copy the image from the English"),
    bad=(Example("Select ![Add](add.png).", "Izberite ![Dodaj](dodaj.png)."),),
    good=(Example("Select ![Add](add.png).", "Izberite ![Dodaj](add.png)."),),
)

EMPTY_LINK = PairCheck(
    id="empty-link",
    severity=Severity.ERROR,
    why="A link without words cannot be seen, or shows another page's title.",
    find=_find_empty_links,
    bad=(Example("See [it](a.md).", "Glejte to[](a.md)."),),
    good=(Example("See [](a.md).", "Glejte [](a.md)."),),
)
