"""The story a customer tells: from an English project to a Slovenian site, and one edit later."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sites import (
    bitext_process,
    changes,
    copy_project,
    edit,
    entries,
    ids,
    line_of,
    po,
    pot,
    read_body,
    snapshot,
    translate,
    translations_of,
)

LID = "The lid must be closed."
SPOUT = "The spout gets hot."
TOUCH = "Do not touch it."
EDITED = "Please do not touch it."
LANGUAGES = ("sl-SI", "de-DE")


def _run(root: Path, *arguments: str) -> str:
    run = bitext_process(root, *arguments)
    assert (run.status, run.err) == (0, ""), run.text
    return run.out


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project with all but two sentences translated, built."""
    root = copy_project("story", tmp_path_factory.mktemp("story"))
    _run(root, "gettext")
    for tag in LANGUAGES:
        _run(root, "init", tag)
    for article, translations in translations_of("story").items():
        done = {english: text for english, text in translations.items() if english != LID}
        translate(po(root, article), done, fuzzy=[SPOUT])
        german = {text: f"Deutsch: {text}" for text in ids(pot(root, article)) if text}
        translate(po(root, article, "de-DE"), german)
    _run(root, "build")
    return root


@pytest.fixture
def desk(story: Path, tmp_path: Path) -> Path:
    """Return a copy of the project to write in."""
    return Path(shutil.copytree(story, tmp_path / "desk", ignore=shutil.ignore_patterns("build")))


@pytest.fixture
def edited(desk: Path) -> Path:
    """Return the project after one English sentence was edited and `gettext` was run."""
    edit(desk / "source" / "safety.md", TOUCH, EDITED)
    _run(desk, "gettext")
    return desk


def test_init_lists_the_language_and_makes_its_catalogs(story: Path) -> None:
    assert 'languages = ["sl-SI", "de-DE"]' in (story / "pyproject.toml").read_text()
    for tag in LANGUAGES:
        for article in ("index", "safety"):
            assert entries(po(story, article, tag)).keys() == entries(pot(story, article)).keys()


def test_page_has_an_id_for_each_sentence(story: Path) -> None:
    body = read_body(story / "build/html/sl-SI/safety.html")
    assert body.values("data-ttu-id") == [key for key in entries(pot(story, "safety")) if key]
    (span,) = body.find("span", data_ttu_id=ids(pot(story, "safety"))["Keep children away."])
    assert span.text == "Ne puščajte otrok v bližino."
    assert "lang" not in span.attributes


def test_page_has_a_hidden_lookup_for_each_translated_sentence(story: Path) -> None:
    body = read_body(story / "build/html/sl-SI/safety.html")
    known = ids(pot(story, "safety"))
    lookups = body.find("span", class_="sxs-lookup")
    assert all("hidden" in lookup.attributes for lookup in lookups)
    inner = [element for lookup in lookups for element in lookup.find("span", lang="en-US")]
    assert {element.attributes["data-stu-id"]: element.text for element in inner} == {
        identifier: english for english, identifier in known.items() if english not in ("", LID)
    }


def test_untranslated_sentence_is_english_and_says_so(story: Path) -> None:
    body = read_body(story / "build/html/sl-SI/safety.html")
    (span,) = body.find("span", data_ttu_id=ids(pot(story, "safety"))[LID])
    assert (span.text, span.attributes["lang"]) == (LID, "en-US")


def test_fuzzy_sentence_is_shown_and_marked(story: Path) -> None:
    body = read_body(story / "build/html/sl-SI/safety.html")
    (span,) = body.find("span", data_ttu_id=ids(pot(story, "safety"))[SPOUT])
    assert (span.text, span.attributes["data-ttu-state"]) == ("Dulec postane vroč.", "fuzzy")


@pytest.mark.parametrize("page", ["index.html", "safety.html"])
def test_anchors_are_english_and_links_arrive(story: Path, page: str) -> None:
    english = read_body(story / "build/html/en-US" / page)
    slovenian = read_body(story / "build/html/sl-SI" / page)
    assert slovenian.values("id") == english.values("id")
    assert slovenian.values("href") == english.values("href")


def test_links_between_articles_keep_their_anchor(story: Path) -> None:
    body = read_body(story / "build/html/sl-SI/index.html")
    links = [link.text for link in body.find("a", href="safety.html#hot-parts")]
    assert links == ["varnostna pravila", "Vroči deli"]
    assert "hot-parts" in read_body(story / "build/html/sl-SI/safety.html").values("id")


def test_check_names_both_entries_at_their_lines(desk: Path) -> None:
    run = bitext_process(desk, "check", "-l", "sl-SI")
    path = po(desk, "safety")
    known = ids(path)
    assert run.status == 1
    for english, check in ((LID, "untranslated"), (SPOUT, "fuzzy")):
        place = f"locale/sl-SI/LC_MESSAGES/safety.po:{line_of(path, known[english])}: error: "
        (line,) = [line for line in run.out.split("\n") if line.startswith(place)]
        assert known[english] in line
        assert line.endswith(f"[{check}]")
    named = [line for line in run.out.split("\n") if ".po:" in line]
    assert len(named) == 2


