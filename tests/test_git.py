"""Ledgers and catalogs on branches that real git merges, with the driver and without."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bitext.commands.merge import add_attributes, run_merge
from bitext.po import Catalog, parse
from forks import Run
from sites import TOOLS as PACKAGE
from sites import bitext, edit, make_project, po, pot, succeed, translate, write

GIT = shutil.which("git")
pytestmark = pytest.mark.skipif(GIT is None, reason="git is not installed")

ARTICLE = "# Title\n\nThe first one. The last one.\n\nA paragraph.\n\nAnother paragraph.\n"
BASE = {"Title": "Naslov", "The first one.": "Prvi.", "The last one.": "Zadnji."}
OURS = ("The cat sleeps all day.", "Mačka spi ves dan.")
THEIRS = ("A dog barks at night.", "Pes laja ponoči.")


def git(root: Path, *arguments: str, status: int = 0) -> str:
    """Run git as nobody in particular, with no settings but the repository's."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONPATH": str(PACKAGE),
        "PYTHONWARNINGS": "",
    }
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "A", f"GIT_{role}_EMAIL": "a@example.org"}
    done = subprocess.run(
        [GIT or "git", *arguments], cwd=root, env=environment, capture_output=True, timeout=60
    )
    text = (done.stdout + done.stderr).decode()
    assert done.returncode == status, text
    return text


def commit(root: Path, message: str = "x") -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


def refresh(root: Path) -> None:
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")


def make_repository(folder: Path, *, driver: bool) -> Path:
    """Make a translated project in a repository."""
    root = make_project(folder / "project", {"a.md": ARTICLE})
    git(root, "init", "-q", "-b", "main")
    if driver:
        assert "changed .gitattributes" in bitext(root, "merge-driver", "--install").out
    refresh(root)
    translate(po(root, "a"), BASE)
    commit(root)
    return root


def branch(root: Path, name: str, after: str, sentence: tuple[str, str]) -> None:
    """Insert a sentence after another one and translate it, on a branch from main."""
    git(root, "checkout", "-q", "-b", name, "main")
    edit(root / "source/a.md", after, f"{after} {sentence[0]}")
    refresh(root)
    translate(po(root, "a"), dict([sentence]))
    commit(root, name)


def read(path: Path) -> Catalog:
    return parse(path.read_text(encoding="utf-8"))


def translations(root: Path) -> dict[str, tuple[str, str]]:
    """Return ID and translation of each sentence; the POT and the PO must agree."""
    live = [entry for entry in read(po(root, "a")).entries if not entry.is_obsolete]
    ledger = [(entry.msgctxt, entry.msgid) for entry in read(pot(root, "a")).entries]
    assert [(entry.msgctxt, entry.msgid) for entry in live] == ledger
    assert len({entry.msgctxt for entry in live}) == len(live), "an ID for each"
    assert not any(entry.is_fuzzy for entry in live)
    return {entry.msgid: (entry.msgctxt or "", entry.msgstr) for entry in live}


@pytest.mark.parametrize("driver", [True, False], ids=["driver", "plain"])
@pytest.mark.parametrize("order", [("ours", "theirs"), ("theirs", "ours")], ids="-".join)
def test_two_branches_insert_and_translate_sentences(
    tmp_path: Path, driver: bool, order: tuple[str, str]
) -> None:
    root = make_repository(tmp_path, driver=driver)
    before = translations(root)
    branch(root, "ours", "The first one.", OURS)
    branch(root, "theirs", "Another paragraph.", THEIRS)
    git(root, "checkout", "-q", order[0])
    git(root, "merge", "-q", "--no-edit", order[1])
    refresh(root)
    commit(root, "merged") if git(root, "status", "--porcelain") else None
    merged = translations(root)
    assert {english: merged[english] for english in before} == before
    assert merged[OURS[0]][1] == OURS[1]
    assert merged[THEIRS[0]][1] == THEIRS[1]

    git(root, "checkout", "-q", "-b", "reverted")
    text = (root / "source/a.md").read_text(encoding="utf-8")
    write(root / "source/a.md", text.replace(f" {THEIRS[0]}", ""))
    refresh(root)
    assert THEIRS[0] not in translations(root)
    commit(root, "without theirs")
    write(root / "source/a.md", text)
    refresh(root)
    again = translations(root)
    assert {english: again[english][1] for english in again} == {
        english: merged[english][1] for english in merged
    }
    assert again[OURS[0]] == merged[OURS[0]]


