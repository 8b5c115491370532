"""The reader and writer of catalogs, case by case; `test_po_invariants.py` has the promises."""

from __future__ import annotations

import pickle
import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from bitext.errors import CatalogError
from bitext.po import Catalog, Entry, format_entry, parse, serialize, set_field

CASES = Path(__file__).parent / "cases" / "po"

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
THREE = f"""{HEADER}
#. one
msgid "1"
msgstr "ena"


# two
msgid "2"
msgstr ""
"dve"
msgid "3"
msgstr "tri"
"""


def read_cases(name: str) -> list[object]:
    """Return the input and expected text of each case of a golden file, titled."""
    text = (CASES / name).read_text(encoding="utf-8")
    cases = re.findall(r"^(.+)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.\n", text, re.MULTILINE)
    return [pytest.param(given, expected, id=title) for title, given, expected in cases]


def canonical(catalog: Catalog) -> str:
    """Return `catalog` as if every entry had changed."""
    header = replace(catalog.header, raw=None if catalog.header.line else "")
    entries = tuple(replace(entry, raw=None) for entry in catalog.entries)
    return serialize(replace(catalog, header=header, entries=entries))


def fault_of(text: str) -> tuple[int, int, str]:
    with pytest.raises(CatalogError) as caught:
        parse(text)
    return caught.value.line, caught.value.column, caught.value.message


@pytest.mark.parametrize(("given", "expected"), read_cases("faults.txt"))
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fault(given: str, expected: str, newline: str) -> None:
    line, column, message = fault_of(given.replace("\n", newline))
    assert f"{line}:{column}: {message}\n" == expected


@pytest.mark.parametrize(("given", "expected"), read_cases("canonical.txt"))
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_canonical(given: str, expected: str, newline: str, mark: str) -> None:
    text = mark + given.replace("\n", newline)
    catalog = parse(text)
    assert serialize(catalog) == text
    written = canonical(catalog).removeprefix("\ufeff")
    assert written == expected.replace("\n", newline if "\n" in given else "\n")
    assert canonical(parse(written)) == written


@pytest.mark.parametrize("text", ['msgid "a"\nmsgstr "TW', 'msgid "a"\nmsgstr "TW\\'])
def test_end_of_file_inside_a_string(text: str) -> None:
    message = "the file ends inside a string; restore the missing end, or close the string"
    assert fault_of(text) == (2, 11, message)
    assert fault_of(f"\ufeff{text}") == (2, 11, message)


def test_nul() -> None:
    line, column, message = fault_of('msgid "a"\nmsgstr "b\0c"\n')
    assert (line, column) == (2, 10)
    assert "NUL" in message
    with pytest.raises(ValueError, match="NUL"):
        format_entry(Entry("a\0"))


def test_columns_do_not_count_the_byte_order_mark() -> None:
    assert fault_of("\ufeffjunk")[:2] == (1, 1)


@pytest.mark.parametrize("character", ["\u2028", "\x85", "\x0c", "\x0b", "\x1c", "\ufeff", "\r"])
def test_only_line_feeds_end_lines(character: str) -> None:
    text = f'# a{character}b\nmsgid "a{character}b"\nmsgstr ""\n'
    entry = parse(text).entries[0]
    assert (entry.msgid, entry.comments) == (f"a{character}b", (f"a{character}b",))
    assert entry.line == 2


def test_places() -> None:
    text = THREE.replace('msgid "2"', 'msgctxt "x"\nmsgid "2"')
    places = [(entry.line, entry.msgstr_line) for entry in parse(text).entries]
    assert places == [(5, 6), (10, 12), (14, 15)]
    assert parse(text).header.msgstr_line == 2


def test_raw_tiles_the_file() -> None:
    catalog = parse(f"\ufeff{THREE}\n# end")
    assert catalog.header.raw == f"\ufeff{HEADER}"
    assert catalog.entries[1].raw == '\n\n# two\nmsgid "2"\nmsgstr ""\n"dve"\n'
    assert catalog.tail == "\n# end"


@pytest.mark.parametrize("text", ["", "\ufeff", "# only a comment", "\n\n", "\ufeff# a\n"])
def test_a_file_without_entries(text: str) -> None:
    catalog = parse(text)
    assert (catalog.entries, serialize(catalog)) == ((), text)
    grown = serialize(replace(catalog, entries=(Entry("a"),)))
    assert len(parse(grown).entries) == 1


