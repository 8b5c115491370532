"""Machine translation: markup stays, results are fuzzy and marked, nothing happens unasked."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.codes import find_codes
from bitext.machine import mask, unmask
from bitext.notes import find_engine
from bitext.po import Entry, parse, serialize
from sites import bitext, edit, make_project, po, snapshot, succeed, translate, write

ARTICLE = "# Lamps\n\nSee **[the lamp](b.md)** and `x`. Press it.\n"


class Shouting:
    """An engine for tests."""

    name = "shouting"

    def __init__(self, source: str, target: str) -> None:
        assert (source, target) == ("en-US", "es-ES")

    def translate(self, texts: Sequence[str]) -> Sequence[str]:
        return [text.upper() for text in texts]


class Careless(Shouting):
    """One that loses what it was to copy."""

    def translate(self, texts: Sequence[str]) -> Sequence[str]:
        return [text.replace("⟦2⟧", "") for text in texts]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(
        tmp_path / "project",
        {"index.md": ARTICLE, "b.md": "# Lamp\n"},
        languages=["es-ES"],
        settings='[tool.bitext.machine]\nengine = "test_machine:Shouting"\n',
    )
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    translate(po(root, "index", "es-ES"), {"Lamps": "Lámparas"})
    return root


def _entries(root: Path, name: str = "index") -> dict[str, Entry]:
    entries = parse(po(root, name, "es-ES").read_text(encoding="utf-8")).entries
    return {entry.msgid: entry for entry in entries}


def test_what_nobody_translated_is_fuzzy_and_marked(root: Path) -> None:
    out = succeed(root, "machine")
    assert out == "es-ES: shouting translated 3 sentences, as fuzzy\n"
    found = _entries(root)
    sentence = found["See **[the lamp](b.md)** and `x`."]
    assert sentence.msgstr == "SEE **[THE LAMP](b.md)** AND `x`."
    assert sentence.is_fuzzy
    assert find_engine(sentence)
    assert sentence.comments[0].startswith("bitext: mt:shouting ")
    assert found["Lamps"].msgstr == "Lámparas"
    before = snapshot(root)
    succeed(root, "machine", "-q")
    succeed(root, "update", "-q")
    assert snapshot(root) == before


def test_who_mends_a_translation_makes_it_a_person_s(root: Path) -> None:
    succeed(root, "machine", "-q")
    edit(po(root, "index", "es-ES"), 'msgstr "PRESS IT."', 'msgstr "Púlselo."')
    assert not find_engine(_entries(root)["Press it."])
    succeed(root, "update", "-q")
    assert _entries(root)["Press it."].comments == ()


def test_an_answer_without_its_codes_is_not_used(root: Path) -> None:
    edit(root / "pyproject.toml", "Shouting", "Careless")
    assert "1 answers cannot be used" in succeed(root, "machine")
    assert _entries(root)["See **[the lamp](b.md)** and `x`."].msgstr == ""


TERMS = """\
term,language,rendering,forbidden,do-not-translate
red lamp,es,farol,,
lamp,es-ES,lámpara | luz,LAMP,
Knob,,,,yes
button,es,,BUTTON,
"""


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("Lamps shine.", "Lámpara SHINE."),
        ("The *lamp* of Knob's shop.", "THE *lámpara* OF Knob SHOP."),
        ("A [red lamp](b.md) is a lamp.", "A [farol](b.md) IS A lámpara."),
        ("Press a button.", ""),
        ("Press `lamp`.", "PRESS `lamp`."),
    ],
)
def test_terms_are_as_the_glossary_has_them(root: Path, english: str, translation: str) -> None:
    edit(root / "source/index.md", "Press it.", f"{english}\n\nThe end.")
    write(root / "locale/terms.csv", TERMS)
    succeed(root, "machine", "-q")
    assert _entries(root)[english].msgstr == translation
    assert "[term]" not in bitext(root, "check").out


class Learned(Shouting):
    """One that knows the word, in the right form; it is not asked twice."""

    asked = 0

    def translate(self, texts: Sequence[str]) -> Sequence[str]:
        Learned.asked += len(texts)
        return [text.replace("Lamps are", "Lámparas son") for text in texts]


def test_an_engine_that_knows_a_term_writes_its_form(root: Path) -> None:
    edit(root / "pyproject.toml", "Shouting", "Learned")
    edit(root / "source/index.md", ARTICLE, "# Title\n\nLamps are new. Buttons.\n")
    write(root / "source/b.md", "# Title\n")
    write(root / "locale/terms.csv", TERMS)
    succeed(root, "machine", "-q")
    assert _entries(root)["Lamps are new."].msgstr == "Lámparas son new."
    assert Learned.asked == 3


def test_terms_that_cannot_be_read_stop_the_machine(root: Path) -> None:
    write(root / "locale/terms.csv", "lamp,Deckel\n")
    before = snapshot(root)
    run = bitext(root, "machine")
    assert (run.status, snapshot(root)) == (2, before)
    assert "locale/terms.csv:1: error: no column may be called 'lamp'" in run.err


def test_nothing_is_asked_unless_a_machine_is_named(root: Path) -> None:
    path = root / "pyproject.toml"
    write(path, path.read_text(encoding="utf-8").partition("[tool.bitext.machine]")[0])
    before = snapshot(root)
    run = bitext(root, "machine")
    assert run.status == 2
    assert "no machine translates in this project; to have one, set machine.engine" in run.err
    assert snapshot(root) == before


def test_an_engine_that_is_none(root: Path) -> None:
    edit(root / "pyproject.toml", "test_machine:Shouting", "nowhere:Nobody")
    run = bitext(root, "machine")
    assert run.status == 2
    assert "machine.engine 'nowhere:Nobody' cannot be imported" in run.err


def test_check_writes_nothing(root: Path) -> None:
    before = snapshot(root)
    assert bitext(root, "machine", "--check").status == 1
    assert snapshot(root) == before


@given(st.text(alphabet="ab *_`[](){}<>!⟦⟧1/\\.", max_size=40))
def test_a_copy_of_the_mask_is_the_sentence(text: str) -> None:
    stretches = find_codes(text)
    plain = text.replace("⟦", "").replace("⟧", "")
    if text == plain:
        assert unmask(mask(stretches), stretches) == text
    assert unmask(mask(stretches) + "⟦9⟧", stretches) == ""


@pytest.mark.parametrize("answer", ["⟦/1⟧a⟦1⟧ ⟦2⟧", "⟦1⟧a⟦1⟧ ⟦2⟧", "⟦1⟧a⟦/1⟧", "a", ""])
def test_codes_out_of_place_are_refused(answer: str) -> None:
    assert unmask(answer, find_codes("[a](b.md) `c`")) == ""


def test_apertium_translates_the_manual_without_a_structural_error(tmp_path: Path) -> None:
    if shutil.which("apertium") is None:
        pytest.skip("apertium is not installed, with apertium-eng-spa")
    manual = Path(__file__).resolve().parent.parent
    root = make_project(
        tmp_path / "manual",
        {},
        languages=["es-ES"],
        settings='myst-extensions = ["colon_fence", "deflist"]\n[tool.bitext.machine]\n'
        'engine = "apertium"\n',
    )
    shutil.copytree(manual / "source", root / "source")
    terms = "sentence,es,frase,sentencia,\ncatalog,es,catálogo,,\nWeblate,,,,yes\n"
    write(root / "locale/terms.csv", TERMS.partition("\n")[0] + "\n" + terms)
    succeed(root, "gettext", "-q")
    run = bitext(root, "machine")
    if "apertium has no mode" in run.err:
        pytest.skip("apertium-eng-spa is not installed")
    assert run.status == 0, run.err
    done = refused = 0
    for path in sorted((root / "locale/es-ES").rglob("*.po")):
        catalog = parse(path.read_text(encoding="utf-8"))
        done += sum(map(bool, map(find_engine, catalog.entries)))
        refused += sum(not entry.msgstr for entry in catalog.entries)
        sure = tuple(replace(e, flags=(), comments=(), raw=None) for e in catalog.entries)
        write(path, serialize(replace(catalog, entries=sure)))
    assert done > 500
    assert done / (done + refused) > 0.9
    found = bitext(root, "check", "--severity", "error")
    assert found.status == 0, found.out
    assert "[term]" not in bitext(root, "check").out
