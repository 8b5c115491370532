"""The command line: words in, status and lines out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import bitext as package
from sites import (
    TOOLS,
    bitext,
    bitext_process,
    changes,
    edit,
    make_project,
    po,
    pot,
    snapshot,
    succeed,
    translate,
    write,
)

COMMANDS = (
    *("gettext", "update", "check", "stats", "build", "init", "join", "split", "machine"),
    *("todo", "show", "search", "doctor", "completion", "summary"),
)
ARTICLES = {"index.md": "# Kettle\n\nBoil the water. Pour it.\n", "lid.md": "# Lid\n\nClose it.\n"}
FINDING = re.compile(
    r"(?P<path>[^:]+)(?::(?P<line>\d+))?: (?P<severity>error|warning|info): .+ \[[a-z-]+\]"
)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Return a project that has no catalogs yet."""
    return make_project(tmp_path, ARTICLES, languages=("sl-SI", "de-DE"))


@pytest.fixture
def project(fresh: Path) -> Path:
    """Return a project with empty catalogs in two languages."""
    succeed(fresh, "gettext")
    succeed(fresh, "update")
    return fresh


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(tmp_path: Path, command: str) -> None:
    run = bitext(tmp_path, command, "--help")
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith(f"usage: bitext {command}")
    assert "-q, --quiet" in run.out


def test_help_lists_every_command(tmp_path: Path) -> None:
    run = bitext(tmp_path, "--help")
    assert run.status == 0
    assert all(re.search(rf"^    {command} ", run.out, re.MULTILINE) for command in COMMANDS)


def test_no_words_show_the_help(tmp_path: Path) -> None:
    assert bitext(tmp_path) == bitext(tmp_path, "--help")


def test_version(tmp_path: Path) -> None:
    assert bitext(tmp_path, "--version") == (0, f"bitext {package.__version__}\n", "")


@pytest.mark.parametrize(
    "words",
    [
        ["translate"],
        ["gettext", "--frobnicate"],
        ["check", "--format", "yaml"],
        ["check", "--severity", "fatal"],
        ["init"],
        ["build", "-l"],
    ],
)
def test_wrong_words_are_status_2(project: Path, words: list[str]) -> None:
    before = snapshot(project)
    run = bitext(project, *words)
    assert (run.status, run.out) == (2, "")
    assert "usage: bitext" in run.err
    assert changes(before, snapshot(project)) == set()


