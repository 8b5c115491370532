"""Wrong input: one clear line with place and way out, and nothing else is harmed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from forks import Run
from sites import (
    bitext,
    bitext_process,
    changes,
    edit,
    entries,
    ids,
    line_of,
    make_project,
    po,
    pot,
    read_body,
    snapshot,
    sphinx,
    succeed,
    translate,
    write,
)

ARTICLES = {
    "index.md": "# One\n\nFirst words. Second words.\n",
    "two.md": "# Two\n\nMore words.\n",
}
COMMANDS = ("gettext", "update", "check", "stats", "build")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with catalogs in two languages, a little translated."""
    root = make_project(tmp_path / "tiny", ARTICLES, languages=("sl-SI", "de-DE"))
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), {"First words.": "Prve besede."})
    translate(po(root, "two", "de-DE"), {"More words.": "Mehr Wörter."})
    return root


def _is_refused(run: Run, words: str, *, place: str = "", status: int = 2) -> None:
    """Assert that a command said one thing and did nothing else."""
    assert run.status == status, run.text
    assert "Traceback" not in run.text
    lines = [line for line in run.text.split("\n") if "error" in line]
    assert len(lines) == 1, run.text
    assert re.search(words, lines[0])
    assert lines[0].startswith(f"{place}: error: " if place else "error: "), lines[0]


def _is_named(run: Run, place: str, words: str, *, status: int = 2) -> None:
    """Assert that a command named one file that is wrong, once, and went on."""
    assert run.status == status, run.text
    assert "Traceback" not in run.text
    lines = [line for line in run.text.split("\n") if re.match(rf"{place}: error: ", line)]
    assert len(lines) == 1, run.text
    assert re.search(words, lines[0])


# Folders and settings


@pytest.mark.parametrize("command", COMMANDS)
def test_no_such_folder(tmp_path: Path, command: str) -> None:
    _is_refused(bitext(tmp_path / "nowhere", command), "there is no folder .*nowhere")
    assert not list(tmp_path.iterdir())


def test_init_in_no_folder(tmp_path: Path) -> None:
    run = bitext(tmp_path / "nowhere", "init", "sl-SI")
    _is_refused(run, "there is no")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_in_place_of_the_project(tmp_path: Path, command: str) -> None:
    write(tmp_path / "file", "x")
    _is_refused(bitext(tmp_path / "file", command), "there is no folder")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_settings(tmp_path: Path, command: str) -> None:
    _is_refused(bitext(tmp_path, command), "there is no pyproject.toml in .*bitext init LANG")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", COMMANDS)
def test_settings_of_other_tools_only(tmp_path: Path, command: str) -> None:
    write(tmp_path / "pyproject.toml", "[tool.ruff]\n")
    words = r"no \[tool\.bitext\] table; add one"
    _is_refused(bitext(tmp_path, command), words, place="pyproject.toml")


def test_init_without_articles(tmp_path: Path) -> None:
    _is_refused(bitext(tmp_path, "init", "sl-SI"), "put your English articles into source/ first")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["gettext", "check", "stats", "init"])
def test_no_articles(project: Path, command: str) -> None:
    shutil.rmtree(project / "source")
    before = snapshot(project)
    run = bitext(project, *([command, "sl-SI"] if command == "init" else [command]))
    _is_refused(run, "source folder 'source' does not exist; make it, or set source")
    assert changes(before, snapshot(project)) == set()


@pytest.mark.parametrize("command", ["gettext", "update", "check", "stats"])
def test_a_project_without_anything(tmp_path: Path, command: str) -> None:
    root = make_project(tmp_path, {}, languages=())
    (root / "source").mkdir()
    assert bitext(root, command).status == 0


@pytest.mark.parametrize("command", ["update", "check", "stats", "build"])
def test_unknown_language(project: Path, command: str) -> None:
    before = snapshot(project)
    run = bitext(project, command, "-l", "fr-FR")
    _is_refused(run, r"'fr-FR' is not a language of this project \(.*sl-SI.*'bitext init fr-FR'")
    assert changes(before, snapshot(project)) == set()


def test_no_configuration_of_sphinx(project: Path) -> None:
    (project / "conf.py").unlink()
    _is_refused(bitext(project, "build"), r'there is no conf.py in .*extensions = \["bitext"\]')


