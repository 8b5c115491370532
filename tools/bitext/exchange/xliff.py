"""XLIFF 2.0: entries for other tools, their inline codes protected, and back.

One file element an article, one unit an entry: its ID is the entry's. The OASIS standard "XLIFF
Version 2.0" of August 2014 is the source of all names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bitext.codes import CodeKind, Stretch, find_codes, match_codes
from bitext.errors import CatalogError
from bitext.model import State
from bitext.notes import is_note
from bitext.po import Entry
from bitext.states import is_proposal, state_of
from bitext.xmltree import Element, parse_xml, split_unfit, xml_attribute, xml_text

SPACE = "urn:oasis:names:tc:xliff:document:2.0"
_COMMENT = "comment"
_EXPORTED = "bitext-exported"


class Unit(NamedTuple):
    """What an XLIFF document says of one entry."""

    id: str
    english: str
    translation: str
    """Empty if it has none."""

    is_done: bool
    """Whether its state is beyond the initial one."""

    comments: tuple[str, ...]
    exported: str
    """The fingerprint of the translation that was sent; empty if the document does not tell."""

    line: int


class XliffDocument(NamedTuple):
    """An XLIFF document, read."""

    source_language: str
    language: str
    units: tuple[Unit, ...]


def fingerprint(translation: str) -> str:
    """Return by what a translation is known again."""
    return hashlib.sha256(translation.encode()).hexdigest()[:12]


def serialize_xliff(
    articles: Mapping[str, Sequence[Entry]], *, source_language: str, language: str
) -> str:
    """Return the XLIFF document of the entries in use of some articles, by path."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff xmlns="{SPACE}" version="2.0"'
        f" srcLang={xml_attribute(source_language)} trgLang={xml_attribute(language)}>",
    ]
    for number, (path, entries) in enumerate(articles.items(), start=1):
        lines.append(f'  <file id="f{number}" original={xml_attribute(path)} xml:space="preserve">')
        for entry in entries:
            lines += (f"    {line}" for line in _unit_lines(entry))
        lines.append("  </file>")
    return "\n".join([*lines, "</xliff>", ""])


def _unit_lines(entry: Entry) -> Iterator[str]:
    english = find_codes(entry.msgid)
    translation = match_codes(find_codes(entry.msgstr), english)
    names = {raw: f"d{n}" for n, raw in enumerate(_codes(english, translation), start=1)}
    yield f"<unit id={xml_attribute(entry.msgctxt or '')}>"
    yield from _note_lines(entry)
    if names:
        yield "  <originalData>"
        yield from (f'    <data id="{own}">{_text(raw)}</data>' for raw, own in names.items())
        yield "  </originalData>"
    yield f"  <segment{_state(entry)}>"
    yield f"    <source>{_inline(english, names)}</source>"
    if entry.is_translated:
        yield f"    <target>{_inline(translation, names)}</target>"
    yield "  </segment>"
    yield "</unit>"


def _state(entry: Entry) -> str:
    """Return the attributes that say what an entry means."""
    state = state_of(entry)
    if state is State.TRANSLATED:
        return ' state="translated"'
    if state is State.UNTRANSLATED:
        return ' state="initial"'
    return f' state="initial" subState="bitext:{"proposal" if is_proposal(entry) else state}"'


def _note_lines(entry: Entry) -> Iterator[str]:
    former = () if entry.previous_msgid is None else (entry.previous_msgid,)
    own = tuple(comment for comment in entry.comments if comment and not is_note(comment))
    sent = (fingerprint(entry.msgstr),) if entry.is_translated else ()
    notes = (
        ("place", entry.extracted),
        (_COMMENT, own),
        ("former-english", former),
        (_EXPORTED, sent),
    )
    if any(texts for _, texts in notes):
        yield "  <notes>"
        for category, texts in notes:
            for text in texts:
                yield f'    <note category="{category}">{xml_text(text)}</note>'
        yield "  </notes>"


def _text(text: str) -> str:
    """Return text as XLIFF holds it, with ``<cp>`` for what XML cannot hold."""
    parts = split_unfit(text)
    return "".join(
        f'<cp hex="{ord(part):04X}"/>' if place % 2 else xml_text(part)
        for place, part in enumerate(parts)
    )


