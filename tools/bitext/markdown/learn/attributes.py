"""The attributes of a construct: ``name="value"``, one after the other."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ATTRIBUTE = re.compile(r"""\s*([a-z][\w-]*)\s*=\s*(?:"([^"]*)"|“([^”]*)”)""", re.IGNORECASE)


def parse_attributes(text: str) -> Mapping[str, str] | None:
    """Return the attributes that `text` spells, names in lower case; None if it spells no such.

    >>> parse_attributes(' source="a.png" alt-text="A dog."')
    {'source': 'a.png', 'alt-text': 'A dog.'}
    >>> parse_attributes('source="a.png') is None
    True
    """
    found: dict[str, str] = {}
    position = 0
    while match := _ATTRIBUTE.match(text, position):
        found.setdefault(match[1].lower(), match[2] if match[2] is not None else match[3])
        position = match.end()
    return None if text[position:].strip() else found