def test_a_configuration_that_fails(project: Path) -> None:
    write(project / "conf.py", 'extensions = ["bitext"]\nraise SystemError("broken")\n')
    run = bitext_process(project, "build", "-l", "sl-SI")
    assert run.status == 2
    assert "sl-SI: failed" in run.out
    assert "broken" in run.err


def test_unknown_builder(project: Path) -> None:
    run = bitext_process(project, "build", "-l", "sl-SI", "-b", "nonsense")
    assert run.status == 2
    assert "nonsense" in run.err


SETTINGS = {
    "not TOML": ("languages = [", 3, "not TOML"),
    "unknown key": ("langauges = []", 2, "langauges is not a setting of .*languages"),
    "unknown table": ("[tool.bitext.chekc]\nmin-coverage = 3", 2, "chekc"),
    "source is no text": ("source = 3", 2, "source = 3 is not accepted; it must be a text"),
    "source is empty": ('source = ""', 2, "must be"),
    "source is outside": ('source = "../x"', 2, "a folder inside the project"),
    "locale is absolute": ('locale = "/x"', 2, "a folder inside the project"),
    "languages is no list": ('languages = "sl-SI"', 2, "a list of texts"),
    "languages holds no tag": ('languages = ["slovenian"]', 2, "a BCP 47 language tag"),
    "languages in other case": ('languages = ["SL-si"]', 2, 'usual spelling: "sl-SI"'),
    "languages with underscore": ('languages = ["sl_SI"]', 2, "a BCP 47 language tag"),
    "a language twice": ('languages = ["sl-SI", "sl-SI"]', 2, "lists 'sl-SI' twice"),
    "the source language": ('languages = ["en-US"]', 2, "holds the source language"),
    "source language": ('source-language = "English"', 2, "a BCP 47 language tag"),
    "segmentation": ('segmentation = "fancy"', 2, 'one of "plain", "published"'),
    "dialect": ('dialect = "rst"', 2, 'one of "myst"'),
    "front matter": ("front-matter = [1]", 2, "a list of texts"),
    "exclude": ("exclude = true", 2, "a list of texts"),
    "extension": ('myst-extensions = ["collon_fence"]', 2, "collon_fence"),
    "coverage above 100": ("[tool.bitext.check]\nmin-coverage = 101", 3, "a number from 0 to 100"),
    "coverage is text": ('[tool.bitext.check]\nmin-coverage = "all"', 3, "a number from 0 to 100"),
    "coverage is a bool": ("[tool.bitext.check]\nmin-coverage = true", 3, "a number"),
    "coverage is no number": ("[tool.bitext.check]\nmin-coverage = nan", 3, "a number"),
    "check is no table": ("check = 3", 2, "must be a table"),
    "check that is none": ('[tool.bitext.check]\ndisable = ["spelling"]', 3, "spelling"),
    "a language not listed": ("[tool.bitext.language.fr-FR]\nmin-coverage = 3", 2, "fr-FR"),
    "language is no table": ("language = 3", 2, "must be a table"),
    "language's key": ("[tool.bitext.language.sl-SI]\nstail = 3", 3, "stail"),
    "stale": (
        'languages = ["sl-SI"]\n[tool.bitext.language.sl-SI]\nstale = "hide"',
        4,
        'one of "show", "source"',
    ),
    "directive's body": ('[tool.bitext.directives.box]\nbody = "rst"', 3, 'one of "none"'),
    "directive's options": ("[tool.bitext.directives.box]\noptions = [1]", 3, "a table of option"),
}
_WITHOUT_LINE = {"not TOML", "check that is none", "extension"}


@pytest.mark.parametrize("name", SETTINGS)
def test_wrong_settings(project: Path, name: str) -> None:
    text, line, words = SETTINGS[name]
    write(project / "pyproject.toml", f"[tool.bitext]\n{text}\n")
    before = snapshot(project)
    run = bitext(project, "check")
    place = "pyproject.toml" if name in _WITHOUT_LINE else f"pyproject.toml:{line}"
    assert run.status == 2, run.text
    (error,) = run.err.rstrip("\n").split("\n")
    assert error.startswith(place), error
    assert re.search(words, error), error
    assert changes(before, snapshot(project)) == set()


