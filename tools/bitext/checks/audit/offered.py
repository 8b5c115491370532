"""What of a built site's pages is a sentence with an ID, and what is not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bitext.checks.audit.model import Page, SiteCheck, SiteCoverage, SiteExample, Text, View
from bitext.checks.model import Severity, short
from bitext.model import is_paragraph_id
from bitext.words import count_words

_WORD = re.compile(r"[^\W\d_]{2}")


def _find_wrong_segments(view: View) -> Iterator[tuple[int, str]]:
    """Yield the sentences that a page lacks or shows more often than it should."""
    shown = Counter(one.value for one in view.page.segments)
    wanted = dict.fromkeys(_wanted(view))
    joined = any(map(is_paragraph_id, shown))  # they speak for sentences, nobody says for which
    for name in wanted:
        if name not in shown and not joined:
            line = view.page.language.line
            yield line, f"{name} is not on the page: build again, or see where it is lost"
    if view.english is not None:
        known = Counter(one.value for one in view.english.segments)
        lines = {one.value: one.line for one in view.page.segments}
        for name, count in shown.items():
            if count > max(1, known[name]):
                yield lines[name], f"{name} stands {count} times, on the English page {known[name]}"


def _wanted(view: View) -> Iterable[str]:
    """Return the IDs that a page must show: of the English the POT's, then those of the English."""
    if view.english is not None:
        return (one.value for one in view.english.segments)
    return sorted(view.site.wanted.get(view.page.address, ()))


def _find_not_offered(view: View) -> Iterator[tuple[int, str]]:
    """Yield the texts of an English page that are in no segment; all languages show the same."""
    if view.page.tag != view.site.source or not view.is_article:
        return
    for text in view.page.texts:
        if _is_lost(text):
            yield (
                text.line,
                f'"{short(" ".join(text.text.split()))}" belongs to no segment:'
                " no translator is asked for it",
            )


def _is_lost(text: Text) -> bool:
    return not (text.segment or text.is_label) and bool(_WORD.search(text.text))


def measure_site(language: str, pages: Iterable[Page]) -> SiteCoverage:
    """Return how many words of the articles on `pages` are offered for translation."""
    words = lost = 0
    for page in pages:
        for text in page.texts:
            if text.segment or _is_lost(text):
                count = count_words(text.text)
                words += count
                lost += 0 if text.segment else count
    return SiteCoverage(language, words, lost)


OFFERED = (
    SiteCheck(
        id="site-segments",
        severity=Severity.WARNING,
        why="A sentence that is lost on the way to the page is missed by readers only.",
        find=_find_wrong_segments,
        bad=(
            SiteExample('<p data-ttu-id="1">Tea.</p>', "<p></p>"),
            SiteExample(
                '<p data-ttu-id="1">Tea.</p>',
                '<p data-ttu-id="1">Čaj.</p><p data-ttu-id="1">Čaj.</p>',
            ),
        ),
        good=(SiteExample('<p data-ttu-id="1">Tea.</p>', '<p data-ttu-id="1">Čaj.</p>'),),
    ),
    SiteCheck(
        id="not-offered",
        severity=Severity.INFO,
        why="Readers of all languages see this text in English.",
        find=_find_not_offered,
        bad=(SiteExample("<p>Boil the water.</p>"),),
        good=(
            SiteExample('<p data-ttu-id="1">Boil it.</p>', '<p data-ttu-id="1">Zavri.</p>'),
            SiteExample('<p class="admonition-title">Note</p><p><code>tea</code> 12</p>'),
        ),
    ),
)
