"""``bitext build``: what cannot be read is left out and named, what fails has one cause."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bitext.commands.sphinx_output import find_cause
from bitext.sphinx_ext.reading import find_project
from sites import (
    WAYS,
    bitext,
    bitext_process,
    changes,
    edit,
    make_project,
    po,
    read_page,
    snapshot,
    succeed,
    translate,
    write,
)

ARTICLES = {
    "index.md": "---\ntitle: Lamp\nkeywords: [Lamp, light]\n---\n\n# One\n\nFirst words.\n",
    "two.md": "# Two\n\nMore words.\n",
}
ALONE = 'project = "tiny"\nextensions = ["bitext"]\nsuppress_warnings = ["toc.not_included"]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with the catalogs of two languages."""
    root = make_project(
        tmp_path / "tiny", ARTICLES, languages=("sl-SI", "de-DE"), configuration=ALONE
    )
    succeed(root, "gettext")
    succeed(root, "update")
    return root


def test_articles_that_cannot_be_read_are_named_once_and_left_out(project: Path) -> None:
    write(project / "source/two.md", b"# Two \xe8\n")
    (project / "source/gone.md").symlink_to("nowhere")
    (project / "source/.#index.md").symlink_to("nowhere")
    (project / "source/loop").symlink_to(".")
    write(project / "source" / os.fsdecode(b"\xe9.md"), "# Named\n")
    write(project / "source/[a]\tb.md", "# Named\n")
    run = bitext_process(project, "build")
    assert run.status == 2
    assert re.findall(r"^source/(.*?): error:", run.err, re.MULTILINE) == [
        "[a]\ufffdb.md",
        "gone.md",
        "two.md:1",
        "\ufffd.md",
    ]
    assert "Traceback" not in run.text
    for tag in ("en-US", "sl-SI", "de-DE"):
        assert (project / f"build/html/{tag}/index.html").is_file()
        assert not (project / f"build/html/{tag}/two.html").exists()
        assert not (project / f"build/html/{tag}/loop").exists()


def test_a_catalog_that_cannot_be_read_is_named_by_sphinx(project: Path) -> None:
    po(project, "index").unlink()
    po(project, "index").symlink_to("nowhere")
    run = bitext_process(project, "build", "-l", "sl-SI")
    assert run.status == 0
    assert "locale/sl-SI/LC_MESSAGES/index.po:1: WARNING: cannot be read" in run.err
    assert "source/locale" not in run.err


def test_a_configuration_that_fails_has_one_line_for_all_languages(project: Path) -> None:
    write(project / "conf.py", 'extensions = ["bitext"]\nraise ValueError("broken")\n')
    run = bitext_process(project, "build")
    assert run.status == 2
    assert run.err == ("error: ValueError: broken; Sphinx's own words are in build/log/\n")
    assert "Traceback" in (project / "build/log/sl-SI.txt").read_text()


def test_the_cause_of_a_failure() -> None:
    extension = "\x1b[91mExtension error:\nCould not import extension x (exception: y)\x1b[39m\n"
    wanted = "Extension error: Could not import extension x (exception: y)"
    assert find_cause(extension) == wanted
    assert find_cause("usage: sphinx-build\nerror: no such file") != ""


def test_gettext_of_sphinx_spoils_no_later_build(project: Path) -> None:
    translate(po(project, "index"), {"First words.": "Prve besede."})
    assert bitext_process(project, "build", "-l", "sl-SI", "-b", "gettext").status == 0
    assert bitext_process(project, "build", "-l", "sl-SI").status == 0
    page = read_page(project / "build/html/sl-SI/index.html")
    assert "Prve besede." in page.text
    assert page.find("span", class_="sxs-lookup")


def test_equal_texts_of_the_front_matter_have_their_own_translations(project: Path) -> None:
    path = po(project, "index")
    text = path.read_text()
    first, second = [match.end() for match in re.finditer('msgid "Lamp"\nmsgstr "', text)]
    write(path, f"{text[:first]}Luč{text[first:second]}svetilka{text[second:]}")
    assert bitext_process(project, "build", "-l", "sl-SI").status == 0
    page = read_page(project / "build/html/sl-SI/index.html")
    (keywords,) = page.find("meta", name="keywords")
    assert keywords.attributes["content"] == "svetilka, light"


