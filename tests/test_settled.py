"""Catalogs taken for settled by their text: as parsing them and updating them would have it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from bitext.commands import texts as texts_command
from bitext.commands.update import UpdateReport, run_update
from bitext.coverage import is_by_machine, measure, measure_settled
from bitext.memory import EMPTY, make_memory
from bitext.po import Catalog, Entry, parse, serialize
from bitext.project import Project
from bitext.settings import Settings
from bitext.settled import Settled, make_catalog, parse_head, read_settled
from bitext.update import Outcome, update_catalog
from catalogs import HEADER

SETTINGS = settings(
    deadline=None, max_examples=300, derandomize=True, suppress_health_check=list(HealthCheck)
)
PIECES = ('"', "\\", "a", "Ž", "😀", " ", "\u3000", "\t", "\u2028", "\ufeff", "#", "msgid ")
FRAGMENTS = (
    *("\r", "\r\n", "\0", "\\x41", "\\q", '""\n', '"a"\n', '"', "\\", "\n", "\n\n", "#~ ", "p"),
    *('msgctxt "x"\n', 'msgid "a"\n', 'msgid_plural "as"\n', 'msgstr ""\n', 'msgstr[0] ""\n'),
    *('#| msgid "a"\n', '#~ msgid "a"\n', '#~ msgstr ""\n', '#~| msgid "a"\n', "#~\n", "\ufeff"),
    *("# note\n", "#\n", "#. x\n", "#, fuzzy\n", "<<<<<<< a\n", 'msgstr "x"\n', "x"),
    *('"Content-Type: text/plain; charset=latin-1\\n"\n', '"X-Bitext-Source: b.md\\n"\n'),
    *('"X: char\u017fet=latin-1\\n"\n', '"x-bitext-source : b.md\\n"\n', "; charset=CHARSET"),
)
IDS = st.sampled_from([*(f"137fa-{number}" for number in range(101, 107)), "137fa-p101", "menu"])


def texts(*, min_size: int = 0) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PIECES), min_size=min_size, max_size=4).map("".join)


def entries(*, is_obsolete: bool = False) -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry,
        msgid=texts().map("One{}.".format),
        msgstr=texts(),
        msgctxt=IDS,
        comments=st.sampled_from([(), (), (), (), (), ("A note.",)])
        if is_obsolete
        else st.just(()),
        extracted=st.sampled_from([(), ("paragraph",), ("a", "b")]),
        references=st.sampled_from([(), ("source/a.md",)]),
        flags=st.sampled_from([(), (), (), (), (), (), ("fuzzy",), ("no-wrap",)]),
        is_obsolete=st.just(is_obsolete),
    )


HEADERS = st.sampled_from(
    [
        f'{HEADER}"X-Bitext-Source: a.md\\n"\n',
        f'# A.\n{HEADER}"X-Bitext-Source: a.md\\n"\n',
        f'{HEADER}"X-Bitext-Source: a.md\\n"\n"X-Bitext-ms.translationtype: MT\\n"\n',
        f'{HEADER}"X-Bitext-Source: a.md\\n"\n"X: \\"1\\"\\n"\n',
    ]
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Generate a PO and its POT: settled, nearly, or nothing like it."""
    wanted = draw(st.lists(entries(), min_size=1, max_size=3, unique_by=lambda e: e.msgctxt))
    if draw(st.booleans()):
        wanted = [replace(e, msgctxt=f"137fa-10{n}", flags=()) for n, e in enumerate(wanted)]
    bare = tuple(replace(entry, msgstr="") for entry in wanted)
    pot = draw(mutated(serialize(Catalog(header(draw(HEADERS)), bare, "", "\n"))))
    gone = draw(st.lists(entries(is_obsolete=True), max_size=2))
    tail = draw(st.sampled_from(["", "", "", "# end\n", "\n"]))
    if draw(st.booleans()):  # what is wrong in the POT is wrong here too
        head, *rest = pot.split('msgstr ""\n"')
        live = 'msgstr ""\n"'.join([head, *(t.replace('msgstr ""', 'msgstr "E"') for t in rest)])
        retired = serialize(Catalog(Entry("", raw=""), tuple(gone), tail, "\n"))
        return draw(mutated(f"{live}\n{retired}" if retired else live)), pot
    live_entries = [replace(entry, msgstr=f"E{entry.msgstr}") for entry in wanted]
    po = serialize(Catalog(header(draw(HEADERS)), (*live_entries, *gone), tail, "\n"))
    return draw(mutated(po)), pot


