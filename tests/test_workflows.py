"""Hooks, workflow files and the summary: each step runs in a fresh clone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
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


class Machine:
    """Where a workflow runs: a clone, with this package as what is installed from the registry."""

    def __init__(self, root: Path, **variables: str) -> None:
        self.root = root
        self._installed = root.parent / "installed"
        self._shim("bitext", f'exec "{sys.executable}" -m bitext "$@"')
        self._shim("pip", f'echo "$@" >> "{self._installed}"')
        path = f"{root.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
        self._variables = {**os.environ, "PYTHONPATH": str(TOOLS), "PATH": path, **variables}

    def _shim(self, name: str, line: str) -> None:
        path = self.root.parent / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, script: str) -> None:
        """Run the lines of a step as the shell of the platforms does."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.root,
            env=self._variables,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"

    @property
    def installed(self) -> str:
        return self._installed.read_text(encoding="utf-8")


def _load(name: str) -> Any:
    return yaml.safe_load((EXAMPLES / name).read_text(encoding="utf-8"))


CONDITIONS = {
    "github.event_name == 'pull_request'": "pull_request",
    "github.event_name == 'push'": "push",
}
ACTIONS = {
    "actions/checkout@v4": {"fetch-depth": 0},  # the fixture clones
    "actions/setup-python@v5": {"python-version": "3.12", "cache": "pip"},
    "actions/cache@v4": {
        "path": "build",
        "key": "bitext-${{ github.sha }}",
        "restore-keys": "bitext-",
    },
    "actions/upload-pages-artifact@v3": {"path": "build/html"},
}
"""What a workflow uses of others, and with what."""


@pytest.mark.parametrize("event", ["pull_request", "push"])
def test_the_workflow_of_github(clone: Path, event: str) -> None:
    workflow = _load("github-actions.yml")
    summary = clone.parent / "summary.md"
    machine = Machine(clone, GITHUB_BASE_REF="main", GITHUB_STEP_SUMMARY=str(summary))
    done = []
    for step in workflow["jobs"]["check"]["steps"]:
        if CONDITIONS.get(step.get("if"), event) != event:
            continue
        assert set(step) <= {"name", "run", "uses", "with", "if"}
        if "uses" in step:
            assert ACTIONS[step["uses"]] == step["with"]
        else:
            machine.run(step["run"])
        done.append(step)
    assert machine.installed == "install bitext\n"
    assert (clone / "build/html/sl-SI/index.html").is_file()
    if event == "push":
        assert done[-1]["with"]["path"] == "build/html"
        assert not summary.exists()
        assert workflow["jobs"]["publish"]["needs"] == "check"
        assert CONDITIONS[workflow["jobs"]["publish"]["if"]] == "push"
    else:
        assert "1 edited, 0 added, 0 removed" in summary.read_text(encoding="utf-8")


@pytest.fixture
def runner(clone: Path, tmp_path: Path) -> Path:
    """The clone of GitLab's runner, which knows one commit and no branch but its own."""
    _git(clone, "push", "-q", "origin", "HEAD:topic")
    root = tmp_path / "runner/project"
    root.mkdir(parents=True)
    _git(root, "init", "-q")
    _git(root, "remote", "add", "origin", str(tmp_path / "origin"))
    _git(root, "fetch", "-q", "origin", "+refs/heads/topic:refs/merge-requests/1/head")
    _git(root, "checkout", "-q", "--detach", "refs/merge-requests/1/head")
    return root


