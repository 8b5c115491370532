"""Catalogs that other editors saved: `update` loses no meaning and touches no other entry."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from bitext.notes import add_note
from bitext.po import Entry, parse, serialize
from bitext.states import state_of
from sites import edit, make_project, po, pot, succeed, translate, write

ENGLISH = (
    "The first sentence is long enough to be wrapped by an editor that wraps at eighty columns.",
    "A second one with `code` and a [link](a.md).",
    "A third one.",
    "A sentence that leaves.",
    'The last one says "quoted" and 50% of it.',
)
ARTICLE = "# Title\n\n" + " ".join(ENGLISH) + "\n"


def _gettext(program: str, *options: str) -> Callable[[Path, Path], None]:
    def save(path: Path, template: Path) -> None:
        tool = shutil.which(program)
        if tool is None:
            pytest.skip(f"{program} of GNU gettext is not installed")
        files = [str(path), str(template)] if program == "msgmerge" else [str(path)]
        done = subprocess.run([tool, *options, *files], capture_output=True, check=True)
        write(path, done.stdout)

    return save


def _polib(path: Path, template: Path) -> None:
    polib.pofile(str(path)).save()


def _toolkit(path: Path, template: Path) -> None:
    """Save with Translate Toolkit: here, or in the environment that a variable names."""
    python = os.environ.get("TRANSLATE_TOOLKIT_PYTHON", sys.executable)
    if python == sys.executable and importlib.util.find_spec("translate") is None:
        pytest.skip("translate-toolkit is not installed; TRANSLATE_TOOLKIT_PYTHON names a Python")
    code = "import sys; from translate.storage import pypo as p; p.pofile.parsefile(sys.argv[1])"
    subprocess.run([python, "-c", f"{code}.save()", str(path)], check=True, capture_output=True)


EDITORS: dict[str, Callable[[Path, Path], None]] = {
    "polib": _polib,
    "msgcat": _gettext("msgcat"),
    "msgcat --no-wrap": _gettext("msgcat", "--no-wrap"),
    "msgcat --sort-output": _gettext("msgcat", "--sort-output"),
    "msgmerge --previous": _gettext("msgmerge", "--quiet", "--previous"),
    "msgmerge without --previous": _gettext("msgmerge", "--quiet"),
    "translate toolkit": _toolkit,
}


DROPPING = "msgmerge without --previous"
"""It deletes `#|`: what was stale is only fuzzy then, and no program can know of what English."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with an entry in each state: translated, stale, fuzzy, carried, retired, none."""
    root = make_project(tmp_path / "project", {"a.md": ARTICLE})
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    done = {text: f"Prevod: {text}" for text in (*ENGLISH[:2], *ENGLISH[3:])}
    translate(po(root, "a"), done)
    translate(po(root, "a"), {ENGLISH[2]: "Tretji."}, fuzzy=[ENGLISH[2]])
    article = root / "source/a.md"
    edit(article, "is long enough", "is surely long enough")
    edit(article, "[link](a.md)", "[link](a.md#title)")
    edit(article, f"{ENGLISH[3]} ", "")
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    return root


def _meanings(root: Path, editor: str) -> list[tuple[object, ...]]:
    """Return what each entry means; as far as the editor keeps it."""
    entries = parse(po(root, "a").read_text(encoding="utf-8")).entries
    if editor == DROPPING:
        return [(e.msgctxt, e.msgid, e.msgstr, e.is_fuzzy, e.is_obsolete) for e in entries]
    return [_meaning(entry) for entry in entries]


def _meaning(entry: Entry) -> tuple[object, ...]:
    origin = (entry.previous_msgctxt or entry.msgctxt, entry.previous_msgid)
    own = origin if entry.previous_msgid is not None else None
    return entry.msgctxt, entry.msgid, entry.msgstr, state_of(entry), entry.is_obsolete, own


@pytest.mark.parametrize("editor", EDITORS)
def test_a_save_and_an_update_lose_no_meaning(root: Path, editor: str) -> None:
    entries = parse(po(root, "a").read_text(encoding="utf-8")).entries
    assert {str(state_of(entry)) for entry in entries} == {
        "translated",
        "stale",
        "fuzzy",
        "untranslated",
    }
    before = _meanings(root, editor)
    EDITORS[editor](po(root, "a"), pot(root, "a"))
    saved = po(root, "a").read_bytes()
    succeed(root, "update", "-q")
    assert sorted(map(str, _meanings(root, editor))) == sorted(map(str, before))
    if "sort" not in editor:
        kept = {entry.raw for entry in parse(saved.decode()).entries}
        now = [entry.raw for entry in parse(po(root, "a").read_text(encoding="utf-8")).entries]
        assert [raw for raw in now if raw not in kept] == [], "no entry was touched"
    after = po(root, "a").read_bytes()
    succeed(root, "update", "-q")
    assert po(root, "a").read_bytes() == after


@pytest.mark.parametrize("editor", EDITORS)
def test_after_a_save_an_edit_touches_one_entry(root: Path, editor: str) -> None:
    EDITORS[editor](po(root, "a"), pot(root, "a"))
    succeed(root, "update", "-q")
    before = {e.raw for e in parse(po(root, "a").read_text(encoding="utf-8")).entries}
    edit(root / "source/a.md", "50% of it", "50% of all of it")
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    after = parse(po(root, "a").read_text(encoding="utf-8")).entries
    (touched,) = [entry for entry in after if entry.raw not in before]
    assert touched.msgid.endswith("50% of all of it.")
    assert (touched.msgstr, touched.previous_msgid) == (f"Prevod: {ENGLISH[4]}", ENGLISH[4])


def test_a_note_that_moved_is_dropped_and_one_that_stayed_is_kept(root: Path) -> None:
    path = po(root, "a")
    catalog = parse(path.read_text(encoding="utf-8"))
    (carried,) = [entry for entry in catalog.entries if entry.comments]
    assert add_note(carried, "carried").comments == carried.comments
    note = f"# {carried.comments[0]}\n"
    text = path.read_text(encoding="utf-8")
    assert text.count(note) == 1
    moved = text.replace(note, "").replace("#. heading\n", f"{note}#. heading\n")
    assert moved.count(note) == 1
    write(path, moved)
    succeed(root, "update", "-q")
    assert path.read_text(encoding="utf-8") == text.replace(note, "")
    assert serialize(parse(text)) == text
