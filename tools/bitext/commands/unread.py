"""What articles show and no catalog holds, remembered from the last time they were read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.cache import load_cache, store_cache
from bitext.model import Unread
from bitext.project import LEARN, Project

if TYPE_CHECKING:
    from bitext.checks import Finding

CACHE = "unread"

UnreadTexts = Mapping[str, Sequence[Unread]]
"""The texts that are not extracted, by article."""


def load_unread(root: Path, fingerprint: str) -> dict[str, Sequence[Unread]]:
    """Return what `store_unread` stored; empty if nothing."""
    stored = load_cache(root, CACHE, fingerprint)
    try:
        return {article: _parse(text) for article, text in stored.items()}
    except (ValueError, TypeError):
        return {}


def _parse(text: str) -> list[Unread]:
    return [
        Unread(int(line), str(message), bool(is_certain), str(included))
        for line, message, is_certain, included in json.loads(text)
    ]


def store_unread(root: Path, fingerprint: str, texts: UnreadTexts) -> None:
    """Store the texts of all articles that have any."""
    store_cache(root, CACHE, fingerprint, {a: json.dumps(own) for a, own in texts.items() if own})


def find_all_not_extracted(
    project: Project, texts: UnreadTexts, articles: Collection[str]
) -> Iterator[Finding]:
    """Yield a finding for each text that is not extracted; `articles` are all of the project.

    An article of a docset may spell the name of a file that it includes in any case.
    """
    from bitext.checks.source import find_not_extracted

    is_caseless = project.settings.dialect == LEARN
    known = {article.lower() for article in articles} if is_caseless else articles
    source = project.settings.source
    for article, own in texts.items():
        yield from find_not_extracted(
            article, own, articles=known, source=source, is_caseless=is_caseless
        )