def test_a_source_folder_that_is_a_link(project: Path) -> None:
    translate(po(project, "index"), {"First words.": "Prve besede."})
    (project / "source").rename(project.parent / "articles")
    (project / "source").symlink_to("../articles")
    run = bitext_process(project, "build", "-l", "sl-SI")
    assert run.status == 0, run.text
    assert "Prve besede." in read_page(project / "build/html/sl-SI/index.html").text


def test_an_excluded_article_may_be_included(project: Path) -> None:
    edit(project / "pyproject.toml", "[tool.bitext]\n", '[tool.bitext]\nexclude = ["parts"]\n')
    write(project / "source/parts/end.md", "Last words.\n")
    with (project / "source/index.md").open("a") as article:
        article.write("\n```{include} parts/end.md\n```\n")
    succeed(project, "gettext")
    run = bitext_process(project, "build", "-l", "sl-SI")
    assert (run.status, run.err) == (0, "")
    assert "Last words." in read_page(project / "build/html/sl-SI/index.html").text


@pytest.mark.parametrize("output", [".", "source", "source/out", "locale", "./locale/x"])
def test_no_site_is_built_among_the_projects_own_files(project: Path, output: str) -> None:
    before = snapshot(project)
    run = bitext(project, "build", "-o", output)
    assert (run.status, run.err.startswith("error: cannot build in")) == (2, True)
    assert changes(before, snapshot(project)) == set()


@pytest.mark.parametrize("way", WAYS)
def test_a_project_without_an_article_is_named(project: Path, way: str) -> None:
    for path in (project / "source").iterdir():
        path.unlink()
    before = snapshot(project)
    run = bitext(project, "build", way)
    assert (run.status, run.out) == (2, "")
    assert run.err == "error: source/ has no article; write source/index.md\n"
    assert changes(before, snapshot(project)) == set()


def test_a_site_without_a_start_page_is_named(project: Path) -> None:
    (project / "source/index.md").unlink()
    run = bitext_process(project, "build", "-l", "sl-SI")
    assert run.status == 2
    assert run.err.startswith("error: there is no start page: write index.md, or name another as")


def test_another_start_page(project: Path) -> None:
    (project / "source/index.md").rename(project / "source/start.md")
    with (project / "conf.py").open("a") as configuration:
        configuration.write('root_doc = "start"\n')
    assert bitext_process(project, "build", "-l", "sl-SI").status == 0


def test_an_index_page_of_other_bytes_is_written_anew(project: Path) -> None:
    write(project / "build/html/index.html", b"\xff")
    run = bitext_process(project, "build", "-l", "sl-SI")
    assert run.status == 0, run.text
    assert "sl-SI" in (project / "build/html/index.html").read_text()


def test_a_language_whose_process_dies_is_named_and_the_others_are_built(project: Path) -> None:
    die = '\nimport os, sys\nif "bitext_language=sl-SI" in sys.argv:\n    os.abort()\n'
    with (project / "conf.py").open("a") as configuration:
        configuration.write(die)
    run = bitext_process(project, "build", "--separately")
    assert run.status == 2
    assert run.err == "sl-SI: error: its process was killed\n"
    assert (project / "build/html/en-US/index.html").is_file()


