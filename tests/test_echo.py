"""Identity and echo: English sites of ours are what Sphinx and MyST alone make of the articles.

That of whole documentations is ``python -m tests.conformance echo``.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from echo import find_mismatches
from sites import bitext_process, copy_project, sphinx, succeed, translate_all, write

TAGS = {"en-US": "source language", "en-CA": "identity", "en-AU": "echo"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project built in English in all ways, and by MyST alone in ``plain``."""
    root = copy_project("torture", tmp_path_factory.mktemp("echo"))
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "bitext"
    ]
    extensions = json.dumps(settings["myst-extensions"])
    write(
        root / "pyproject.toml",
        f'[tool.bitext]\nlanguages = ["en-CA", "en-AU"]\nmyst-extensions = {extensions}\n',
    )
    succeed(root, "gettext")
    succeed(root, "update")
    for path in sorted((root / "locale/en-AU").rglob("*.po")):
        translate_all(path)
    run = bitext_process(root, "build")
    assert (run.status, run.err) == (0, ""), run.text
    configuration = (root / "conf.py").read_text(encoding="utf-8")
    own = f'["myst_parser"]\nmyst_enable_extensions = {extensions}'
    write(root / "plain/conf.py", configuration.replace('["bitext"]', own))
    run = sphinx(root, "-q", "-c", "plain", "source", "build/html/plain")
    assert (run.status, run.err) == (0, ""), run.text
    return root


@pytest.mark.parametrize("tag", TAGS, ids=list(TAGS.values()))
def test_english_sites_are_what_myst_alone_makes(site: Path, tag: str) -> None:
    theirs = site / "build/html/plain"
    assert len(list(theirs.rglob("*.html"))) > 3
    assert list(find_mismatches(site / "build/html" / tag, theirs)) == []
