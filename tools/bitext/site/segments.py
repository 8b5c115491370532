"""A page's sentences as JSON, for other tools."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from bitext.site.page import Coverage, Page, Sentence


def segments_json(page: Page, sentences: Sequence[Sentence], coverage: Coverage) -> str:
    """Return a page's sentences in the order of the page; what is empty is left out."""
    document = {
        "page": page.address,
        "language": page.language,
        "source-language": page.source_language,
        "coverage": asdict(coverage),
        "segments": [
            {key: value for key, value in asdict(sentence).items() if value}
            for sentence in sentences
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
