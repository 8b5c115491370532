"""What the reader and writer of catalogs promise, over generated text."""

from __future__ import annotations

import operator
import re
from dataclasses import replace
from time import process_time

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bitext.errors import CatalogError
from bitext.po import Catalog, Entry, parse, serialize
from catalogs import run_gettext

SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(SETTINGS, max_examples=300)
FEW = settings(SETTINGS, max_examples=25)

HEADER = Entry(
    "",
    "Project-Id-Version: x\nPO-Revision-Date: 2025-01-01 00:00+0000\nLast-Translator: x\n"
    "Language-Team: x\nLanguage: sl\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n",
)
PLAIN = ('"', "\\", "\\n", "\t", "#", "#~ ", "a", "Ž", "😀", " ", "  ", "%", "msgid ")
LINES = (*PLAIN, "\n", "\n\n")
CONTROLS = ("\r", "\r\n", "\a\b\v\f", "\x01", "\x7f", "\x85", "\u2028", "\ufeff", "\\303")
ODD = (*LINES, *CONTROLS)
FRAGMENTS = (
    *(*ODD, "\0", "\\x41", "\\q", '""\n', '"a"\n'),
    *('msgctxt "x"\n', 'msgid "a"\n', 'msgid_plural "as"\n', 'msgstr ""\n', 'msgstr[0] ""\n'),
    *('#| msgid "a"\n', '#~ msgid "a"\n', '#~ msgstr ""\n', '#~| msgid "a"\n', "#~\n"),
    *("# note\n", "#\n", "#, fuzzy\n", "#=x\n", "<<<<<<< a\n"),
)


def texts(pieces: tuple[str, ...], *, min_size: int = 0) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), min_size=min_size, max_size=5).map("".join)


def rows(pieces: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    r"""Generate comments: lines without a line break, and without a ``\`` at the end."""
    row = texts(pieces).map(lambda text: re.sub(r"[\r\n]|\\+[\\\r\n]*$", "", text))
    return st.lists(row, max_size=2).map(tuple)


@st.composite
def entries(draw: st.DrawFn, pieces: tuple[str, ...]) -> Entry:
    text = texts(pieces)
    entry = Entry(
        msgid=draw(texts(pieces, min_size=1)) + "!",
        msgstr=draw(text),
        msgctxt=draw(st.none() | text),
        flags=draw(st.sampled_from([(), ("fuzzy",), ("fuzzy", "no-wrap"), ("range: 0..10",)])),
        comments=draw(rows(pieces)),
        extracted=draw(rows(pieces)),
        references=draw(rows(pieces)),
        previous_msgctxt=draw(st.none() | text),
        previous_msgid=draw(st.none() | text),
        is_obsolete=draw(st.booleans()),
    )
    return draw(st.just(entry) | plurals_of(entry, text))


@st.composite
def plurals_of(draw: st.DrawFn, entry: Entry, text: st.SearchStrategy[str]) -> Entry:
    plural, previous = draw(text), draw(st.none() | text)
    forms = (entry.msgstr, draw(text))
    return replace(entry, plurals=forms, msgid_plural=plural, previous_msgid_plural=previous)


def catalogs(pieces: tuple[str, ...] = ODD) -> st.SearchStrategy[Catalog]:
    key = operator.attrgetter("msgctxt", "msgid")
    return st.builds(
        Catalog,
        header=st.sampled_from([HEADER, Entry("", raw=""), Entry("", raw="\ufeff")]),
        entries=st.lists(entries(pieces), max_size=4, unique_by=key).map(tuple),
        tail=st.sampled_from(["", "\n# end", "\n\n"]),
        newline=st.sampled_from(["\n", "\r\n"]),
    )


@st.composite
def mutated_texts(draw: st.DrawFn) -> str:
    """Generate a catalog's text, some of it wrapped, with pieces lost and put in."""
    text = serialize(draw(catalogs())).replace("a", draw(st.sampled_from(["a", '"\n"a'])))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 0, 1, 2, 9, 40]))
        text = text[:start] + draw(st.sampled_from(FRAGMENTS)) + text[end:]
    return text


