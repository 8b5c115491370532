"""Pages written by several processes are those of one, though some of them are killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.executor import can_fork
from built import PNG
from sites import bitext_process, make_project, snapshot, succeed, write

PAGES = 120
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
    return {"parallel_write_safe": %s}
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


@pytest.mark.skipif(not can_fork(), reason="processes write parts only where they can be forked")
def test_several_processes_write_and_say_what_one_does(project: Path) -> None:
    one = bitext_process(project, "build", "-j", "1", "-o", "one")
    (project / "killed").touch()
    two = bitext_process(project, "build", "-j", "2", "-o", "two")
    assert not (project / "killed").exists()
    assert (one.status, two.status) == (0, 0)
    assert one.err == two.err
    assert one.err.count("undefined label") == PAGES
    first, second = (snapshot(project / name / "html") for name in ("one", "two"))
    assert {path: content for path, (_, content) in first.items()} == {
        path: content for path, (_, content) in second.items()
    }
    assert "_images/lamp2.png" in " ".join(second)


@pytest.mark.parametrize("is_safe", [True, False])
def test_a_page_that_fails_is_named_as_by_one_process(project: Path, is_safe: bool) -> None:
    write(project / "writes.py", EXTENSION % is_safe)
    (project / "raise").touch()
    run = bitext_process(project, "build", "-j", "2", "-l", "en-US")
    assert run.status == 2
    assert "not this page" in run.err
