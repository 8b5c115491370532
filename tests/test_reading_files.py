"""Files that cannot be read, or whose names cannot be: one error each, the others go on."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bitext.checks import Finding, Severity
from bitext.errors import CatalogError
from forks import Run
from sites import (
    bitext,
    changes,
    edit,
    ids,
    make_project,
    po,
    pot,
    snapshot,
    succeed,
    translate,
    write,
)

ARTICLES = {
    "index.md": "---\ntitle: One\n---\n\n# One\n\nFirst words. Second words.\n",
    "two.md": "# Two\n\nMore words.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with the catalogs of one language, a little translated."""
    root = make_project(tmp_path / "tiny", ARTICLES)
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), {"Second words.": "Druge besede."})
    return root


def assert_named(run: Run, place: str, words: str) -> None:
    """Assert that one line names the file, and that the status is that of wrong input."""
    assert run.status == 2, run.text
    lines = [line for line in run.text.split("\n") if line.startswith(f"{place}: error: ")]
    assert len(lines) == 1, run.text
    assert re.search(words, lines[0])


@pytest.mark.parametrize(
    ("matter", "line", "words"),
    [
        ("title: One: two", 2, "it is not YAML: mapping values are not allowed"),
        ("a: 1\ntitle: [One", 4, "it is not YAML: "),
    ],
)
def test_a_front_matter_that_cannot_be_read_keeps_its_ledger(
    project: Path, matter: str, line: int, words: str
) -> None:
    edit(project / "source/index.md", "title: One", matter)
    edit(project / "source/two.md", "More words.", "More words indeed.")
    before = snapshot(project)
    for command in ("check", "stats", "gettext"):
        assert_named(bitext(project, command), f"source/index.md:{line}", words)
    assert changes(before, snapshot(project)) == {"locale/pot/two.pot"}


@pytest.mark.parametrize("escape", ["\\0", "\\x00", "\0"])
def test_a_nul_in_the_front_matter_is_replaced(project: Path, escape: str) -> None:
    edit(project / "source/index.md", "title: One", f'title: "On{escape}e"')
    succeed(project, "gettext")
    assert "On\ufffde" in ids(pot(project, "index"))
    assert bitext(project, "gettext", "--check").status == 0


@pytest.mark.parametrize("command", ["gettext", "update", "check", "stats"])
def test_an_emptied_pot_is_no_missing_one(project: Path, command: str) -> None:
    write(pot(project, "index"), "")
    before = snapshot(project)
    run = bitext(project, command)
    assert_named(run, "locale/pot/index.pot", "is empty; restore it from git, or delete it")
    assert changes(before, snapshot(project)) == set()


def test_a_lost_pot_is_made_again_from_the_catalogs(project: Path) -> None:
    edit(project / "source/index.md", "First words.", "Zeroth words. First words.")
    succeed(project, "gettext")
    succeed(project, "update")
    known = ids(pot(project, "index"))
    pot(project, "index").unlink()
    edit(project / "source/index.md", "First words.", "New one came here. First words.")
    before = snapshot(project)
    assert bitext(project, "check").status == 0
    assert changes(before, snapshot(project)) == set()
    succeed(project, "gettext")
    found = ids(pot(project, "index"))
    assert {text: found[text] for text in known} == known
    assert found["New one came here."] not in known.values()
    before = snapshot(project / "locale/sl-SI")
    succeed(project, "update")
    written = changes(before, snapshot(project / "locale/sl-SI"))
    assert written == {"LC_MESSAGES/index.po"}
    assert "Druge besede." in po(project, "index").read_text()


def test_a_lost_pot_of_a_moved_article_keeps_its_prefix(project: Path) -> None:
    (project / "source/two.md").rename(project / "source/three.md")
    succeed(project, "gettext")
    succeed(project, "update")
    known = ids(pot(project, "three"))
    pot(project, "three").unlink()
    succeed(project, "gettext")
    assert ids(pot(project, "three")) == known


@pytest.mark.parametrize("prefix", ["137FA", "137f", "137fab", "../.."])
def test_a_prefix_that_is_none_is_refused(project: Path, prefix: str) -> None:
    text = pot(project, "index").read_text()
    own = ids(pot(project, "index"))["First words."].partition("-")[0]
    write(pot(project, "index"), text.replace(own, prefix))
    edit(project / "source/index.md", "First words.", "First new words.")
    before = snapshot(project)
    words = re.escape(f"X-Bitext-Prefix '{prefix}' is not five hex digits; restore")
    assert_named(bitext(project, "gettext"), "locale/pot/index.pot:1", words)
    assert changes(before, snapshot(project)) == set()


