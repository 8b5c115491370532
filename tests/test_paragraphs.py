"""Paragraph entries: join and split, what the tools of gettext make of them, what readers see."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bitext.checks import CHECKS, Unit
from bitext.coverage import measure
from bitext.joining import join_run, split_run
from bitext.memory import EMPTY, Memory
from bitext.merge import merge_catalogs
from bitext.model import State
from bitext.paragraphs import Run, find_runs
from bitext.po import Catalog, Entry, parse, serialize
from bitext.update import update_catalog
from catalogs import HEADER, catalog, run_gettext
from sites import bitext, bitext_process, edit, make_project, po, pot, succeed, translate

SETTINGS = settings(
    deadline=None, max_examples=150, derandomize=True, suppress_health_check=list(HealthCheck)
)
TEA = "# Tea\n\nBoil **the** water.\nPour [it](https://a.org).  \nDrink it. `make tea`. Wash up.\n"
WATER, POUR, DRINK = "Boil **the** water.", "Pour [it](https://a.org).", "Drink it."
JOINED = f"{WATER} {POUR} {DRINK}"
SLOVENIAN = "Ko **voda** zavre, [jo](https://a.si) prelijte in popijte."


def update(old: Catalog | None, template: Catalog, memory: Memory = EMPTY) -> Catalog:
    return update_catalog(old, template, tag="sl-SI", memory=memory).catalog


# What holds for every catalog


@st.composite
def templates(draw: st.DrawFn) -> Catalog:
    """Generate a POT whose sentences stand in blocks of one to four."""
    blocks = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    places = [n > 0 for size in blocks for n in range(size)]
    entries = [
        Entry(
            msgid=draw(st.sampled_from(["One.", "Two\\\nhere.", 'Three "3".', "*Four*."])),
            msgctxt=f"137fa-{101 + number}",
            extracted=(
                'paragraph, continued, in "X"' if follows else 'paragraph in "X"',
                "A note.",
            ),
            references=("source/a.md",),
        )
        for number, follows in enumerate(places)
    ]
    return parse(serialize(replace(catalog(""), entries=tuple(entries))))


@st.composite
def files(draw: st.DrawFn) -> tuple[Catalog, Catalog]:
    """Generate a POT and a PO of it as somebody's editor may have written it."""
    template = draw(templates())
    states = [
        replace(entry, msgstr=text, flags=("fuzzy",) if text == "Morda." else (), raw=None)
        for entry in template.entries
        for text in [draw(st.sampled_from(["", "Ena.", "Dve\\\ntu.", "Morda."]))]
    ]
    text = serialize(replace(template, entries=tuple(states)))
    gaps = draw(st.sampled_from(["\n\n", "\n", "\n\n\n"]))
    text = HEADER + "\n" + text[len(HEADER) :].strip("\n").replace("\n\n#.", f"{gaps}#.")
    text += draw(st.sampled_from(["", "\n", "\n\n"]))
    return template, parse(text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))))


def joinable(template: Catalog) -> list[Run]:
    return [run for run in find_runs(template.entries) if run.can_join]


@SETTINGS
@given(files())
def test_split_gives_back_the_bytes_from_before_join(given: tuple[Catalog, Catalog]) -> None:
    template, before = given
    for run in joinable(template):
        text = serialize(join_run(before, run)[0])
        assert text.count("-p") == 1
        joined = parse(text)
        paragraph = next(e for e in joined.entries if "-p" in (e.msgctxt or ""))
        assert serialize(split_run(joined, run, paragraph)) == serialize(before)


@SETTINGS
@given(files())
def test_join_changes_no_other_byte(given: tuple[Catalog, Catalog]) -> None:
    template, before = given
    for run in joinable(template):
        after, paragraph = join_run(before, run)
        assert serialize(after).replace(paragraph.raw or "?", "", 1) == serialize(before)


@SETTINGS
@given(files())
def test_an_update_after_join_changes_nothing(given: tuple[Catalog, Catalog]) -> None:
    template, before = given
    current = parse(serialize(update(before, template)))
    for run in joinable(template):
        current, _ = join_run(current, run)
    text = serialize(current)
    assert serialize(update(parse(text), template)) == text


