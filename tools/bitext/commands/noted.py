"""What was noted of articles, remembered from the last time they were read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bitext.cache import load_cache, store_cache
from bitext.model import Unread
from bitext.project import LEARN, Project

if TYPE_CHECKING:
    from bitext.checks import Finding
    from bitext.markdown.blocks import ReadArticle
    from bitext.markdown.learn.faults import Fault

CACHE = "noted"


class Noted(NamedTuple):
    """What was noted of an article while it was read."""

    unread: Sequence[Unread] = ()
    """The texts that are not extracted."""

    faults: Sequence[Fault] = ()
    """What of Learn's constructs is not shown as it is meant."""


NotedArticles = Mapping[str, Noted]
"""By article."""


def note(parsed: ReadArticle) -> Noted:
    """Return what was noted of an article that was just read."""
    return Noted(parsed.unread, parsed.faults)


def load_noted(root: Path, fingerprint: str) -> dict[str, Noted]:
    """Return what `store_noted` stored; empty if nothing."""
    stored = load_cache(root, CACHE, fingerprint)
    try:
        return {article: _parse(text) for article, text in stored.items()}
    except (ValueError, TypeError):
        return {}


def _parse(text: str) -> Noted:
    from bitext.markdown.learn.faults import Fault

    unread, faults = json.loads(text)
    return Noted(
        [
            Unread(int(line), str(message), bool(is_certain), str(included))
            for line, message, is_certain, included in unread
        ],
        [Fault(str(kind), int(line), str(what)) for kind, line, what in faults],
    )


def store_noted(root: Path, fingerprint: str, noted: NotedArticles) -> None:
    """Store what was noted of all articles of which anything was."""
    store_cache(
        root, CACHE, fingerprint, {a: json.dumps(own) for a, own in noted.items() if any(own)}
    )


def find_all_not_extracted(
    project: Project, noted: NotedArticles, articles: Collection[str]
) -> Iterator[Finding]:
    """Yield a finding for each text that is not extracted; `articles` are all of the project.

    An article of a docset may spell the name of a file that it includes in any case.
    """
    from bitext.checks.source import find_not_extracted

    is_caseless = project.settings.dialect == LEARN
    known = {article.lower() for article in articles} if is_caseless else articles
    source = project.settings.source
    for article, own in noted.items():
        yield from find_not_extracted(
            article, own.unread, articles=known, source=source, is_caseless=is_caseless
        )


def find_all_faulty(project: Project, noted: NotedArticles) -> list[Finding]:
    """Return a finding for each kind of fault in these articles, unless the project wants none."""
    from bitext.checks.source import LEARN_MARKUP, find_faulty_markup

    if LEARN_MARKUP in project.settings.check.disable:
        return []
    faults = {article: own.faults for article, own in noted.items() if own.faults}
    return list(find_faulty_markup(faults, project.settings.source))