def test_git_reverts_an_insertion_and_reverts_that(tmp_path: Path) -> None:
    root = make_repository(tmp_path, driver=True)
    branch(root, "ours", "The first one.", OURS)
    branch(root, "theirs", "Another paragraph.", THEIRS)
    git(root, "merge", "-q", "--no-edit", "ours")
    refresh(root)
    commit(root, "renumbered")
    merged = translations(root)
    git(root, "revert", "--no-edit", "ours")
    refresh(root)
    if git(root, "status", "--porcelain"):
        commit(root, "refreshed")
    reverted = translations(root)
    assert OURS[0] not in reverted
    assert reverted[THEIRS[0]] == merged[THEIRS[0]]
    edit(root / "source/a.md", "The first one.", "The first one. A newer one.")
    refresh(root)
    newer = translations(root)["A newer one."][0]
    assert newer not in {identifier for identifier, _ in merged.values()}
    commit(root, "newer")
    edit(root / "source/a.md", "A newer one.", f"A newer one. {OURS[0]}")
    git(root, "checkout", "-q", "ours", "--", "locale/sl-SI")
    refresh(root)
    again = translations(root)
    assert again[OURS[0]][1] == OURS[1]
    assert len({identifier for identifier, _ in again.values()}) == len(again)


def test_translators_of_adjacent_sentences_never_meet(tmp_path: Path) -> None:
    root = make_repository(tmp_path, driver=True)
    for name, english in (("ours", "A paragraph."), ("theirs", "Another paragraph.")):
        git(root, "checkout", "-q", "-b", name, "main")
        translate(po(root, "a"), {english: name})
        commit(root)
    git(root, "merge", "-q", "--no-edit", "ours")
    found = {entry.msgid: entry.msgstr for entry in read(po(root, "a")).entries}
    assert (found["A paragraph."], found["Another paragraph."]) == ("ours", "theirs")


def test_a_conflict_is_named_and_keeps_both(tmp_path: Path) -> None:
    root = make_repository(tmp_path, driver=True)
    for name in ("ours", "theirs"):
        git(root, "checkout", "-q", "-b", name, "main")
        translate(po(root, "a"), {"A paragraph.": f"Naš {name}", "Another paragraph.": "Isti."})
        commit(root)
    said = git(root, "merge", "--no-edit", "ours", status=1)
    (line,) = re.findall(r"LC_MESSAGES/a\.po:(\d+): conflict: .*A paragraph\.", said)
    assert "CONFLICT" in said
    (entry,) = [e for e in read(po(root, "a")).entries if e.msgid == "A paragraph."]
    assert (entry.msgstr, entry.is_fuzzy, entry.msgstr_line) == ("Naš theirs", True, int(line))
    assert entry.comments == ("bitext: also translated as: Naš ours",)
    before = po(root, "a").read_bytes()
    succeed(root, "update", "-q")
    assert po(root, "a").read_bytes() == before


def test_a_broken_catalog_is_left_to_git(tmp_path: Path) -> None:
    root = make_repository(tmp_path, driver=True)
    for name in ("ours", "theirs"):
        git(root, "checkout", "-q", "-b", name, "main")
        translate(po(root, "a"), {"A paragraph.": name})
        if name == "ours":
            write(po(root, "a"), po(root, "a").read_bytes()[:-4])
        commit(root)
    said = git(root, "merge", "--no-edit", "ours", status=1)
    assert re.search(r"a\.po \(theirs\):\d+:\d+: error: .*; merged as text", said)
    assert "CONFLICT" in said
    both = '<<<<<<< ours\nmsgstr "theirs"\n=======\nmsgstr "ours"\n>>>>>>> theirs\n'
    assert both in po(root, "a").read_text(encoding="utf-8")