@settings(SETTINGS, max_examples=25)
@given(files())
def test_gettext_and_polib_accept_it_and_what_msgmerge_retires_comes_back(
    given: tuple[Catalog, Catalog],
) -> None:
    template, before = given
    current = update(before, template)
    for run in joinable(template):
        current, _ = join_run(current, run)
    text = serialize(current)
    run_gettext("msgfmt", "--check-header", "--output-file=/dev/null", text=text)
    assert [e.msgctxt for e in polib.pofile(text)] == [e.msgctxt for e in current.entries]
    merged = parse(msgmerge(text, serialize(template)))
    assert update(merged, template).entries == parse(text).entries


def msgmerge(po_text: str, pot_text: str) -> str:
    """Return what msgmerge makes of a PO and its POT."""
    program = shutil.which("msgmerge")
    if program is None:
        pytest.skip("msgmerge of GNU gettext is not installed")
    with TemporaryDirectory() as folder:
        names = [Path(folder, name) for name in ("a.po", "a.pot")]
        for path, text in zip(names, (po_text, pot_text), strict=True):
            path.write_bytes(text.encode())
        command = [program, "--quiet", "--no-wrap", *map(str, names)]
        done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode()


def test_what_msgmerge_retires_comes_back_stale_if_its_english_changed() -> None:
    template = catalog(
        '#. paragraph\nmsgctxt "137fa-101"\nmsgid "One."\nmsgstr ""\n\n'
        '#. paragraph, continued\nmsgctxt "137fa-102"\nmsgid "Two."\nmsgstr ""\n'
    )
    joined, _ = join_run(update(None, template), next(find_runs(template.entries)))
    text = serialize(joined).replace('msgstr "One. Two."', 'msgstr "Ena in dve."')
    newer = parse(serialize(template).replace("Two.", "Two or three."))
    found = update(parse(msgmerge(text, serialize(newer))), newer).entries
    assert [e.msgctxt for e in found] == ["137fa-p101", "137fa-101", "137fa-102"]
    assert found[0].msgstr == "Ena in dve."
    assert found[0].msgid == "One. Two or three."
    assert found[0].is_fuzzy


# What becomes of one in a project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with a block of three sentences, joined and translated."""
    root = make_project(tmp_path, {"index.md": TEA})
    succeed(root, "gettext")
    succeed(root, "update")
    succeed(root, "join", first_id(root), "-l", "sl-SI")
    text = po(root, "index").read_text(encoding="utf-8")
    text = re.sub(r'#, fuzzy\n(msgctxt ".*-p.*"\nmsgid .*\nmsgstr )".*"', rf'\1"{SLOVENIAN}"', text)
    po(root, "index").write_text(text, encoding="utf-8")
    return root


def first_id(root: Path) -> str:
    found = re.search(
        rf'msgctxt "(.*)"\nmsgid "{re.escape(WATER)}"', pot(root, "index").read_text()
    )
    assert found
    return found[1]


def paragraph_id(root: Path) -> str:
    return first_id(root).replace("-", "-p")


def page(root: Path) -> str:
    """Return the paragraph on the Slovenian page."""
    run = bitext_process(root, "build", "-q", "-l", "sl-SI")
    assert run.status == 0, run.text
    text = (root / "build/html/sl-SI/index.html").read_text(encoding="utf-8")
    found = re.search(
        r'<p>((?:<span class="bitext-hidden">[^<]*</span>)?<span data-ttu.*?)</p>', text, re.DOTALL
    )
    assert found
    return found[1]


def test_the_comment_of_an_entry_says_whether_it_continues_its_block(project: Path) -> None:
    entries = parse(pot(project, "index").read_text(encoding="utf-8")).entries
    assert [(entry.msgid, entry.extracted[0]) for entry in entries] == [
        ("Tea", "heading"),
        (WATER, 'paragraph in "Tea"'),
        (POUR, 'paragraph, continued, in "Tea"'),
        (DRINK, 'paragraph, continued, in "Tea"'),
        ("Wash up.", 'paragraph in "Tea"'),
    ]


def test_join_says_what_is_to_be_finished(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"index.md": TEA})
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), {WATER: "Zavrite **vodo**.", DRINK: "Popijte."}, fuzzy=[DRINK])
    own = first_id(root)
    ids = [f"{own[:5]}-{n}" for n in (102, 103, 104)]
    assert ids[0] == own
    out = succeed(root, "join", ids[1], "-l", "sl-SI").split("\n")
    assert out[0].endswith(f"index.po: {paragraph_id(root)} joins {', '.join(ids)}")
    assert out[1].startswith(f"not translated for sure: {ids[1]}, {ids[2]}; finish {own[:5]}-p102")
    entry = parse(po(root, "index").read_text(encoding="utf-8")).entries[1]
    assert entry.msgstr == f"Zavrite **vodo**. {POUR} Popijte."
    assert (entry.msgid, entry.is_fuzzy) == (JOINED, True)
    assert entry.extracted == (f'paragraph entry of {", ".join(ids)} in "Tea"',)


