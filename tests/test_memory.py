from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from bitext.memory import EMPTY, Match, Memory, Proposal, Sentence, make_memory
from bitext.near import Near, NearIndex
from bitext.update import Pair
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


def exact(memory: Memory, text: str) -> Proposal | None:
    return memory.find_exact(Sentence(text, "Elsewhere.", ""))


def test_one_translation_is_certain_wherever_it_stands() -> None:
    assert exact(make_memory([ONE, TWO]), "Two.") == Proposal("Dve.", "137fa-102", True)


def test_of_several_the_first_is_proposed() -> None:
    assert exact(make_memory([ONE, TWO]), "One.") == Proposal("Ena.", "137fa-101", False)
    assert exact(make_memory([TWO, ONE]), "One.") == Proposal("Eno.", "aaaaa-101", False)


def test_retired_entries_are_remembered() -> None:
    assert exact(make_memory([ONE]), "Five.") == Proposal("Pet.", "137fa-105", True)


def test_fuzzy_and_untranslated_ones_are_not() -> None:
    memory = make_memory([ONE])
    assert exact(memory, "Three.") is None
    assert exact(memory, "Four.") is None


def test_only_exactly_this_english_is_found() -> None:
    memory = make_memory([ONE])
    assert [exact(memory, text) for text in ("one.", "One", "One. ", "")] == [None] * 4


def test_an_entry_without_an_id_is_remembered() -> None:
    assert exact(make_memory([TWO]), "Six.") == Proposal("Šest.", "", True)


def test_an_empty_memory_knows_nothing() -> None:
    assert exact(EMPTY, "One.") is None
    assert exact(make_memory([]), "One.") is None


def test_between_the_same_neighbours_it_is_certain() -> None:
    memory = make_memory([ONE, TWO])
    assert memory.find_exact(Sentence("One.", "", "Two.")) == Proposal(
        "Ena.", "137fa-101", False, Match.CONTEXT
    ), "both catalogs have it there, and not alike"
    other = catalog('msgctxt "bbbbb-101"\nmsgid "One."\nmsgstr "Enega."\n')
    memory = make_memory([ONE, other])
    found = memory.find_exact(Sentence("One.", "", "Two."))
    assert found == Proposal("Ena.", "137fa-101", True, Match.CONTEXT)
    assert memory.find_exact(Sentence("One.")) == Proposal(
        "Enega.", "bbbbb-101", True, Match.CONTEXT
    )


def test_a_project_may_distrust_what_stands_elsewhere() -> None:
    memory = make_memory([ONE], trusts_exact=False)
    assert exact(memory, "Two.") == Proposal("Dve.", "137fa-102", False)
    found = memory.find_exact(Sentence("Two.", "One.", "Three."))
    assert found is not None
    assert found.is_certain


def test_a_stale_entry_says_what_its_former_english_was() -> None:
    stale = catalog(
        '#, fuzzy\n#| msgctxt "137fa-101"\n#| msgid "Once."\n'
        'msgctxt "137fa-101"\nmsgid "Twice."\nmsgstr "Enkrat."\n'
    )
    assert exact(make_memory([stale]), "Once.") == Proposal("Enkrat.", "137fa-101", True)
    assert exact(make_memory([stale]), "Twice.") is None


def test_a_proposal_that_nobody_has_seen_says_nothing() -> None:
    proposed = catalog(
        '#, fuzzy\n#| msgctxt "aaaaa-101"\n#| msgid "Once."\n'
        'msgctxt "137fa-101"\nmsgid "Twice."\nmsgstr "Enkrat."\n'
    )
    assert not make_memory([proposed]).known


def test_near_english_is_found_with_its_score() -> None:
    memory = make_memory([catalog('msgctxt "a"\nmsgid "Open the red box."\nmsgstr "Odpri."\n')])
    assert memory.find_near("Open the blue box.") is None, "nothing is near unless asked for"
    memory = Memory(memory.read, near=0.7)
    found = memory.find_near("Open the new red box.")
    assert found is not None
    assert (found.english, found.is_certain, found.match) == (
        "Open the red box.",
        False,
        Match.NEAR,
    )
    assert 0.7 <= found.score < 1
    assert memory.find_near("Something else entirely.") is None


