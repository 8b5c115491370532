"""How much is translated, in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from bitext.coverage import Coverage, LanguageCoverage, measure, total
from bitext.model import State
from bitext.notes import add_note, find_engine
from bitext.po import Catalog, Entry
from bitext.words import count_words

OWN, OTHER = "137fa-101", "09abc-140"
ENGLISH, SLOVENIAN = "Pour it slowly.", "Nalijte počasi."


def _catalog(*entries: Entry) -> Catalog:
    return Catalog(Entry(msgid=""), entries, "", "\n")


def _entry(msgstr: str = SLOVENIAN, *, before: tuple[str | None, str] | None = None) -> Entry:
    if before is None:
        return Entry(msgid=ENGLISH, msgstr=msgstr, msgctxt=OWN)
    context, text = before
    flags = ("fuzzy",)
    return Entry(
        ENGLISH, msgstr, OWN, flags=flags, previous_msgctxt=context, previous_msgid=text or None
    )


HASH = add_note(_entry(), "mt").comments[-1][-4:]


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (_entry(), State.TRANSLATED),
        (_entry(""), State.UNTRANSLATED),
        (_entry(" \n"), State.UNTRANSLATED),
        (_entry(before=(None, "")), State.FUZZY),
        (_entry(before=(OWN, "Pour it.")), State.STALE),
        (_entry(before=(None, "Pour it.")), State.STALE),
        (_entry(before=(OTHER, ENGLISH)), State.FUZZY),
        (_entry("", before=(OWN, "Pour it.")), State.UNTRANSLATED),
    ],
)
def test_each_state_counts_its_words(entry: Entry, state: State) -> None:
    coverage = measure(_catalog(entry))
    assert {known: count for known, count in coverage.words.items() if count} == {state: 3}
    assert {known: count for known, count in coverage.segments.items() if count} == {state: 1}


def test_retired_entries_do_not_count() -> None:
    retired = Entry(msgid=ENGLISH, msgstr=SLOVENIAN, msgctxt=OWN, is_obsolete=True)
    assert measure(_catalog(retired)).total_segments == 0


def test_nothing_to_translate_is_complete() -> None:
    assert measure(_catalog()).per_cent == total([]).per_cent == Coverage().per_cent == 100


def test_an_entry_without_words_does_not_divide_by_zero() -> None:
    assert measure(_catalog(Entry(msgid="…", msgctxt=OWN))).per_cent == 100


def test_only_translated_words_count() -> None:
    words = dict.fromkeys(State, 1)
    assert Coverage(words).per_cent == 25


def test_sums_do_not_depend_on_the_order() -> None:
    parts = [
        measure(_catalog(_entry())),
        measure(_catalog(_entry(""))),
        Coverage({State.FUZZY: 2}),
    ]
    sums = {(total(order).total_words, total(order).per_cent) for order in permutations(parts)}
    assert sums == {(8, 37.5)}


@pytest.mark.parametrize(
    ("entry", "engine"),
    [
        (_entry(), ""),
        (replace(_entry(), comments=("bitext: mt:argos",)), "argos"),
        (replace(_entry(), comments=("see bitext: mt:argos",)), ""),
        (replace(_entry(), comments=("x", " bitext: mt:opus-mt/1.2 ")), "opus-mt/1.2"),
        (replace(_entry(), comments=("bitext: mt:argos 0000",)), ""),
        (replace(_entry(), comments=(f"bitext: mt:argos {HASH}",)), "argos"),
        (replace(_entry("Drugače."), comments=(f"bitext: mt:argos {HASH}",)), ""),
        (replace(_entry(), flags=("fuzzy", "mt")), "machine"),
        (replace(_entry(), flags=("fuzzy",)), ""),
    ],
)
def test_what_a_machine_translated_is_counted_until_it_is_changed(
    entry: Entry, engine: str
) -> None:
    assert find_engine(entry) == engine
    coverage = measure(_catalog(entry, replace(entry, msgctxt="x", msgstr="")))
    assert coverage.machine_words == (3 if engine else 0)
    assert total([coverage] * 2).machine_segments == (2 if engine else 0)


def test_what_a_machine_joined_is_its_translation_too() -> None:
    paragraph = Entry(ENGLISH, SLOVENIAN, "137fa-p101", comments=("bitext: mt:argos",))
    coverage = measure(_catalog(paragraph, _entry("")))
    assert (coverage.machine_words, coverage.machine_segments) == (3, 1)


def test_an_article_is_complete_if_nothing_is_left() -> None:
    articles = {"a.md": measure(_catalog(_entry())), "b.md": measure(_catalog(_entry("")))}
    articles["c.md"] = measure(_catalog(Entry(msgid="…", msgctxt=OWN)))
    assert LanguageCoverage("sl-SI", articles, 0).complete_articles == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("— … !", 0),
        ("Don't stop-start.", 2),
        ('See [the guide](very/long/path.md "with a title").', 3),
        ("See [the guide][label].", 3),
        ("Water[^note] boils.", 2),
        ("Use {ref}`the guide <target>` now.", 4),
        ("<b>Bold</b> words", 2),
        ("Version 1.2.3 of make.", 4),
        ("日本語", 1),
    ],
)
def test_words_are_those_that_a_translator_is_paid_for(text: str, count: int) -> None:
    assert count_words(text) == count