def header(text: str) -> Entry:
    return parse(text).header


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """Generate the text with pieces lost and put in; half the time as it is."""
    for _ in range(draw(st.sampled_from([0, 0, 0, 0, 1, 2]))):
        start = draw(st.integers(0, len(text)))
        if draw(st.booleans()):
            start = text.rfind("\n", 0, start) + 1
        end = start + draw(st.sampled_from([0, 0, 0, 1, 2, 9, 40]))
        text = text[:start] + draw(st.sampled_from(FRAGMENTS)) + text[end:]
    return text


def as_parsed(catalog: Catalog) -> Settled:
    """Return what a parsed catalog says."""
    live = [entry for entry in catalog.entries if not entry.is_obsolete]
    return Settled(
        [entry.msgctxt or "" for entry in live],
        [entry.msgid for entry in live],
        [entry.msgstr for entry in live],
        tuple(entry for entry in catalog.entries if entry.is_obsolete),
    )


def place_of(entry: Entry) -> tuple[object, ...]:
    return entry.msgctxt, entry.msgid, entry.msgstr, entry.line, entry.msgstr_line


@settings(SETTINGS, max_examples=800)
@given(pairs())
def test_a_settled_catalog_is_read_whole_and_an_update_leaves_it(pair: tuple[str, str]) -> None:
    settled = read_settled(*pair)
    event("settled" if settled else "left to be parsed")
    if settled is None:
        return
    old, template = (parse(text) for text in pair)  # damaged ones would raise
    updated = update_catalog(old, template, tag="sl-SI", memory=EMPTY)
    assert updated.catalog is old
    assert serialize(old) == pair[0]
    assert updated.outcomes == tuple((Outcome.KEPT, text) for text in settled.english)
    assert settled == as_parsed(old)
    is_machine = is_by_machine(parse_head(pair[0]))
    assert measure_settled(settled.english, is_machine=is_machine) == measure(old)
    read = make_catalog(pair[0], settled)
    live = [entry for entry in old.entries if not entry.is_obsolete]
    assert read.header == old.header
    assert [place_of(entry) for entry in read.entries] == [place_of(entry) for entry in live]
    memories = make_memory([settled]), make_memory([old])
    assert list(memories[0].known.items()) == list(memories[1].known.items())


PO = f"""\
{HEADER}"X-Bitext-Source: a.md\\n"

#. heading
#: source/a.md
msgctxt "137fa-101"
msgid "One \\"1\\"."
msgstr "Ena \\"1\\"."

msgctxt "137fa-102"
msgid "Two."
msgstr "Dve."
"""
POT = PO.replace('"Ena \\"1\\"."', '""').replace('"Dve."', '""')
RETIRED = '\n#~ msgctxt "137fa-100"\n#~ msgid "Zero."\n#~ msgstr "Nič."\n'


def test_it_says_what_the_catalog_says() -> None:
    assert read_settled(PO, POT) == Settled(
        ["137fa-101", "137fa-102"], ['One "1".', "Two."], ['Ena "1".', "Dve."]
    )
    retired = read_settled(PO + RETIRED, POT)
    assert retired is not None
    assert retired.retired == (Entry("Zero.", "Nič.", "137fa-100", is_obsolete=True),)


