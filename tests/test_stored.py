"""An update that reads catalogs whenever it needs them does what one that holds them all does."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bitext.cli import main
from bitext.commands.catching_up import LanguageCatalogs, Plan, make_plan
from bitext.commands.views import current_templates, view_articles
from bitext.disk import write_files
from bitext.po import Catalog, parse, serialize
from bitext.project import Project, open_project

TAG = "sl-SI"
SETTINGS = f'[tool.bitext]\nlanguages = ["{TAG}"]\nmemory = {{ near = 100 }}\n'
"""Nothing near is looked for: that would read all catalogs before the first is written."""

BEFORE = {
    "link": "Read [how it began](first.md).",
    "door": "Open the red door of the new house.",
    "about": "A sentence that leaves its article.\n\nOne that stays.",
    "home": "This was in one of them.",
    "first": "It leaves two articles.\n\nThis was in one of them.",
    "next": "It leaves two articles.",
    "other": "A sentence that leaves its article.\n\nOpen the red door of the old house.",
    "renamed": "Said in two articles.",
    "second": "Said in two articles.",
    "third": "A sentence that leaves its article.",
}
AFTER = {
    "door": "Open the red door of the old house.",
    "link": BEFORE["link"],
    "about": "One that stays.",
    "home": "This was in one of them.\n\nIt leaves two articles.",
    "first": "One that stays.",
    "next": "One that stays.",
    "other": BEFORE["other"],
    "second": BEFORE["second"],
    "third": BEFORE["third"],
    "until-now-renamed": BEFORE["renamed"],
    "x-link": "Read [how it began](second.md).",
    "x-left": "A sentence that leaves its article.",
    "x-said": "Said in two articles.",
}


@pytest.fixture(params=[0, 500, 1_000_000])
def room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Keep so many characters of catalogs, and write each by itself."""
    monkeypatch.setattr("bitext.commands.stored.ROOM", request.param)
    monkeypatch.setattr("bitext.commands.update._BATCH", 1)
    return int(request.param)


def make_outdated(root: Path, before: Mapping[str, str], after: Mapping[str, str]) -> Path:
    """Make a project that was translated, and whose POT files are ahead now."""
    (root / "source").mkdir(parents=True)
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    _write(root, before)
    run(root, "gettext", "update")
    for path in _catalogs(root):
        found = parse(path.read_text(encoding="utf-8"))
        entries = (replace(e, msgstr=f"{path.stem}: {e.msgid}", raw=None) for e in found.entries)
        path.write_text(serialize(replace(found, entries=tuple(entries))), encoding="utf-8")
    _write(root, after)
    run(root, "gettext")
    return root


def _write(root: Path, articles: Mapping[str, str]) -> None:
    for path in (root / "source").iterdir():
        path.unlink()
    for name, text in articles.items():
        path = root / "source" / f"{name}.md"
        path.write_text(f"# The article *{name[-7:]}*\n\n{text}\n", encoding="utf-8")


def _catalogs(root: Path) -> list[Path]:
    return sorted((root / "locale" / TAG).rglob("*.po"))


def run(root: Path, *commands: str) -> None:
    for command in commands:
        assert main(["-C", str(root), command, "-q"]) == 0


def translations(root: Path, name: str) -> dict[str, str]:
    """Return what a catalog has, by English, with a question mark if it is fuzzy."""
    path = root / "locale" / TAG / "LC_MESSAGES" / f"{name}.po"
    entries = parse(path.read_text(encoding="utf-8")).entries
    return {e.msgid: e.msgstr + "?" * e.is_fuzzy for e in entries if not e.is_obsolete}


@pytest.mark.usefixtures("room")
def test_catalogs_that_do_not_fit(tmp_path: Path) -> None:
    root = make_outdated(tmp_path, BEFORE, AFTER)
    run(root, "update")
    both = "It leaves two articles."
    left, said = "A sentence that leaves its article.", "Said in two articles."
    door, link = "Open the red door of the old house.", "Read [how it began](second.md)."
    assert translations(root, "door")[door] == f"other: {door}", "asked for exactly"
    assert translations(root, "x-link")[link] == f"link: {link}", "differs mechanically"
    assert translations(root, "x-left")[left] == f"about: {left}", "it just left that article"
    assert translations(root, "home")[both] == f"first: {both}", "more left that article"
    assert translations(root, "x-said")[said] == f"renamed: {said}?", "one of two stays where it is"
    assert translations(root, "until-now-renamed")[said] == f"renamed: {said}"
    assert not [path for path in _catalogs(root) if path.stem == "renamed"]


@pytest.mark.usefixtures("room")
def test_what_is_written_meanwhile_is_not_asked(tmp_path: Path) -> None:
    before = {"a": "Read [it](first.md) at once.", "b": "Read [all of it](second.md) at once."}
    now = "Read [it](second.md) at once."
    root = make_outdated(tmp_path, before, {"a": now, "b": now})
    run(root, "update")
    assert translations(root, "a")[now] == f"a: {now}"
    assert translations(root, "b")[now] == f"b: {before['b']}?"
    left = [path.read_bytes() for path in _catalogs(root)]
    run(root, "update")
    assert [path.read_bytes() for path in _catalogs(root)] == left


