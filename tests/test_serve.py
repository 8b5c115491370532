"""The live preview: what is edited is on screen at once."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from sites import TOOLS, bitext_process, edit, make_project, po, succeed, translate

ARTICLES = {
    "index.md": "# Lamp\n\nFirst words.\n\n```{toctree}\ntwo\n```\n",
    "two.md": "# Two\n\nMore words.\n",
}


@contextmanager
def served(root: Path, *arguments: str) -> Iterator[str]:
    """Run the command; give the address that it says."""
    command = [sys.executable, "-u", "-m", "bitext", "serve", "--port", "0", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(TOOLS), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        preexec_fn=_hear_interrupts,
    )
    assert process.stdout is not None
    try:
        yield next(m[0] for line in process.stdout if (m := re.search(r"http://\S+/", line)))
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        process.stdout.close()


def _hear_interrupts() -> None:
    """Undo what a shell does to the programs it starts in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def read(address: str) -> str:
    with urlopen(address, timeout=20) as answer:
        text: str = answer.read().decode()
        return text


def wait_for(address: str, wanted: str, seconds: float = 30) -> float:
    """Return how long it takes until a page has a text."""
    start = time.monotonic()
    while wanted not in read(address):
        assert time.monotonic() - start < seconds, f"{wanted!r} is not on the page"
        time.sleep(0.05)
    return time.monotonic() - start


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = make_project(tmp_path, ARTICLES)
    succeed(root, "gettext")
    succeed(root, "update")
    return root


def test_edits_reach_the_page(project: Path) -> None:
    with served(project) as address:
        page = f"{address}sl-SI/two.html"
        assert "More words." in read(page)
        assert "_bitext/changes" in read(page)
        assert "_bitext/changes" not in (project / "build/html/sl-SI/two.html").read_text("utf-8")
        translate(po(project, "two"), {"More words.": "Še besede."})
        wait_for(page, "Še besede.")
        edit(project / "source/two.md", "More words.", "More words.\n\nAnd `new` ones.")
        wait_for(page, "ones.")
        wait_for(f"{address}en-US/two.html", "ones.")
        assert "Še besede." in read(page)
        translate(po(project, "index"), {"Lamp": "Svetilka"})
        wait_for(f"{address}sl-SI/index.html", "Svetilka")
        edit(project / "source/index.md", "First", "<div>First")
        (project / "source/two.md").write_bytes(b"# Two \xff\n")
        edit(project / "source/index.md", "<div>First", "Third")
        wait_for(f"{address}en-US/index.html", "Third")


def test_edits_of_a_docset_reach_the_page(tmp_path: Path) -> None:
    pivots = "groups:\n- id: os\n  title: System\n  pivots:\n  - id: a\n  - id: b\n"
    zones = "".join(f'::: zone pivot="{name}"\n\nOf {name}.\n\n::: zone-end\n' for name in "ab")
    articles = {
        "index.md": f"---\nzone_pivot_groups: os\n---\n# Lamp\n\n{zones}",
        "zone-pivot-groups.yml": pivots,
        "docfx.json": '{"build": {"globalMetadata": {"author": "one"}}}',
    }
    root = make_project(tmp_path, articles, settings='dialect = "learn"\n')
    succeed(root, "gettext")
    succeed(root, "update")
    with served(root, "-l", "sl-SI") as address:
        page = f"{address}sl-SI/index.html"
        assert "System" in read(page)
        translate(po(root, "zone-pivot-groups.yml"), {"System": "Sistem"})
        wait_for(page, "Sistem")
        edit(root / "source/docfx.json", "one", "another")
        wait_for(page, 'content="another"')


@pytest.mark.parametrize("name", ["pyproject.toml", "source/docfx.json"])
def test_settings_that_are_half_written_end_nothing(tmp_path: Path, name: str) -> None:
    articles = {"index.md": "# Lamp\n", "docfx.json": "{}"}
    root = make_project(tmp_path, articles, settings='dialect = "learn"\n')
    succeed(root, "gettext")
    path = root / name
    whole = path.read_text(encoding="utf-8")
    with served(root, "-l", "en-US") as address:
        page = f"{address}en-US/index.html"
        path.write_text(f"{whole}[", encoding="utf-8")
        time.sleep(2)
        assert "Lamp" in read(page)
        path.write_text(whole, encoding="utf-8")
        edit(root / "source/index.md", "Lamp", "Candle")
        wait_for(page, "Candle")


def test_what_is_deleted_leaves_the_site(project: Path) -> None:
    translate(po(project, "two"), {"More words.": "Še besede."})
    with served(project) as address:
        page = f"{address}sl-SI/two.html"
        wait_for(page, "Še besede.")
        po(project, "two").unlink()
        wait_until(lambda: "Še besede." not in read(page))
        (project / "source/two.md").unlink()
        edit(project / "source/index.md", "\n```{toctree}\ntwo\n```\n", "")
        wait_until(lambda: not is_there(page))
        wait_until(lambda: "two.html" not in read(f"{address}en-US/index.html"))


def wait_until(holds: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it is still as it was"
        time.sleep(0.05)


def is_there(address: str) -> bool:
    """Return whether there is a page."""
    try:
        read(address)
    except HTTPError as error:
        return error.code != 404
    return True


def test_settings_start_it_anew(project: Path) -> None:
    with served(project, "-l", "sl-SI") as address:
        edit(project / "conf.py", 'project = "tiny"', 'project = "huge"')
        wait_for(f"{address}sl-SI/index.html", "huge")


def test_a_port_that_is_taken_is_named(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = bitext_process(project, "serve", "--port", str(port), "-q")
    assert run.status == 2
    assert f"port {port} cannot be used" in run.err
