"""A stranger's hour: a new project from the README alone, broken in many ways and mended.

Whatever is wrong, some command names it with its place, `bitext doctor` with what mends it, and
nothing that was translated is lost on the way.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bitext.po import parse
from sites import bitext, bitext_process, edit, po, snapshot, succeed, translate, write

README = Path(__file__).resolve().parent.parent / "README.md"
TAG = "fr-FR"
ARTICLES = {
    "index.md": "# Machine\n\nSwitch it on. Wait for the light.\n\n```{toctree}\nclean\n```\n",
    "clean.md": "# Cleaning\n\nUnplug it. Wipe it with `cloth`.\n",
}
DONE = {
    "index": {
        "Machine": "Machine à café",
        "Switch it on.": "Allumez-la.",
        "Wait for the light.": "Attendez la lumière.",
    },
    "clean": {
        "Cleaning": "Nettoyage",
        "Unplug it.": "Débranchez-la.",
        "Wipe it with `cloth`.": "Essuyez-la avec `cloth`.",
    },
}


def _commands() -> list[list[str]]:
    """Return the commands that the README gives for a project of one's own."""
    _, _, section = README.read_text(encoding="utf-8").partition("## In your own project")
    block = section.partition("```sh\n")[2].partition("```")[0]
    return [shlex.split(line, comments=True) for line in block.strip().split("\n")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that is translated, all in order, with its first commit."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    root = tmp_path / "machine"
    for path, text in ARTICLES.items():
        write(root / "source" / path, text)
    _git(root, "init", "-q", "-b", "main")
    for command in _commands():
        if command[:2] == ["bitext", "init"]:
            succeed(root, *command[1:])
    for article, done in DONE.items():
        translate(po(root, article, TAG), done)
    _commit(root)
    assert succeed(root, "doctor") == "nothing is wrong\n"
    return root


def _git(root: Path, *arguments: str, status: int = 0) -> None:
    name = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *name, *arguments], cwd=root, capture_output=True, text=True)
    assert done.returncode == status, done.stdout + done.stderr


def _commit(root: Path) -> None:
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "x")


def _translated(root: Path) -> set[str]:
    found = (root / "locale" / TAG).rglob("*.po")
    texts = [path.read_text(encoding="utf-8") for path in found]
    return {entry.msgstr for text in texts for entry in parse(text).entries if entry.msgstr}


ALL = {text for done in DONE.values() for text in done.values()}


def test_what_the_readme_says_works(tmp_path: Path) -> None:
    root = tmp_path / "machine"
    root.mkdir()
    for command in _commands():
        if command[0] == "mkdir":
            (root / command[1]).mkdir()
            for path, text in ARTICLES.items():
                write(root / "source" / path, text)
        elif command[0] == "bitext":
            done = bitext_process(root, *command[1:])
            assert (done.status, done.err) == (0, ""), done.text
    assert {path.name for path in (root / "build/html").iterdir()} >= {"en-US", TAG, "index.html"}
    assert {command[1] for command in _commands() if command[0] == "bitext"} == {
        *("init", "todo", "check", "build"),
    }


def test_bad_markup(root: Path) -> None:
    edit(po(root, "clean", TAG), 'avec `cloth`."', 'avec `chiffon`."')
    run = bitext(root, "check")
    assert run.status == 1
    assert re.search(
        r"clean\.po:\d+: error: \S+ missing: `cloth`; not in the English: `chiffon`: copy", run.out
    )
    edit(po(root, "clean", TAG), "`chiffon`", "`cloth`")
    succeed(root, "check")


def test_changed_english(root: Path) -> None:
    edit(root / "source/index.md", "the light", "the blue light")
    assert "1 POT file is behind its article; bitext gettext" in bitext(root, "doctor").out
    succeed(root, "gettext")
    assert f"1 PO file is behind its POT file; bitext update -l {TAG}" in bitext(root, "doctor").out
    succeed(root, "update")
    assert "stale: a4874-103 Wait for the {+blue +}light." in succeed(root, "todo")
    assert _translated(root) == ALL


def test_a_broken_catalog(root: Path) -> None:
    path = po(root, "clean", TAG)
    edit(path, 'msgstr "Nettoyage"', 'msgstr "Nettoyage')
    for command in ("check", "update", "todo", "stats", "format"):
        run = bitext(root, command)
        assert run.status == 2
        assert re.search(r"clean\.po:\d+:\d+: error: the line ends inside a string", run.text)
    assert "clean.po" in bitext(root, "doctor").out
    edit(path, 'msgstr "Nettoyage', 'msgstr "Nettoyage"')
    assert _translated(root) == ALL