@pytest.mark.usefixtures("room")
def test_a_folder_in_place_of_the_catalog_of_a_renamed_article(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "One that is said at some length."
    root = make_outdated(tmp_path, {"a": said}, {"b": said})
    folder = root / "locale" / TAG / "LC_MESSAGES"
    (folder / "b.po").mkdir()
    before = (folder / "a.po").read_bytes()
    assert main(["-C", str(root), "update"]) == 2
    assert "b.po: error: cannot be read" in capsys.readouterr().err
    assert (folder / "a.po").read_bytes() == before
    assert main(["-C", str(root), "check", "--severity", "info"]) == 2
    assert "po-orphan" not in capsys.readouterr().out, "nobody is told to delete the translations"


@pytest.mark.usefixtures("room")
def test_what_a_broken_template_has_did_not_leave(tmp_path: Path) -> None:
    said = BEFORE["second"]
    after = {"a": "Other.", "b": said, "x": said}
    root = make_outdated(tmp_path, {"a": said, "b": said}, after)
    had = (root / "locale" / TAG / "LC_MESSAGES" / "a.po").read_text(encoding="utf-8")
    (root / "locale" / "pot" / "c.pot").write_text(f"{had}\n<<<<<<< ours\n", encoding="utf-8")
    assert main(["-C", str(root), "update", "-q"]) == 2
    assert translations(root, "x")[said] == f"a: {said}?"


@pytest.mark.usefixtures("room")
def test_each_sentence_is_counted_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_outdated(tmp_path, {"a": "One."}, {"a": "One.", "b": "One."})
    assert main(["-C", str(root), "update"]) == 0
    assert "kept 2 (4 words), filled 1 (1 word), new 1 (3 words)" in capsys.readouterr().out


@pytest.mark.usefixtures("room")
def test_nothing_is_written_if_a_memory_is_broken(tmp_path: Path) -> None:
    after = {"a": "Read [it](second.md) at once.", "b": "A new one."}
    root = make_outdated(tmp_path, {"a": "Read [it](first.md) at once."}, after)
    (root / "memory.tmx").write_text("<tmx>", encoding="utf-8")
    settings = SETTINGS.replace("near = 100", 'near = 100, files = ["memory.tmx"]')
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    before = [path.read_bytes() for path in _catalogs(root)]
    assert main(["-C", str(root), "update", "-q"]) == 2
    assert [path.read_bytes() for path in _catalogs(root)] == before


def test_a_view_of_untranslated_articles_asks_the_others(tmp_path: Path) -> None:
    one = "A sentence in both."
    root = make_outdated(tmp_path, {"a": one}, {"a": one, "b": one})
    project = open_project(root)
    templates = dict(current_templates(project).catalogs)
    view = view_articles(project, TAG, {"b.md": templates["b.md"]}, ["b.md"])
    assert [entry.msgstr for entry in view.catalogs["b.md"].entries if entry.msgid == one] == [
        f"a: {one}"
    ]


def test_few_catalogs_are_held_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {f"a{number}": f"Sentence {number}." for number in range(12)}
    root = make_outdated(tmp_path, before, {name: f"{text} More." for name, text in before.items()})
    monkeypatch.setattr("bitext.commands.stored.ROOM", 0)
    monkeypatch.setattr("bitext.commands.update._BATCH", 1)
    counts: list[int] = []

    def write(changes: Mapping[Path, str | None], root: Path) -> None:
        counts.append(sum(isinstance(one, Catalog) for one in gc.get_objects()))
        write_files(changes, root)

    monkeypatch.setattr("bitext.lock.write_files", write)
    gc.collect()
    least = sum(isinstance(one, Catalog) for one in gc.get_objects())
    run(root, "update")
    assert len(counts) == 12
    assert max(counts) - least <= 4


def test_a_renamed_articles_catalog_that_breaks_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = "A sentence by which the article is known wherever it stands."
    root = make_outdated(tmp_path, {"a": "One.", "old": own}, {"a": "One.", "new": own})
    monkeypatch.setattr("bitext.commands.stored.ROOM", 0)
    broken = root / "locale" / TAG / "LC_MESSAGES" / "old.po"

    def plan(project: Project, tag: str, own: LanguageCatalogs) -> Plan:
        made = make_plan(project, tag, own)
        broken.write_bytes(broken.read_bytes() + b'msgid "cut')
        return made

    monkeypatch.setattr("bitext.commands.update.make_plan", plan)
    assert main(["-C", str(root), "update", "-q"]) == 2
    assert f"old: {own}" in broken.read_text(encoding="utf-8")
    assert not broken.with_name("new.po").exists()
