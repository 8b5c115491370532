"""Fixes: what is found goes, nothing else changes, and a second run does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles import ALL_EXTENSIONS, grammar
from bitext.checks.mending import mend, mend_catalog
from bitext.checks.pair import Pair
from bitext.notes import add_note, find_note
from bitext.po import Entry, parse, serialize, with_msgstr
from sites import bitext, make_project, po, succeed, translate

GRAMMAR = grammar(*ALL_EXTENSIONS)


@pytest.mark.parametrize(
    ("english", "translation", "language", "mended"),
    [
        ("See [it](a.md).", "Glejte [to] (a.md).", "sl-SI", "Glejte [to](a.md)."),
        ("See [it](a.md).", "Glejte [to](a.md) .", "sl-SI", "Glejte [to](a.md)."),
        ("**Save** it.", "** Shranite** to.", "sl-SI", "**Shranite** to."),
        ("**Save** it.", "**Shranite ** to.", "sl-SI", "**Shranite** to."),
        ("Press {kbd}`A`.", "Pritisnite {kbd} `A`.", "sl-SI", "Pritisnite {kbd}`A`."),
        ("Select **Save**.", "Izberite **Shrani.**", "sl-SI", "Izberite **Shrani**."),
        ("See [it](a.md).", "Glejte [to.](a.md)", "sl-SI", "Glejte [to](a.md)."),
        ("Select [**it**](a.md).", "Izberite [**to.**](a.md)", "sl-SI", "Izberite [**to**](a.md)."),
        ("Boil it.", "Zavrite  to.", "sl-SI", "Zavrite to."),
        ("Boil it, now.", "Zavrite , zdaj.", "sl-SI", "Zavrite, zdaj."),
        ("Boil it: now!", "Faites bouillir: oui!", "fr-FR", "Faites bouillir\u00a0: oui\u00a0!"),
        ("Boil it.", "Zavrite c\u030caj.", "sl-SI", "Zavrite čaj."),
        ("Boil it.", "Zavrite\u200b to.", "sl-SI", "Zavrite to."),
        ("Select **It**.", "Izberite  **To.**", "sl-SI", "Izberite **To**."),
    ],
)
def test_what_can_be_mended(english: str, translation: str, language: str, mended: str) -> None:
    fix = mend(Pair(Entry(english, translation), language, GRAMMAR))
    assert fix is not None
    assert fix.msgstr == mended
    assert mend(Pair(Entry(english, mended), language, GRAMMAR)) is None


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("Boil it.", "Zavrite to."),
        ("Run `a  b`.", "Zaženite `a  b`."),
        ("See [it](a.md).", "Glejte [to](b.md)."),
        ("Let it  be.", "Naj  bo."),
        ("Boil it.", "Zavrite to v`  `."),
        ("A.", ""),
    ],
)
def test_what_is_left_alone(english: str, translation: str) -> None:
    assert mend(Pair(Entry(english, translation), "sl-SI", GRAMMAR)) is None


ENGLISH = "See [it](a.md)  now."
FILE = """\
# A comment
msgid ""
msgstr ""
"Language: sl_SI\\n"

# by hand
#. paragraph
#: source/index.md
msgctxt "137fa-101"
msgid ""
"Select "
"**Save**."
msgstr ""
"Izberite "
"**Shrani.**"

#, fuzzy
msgctxt "137fa-102"
msgid "Boil it."
msgstr "Zavrite  to."

# bitext: ignore=spacing the verse has it
msgctxt "137fa-103"
msgid "Boil that."
msgstr "Zavrite  tisto."

#~ msgctxt "137fa-104"
#~ msgid "Boil all."
#~ msgstr "Zavrite  vse."
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_all_but_the_translation_keeps_its_bytes(newline: str) -> None:
    text = FILE.replace("\n", newline)
    mended = mend_catalog(parse(text), "sl-SI", grammar=lambda: GRAMMAR)
    wanted = text.replace(
        f'msgstr ""{newline}"Izberite "{newline}"**Shrani.**"', 'msgstr "Izberite **Shrani**."'
    )
    assert serialize(mended.catalog) == wanted
    assert parse(wanted) == mended.catalog
    assert [fix.checks for fix in mended.fixes] == [("end-inside",)]


def test_a_note_of_a_machine_stays_true() -> None:
    entry = add_note(Entry("Boil it.", "Zavrite  to.", "137fa-101"), "carried")
    (read,) = parse(serialize(parse("")) + _text(entry)).entries
    mended = mend_catalog(parse(_text(entry)), "sl-SI", grammar=lambda: GRAMMAR).catalog
    (after,) = parse(serialize(mended)).entries
    assert find_note(read) == find_note(after) == "carried"
    assert after.msgstr == "Zavrite to."


def _text(entry: Entry) -> str:
    from bitext.po import format_entry

    return format_entry(entry)


def test_quotation_marks_and_comments_do_not_mislead() -> None:
    text = '# msgstr "x"\nmsgctxt "a"\nmsgid "msgstr \\"y\\""\nmsgstr "msgstr \\"z\\""\n'
    (entry,) = parse(text).entries
    assert with_msgstr(entry, 'new "w"').raw == text.replace(
        'msgstr "msgstr \\"z\\""', 'msgstr "new \\"w\\""'
    )


SENTENCE = "Select **Save**, then wait."
WRONG = "Izberite  **Shrani** , nato počakajte."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project whose one translation can be mended."""
    root = make_project(tmp_path / "p", {"index.md": f"# Lamp\n\n{SENTENCE}\n"})
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), {"Lamp": "Svetilka", SENTENCE: WRONG})
    return root


def test_a_diff_shows_first_and_writes_nothing(project: Path) -> None:
    before = po(project, "index").read_bytes()
    run = bitext(project, "check", "--diff")
    assert run.status == 1
    assert run.out.startswith("--- a/locale/sl-SI/LC_MESSAGES/index.po\n+++ b/locale/sl-SI/")
    assert f'-msgstr "{WRONG}"\n+msgstr "Izberite **Shrani**, nato počakajte."' in run.out
    assert po(project, "index").read_bytes() == before


def test_a_fix_is_written_once(project: Path) -> None:
    out = succeed(project, "check", "--fix")
    assert ": fixed: " in out
    assert "[spacing]" in out
    assert out.endswith("mended 1 translation\nnothing found\n")
    after = po(project, "index").read_bytes()
    assert 'msgstr "Izberite **Shrani**, nato počakajte."'.encode() in after
    assert "nothing found" in succeed(project, "check", "--fix")
    assert po(project, "index").read_bytes() == after
    assert succeed(project, "check", "--diff") == ""
    assert succeed(project, "update", "--check")


def test_a_catalog_that_cannot_be_read_is_left_alone_and_named(project: Path) -> None:
    path = po(project, "index")
    path.write_bytes(path.read_bytes() + b'\nmsgid "x\n')
    before = path.read_bytes()
    run = bitext(project, "check", "--fix")
    assert run.status == 2
    assert "[po-syntax]" in run.out
    assert path.read_bytes() == before
