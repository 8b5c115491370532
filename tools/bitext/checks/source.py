"""Group S: what is wrong with the English articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from posixpath import dirname, join, normpath

from bitext.checks.model import Finding, Severity
from bitext.markdown.learn.faults import Fault, PlacedFault, group_faults
from bitext.model import Unread

NOT_EXTRACTED = "not-extracted"
"""Found where articles are read: a text that readers see and no catalog holds."""

LEARN_MARKUP = "learn-markup"
"""Found where articles are read: a construct of Learn's that is broken, or that nobody knows."""


def find_not_extracted(
    article: str,
    unread: Iterable[Unread],
    *,
    articles: Collection[str],
    source: str,
    is_caseless: bool = False,
) -> Iterator[Finding]:
    """Yield a finding for each text of an article that is not extracted.

    `articles` are the project's, below the folder `source`: a text that one of them includes
    from another is in the other's catalog. They are in lower case if `is_caseless`: then an
    article may spell the names of others as it likes.
    """
    for line, message, is_certain, included in unread:
        found = _resolve(article, included) if included else ""
        if (found.lower() if is_caseless else found) in articles:
            continue
        severity = Severity.WARNING if is_certain else Severity.INFO
        path = f"{source}/{article}"
        yield Finding(path, line, severity, message, NOT_EXTRACTED, article=article)


def find_faulty_markup(faults: Mapping[str, Sequence[Fault]], source: str) -> Iterator[Finding]:
    """Yield a finding for each kind of fault in articles below the folder `source`."""
    placed = {
        PlacedFault(fault.kind, f"{source}/{article}", fault.line, fault.what): article
        for article, own in faults.items()
        for fault in own
    }
    for first, message in group_faults(placed):
        yield Finding(
            first.path, first.line, Severity.WARNING, message, LEARN_MARKUP, article=placed[first]
        )


def _resolve(article: str, target: str) -> str:
    """Return the path below the source folder that `article` names as `target`, as Sphinx does."""
    if target.startswith("/"):
        return normpath(target.lstrip("/"))
    return normpath(join(dirname(article), target))
