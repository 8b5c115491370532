"""Group A: the catalog as a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext.checks.model import Check, Problem, Severity, Unit, short
from bitext.languages import parse_language, plural_counts, plural_forms
from bitext.model import SegmentId

SYNTAX = "po-syntax"
"""Found when the file is read; the parser's own message says where and what."""

UNREADABLE = "article-unreadable"
"""Found when an article is read: its name, its encoding or its front matter is wrong."""

ORPHAN = "po-orphan"
"""Found where a language is read: a PO file that belongs to no article."""

BEHIND = "pot-behind"
"""Found where articles are read: a POT that `bitext gettext` would write."""

UNLISTED = "language-unlisted"
"""Found where languages are read: a folder of PO files that the settings do not name."""

OLD_CUTS = "segmentation-old"
"""Found where articles are read: a POT that is cut by older rules than the project's."""


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
    usual = plural_forms(unit.language)
    forms = unit.catalog.field("Plural-Forms")
    wrong = "" if forms == usual else _find_wrong_forms(forms, unit.language)
    if wrong:
        yield Problem(header, f'{wrong} "Plural-Forms: {usual}\\n"')


def _find_wrong_forms(forms: str | None, language: str) -> str:
    """Return what is wrong with the plural forms of a header, and what to do; empty if nothing."""
    if forms is None:
        return "its header has no Plural-Forms; add"
    if not _PLURAL_FORMS.fullmatch(forms):
        return f"its Plural-Forms {short(forms)!r} cannot be read; write"
    count = _count_forms(forms)
    is_usual = count in plural_counts(language)
    return "" if is_usual else f"its Plural-Forms count {count} forms; write"


def _count_forms(forms: str) -> int:
    return int(forms.partition("=")[2].partition(";")[0])


_PLURAL_FORMS = re.compile(r"\s*nplurals\s*=\s*[1-9]\s*;\s*plural\s*=[n0-9\s()!=<>&|?:%+*/-]+;?\s*")


def _find_wrong_ids(unit: Unit) -> Iterator[Problem]:
    """Yield entries in use that no update will ever find: of a strange or a repeated ID.

    An ID that was issued and whose sentence is gone is none: `update` retires its entry.
    """
    if unit.before is None or unit.template is None or not unit.prefixes:
        return
    known = {entry.msgctxt for entry in unit.template.entries}
    english = {entry.msgid for entry in unit.template.entries}
    seen: set[str | None] = set()
    for entry in unit.before.entries:
        if entry.is_obsolete:
            continue
        name = entry.msgctxt
        own = None if name in known else SegmentId.parse(name or "")
        if name in known:
            if name in seen:
                yield Problem(entry, f"{name} is there twice; delete the entry that is not its own")
        elif own is None and entry.msgid not in english:
            what = f"msgctxt {name!r} is no segment ID" if name else "it has no segment ID"
            yield Problem(entry, f"{what}; run 'bitext update', which keeps it as retired")
        elif own and own.prefix not in unit.prefixes and entry.msgid not in english:
            yield Problem(entry, f"{name} is the ID of no article; run 'bitext update'")
        seen.add(name)


def _find_behind(unit: Unit) -> Iterator[Problem]:
    if unit.before is not None and unit.before != unit.catalog:
        yield Problem(None, "is behind its article; run 'bitext update'")


PO_BEHIND = Check(
    id="po-behind",
    severity=Severity.INFO,
    why="Translators work on what the file holds: new sentences come with an update.",
    find=_find_behind,
)

PO_IDS = Check(
    id="po-ids",
    severity=Severity.ERROR,
    why="A translation belongs to its sentence by the ID; under a wrong one nobody sees it.",
    find=_find_wrong_ids,
)


PO_HEADER = Check(
    id="po-header",
    severity=Severity.ERROR,
    why="Editors and platforms read a catalog's language and encoding from its header.",
    find=_find_wrong_header,
)
