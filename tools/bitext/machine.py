"""Machine translation: what an engine is asked, and how its answer becomes a translation.

An engine sees words only. Codes go to it as placeholders that it copies, and are put back; an
answer in which one is missing, doubled or out of its pair is no translation. What the result
uses is held against its English as every translation's is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bitext.codes import CodeKind, Stretch, find_codes
from bitext.model import State, is_paragraph_id
from bitext.notes import add_note
from bitext.po import Catalog, Entry
from bitext.states import find_standings

NOTE = "mt"
"""How the note on an entry that a machine translated begins: ``bitext: mt:apertium 3fa1``."""


class Engine(Protocol):
    """One that translates; a provider makes it for a pair of languages."""

    name: str
    """In lower-case letters, for notes: ``apertium``."""

    def translate(self, texts: Sequence[str]) -> Sequence[str]:
        """Return the translation of each text, in order; an empty one where it has none.

        A placeholder such as ``⟦1⟧`` is to be copied. Raises `BitextError` if it cannot work.
        """
        ...


Accept = Callable[[str, str], bool]
"""(English, translation) → whether a page would show the translation as it is meant."""

Hold = Callable[[Sequence[Stretch]], Sequence[Stretch]]
"""A sentence → the same with more of it as codes, which an engine does not touch."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A language's catalogs after an engine was asked."""

    catalogs: Mapping[str, Catalog]
    """By article; only those that changed."""

    done: int
    refused: tuple[str, ...]
    """The IDs of entries whose translation could not be used."""


def mask(stretches: Sequence[Stretch]) -> str:
    """Return a sentence with a placeholder for each code.

    >>> mask(find_codes("See [it](a.md) and `x`."))
    'See ⟦1⟧it⟦/1⟧ and ⟦2⟧.'
    """
    return "".join(map(_mark, stretches))


def _mark(stretch: Stretch) -> str:
    if stretch.kind is CodeKind.TEXT:
        return re.sub(r"[⟦⟧]", "", stretch.raw)
    slash = "/" if stretch.kind is CodeKind.CLOSE else ""
    return f"⟦{slash}{stretch.number}⟧"


_PLACEHOLDER = re.compile(r"⟦\s*(/?)\s*([0-9]+)\s*⟧")


def unmask(text: str, stretches: Sequence[Stretch]) -> str:
    """Return a translation with its codes put back; empty if they are not those of the sentence.

    >>> unmask("Véa⟦1⟧lo⟦/1⟧.", find_codes("See [it](a.md)."))
    'Véa[lo](a.md).'
    """
    codes = {_mark(s): s.raw for s in stretches if s.kind is not CodeKind.TEXT}
    found = [f"⟦{slash}{number}⟧" for slash, number in _PLACEHOLDER.findall(text)]
    if sorted(found) != sorted(codes) or not _is_nested(found):
        return ""
    return _PLACEHOLDER.sub(lambda match: codes[f"⟦{match[1]}{match[2]}⟧"], text)


def _is_nested(found: Sequence[str]) -> bool:
    """Tell whether each pair opens before it closes, and none crosses another."""
    closing = {mark for mark in found if "/" in mark}
    opened: list[str] = []
    for mark in found:
        if mark in closing:
            if not opened or opened.pop() != mark.replace("/", ""):
                return False
        elif f"⟦/{mark[1:]}" in closing:
            opened.append(mark)
    return not opened


def translate_catalogs(
    catalogs: Mapping[str, Catalog], engine: Engine, *, accept: Accept, holds: Sequence[Hold]
) -> Translated:
    """Return `catalogs`, as `update` would leave them, with an engine's translations.

    It is asked for entries without a translation or a proposal; what it says is fuzzy, with a
    note that names it, and wrong where `accept` says so. It is asked with the first of `holds`,
    and with the next where that gave nothing.
    """
    wanted = [entry for catalog in catalogs.values() for entry in _find_wanted(catalog)]
    english = dict.fromkeys(entry.msgid for entry in wanted)
    said: dict[str, str] = {}
    asked: set[str] = set()
    for hold in holds:
        held = {text: hold(find_codes(text)) for text in english if text not in said}
        masked = {text: mask(stretches) for text, stretches in held.items()}
        new_questions = {text: held[text] for text, one in masked.items() if one not in asked}
        asked.update(masked.values())
        said |= _ask(engine, new_questions, accept)
    new = {e.msgctxt: _fill(e, said[e.msgid], engine.name) for e in wanted if e.msgid in said}
    changed = {
        article: replace(one, entries=tuple(_put(entry, new) for entry in one.entries))
        for article, one in catalogs.items()
    }
    return Translated(
        {article: one for article, one in changed.items() if one != catalogs[article]},
        len(new),
        tuple(entry.msgctxt or "" for entry in wanted if entry.msgid not in said),
    )


def _ask(
    engine: Engine, questions: Mapping[str, Sequence[Stretch]], accept: Accept
) -> Mapping[str, str]:
    """Return an engine's translations of sentences, by their English; only what can be used."""
    answers = engine.translate([mask(stretches) for stretches in questions.values()])
    said: dict[str, str] = {}
    for (text, stretches), answer in zip(questions.items(), answers, strict=True):
        translation = unmask(" ".join(answer.split()), stretches).strip()
        if translation and accept(text, translation):
            said[text] = translation
    return said


def _find_wanted(catalog: Catalog) -> list[Entry]:
    """Return the entries that nobody has translated, and that no other entry speaks for."""
    return [
        standing.entry
        for standing in find_standings(catalog.entries)
        if standing.state is State.UNTRANSLATED
        and not standing.is_covered
        and not is_paragraph_id(standing.entry.msgctxt)
    ]


def _put(entry: Entry, new: Mapping[str | None, Entry]) -> Entry:
    return entry if entry.is_obsolete else new.get(entry.msgctxt, entry)


def _fill(entry: Entry, translation: str, engine: str) -> Entry:
    flags = ("fuzzy", *(flag for flag in entry.flags if flag != "fuzzy"))
    return add_note(replace(entry, msgstr=translation, flags=flags), f"{NOTE}:{engine}")