def outcome(text: str, *, is_fast: bool = True) -> Catalog | CatalogError:
    """Return what comes of reading `text`."""
    try:
        return parse(text, is_fast=is_fast)
    except CatalogError as error:
        return error


def seconds(text: str) -> float:
    begin = process_time()
    outcome(text)
    return process_time() - begin


def as_gettext_keeps(catalog: Catalog) -> Catalog:
    """Return `catalog` without what gettext refuses, drops or rearranges, and we never write."""
    kept = [
        replace(
            entry,
            msgstr=f"{entry.msgstr}!",
            plurals=tuple(f"{form}!" for form in entry.plurals),
            flags=entry.flags[:1] if entry.is_fuzzy else (),
            extracted=() if entry.is_obsolete else entry.extracted,
            references=() if entry.is_obsolete else ("source/a.md",),
            previous_msgid=entry.previous_msgid or "old",
        )
        for entry in sorted(catalog.entries, key=lambda entry: entry.is_obsolete)
    ]
    return replace(catalog, header=HEADER, entries=(Entry("0"), *kept), tail="", newline="\n")


@SETTINGS
@given(catalogs())
def test_what_was_written_is_read(catalog: Catalog) -> None:
    read = parse(serialize(catalog))
    assert (read.header, read.entries) == (catalog.header, catalog.entries)


@MANY
@given(mutated_texts() | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_lossless_or_refused_and_alike_on_both_paths(text: str) -> None:
    found = outcome(text)
    assert repr(found) == repr(outcome(text, is_fast=False)), "texts and lines included"
    lines = text.split("\n")
    if isinstance(found, CatalogError):
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1
    else:
        assert serialize(found) == text
        assert all("msg" in lines[entry.line - 1] for entry in found.entries)
        assert all("msgstr" in lines[entry.msgstr_line - 1] for entry in found.entries)


@SETTINGS
@given(mutated_texts(), st.integers(0, 3))
def test_one_changed_entry_changes_no_other(text: str, place: int) -> None:
    catalog = outcome(text)
    if isinstance(catalog, CatalogError) or place >= len(catalog.entries):
        return
    before, after = catalog.entries[:place], catalog.entries[place + 1 :]
    entry = replace(catalog.entries[place], msgid="changed", msgctxt="new", raw=None)
    written = serialize(replace(catalog, entries=(*before, entry, *after)))
    assert all((other.raw or "") in written for other in (*before, *after))
    read = parse(written)
    assert read.entries[place] == entry
    assert (read.entries[:place], read.entries[place + 1 :]) == (before, after)


@FEW
@given(catalogs(LINES))
def test_polib_reads_the_same(catalog: Catalog) -> None:
    live = tuple(entry for entry in catalog.entries if not entry.is_obsolete)
    text = serialize(replace(catalog, header=HEADER, entries=live, newline="\n"))
    for entry, peer in zip(parse(text).entries, polib.pofile(text), strict=True):
        strings = (entry.msgctxt, entry.msgid, entry.msgid_plural or "", entry.previous_msgid)
        assert strings == (peer.msgctxt, peer.msgid, peer.msgid_plural, peer.previous_msgid)
        forms = entry.plurals or (entry.msgstr,)
        assert forms == (tuple(peer.msgstr_plural.values()) or (peer.msgstr,))
        assert entry.flags == tuple(peer.flags)


@pytest.mark.parametrize(
    "start",
    ['msgid "' + "\\n" * 50_000, "#\n" * 10_000, 'msgid ""\n' + '"a"\n' * 10_000],
    ids=["escapes", "comments", "continuations"],
)
def test_time_is_linear(start: str) -> None:
    assert seconds(start * 4) < 12 * seconds(start) + 0.05


@FEW
@given(catalogs())
def test_msgcat_changes_nothing(catalog: Catalog) -> None:
    text = serialize(as_gettext_keeps(catalog))
    assert run_gettext("msgcat", "--no-wrap", text=text) == text


@FEW
@given(catalogs(PLAIN))
def test_msgfmt_accepts_it(catalog: Catalog) -> None:
    run_gettext("msgfmt", "-c", "-o", "/dev/null", text=serialize(as_gettext_keeps(catalog)))