def test_the_jobs_of_gitlab(runner: Path) -> None:
    jobs = _load("gitlab-ci.yml")
    of_requests, of_main = (rule["if"] for rule in jobs["workflow"]["rules"])
    assert of_requests == '$CI_PIPELINE_SOURCE == "merge_request_event"'
    assert jobs["pages"]["rules"] == [{"if": of_main}]
    variables = {"CI_DEFAULT_BRANCH": "none", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    machine = Machine(runner, **variables)
    machine.run("\n".join([*jobs["before_script"], *jobs["check"]["script"]]))
    assert machine.installed == "install bitext\n"
    artifacts = jobs["check"]["artifacts"]
    (summary,) = artifacts["paths"]
    assert "1 edited" in (runner / summary).read_text(encoding="utf-8")
    findings = (runner / artifacts["reports"]["junit"]).read_text(encoding="utf-8")
    assert "<testsuite" in findings
    assert all((runner / name).is_dir() for name in jobs["cache"]["paths"])


def test_the_pages_of_gitlab(clone: Path) -> None:
    jobs = _load("gitlab-ci.yml")
    machine = Machine(clone, CI_DEFAULT_BRANCH="main")
    machine.run("\n".join([*jobs["before_script"], *jobs["pages"]["script"]]))
    (public,) = jobs["pages"]["artifacts"]["paths"]
    assert (clone / public / "sl-SI/index.html").is_file()
    assert (clone / public / "index.html").is_file()


def test_the_settings_of_read_the_docs(clone: Path) -> None:
    settings = _load("readthedocs.yaml")
    assert settings["version"] == 2
    output = clone.parent / "output"
    machine = Machine(clone, READTHEDOCS_OUTPUT=str(output))
    for command in settings["build"]["commands"]:
        machine.run(command)
    assert machine.installed == "install bitext\n"
    assert (output / "html/index.html").is_file()
    assert (output / "html/sl-SI/index.html").is_file()


@pytest.fixture
def hooked(clone: Path) -> tuple[Path, Machine]:
    """A clone in which real pre-commit runs the hooks of a clone of bitext."""
    if find_spec("pre_commit") is None:
        pytest.skip("pre-commit is not installed")
    manifest = ROOT / ".pre-commit-hooks.yaml"
    settings = _load("pre-commit-config.yaml")
    (entry,) = settings["repos"]
    # what the registry would give is here already
    hooks = manifest.read_text(encoding="utf-8").replace("language: python", "language: system")
    repository = clone.parent / "bitext"
    repository.mkdir()
    (repository / manifest.name).write_text(hooks, encoding="utf-8")
    _git(repository, "init", "-q")
    _git(repository, "add", "-A")
    _git(repository, "commit", "-qm", "Begin")
    _git(repository, "tag", entry["rev"])
    text = (EXAMPLES / "pre-commit-config.yaml").read_text(encoding="utf-8")
    assert text.count(entry["repo"]) == 1
    text = text.replace(entry["repo"], str(repository))
    (clone / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")
    names = {
        f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    machine = Machine(clone, PRE_COMMIT_HOME=str(clone.parent / "pre-commit"), **names)
    machine.run("git add -A :!.bitext_cache && git commit -qm Hooks")
    machine.run(f'"{sys.executable}" -m pre_commit install')
    return clone, machine


def test_the_hooks_in_a_commit(hooked: tuple[Path, Machine]) -> None:
    root, machine = hooked
    edit(root / "source/index.md", "Press it.", "Press it twice.")
    with pytest.raises(AssertionError, match=r"files were modified by this hook"):
        machine.run("git commit -qam Press")
    machine.run("git commit -qam Press")
    edit(po(root, "index"), 'msgstr "Pritisni."', 'msgstr "Pritisni `x`."')
    edit(po(root, "index"), 'msgid "Press it."', 'msgid "Press it twice."')
    with pytest.raises(AssertionError, match=r"index\.po:\d+: error"):
        machine.run("git commit -qam Break")


def test_the_hooks_are_tried_without_a_setting(hooked: tuple[Path, Machine]) -> None:
    root, machine = hooked
    (root / ".pre-commit-config.yaml").unlink()
    line = next(
        line.removeprefix("$ pre-commit ")
        for line in (ROOT / "source/how-to/workflows.md").read_text(encoding="utf-8").split("\n")
        if "try-repo" in line
    )
    machine.run(f'"{sys.executable}" -m pre_commit {line.strip().removeprefix("$ pre-commit")}')


def test_each_hook_has_its_command(clone: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    named = [
        hook["id"] for entry in _load("pre-commit-config.yaml")["repos"] for hook in entry["hooks"]
    ]
    assert [hook["id"] for hook in hooks] == named
    for hook in hooks:
        assert hook["entry"] == hook["id"].replace("-", " ")
        assert hook["pass_filenames"] is False
        assert hook["language"] == "python"


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


def test_the_summary_of_a_new_project(clone: Path) -> None:
    _git(clone, "rm", "-q", "--cached", "pyproject.toml")
    _git(clone, "commit", "-qm", "No settings")
    assert "0 edited, 3 added, 0 removed" in succeed(clone, "summary", "--since", "HEAD")


def test_the_summary_knows_memories_elsewhere(clone: Path) -> None:
    succeed(clone, "export", "tmx", "-l", "sl-SI", "-o", str(clone.parent / "memory.tmx"), "-q")
    settings = '[tool.bitext]\nmemory.files = ["../memory.tmx"]'
    edit(clone / "pyproject.toml", "[tool.bitext]", settings)
    _git(clone, "commit", "-qam", "Remember")
    assert "| 33.3 % | 33.3 % | nothing |" in succeed(clone, "summary", "--since", "HEAD")


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD:source"])
def test_a_revision_that_is_none(clone: Path, name: str) -> None:
    run = bitext(clone, "summary", f"--since={name}")
    assert run.status == 2
    assert f"git knows no commit '{name}'" in run.err
    assert not (clone / "x").exists()


def test_outside_of_a_repository(tmp_path: Path) -> None:
    root = make_project(tmp_path / "p", {"index.md": ARTICLE})
    run = bitext(root, "summary", "--since", "HEAD")
    assert run.status == 2
    assert "is in no git repository" in run.err