def test_a_changed_entry_keeps_its_neighbours() -> None:
    catalog = parse(THREE)
    one, two, three = catalog.entries
    changed = replace(two, msgstr="dva", raw=None)
    text = serialize(replace(catalog, entries=(one, changed, three)))
    written = '\n# two\nmsgid "2"\nmsgstr "dva"\n\n'
    assert text == f"{HEADER}{one.raw}{written}{three.raw}"


def test_an_entry_goes_where_it_is_put() -> None:
    catalog = parse(THREE.removesuffix("\n") + "")
    one, two, three = catalog.entries
    text = serialize(replace(catalog, entries=(Entry("0"), three, one, Entry("4"), two)))
    assert [entry.msgid for entry in parse(text).entries] == ["0", "3", "1", "4", "2"]
    assert text.startswith(f'{HEADER}\nmsgid "0"\nmsgstr ""\n\nmsgid "3"\nmsgstr "tri"\n\n#. one')


def test_an_entry_after_a_missing_final_newline() -> None:
    catalog = parse('msgid "a"\r\nmsgstr "b"')
    text = serialize(replace(catalog, entries=(*catalog.entries, Entry("c")), tail="# end"))
    assert text == 'msgid "a"\r\nmsgstr "b"\r\n\r\nmsgid "c"\r\nmsgstr ""\r\n# end'


def test_a_tail_stays_on_its_own_line() -> None:
    catalog = Catalog(Entry("", raw=""), (Entry("a", raw='msgid "a"\nmsgstr ""'),), "# end", "\n")
    assert serialize(catalog) == 'msgid "a"\nmsgstr ""\n# end'


def test_both_paths_make_the_same_kind_of_entry() -> None:
    fast, strict = parse(THREE).entries, parse(THREE, is_fast=False).entries
    assert [type(entry) for entry in (*fast, *strict)] == [Entry] * 6
    assert pickle.loads(pickle.dumps(fast)) == strict
    assert {hash(entry) for entry in fast} == {hash(entry) for entry in strict}
    with pytest.raises(FrozenInstanceError):
        fast[0].msgid = "x"  # type: ignore[misc]


def test_fuzzy() -> None:
    assert Entry("a", flags=("no-wrap", "fuzzy")).is_fuzzy
    assert not Entry("a").is_fuzzy


def test_comments_of_several_lines() -> None:
    entry = Entry("a", comments=("one\ntwo",), extracted=("x\n\ny",))
    assert format_entry(entry).startswith("# one\n# two\n#. x\n#.\n#. y\nmsgid")


def test_a_comment_that_ends_in_a_backslash() -> None:
    entry = Entry("a", comments=("C:\\",))
    assert format_entry(entry).startswith('# C:\\ \nmsgid "a"\n')


def test_plural_entry_without_forms() -> None:
    assert format_entry(Entry("a", "b", msgid_plural="as")).endswith('\nmsgstr[0] "b"\n')


def test_field() -> None:
    catalog = parse('msgid ""\nmsgstr "Language:  sl \\nX-A: b: c\\nno field\\n"\n')
    assert catalog.field("language") == "sl"
    assert catalog.field("x-a") == "b: c"
    assert catalog.field("no field") is None
    assert parse("").field("Language") is None


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", "X-Next: 2\n"),
        ("A: b\nX-NEXT: 1\nC: d\n", "A: b\nX-NEXT: 2\nC: d\n"),
        ("A: b", "A: b\nX-Next: 2\n"),
        ("A: b\nno field\n", "A: b\nno field\nX-Next: 2\n"),
    ],
)
def test_set_field(before: str, expected: str) -> None:
    header = set_field(Entry("", before, raw="raw"), "X-Next", "2")
    assert (header.msgstr, header.raw) == (expected, None)
    assert set_field(header, "x-next", "2") is header


@pytest.mark.parametrize(("name", "value"), [("A", "b\nc"), ("A\n", "b"), ("A:", "b")])
def test_set_field_refuses_what_is_no_field(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="not a header field"):
        set_field(Entry(""), name, value)


def test_a_header_for_a_file_that_had_none() -> None:
    catalog = parse('\ufeffmsgid "a"\nmsgstr "b"\n')
    header = set_field(catalog.header, "Language", "sl")
    text = serialize(replace(catalog, header=header))
    assert text == 'msgid ""\nmsgstr "Language: sl\\n"\n\nmsgid "a"\nmsgstr "b"\n'
