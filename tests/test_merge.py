"""Three-way merge of catalogs: golden cases, and what no merge may lose or touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bitext.merge import Merged, merge_catalogs, unite_duplicates
from bitext.po import Catalog, Entry, parse, serialize
from bitext.threeway import OTHER
from catalogs import catalog, run_gettext, without_header
from golden import Case, params
from test_update import entries, key, read_back

SETTINGS = settings(
    deadline=None, max_examples=300, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("case", params("merge"))
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    base, ours, theirs = (catalog(part) for part in (case.given + "\n").split("=====\n"))
    merged = merge_catalogs(base, ours, theirs)
    conflicts = [f"conflict: {entry.msgctxt} {entry.msgid}" for entry in merged.conflicts]
    check_case(case, "\n".join([without_header(merged.catalog), *conflicts]))
    run_gettext("msgfmt", "--output-file=/dev/null", text=serialize(merged.catalog))


CATALOGS = st.lists(entries(), max_size=6, unique_by=key).map(lambda found: read_back(*found))


def _words(found: Catalog) -> set[str]:
    comments = (c.removeprefix(OTHER) for e in found.entries for c in e.comments)
    return {e.msgstr for e in found.entries if e.msgstr} | set(comments)


@SETTINGS
@given(base=CATALOGS, ours=CATALOGS, theirs=CATALOGS)
def test_merge(base: Catalog, ours: Catalog, theirs: Catalog) -> None:
    merged = merge_catalogs(base, ours, theirs).catalog
    assert len(set(map(key, merged.entries))) == len(merged.entries)
    assert parse(serialize(merged)).entries == merged.entries
    known = _words(base)
    for side in (ours, theirs):
        assert _words(side) - known <= _words(merged), "what a side wrote is there"
    raws = {entry.raw for side in (ours, theirs) for entry in side.entries}
    for entry in merged.entries:
        if any(entry == own for side in (ours, theirs) for own in side.entries):
            assert entry.raw is None or entry.raw in raws


@SETTINGS
@given(base=CATALOGS, side=CATALOGS)
def test_a_side_that_did_not_change_leaves_the_other(base: Catalog, side: Catalog) -> None:
    for ours, theirs in ((base, side), (side, base), (side, side)):
        assert serialize(merge_catalogs(base, ours, theirs).catalog) == serialize(side)


@settings(SETTINGS, max_examples=25)
@given(base=CATALOGS, ours=CATALOGS, theirs=CATALOGS)
def test_gettext_accepts_it(base: Catalog, ours: Catalog, theirs: Catalog) -> None:
    text = serialize(merge_catalogs(base, ours, theirs).catalog)
    run_gettext("msgfmt", "--check-header", "--output-file=/dev/null", text=text)


@SETTINGS
@given(found=st.lists(entries(), max_size=8))
def test_duplicates_are_united_and_nothing_is_lost(found: list[Entry]) -> None:
    united = unite_duplicates(found)
    assert len(set(map(key, united))) == len(united)
    before, after = (replace(catalog(""), entries=tuple(part)) for part in (found, united))
    assert _words(before) <= _words(after)
    assert unite_duplicates(united) == united


HEADER = 'msgid ""\nmsgstr ""\n"Language: sl_SI\\n"\n'


def _merge(*texts: str) -> Merged:
    base, ours, theirs = (parse(text, is_merged=True) for text in texts)
    return merge_catalogs(base, ours, theirs)


def _header(*fields: str) -> str:
    return HEADER + "".join(f'"{field}\\n"\n' for field in fields)


def test_headers_are_merged_field_by_field() -> None:
    merged = _merge(
        _header("X-Bitext-Next: 110", "PO-Revision-Date: 1", "Last-Translator: A"),
        _header("X-Bitext-Next: 111", "PO-Revision-Date: 2", "Last-Translator: A"),
        _header("X-Bitext-Next: 113", "PO-Revision-Date: 3", "Last-Translator: B", "X-New: 1"),
    )
    assert serialize(merged.catalog) == _header(
        "X-Bitext-Next: 113", "PO-Revision-Date: 2", "Last-Translator: B", "X-New: 1"
    )


def test_a_next_number_that_a_revert_took_back_is_not_taken_back() -> None:
    merged = _merge(
        _header("X-Bitext-Next: 113"),
        _header("X-Bitext-Next: 110", "X-A: 1"),
        _header("X-Bitext-Next: 113", "X-B: 1"),
    )
    assert merged.catalog.field("X-Bitext-Next") == "113"


def test_two_branches_may_add_a_catalog() -> None:
    texts = [_header() + f'\nmsgctxt "137fa-{n}"\nmsgid "{n}"\nmsgstr "x"\n' for n in (101, 102)]
    merged = _merge("", *texts).catalog
    assert [entry.msgid for entry in merged.entries] == ["101", "102"]
    assert merged.field("Language") == "sl_SI"


@pytest.mark.parametrize("ours", ["\n", "\r\n"])
@pytest.mark.parametrize("theirs", ["\n", "\r\n"])
def test_line_ends_are_not_mixed(ours: str, theirs: str) -> None:
    text = _header() + '\nmsgctxt "137fa-101"\nmsgid "a"\nmsgstr ""\n'
    text += '\nmsgctxt "137fa-102"\nmsgid "b"\nmsgstr ""\n'
    one = text.replace('"a"\nmsgstr ""', '"a"\nmsgstr "A"').replace("\n", ours)
    two = text.replace('"b"\nmsgstr ""', '"b"\nmsgstr "B"').replace("\n", theirs)
    merged = serialize(_merge(text.replace("\n", "\r\n"), one, two).catalog)
    assert merged.count("\r\n") in (0, merged.count("\n"))
    assert ("\r\n" in merged) == (ours == theirs == "\r\n"), "who changed them has his will"
    assert 'msgstr "A"' in merged
    assert 'msgstr "B"' in merged


def test_untouched_entries_keep_their_bytes() -> None:
    odd = '\n#   odd comment\n#:a.md:7\nmsgctxt "137fa-101"\nmsgid ""\n"One."\nmsgstr "Ena."\n\n'
    rest = (
        '\nmsgctxt "137fa-102"\nmsgid "b"\nmsgstr ""\n\nmsgctxt "137fa-103"\nmsgid "c"\nmsgstr ""\n'
    )
    base = _header() + odd + rest + "# the end\n"
    ours, theirs = (
        base.replace(f'msgid "{c}"\nmsgstr ""', f'msgid "{c}"\nmsgstr "x"') for c in "bc"
    )
    merged = serialize(_merge(base, ours, theirs).catalog)
    assert merged == theirs.replace('msgid "b"\nmsgstr ""', 'msgid "b"\nmsgstr "x"')