@pytest.mark.parametrize(
    ("command", "line"), [("split", "would be split into"), ("join", "would join")]
)
def test_a_check_writes_nothing(project: Path, command: str, line: str) -> None:
    own = paragraph_id(project)
    if command == "join":
        succeed(project, "split", own, "-l", "sl-SI")
    before = po(project, "index").read_bytes()
    run = bitext(project, command, own.replace("p", ""), "-l", "sl-SI", "--check")
    assert (run.status, run.err) == (1, "")
    assert f"{own} {line} " in run.out
    assert po(project, "index").read_bytes() == before


def test_a_page_shows_the_block_as_one(project: Path) -> None:
    own = paragraph_id(project)
    assert page(project) == (
        f'<span data-ttu-id="{own}">Ko <strong>voda</strong> zavre, '
        '<a class="reference external" href="https://a.si">jo</a> prelijte in popijte.</span>'
        f'<span class="sxs-lookup" hidden><span data-stu-id="{own}" lang="en-US" dir="ltr">'
        "Boil <strong>the</strong> water. Pour it.<br>Drink it.</span></span>"
        ' <code class="docutils literal notranslate"><span class="pre">make</span> '
        '<span class="pre">tea</span></code>. '
        f'<span data-ttu-id="{own[:5]}-105" lang="en-US" dir="ltr">Wash up.</span>'
    )


def test_a_stale_one_is_shown_and_marked_or_its_sentences_are(project: Path) -> None:
    translate(po(project, "index"), {WATER: "Zavrite **vodo**."})
    edit(project / "source/index.md", "Drink it.", "Drink it hot.")
    succeed(project, "gettext")
    own = paragraph_id(project)
    spoken = '<span class="bitext-hidden">Zastarelo: </span>'
    marked = f'{spoken}<span data-ttu-id="{own}" data-ttu-state="stale">Ko <strong>voda'
    assert marked in page(project)
    settings = project / "pyproject.toml"
    edit(settings, "languages", "\nlanguages")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\n[tool.bitext.language.sl-SI]\nstale = "source"\n')
    shown = page(project)
    assert own not in shown
    assert f'<span data-ttu-id="{first_id(project)}">Zavrite' in shown


def test_a_stale_one_that_links_elsewhere_gives_way_to_its_sentences(project: Path) -> None:
    edit(project / "source/index.md", "Pour [it](https://a.org)", "Pour it")
    succeed(project, "gettext")
    shown = page(project)
    assert paragraph_id(project) not in shown
    assert first_id(project) in shown


def test_one_that_uses_what_its_block_does_not_is_shown_as_text(project: Path) -> None:
    edit(po(project, "index"), SLOVENIAN, "<b onclick='x'>Čaj</b>")
    run = bitext_process(project, "build", "-q", "-l", "sl-SI")
    assert f"{paragraph_id(project)}: its translation uses HTML" in run.text
    text = (project / "build/html/sl-SI/index.html").read_text(encoding="utf-8")
    assert "<b onclick" not in text


def test_one_never_becomes_another_block(project: Path) -> None:
    edit(po(project, "index"), SLOVENIAN, "1. # Čaj")
    assert "1. # Čaj</span>" in page(project)


def test_a_pot_that_is_behind_makes_it_stale(project: Path) -> None:
    edit(project / "source/index.md", "Boil", "Take your time with everything. Boil")
    assert f'data-ttu-id="{paragraph_id(project)}" data-ttu-state="stale"' in page(project)