@pytest.mark.parametrize("text", ["tool = 3", "[tool]\nbitext = 3", "[[tool.bitext]]\nx = 1"])
def test_settings_of_a_wrong_shape(project: Path, text: str) -> None:
    write(project / "pyproject.toml", text)
    run = bitext(project, "check")
    assert run.status == 2
    assert run.err.startswith("pyproject.toml")


def test_a_project_name_that_is_no_text(project: Path) -> None:
    write(project / "pyproject.toml", "project = 3\n[tool.bitext]\n")
    assert bitext(project, "check").status in (0, 2)


def test_settings_that_are_not_utf8(project: Path) -> None:
    write(project / "pyproject.toml", b"[tool.bitext]\n# \xff\n")
    run = bitext(project, "check")
    assert (run.status, run.err.startswith("pyproject.toml: error: ")) == (2, True)


def test_sphinx_says_what_is_wrong_with_the_settings(project: Path) -> None:
    write(project / "pyproject.toml", '[tool.bitext]\nsegmentation = "fancy"\n')
    run = sphinx(project, "-c", ".", "source", "out")
    assert run.status == 2
    assert "pyproject.toml:2" in run.err


def test_sphinx_in_a_language_that_is_not_listed(project: Path) -> None:
    run = sphinx(project, "-c", ".", "-D", "language=fr", "source", "out")
    assert run.status == 2
    assert "language 'fr' is not one of this project (en-US, sl-SI, de-DE)" in run.err


# Articles


def test_an_article_that_is_not_utf8(project: Path) -> None:
    write(project / "source/index.md", "# One\n\nPrvi\nčas.\n".encode("cp1250"))
    edit(project / "source/two.md", "More words.", "More words indeed.")
    before = snapshot(project)
    run = bitext(project, "gettext")
    _is_named(run, "source/index.md:4", "byte 0xe8 is not UTF-8; save the article as UTF-8")
    assert changes(before, snapshot(project)) == {"locale/pot/two.pot"}


@pytest.mark.parametrize("command", ["check", "stats"])
def test_reading_commands_with_an_article_that_is_not_utf8(project: Path, command: str) -> None:
    write(project / "source/index.md", b"# One \xe8\n")
    before = snapshot(project)
    _is_named(bitext(project, command), "source/index.md:1", "is not UTF-8")
    assert changes(before, snapshot(project)) == set()


def test_an_article_in_utf16(project: Path) -> None:
    write(project / "source/index.md", "# One\n".encode("utf-16"))
    _is_named(bitext(project, "gettext"), "source/index.md:1", "is not UTF-8")


def test_a_folder_with_the_name_of_an_article(project: Path) -> None:
    write(project / "source/notes.md/inner.md", "# Inner\n")
    run = bitext(project, "gettext")
    assert (run.status, run.err) == (0, "")
    assert entries(pot(project, "notes.md/inner"))
    assert bitext(project, "gettext", "--check").status == 0


def test_an_article_that_is_a_dangling_link(project: Path) -> None:
    (project / "source/gone.md").symlink_to("nowhere.md")
    edit(project / "source/two.md", "More words.", "More words indeed.")
    run = bitext(project, "gettext")
    _is_named(run, "source/gone.md", "cannot be read")
    assert "More words indeed." in pot(project, "two").read_text()


def test_windows_line_ends_and_byte_order_mark(project: Path) -> None:
    before = snapshot(project / "locale")
    for article, text in ARTICLES.items():
        write(project / "source" / article, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    succeed(project, "gettext")
    assert changes(before, snapshot(project / "locale")) == set()
    run = sphinx(project, "-c", ".", "-D", "language=sl", "source", "out")
    assert run.status == 0
    body = read_body(project / "out/index.html")
    (span,) = body.find("span", data_ttu_id=ids(pot(project, "index"))["First words."])
    assert span.text == "Prve besede."


def test_old_line_ends(project: Path) -> None:
    before = snapshot(project / "locale")
    write(project / "source/index.md", ARTICLES["index.md"].replace("\n", "\r"))
    succeed(project, "gettext")
    assert changes(before, snapshot(project / "locale")) == set()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        " \n\t\n",
        "\ufeff",
        "\0",
        "---\n",
        "---\n---\n",
        "---\n- a\n---\n",
        "```",
        "```{note}",
        ":::",
        "<!--",
        "<div",
        "[",
        "|",
        "[^1]:",
        "%",
        "# ",
        "$$",
    ],
)
def test_articles_of_almost_nothing(project: Path, text: str) -> None:
    write(project / "source/index.md", text)
    run = bitext(project, "gettext")
    assert (run.status, run.err) == (0, "")
    assert bitext(project, "gettext", "--check").status == 0
    assert bitext(project, "check").status == 0