def test_check_is_content_when_both_are_filled(desk: Path) -> None:
    done = translations_of("story")["safety"]
    translate(po(desk, "safety"), {LID: done[LID]})
    edit(po(desk, "safety"), "#, fuzzy\n", "")
    assert "nothing found" in _run(desk, "check", "-l", "sl-SI")


def test_editing_a_sentence_changes_one_entry_of_one_pot(desk: Path) -> None:
    before, old = snapshot(desk), entries(pot(desk, "safety"))
    edit(desk / "source" / "safety.md", TOUCH, EDITED)
    _run(desk, "gettext")
    new = entries(pot(desk, "safety"))
    assert changes(before, snapshot(desk)) == {"source/safety.md", "locale/pot/safety.pot"}
    assert list(new) == list(old)
    (changed,) = (key for key in old if old[key] != new[key])
    assert changed == ids(po(desk, "safety"))[TOUCH]
    assert new[changed] == old[changed].replace(TOUCH, EDITED)


def test_update_makes_one_entry_stale_in_each_language(edited: Path) -> None:
    before = snapshot(edited)
    old = {tag: entries(po(edited, "safety", tag)) for tag in LANGUAGES}
    identifier = ids(pot(edited, "safety"))[EDITED]
    _run(edited, "update")
    paths = {f"locale/{tag}/LC_MESSAGES/safety.po" for tag in LANGUAGES}
    assert changes(before, snapshot(edited)) == paths
    for tag in LANGUAGES:
        new = entries(po(edited, "safety", tag))
        assert {key for key in new if new[key] != old[tag].get(key)} == {identifier}
        assert list(new) == list(old[tag])
        assert new[identifier] == old[tag][identifier].replace(
            f'msgctxt "{identifier}"\nmsgid "{TOUCH}"',
            f'#, fuzzy\n#| msgctxt "{identifier}"\n#| msgid "{TOUCH}"\n'
            f'msgctxt "{identifier}"\nmsgid "{EDITED}"',
        )


def test_reverting_makes_the_entry_translated_again(edited: Path) -> None:
    _run(edited, "update")
    stale = entries(po(edited, "safety"))
    edit(edited / "source" / "safety.md", EDITED, TOUCH)
    _run(edited, "gettext")
    _run(edited, "update")
    for tag in LANGUAGES:
        entry = entries(po(edited, "safety", tag))[ids(pot(edited, "safety"))[TOUCH]]
        assert "fuzzy" not in entry
        assert "#|" not in entry
    assert stale != entries(po(edited, "safety"))


def test_edit_and_revert_leave_no_trace(desk: Path) -> None:
    before = snapshot(desk)
    for old, new in ((TOUCH, EDITED), (EDITED, TOUCH)):
        edit(desk / "source" / "safety.md", old, new)
        _run(desk, "gettext")
        _run(desk, "update")
    after = snapshot(desk)
    assert {path: after[path][1] for path in after} == {path: before[path][1] for path in before}


@pytest.mark.parametrize("command", ["gettext", "update", "check", "stats"])
def test_a_second_run_writes_nothing(edited: Path, command: str) -> None:
    _run(edited, "update")
    bitext_process(edited, command)
    before = snapshot(edited)
    bitext_process(edited, command)
    assert changes(before, snapshot(edited)) == set()


def test_a_second_build_writes_no_page(story: Path, tmp_path: Path) -> None:
    """Sphinx itself rewrites its static files, search page and indices; with the same bytes."""
    root = Path(shutil.copytree(story, tmp_path / "again"))
    _run(root, "build")
    before = snapshot(root / "build/html")
    _run(root, "build")
    after = snapshot(root / "build/html")
    names = {path.rpartition("/")[2] for path in changes(before, after) if "_static" not in path}
    assert not names & {"index.html", "safety.html"}
    assert {path: after[path][1] for path in after} == {path: before[path][1] for path in before}


def test_build_changes_no_tracked_file(story: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(story, tmp_path / "tracked"))
    edit(root / "source" / "safety.md", TOUCH, EDITED)
    before = snapshot(root)
    bitext_process(root, "build", "-l", "sl-SI")
    written = changes(before, snapshot(root))
    assert {path.split("/")[0] for path in written} <= {"build"}
    body = read_body(root / "build/html/sl-SI/safety.html")
    (span,) = body.find("span", data_ttu_id=ids(pot(root, "safety"))[TOUCH])
    assert (span.text, span.attributes["data-ttu-state"]) == ("Ne dotikajte se ga.", "stale")