def test_another_folder(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    run = bitext_process(elsewhere, "-C", os.path.relpath(project, elsewhere), "stats")
    assert run.status == 0
    assert "sl-SI" in run.out
    assert not any(elsewhere.iterdir())


def test_module_and_script_say_the_same(project: Path) -> None:
    assert bitext_process(project, "check") == bitext(project, "check")


@pytest.mark.parametrize("command", ["gettext", "update", "check"])
def test_quiet_says_nothing_when_all_is_well(fresh: Path, command: str) -> None:
    assert bitext(fresh, "gettext", "--quiet") == (0, "", "")
    assert bitext(fresh, command, "--quiet") == (0, "", "")


def test_quiet_still_says_what_is_wrong(project: Path) -> None:
    edit(project / "pyproject.toml", "[tool.bitext]", "[tool.bitext]\ncheck.min-coverage = 1")
    run = bitext(project, "check", "--quiet")
    assert run.status == 1
    assert all(FINDING.fullmatch(line) for line in run.out.rstrip("\n").split("\n"))


def test_gettext_says_what_it_wrote(fresh: Path) -> None:
    assert succeed(fresh, "gettext").split("\n") == [
        "write locale/pot/index.pot",
        "write locale/pot/lid.pot",
        "2 articles, 2 POT files changed",
        "",
    ]
    assert succeed(fresh, "gettext") == "2 articles, 0 POT files changed\n"


def test_gettext_writes_no_catalog_of_a_language(fresh: Path) -> None:
    succeed(fresh, "gettext")
    assert [path.name for path in (fresh / "locale").iterdir()] == ["pot"]


def test_gettext_removes_the_pot_of_an_article_that_is_gone(project: Path) -> None:
    (project / "source/lid.md").unlink()
    assert "remove locale/pot/lid.pot" in succeed(project, "gettext")
    assert not pot(project, "lid").exists()
    assert po(project, "lid").exists()


def test_gettext_check_writes_nothing(fresh: Path) -> None:
    before = snapshot(fresh)
    run = bitext(fresh, "gettext", "--check")
    assert run.status == 1
    assert "would write locale/pot/index.pot" in run.out
    assert changes(before, snapshot(fresh)) == set()
    succeed(fresh, "gettext")
    assert bitext(fresh, "gettext", "--check").status == 0


def test_gettext_check_sees_what_would_be_removed(project: Path) -> None:
    (project / "source/lid.md").unlink()
    run = bitext(project, "gettext", "--check")
    assert (run.status, "would remove locale/pot/lid.pot" in run.out) == (1, True)
    assert pot(project, "lid").exists()


def test_update_check_writes_nothing(fresh: Path) -> None:
    succeed(fresh, "gettext")
    before = snapshot(fresh)
    assert bitext(fresh, "update", "--check").status == 1
    assert changes(before, snapshot(fresh)) == set()
    succeed(fresh, "update")
    assert bitext(fresh, "update", "--check").status == 0


def test_update_of_one_language_touches_no_other(fresh: Path) -> None:
    succeed(fresh, "gettext")
    out = succeed(fresh, "update", "-l", "de-DE")
    assert out == "de-DE: 2 files changed; new 5 (9 words)\n"
    assert {path.name for path in (fresh / "locale").iterdir()} == {"pot", "de-DE"}


def test_languages_may_be_named_twice(project: Path) -> None:
    out = succeed(project, "update", "-l", "de-DE", "-l", "sl-SI", "-l", "de-DE")
    assert [line[:5] for line in out.split("\n")] == ["de-DE", "sl-SI", ""]


def test_stats_as_text(project: Path) -> None:
    translate(po(project, "index"), {"Boil the water.": "Zavrite vodo."})
    rows = [line.split() for line in succeed(project, "stats").rstrip("\n").split("\n")]
    columns = "language words % translated fuzzy stale untranslated segments articles"
    assert rows[0] == columns.split()
    assert rows[1] == ["sl-SI", "9", "33.3", "3", "0", "0", "6", "5", "0/2"]
    assert rows[2] == ["de-DE", "9", "0.0", "0", "0", "0", "9", "5", "0/2"]


def test_stats_by_article(project: Path) -> None:
    out = succeed(project, "stats", "--articles", "-l", "sl-SI")
    assert [line.split()[0] for line in out.rstrip("\n").split("\n")] == [
        "language,",
        "sl-SI",
        "index.md",
        "lid.md",
    ]


def test_stats_as_json(project: Path) -> None:
    translate(po(project, "index"), {"Boil the water.": "Zavrite vodo."}, fuzzy=["Boil the water."])
    report = json.loads(succeed(project, "stats", "--format", "json", "-l", "sl-SI"))
    assert report["version"] == 1
    (language,) = report["languages"]
    assert language["language"] == "sl-SI"
    assert language["total"]["words"] == {
        "translated": 0,
        "fuzzy": 3,
        "stale": 0,
        "untranslated": 6,
    }
    assert sorted(language["articles"]) == ["index.md", "lid.md"]


def test_json_is_json_on_a_narrow_terminal(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    json.loads(succeed(project, "stats", "--format", "json"))
    json.loads(succeed(project, "check", "--format", "json"))


def test_check_as_text(project: Path) -> None:
    run = bitext(project, "check", "--severity", "info", "-l", "sl-SI")
    *findings, summary = run.out.rstrip("\n").split("\n")
    assert (run.status, summary, len(findings)) == (0, "5 info", 5)
    assert all(FINDING.fullmatch(line) for line in findings)


@pytest.mark.parametrize(("severity", "shown"), [("error", 0), ("warning", 0), ("info", 10)])
def test_check_prints_from_a_severity_up(project: Path, severity: str, shown: int) -> None:
    out = succeed(project, "check", "--severity", severity)
    assert sum(bool(FINDING.fullmatch(line)) for line in out.split("\n")) == shown


def test_check_as_json(project: Path) -> None:
    edit(project / "pyproject.toml", "[tool.bitext]", "[tool.bitext]\ncheck.min-coverage = 1")
    run = bitext(project, "check", "--format", "json", "-l", "sl-SI")
    report = json.loads(run.out)
    assert run.status == 1
    assert sorted(report) == ["findings", "languages", "version"]
    shape = {
        "path": str,
        "line": int,
        "severity": str,
        "check": str,
        "message": str,
        "language": str,
        "article": str,
        "segment": str,
        "column": int,
        "english": str,
        "translation": str,
        "marks": dict,
        "source_path": str,
        "source_line": int,
        "fingerprint": str,
    }
    for finding in report["findings"]:
        assert {key: type(value) for key, value in finding.items()} == shape
        assert finding["severity"] in {"error", "warning", "info"}
    (language,) = report["languages"]
    assert (language["language"], language["required"], language["is_below"]) == ("sl-SI", 1, True)
    assert sorted(language["total"]) == ["machine", "per_cent", "segments", "words"]


def test_check_changes_no_file(project: Path) -> None:
    edit(project / "source/index.md", "Pour it.", "Pour it slowly.")
    before = snapshot(project)
    run = bitext(project, "check", "--severity", "info")
    assert run.status == 0
    assert "locale/pot/index.pot: info: is behind source/index.md" in run.out
    assert changes(before, snapshot(project)) == set()


@pytest.mark.parametrize("command", ["gettext", "update", "check", "stats", "init"])
def test_a_second_run_of_a_command_writes_nothing(project: Path, command: str) -> None:
    words = [command, "sl-SI"] if command == "init" else [command]
    succeed(project, *words)
    before = snapshot(project)
    succeed(project, *words)
    assert changes(before, snapshot(project)) == set()


def test_init_starts_a_project(tmp_path: Path) -> None:
    write(tmp_path / "source/index.md", ARTICLES["index.md"])
    assert "wrote locale/sl-SI/LC_MESSAGES/index.po" in succeed(tmp_path, "init", "sl-SI")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name[0] != ".") == [
        "conf.py",
        "locale",
        "pyproject.toml",
        "source",
    ]
    assert 'languages = ["sl-SI"]' in (tmp_path / "pyproject.toml").read_text()


def test_init_keeps_the_configuration_beside_the_articles(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.bitext]\nsource = "docs"\n')
    write(tmp_path / "docs/index.md", ARTICLES["index.md"])
    write(tmp_path / "docs/conf.py", 'extensions = ["bitext"]\n')
    succeed(tmp_path, "init", "sl-SI")
    assert not (tmp_path / "conf.py").exists()


def test_init_keeps_the_settings_of_other_tools(tmp_path: Path) -> None:
    own = '[project]\nname = "kettle"\n\n[tool.ruff]\nline-length = 90  # mine\n'
    write(tmp_path / "pyproject.toml", own)
    write(tmp_path / "source/index.md", ARTICLES["index.md"])
    succeed(tmp_path, "init", "sl-SI")
    assert (tmp_path / "pyproject.toml").read_text().startswith(own)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("languages = []", 'languages = ["sl-SI"]'),
        ('languages = ["de-DE"]', 'languages = ["de-DE", "sl-SI"]'),
        (
            'languages = [\n  "de-DE",\n]\nexclude = []',
            'languages = [\n  "de-DE",\n  "sl-SI",\n]\nexclude = []',
        ),
        ('exclude = ["x"]', 'exclude = ["x"]\nlanguages = ["sl-SI"]'),
        ("languages = [] # none yet", 'languages = ["sl-SI"] # none yet'),
    ],
)
def test_init_adds_the_language_to_the_list(tmp_path: Path, before: str, after: str) -> None:
    root = make_project(tmp_path, ARTICLES)
    write(root / "pyproject.toml", f"[tool.bitext]\n{before}\n")
    succeed(root, "init", "sl-SI")
    assert (root / "pyproject.toml").read_text() == f"[tool.bitext]\n{after}\n"