def test_an_emptied_article_keeps_its_translations(project: Path) -> None:
    write(project / "source/index.md", "")
    succeed(project, "gettext")
    succeed(project, "update")
    write(project / "source/index.md", ARTICLES["index.md"])
    succeed(project, "gettext")
    succeed(project, "update")
    assert 'msgstr "Prve besede."' in po(project, "index").read_text()
    assert "#~" not in po(project, "index").read_text()


def test_a_null_character_in_an_article(project: Path) -> None:
    write(project / "source/index.md", "# One\n\nA nu\0l. More.\n")
    run = bitext(project, "gettext")
    assert (run.status, run.err) == (0, "")
    assert "\0" not in pot(project, "index").read_text()
    assert bitext(project, "check").status == 0


def test_a_word_of_a_megabyte(project: Path) -> None:
    write(project / "source/index.md", "# One\n\n" + "x" * 1_000_000 + ". Two.\n")
    succeed(project, "gettext")
    assert len(entries(pot(project, "index"))) == 4


def test_time_grows_with_the_length_of_an_article(tmp_path: Path) -> None:
    """Ten times the text may cost twenty times as long, and ten megabytes are read."""
    paragraph = "This *sentence* has [a link](x.md). This one has `code`, and more.\n\n"

    def seconds(size: int) -> float:
        text = "".join(f"{number} {paragraph}" for number in range(size // len(paragraph)))
        root = make_project(tmp_path / str(size), {"index.md": text})
        start = process_time()
        succeed(root, "gettext")
        return process_time() - start

    seconds(100_000)
    assert seconds(10_000_000) < 20 * seconds(1_000_000)


def test_deep_nesting(project: Path) -> None:
    write(
        project / "source/index.md",
        "> " * 2_000 + "deep\n\n" + "[" * 2_000 + "\n\n" + "*a " * 2_000,
    )
    run = bitext_process(project, "gettext")
    assert "Traceback" not in run.text


CONFLICT = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other branch\n"
CONFLICTS = {
    "a paragraph": CONFLICT.format("First words.", "Prime words."),
    "with its base": "<<<<<<< HEAD\nA.\n||||||| 1234\nB.\n=======\nC.\n>>>>>>> x\n",
    "a list": "- First words.\n" + CONFLICT.format("- Two.", "- Three."),
    "a heading": CONFLICT.format("## One", "## Two"),
    "Windows": CONFLICT.format("First words.", "Prime words.").replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_an_article_with_a_conflict_of_git_is_named(project: Path, name: str) -> None:
    write(project / "source/index.md", f"# Title\n\n{CONFLICTS[name]}".encode())
    before = snapshot(project)
    for command in ("gettext", "check"):
        run = bitext(project, command)
        assert run.status == 2
        line = 4 if name == "a list" else 3
        assert f"source/index.md:{line}: error: unresolved merge conflict; keep one" in run.text
    assert snapshot(project) == before


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{CONFLICT.format('a', 'b')}```\n",
        "Git writes `<<<<<<< HEAD` and `>>>>>>> other`.\n\nTitle\n=======\n",
        "A <<<<<<< B\n\n>>>>>>> quoted\n\nTitle\n=======\n",
        "<<<<<<< HEAD\n" * 20_000,
    ],
    ids=["code", "inline code", "out of order", "many"],
)
def test_an_article_may_show_what_git_leaves(project: Path, text: str) -> None:
    write(project / "source/index.md", f"# Title\n\n{text}")
    succeed(project, "gettext")


# Catalogs


def _truncate(text: str) -> str:
    return text[: text.index("Prve besede") + 4]


def _conflict(text: str) -> str:
    entry = 'msgstr "Prve besede."\n'
    return text.replace(entry, f'<<<<<<< HEAD\n{entry}=======\nmsgstr "Besede."\n>>>>>>> other\n')


BROKEN: dict[str, Callable[[str], bytes]] = {
    "in the middle of a string": lambda text: _truncate(text).encode(),
    "merge conflict": lambda text: _conflict(text).encode(),
    "NUL": lambda text: text.replace("Prve", "Pr\0ve").encode(),
    "not UTF-8": lambda text: text.replace("Prve", "Prvé").encode("cp1252", "replace"),
    "unescaped quote": lambda text: text.replace("Prve", 'Pr"ve').encode(),
    "no msgstr": lambda text: text.replace('msgstr "Prve besede."\n', "").encode(),
    "prose": lambda _: b"Dear translator,\nplease fill this in.\n",
    "utf-16": lambda text: text.encode("utf-16"),
    "an entry twice": lambda text: f"{text}\n{text[text.rindex('msgctxt') :]}".encode(),
}
UNITED = "an entry twice"
"""What git's line by line may leave; `gettext` and `update` unite it."""


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (command, name)
        for command in ("update", "check", "stats")
        for name in BROKEN
        if (command, name) != ("update", UNITED)
    ],
)
def test_a_broken_catalog_is_named_and_others_go_on(project: Path, command: str, name: str) -> None:
    write(po(project, "index"), BROKEN[name](po(project, "index").read_text()))
    for article, old in (("index", "First words."), ("two", "More words.")):
        edit(project / f"source/{article}.md", old, old.replace("words", "new words"))
    succeed(project, "gettext") if command == "update" else None
    before = snapshot(project)
    run = bitext(project, command)
    _is_named(run, r"locale/sl-SI/LC_MESSAGES/index\.po(:\d+)+", r"[a-z]")
    written = {
        "locale/sl-SI/LC_MESSAGES/two.po",
        "locale/de-DE/LC_MESSAGES/index.po",
        "locale/de-DE/LC_MESSAGES/two.po",
    }
    assert changes(before, snapshot(project)) == (written if command == "update" else set())


def test_check_of_a_broken_catalog_names_it_as_a_finding(project: Path) -> None:
    write(
        po(project, "index"), BROKEN["in the middle of a string"](po(project, "index").read_text())
    )
    run = bitext(project, "check")
    assert re.search(r"index\.po:\d+(:\d+)?: error: .*\[po-syntax\]", run.out)


def test_another_language_does_not_mind(project: Path) -> None:
    write(po(project, "index"), BROKEN["merge conflict"](po(project, "index").read_text()))
    succeed(project, "update", "-l", "de-DE")
    assert bitext(project, "check", "-l", "de-DE").status == 0


@pytest.mark.parametrize("name", BROKEN)
def test_gettext_of_an_edited_sentence_asks_no_language(project: Path, name: str) -> None:
    """Writers do not wait for translators: without a new number no PO file is needed."""
    write(po(project, "index"), BROKEN[name](po(project, "index").read_text()))
    edit(project / "source/index.md", "First words.", "First new words.")
    succeed(project, "gettext")
    assert "First new words." in pot(project, "index").read_text()


def test_update_unites_an_entry_that_stands_twice(project: Path) -> None:
    before = po(project, "index").read_text()
    write(po(project, "index"), BROKEN[UNITED](before))
    assert bitext(project, "check").status == 2
    succeed(project, "update")
    assert po(project, "index").read_text() == before


@pytest.mark.parametrize("name", [name for name in BROKEN if name != UNITED])
def test_gettext_of_a_new_sentence_names_the_broken_catalog(project: Path, name: str) -> None:
    """A number is issued only if no language's catalog holds it."""
    write(po(project, "index"), BROKEN[name](po(project, "index").read_text()))
    edit(project / "source/index.md", "First words.", "First words. Quite another thing.")
    edit(project / "source/two.md", "More words.", "More new words.")
    before = snapshot(project)
    run = bitext(project, "gettext")
    _is_named(run, r"locale/sl-SI/LC_MESSAGES/index\.po(:\d+)+", r"[a-z]")
    assert changes(before, snapshot(project)) == {"locale/pot/two.pot"}


@pytest.mark.parametrize("name", [name for name in BROKEN if name != UNITED])
@pytest.mark.parametrize("command", ["gettext", "update", "check", "stats"])
def test_a_broken_ledger_is_named_and_never_overwritten(
    project: Path, command: str, name: str
) -> None:
    text = (
        pot(project, "index")
        .read_text()
        .replace('First words."\nmsgstr ""', 'Prve besede."\nmsgstr ""')
    )
    text = (
        text.replace('msgstr ""\n\n', 'msgstr "Prve besede."\n\n') if name == "no msgstr" else text
    )
    write(pot(project, "index"), BROKEN[name](_as_pot(text)))
    edit(project / "source/two.md", "More words.", "More new words.")
    before = snapshot(project)
    run = bitext(project, command)
    _is_named(run, r"locale/pot/index\.pot(:\d+)+", r"[a-z]")
    written = {"gettext": {"locale/pot/two.pot"}}
    assert changes(before, snapshot(project)) == written.get(command, set())


def _as_pot(text: str) -> str:
    """Put the words into a POT that the breakages of a PO look for."""
    return text.replace('msgid "Prve besede."\nmsgstr ""', 'msgid "First"\nmsgstr "Prve besede."')


def test_a_pot_without_prefix(project: Path) -> None:
    text = pot(project, "index").read_text()
    write(pot(project, "index"), re.sub(r'"X-Bitext-Prefix.*\n', "", text))
    edit(project / "source/two.md", "More words.", "More new words.")
    before = snapshot(project)
    words = "has no X-Bitext-Prefix; delete the file to issue new IDs"
    run = bitext(project, "gettext")
    _is_named(run, r"locale/pot/index\.pot:1", words)
    assert changes(before, snapshot(project)) == {"locale/pot/two.pot"}


def test_a_pot_with_an_id_of_another_article(project: Path) -> None:
    text = pot(project, "index").read_text()
    identifier = ids(pot(project, "index"))["First words."]
    line = line_of(pot(project, "index"), identifier)
    write(pot(project, "index"), text.replace(identifier, "00000-900"))
    run = bitext(project, "gettext")
    _is_named(run, rf"locale/pot/index\.pot:{line}", "is not a segment ID of this article")


def test_a_pot_with_a_wrong_next_number_still_issues_new_ones(project: Path) -> None:
    for number in ("101", "x", "-5", "9" * 30):
        text = pot(project, "index").read_text()
        write(
            pot(project, "index"),
            re.sub(r"X-Bitext-Next: .*\\n", rf"X-Bitext-Next: {number}\\n", text),
        )
        before = entries(pot(project, "index"))
        with (project / "source/index.md").open("a") as article:
            article.write(f"\nNew sentence number {number}.\n")
        succeed(project, "gettext")
        after = list(entries(pot(project, "index")))
        assert len(after) == len(set(after)) == len(before) + 1


def test_two_branches_that_issued_the_same_number(project: Path) -> None:
    """Git merges both additions without a conflict; each then has a number of its own."""
    base = pot(project, "index").read_text()
    source = (project / "source/index.md").read_text()
    added: list[str] = []
    for sentence in ("Left branch adds this.", "Quite different words came here."):
        write(project / "source/index.md", f"{source}\n{sentence}\n")
        write(pot(project, "index"), base)
        succeed(project, "gettext")
        added.append(pot(project, "index").read_text().split("\n\n")[-1].rstrip("\n"))
        assert added[-1].count(sentence) == 1
    left, right = added
    number = re.search(r'msgctxt "(.*)"', left)
    assert number
    assert number[0] in right
    header = pot(project, "index").read_text().split("\n\n")[0]
    merged = "\n\n".join([header, *base.rstrip("\n").split("\n\n")[1:], left, right]) + "\n"
    write(pot(project, "index"), merged)
    write(
        project / "source/index.md",
        f"{source}\nLeft branch adds this.\n\nQuite different words came here.\n",
    )
    succeed(project, "gettext")
    found = ids(pot(project, "index"))
    assert found["Left branch adds this."] == number[1]
    assert found["Quite different words came here."] not in {number[1], ""}
    assert len(entries(pot(project, "index"))) == len(base.split("\n\n")) + 2
    assert bitext(project, "gettext", "--check").status == 0


def test_catalogs_with_windows_line_ends_and_byte_order_mark(project: Path) -> None:
    path = po(project, "index")
    for content in (
        path.read_bytes().replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + path.read_bytes(),
    ):
        write(path, content)
        before = snapshot(project)
        succeed(project, "update")
        assert bitext(project, "check").status == 0
        assert changes(before, snapshot(project)) == set()


def test_a_windows_catalog_stays_one(project: Path) -> None:
    path = po(project, "index")
    write(path, path.read_bytes().replace(b"\n", b"\r\n"))
    edit(project / "source/index.md", "First words.", "First new words.")
    succeed(project, "gettext")
    succeed(project, "update")
    content = path.read_bytes()
    assert b"First new words." in content
    assert content.count(b"\n") == content.count(b"\r\n")


def test_an_empty_catalog_is_filled(project: Path) -> None:
    write(po(project, "index"), "")
    succeed(project, "update")
    assert entries(po(project, "index")).keys() == entries(pot(project, "index")).keys()


def test_a_catalog_whose_article_is_gone_is_left_alone(project: Path) -> None:
    (project / "source/index.md").unlink()
    succeed(project, "gettext")
    before = snapshot(project)
    succeed(project, "update")
    assert changes(before, snapshot(project)) == set()
    assert bitext(project, "check").status == 0


def test_a_catalog_that_is_a_folder(project: Path) -> None:
    po(project, "index").unlink()
    po(project, "index").mkdir()
    run = bitext(project, "update")
    assert run.status == 2
    assert "locale/sl-SI/LC_MESSAGES/index.po: error: cannot be read" in run.err


@pytest.mark.parametrize("command", ["gettext", "check", "stats"])
def test_a_pot_that_is_a_folder(project: Path, command: str) -> None:
    pot(project, "index").unlink()
    pot(project, "index").mkdir()
    run = bitext(project, command)
    assert run.status == 2
    assert "locale/pot/index.pot" in run.text


def test_a_translation_cannot_leave_its_place(project: Path) -> None:
    translate(po(project, "index"), {"Second words.": "</span><script>alert(1)</script>"})
    run = bitext_process(project, "build", "-l", "sl-SI")
    assert run.status == 0
    identifier = ids(pot(project, "index"))["Second words."]
    assert identifier in run.err
    page = read_body(project / "build/html/sl-SI/index.html")
    assert not page.find("script")
    assert "</span><script>alert(1)</script>" in page.text


# Writing


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.mark.parametrize(("command", "folder"), [("gettext", "pot"), ("update", "sl-SI")])
def test_a_file_in_place_of_a_folder(project: Path, command: str, folder: str) -> None:
    shutil.rmtree(project / "locale" / folder)
    write(project / "locale" / folder, "in the way")
    run = bitext(project, command)
    assert run.status == 2
    assert "Traceback" not in run.text
    assert re.search(rf"locale/{folder}.*error: cannot be (read|written)", run.err)
    assert (project / "locale" / folder).read_text() == "in the way"


@pytest.mark.skipif(_is_root(), reason="root may write to any folder")
@pytest.mark.parametrize("command", ["gettext", "update"])
def test_a_folder_that_may_not_be_written_to(project: Path, command: str) -> None:
    edit(project / "source/index.md", "First words.", "First new words.")
    if command == "update":
        succeed(project, "gettext")
    folder = (pot if command == "gettext" else po)(project, "index").parent
    before = snapshot(project)
    folder.chmod(0o555)
    try:
        run = bitext(project, command)
    finally:
        folder.chmod(0o755)
    _is_named(run, r".*index\.pot?", "cannot be written")
    assert changes(before, snapshot(project)) == set()


def test_a_build_folder_that_is_a_file(project: Path) -> None:
    write(project / "build", "in the way")
    run = bitext_process(project, "build", "-l", "sl-SI")
    assert run.status == 2
    assert (project / "build").read_text() == "in the way"


@pytest.mark.parametrize("output", ["../outside", "source", "."])
def test_build_changes_nothing_that_was_there(project: Path, output: str) -> None:
    before = snapshot(project)
    run = bitext_process(project, "build", "-l", "sl-SI", "-o", output)
    after = snapshot(project)
    assert {path: after[path] for path in before} == dict(before)
    assert "Traceback" not in run.text
