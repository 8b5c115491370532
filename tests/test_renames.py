"""Articles that were renamed, moved, split and merged: their IDs and translations follow."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bitext.cli import main
from bitext.po import Catalog, parse, serialize
from bitext.renames import find_main_prefix, find_renames
from catalogs import catalog

LONG = ["One sentence that is long.", "Another one.", "A third sentence, longer than others."]


def test_the_likest_pairs_come_first() -> None:
    gone = {"a": LONG, "b": [*LONG[:2], "Something else."], "c": ["Nothing alike."]}
    new = {"x": LONG[:2], "y": LONG}
    assert find_renames(gone, new) == {"y": "a", "x": "b"}


def test_half_of_the_text_must_have_stayed() -> None:
    assert find_renames({"a": ["12345", "67890"]}, {"b": ["12345", "abcde"]}) == {"b": "a"}
    assert not find_renames({"a": ["12345", "67890"]}, {"b": ["12345", "abcdef"]})
    assert not find_renames({"a": []}, {"b": []})


def test_repeated_sentences_count_as_often_as_both_have_them() -> None:
    assert not find_renames({"a": ["Note."]}, {"b": ["Note."] * 4})
    assert find_renames({"a": ["Note."] * 4}, {"b": ["Note."] * 4}) == {"b": "a"}


def test_the_prefix_of_a_catalog_is_that_of_most_entries() -> None:
    entries = ("aaaaa-101", "bbbbb-101", "bbbbb-102", "menu")
    found = catalog("\n".join(f'msgctxt "{i}"\nmsgid "{i}"\nmsgstr ""\n' for i in entries))
    assert find_main_prefix(found) == "bbbbb"
    assert find_main_prefix(catalog("")) == ""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two translated articles in two languages; each translation says where it belongs."""
    monkeypatch.chdir(tmp_path)
    settings = '[tool.bitext]\nlanguages = ["sl-SI", "de-DE"]\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "source" / "in").mkdir(parents=True)
    for name, word in (("in/one", "First"), ("two", "Second")):
        sentences = " ".join(f"{word} sentence number {n}." for n in ("ten", "twenty", "thirty"))
        text = f"# {word} title\n\n{sentences}\n\nNote this.\n"
        (tmp_path / "source" / f"{name}.md").write_text(text, encoding="utf-8")
    refresh()
    for path in tmp_path.glob("locale/*/LC_MESSAGES/**/*.po"):
        change(path, f"{path.relative_to(tmp_path / 'locale').parts[0]} {path.stem}")
    return tmp_path


def refresh() -> None:
    assert main(["gettext", "-q"]) == 0
    assert main(["update", "-q"]) == 0


def change(path: Path, mark: str) -> None:
    text = path.read_text(encoding="utf-8")
    found = parse(text)
    for entry in found.entries:
        text = text.replace(
            f'msgid "{entry.msgid}"\nmsgstr ""',
            f'msgid "{entry.msgid}"\nmsgstr "{mark} {entry.msgid}"',
        )
    path.write_text(text, encoding="utf-8")


def read(root: Path, tag: str, article: str) -> Catalog:
    path = root / "locale" / tag / "LC_MESSAGES" / f"{article}.po"
    return parse(path.read_text(encoding="utf-8"))


def translations(root: Path, tag: str, article: str) -> dict[str, str]:
    entries = read(root, tag, article).entries
    return {e.msgid: e.msgstr for e in entries if not (e.is_obsolete or e.is_fuzzy)}


@pytest.mark.parametrize("tag", ["sl-SI", "de-DE"])
def test_a_renamed_and_edited_article_keeps_ids_and_translations(root: Path, tag: str) -> None:
    before = {e.msgid: e for e in read(root, tag, "in/one").entries}
    (root / "source" / "out").mkdir()
    text = (root / "source/in/one.md").read_text(encoding="utf-8")
    (root / "source/in/one.md").unlink()
    edited = text.replace("number ten", "of number ten")
    (root / "source/out/eins.md").write_text(edited, encoding="utf-8")
    refresh()
    after = read(root, tag, "out/eins")
    assert after.field("X-Bitext-Source") == "out/eins.md"
    assert {e.msgctxt: e.msgstr for e in after.entries} == {
        e.msgctxt: e.msgstr for e in before.values()
    }
    assert [e.msgid for e in after.entries if e.is_fuzzy] == ["First sentence of number ten."]
    left = {path.relative_to(root).as_posix() for path in (root / "locale").rglob("*.p*")}
    assert not [path for path in left if "in/" in path or "one" in path]
    refresh()
    assert serialize(read(root, tag, "out/eins")) == serialize(after)