def test_a_heading_a_cell_and_front_matter_can_be_joined(tmp_path: Path) -> None:
    text = "---\ntitle: One. Two.\n---\n\n# One. Two.\n\n| One. Two. |\n|---|\n| One. Two. |\n"
    root = make_project(tmp_path, {"index.md": text})
    succeed(root, "gettext")
    succeed(root, "update")
    for number in (101, 103, 105, 107):
        own = pot(root, "index").read_text().partition('msgctxt "')[2][:5]
        succeed(root, "join", f"{own}-{number}", "-l", "sl-SI")
    content = po(root, "index").read_text(encoding="utf-8")
    content = re.sub(r'#, fuzzy\n(.*\n.*\n)msgstr "One. Two."', r'\1msgstr "Ena, dve."', content)
    po(root, "index").write_text(content, encoding="utf-8")
    assert bitext_process(root, "build", "-q", "-l", "sl-SI").status == 0
    shown = (root / "build/html/sl-SI/index.html").read_text(encoding="utf-8")
    assert shown.count("Ena, dve.</span>") == 3
    assert "<title>Ena, dve." in shown
    assert 'id="one-two"' in shown


def test_coverage_and_check_ask_for_none_of_its_sentences(project: Path) -> None:
    found = update(read(po(project, "index")), read(pot(project, "index")))
    assert measure(found).words == {
        State.TRANSLATED: 7,
        State.FUZZY: 0,
        State.STALE: 0,
        State.UNTRANSLATED: 3,
    }
    assert messages(found, read(pot(project, "index"))) == [
        f'{paragraph_id(project)[:5]}-101 "Tea" is not translated',
        f'{paragraph_id(project)[:5]}-105 "Wash up." is not translated',
    ]
    edit(project / "source/index.md", "Drink it.", "Drink it hot.")
    succeed(project, "gettext")
    stale = update(read(po(project, "index")), read(pot(project, "index")))
    assert measure(stale).words[State.STALE] == 8
    assert measure(stale).segments[State.STALE] == 3
    assert [m for m in messages(stale, stale) if "older English" in m] == [
        f'{paragraph_id(project)} "Boil **the** water. Pour [it](https://a.org). Drink it hot."'
        f' translates older English "{JOINED}"; bring the translation up to date and remove the'
        " fuzzy flag"
    ]


def read(path: Path) -> Catalog:
    return parse(path.read_text(encoding="utf-8"))


def messages(found: Catalog, template: Catalog) -> list[str]:
    """Return what the checks say of a catalog."""
    unit = Unit("sl-SI", "index.md", found, template, is_below=False)
    return [problem.message for check in CHECKS for problem in check.find(unit)]


def test_update_reports_no_work_on_sentences_of_a_current_one(project: Path) -> None:
    before = po(project, "index").read_bytes()
    assert "0 files changed; kept 5 (10 words)" in succeed(project, "update")
    assert po(project, "index").read_bytes() == before


def test_it_follows_a_renamed_article(project: Path) -> None:
    (project / "source/index.md").rename(project / "source/tea.md")
    succeed(project, "gettext")
    succeed(project, "update")
    entry = read(po(project, "tea")).entries[1]
    assert (entry.msgstr, entry.is_fuzzy, entry.references) == (
        SLOVENIAN,
        False,
        ("source/tea.md",),
    )


def test_gettext_issues_no_number_for_it(project: Path) -> None:
    edit(project / "source/index.md", "Wash up.", "Wash up. Then go home and rest.")
    succeed(project, "gettext")
    assert read(pot(project, "index")).entries[-1].msgctxt == f"{first_id(project)[:5]}-106"


def test_split_keeps_another_translation_and_update_leaves_it(project: Path) -> None:
    own = paragraph_id(project)
    joined = po(project, "index").read_bytes()
    out = succeed(project, "split", own, "-l", "sl-SI")
    assert out.endswith(f"{own} is split into {own[:5]}-102, {own[:5]}-103, {own[:5]}-104\n")
    split = po(project, "index").read_bytes()
    assert f'#~ msgstr "{SLOVENIAN}"' in split.decode()
    succeed(project, "update")
    assert po(project, "index").read_bytes() == split
    succeed(project, "join", own, "-l", "sl-SI")
    assert po(project, "index").read_bytes() == joined, "a paragraph's own retired one comes back"


def test_a_mechanical_change_is_carried(project: Path) -> None:
    edit(po(project, "index"), SLOVENIAN, "Zavrite **vodo**. [Jo](https://a.org) popijte.")
    edit(project / "source/index.md", "https://a.org", "https://b.org")
    succeed(project, "gettext")
    assert "carried 3" in succeed(project, "update")
    entry = read(po(project, "index")).entries[1]
    assert (entry.msgstr, entry.is_fuzzy) == (
        "Zavrite **vodo**. [Jo](https://b.org) popijte.",
        False,
    )


