"""What was found before is found again without a look, and only as long as it would be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bitext.checks.known import Known, Told, parse_known
from bitext.commands import known as stored
from sites import CACHE, bitext, edit, make_project, po, snapshot, succeed, translate, write

SENTENCES = {"Boil it for 5 minutes.": "Vre 6 minut.", "Then wait.": "Nato počakajte."}
ARTICLE = f"# Tea\n\n{' '.join(SENTENCES)}\n"
NAME = f"{CACHE}/check-sl-SI.json"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with one translation that is wrong and one that is right."""
    make_project(tmp_path, {"a.md": ARTICLE})
    succeed(tmp_path, "gettext")
    succeed(tmp_path, "update")
    translate(po(tmp_path, "a"), SENTENCES)
    return tmp_path


def _check(root: Path) -> list[tuple[str, str]]:
    run = bitext(root, "check", "--format", "json")
    assert run.status == 0, run.text
    rows = json.loads(run.out)["findings"]
    return [(row["segment"], row["check"]) for row in rows if row["severity"] == "warning"]


def _looks(found: list[Told]) -> tuple[Callable[[], Iterator[Told]], list[int]]:
    """Return what finds `found`, and a list that grows each time."""
    times: list[int] = []

    def look() -> Iterator[Told]:
        times.append(1)
        yield from found

    return look, times


def test_a_translation_is_looked_at_once() -> None:
    look, times = _looks([("numbers", "5: 6")])
    known = Known()
    assert [known.find("a", "b", look) for _ in range(3)] == [(("numbers", "5: 6"),)] * 3
    known.find("ab", "", look)
    assert len(times) == 2, "where the English ends matters"


def test_what_is_known_is_found_again() -> None:
    look, times = _looks([("numbers", "5: 6")])
    clean, _ = _looks([])
    first = Known()
    first.find("a", "b", look)
    first.find("c", "d", clean)
    again = parse_known(first.serialize())
    assert again.find("a", "b", look) == (("numbers", "5: 6"),)
    assert again.find("c", "d", look) == ()
    assert len(times) == 1
    assert not again.is_changed
    assert again.serialize() == first.serialize()


def test_what_nobody_asked_for_is_forgotten() -> None:
    look, _ = _looks([])
    first = Known()
    first.find("a", "b", look)
    first.find("c", "d", look)
    again = parse_known(first.serialize())
    again.find("a", "b", look)
    assert again.is_changed
    assert len(again.serialize()["clean"]) == 16


@pytest.mark.parametrize(
    "text", ["", "{", "3", "[3]", '["ab"]', "null", '{"a": 3}', '{"a": ["b"]}']
)
def test_what_is_broken_is_not_known(text: str) -> None:
    look, times = _looks([])
    parse_known({"clean": "", "dirty": text}).find("a", "b", look)
    assert times


def test_a_second_run_finds_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _check(root)
    assert [check for _, check in found] == ["numbers"]
    before = snapshot(root)

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it was looked at again")

    monkeypatch.setattr("bitext.checks.table.find_in_pair", fail)
    assert _check(root) == found
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("locale/sl-SI/LC_MESSAGES/a.po", "Vre 6 minut.", "Vre 5 minut.", []),
        (
            "locale/terms.csv",
            "",
            "term,language,rendering\nwait,sl-SI,kuhaj\n",
            ["numbers", "term"],
        ),
        ("pyproject.toml", "[tool.bitext]", '[tool.bitext]\ncheck.disable = ["numbers"]', []),
    ],
)
def test_what_changed_is_looked_at(
    root: Path, name: str, old: str, new: str, found: list[str]
) -> None:
    _check(root)
    if old:
        edit(root / name, old, new)
    else:
        write(root / name, new)
    assert sorted(check for _, check in _check(root)) == found


def test_other_code_knows_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _check(root)
    text = (root / NAME).read_text()
    monkeypatch.setattr(stored, "_code_digest", lambda: "other")
    _check(root)
    assert (root / NAME).read_text() != text


def test_a_foreign_file_is_no_harm(root: Path) -> None:
    found = _check(root)
    stored_text = (root / NAME).read_text()
    for text in (stored_text.replace("numbers", "no-check"), stored_text[:-9], "[]"):
        write(root / NAME, text)
        assert set(_check(root)) <= set(found)
