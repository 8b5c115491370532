"""How long a changed PO entry takes to the screen while `bitext serve` serves 1,000 articles."""

from __future__ import annotations

import json
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from .growth import TAG, make_articles
from .timing import time_command

ARTICLES = 1_000
CHANGES = 9
_MSGSTR = re.compile(r'(?<=\nmsgstr ")[^"]*(?="\n\Z|"\n\n)')


def run(scratch: Path) -> dict[str, float]:
    """Serve generated articles, change entries one after the other; return the figures by name.

    The time is that of a page in the browser: until it is told to load again, and has the text.
    """
    project = make_site(scratch)
    command = [sys.executable, "-u", "-m", "bitext", "serve", "--port", "0", "-l", TAG]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = next(m[0] for line in process.stdout if (m := re.search(r"http://\S+/", line)))
        ready = time.perf_counter() - start
        times = [_time_change(project, address, number) for number in range(CHANGES)]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
    return {
        "articles": ARTICLES,
        "seconds until it serves": ready,
        "seconds from a saved PO file to the page, median": statistics.median(times),
        "seconds from a saved PO file to the page, slowest": max(times),
    }


def make_site(scratch: Path) -> Path:
    """Make a project of articles in sections, each with its table of contents."""
    project = make_articles(scratch / "serve", ARTICLES)
    (project / "conf.py").write_text('extensions = ["bitext"]\n', encoding="utf-8")
    sections = sorted((project / "source").glob("section*"))
    for folder in sections:
        names = "\n".join(sorted(path.stem for path in folder.glob("*.md")))
        text = f"# {folder.name}\n\n```{{toctree}}\n{names}\n```\n"
        (folder / "index.md").write_text(text, encoding="utf-8")
    names = "\n".join(f"{folder.name}/index" for folder in sections)
    text = f"# All\n\n```{{toctree}}\n{names}\n```\n"
    (project / "source/index.md").write_text(text, encoding="utf-8")
    for name in ("gettext", "update"):
        time_command([sys.executable, "-m", "bitext", name, "-q"], project)
    return project


def _time_change(project: Path, address: str, number: int) -> float:
    """Return the seconds until a page has what is saved in its PO file."""
    article = f"section{number % 10}/article{100 * (number % 10) + number}"
    path = project / f"locale/{TAG}/LC_MESSAGES/{article}.po"
    wanted = f"Povsem nova poved {number}."
    text = path.read_text(encoding="utf-8")
    page = f"{TAG}/{article}.html"
    start = time.perf_counter()
    path.write_text(_MSGSTR.sub(wanted, text), encoding="utf-8")
    while f"/{page}" not in _changed_pages(address):
        time.sleep(0.02)
    with urlopen(address + page) as answer:
        assert wanted in answer.read().decode()
    return time.perf_counter() - start


def _changed_pages(address: str) -> list[str]:
    """Return all pages that changed so far, as a page's own script asks for them."""
    with urlopen(f"{address}_bitext/changes?0") as answer:
        pages: list[str] = json.loads(answer.read())["pages"]
        return pages
