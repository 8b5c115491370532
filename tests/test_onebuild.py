"""All languages at once: the sites are those that plain Sphinx builds, and only that is written."""

from __future__ import annotations

import os
import random
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from bitext.onebuild.changes import HTML_CANARY, TEXT_CANARY, UnfitError, find_change
from bitext.onebuild.filling import ABSENT, fill_slots
from bitext.onebuild.slots import (
    Kind,
    argument_place,
    bare_slot,
    find_bare,
    find_sentences,
    has_mark,
    slot,
    with_canaries,
    without_slots,
)
from bitext.po import parse, serialize
from bitext.processes import Failed, Tell, map_isolated, run_isolated
from bitext.settled import read_settled
from sites import bitext_process, changes, copy_project, po, snapshot, succeed, translate

MARKS = {"sl-SI": "Ž", "ar-SA": "عين ", "de-DE": "Ä", "ja-JP": "日"}
ENDS = {"日": "。"}
"""What a sentence of a language that writes no spaces ends with, by its letter."""

COMPLETE = ("de-DE", "ja-JP")
"""Languages whose catalogs say nothing but one translation for each sentence."""

SLOW = 400.0


def pseudo_translate(root: Path, tag: str) -> None:
    """Put a letter before the first word of each sentence; leave and doubt some if they may be."""
    is_complete = tag in COMPLETE
    for path in sorted((root / "locale" / tag).rglob("*.po")):
        catalog = parse(path.read_text(encoding="utf-8"))
        entries = [
            replace(entry, msgstr=_mark(entry.msgid, MARKS[tag], number + is_complete), raw=None)
            for number, entry in enumerate(catalog.entries)
        ]
        entries = [
            replace(entry, flags=("fuzzy",))
            if number % 20 == 2 and entry.msgstr and not is_complete
            else entry
            for number, entry in enumerate(entries)
        ]
        path.write_text(serialize(replace(catalog, entries=tuple(entries))), encoding="utf-8")


def _mark(text: str, letter: str, number: int) -> str:
    if number % 20 == 0 and letter not in (MARKS[tag] for tag in COMPLETE):
        return ""
    place = next((n for n, character in enumerate(text) if character.isalpha()), 0)
    quotes = " \"tako\" in 'ono' -- da..." if number % 20 == 1 else ""
    return f"{text[:place]}{letter}{text[place:]}{quotes}{ENDS.get(letter, '')}"


def prepare(root: Path) -> Path:
    """Let a project of ours have four languages, one from right to left, one without spaces."""
    text = (root / "pyproject.toml").read_text()
    start = text.index("languages = [")
    end = text.index("]", start)
    listed = 'languages = ["sl-SI", "ar-SA", "de-DE", "ja-JP"'
    (root / "pyproject.toml").write_text(text[:start] + listed + text[end:])
    succeed(root, "gettext")
    succeed(root, "update")
    for tag in MARKS:
        pseudo_translate(root, tag)
    for tag in COMPLETE:
        assert any(_is_settled(root, path) for path in (root / "locale" / tag).rglob("*.po"))
    return root


def _is_settled(root: Path, path: Path) -> bool:
    folder = next(own for own in path.parents if own.name == "LC_MESSAGES")
    template = root / "locale/pot" / f"{path.relative_to(folder)}t"
    return read_settled(path.read_text("utf-8"), template.read_text("utf-8")) is not None


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
@pytest.mark.parametrize("name", ["garden", "story"])
def test_sites_are_those_of_plain_sphinx(tmp_path: Path, name: str, theme: str) -> None:
    root = prepare(copy_project(name, tmp_path))
    with (root / "conf.py").open("a") as configuration:
        configuration.write(f"\nhtml_theme = {theme!r}\n")
    run = bitext_process(root, "build", "--verify", seconds=SLOW)
    assert run.status == 0, run.text
    assert ": 0 differ" in run.out
    assert "ordinary way" not in run.text


def test_what_does_not_fit_is_built_the_ordinary_way_and_said_so(tmp_path: Path) -> None:
    root = prepare(copy_project("story", tmp_path))
    first = po(root, "index")
    entries = parse(first.read_text()).entries
    entry = next(e for e in entries if e.msgstr and "heading" not in e.extracted[0])
    translate(first, {entry.msgid: f"{entry.msgstr} \ueb80"})
    run = bitext_process(root, "build", "--verify", seconds=SLOW)
    assert run.status == 0, run.text
    assert "sl-SI: index was built the ordinary way: a translation has a character" in run.out
    assert "de-DE: index" not in run.out


def test_only_what_changed_is_written_and_it_is_what_a_clean_build_makes(tmp_path: Path) -> None:
    root = prepare(copy_project("story", tmp_path))
    build = ("build", "-q")
    assert bitext_process(root, *build, seconds=SLOW).status == 0
    before = snapshot(root / "build/html")
    assert bitext_process(root, *build, seconds=SLOW).status == 0
    assert changes(before, snapshot(root / "build/html")) == set()

    pages = {path.stem: path for path in (root / "locale/sl-SI").rglob("*.po")}
    entries = parse(pages["safety"].read_text()).entries
    entry = next(e for e in entries if e.msgstr and "heading" not in e.extracted[0])
    translate(pages["safety"], {entry.msgid: "Povsem novo."})
    for path in (root / "source").rglob("*.md"):
        os.utime(path)  # a fresh clone: only the content counts
    run = bitext_process(root, "build", seconds=SLOW)
    assert (run.status, "ordinary way" in run.text) == (0, False)
    after = snapshot(root / "build/html")
    written = {path for path in changes(before, after) if before[path][1] != after[path][1]}
    names = ("safety.html", "safety.segments.json", "searchindex.js")
    assert written == {f"sl-SI/{name}" for name in names}
    assert bitext_process(root, *build, "--fresh", seconds=SLOW).status == 0
    clean = snapshot(root / "build/html")
    assert {p: content for p, (_, content) in clean.items()} == {
        p: content for p, (_, content) in after.items()
    }


