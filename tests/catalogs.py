"""Catalogs for tests: short to write, and what is left of them short to read."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest

from bitext.po import Catalog, Entry, parse, serialize

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: sl_SI\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"X-Bitext-Prefix: 137fa\\n"\n'
)


def catalog(entries: str) -> Catalog:
    """Return the catalog of these entries."""
    return parse(f"{HEADER}\n{entries.strip()}\n" if entries.strip() else HEADER)


def without_header(found: Catalog) -> str:
    """Return the text of a catalog's entries."""
    text = serialize(replace(found, header=Entry("", raw="")))
    return text.strip("\n")


def run_gettext(program: str, *arguments: str, text: str) -> str:
    """Return what a gettext program makes of `text`; fail with its complaint if it refuses."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} of GNU gettext is not installed")
    done = subprocess.run([path, *arguments, "-"], input=text.encode(), capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()
