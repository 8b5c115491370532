"""What articles show and no catalog holds, remembered from the last time they were read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bitext.cache import load_cache, store_cache
from bitext.model import Unread

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
