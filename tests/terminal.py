"""A terminal as a page: what real commands print, in their colors."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Iterable
from html import escape
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from sites import TOOLS, make_shim

COLUMNS = 92
_THEME = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [
        *[(36, 41, 47), (179, 29, 40), (17, 99, 41), (125, 78, 0)],
        *[(9, 80, 180), (110, 60, 170), (20, 110, 120), (90, 98, 108)],
    ],
)
_PAGE = """\
<!doctype html><meta charset="utf-8">
<style>
body {{ margin: 0; background: #fff; }}
pre {{ margin: 0; padding: 12px 16px; font: 13px/1.45 "DejaVu Sans Mono", monospace; }}
b {{ color: #0950b4; }}
</style>
<pre>{}</pre>
"""


def terminal_page(folder: Path, commands: Iterable[str]) -> str:
    """Return a page that shows `commands`, run one after another, and what they print."""
    return _PAGE.format("\n".join(_shown(folder, command) for command in commands))


def _shown(folder: Path, command: str) -> str:
    text = Text.from_ansi(run_at_terminal(folder, command))
    console = Console(record=True, file=StringIO(), width=COLUMNS)
    console.print(text, soft_wrap=True)
    html = console.export_html(theme=_THEME, inline_styles=True, code_format="{code}")
    return f"<b>$ {escape(command)}</b>\n{html.rstrip()}\n"


def run_at_terminal(folder: Path, command: str) -> str:
    """Return what a command prints at a terminal, control sequences and all."""
    shims = make_shim(folder.parent / ".bin")
    environment = {
        **os.environ,
        "PATH": f"{shims}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(TOOLS),
        "TERM": "xterm-256color",
        "COLUMNS": str(COLUMNS),
        "GIT_PAGER": "cat",
    }
    reader, writer = pty.openpty()
    arguments = ["bash", "-c", command]
    with subprocess.Popen(
        arguments, cwd=folder, env=environment, stdin=writer, stdout=writer, stderr=writer
    ):
        os.close(writer)
        printed = b"".join(_chunks(reader))
    os.close(reader)
    return printed.decode("utf-8").strip("\n\r").replace("\r\n", "\n")


def _chunks(reader: int) -> Iterable[bytes]:
    """Yield what is written to a terminal until its last writer is gone."""
    while True:
        try:
            chunk = os.read(reader, 65536)
        except OSError:  # how Linux says so
            return
        if not chunk:
            return
        yield chunk