def _codes(*sides: Sequence[Stretch]) -> list[str]:
    """Return all codes of a unit, each once."""
    return list(dict.fromkeys(s.raw for side in sides for s in side if s.kind is not CodeKind.TEXT))


def _inline(stretches: Sequence[Stretch], names: Mapping[str, str]) -> str:
    """Return a sentence as ``<source>`` and ``<target>`` hold it."""
    closing = {s.number: s.raw for s in stretches if s.kind is CodeKind.CLOSE}
    parts: list[str] = []
    for kind, raw, number in stretches:
        if kind is CodeKind.TEXT:
            parts.append(_text(raw))
        elif kind is CodeKind.LONE:
            parts.append(f'<ph id="{number}" dataRef="{names[raw]}"/>')
        elif kind is CodeKind.OPEN:
            refs = f'dataRefStart="{names[raw]}" dataRefEnd="{names[closing[number]]}"'
            parts.append(f'<pc id="{number}" {refs}>')
        else:
            parts.append("</pc>")
    return "".join(parts)


def parse_xliff(content: bytes) -> XliffDocument:
    """Return what an XLIFF 2 document says; raises `CatalogError` for anything else."""
    root = parse_xml(content)
    version = root.attributes.get("version", "")
    if root.name != "xliff" or not version.startswith("2."):
        kind = f"XLIFF {version}" if root.name == "xliff" else f"<{root.name}>"
        raise CatalogError(f"is {kind}; save it as XLIFF 2.0", line=root.line)
    units = tuple(_read_unit(unit) for unit in _find_units(root))
    languages = root.attributes.get("srcLang", ""), root.attributes.get("trgLang", "")
    return XliffDocument(*languages, units)


def _find_units(element: Element) -> Iterator[Element]:
    """Yield the units in an element, in their order, those of groups too."""
    for child in element.elements("file", "group", "unit"):
        if child.name == "unit":
            yield child
        else:
            yield from _find_units(child)


def _read_unit(unit: Element) -> Unit:
    """Return a unit; a tool may have cut it into several segments."""
    original = unit.find("originalData")
    stored = original.elements("data") if original else ()
    texts = {data.attributes.get("id", ""): _read_inline(data, {}) for data in stored}
    english = translation = ""
    done = True
    for part in unit.elements("segment", "ignorable"):
        source, target = part.find("source"), part.find("target")
        english += _read_inline(source, texts) if source else ""
        if part.name == "segment":
            translation += _read_inline(target, texts) if target else ""
            done = done and part.attributes.get("state", "initial") != "initial"
        else:
            own = target or source
            translation += _read_inline(own, texts) if own else ""
    # Translate Toolkit puts its notes into the segment
    holders = [unit, *unit.elements("segment")]
    groups = [notes for holder in holders for notes in holder.elements("notes")]
    found = [note for notes in groups for note in notes.elements("note")]
    comments = (n.text for n in found if n.attributes.get("category", _COMMENT) == _COMMENT)
    sent = (n.text for n in found if n.attributes.get("category") == _EXPORTED)
    return Unit(
        unit.attributes.get("id", ""),
        english,
        translation,
        done,
        tuple(line for comment in comments for line in comment.split("\n")),
        next(sent, ""),
        unit.line,
    )


def _read_inline(element: Element, texts: Mapping[str, str]) -> str:
    """Return the Markdown that an element with inline codes stands for."""
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.name == "pc":
            inner = _read_inline(child, texts)
            parts.append(_data(child, "dataRefStart", texts) + inner)
            parts.append(_data(child, "dataRefEnd", texts))
        elif child.name == "cp":
            parts.append(_character(child))
        elif child.name in ("ph", "sc", "ec"):
            parts.append(_data(child, "dataRef", texts))
        else:
            parts.append(_read_inline(child, texts))
    return "".join(parts)


def _data(code: Element, name: str, texts: Mapping[str, str]) -> str:
    """Return what a code stands for; raises `CatalogError` if the document does not say."""
    reference = code.attributes.get(name, "")
    if reference and reference not in texts:
        message = f"<{code.name}> refers to the data {reference!r}, which its unit has not"
        raise CatalogError(f"{message}; restore <originalData>", line=code.line)
    return texts.get(reference, "")


def _character(element: Element) -> str:
    """Return the character that ``<cp>`` names."""
    try:
        return chr(int(element.attributes.get("hex", ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"
