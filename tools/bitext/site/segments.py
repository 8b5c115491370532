"""A page's sentences as JSON, for other tools."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields

from bitext.site.page import Coverage, Page, Sentence

_NAMES = tuple(field.name for field in fields(Sentence))


def segments_json(page: Page, sentences: Sequence[Sentence], coverage: Coverage) -> str:
    """Return a page's sentences in the order of the page; what is empty is left out."""
    document = {
        "page": page.address,
        "language": page.language,
        "source-language": page.source_language,
        "coverage": asdict(coverage),
        "segments": [
            {key: value for key, value in _fields(sentence) if value} for sentence in sentences
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _fields(sentence: Sentence) -> Iterator[tuple[str, object]]:
    """Yield name and value of each field; `asdict` would copy each value."""
    for name in _NAMES:
        yield name, getattr(sentence, name)