IN_BOTH = (
    ('msgctxt "137fa-102"', 'msgctxt "137fa-101"'),
    ('msgctxt "137fa-102"', 'msgctxt "137fa-p102"'),
    ('\nmsgctxt "137fa-102"', '\n# a note\nmsgctxt "137fa-102"'),
    ('\nmsgctxt "137fa-102"', '\n#, fuzzy\nmsgctxt "137fa-102"'),
    ('\n\nmsgctxt "137fa-102"', '\nmsgctxt "137fa-102"'),
    ('msgid "Two."', 'msgid "Two\\q."'),
    ('msgid "Two."', 'msgid "Two" ."'),
    ("charset=UTF-8", "charset=latin-1"),
    ("\n", "\r\n"),
    ("Two", "Two\0"),
    ("msgid", "\ufeffmsgid"),
)
IN_ONE = (
    *(('"Dve."', f'"{blank}"') for blank in ("", " ", "\\n", "\u00a0")),
    *(('"Dve."', damaged) for damaged in ('"Dve"."', '"Dve\\q."', '"Dve.', '""\n"Dve."')),
    ("Dve.", "Dve.\0"),
    ('msgid "Two."', 'msgid "Three."'),
    ("source/a.md", "source/b.md"),
    ("Source: a.md", "Source: b.md"),
    *(('"Dve."\n', f'"Dve."{end}') for end in ("", "\n\n", "\n# end\n")),
)


@pytest.mark.parametrize(("old", "new"), [*IN_ONE, *IN_BOTH])
def test_anything_else_is_left_to_be_parsed(old: str, new: str) -> None:
    po, pot = PO.replace(old, new), POT.replace(old, new)
    assert po != PO
    assert read_settled(po, POT) is None
    assert (old, new) in IN_ONE or read_settled(po, pot) is None


def test_a_catalog_with_a_paragraph_entry_of_its_own_is_left_to_be_parsed() -> None:
    own = '\nmsgctxt "137fa-p102"\nmsgid "Two. Three."\nmsgstr "Dve, tri."\n'
    assert read_settled(PO + own, POT) is None


@pytest.mark.parametrize(
    "retired", [RETIRED.replace("Nič.", 'Nič."'), RETIRED + '\nmsgid "a"\nmsgstr "b"\n']
)
def test_what_follows_is_retired_or_it_is_left_to_be_parsed(retired: str) -> None:
    assert read_settled(PO + retired, POT) is None


# The whole command, with and without it

LANGUAGES = ("sl-SI", "de-DE")


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Generate the catalogs of a project by path; some have no POT, some no PO."""
    found: dict[str, str] = {}
    for number, name in enumerate(["a", "b", "c/a", "c/d"]):
        po, pot = (text.replace("137fa", f"137f{number}") for text in draw(pairs()))
        if draw(st.integers(0, 5)):
            found[f"locale/pot/{name}.pot"] = pot
        for tag in LANGUAGES:
            if draw(st.integers(0, 5)):
                other = po.replace("One", "On") if draw(st.integers(0, 5)) == 0 else po
                found[f"locale/{tag}/LC_MESSAGES/{name}.po"] = other
    return found


@settings(SETTINGS, max_examples=50)
@given(tree=trees())
def test_an_update_without_it_is_the_same(
    tree: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("project")
    found = [run(root / "fast", tree)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts_command, "read_settled", lambda po, pot: None)
        found.append(run(root / "slow", tree))
    assert found[0] == found[1]
    shutil.rmtree(root)


def run(root: Path, tree: Mapping[str, str]) -> tuple[object, ...]:
    """Return what an update of these catalogs says, and what it leaves."""
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    report = run_update(Project(root, Settings(languages=LANGUAGES)), is_counting=True)
    left = {path.relative_to(root): path.read_bytes() for path in root.rglob("*.po*")}
    return _said(report), left


def _said(report: UpdateReport) -> tuple[object, ...]:
    languages = [
        (one.tag, one.written, one.moved, one.entries, one.words) for one in report.languages
    ]
    return report.articles, languages, list(map(str, report.errors))