def test_a_renamed_article(root: Path) -> None:
    (root / "source/clean.md").rename(root / "source/care.md")
    edit(root / "source/index.md", "clean\n", "care\n")
    assert "follow clean.md to care.md" in succeed(root, "gettext")
    succeed(root, "update")
    assert succeed(root, "doctor") == "nothing is wrong\n"
    assert not po(root, "clean", TAG).exists()
    assert _translated(root) == ALL


def test_a_deleted_article_comes_back(root: Path) -> None:
    text = (root / "source/clean.md").read_text(encoding="utf-8")
    (root / "source/clean.md").unlink()
    succeed(root, "gettext")
    succeed(root, "update")
    assert succeed(root, "doctor") == "nothing is wrong\n"
    write(root / "source/again.md", text)
    succeed(root, "gettext")
    succeed(root, "update")
    assert _translated(root) == ALL


def test_a_deleted_catalog(root: Path) -> None:
    po(root, "clean", TAG).unlink()
    assert f"bitext update -l {TAG}" in bitext(root, "doctor").out
    succeed(root, "update")
    assert "untranslated 3" in succeed(root, "todo")
    _git(root, "checkout", "-q", "HEAD", "--", "locale")
    assert _translated(root) == ALL


def test_a_conflict(root: Path) -> None:
    """Of two branches that both changed an article and its translation, in a fresh clone."""
    clone = root.parent / "clone"
    _git(root.parent, "clone", "-q", str(root), str(clone))
    assert "bitext merge-driver --install" in bitext(clone, "doctor").out
    _git(clone, "checkout", "-qb", "other")
    for branch, word, said in (("other", "gently", "doucement"), ("main", "well", "bien")):
        _git(clone, "checkout", "-q", branch)
        edit(clone / "source/clean.md", "Wipe it", f"Wipe it {word}")
        succeed(clone, "gettext", "-q")
        edit(po(clone, "clean", TAG), "Débranchez-la.", f"Débranchez-la {said}.")
        _commit(clone)
    _git(clone, "merge", "other", status=1)
    assert "clean.pot:28:1: error: unresolved merge conflict" in bitext(clone, "gettext").err
    assert "clean.po:22:1: error: unresolved merge conflict" in bitext(clone, "check").out
    _git(clone, "merge", "--abort")
    succeed(clone, "merge-driver", "--install")
    _git(clone, "merge", "other", status=1)
    run = bitext(clone, "gettext")
    assert run.status == 2
    assert "source/clean.md:3: error: unresolved merge conflict; keep one side" in run.err
    _git(clone, "checkout", "-q", "--theirs", "source/clean.md")
    succeed(clone, "gettext")
    succeed(clone, "update")
    assert "to review" in succeed(clone, "todo")
    text = po(clone, "clean", TAG).read_text(encoding="utf-8")
    assert "doucement" in text
    assert "bien" in text


def test_without_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    edit(root / "source/index.md", "the light", "the blue light")
    for command in (["gettext"], ["update"], ["check"], ["todo"], ["stats"], ["init", "de-DE"]):
        succeed(root, *command)
    assert "git is not installed" in bitext(root, "summary", "--since", "main").err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["init", "french"], "'french' is not a language; use a BCP 47 tag such as"),
        (["init", "fr-fr"], "'fr-fr' is spelled 'fr-FR'"),
        (["todo", "-l", "de"], "'de' is not a language of this project"),
        (["import", "po", "nowhere"], "there is no"),
        (["show", "x"], "is not the ID of a sentence; it looks like"),
        (["machine"], "no machine translates in this project; to have one, set"),
    ],
)
def test_a_slip_of_the_hand(root: Path, words: list[str], message: str) -> None:
    before = snapshot(root)
    run = bitext(root, *words)
    assert run.status == 2
    assert message in run.err
    assert snapshot(root) == before


def test_outside_of_any_project(tmp_path: Path) -> None:
    for words in (["check"], ["gettext"], ["doctor"], ["build"]):
        run = bitext(tmp_path, *words)
        assert run.status == 2
        assert "bitext init" in run.err, run.err