def test_merge_by_id(project: Path) -> None:
    """One branch splits nothing and edits a sentence, the other joined meanwhile."""
    ours = read(po(project, "index"))
    base = replace(ours, entries=tuple(e for e in ours.entries if "-p" not in (e.msgctxt or "")))
    theirs = serialize(base).replace(f'msgid "{WATER}"\nmsgstr ""', f'msgid "{WATER}"\nmsgstr "V."')
    merged = merge_catalogs(parse(serialize(base)), ours, parse(theirs))
    assert merged.conflicts == ()
    assert [e.msgstr for e in merged.catalog.entries][:3] == ["", SLOVENIAN, "V."]
    other = parse(serialize(ours).replace(SLOVENIAN, "Drugače."))
    both = merge_catalogs(parse(serialize(base)), ours, other)
    assert [e.msgctxt for e in both.conflicts] == [paragraph_id(project)]


# What is refused


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("join", "tea", "-l", "sl-SI"), "'tea' is not the ID of a sentence; it looks like"),
        (("join", "{p}-102", "-l", "de-DE"), "'de-DE' is not a language of this project (sl-SI);"),
        (("join", "00000-102", "-l", "sl-SI"), "no POT file has the IDs 00000-…; take the ID"),
        (("join", "{p}-999", "-l", "sl-SI"), "there is no {p}-999 in locale/pot/index.pot; it"),
        (("join", "{p}-103", "-l", "sl-SI"), "104 are joined in {p}-p102; translate that entry"),
        (("join", "{p}-p102", "-l", "sl-SI"), "104 are joined in {p}-p102; translate that entry"),
        (("join", "{p}-105", "-l", "sl-SI"), "{p}-105 has no other sentence beside it; translate"),
        (("join", "{p}-106", "-l", "sl-SI"), "{p}-106 stands in an HTML block, whose sentences"),
        (("split", "{p}-105", "-l", "sl-SI"), "{p}-105 is not joined with other sentences; there"),
        (("split", "{p}-p999", "-l", "sl-SI"), "there is no {p}-p999 in locale/pot/index.pot"),
    ],
)
def test_what_cannot_be_joined_or_split(
    project: Path, arguments: tuple[str, ...], message: str
) -> None:
    text = (project / "source/index.md").read_text(encoding="utf-8")
    (project / "source/index.md").write_text(f"{text}\n<p>\nOne here. Two here.\n</p>\n")
    succeed(project, "gettext")
    succeed(project, "update")
    before = po(project, "index").read_bytes()
    prefix = first_id(project)[:5]
    run = bitext(project, *(part.format(p=prefix) for part in arguments))
    assert (run.status, run.out) == (2, "")
    assert message.format(p=prefix) in run.err
    assert run.err.count("\n") == 1
    assert po(project, "index").read_bytes() == before


def test_join_needs_current_catalogs(project: Path) -> None:
    own = first_id(project)
    succeed(project, "split", own, "-l", "sl-SI")
    edit(project / "source/index.md", "Drink it.", "Drink it hot.")
    succeed(project, "gettext")
    run = bitext(project, "join", own, "-l", "sl-SI")
    assert f"it does not have {own[:5]}-104 as the POT has it; run 'bitext update' first" in run.err
    po(project, "index").unlink()
    run = bitext(project, "join", own, "-l", "sl-SI")
    assert "sl-SI has no locale/sl-SI/LC_MESSAGES/index.po; run 'bitext update' first" in run.err


@pytest.mark.parametrize(
    ("flags", "former", "wanted"),
    [((), None, None), (("fuzzy",), WATER, f"{WATER} {DRINK}"), (("fuzzy",), None, None)],
)
def test_what_joins_stale_sentences_is_stale(
    flags: tuple[str, ...], former: str | None, wanted: str | None
) -> None:
    first = Entry("Boil it.", "沸かす。", "137fa-101", flags=flags, previous_msgid=former)
    entries = (first, Entry(DRINK, "飲む。", "137fa-102"))
    run = Run(0, tuple(replace(e, msgstr="", flags=(), previous_msgid=None) for e in entries))
    _, paragraph = join_run(Catalog(Entry(""), entries, "", "\n"), run)
    assert paragraph.msgstr == "沸かす。飲む。"  # no space between sentences of Japanese
    assert paragraph.previous_msgid == wanted
    assert paragraph.is_fuzzy == bool(flags)
