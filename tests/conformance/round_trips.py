"""Catalogs leave for other tools and come back: as PO, as XLIFF and as TMX, with nothing lost.

The manual and 500 published articles, with entries in all states and comments of translators.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import xmlschema

from bitext.model import State, is_paragraph_id
from bitext.notes import is_note
from bitext.po import Entry, format_entry, parse, serialize
from bitext.states import is_proposal, state_of
from foreign_po import Held
from sites import make_project, succeed
from test_exchange_files import SCHEMAS
from test_po_tools import TOOLS, Row, parsed_rows

from .corpora import ROOT, unpack

TAG = "sl-SI"
ARTICLES = 500
_PO_TOOLS = ("msgcat", "polib", "Translate Toolkit", "Babel")
_SETTINGS = 'segmentation = "published"\nmyst-extensions = ["alert"]\n'


def run(scratch: Path) -> bool:
    """Make both projects, and send their catalogs around."""
    holds = _send(_manual(scratch / "manual"), "the manual")
    return _send(_alchemy(scratch / "alchemy"), f"{ARTICLES} articles") and holds


def _manual(root: Path) -> Path:
    make_project(root, {}, languages=[TAG])
    shutil.copy(ROOT / "pyproject.toml", root)
    for name in ("source", "locale"):
        shutil.copytree(ROOT / name, root / name, dirs_exist_ok=True)
    return root


def _alchemy(root: Path) -> Path:
    make_project(root, {}, languages=[TAG], settings=_SETTINGS)
    unpack("alchemy.tar.xz", root / "unpacked")
    paths = sorted((root / "unpacked/alchemy" / TAG).rglob("*.md"))
    for path in paths[ARTICLES:]:
        path.unlink()
    succeed(root, "import", "bilingual", str(root / "unpacked/alchemy" / TAG), "-l", TAG, "-q")
    shutil.rmtree(root / "unpacked")
    return root


def _send(root: Path, name: str) -> bool:
    _vary(root)
    before = _entries(root)
    states = Counter(str(state_of(entry)) for entry in before.values())
    print(f"{name}: {len(before)} entries, {dict(states)}")
    return all([_as_po(root), _as_xliff(root), _as_tmx(root)])


def _catalogs(root: Path) -> list[Path]:
    return sorted((root / "locale" / TAG / "LC_MESSAGES").rglob("*.po"))


def _contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in _catalogs(root)}


def _entries(root: Path) -> dict[str, Entry]:
    """Return the entries in use by ID."""
    return {
        entry.msgctxt or "": entry
        for path in _catalogs(root)
        for entry in parse(path.read_text(encoding="utf-8")).entries
        if not entry.is_obsolete
    }


def _vary(root: Path) -> None:
    """Bring the entries of all catalogs into all states, as `update` leaves them."""
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    for number, path in enumerate(_catalogs(root)):
        text = path.read_text(encoding="utf-8")
        for place, entry in enumerate(parse(text).entries):
            if entry.is_obsolete or not entry.msgstr or not entry.raw:
                continue
            varied = _varied(entry, number + place)
            text = text.replace(entry.raw.strip("\n"), format_entry(varied).strip("\n"), 1)
        path.write_text(text, encoding="utf-8")
    succeed(root, "update", "-q")


def _varied(entry: Entry, place: int) -> Entry:
    match place % 6:
        case 1:
            return replace(entry, comments=(*entry.comments, "who knows: ž < & ]]> -->"))
        case 2:
            return replace(entry, flags=("fuzzy", *entry.flags), comments=("a doubt",))
        case 3:
            stale = replace(entry, flags=("fuzzy", *entry.flags), previous_msgctxt=entry.msgctxt)
            return replace(stale, previous_msgid=f"Older: {entry.msgid}")
        case 4:
            return replace(entry, msgstr="")
    return entry


def _as_po(root: Path) -> bool:
    holds = True
    for tool in _PO_TOOLS:
        lost = sum(1 for path in _catalogs(root) if not _is_kept(path, tool, root / "copy.po"))
        print(f"  {tool}: {len(_catalogs(root))} files, {lost} with a loss")
        holds &= not lost
    return holds


def _is_kept(path: Path, tool: str, copy: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    if tool == "Babel":  # it keeps retired entries apart
        catalog = parse(text)
        in_use = tuple(entry for entry in catalog.entries if not entry.is_obsolete)
        text = serialize(replace(catalog, entries=in_use))
    copy.write_text(text, encoding="utf-8")
    before, after = parsed_rows(text), TOOLS[tool](copy)
    return _known_to(tool, before) == _known_to(tool, after)


def _known_to(tool: str, rows: Sequence[Row]) -> list[Row]:
    """Return rows as a library tells them: Babel no former English, polib wrapped comments."""
    joined: list[Row] = [(*row[:4], (_bare(row[4]),), (_bare(row[5]),), row[6]) for row in rows]
    return [(*row[:-1], "") for row in joined] if tool == "Babel" else joined


def _bare(comments: Sequence[str]) -> str:
    """Return comments without white space: polib breaks long ones, also at a hyphen."""
    return "".join("".join(comments).split())


def _as_xliff(root: Path) -> bool:
    """Send XLIFF through the Translate Toolkit and take it back: not a byte may change."""
    from translate.storage.xliff2 import Xliff2File

    path = root / "out.xlf"
    succeed(root, "export", "xliff", "-l", TAG, "-o", str(path), "-q")
    locations = {"http://www.w3.org/XML/1998/namespace": str(SCHEMAS / "xml.xsd")}
    schema = xmlschema.XMLSchema(
        str(SCHEMAS / "xliff-core-2.0.xsd"), locations=locations, allow="local"
    )
    errors = list(schema.iter_errors(str(path)))
    store = Xliff2File.parsefile(str(path))  # type: ignore[no-untyped-call]
    units = len([unit for unit in store.units if not unit.isheader()])
    store.savefile(str(path))
    before = _contents(root)
    succeed(root, "import", "xliff", str(path), "-l", TAG, "-q")
    changed = [own for own, content in _contents(root).items() if content != before[own]]
    print(
        f"  XLIFF: {units} units, {len(errors)} errors of the schema, {len(changed)} files changed"
    )
    for own in changed[:5]:
        print(f"    {own}")
    return not errors and not changed and units == len(_entries(root))


def _as_tmx(root: Path) -> bool:
    """Send a memory through the Translate Toolkit, and into catalogs that are empty."""
    from translate.storage.tmx import tmxfile

    path = root / "out.tmx"
    succeed(root, "export", "tmx", "-l", TAG, "-o", str(path), "--fuzzy", "-q")
    store = tmxfile.parsefile(str(path))  # type: ignore[no-untyped-call]
    store.savefile(str(path))
    before = _entries(root)
    _empty(root)
    succeed(root, "import", "tmx", str(path), "-l", TAG, "-q")
    lost = list(_find_unlike(before, root))
    print(f"  TMX: {len(store.units)} units, {len(lost)} entries unlike before")
    for own in lost[:5]:
        print(f"    {own}")
    return not lost


def _empty(root: Path) -> None:
    shutil.rmtree(root / "locale" / TAG)
    succeed(root, "update", "-q")


def _find_unlike(before: dict[str, Entry], root: Path) -> Iterator[str]:
    """Yield entries that are not as they were; those of no sentence are kept for the memory."""
    after, held = _entries(root), Held(root, TAG)
    for own, entry in before.items():
        state, found = state_of(entry), after.get(own)
        if state is State.UNTRANSLATED or is_proposal(entry):
            continue
        is_kept = found is not None and _content(found) == _content(entry)
        if state is State.STALE or is_paragraph_id(own):  # no memory has the entry itself
            is_kept |= held.has(entry.msgstr)
        if not is_kept:
            yield f"{own}: {entry.msgstr!r} {state}, now {found and found.msgstr!r}"


def _content(entry: Entry) -> tuple[object, ...]:
    return entry.msgid, entry.msgstr, state_of(entry), _own_comments(entry)


def _own_comments(entry: Entry) -> list[str]:
    """Return a translator's comments; the machine's notes are made anew."""
    return [comment for comment in entry.comments if not is_note(comment)]
