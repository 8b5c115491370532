"""The HTML of a page of a built site, and Markdown that was left in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bitext.checks.audit.model import Page, Placed, SiteCheck, SiteExample, Text, View
from bitext.checks.model import Severity, short

_MARK = re.compile(
    r"""
    \*\*                                # bold
    | \]\(                              # a link
    | (?P<role> \{[A-Za-z][\w:+-]*\} )  # a role
    | `                                 # code
    """,
    re.VERBOSE,
)


def _find_double_ids(view: View) -> Iterator[tuple[int, str]]:
    """Yield IDs of the article that the page has twice, and the English page has not."""
    known = Counter(one.value for one in view.english.ids) if view.english else Counter[str]()
    articles = {one.value for one in view.page.ids if one.is_body}
    for name, line in _find_more(view.page.ids, known):
        if name in articles:
            yield line, f"the ID {name!r} stands on the page before: give one of them another"


def _find_more(found: Iterable[Placed], known: Counter[str]) -> Iterator[tuple[str, int]]:
    """Yield what stands once more than before, and than `known` has it."""
    seen: Counter[str] = Counter()
    for one in found:
        seen[one.value] += 1
        if seen[one.value] == max(1, known[one.value]) + 1:
            yield one.value, one.line


def _find_nested(view: View) -> Iterator[tuple[int, str]]:
    """Yield links inside of links that the English page does not have."""
    known = Counter(one.value for one in view.english.nested) if view.english else Counter[str]()
    for link in view.page.nested:
        known[link.value] -= 1
        if known[link.value] < 0:
            place = f"the link to {link.value}" if link.value else "an anchor"
            yield link.line, f"{place} stands inside of another link: take it out"


def _find_literal(view: View) -> Iterator[tuple[int, str]]:
    """Yield Markdown that readers see in a sentence whose English shows none of its kind."""
    if view.english is None:
        return
    known = _known(view.english)
    everywhere = set[str]().union(*known.values())
    for text in view.page.texts:
        for kind in sorted(_marks(text) - known.get(text.segment, everywhere)):
            place = f"{text.segment} shows" if text.segment else "the page shows"
            yield text.line, f'{place} {kind} as text: "{short(" ".join(text.text.split()))}"'


def _known(page: Page) -> dict[str, set[str]]:
    """Return the marks that each sentence of a page shows, and under "" what is in none."""
    known: dict[str, set[str]] = {"": set()}
    for text in page.texts:
        known.setdefault(text.segment, set()).update(_marks(text))
    return known


def _marks(text: Text) -> set[str]:
    return {"{role}" if found["role"] else found[0] for found in _MARK.finditer(text.text)}


MARKUP = (
    SiteCheck(
        id="site-ids",
        severity=Severity.WARNING,
        why="A link to an ID that stands twice leads to the first of the two.",
        find=_find_double_ids,
        bad=(SiteExample('<p id="tea"></p>', '<p id="tea"></p><p id="tea"></p>'),),
        good=(SiteExample('<p id="tea"></p>', '<p id="tea"></p>'),),
    ),
    SiteCheck(
        id="site-nested-links",
        severity=Severity.WARNING,
        why="Browsers end the outer link where the inner one begins.",
        find=_find_nested,
        bad=(
            SiteExample(
                '<a href="page.html"></a>', '<a href="page.html"><a href="page.html"></a></a>'
            ),
        ),
        good=(SiteExample('<a href="page.html"></a>', '<a href="page.html"></a>'),),
    ),
    SiteCheck(
        id="site-markup",
        severity=Severity.WARNING,
        why="Readers see signs that were meant for Sphinx.",
        find=_find_literal,
        bad=(
            SiteExample(
                '<p data-ttu-id="1">Boil <b>water</b>.</p>',
                '<p data-ttu-id="1">Zavri **vodo**.</p>',
            ),
            SiteExample('<p data-ttu-id="1">See.</p>', '<p data-ttu-id="1">Glej [x](y).</p>'),
            SiteExample('<p data-ttu-id="1">Run.</p>', '<p data-ttu-id="1">Poženi `x</p>'),
            SiteExample('<p data-ttu-id="1">See.</p>', '<p data-ttu-id="1">Glej {doc} x.</p>'),
        ),
        good=(
            SiteExample('<p data-ttu-id="1">2**3</p>', '<p data-ttu-id="1">Je 2**3</p>'),
            SiteExample('<p data-ttu-id="1">A</p>', '<p data-ttu-id="1">A <code>**a**</code></p>'),
        ),
    ),
)
