"""TMX and XLIFF: what leaves comes back, from any tool, and no file can do harm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.codes import CodeKind, find_codes, match_codes
from bitext.errors import CatalogError
from bitext.exchange.tmx import find_memory_units, parse_tmx, serialize_tmx
from bitext.exchange.xliff import parse_xliff, serialize_xliff
from bitext.model import State
from bitext.po import Entry, parse
from bitext.segments import make_grammar, read_article
from bitext.settings import Settings
from bitext.states import state_of
from sites import bitext, edit, make_project, po, snapshot, succeed, translate, write

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
"""Of Debian's package php-symfony-translation, which has a copy of the standard's schema."""

SENTENCES = (
    "Plain words & <b>a tag</b>.",
    'See *[it](a.md)*, `code` and **all of [this](b.md "t")**.',
    "A role {guilabel}`Save` and {ref}`place <there>` and ![alt](x.png).",
    "Unpaired * and ] and [ and __ and 2*3.",
    "Line\\\nbreak, tab\tand \x07 a bell.",
    "]]>&amp;<!-- x -->",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_codes_and_text_are_the_sentence(text: str) -> None:
    assert "".join(stretch.raw for stretch in find_codes(text)) == text


@given(st.text(alphabet="ab *_`[](){}<>!~$\\.\n", max_size=50))
def test_pairs_are_nested(text: str) -> None:
    opened: list[int] = []
    stretches = find_codes(text)
    assert "".join(stretch.raw for stretch in stretches) == text
    for stretch in stretches:
        if stretch.kind is CodeKind.OPEN:
            opened.append(stretch.number)
        elif stretch.kind is CodeKind.CLOSE:
            assert opened.pop() == stretch.number
    assert not opened


def test_a_translation_has_the_codes_of_its_english() -> None:
    english = find_codes("**A** [b](c.md) `d`")
    translation = match_codes(find_codes("`d` [b](c.md) **A** `e`"), english)
    numbers = {stretch.raw: stretch.number for stretch in (*english, *translation)}
    assert numbers["`d`"] == next(s.number for s in english if s.raw == "`d`")
    assert numbers["`e`"] == 4


def _entries() -> list[Entry]:
    made = [
        Entry(text, f"ž {text}", f"137fa-{101 + n}", extracted=("paragraph",), references=("a.md",))
        for n, text in enumerate(SENTENCES)
    ]
    fuzzy = Entry("Doubt.", "Dvom.", "137fa-120", ("fuzzy",), ("a person's note",))
    stale = Entry(
        *("New.", "Staro.", "137fa-121", ("fuzzy",)),
        previous_msgctxt="137fa-121",
        previous_msgid="Old.",
    )
    return [
        *made,
        fuzzy,
        stale,
        Entry("Not yet.", "", "137fa-122"),
        Entry("A. B.", "C", "137fa-p105"),
    ]


def _xliff(entries: list[Entry]) -> str:
    return serialize_xliff({"source/a.md": entries}, source_language="en-US", language="sl-SI")


def test_xliff_keeps_id_text_comments_and_whether_it_is_done() -> None:
    document = parse_xliff(_xliff(_entries()).encode())
    assert (document.source_language, document.language) == ("en-US", "sl-SI")
    for unit, entry in zip(document.units, _entries(), strict=True):
        own = entry.msgctxt, entry.msgid, entry.msgstr
        assert (unit.id, unit.english, unit.translation) == own
        assert unit.comments == entry.comments
        assert unit.is_done == (state_of(entry) is State.TRANSLATED)


def _validate(text: str) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    path = SCHEMAS / "xliff-core-2.0.xsd"
    if not path.is_file():
        pytest.skip("the schema of XLIFF 2.0 is not installed: php-symfony-translation of Debian")
    locations = {"http://www.w3.org/XML/1998/namespace": str(SCHEMAS / "xml.xsd")}
    schema = xmlschema.XMLSchema(str(path), locations=locations, allow="local")
    errors = [str(error) for error in schema.iter_errors(text)]
    assert errors == []


def test_xliff_is_valid() -> None:
    _validate(_xliff(_entries()))


def test_xliff_protects_codes() -> None:
    text = _xliff([Entry("See [it](a.md) and `x`.", "", "137fa-101")])
    assert (
        '<source>See <pc id="1" dataRefStart="d1" dataRefEnd="d2">it</pc> and '
        '<ph id="2" dataRef="d3"/>.</source>'
    ) in text
    assert '<data id="d2">](a.md)</data>' in text


def test_the_words_of_a_role_and_an_image_are_text() -> None:
    text = _xliff([Entry("{guilabel}`Save` ![a lamp](l.png)", "", "137fa-101")])
    assert ">Save</pc>" in text
    assert ">a lamp</pc>" in text


def _tmx(entries: list[Entry], *, with_fuzzy: bool = True) -> str:
    units = list(find_memory_units(entries, with_fuzzy=with_fuzzy))
    return serialize_tmx(units, source_language="en-US", language="sl-SI")


def _read_tmx(text: str) -> list[tuple[str, str, str, bool, tuple[str, ...]]]:
    units = parse_tmx(text.encode(), source_language="en-US", language="sl-SI")
    return [(u.id, u.english, u.translation, u.is_fuzzy, u.comments) for u in units]


def test_tmx_keeps_id_text_comments_and_doubts() -> None:
    expected = [
        (
            e.msgctxt,
            (e.previous_msgid or e.msgid).replace("\x07", "\ufffd"),
            e.msgstr.replace("\x07", "\ufffd"),
            state_of(e) is State.FUZZY,
            e.comments,
        )
        for e in _entries()
        if e.msgstr
    ]
    assert _read_tmx(_tmx(_entries())) == expected
    assert all(not fuzzy for *_, fuzzy, _ in _read_tmx(_tmx(_entries(), with_fuzzy=False)))


@pytest.mark.parametrize("source", ["en", "EN-US", "en-GB"])
def test_a_language_matches_one_that_is_more_or_less_exact(source: str) -> None:
    text = _tmx(_entries()).replace('xml:lang="en-US"', f'xml:lang="{source}"')
    assert bool(_read_tmx(text)) == (source != "en-GB")


HOSTILE = {
    "entities that grow": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tmx>&b;</tmx>',
    "a file of this machine": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx>&a;</tmx>',
    "cut off": '<?xml version="1.0"?><tmx><body><tu>',
    "no XML": 'msgid "a"',
    "nothing": "",
    "another file": "<html><body/></html>",
    "deep": "<a>" * 5000 + "</a>" * 5000,
    "an encoding that is none": '<?xml version="1.0" encoding="x-none"?><tmx><body/></tmx>',
    "NUL": "<tmx>\0</tmx>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_an_error(name: str) -> None:
    content = HOSTILE[name].encode()
    with pytest.raises(CatalogError):
        parse_tmx(content, source_language="en-US", language="sl-SI")
    with pytest.raises(CatalogError):
        parse_xliff(content)


def test_a_document_type_alone_is_passed_over() -> None:
    text = _tmx(_entries()).replace("<tmx ", '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx ')
    assert len(_read_tmx(text)) == len(_read_tmx(_tmx(_entries())))


def test_a_code_without_its_data_is_an_error() -> None:
    text = _xliff([Entry("`x` y", "", "137fa-101")])
    broken = text.replace("<originalData>", "<notes>").replace("</originalData>", "</notes>")
    with pytest.raises(CatalogError, match="restore <originalData>"):
        parse_xliff(broken.encode())


ARTICLE = "# Lamps\n\nA lamp has a [button](b.md). Press it. See it shine.\n\nIt is `on`.\n"
DONE = {
    "Lamps": "Svetilke",
    "A lamp has a [button](b.md).": "Svetilka ima [gumb](b.md).",
    "Press it.": "Pritisnite ga.",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "project", {"index.md": ARTICLE, "b.md": "# Other\n"})
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    translate(po(root, "index"), DONE, fuzzy=["Press it."])
    return root


def _found(root: Path, name: str = "index") -> dict[str, tuple[str, str]]:
    entries = parse(po(root, name).read_text(encoding="utf-8")).entries
    return {e.msgid: (e.msgstr, str(state_of(e))) for e in entries if not e.is_obsolete}


def test_a_document_that_nobody_touched_changes_nothing(root: Path) -> None:
    out = root.parent / "a.xlf"
    succeed(root, "export", "xliff", "-o", str(out))
    _validate(out.read_text(encoding="utf-8"))
    before = snapshot(root)
    text = succeed(root, "import", "xliff", str(out))
    assert "  known already 3\n" in text
    assert snapshot(root) == before
    assert bitext(root, "export", "xliff", "-o", str(out), "--check").status == 0


TOOL = """
import sys
from translate.storage.xliff2 import Xliff2File
store = Xliff2File.parsefile(sys.argv[1])
for unit in store.units:
    if unit.source == "See it shine.":
        unit.target = "Poglejte, kako sveti."
        unit.marktranslated()
        unit.addnote("done in a tool")
    if unit.source == "Press it.":
        unit.marktranslated()