def test_looking_ahead_changes_no_proposal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bitext.memory._MANY", 2)
    english = ["Open the red box.", "Close the lid of the lamp.", "Wait."]
    text = "".join(f'msgctxt "{n}"\nmsgid "{t}"\nmsgstr "x"\n\n' for n, t in enumerate(english))
    wanted = ["Open the new red box.", "Close the lid of the lamp", "Wait.", "Something else."]
    alone, ahead = (Memory(make_memory([catalog(text)]).read, near=0.7) for _ in range(2))
    ahead.look_ahead(wanted)
    assert [ahead.find_near(t) for t in wanted] == [alone.find_near(t) for t in wanted]
    assert alone.find_near(wanted[0]) is not None


def test_languages_in_which_the_same_is_translated_look_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def find(index: NearIndex, text: str, least: float) -> Near:
        asked.append(text)
        return ("Open the red box.", 0.9)

    monkeypatch.setattr(NearIndex, "_find", find)
    one, two = (
        catalog(f'msgctxt "a"\nmsgid "Open the red box."\nmsgstr "{word}"\n')
        for word in ("Odpri.", "Öffnen.")
    )
    other = catalog('msgctxt "a"\nmsgid "Open the lid."\nmsgstr "Odpri."\n')
    found = [make_memory([own], near=0.7).find_near("Open the new red box.") for own in (one, two)]
    assert [own and own.translation for own in found] == ["Odpri.", "Öffnen."]
    assert asked == ["Open the new red box."]
    make_memory([one, other], near=0.7).find_near("Open the new red box.")
    assert len(asked) == 2


def test_what_is_near_is_found_in_parts_as_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bitext.memory._PART", 1)
    english = ["Open the red tiny box up.", "Open red box up.", "Open the blue bags."]
    wanted = "Open the red box up."
    for order in permutations([*english, english[0]]):
        catalogs = [
            catalog(f'msgctxt "{n}"\nmsgid "{text}"\nmsgstr "x{n}"\n\n')
            for n, text in enumerate(order)
        ]
        memory = make_memory(catalogs, near=0.7, wants=lambda _: False)
        memory.look_ahead([wanted])
        assert memory.find_near(wanted) == make_memory(catalogs, near=0.7).find_near(wanted)


@pytest.mark.parametrize("first", ["1 Open box.", "Open 1 box.", "`https` open box"])
def test_of_english_that_differs_mechanically_the_first_is_taken(first: str) -> None:
    english = dict.fromkeys([first, "Open 2 box.", "2 Open box.", "Close 2 box."])
    text = "".join(f'msgctxt "{n}"\nmsgid "{t}"\nmsgstr "{t}"\n\n' for n, t in enumerate(english))
    memory = make_memory([catalog(text)], carry=lambda *three: three[2])
    found = memory.find_mechanical("Open 3 box.")
    assert found is not None
    assert found.translation == first
    assert memory.find_mechanical("Shut 3 box.") is None


def test_a_memory_is_asked_for_what_is_new_or_was_translated_from_other_english() -> None:
    pot = catalog(
        "".join(f'msgctxt "137fa-10{n}"\nmsgid "New {n}."\nmsgstr ""\n\n' for n in range(1, 7))
    )
    assert {kind for _, kind in Pair(None, pot).find_questions()} == {Match.NEAR}
    assert list(Pair(ONE, ONE).find_questions()) == [("Four.", Match.MECHANICAL)]
    edited = {"One.": "One!", "Four.": "Four!"}
    entries = tuple(replace(e, msgid=edited.get(e.msgid, e.msgid)) for e in ONE.entries[:4])
    assert list(Pair(ONE, replace(ONE, entries=entries)).find_questions()) == [
        ("One!", Match.EXACT),
        ("Four!", Match.NEAR),
    ]
