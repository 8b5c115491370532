"""Side-by-side Markdown: every file read, none of it lost, and given back byte for byte."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bilingual import (
    LEARN,
    TAG,
    catalog_of,
    describe,
    export_text,
    import_text,
    lost_targets,
    mutate,
    pair,
)
from bitext.bilingual.anchors import make_slug
from bitext.bilingual.exporting import Form
from bitext.bilingual.matter import spell_text, split_matter
from bitext.bilingual.pairs import Kind, parse, serialize
from bitext.checks import Severity
from bitext.checks.explain import explain
from bitext.checks.imports import IMPORT_FINDINGS
from bitext.commands.bilingual_import import SEVERITIES
from bitext.commands.markdown_import import UNPLACED
from bitext.errors import BitextError
from bitext.markdown.front_matter import parse_front_matter
from conftest import CORPORA
from golden import Case, params
from sites import (
    bitext,
    bitext_process,
    edit,
    make_project,
    po,
    pot,
    read_page,
    snapshot,
    sphinx,
    succeed,
    translate,
    write,
)

EXAMPLE = CORPORA / "aadsts50000.sl-SI.md"
_SHORT = re.compile(r"@(p?\d+)\(((?:[^|]|\\\|)*?[^\\])\|((?:\\\||[^|])*?)\)(?=$|[ |\]\n])", re.M)


def long(text: str) -> str:
    """Return a golden input with its pairs spelled out: ``@101(target|source)``."""
    return _SHORT.sub(lambda found: pair(found[1], found[2], found[3]), text)


CASES = params("bilingual")


@pytest.mark.parametrize("case", CASES)
def test_an_import(case: Case, check_case: Callable[[Case, str], None]) -> None:
    check_case(case, describe(import_text(long(case.given) + "\n")))


@pytest.mark.parametrize("case", CASES)
def test_what_was_imported_is_exported_byte_for_byte(case: Case) -> None:
    text = long(case.given) + "\n"
    imported = import_text(text)
    broken = {Kind.BROKEN, Kind.QUOTES, Kind.REPEATED} & {fault.kind for fault in imported.faults}
    assert imported.is_reproduced != bool(broken)
    if not broken:
        assert export_text(imported) == text
    assert not lost_targets(parse(text), imported)


def test_pipes_in_the_cells_of_learn_come_back() -> None:
    cells = (
        ("-Verbosity `<quiet|normal>`", "-Podrobnost `<quiet|normal>`"),
        ("One \\| two", "Ena \\| dve"),
        ("In `a \\| b`", "V `a \\| b`"),
        ("Either", "To \\| ono"),
    )
    rows = [f"| {pair(101 + n, target, source)} |" for n, (source, target) in enumerate(cells)]
    text = "\n".join([rows[0], "|---|", *rows[1:]]) + "\n"
    english = "\n".join([f"| {cells[0][0]} |", "|---|", *(f"| {one} |" for one, _ in cells[1:])])
    for known in (None, english + "\n"):
        imported = import_text(text, english=known, settings=LEARN)
        assert [entry.msgid for entry in catalog_of(imported).entries] == [one for one, _ in cells]
        assert imported.is_reproduced
        back = export_text(imported, english=english + "\n", settings=LEARN)
        assert [own.target for own in parse(back).pairs] == [target for _, target in cells]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_are_kept(newline: str) -> None:
    matter = f"---{newline}title: Ena{newline}---{newline}"
    text = f"{matter}# {pair(102, 'Dva', 'Two')}\n\n{pair(103, 'Ena', 'One')}\n"
    imported = import_text(text)
    assert imported.english == f"---{newline}title: One{newline}---{newline}# Two\n\nOne\n"
    assert export_text(imported).encode() == text.encode()


def test_a_file_is_its_parts() -> None:
    text = f"a {pair(101, 'b', 'c')} d\n{pair(102, 'e', 'f')}"
    assert serialize(parse(text).parts) == text


@pytest.mark.parametrize(
    "value",
    [
        *("Plain", "Word: an error", '"One" and two', "'One'", "- x", "yes", "7.0", "2021-03-19"),
        *(" lead", "trail ", "a #b", "", "[x]", "{x} 'y'", "tab\tx", "line\nbreak", "\u00e9", "~"),
    ],
)
def test_a_spelled_text_is_read_as_it_was(value: str) -> None:
    assert parse_front_matter(f"title: {spell_text(value)}\n").values["title"] == value


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Troubleshoot AADSTS50000 error code", "troubleshoot-aadsts50000-error-code"),
        ("[More](x.md) & `code` &lt;T&gt;", "more--code-t"),
        ("A <b>bold</b> <Result>", "a-bold-result"),
        ("Trademark&reg; \\<name\\>", "trademarkreg-name"),
    ],
)
def test_a_slug(heading: str, slug: str) -> None:
    assert make_slug(heading) == slug


ENGLISH = "---\ntitle: Help\n---\n# Help\n\nOpen it. Close it.\n\nOld words of a sentence here.\n"


def published_of(english: str, body: str) -> str:
    """Return a side-by-side file that says which English it translates."""
    stated = hashlib.sha1(english.encode()).hexdigest()
    return f"---\ntitle: Pomoč\nms.openlocfilehash: {stated}\n---\n{body}"


BODY = (
    f'# <a name="help"></a>{pair(102, "Pomoč", "Help")}\n\n{pair(103, "Odprite.", "Open it.")}'
    f" {pair(104, 'Zaprite.', 'Close it.')}\n\n"
    f"{pair(105, 'Besede stavka tu.', 'Old words of a sentence here.')}\n"
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_with_the_english_it_translates_everything_is_translated(newline: str) -> None:
    english = ENGLISH.replace("\n", newline)
    imported = import_text(published_of(ENGLISH, BODY), english=english)
    assert imported.english is None
    assert imported.is_current
    entries = catalog_of(imported).entries
    assert [e.msgstr for e in entries] == [
        *("Pomoč", "Pomoč", "Odprite.", "Zaprite.", "Besede stavka tu.")
    ]
    assert not any(entry.is_fuzzy for entry in entries)
    assert export_text(imported, english=english) == published_of(ENGLISH, BODY)


def test_with_later_english_what_changed_is_stale_and_nothing_is_lost() -> None:
    now = ENGLISH.replace("Old words", "New words").replace(" Close it.", "")
    imported = import_text(published_of(ENGLISH, BODY), english=now)
    assert not imported.is_current
    entries = {e.msgid: e for e in catalog_of(imported).entries}
    assert entries["Open it."].msgstr == "Odprite."
    stale = entries["New words of a sentence here."]
    assert stale.is_fuzzy
    assert stale.previous_msgid == "Old words of a sentence here."
    assert entries["Close it."].is_obsolete
    assert not lost_targets(parse(BODY), imported)


def test_importing_twice_changes_nothing() -> None:
    text = published_of(ENGLISH, BODY)
    first = import_text(text, english=ENGLISH)
    second = import_text(text, english=ENGLISH, pot=first.pot, po=first.catalogs[TAG])
    assert second.pot == first.pot
    assert not second.catalogs


def test_a_translation_that_is_there_stays_and_the_published_one_is_kept() -> None:
    text = published_of(ENGLISH, BODY)
    first = import_text(text, english=ENGLISH)
    own = first.catalogs[TAG].replace('msgstr "Odprite."', 'msgstr "Odpri."')
    second = import_text(text, english=ENGLISH, pot=first.pot, po=own)
    said = [(e.msgstr, e.is_obsolete) for e in catalog_of(second).entries if e.msgid == "Open it."]
    assert said == [("Odpri.", False), ("Odprite.", True)]


def test_a_changed_translation_is_exported_and_a_part_gives_way() -> None:
    text = long("@101(Ena,|One,) @102(dve.|two.)\n")
    imported = import_text(text)
    changed = imported.catalogs[TAG].replace('msgstr "Ena, dve."', 'msgstr "Druge besede."')
    assert changed != imported.catalogs[TAG]
    imported.catalogs[TAG] = changed  # type: ignore[index]
    assert export_text(imported) == pair(101, "Druge besede.", "One, two.") + "\n"


def test_localized_markdown_has_no_english() -> None:
    imported = import_text(long("# <a name='x'></a>\n\n- [@101(Pomoč|Help)](help.md)\n"))
    assert export_text(imported, Form(is_side_by_side=False)) == (
        "# <a name='x'></a>\n\n- [Pomoč](help.md)\n"
    )


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_breaks_an_import(seed: int) -> None:
    random = Random(seed)
    whole = published_of(ENGLISH, BODY) + long("\n".join(c.values[0].given for c in CASES))  # type: ignore[attr-defined]
    for _ in range(5):
        text = mutate(whole, random)
        try:
            imported = import_text(text.encode(errors="replace"))
        except BitextError as error:
            assert error.path or error.line  # noqa: PT017
            continue
        assert not lost_targets(parse(text), imported)
        export_text(imported)


def test_the_example_by_the_command(tmp_path: Path) -> None:
    if not EXAMPLE.is_file():
        pytest.skip("the corpora are not beside the project: ../shared/corpora")
    assert "7 pairs, of which 7" in succeed(
        tmp_path, "import", "bilingual", str(EXAMPLE), "-l", "sl-SI"
    )
    assert re.findall(r'msgctxt "(.*)"', po(tmp_path, "aadsts50000").read_text("utf-8")) == [
        f"137fa-{number}" for number in range(101, 109)
    ]
    succeed(tmp_path, "gettext", "--check")
    succeed(tmp_path, "update", "--check")
    succeed(tmp_path, "export", "bilingual", "-l", "sl-SI", "-o", str(tmp_path / "out"))
    assert (tmp_path / "out/aadsts50000.md").read_bytes() == EXAMPLE.read_bytes()
    succeed(tmp_path, "check")


SMALL = '---\ntitle: Pomoč\n---\n# <a name="help"></a>' + pair(102, "Pomoč", "Help") + "\n"
GERMAN = (
    '---\ntitle: Hilfe\n---\n# <a name="help"></a>' + pair(102, "Hilfe", "Help", "abcde") + "\n"
)


def test_two_languages_in_one_project(tmp_path: Path) -> None:
    write(tmp_path / "sl/a/b.md", SMALL)
    write(tmp_path / "de/a/b.md", GERMAN)
    root = tmp_path / "project"
    root.mkdir()
    succeed(root, "import", "bilingual", str(tmp_path / "sl"), "-l", "sl-SI")
    succeed(root, "import", "bilingual", str(tmp_path / "de"), "-l", "de-DE")
    assert 'languages = ["sl-SI", "de-DE"]' in (root / "pyproject.toml").read_text()
    for tag, text in (("sl-SI", SMALL), ("de-DE", GERMAN)):
        succeed(root, "export", "bilingual", "-l", tag, "-o", str(root / tag))
        assert (root / tag / "a/b.md").read_text() == text
        succeed(root, "export", "bilingual", "-l", tag, "-o", str(root / "own"), "--ids", "own")
        assert 'data-ttu-id="137fa-102"' in (root / "own/a/b.md").read_text()


def test_a_title_that_another_language_tells(tmp_path: Path) -> None:
    write(tmp_path / "sl/b.md", SMALL.replace("title: Pomoč", "title: O pomoči"))
    write(tmp_path / "de/b.md", GERMAN)
    root = tmp_path / "project"
    root.mkdir()
    out = succeed(root, "import", "bilingual", str(tmp_path / "sl"), "-l", "sl-SI")
    assert "1 text whose English is unknown" in out
    assert "title: ''" in (root / "source/b.md").read_text()
    succeed(root, "import", "bilingual", str(tmp_path / "de"), "-l", "de-DE")
    assert "title: Help" in (root / "source/b.md").read_text()
    assert 'msgctxt "137fa-101"\nmsgid "Help"\nmsgstr "O pomoči"' in po(root, "b").read_text()
    succeed(root, "gettext", "--check")
    succeed(root, "update", "--check")


def test_two_languages_of_two_versions_are_exported_as_they_were(tmp_path: Path) -> None:
    other = GERMAN + "\n" + pair(103, "Neu hier.", "New here.", "abcde") + "\n"
    write(tmp_path / "sl/b.md", SMALL)
    write(tmp_path / "de/b.md", other)
    root = tmp_path / "project"
    root.mkdir()
    succeed(root, "import", "bilingual", str(tmp_path / "sl"), "-l", "sl-SI")
    run = bitext(root, "import", "bilingual", str(tmp_path / "de"), "-l", "de-DE")
    assert run.status == 0
    assert "[other-english]" in run.out
    succeed(root, "export", "bilingual", "-l", "de-DE", "-o", str(root / "out"))
    assert (root / "out/b.md").read_text() == other
    edit(root / "source/b.md", "# Help", "# Help\n\nMore words.")
    succeed(root, "gettext")
    succeed(root, "export", "bilingual", "-l", "de-DE", "-o", str(root / "out"))
    assert "More words." in (root / "out/b.md").read_text()


def test_check_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "sl/b.md", SMALL)
    root = tmp_path / "project"
    root.mkdir()
    run = bitext(root, "import", "bilingual", str(tmp_path / "sl"), "-l", "sl-SI", "--check")
    assert run.status == 1
    assert not list(root.iterdir())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere", "-l", "sl-SI"), "there is no file or folder"),
        ((".", "-l", "sl-SI"), "there is no Markdown file"),
        ((".", "-l", "slovenian"), "is not a language"),
    ],
)
def test_wrong_words(
    tmp_path: Path, arguments: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = bitext(tmp_path, "import", "bilingual", *arguments)
    assert (run.status, words in run.err) == (2, True), run.text


def test_a_file_that_is_not_utf_8_stops_no_other(tmp_path: Path) -> None:
    write(tmp_path / "sl/a.md", SMALL)
    write(tmp_path / "sl/b.md", b"\xff\xfe")
    root = tmp_path / "project"
    root.mkdir()
    run = bitext(root, "import", "bilingual", str(tmp_path / "sl"), "-l", "sl-SI")
    assert run.status == 2
    assert "b.md:1: error: byte 0xff is not UTF-8" in run.err
    assert pot(root, "a").is_file()


def test_own_translations_are_published(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a.md": "# Help\n\nOpen it.\n"})
    succeed(root, "gettext")
    succeed(root, "update")
    edit(po(root, "a"), 'msgid "Open it."\nmsgstr ""', 'msgid "Open it."\nmsgstr "Odprite."')
    succeed(root, "export", "bilingual", "-l", "sl-SI", "-o", str(root / "out"))
    text = (root / "out/a.md").read_text()
    stated = hashlib.sha1((root / "source/a.md").read_bytes()).hexdigest()
    assert f"ms.openlocfilehash: {stated}\nms.translationtype: HT\nms.contentlocale: sl-SI" in text
    assert text.endswith('Odprite.</span><span class="sxs-lookup">' + text.split('lookup">')[-1])
    assert "# Help\n" in text
    before = snapshot(root)
    succeed(root, "export", "bilingual", "-l", "sl-SI", "-o", str(root / "out"))
    assert snapshot(root) == before
    assert split_matter(text)[0].value("ms.contentlocale") == "sl-SI"


def test_a_side_by_side_article_builds_as_from_its_catalog(tmp_path: Path) -> None:
    text = SMALL.replace("---\n#", "ms.translationtype: MT\nms.contentlocale: sl-SI\n---\n#")
    text += "\n" + pair(103, "Odprite.", "Open it.") + "\n"
    write(tmp_path / "sl/index.md", text)
    root = tmp_path / "project"
    root.mkdir()
    succeed(root, "import", "bilingual", str(tmp_path / "sl"), "-l", "sl-SI")
    coverage: dict[str, Any] = json.loads(succeed(root, "stats", "--format", "json"))
    assert coverage["languages"][0]["total"]["machine"]["words"] == 4
    for folder in ("one", "two"):
        run = sphinx(root, "-b", "html", "-D", "bitext_language=sl-SI", "-c", ".", "source", folder)
        assert run.status == 0, run.text
        write(root / "source/index.md", text)
    pages = [(root / folder / "index.html").read_text() for folder in ("one", "two")]
    assert '<meta name="ms.translationtype" content="MT" />' in pages[0]
    assert 'data-stu-id="137fa-103"' in pages[1]
    bodies = [re.search(r"(?s)<section.*</section>", page) for page in pages]
    assert bodies[0]
    assert bodies[1]
    assert bodies[0][0] == bodies[1][0]


def test_the_page_shows_each_id_with_its_english(tmp_path: Path) -> None:
    write(tmp_path / "sl/index.md", SMALL + "\n" + pair(103, "Odprite.", "Open it.") + "\n")
    root = tmp_path / "project"
    root.mkdir()
    succeed(root, "import", "bilingual", str(tmp_path / "sl"), "-l", "sl-SI")
    assert bitext_process(root, "build", seconds=300).status == 0
    page = read_page(root / "build/html/sl-SI/index.html")
    shown = {
        element.attributes["data-stu-id"]: element.text
        for element in page.walk()
        if "data-stu-id" in element.attributes
    }
    assert shown == {"137fa-102": "Help", "137fa-103": "Open it."}


def test_an_article_that_writes_about_pairs_is_not_side_by_side(tmp_path: Path) -> None:
    text = f"# Help\n\nOpen it.\n\n```html\n{pair(103, 'Odprite.', 'Open it.')}\n```\n"
    root = make_project(tmp_path, {"index.md": text})
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), {"Open it.": "Odprite jo."})
    assert bitext_process(root, "build").status == 0
    assert ">Odprite jo.</span>" in (root / "build/html/sl-SI/index.html").read_text()


# What the format does with white space around sentences


@pytest.mark.parametrize(
    ("english", "text"),
    [
        (
            "One. - [#1](a.md)\n",
            f"{pair(101, 'Ena.', 'One.')}{pair(102, ' - [#1](a.md)', ' - [#1](a.md)')}\n",
        ),
        (
            "One. - Two.\n",
            f"{pair(101, 'Ena.', 'One.')} {pair(102, '-Dve.', '- Two.')}\n",
        ),
        (
            "![One. Two.](a.png)\n\nText.\n",
            f"![Vse.](a.png)\n\n{pair(103, 'Besedilo.', 'Text.')}\n",
        ),
        (
            "1. Go to it\n   ![Image](a.png)\n",
            f"1. {pair(101, 'Pojdi', f'Go to it{chr(10)}![Image](a.png)')}\n",
        ),
        (
            "See [it](a.md\n).\n",
            f"{pair(101, 'Glej [to](a.md).', f'See [it](a.md{chr(10)}).')}\n",
        ),
    ],
    ids=["lead", "no lead", "alt text", "image line", "target"],
)
def test_white_space_comes_back(english: str, text: str) -> None:
    imported = import_text(text, english=english)
    assert export_text(imported, english=english).split("---\n")[-1] == text
    assert not any(e.msgstr.startswith(" ") for e in catalog_of(imported).entries)


def test_each_finding_of_an_import_explains_itself() -> None:
    severities = {str(kind): severity for kind, severity in SEVERITIES.items()}
    severities[UNPLACED] = Severity.WARNING
    assert {name: own.severity for name, own in IMPORT_FINDINGS.items()} == severities
    assert set(map(str, Kind)) | {UNPLACED} == set(severities)
    for name in severities:
        assert explain(name).startswith(f"{name} (")
    guide = (Path(__file__).parents[1] / "source/guide/bilingual.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", guide, re.MULTILINE)) == set(severities)
