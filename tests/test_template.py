"""The POT of an article: what it holds, what it keeps, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bitext.errors import CatalogError
from bitext.extract import Source, extract, template_text
from bitext.ledger import LedgerEntry
from bitext.po import parse, serialize
from bitext.settings import Settings
from bitext.template import ledger_of
from catalogs import catalog, run_gettext
from sites import bitext, make_project, succeed

SETTINGS = Settings(project="bitext manual")
ARTICLE = """\
---
title: Install it
---

# Install

Save the file. Then restart the server.

<!-- bitext: note A menu entry. -->

- Restart
"""
POT = """\
# Sentences of source/guide/install.md and their IDs: not to be edited.
msgid ""
msgstr ""
"Project-Id-Version: bitext manual\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Bitext-Source: guide/install.md\\n"
"X-Bitext-Prefix: 137fa\\n"
"X-Bitext-Next: 106\\n"
"X-Bitext-Segmenter: plain 1\\n"

#. front matter: title
#: source/guide/install.md
msgctxt "137fa-101"
msgid "Install it"
msgstr ""

#. heading
#: source/guide/install.md
msgctxt "137fa-102"
msgid "Install"
msgstr ""

#. paragraph in "Install"
#: source/guide/install.md
msgctxt "137fa-103"
msgid "Save the file."
msgstr ""

#. paragraph, continued, in "Install"
#: source/guide/install.md
msgctxt "137fa-104"
msgid "Then restart the server."
msgstr ""