@pytest.mark.parametrize("way", WAYS)
def test_a_configuration_sees_the_streams_of_a_process_and_writes_to_them(
    project: Path, way: str
) -> None:
    echo = (
        "\nimport subprocess, sys\nsubprocess.run(['echo', 'out'], stdout=sys.stdout, check=True)\n"
    )
    with (project / "conf.py").open("a") as configuration:
        configuration.write(f"{echo}assert not sys.stdin.read()\nprint('čš')\n")
        configuration.write("print('a note, čš', file=sys.stderr)\n")
    for strict in ((), ("--strict", "--fresh")):
        run = bitext_process(project, "build", "-l", "sl-SI", way, *strict)
        assert (run.status, run.err) == (0, "a note, čš\n")
    assert run.out == "sl-SI: built build/html/sl-SI\n"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_sphinx_ends_with_the_build(project: Path, way: str, end: signal.Signals) -> None:
    write(
        project / "conf.py",
        "import os, pathlib, time\n"
        "pathlib.Path('pid').write_text(str(os.getpid()))\n"
        "time.sleep(60)\n",
    )
    command = [sys.executable, "-m", "bitext", "build", "-l", "sl-SI", way]
    with subprocess.Popen(command, cwd=project) as process:
        pid = project / "pid"
        deadline = time.monotonic() + 60
        while not (pid.is_file() and pid.read_text()) and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(end)
        assert process.wait(30) == (143 if end is signal.SIGTERM else -end)
    while _is_running(pid.read_text()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _is_running(pid.read_text())


def test_of_two_builds_at_once_the_second_waits(project: Path) -> None:
    command = [sys.executable, "-m", "bitext", "build", "--all-at-once", "--fresh", "-q"]
    runs = [subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [(b"", 0)] * 3
    assert not list((project / "build").rglob("*.before"))


def _is_running(pid: str) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def test_settings_are_those_of_the_nearest_project_of_ours(project: Path) -> None:
    write(project / "docs/pyproject.toml", "[tool.ruff]\n")
    assert find_project(project / "docs").root == project.resolve()


def test_a_full_disk_is_an_error(project: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bitext", "stats"],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, "error: cannot write: No space left on device\n")


@pytest.mark.parametrize("text", [b"[tool.bitext", b"\xff", b"a = 1\na = 2\n"])
def test_init_with_settings_that_are_wrong_writes_nothing(tmp_path: Path, text: bytes) -> None:
    write(tmp_path / "source/index.md", "# One\n")
    write(tmp_path / "pyproject.toml", text)
    before = snapshot(tmp_path)
    run = bitext(tmp_path, "init", "sl-SI")
    assert run.status == 2
    assert run.err.startswith("pyproject.toml")
    assert changes(before, snapshot(tmp_path)) == set()


def test_init_keeps_line_ends_and_quotes_the_name(tmp_path: Path) -> None:
    root = tmp_path / "a\\b"
    write(root / "source/index.md", "# One\n")
    write(root / "pyproject.toml", b"[tool.ruff]\r\nline-length = 88\r\n")
    assert bitext(root, "init", "sl-SI").status == 0
    assert b"\n" not in (root / "pyproject.toml").read_bytes().replace(b"\r\n", b"")
    found: dict[str, str] = {}
    exec((root / "conf.py").read_text(), found)
    assert found["project"] == "a\\b"


def test_white_space_is_no_translation(project: Path) -> None:
    translate(po(project, "index"), {"First words.": "Prve besede."})
    edit(po(project, "index"), "Prve besede.", "  ")
    run = bitext(project, "check", "-l", "sl-SI", "--severity", "info")
    assert '"First words." is not translated' in run.out
    edit(project / "source/index.md", "First words.", "First new words.")
    run = bitext(project, "check", "-l", "sl-SI", "--severity", "info")
    assert "stale" not in run.out


@pytest.mark.parametrize("way", WAYS)
def test_a_warning_of_all_processes_is_shown_once(project: Path, way: str) -> None:
    with (project / "conf.py").open("a") as configuration:
        configuration.write(
            "from sphinx.util import logging\n"
            'def setup(app):\n    logging.getLogger("own").warning("wobbly")\n'
        )
    run = bitext_process(project, "build", way)
    assert run.err.count("wobbly") == 1


BY_LANGUAGE = """
def _name(app, config):
    config.html_title = "Lučka" if config.language == "sl" else "Lamp"

def setup(app):
    app.connect("config-inited", _name)
"""


def test_an_option_of_one_language_is_on_its_pages(project: Path) -> None:
    with (project / "conf.py").open("a") as configuration:
        configuration.write(f"import time\nhtml_context = {{'now': time.time()}}\n{BY_LANGUAGE}")
    run = bitext_process(project, "build", "--all-at-once", "--verify")
    assert run.status == 0
    note = "sl-SI was built the ordinary way: another value in this language: html_title\n"
    assert note in run.out
    assert "de-DE was built the ordinary way" not in run.out
    page = (project / "build/html/sl-SI/two.html").read_text(encoding="utf-8")
    assert "Lučka</title>" in page


def test_what_cannot_be_written_is_named(project: Path) -> None:
    write(project / "build/html", "mine")
    run = bitext_process(project, "build", "--all-at-once")
    assert run.status == 2
    assert f"error: cannot write {project / 'build/html'}: File exists\n" in run.err