def test_a_language_that_fails_is_built_the_ordinary_way(tmp_path: Path) -> None:
    root = prepare(copy_project("story", tmp_path))
    with (root / "conf.py").open("a") as configuration:
        configuration.write(
            "\ndef setup(app):\n"
            "    if type(app).__name__ == 'LanguageSphinx' and app.config.language[:2] == 'de':\n"
            "        raise RuntimeError('not here')\n"
        )
    run = bitext_process(root, "build", seconds=SLOW)
    assert run.status == 0, run.text
    assert "de-DE was built the ordinary way: " in run.out
    assert "not here" in run.out
    assert "sl-SI was" not in run.out
    assert (root / "build/html/de-DE/index.html").is_file()


def test_a_slot_is_filled_as_its_canary_was_changed() -> None:
    import html

    page = f"<p title='{html.escape(slot(Kind.TEXT, '137fa-102'))}'>{slot(Kind.TITLE, '137fa-103')}"
    values = {Kind.TEXT: "a < b", Kind.TITLE: "<em>c</em>"}
    assert find_sentences(page) == {"137fa-102", "137fa-103"}
    filled = fill_slots(page, lambda kind, key: values[kind])
    assert filled == "<p title='a &lt; b'><em>c</em>"


@pytest.mark.parametrize(
    "broken",
    [
        slot(Kind.TEXT, "137fa-102")[:-4],
        slot(Kind.TEXT, "137fa-102")[3:],
        slot(Kind.TEXT, "137fa-102").replace("&", "und"),
        slot(Kind.TEXT, "137fa-102").upper(),
        "%EE%AE%80",
        "qzx",
    ],
)
def test_what_came_back_otherwise_is_unfit(broken: str) -> None:
    with pytest.raises(UnfitError):
        fill_slots(f"a {broken} b", lambda kind, key: "x")


def test_arguments_keep_their_places() -> None:
    text = slot(Kind.THEME, '["sphinx", "%(a)s of %s"]', ("one", "two"))
    assert fill_slots(text, lambda *_: f"{argument_place(1)}: {argument_place(0)}") == "two: one"
    assert fill_slots(f"<a>\n  {text}<b>", lambda *_: ABSENT) == "<a><b>"


def test_bare_slots() -> None:
    assert find_bare(f"x {bare_slot('137fa-102')}") == ["137fa-102"]
    assert with_canaries(bare_slot("137fa-102")) == slot(Kind.STRING, "137fa-102")
    assert without_slots(f"see {slot(Kind.TEXT, '137fa-102')}!") == "see ...!"


def test_every_change_of_a_canary_is_its_own() -> None:
    from bitext.onebuild import changes as module

    known = module._CHANGES.values()
    for original, is_html in ((TEXT_CANARY, False), (HTML_CANARY, True)):
        for change in known:
            changed = change(original)
            found = find_change(changed, is_html=is_html)
            sample = "a \"b\" & 'c' <d>e</d>  @"
            assert (found(sample) if found else sample) == (
                change(sample) if changed != original else sample
            )


def test_what_no_glance_finds_is_left_by_docutils() -> None:
    from docutils.utils.smartquotes import educate_tokens

    from bitext.onebuild.education import has_marks

    generator = random.Random(1)
    for _ in range(5_000):
        text = "".join(generator.choices("a. -`'\"\\&quot;", k=8))
        if not has_marks(text):
            for action in ("qDe", "qBdew", "1", "2", "3"):
                assert list(educate_tokens([("plain", text)], action, "de")) == [text]


@pytest.mark.parametrize(
    "mark",
    [
        *slot(Kind.TEXT, "137fa-102")[:1],
        "qzx",
        "QZX",
        "%EE%AE",
        "%ee%ae",
        r"\ueb8",
        "&#60280;",
        "&#xEB9",
    ],
)
def test_a_mark_is_known_however_it_was_changed(mark: str) -> None:
    assert has_mark(f"a {mark} b")
    assert not has_mark("a & b, 5 % of \\a queue")


def _die_once(path: str, _: Tell) -> int:
    if not os.path.exists(path):  # noqa: PTH110
        open(path, "w").close()  # noqa: PTH123
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def _raise(text: str, _: Tell) -> None:
    raise ValueError(text)


def test_a_process_that_is_killed_is_started_again(tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in "ab"]
    found = dict(map_isolated(_die_once, paths, jobs=2))
    assert len({*found.values(), os.getpid()}) == 3


def test_what_a_process_tells_is_heard_and_nothing_is_an_answer_too() -> None:
    heard: list[tuple[str, float]] = []
    assert run_isolated(_tell, "a", lambda *told: heard.append(told)) is None
    assert heard == [("a", 0.5), ("a", 1.0)]


def _tell(_: str, tell: Tell) -> None:
    tell(0.5)
    tell(1.0)


def test_an_error_in_a_process_is_a_value() -> None:
    failed = run_isolated(_raise, "why")
    assert isinstance(failed, Failed)
    assert failed.message == "ValueError: why"