#. list item in "Install"
#. A menu entry.
#: source/guide/install.md
msgctxt "137fa-105"
msgid "Restart"
msgstr ""
"""


def pot_of(text: str, pot: str = "", *catalogs: str) -> str:
    named = [("locale/sl-SI/LC_MESSAGES/guide/install.po", text.encode()) for text in catalogs]
    source = Source("guide/install.md", text, pot, "137fa", named)
    return template_text(source, SETTINGS)


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """Return the entries (ID, English) of `after` whose bytes are not in `before`."""
    known = {entry.raw for entry in parse(before).entries}
    return [(e.msgctxt or "", e.msgid) for e in parse(after).entries if e.raw not in known]


def test_a_new_article() -> None:
    assert pot_of(ARTICLE) == POT
    run_gettext("msgfmt", "--check-format", "--output-file=/dev/null", text=POT)
    kept = parse(run_gettext("msgcat", "--no-wrap", text=POT))
    assert kept.entries == parse(POT).entries


def test_nothing_translatable_is_no_file() -> None:
    assert pot_of("```\ncode\n```\n") == ""


def test_an_article_that_lost_all_its_text_keeps_its_ledger() -> None:
    emptied = pot_of("", POT)
    assert ledger_of(parse(emptied)).next == 106
    assert parse(emptied).entries == ()
    assert changed(POT, pot_of("New.", emptied)) == [("137fa-106", "New.")]


def test_a_second_run_changes_no_byte() -> None:
    assert pot_of(ARTICLE, POT) == POT
    wrapped = POT.replace('msgid "Save the file."', 'msgid ""\n"Save "\n"the file."')
    odd = wrapped.replace("#. paragraph", "#.   paragraph").replace("\n\n#.", "\n\n\n#.")
    assert pot_of(ARTICLE, wrapped) == wrapped
    assert changed(odd, pot_of(ARTICLE, pot_of(ARTICLE, odd))) == changed(odd, pot_of(ARTICLE, odd))


def test_one_edited_sentence_changes_one_entry() -> None:
    text = ARTICLE.replace("Save the file.", "Save the files.")
    assert changed(POT, pot_of(text, POT)) == [("137fa-103", "Save the files.")]


def test_a_sentence_that_moved_keeps_its_id() -> None:
    text = ARTICLE.replace("Save the file. Then restart the server.", "Then restart the server.")
    moved = pot_of(f"{text}\nSave the file.\n", POT)
    assert [(e.msgctxt, e.msgid) for e in parse(moved).entries][-1] == (
        "137fa-103",
        "Save the file.",
    )
    assert "X-Bitext-Next: 106" in moved


def test_a_new_title_of_a_section_touches_none_of_its_sentences() -> None:
    text = ARTICLE.replace("# Install", "# Installation")
    assert changed(POT, pot_of(text, POT)) == [("137fa-102", "Installation")]


def test_a_sentence_under_another_heading_says_so() -> None:
    text = ARTICLE.replace("<!-- bitext", "# Restart it\n\n<!-- bitext")
    new = pot_of(text, POT)
    assert changed(POT, new) == [("137fa-106", "Restart it"), ("137fa-105", "Restart")]
    assert '#. list item in "Restart it"\n#. A menu entry.' in new


def test_a_sentence_whose_heading_is_gone_says_where_it_stands() -> None:
    two = f"{ARTICLE}\n# Words\n\nAn article is a file.\n"
    old = pot_of(two, POT)
    new = pot_of(two.replace("# Words\n\n", ""), old)
    assert '#. paragraph in "Words"\n' in old
    assert "Words" not in new
    assert new.count('in "Install"') == old.count('in "Install"') + 1


def test_a_new_note_changes_its_entry() -> None:
    new = pot_of(ARTICLE.replace("A menu entry.", "A verb."), POT)
    assert changed(POT, new) == [("137fa-105", "Restart")]
    assert "#. A verb.\n" in new


def test_other_header_fields_and_line_ends_are_kept() -> None:
    pot = POT.replace('"X-Bitext-Prefix', '"X-Own: x\\n"\n"X-Bitext-Prefix').replace("\n", "\r\n")
    assert pot_of(ARTICLE, pot) == pot
    edited = pot_of(ARTICLE.replace("Restart\n", "Restart it\n"), pot)
    assert '"X-Own: x\\n"\r\n' in edited
    assert edited.count("\n") == edited.count("\r\n")


def test_a_number_that_a_catalog_holds_is_not_issued_again() -> None:
    remembered = 'msgid ""\nmsgstr ""\n\n#~ msgctxt "137fa-150"\n#~ msgid "x"\n#~ msgstr "y"\n'
    new = pot_of(f"{ARTICLE}\nMore.\n", POT, remembered)
    assert changed(POT, new) == [("137fa-151", "More.")]
    assert "X-Bitext-Next: 152" in new


def test_a_rewound_header_issues_no_number_twice() -> None:
    new = pot_of(f"{ARTICLE}\nMore.\n", POT.replace("Next: 106", "Next: 103"))
    assert ("137fa-106", "More.") in changed(POT, new)


def test_a_number_on_two_sentences_stays_with_the_first() -> None:
    merged = POT.replace("137fa-105", "137fa-104")
    assert ledger_of(parse(merged)).entries[3:] == (
        LedgerEntry(104, "Then restart the server."),
        LedgerEntry(None, "Restart"),
    )
    new = pot_of(ARTICLE, merged)
    assert [e.msgctxt for e in parse(new).entries][3:] == ["137fa-104", "137fa-106"]


def test_what_this_reading_issued_is_told() -> None:
    source = Source("guide/install.md", f"{ARTICLE}\nMore.\n", POT)
    extracted = extract(source, SETTINGS)
    assert (extracted.issued, extracted.is_behind) == (frozenset({"137fa-106"}), True)
    current = extract(replace(source, text=ARTICLE), SETTINGS)
    assert (current.issued, current.is_behind) == (frozenset(), False)


@pytest.mark.parametrize(
    ("pot", "line", "message"),
    [
        ('msgid ""\nmsgstr "Language: \\n"\n', 1, "no X-Bitext-Prefix"),
        (POT.replace("137fa-103", "menu"), 27, "'menu' is not a segment ID of this article"),
        (POT.replace("137fa-103", "137fb-103"), 27, "'137fb-103' is not"),
        (POT.replace("137fa-103", "137fa-p103"), 27, "'137fa-p103' is not"),
        (POT.replace('msgctxt "137fa-103"\n', ""), 27, "None is not"),
    ],
)
def test_a_pot_that_is_not_ours_is_refused_with_its_line(pot: str, line: int, message: str) -> None:
    with pytest.raises(CatalogError, match=message) as caught:
        ledger_of(parse(pot))
    assert caught.value.line == line


@pytest.mark.parametrize("following", ["", "x", "9" * 6_000, "-1"])
def test_a_broken_counter_counts_from_what_is_there(following: str) -> None:
    new = pot_of(f"{ARTICLE}\nMore.\n", POT.replace("Next: 106", f"Next: {following}"))
    assert ("137fa-106", "More.") in changed(POT, new)


def test_header_of_a_catalog_without_fields() -> None:
    assert ledger_of(catalog("")).entries == ()


def test_written_text_is_what_is_read() -> None:
    assert serialize(parse(POT)) == POT


def test_an_article_is_cut_by_the_rules_in_its_pot_until_asked() -> None:
    pot = pot_of("Wait... Then go.\n")
    published = replace(SETTINGS, segmentation="published")
    source = Source("guide/install.md", "Wait... Then go.\n\nMore.\n", pot)
    kept = parse(template_text(source, published))
    anew = parse(template_text(replace(source, is_resegmented=True), published))
    assert kept.field("X-Bitext-Segmenter") == parse(pot).field("X-Bitext-Segmenter")
    assert kept.field("X-Bitext-Segmenter") != anew.field("X-Bitext-Segmenter")
    assert [e.msgid for e in kept.entries][: len(parse(pot).entries)] == [
        e.msgid for e in parse(pot).entries
    ]
    assert [e.msgid for e in anew.entries] != [e.msgid for e in kept.entries]


def test_a_project_without_a_name_may_change_its_folder(tmp_path: Path) -> None:
    root = make_project(tmp_path / "here", {"a.md": "# One\n"})
    succeed(root, "gettext")
    root.rename(tmp_path / "there")
    assert bitext(tmp_path / "there", "gettext", "--check").status == 0