def test_a_rename_is_shown_before_gettext_and_update_have_run(root: Path) -> None:
    from bitext.sphinx_ext.reading import Reading, find_project

    shutil.move(root / "source/in/one.md", root / "source/eins.md")
    path = root / "source/eins.md"
    page, made_from = Reading(find_project(root), "sl-SI").read(
        path, path.read_text(encoding="utf-8")
    )
    assert page.localization.unknown == 0
    shown = [s.translation for block in page.localization.blocks.values() for s in block]
    assert all(text.startswith("sl-SI ") for text in shown)
    reading = Reading(find_project(root), "sl-SI")
    assert reading.is_current(made_from)


def test_a_split_article_is_translated_on_both_sides(root: Path) -> None:
    parts = (
        (root / "source/in/one.md").read_text(encoding="utf-8").partition("First sentence number t")
    )
    one, two = parts[0] + parts[1] + "en.\n", "# New\n\nFirst sentence number twenty."
    (root / "source/in/one.md").write_text(one, encoding="utf-8")
    (root / "source/new.md").write_text(
        f"{two} First sentence number thirty.\n\nNote this.\n", encoding="utf-8"
    )
    refresh()
    own = translations(root, "sl-SI", "new")
    assert own["First sentence number thirty."] == "sl-SI one First sentence number thirty."
    assert own["Note this."] == "sl-SI one Note this.", "not that of the other article"
    assert own["New"] == ""


def test_merged_articles_keep_all_translations(root: Path) -> None:
    one = (root / "source/in/one.md").read_text(encoding="utf-8")
    with (root / "source/two.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{one}")
    (root / "source/in/one.md").unlink()
    refresh()
    own = translations(root, "de-DE", "two")
    assert all(own.values())
    assert own["First title"] == "de-DE one First title"


def test_an_article_that_cannot_be_read_yet_loses_no_ledger(root: Path) -> None:
    content = (root / "source/in/one.md").read_bytes()
    (root / "source/in/one.md").unlink()
    (root / "source/eins.md").write_bytes(content + b"\xff")
    pot = root / "locale/pot/in/one.pot"
    before = pot.read_bytes()
    main(["gettext", "-q"])
    (root / "source/eins.md").write_bytes(content)
    assert main(["gettext", "-q"]) == 0
    assert b"First title" in before
    ids = [e.msgctxt for e in parse((root / "locale/pot/eins.pot").read_text("utf-8")).entries]
    assert ids == [e.msgctxt for e in parse(before.decode()).entries]


def test_two_articles_with_one_prefix_part(root: Path) -> None:
    pot = (root / "locale/pot/two.pot").read_text(encoding="utf-8")
    own = parse((root / "locale/pot/in/one.pot").read_text(encoding="utf-8"))
    prefix, other = (own.field("X-Bitext-Prefix") or "", parse(pot).field("X-Bitext-Prefix") or "")
    for path in (root / "locale").rglob("two.p*"):
        path.write_text(path.read_text(encoding="utf-8").replace(other, prefix), encoding="utf-8")
    before = translations(root, "sl-SI", "two")
    refresh()
    later = parse((root / "locale/pot/two.pot").read_text(encoding="utf-8"))
    assert later.field("X-Bitext-Prefix") not in ("", prefix)
    assert all(
        (e.msgctxt or "").startswith(later.field("X-Bitext-Prefix") or "-") for e in later.entries
    )
    assert translations(root, "sl-SI", "two") == before
    assert (
        parse((root / "locale/pot/in/one.pot").read_text(encoding="utf-8")).entries == own.entries
    )
