"""What becomes of a language's entries: golden cases, and what no update may lose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bitext.extract import highest_number
from bitext.memory import EMPTY, Memory, make_memory
from bitext.model import State
from bitext.po import Catalog, Entry, parse, serialize
from bitext.states import is_proposal, state_of
from bitext.update import update_catalog
from catalogs import catalog, run_gettext, without_header
from golden import Case, params

SETTINGS = settings(
    deadline=None, max_examples=400, derandomize=True, suppress_health_check=list(HealthCheck)
)
IDS = ("137fa-101", "137fa-102", "137fa-103", "137fa-104")
PARAGRAPHS = ("137fa-p101", "137fa-p102")
ENGLISH = st.sampled_from(["One.", "Two.", "Three.", "Four."])
JOINED = st.sampled_from(["One. Two.", "One. Two. Three.", "Two. Three.", "One."])
PLACES = (("paragraph",), ("paragraph, continued",))


def update(old: Catalog | None, template: Catalog, memory: Memory = EMPTY) -> Catalog:
    return update_catalog(old, template, tag="sl-SI", memory=memory).catalog


@pytest.mark.parametrize("case", params("update"))
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    parts = [catalog(part) for part in (case.given + "\n").split("=====\n")]
    memory = make_memory(parts[2:])
    old = parts[0] if parts[0].entries else None
    updated = update_catalog(old, parts[1], tag="sl-SI", memory=memory)
    outcomes = [f"{outcome.value}: {text}" for outcome, text in updated.outcomes]
    check_case(case, "\n".join([without_header(updated.catalog), "", *outcomes]))
    again = update_catalog(updated.catalog, parts[1], tag="sl-SI", memory=memory)
    assert serialize(again.catalog) == serialize(updated.catalog), "a second run changes nothing"


# What holds for every catalog


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Generate an entry in any state a catalog of ours can hold."""
    own = draw(st.sampled_from([*IDS, *PARAGRAPHS, None]))
    english = JOINED if own in PARAGRAPHS else ENGLISH
    translation = draw(st.sampled_from(["", "Ena.", "Dve.", "Tri."]))
    is_fuzzy = bool(translation) and draw(st.booleans())
    previous = draw(st.none() | english) if is_fuzzy else None
    return Entry(
        msgid=draw(english),
        msgstr=translation,
        msgctxt=own,
        flags=draw(st.sampled_from([("fuzzy",), ("fuzzy", "no-wrap")])) if is_fuzzy else (),
        comments=draw(st.sampled_from([(), ("A note.",)])),
        extracted=draw(st.sampled_from([(), *PLACES])),
        previous_msgctxt=draw(st.sampled_from([None, own, "aaaaa-101"])) if previous else None,
        previous_msgid=previous,
        is_obsolete=draw(st.booleans()),
    )


def read_back(*parts: Entry) -> Catalog:
    """Return the catalog of these entries as it is read from a file."""
    live = [entry for entry in parts if not entry.is_obsolete]
    gone = [entry for entry in parts if entry.is_obsolete]
    return parse(serialize(replace(catalog(""), entries=(*live, *gone))))