@pytest.mark.parametrize("driver", [True, False], ids=["driver", "plain"])
def test_the_same_sentence_at_two_places_is_two(tmp_path: Path, driver: bool) -> None:
    root = make_repository(tmp_path, driver=driver)
    branch(root, "ours", "The first one.", OURS)
    branch(root, "theirs", "Another paragraph.", (OURS[0], "Muca spi ves dan."))
    said = git(root, "merge", "-q", "--no-edit", "ours", status=int(driver))
    assert ("conflict: " in said) == driver, "one ID, one English: by ID it is one sentence"
    if driver:
        commit(root, "both kept")
    run = bitext(root, "gettext", "-q")
    assert (run.status, run.err) == (0, "")
    succeed(root, "update", "-q")
    found = [e for e in read(po(root, "a")).entries if e.msgid == OURS[0] and not e.is_obsolete]
    assert len({entry.msgctxt for entry in found}) == 2
    notes = {text.rpartition(": ")[2] for entry in found for text in entry.comments}
    assert {OURS[1], "Muca spi ves dan."} <= {entry.msgstr for entry in found} | notes


# How git is told


def test_install_is_idempotent_and_disturbs_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path / "a project", {"a.md": ARTICLE})
    git(root, "init", "-q")
    write(root / ".gitattributes", b"*.png binary\r\n*.md text")
    first = succeed(root, "merge-driver", "--install")
    assert first == "changed git's configuration\nchanged .gitattributes\n"
    assert (root / ".gitattributes").read_bytes() == (
        b"*.png binary\r\n*.md text\r\n"
        b"locale/**/*.po merge=bitext\r\nlocale/**/*.pot merge=bitext\r\n"
    )
    said = "nothing to change: git merges these catalogs by ID\n"
    assert succeed(root, "merge-driver", "--install") == said
    for path in ("locale/sl-SI/LC_MESSAGES/in/a.po", "locale/pot/a.pot"):
        assert git(root, "check-attr", "merge", path).strip().endswith("merge: bitext")
    assert "unspecified" in git(root, "check-attr", "merge", "other/a.po")


def test_init_installs_it(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a.md": ARTICLE})
    git(root, "init", "-q")
    assert "wrote .gitattributes" in succeed(root, "init", "de-DE")
    assert "merge-driver %O %A %B %P" in git(root, "config", "merge.bitext.driver")


def test_without_a_repository_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_project(tmp_path, {"a.md": ARTICLE})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    run = bitext(root, "merge-driver", "--install")
    assert (run.status, run.out) == (2, "")
    assert "is in no git repository, so bitext cannot merge catalogs; run it in a clone" in run.err
    git(root, "init", "-q")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    run = bitext(root, "merge-driver", "--install")
    assert (run.status, run.out) == (2, "")
    assert "git is not installed, and is needed to merge catalogs" in run.err
    assert not (root / ".gitattributes").exists()


@pytest.mark.parametrize("locale", ["locale", "my locale", "a/b", "we[i]rd", 'quo"te'])
def test_the_pattern_names_the_folder(tmp_path: Path, locale: str) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path / ".gitattributes", add_attributes("", locale))
    path = f"{locale}/sl-SI/LC_MESSAGES/a.po"
    assert git(tmp_path, "check-attr", "merge", path).strip().endswith("merge: bitext")


@pytest.mark.parametrize(
    "arguments", [(), ("a",), ("a", "b"), ("--install", "a"), ("a", "b", "c", "d", "e")]
)
def test_wrong_words_are_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run: Run = bitext(make_project(tmp_path, {}), "merge-driver", *arguments)
    assert (run.status, run.out) == (2, "")


def test_files_may_be_anywhere(tmp_path: Path) -> None:
    for name, text in (("o", ""), ("a", 'msgid "x"\nmsgstr ""\n'), ("b", "")):
        write(tmp_path / name, text)
    assert run_merge(tmp_path / "o", tmp_path / "a", tmp_path / "b", shown="a.po") == []
    run = bitext(tmp_path, "merge-driver", "o", "a", "missing", "a.po")
    assert (run.status, run.err) == (
        2,
        "a.po (theirs): error: cannot be read: No such file or directory\n",
    )


def test_catalog_that_cannot_be_read_is_merged_as_text(tmp_path: Path) -> None:
    lines = ["one", "two", "three"]
    broken = 'msgid ""\nmsgstr ""\n\nmsgid "A\n'
    for name, line in zip("oab", lines, strict=True):
        write(tmp_path / name, f'{broken}"{line}"\n')
    [conflict] = run_merge(tmp_path / "o", tmp_path / "a", tmp_path / "b", shown="a.po")
    assert conflict.startswith("a.po (base):4:9: error: ")
    merged = (tmp_path / "a").read_text(encoding="utf-8")
    assert re.search(r'<<<<<<< ours\n"two"\n=======\n"three"\n>>>>>>> theirs\n', merged), merged
