"""todo, show, search, doctor, completion: what people ask every day."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bitext.notes import add_note
from bitext.po import format_entry, parse
from bitext.worklist import word_diff
from sites import bitext, edit, ids, make_project, po, pot, snapshot, succeed, translate, write

ARTICLE = "# Lamps\n\nA lamp has a button. Press it.\n\nSee it shine. It is bright.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "project", {"index.md": ARTICLE}, languages=("sl-SI", "de-DE"))
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    done = {"Lamps": "Svetilke", "A lamp has a button.": "Ima gumb.", "Press it.": "Pritisni."}
    translate(po(root, "index"), done, fuzzy=["Press it."])
    edit(root / "source/index.md", "has a button", "has a red button")
    return root


def test_todo_puts_what_is_stale_first_with_its_change(root: Path) -> None:
    before = snapshot(root)
    lines = succeed(root, "todo", "-l", "sl-SI").split("\n")
    assert lines[0].endswith(": stale: a4874-102 A lamp has a {+red +}button.")
    assert lines[0].startswith("locale/sl-SI/LC_MESSAGES/index.po:")
    assert lines[1].endswith(": to review: a4874-103 Press it.")
    assert lines[2].endswith(": untranslated: a4874-104 See it shine.")
    assert lines[4:7] == ["stale 1 (6 words)", "to review 1 (2 words)", "untranslated 2 (6 words)"]
    assert succeed(root, "todo", "-l", "sl-SI", "--most", "1").count(": ") == 2
    assert snapshot(root) == before


def test_todo_counts_what_a_machine_said_apart(root: Path) -> None:
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    translate(po(root, "index"), {"See it shine.": "Glej."}, fuzzy=["See it shine."])
    text = po(root, "index").read_text(encoding="utf-8")
    (entry,) = [e for e in parse(text).entries if e.msgstr == "Glej."]
    marked = format_entry(add_note(entry, "mt:apertium"))
    write(po(root, "index"), text.replace((entry.raw or "").lstrip("\n"), marked))
    assert ": machine: a4874-104 See it shine." in succeed(root, "todo", "-l", "sl-SI")


def test_todo_needs_a_language(root: Path) -> None:
    run = bitext(root, "todo")
    assert run.status == 2
    assert "name the language with -l LANG; there are: sl-SI, de-DE" in run.err
    assert bitext(root, "todo", "-l", "fr-FR").status == 2


def test_all_is_translated(root: Path) -> None:
    translate(po(root, "index", "de-DE"), dict.fromkeys(ids(pot(root, "index")), "x"))
    edit(root / "source/index.md", "has a red button", "has a button")
    assert succeed(root, "todo", "-l", "de-DE") == "de-DE: all is translated\n"


DIFFS = [
    ("a b c", "a b c", "a b c"),
    ("a b", "a x", "a [-b-]{+x+}"),
    ("a b c", "a c", "a [-b -]c"),
    ("", "a", "{+a+}"),
    ("one two three", "eins two drei", "[-one-]{+eins+} two [-three-]{+drei+}"),
]


@pytest.mark.parametrize(("old", "new", "expected"), DIFFS)
def test_changes_are_shown_by_words(old: str, new: str, expected: str) -> None:
    assert word_diff(old, new) == expected


def test_show_tells_place_languages_and_history(root: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")

    def run(*arguments: str) -> None:
        name = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run([git, *name, *arguments], cwd=root, check=True, capture_output=True)

    run("init", "-q")
    run("add", "-A")
    run("commit", "-qm", "Begin")
    succeed(root, "gettext", "-q")
    run("commit", "-qam", "Paint the button")
    out = succeed(root, "show", "a4874-102")
    assert "a4874-102 in source/index.md\n" in out
    assert '  paragraph in "Lamps"\n' in out
    assert "English: A lamp has a red button.\n" in out
    assert "sl-SI: Ima gumb.\n  stale, locale/sl-SI/LC_MESSAGES/index.po:" in out
    assert "  its English: A lamp has a {+red +}button.\n" in out
    assert "de-DE: -\n" in out
    changes = [line for line in out.split("\n") if line.startswith("changed: ")]
    assert [line.partition(" ")[2].split(" ", 2)[2] for line in changes] == [
        "Paint the button",
        "Begin",
    ]


@pytest.mark.parametrize("name", ["x", "137fa-", "ffffe-101", "a4874-999"])
def test_show_names_what_it_cannot_find(root: Path, name: str) -> None:
    run = bitext(root, "show", name)
    assert run.status == 2
    assert "is not the ID of a sentence" in run.err or "no article has the sentence" in run.err


def test_show_of_a_paragraph_entry(root: Path) -> None:
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    succeed(root, "join", "a4874-104", "-l", "sl-SI", "-q")
    edit(po(root, "index"), 'msgstr "See it shine. It is bright."', 'msgstr "Sveti."')
    assert "sl-SI: Sveti.\n" in succeed(root, "show", "a4874-p104")


def test_search_finds_english_and_translations(root: Path) -> None:
    assert succeed(root, "search", "SHINE").startswith("locale/pot/index.pot:")
    (line,) = succeed(root, "search", "pritisni").splitlines()
    assert line.endswith(': a4874-103 "Press it." = "Pritisni."')
    assert succeed(root, "search", "press", "-l", "sl-SI").count("\n") == 1
    run = bitext(root, "search", "nowhere")
    assert (run.status, run.out) == (1, "nothing found\n")
    assert bitext(root, "search", " ").status == 2


def test_doctor_names_what_is_wrong_and_what_mends_it(root: Path) -> None:
    before = snapshot(root)
    run = bitext(root, "doctor")
    assert run.status == 1
    assert "1 POT file is behind its article; bitext gettext\n" in run.out
    assert snapshot(root) == before
    succeed(root, "gettext", "-q")
    found = bitext(root, "doctor").out
    assert "sl-SI: 1 PO file is behind its POT file; bitext update -l sl-SI\n" in found
    succeed(root, "update", "-q")
    assert succeed(root, "doctor") == "nothing is wrong\n"


def test_doctor_looks_at_everything(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    write(root / "conf.py", 'extensions = ["myst_parser"]\n')
    write(root / "locale/fr-FR/LC_MESSAGES/index.po", "")
    settings = '[tool.bitext.memory]\nfiles = ["no.tmx"]\n[tool.bitext.machine]\nengine = "x:y"\n'
    path = root / "pyproject.toml"
    write(path, path.read_text(encoding="utf-8") + settings)
    monkeypatch.setenv("PATH", "")
    out = bitext(root, "doctor").out
    for message in (
        "conf.py does not list the extension bitext; write: extensions",
        "locale/fr-FR/ has catalogs of a language that the settings do not list; add it to"
        " languages in pyproject.toml, or delete the folder\n",
        "no.tmx",
        "machine.engine 'x:y' cannot be imported",
    ):
        assert message in out, out


def test_doctor_in_an_empty_project(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.bitext]\n")
    run = bitext(tmp_path, "doctor")
    assert run.status == 1
    assert "there is no folder source/; make source/ and write an article" in run.out


def test_doctor_asks_for_a_start_page(root: Path) -> None:
    (root / "source/index.md").rename(root / "source/start.md")
    assert "source/ has no start page; write source/index.md\n" in bitext(root, "doctor").out
    with (root / "conf.py").open("a", encoding="utf-8") as configuration:
        configuration.write('\nroot_doc = "start"\n')
    assert "start page" not in bitext(root, "doctor").out


def test_doctor_and_git(root: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    subprocess.run([git, "init", "-q", str(root)], check=True)
    assert "bitext merge-driver --install" in bitext(root, "doctor").out
    succeed(root, "merge-driver", "--install", "-q")
    assert "merge-driver" not in bitext(root, "doctor").out
    for driver, program in (("'/no where/x' %O", "/no where/x"), ("'", "'")):
        subprocess.run([git, "-C", str(root), "config", "merge.bitext.driver", driver], check=True)
        assert f"git's merge driver is gone: {program}; bitext merge" in bitext(root, "doctor").out


def test_doctor_and_what_is_built(root: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    subprocess.run([git, "init", "-q", str(root)], check=True)
    assert "build/" not in bitext(root, "doctor").out
    write(root / "build/html/fr/index.html", "<p>")
    remedy = "git does not ignore build/; echo build/ >> .gitignore\n"
    assert remedy in bitext(root, "doctor").out
    write(root / ".gitignore", "build/\n")
    assert "build/" not in bitext(root, "doctor").out


COMPLETIONS = {
    ("bitext", "upd"): "update",
    ("bitext", "import", "p"): "po",
    ("bitext", "import", "po", "--mess"): "--messages",
    ("bitext", "update", "-l", "s"): "sl-SI",
    ("bitext", "completion", "z"): "zsh",
    ("bitext", "import", "po", "conf"): "conf.py",
}


def _shell(name: str) -> str:
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed")
    return program


@pytest.fixture
def completion(root: Path, request: pytest.FixtureRequest) -> Path:
    """The script of a shell, beside a file in locale/ that is no language."""
    write(root / "locale/terms.csv", "term\n")
    write(root.parent / "script", succeed(root, "completion", str(request.param)))
    return root.parent / "script"


@pytest.mark.parametrize("completion", ["bash"], indirect=True)
@pytest.mark.parametrize("words", COMPLETIONS)
def test_bash_completes(root: Path, completion: Path, words: tuple[str, ...]) -> None:
    listed = " ".join(f"'{word}'" for word in words)
    ask = f'COMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}; _bitext; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(
        [_shell("bash"), "-c", f". {completion}\n{ask}"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == COMPLETIONS[words]


@pytest.mark.parametrize("completion", ["fish"], indirect=True)
@pytest.mark.parametrize("words", COMPLETIONS)
def test_fish_completes(root: Path, completion: Path, words: tuple[str, ...]) -> None:
    ask = f"source {completion}; complete --do-complete '{' '.join(words)}'"
    done = subprocess.run(
        [_shell("fish"), "--no-config", "-c", ask],
        cwd=root,
        env={**os.environ, "HOME": str(root.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout.partition("\t")[0].strip(), done.stderr) == (COMPLETIONS[words], "")


ZSH = """
zmodload zsh/zpty
zpty terminal zsh -f -i
zpty -w terminal 'autoload -Uz compinit; compinit -u -D; unsetopt beep; PS1=READY'
zpty -w terminal '. ../script; bitext() { print -r -- "$*" >> ../given; print -r DO""NE }; bitext'
keys=(${(f)"$(< ../keys)"})
for line in $keys; do
    zpty -r terminal REPLY '*DONE*READY'
    zpty -w -n terminal "$line"$'\\t'
    zpty -w -n terminal $'\\n'
done
zpty -r terminal REPLY '*DONE*READY'
"""


@pytest.mark.parametrize("completion", ["zsh"], indirect=True)
def test_zsh_completes(root: Path, completion: Path) -> None:
    """Keys are pressed in a terminal; the command writes down the words that it is given."""
    write(root.parent / "keys", "".join(f"{' '.join(words)}\n" for words in COMPLETIONS))
    subprocess.run(
        [_shell("zsh"), "-f", "-c", ZSH],
        cwd=root,
        env={**os.environ, "TERM": "dumb", "HOME": str(root.parent)},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert completion.is_file()
    given = (root.parent / "given").read_text(encoding="utf-8").split("\n")
    wanted = [" ".join((*words[1:-1], found)) for words, found in COMPLETIONS.items()]
    assert [line.rstrip() for line in given if line] == wanted
