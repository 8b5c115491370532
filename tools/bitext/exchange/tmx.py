"""TMX 1.4b: translation memories for other tools, and theirs for us.

Source: LISA, "TMX 1.4b Specification" (2005).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bitext import __version__
from bitext.codes import CodeKind, Stretch, find_codes, match_codes
from bitext.errors import CatalogError
from bitext.languages import parse_language
from bitext.model import State, is_paragraph_id
from bitext.notes import is_note
from bitext.po import Entry
from bitext.states import is_proposal, state_of
from bitext.xmltree import Element, parse_xml, xml_attribute, xml_text

_STATE = "x-bitext-state"


class MemoryUnit(NamedTuple):
    """One translation of a memory."""

    english: str
    translation: str
    id: str = ""
    """Of the entry that it comes from; empty if the file does not say."""

    is_fuzzy: bool = False
    comments: tuple[str, ...] = ()
    line: int = 0


def find_memory_units(entries: Iterable[Entry], *, with_fuzzy: bool) -> Iterator[MemoryUnit]:
    """Yield what a catalog translates, retired entries too.

    A stale entry is a translation of its former English; what nobody is sure of comes only
    `with_fuzzy`, and proposals never.
    """
    for entry in entries:
        state = state_of(entry)
        if state is State.UNTRANSLATED or is_proposal(entry):
            continue
        if state is State.FUZZY and not with_fuzzy:
            continue
        english = entry.previous_msgid if state is State.STALE else entry.msgid
        comments = tuple(c for c in entry.comments if c and not is_note(c))
        is_fuzzy = state is State.FUZZY
        yield MemoryUnit(english or "", entry.msgstr, entry.msgctxt or "", is_fuzzy, comments)


def serialize_tmx(units: Sequence[MemoryUnit], *, source_language: str, language: str) -> str:
    """Return the TMX file of a memory."""
    header = " ".join(
        f"{name}={xml_attribute(value)}"
        for name, value in (
            ("creationtool", "bitext"),
            ("creationtoolversion", __version__),
            ("segtype", "sentence"),
            ("o-tmf", "PO"),
            ("adminlang", "en-US"),
            ("srclang", source_language),
            ("datatype", "plaintext"),
        )
    )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<tmx version="1.4">']
    lines += [f"  <header {header}/>", "  <body>"]
    for unit in units:
        lines += (f"    {line}" for line in _unit_lines(unit, source_language, language))
    return "\n".join([*lines, "  </body>", "</tmx>", ""])


def _unit_lines(unit: MemoryUnit, source_language: str, language: str) -> Iterator[str]:
    own = f" tuid={xml_attribute(unit.id)}" if unit.id else ""
    kind = ' segtype="paragraph"' if is_paragraph_id(unit.id) else ""
    yield f"<tu{own}{kind}>"
    yield from (f"  <note>{xml_text(comment)}</note>" for comment in unit.comments)
    if unit.is_fuzzy:
        yield f'  <prop type="{_STATE}">fuzzy</prop>'
    english = find_codes(unit.english)
    sides = (
        (source_language, english),
        (language, match_codes(find_codes(unit.translation), english)),
    )
    for tag, stretches in sides:
        yield f"  <tuv xml:lang={xml_attribute(tag)}><seg>{_inline(stretches)}</seg></tuv>"
    yield "</tu>"


def _inline(stretches: Sequence[Stretch]) -> str:
    """Return a sentence as ``<seg>`` holds it."""
    parts: list[str] = []
    for kind, raw, number in stretches:
        text = xml_text(raw)
        if kind is CodeKind.TEXT:
            parts.append(text)
        elif kind is CodeKind.LONE:
            parts.append(f'<ph x="{number}">{text}</ph>')
        elif kind is CodeKind.OPEN:
            parts.append(f'<bpt i="{number}" x="{number}">{text}</bpt>')
        else:
            parts.append(f'<ept i="{number}">{text}</ept>')
    return "".join(parts)


def parse_tmx(content: bytes, *, source_language: str, language: str) -> list[MemoryUnit]:
    """Return the translations from one language into another that a TMX file has.

    A language matches one that is more or less exact: ``en`` is ``en-US``, and the other way
    round. Raises `CatalogError` for a file that is no TMX.
    """
    root = parse_xml(content)
    body = root.find("body")
    if root.name != "tmx" or body is None:
        raise CatalogError(f"is no TMX file but <{root.name}>", line=root.line)
    found: list[MemoryUnit] = []
    for unit in body.elements("tu"):
        english = _best(unit, source_language)
        translation = _best(unit, language)
        if english and translation:
            found.append(_read_unit(unit, english, translation))
    return found


def _best(unit: Element, tag: str) -> str:
    """Return the text of a unit in a language, the most exact one; empty if it has none."""
    ranked: list[tuple[int, str]] = []
    for variant in unit.elements("tuv"):
        name = variant.attributes.get("xml:lang", variant.attributes.get("lang", ""))
        rank = _rank(name.replace("_", "-"), tag)
        segment = variant.find("seg")
        if rank and segment is not None:
            ranked.append((rank, _read_inline(segment)))
    return max(ranked, default=(0, ""), key=lambda found: found[0])[1]


def _rank(name: str, tag: str) -> int:
    """Return how well a language's name fits: 0 not at all, 3 exactly."""
    said, own = parse_language(name), parse_language(tag)
    if said is None or own is None or said.language != own.language:
        return 0
    if said.tag == own.tag:
        return 3
    is_part = (said.region in ("", own.region) or not own.region) and (
        said.script in ("", own.script) or not own.script
    )
    return 2 if is_part else 0


def _read_unit(unit: Element, english: str, translation: str) -> MemoryUnit:
    props = {p.attributes.get("type", ""): p.text for p in unit.elements("prop")}
    comments = tuple(line for note in unit.elements("note") for line in note.text.split("\n"))
    name = unit.attributes.get("tuid", "")
    is_fuzzy = props.get(_STATE) == "fuzzy"
    return MemoryUnit(english, translation, name, is_fuzzy, comments, unit.line)


def _read_inline(element: Element) -> str:
    """Return the text of a segment: codes are what they hold, apart from text within them."""
    return "".join(
        child if isinstance(child, str) else _read_inline(child) for child in element.children
    )