store.save()
"""


def test_a_tool_translates_reviews_and_comments(root: Path) -> None:
    pytest.importorskip("translate", reason="translate-toolkit is not installed")
    out = root.parent / "a.xlf"
    succeed(root, "export", "xliff", "-o", str(out))
    subprocess.run([sys.executable, "-c", TOOL, str(out)], check=True, timeout=60)
    text = succeed(root, "import", "xliff", str(out))
    assert "  taken 1\n" in text
    assert "  the same, its state changed 1\n" in text
    found = _found(root)
    assert found["See it shine."] == ("Poglejte, kako sveti.", "translated")
    assert found["Press it."] == ("Pritisnite ga.", "translated")
    assert found["A lamp has a [button](b.md)."] == ("Svetilka ima [gumb](b.md).", "translated")
    assert "# done in a tool" in po(root, "index").read_text(encoding="utf-8")


def _send_and_change(root: Path, old: str, new: str) -> Path:
    out = root.parent / "a.xlf"
    succeed(root, "export", "xliff", "-o", str(out), "-q")
    edit(out, f"<target>{old}</target>", f"<target>{new}</target>")
    return out


def test_who_translates_what_changed_here_meanwhile_loses_nothing(root: Path) -> None:
    out = _send_and_change(root, "Svetilke", "Luči")
    edit(po(root, "index"), 'msgstr "Svetilke"', 'msgstr "Lampe"')
    assert "both are kept 1" in succeed(root, "import", "xliff", str(out))
    text = po(root, "index").read_text(encoding="utf-8")
    assert _found(root)["Lamps"] == ("Lampe", "fuzzy")
    assert "also translated as: Luči" in text


def test_a_translation_of_former_english_is_stale(root: Path) -> None:
    out = _send_and_change(root, "Svetilke", "Luči")
    edit(root / "source/index.md", "# Lamps", "# Lamps now")
    succeed(root, "import", "xliff", str(out))
    assert _found(root)["Lamps now"] == ("Luči", "stale")


def test_a_sentence_that_is_gone_is_kept(root: Path) -> None:
    out = _send_and_change(root, "Svetilke", "Luči")
    edit(root / "source/index.md", "# Lamps\n\n", "")
    assert "its sentence is gone" in succeed(root, "import", "xliff", str(out))
    assert "also translated as: Luči" in po(root, "index").read_text(encoding="utf-8")


def test_only_what_needs_a_translator(root: Path) -> None:
    out = root.parent / "a.xlf"
    succeed(root, "export", "xliff", "-o", str(out), "--unfinished")
    assert [u.english for u in parse_xliff(out.read_bytes()).units] == [
        *("Other", "Press it.", "See it shine.", "It is `on`.")
    ]


def test_a_memory_serves_another_version(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "memory/sl.tmx"
    out.parent.mkdir()
    succeed(root, "export", "tmx", "-o", str(out))
    other = make_project(
        tmp_path / "other",
        {"new.md": ARTICLE.replace("has a [button]", "has one [button]")},
        settings='[tool.bitext.memory]\nfiles = ["../memory/*.tmx"]\n',
    )
    succeed(other, "gettext", "-q")
    succeed(other, "update", "-q")
    found = _found(other, "new")
    assert found["Lamps"] == ("Svetilke", "translated")
    assert found["A lamp has one [button](b.md)."] == ("Svetilka ima [gumb](b.md).", "fuzzy")
    before = snapshot(other)
    succeed(other, "update", "-q")
    assert snapshot(other) == before


def test_a_memory_is_imported(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "sl.tmx"
    succeed(root, "export", "tmx", "-o", str(out), "--fuzzy")
    other = make_project(tmp_path / "other", {"new.md": "# Lamps\n\nPress it.\n\nNew.\n"})
    text = succeed(other, "import", "tmx", str(out))
    assert "  taken 2\n" in text
    assert "  in no article, kept for the memory 1\n" in text
    assert _found(other, "new") == {
        "Lamps": ("Svetilke", "translated"),
        "Press it.": ("Pritisnite ga.", "fuzzy"),
        "New.": ("", "untranslated"),
    }
    assert "Svetilka ima" in po(other, "new").read_text(encoding="utf-8")
    before = snapshot(other)
    assert "known already 3" in succeed(other, "import", "tmx", str(out))
    assert snapshot(other) == before


def test_a_proposal_of_a_memory_without_ids_is_no_stale_translation(tmp_path: Path) -> None:
    entries = [Entry("A lamp has one big button.", "Svetilka ima velik gumb.")]
    write(tmp_path / "m.tmx", _tmx(entries))
    root = make_project(
        tmp_path / "p",
        {"a.md": "A lamp has one red button.\n"},
        settings='[tool.bitext.memory]\nfiles = ["../m.tmx"]\n',
    )
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    assert _found(root, "a") == {
        "A lamp has one red button.": ("Svetilka ima velik gumb.", "fuzzy")
    }


def test_usage(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "bad.xlf", '<xliff version="1.2"><file/></xliff>')
    write(tmp_path / "de.xlf", _xliff([]).replace("sl-SI", "de-DE"))
    for arguments, message in (
        (["import", "xliff", "none.xlf"], "none.xlf"),
        (["import", "xliff", str(tmp_path / "bad.xlf")], "bad.xlf:1: error: is XLIFF 1.2"),
        (["import", "xliff", str(tmp_path / "de.xlf")], "it is of the language 'de-DE'"),
        (["import", "tmx", str(po(root, "index"))], "not XML"),
        (["export", "tmx", "-o", "a.tmx", "-l", "xx"], "is not a language"),
    ):
        run = bitext(root, *arguments)
        assert run.status == 2
        assert message in run.err, run.err
    edit(root / "pyproject.toml", "[tool.bitext]", '[tool.bitext]\nmemory.files = ["no.tmx"]')
    edit(root / "source/b.md", "# Other", "# Others")
    assert "memory.files names no.tmx" in bitext(root, "check").err


def _assert_round_trip(entries: list[Entry]) -> None:
    text = _xliff(entries)
    for unit, entry in zip(parse_xliff(text.encode()).units, entries, strict=True):
        assert (unit.id, unit.english, unit.translation) == (
            entry.msgctxt,
            entry.msgid,
            entry.msgstr,
        )
    translated = [
        (e.msgctxt, e.msgid, e.msgstr) for e in entries if state_of(e) is State.TRANSLATED
    ]
    found = [(own, english, text) for own, english, text, fuzzy, _ in _read_tmx(_tmx(entries))]
    assert [row for row in found if row in set(translated)] == translated
    _validate(text)


def test_the_manual_survives() -> None:
    folder = ROOT / "locale/sl-SI/LC_MESSAGES"
    catalogs = [parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.po"))]
    entries = [e for catalog in catalogs for e in catalog.entries if not e.is_obsolete]
    assert len(entries) > 500
    _assert_round_trip(entries)


def test_real_articles_survive(corpora: Path) -> None:
    grammar = make_grammar(Settings())
    paths = sorted((corpora / "alchemy").rglob("*.md"))[:80]
    texts = [
        text
        for path in paths
        for text in read_article("a.md", path.read_text(encoding="utf-8-sig"), grammar).texts
    ]
    assert len(texts) > 500
    _assert_round_trip([Entry(t, f"{t} ž", f"137fa-{101 + n}") for n, t in enumerate(texts)])