def test_numbers_end_where_they_can_be_read(project: Path) -> None:
    identifier = ids(pot(project, "index"))["First words."]
    prefix = identifier.partition("-")[0]
    text = pot(project, "index").read_text()
    write(pot(project, "index"), text.replace(identifier, f"{prefix}-{10**9}"))
    run = bitext(project, "gettext")
    assert_named(run, "locale/pot/index.pot:27", "is not a segment ID of this article")
    write(pot(project, "index"), text.replace(identifier, f"{prefix}-{10**9 - 1}"))
    edit(project / "source/index.md", "First words.", "First words. One came too many.")
    assert_named(bitext(project, "gettext"), "locale/pot/index.pot", "its numbers are used up")


@pytest.mark.parametrize("kind", ["dangling", "loop", "folder"])
@pytest.mark.parametrize("command", ["update", "check", "stats"])
def test_a_catalog_that_cannot_be_read_is_named(project: Path, command: str, kind: str) -> None:
    path = po(project, "index")
    path.unlink()
    if kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere" if kind == "dangling" else "index.po")
    run = bitext(project, command)
    assert_named(run, "locale/sl-SI/LC_MESSAGES/index.po", "cannot be read")


def test_only_a_new_number_needs_the_catalogs(project: Path) -> None:
    po(project, "index").unlink()
    po(project, "index").symlink_to("nowhere")
    edit(project / "source/index.md", "First words.", "First new words.")
    succeed(project, "gettext")
    edit(project / "source/index.md", "First new words.", "First new words. Quite another thing.")
    run = bitext(project, "gettext")
    assert_named(run, "locale/sl-SI/LC_MESSAGES/index.po", "the link leads nowhere")


@pytest.mark.parametrize(("name", "shown"), [(b"\xe9.md", "\ufffd"), (b"a\tb.md", "a\ufffdb")])
def test_a_name_that_no_page_can_have(project: Path, name: bytes, shown: str) -> None:
    path = project / "source" / os.fsdecode(name)
    with path.open("wb") as file:
        file.write(b"# Named\n")
    edit(project / "source/two.md", "More words.", "More words indeed.")
    before = snapshot(project / "locale")
    for command in ("check", "stats", "gettext"):
        assert_named(bitext(project, command), f"source/{shown}.md", "its name is not .*rename it")
    assert changes(before, snapshot(project / "locale")) == {"pot/two.pot"}


def test_a_folder_that_cannot_be_read_is_not_gone(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project / "source/deep/three.md", "# Three\n")
    succeed(project, "gettext")
    before = snapshot(project / "locale")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    run = bitext(project, "gettext")
    monkeypatch.undo()
    assert_named(run, f"{project}/source/deep", "cannot be read: Permission denied")
    assert changes(before, snapshot(project / "locale")) == set()


def test_hidden_files_are_no_articles(project: Path) -> None:
    """Emacs locks a file with a link that leads nowhere."""
    (project / "source/.#index.md").symlink_to("writer@host.1234")
    write(project / "source/.draft.md", "# Draft\n")
    before = snapshot(project)
    succeed(project, "gettext")
    assert changes(before, snapshot(project)) == set()


def test_linked_folders_hold_articles_and_loops_end(project: Path) -> None:
    write(project / "elsewhere/three.md", "# Three\n")
    (project / "source/linked").symlink_to("../elsewhere")
    (project / "source/loop").symlink_to(".")
    succeed(project, "gettext")
    assert pot(project, "linked/three").is_file()
    assert not (project / "locale/pot/loop").exists()


def test_numbers_of_a_language_that_is_listed_no_more_are_kept(project: Path) -> None:
    before = pot(project, "two").read_bytes()
    edit(project / "source/two.md", "More words.", "More words. Then something else.")
    succeed(project, "gettext")
    succeed(project, "update")
    issued = ids(pot(project, "two"))["Then something else."]
    edit(project / "pyproject.toml", '"sl-SI"', "")
    write(pot(project, "two"), before)
    edit(project / "source/two.md", "Then something else.", "Never was this here.")
    succeed(project, "gettext")
    assert ids(pot(project, "two"))["Never was this here."] != issued


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ('project = "a\\nb"', 3, "project = .* a text without control characters"),
        (
            'exclude = ["a", "[z-a].md"]',
            3,
            r"\[z-a\]\.md. is none: bad character range",
        ),
    ],
)
def test_settings_that_would_fail_later(project: Path, line: str, place: int, words: str) -> None:
    edit(project / "pyproject.toml", "[tool.bitext]\n", f"[tool.bitext]\n\n{line}\n")
    assert_named(bitext(project, "gettext"), f"pyproject.toml:{place}", words)


def test_an_error_is_one_line() -> None:
    assert str(CatalogError("a\nb\x1b[31m\u2028c", path="x\r.po", line=3)) == (
        "x\ufffd.po:3: error: a b\ufffd[31m\ufffdc"
    )
    finding = Finding("x.po", 3, Severity.ERROR, "a\x07\nb", "po-syntax")
    assert str(finding) == "x.po:3: error: a\ufffd b [po-syntax]"
