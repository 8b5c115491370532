"""The current POT files of a project, each parsed when somebody asks for its entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bitext.encoding import located
from bitext.po import Catalog, parse


class Pots(Mapping[str, Catalog]):
    """The current POT of each article, in the order of the articles."""

    def __init__(self) -> None:
        self._own: dict[str, Catalog | tuple[str, str]] = {}

    def add(self, article: str, template: Catalog) -> None:
        """Add a POT that was made or parsed."""
        self._own[article] = template

    def add_text(self, article: str, text: str, *, shown: str) -> None:
        """Add a POT that was parsed in an earlier run and is as it was; `shown` is its path."""
        self._own[article] = (text, shown)

    def field(self, article: str, name: str) -> str:
        """Return the value of a field in the header of a POT; empty if there is none."""
        own = self._own[article]
        row = None if isinstance(own, Catalog) else _row(name).search(own[0], 0, _find_body(own[0]))
        return row[1].strip() if row else self[article].field(name) or ""

    def __getitem__(self, article: str) -> Catalog:
        own = self._own[article]
        if isinstance(own, Catalog):
            return own
        text, shown = own
        with located(shown):
            self._own[article] = template = parse(text)
        return template

    def __contains__(self, article: object) -> bool:
        return article in self._own

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def _find_body(text: str) -> int:
    """Return where the header of a POT ends: at its first blank line."""
    return max(text.find("\n\n"), 0)


@cache
def _row(name: str) -> re.Pattern[str]:
    """Return what finds the row of a header that has this field, if a row of its own has it."""
    return re.compile(rf'\n"{name}:([^"\\\n]*)\\n"', re.IGNORECASE)
