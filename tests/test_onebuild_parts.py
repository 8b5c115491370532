"""Pages written by several processes are those of one, though some of them are killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.executor import can_fork
from built import PNG
from sites import bitext_process, edit, make_project, snapshot, succeed, write

PAGES = 120
NEEDS_FORKS = pytest.mark.skipif(not can_fork(), reason="parts are for processes that are forked")
EXTENSION = """
import os, signal
from pathlib import Path

KILLED, RAISED = Path("killed"), Path("raise")

def write(app, name, template, context, doctree):
    if name == "a100" and KILLED.exists():
        KILLED.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "a100" and RAISED.exists():
        raise ValueError("not this page")

def setup(app):
    app.connect("html-page-context", write)
    return {"parallel_write_safe": %s, "parallel_read_safe": True}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project of many pages, each of which Sphinx warns of."""
    articles: dict[str, str | bytes] = {
        f"a{number}.md": f"# Page {number}\n\n![One](lamp{number % 3}.png) {{ref}}`n{number}`\n"
        for number in range(PAGES)
    }
    root = make_project(
        tmp_path / "t",
        {
            "index.md": "# All\n\n```{toctree}\n:glob:\n*\n```\n",
            **articles,
            **{f"lamp{number}.png": PNG + bytes([number]) for number in range(3)},
        },
        configuration='import sys\nsys.path.insert(0, ".")\n'
        'extensions = ["bitext", "writes"]\nhtml_theme = "alabaster"\n',
    )
    write(root / "writes.py", EXTENSION % True)
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    return root


@NEEDS_FORKS
def test_several_processes_write_and_say_what_one_does(project: Path) -> None:
    (project / "killed").touch()
    said = _compare(project)
    assert not (project / "killed").exists()
    assert said.count("undefined label") == PAGES
    assert (project / "two/html/en-US/_images/lamp2.png").is_file()


@NEEDS_FORKS
def test_pages_that_define_the_same_thing_are_read_in_their_order(project: Path) -> None:
    for name in ("a1", "a98"):
        with (project / f"source/{name}.md").open("a") as article:
            article.write("\n(same)=\n## Here\n")
    assert "duplicate label same" in _compare(project)


@NEEDS_FORKS
def test_images_of_one_name_have_the_names_that_one_process_gives(project: Path) -> None:
    for name, folder in (("a1", "z"), ("a98", "b")):
        write(project / f"source/{folder}/bulb.png", PNG + folder.encode())
        with (project / f"source/{name}.md").open("a") as article:
            article.write(f"\n![Two]({folder}/bulb.png)\n")
    _compare(project)
    assert (project / "two/html/en-US/_images/bulb.png").read_bytes() == PNG + b"z"
    assert (project / "two/html/en-US/_images/bulb1.png").read_bytes() == PNG + b"b"


@NEEDS_FORKS
def test_an_extension_that_reads_alone_does_so(project: Path) -> None:
    edit(project / "writes.py", '"parallel_read_safe": True', '"parallel_read_safe": False')
    _compare(project)


def _compare(project: Path) -> str:
    """Build with one process and with two; return what both say."""
    one = bitext_process(project, "build", "-j", "1", "-o", "one")
    two = bitext_process(project, "build", "-j", "2", "-o", "two")
    assert (one.status, two.status) == (0, 0)
    assert one.err == two.err
    first, second = (snapshot(project / name / "html") for name in ("one", "two"))
    assert {path: content for path, (_, content) in first.items()} == {
        path: content for path, (_, content) in second.items()
    }
    return one.err


@pytest.mark.parametrize("is_safe", [True, False])
def test_a_page_that_fails_is_named_as_by_one_process(project: Path, is_safe: bool) -> None:
    write(project / "writes.py", EXTENSION % is_safe)
    (project / "raise").touch()
    run = bitext_process(project, "build", "-j", "2", "-l", "en-US")
    assert run.status == 2
    assert "not this page" in run.err
