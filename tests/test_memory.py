from __future__ import annotations

from bitext.memory import EMPTY, Proposal, make_memory
from catalogs import catalog

ONE = catalog(
    'msgctxt "137fa-101"\nmsgid "One."\nmsgstr "Ena."\n\n'
    'msgctxt "137fa-102"\nmsgid "Two."\nmsgstr "Dve."\n\n'
    '#, fuzzy\nmsgctxt "137fa-103"\nmsgid "Three."\nmsgstr "Trije?"\n\n'
    'msgctxt "137fa-104"\nmsgid "Four."\nmsgstr ""\n\n'
    '#~ msgctxt "137fa-105"\n#~ msgid "Five."\n#~ msgstr "Pet."\n'
)
TWO = catalog(
    'msgctxt "aaaaa-101"\nmsgid "One."\nmsgstr "Eno."\n\n'
    'msgctxt "aaaaa-102"\nmsgid "Two."\nmsgstr "Dve."\n\n'
    'msgid "Six."\nmsgstr "Šest."\n'
)


def test_one_translation_is_certain_wherever_it_stands() -> None:
    assert make_memory([ONE, TWO]).find_exact("Two.") == Proposal("Dve.", "137fa-102", True)


def test_of_several_the_first_is_proposed() -> None:
    assert make_memory([ONE, TWO]).find_exact("One.") == Proposal("Ena.", "137fa-101", False)
    assert make_memory([TWO, ONE]).find_exact("One.") == Proposal("Eno.", "aaaaa-101", False)


def test_retired_entries_are_remembered() -> None:
    assert make_memory([ONE]).find_exact("Five.") == Proposal("Pet.", "137fa-105", True)


def test_fuzzy_and_untranslated_ones_are_not() -> None:
    memory = make_memory([ONE])
    assert memory.find_exact("Three.") is None
    assert memory.find_exact("Four.") is None


def test_only_exactly_this_english_is_found() -> None:
    memory = make_memory([ONE])
    assert [memory.find_exact(text) for text in ("one.", "One", "One. ", "")] == [None] * 4


def test_an_entry_without_an_id_is_remembered() -> None:
    assert make_memory([TWO]).find_exact("Six.") == Proposal("Šest.", "", True)


def test_an_empty_memory_knows_nothing() -> None:
    assert EMPTY.find_exact("One.") is None
    assert make_memory([]).find_exact("One.") is None
