"""Hooks, workflow files and the summary: each step runs in a fresh clone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from sites import TOOLS, bitext, edit, make_project, po, succeed, translate

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "source/examples"
ARTICLE = "# Lamps\n\nA lamp has a button. Press it.\n"


def _git(folder: Path, *arguments: str) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    name = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run([git, *name, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with a project that is all in order."""
    root = make_project(tmp_path / "origin", {"index.md": ARTICLE})
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    done = {"Lamps": "Svetilke", "A lamp has a button.": "Ima gumb.", "Press it.": "Pritisni."}
    translate(po(root, "index"), done)
    _git(root, "init", "-q", "-b", "main")
    _git(root, "add", "-A", ":!.bitext_cache")
    _git(root, "commit", "-qm", "Begin")
    return root


@pytest.fixture
def clone(origin: Path, tmp_path: Path) -> Path:
    """A fresh clone in which a writer edits a sentence."""
    _git(tmp_path, "clone", "-q", str(origin), "clone")
    root = tmp_path / "clone"
    edit(root / "source/index.md", "a button", "a red button")
    succeed(root, "gettext", "-q")
    _git(root, "commit", "-qam", "Paint the button")
    return root


def _run(steps: Iterator[str], root: Path, more: Mapping[str, str]) -> None:
    """Run the steps of a workflow as its shell does; the package is this one."""
    shim = root.parent / "bin/bitext"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bitext "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PYTHONPATH": str(TOOLS), "PATH": path, **more}
    for step in steps:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", step],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{step}\n{done.stdout}{done.stderr}"


def _load(name: str) -> Any:
    return yaml.safe_load((EXAMPLES / name).read_text(encoding="utf-8"))


def test_the_workflow_of_github(clone: Path) -> None:
    jobs = _load("github-actions.yml")["jobs"]
    steps = [step["run"] for step in jobs["check"]["steps"] if "run" in step]
    assert steps[0] == "pip install bitext"
    summary = clone.parent / "summary.md"
    more = {"GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(summary)}
    _run(iter(steps[1:]), clone, more)
    assert (clone / "build/html/sl-SI/index.html").is_file()
    assert "1 edited, 0 added, 0 removed" in summary.read_text(encoding="utf-8")


def test_the_jobs_of_gitlab(clone: Path) -> None:
    jobs = _load("gitlab-ci.yml")
    assert jobs["before_script"] == ["pip install bitext"]
    more = {"CI_DEFAULT_BRANCH": "main"}
    _run(iter([*jobs["check"]["script"], *jobs["pages"]["script"]]), clone, more)
    assert (clone / "public/sl-SI/index.html").is_file()
    assert "<testsuite" in (clone / "findings.xml").read_text(encoding="utf-8")


def test_the_settings_of_read_the_docs(clone: Path) -> None:
    commands = _load("readthedocs.yaml")["build"]["commands"]
    output = clone.parent / "output"
    _run(iter(commands[1:]), clone, {"READTHEDOCS_OUTPUT": str(output)})
    assert (output / "html/index.html").is_file()
    assert (output / "html/sl-SI/index.html").is_file()


def test_the_hooks(clone: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in hooks} == {"bitext-gettext", "bitext-check"}
    assert not any(hook["pass_filenames"] for hook in hooks)
    _run((hook["entry"] for hook in hooks), clone, {})


def test_the_summary_is_right(clone: Path) -> None:
    text = succeed(clone, "summary", "--since", "origin/main")
    assert text == (
        "## Translations\n\n"
        "Sentences of English since `origin/main`: 1 edited, 0 added, 0 removed.\n\n"
        "| language | before | after | goes to translators |\n"
        "|---|--:|--:|---|\n"
        "| sl-SI | 100.0 % | 33.3 % | 6 words in 1 sentence |\n\n"
        "<details><summary>Changed sentences</summary>\n\n"
        "- edited `a4874-102` in index.md: `A lamp has a {+red +}button.`\n\n"
        "</details>\n"
    )


def test_the_summary_of_no_change_and_of_a_new_language(clone: Path) -> None:
    assert "| 33.3 % | 33.3 % | nothing |" in succeed(clone, "summary", "--since", "HEAD")
    edit(clone / "pyproject.toml", '["sl-SI"]', '["sl-SI", "de-DE"]')
    edit(clone / "source/index.md", "Press it.", "Press `it` | now. </details>")
    text = succeed(clone, "summary", "--since", "HEAD")
    assert "| de-DE | – | 0.0 % |" in text
    assert "`` Press" in text


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD:source"])
def test_a_revision_that_is_none(clone: Path, name: str) -> None:
    run = bitext(clone, "summary", f"--since={name}")
    if name == "HEAD:source":
        assert run.status == 0  # a tree without settings: everything is new
        return
    assert run.status == 2
    assert "revision" in run.err
    assert not (clone / "x").exists()


def test_outside_of_a_repository(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", {"index.md": ARTICLE})
    run = bitext(root, "summary", "--since", "HEAD")
    assert run.status == 2
    assert "git has no revision 'HEAD' here" in run.err
