"""Group A: the catalog as a file."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.model import Check, Problem, Severity, Unit
from bitext.languages import parse_language, plural_forms

SYNTAX = "po-syntax"
"""Found when the file is read; the parser's own message says where and what."""

UNREADABLE = "article-unreadable"
"""Found when an article is read: its name, its encoding or its front matter is wrong."""

ORPHAN = "po-orphan"
"""Found where a language is read: a PO file that belongs to no article."""

BEHIND = "pot-behind"
"""Found where articles are read: a POT that `bitext gettext` would write."""


def _find_wrong_header(unit: Unit) -> Iterator[Problem]:
    language = parse_language(unit.language)
    wanted = language.gettext if language else unit.language
    header = unit.catalog.header
    found = unit.catalog.field("Language")
    if found is None:
        yield Problem(header, f'its header has no Language; add "Language: {wanted}\\n"')
    elif found.replace("-", "_") not in {wanted, wanted.partition("_")[0]}:
        yield Problem(
            header,
            f"its header says Language {found!r}, its folder {unit.language}; write {wanted}",
        )
    charset = unit.catalog.field("Content-Type") or ""
    if "charset=utf-8" not in charset.lower().replace(" ", ""):
        yield Problem(
            header, 'its header lacks "Content-Type: text/plain; charset=UTF-8\\n"; add it'
        )
    if unit.catalog.field("Plural-Forms") is None:
        yield Problem(
            header,
            f'its header has no Plural-Forms; add "Plural-Forms: {plural_forms(unit.language)}\\n"',
        )


PO_HEADER = Check(
    id="po-header",
    severity=Severity.ERROR,
    why="Editors and platforms read a catalog's language and encoding from its header.",
    find=_find_wrong_header,
)