@pytest.mark.parametrize("items", ['"de-DE" # mine', '"de-DE", # mine', "'de-DE' # [mine]"])
def test_init_keeps_comments_in_the_list(tmp_path: Path, items: str) -> None:
    root = make_project(tmp_path, ARTICLES)
    write(root / "pyproject.toml", f"[tool.bitext]\nlanguages = [\n  {items}\n]\n")
    run = bitext(root, "init", "sl-SI")
    text = (root / "pyproject.toml").read_text()
    assert (run.status, run.err) == (0, ""), text
    assert tomllib.loads(text)["tool"]["bitext"]["languages"] == ["de-DE", "sl-SI"]
    assert items.partition("#")[2] in text


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("slovenian", "is not a language"),
        ("sl_SI", "is spelled 'sl-SI'"),
        ("xx-YY", "is not a language"),
        ("SL-si", "is spelled 'sl-SI'"),
        ("en-US", "is the language of the articles"),
        ("", "is not a language"),
        ("../evil", "is not a language"),
    ],
)
def test_init_of_no_language(project: Path, tag: str, words: str) -> None:
    before = snapshot(project)
    run = bitext(project, "init", tag)
    assert (run.status, run.out) == (2, "")
    assert words in run.err
    assert changes(before, snapshot(project)) == set()


def test_a_closed_pipe_is_no_error(project: Path) -> None:
    """As in ``bitext check | head -1``."""
    command = [sys.executable, "-u", "-m", "bitext", "check", "--severity", "info"]
    with subprocess.Popen(
        command,
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(TOOLS)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 0