def key(entry: Entry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


OLD = st.lists(entries(), max_size=6, unique_by=key).map(lambda found: read_back(*found))
TEMPLATES = st.lists(
    st.builds(
        Entry,
        msgid=ENGLISH,
        msgctxt=st.sampled_from(IDS),
        extracted=st.sampled_from(PLACES),
        references=st.just(("a.md",)),
    ),
    max_size=4,
    unique_by=lambda entry: entry.msgctxt,
).map(lambda found: read_back(*found))
MEMORIES = st.lists(entries(), max_size=3, unique_by=key).map(
    lambda found: make_memory([read_back(*found)])
)


@SETTINGS
@given(old=OLD, template=TEMPLATES, memory=MEMORIES)
def test_update(old: Catalog, template: Catalog, memory: Memory) -> None:
    updated = update_catalog(old, template, tag="sl-SI", memory=memory)
    live = [entry for entry in updated.catalog.entries if not entry.is_obsolete]
    own = [key(entry) for entry in live if entry.msgctxt not in PARAGRAPHS]
    assert own == list(map(key, template.entries)), "the POT's entries, in order"
    for entry in live:
        if entry.msgctxt in PARAGRAPHS:
            first = live.index(entry) + 1
            count = entry.msgid.count(".")
            assert entry.msgid == " ".join(e.msgid for e in live[first : first + count])
    kept = Counter(entry.msgstr for entry in updated.catalog.entries)
    assert not Counter(e.msgstr for e in old.entries if e.msgstr) - kept, "nothing is lost"
    notes = [note for entry in old.entries for note in entry.comments]
    kept = Counter(n for e in updated.catalog.entries for n in e.comments if "bitext:" not in n)
    assert Counter(notes) == kept
    assert updated.catalog.header == old.header
    assert len(set(map(key, updated.catalog.entries))) == len(updated.catalog.entries)


@SETTINGS
@given(old=OLD, template=TEMPLATES, memory=MEMORIES)
def test_a_second_update_changes_nothing(old: Catalog, template: Catalog, memory: Memory) -> None:
    first = parse(serialize(update(old, template, memory)))
    assert serialize(update(first, template, memory)) == serialize(first)


@SETTINGS
@given(old=OLD, template=TEMPLATES)
def test_readers_see_only_what_was_translated_from_this_sentence(
    old: Catalog, template: Catalog
) -> None:
    said = {(entry.msgid, entry.msgstr) for entry in old.entries if not entry.is_fuzzy}
    said |= {(entry.previous_msgid or "", entry.msgstr) for entry in old.entries if entry.is_fuzzy}
    for entry in update(old, template).entries:
        if not entry.is_obsolete and state_of(entry) is State.TRANSLATED:
            assert (entry.msgid, entry.msgstr) in said


@settings(SETTINGS, max_examples=25)
@given(old=OLD, template=TEMPLATES, memory=MEMORIES)
def test_gettext_accepts_and_keeps_it(old: Catalog, template: Catalog, memory: Memory) -> None:
    updated = update(old, template, memory)
    text = serialize(updated)
    run_gettext("msgfmt", "--check-header", "--output-file=/dev/null", text=text)
    kept = parse(run_gettext("msgcat", "--no-wrap", text=text)).entries
    assert kept == tuple(e for e in updated.entries if e.msgstr or not e.is_obsolete)


def test_an_untouched_entry_keeps_its_bytes_whoever_wrapped_it() -> None:
    old = catalog(
        '#   odd comment\n#:a.md:7\nmsgctxt "137fa-101"\nmsgid ""\n"One."\nmsgstr "Ena."\n\n\n'
        'msgctxt "137fa-102"\nmsgid "Two."\nmsgstr "Dve."\n'
    )
    template = replace(old, entries=tuple(replace(e, msgstr="", raw=None) for e in old.entries))
    assert serialize(update(old, template)) == serialize(old)


def test_one_edited_sentence_changes_one_entry() -> None:
    english = [f"Sentence number {number}." for number in range(101, 131)]
    wanted = tuple(Entry(text, msgctxt=f"137fa-{n}") for n, text in enumerate(english, 101))
    old = read_back(*(replace(entry, msgstr=f"Stavek {entry.msgid}") for entry in wanted))
    edited = (*wanted[:7], replace(wanted[7], msgid="Sentence numbered 108."), *wanted[8:])
    new = update(old, replace(old, entries=edited))
    before, after = ([e.raw for e in parse(serialize(each)).entries] for each in (old, new))
    assert [n for n, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1] == [
        7
    ]
    assert new.entries[7].previous_msgid == "Sentence number 108."


def test_a_new_catalog_has_a_header_of_its_language() -> None:
    template = catalog('msgctxt "137fa-101"\nmsgid "One."\nmsgstr ""')
    template = replace(
        template,
        header=Entry("", "Project-Id-Version: x\nX-Bitext-Source: a.md\nX-Bitext-Prefix: 137fa\n"),
    )
    text = serialize(update(None, template))
    assert text == (
        '# Slovenian translation of a.md.\nmsgid ""\nmsgstr ""\n'
        '"Project-Id-Version: x\\n"\n"Language: sl_SI\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ?'
        ' 2 : 3);\\n"\n"X-Bitext-Source: a.md\\n"\n\n'
        'msgctxt "137fa-101"\nmsgid "One."\nmsgstr ""\n'
    )
    run_gettext("msgfmt", "--check", "--output-file=/dev/null", text=text)


def test_line_ends_of_the_file_are_kept() -> None:
    old = parse(
        serialize(catalog('msgctxt "137fa-101"\nmsgid "One."\nmsgstr "Ena."')).replace("\n", "\r\n")
    )
    template = catalog('msgctxt "137fa-101"\nmsgid "Once."\nmsgstr ""')
    text = serialize(update(old, template))
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize(
    ("entry", "state", "proposed"),
    [
        (Entry("a"), State.UNTRANSLATED, False),
        (Entry("a", " \n"), State.UNTRANSLATED, False),
        (Entry("a", "b"), State.TRANSLATED, False),
        (Entry("a", "b", "1", flags=("no-wrap",)), State.TRANSLATED, False),
        (Entry("a", "b", "1", flags=("fuzzy",)), State.FUZZY, False),
        (Entry("a", "b", "1", ("fuzzy",), previous_msgid="c"), State.STALE, False),
        (
            Entry("a", "b", "1", ("fuzzy",), previous_msgid="c", previous_msgctxt="1"),
            State.STALE,
            False,
        ),
        (
            Entry("a", "b", "1", ("fuzzy",), previous_msgid="c", previous_msgctxt="2"),
            State.FUZZY,
            True,
        ),
    ],
)
def test_state(entry: Entry, state: State, proposed: bool) -> None:
    assert (state_of(entry), is_proposal(entry)) == (state, proposed)


def test_highest_number_counts_retired_and_paragraph_entries_of_the_article() -> None:
    entries = [
        Entry("a", msgctxt=ctx)
        for ctx in ("137fa-101", "137fa-p130", "aaaaa-999", "menu", None, "137fa-7")
    ]
    entries.append(Entry("b", "c", "137fa-140", is_obsolete=True))
    assert highest_number(read_back(*entries), "137fa") == 140
    assert highest_number(catalog(""), "137fa") == 0
