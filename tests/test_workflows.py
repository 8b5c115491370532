"""Hooks, workflow files and the summary: each step runs in a fresh clone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

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

    def run(self, script: str) -> str:
        """Run the lines of a step as the shell of the platforms does; return what they print."""
        status, said = self.try_run(script)
        assert status == 0, f"{script}\n{said}"
        return said

    def try_run(self, script: str) -> tuple[int, str]:
        """Run the lines of a step; return their status and what they print."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.root,
            env=self._variables,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    @property
    def installed(self) -> str:
        return self._installed.read_text(encoding="utf-8")


def _load(name: str) -> Any:
    return yaml.safe_load((EXAMPLES / name).read_text(encoding="utf-8"))


STATES = {
    "success() || failure()": (True, False),
    "always()": (True, False),
    "success()": (True,),
}
"""Whether a step runs if all has gone well so far, and if not."""

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
    job = _run_github(clone, event)
    assert job.failed == []
    assert (clone / "build/html/sl-SI/index.html").is_file()
    publish = _load("github-actions.yml")["jobs"]["publish"]
    assert publish["needs"] == "check"
    assert publish["if"] == "github.event_name == 'push'"
    if event == "push":
        assert job.done[-1] == "actions/upload-pages-artifact@v3"
        assert job.summary == ""
    else:
        assert "1 edited, 0 added, 0 removed" in job.summary


class Job(NamedTuple):
    """What came of the steps of a job."""

    done: list[str]
    failed: list[str]
    said: str
    summary: str


def _run_github(clone: Path, event: str) -> Job:
    """Run the steps of the job that checks, each on its condition."""
    summary = clone.parent / "summary.md"
    summary.write_text("", encoding="utf-8")
    machine = Machine(clone, GITHUB_BASE_REF="main", GITHUB_STEP_SUMMARY=str(summary))
    job = Job([], [], "", "")
    for step in _load("github-actions.yml")["jobs"]["check"]["steps"]:
        assert set(step) <= {"name", "run", "uses", "with", "if"}
        if not _is_run(step.get("if", ""), event, is_well=not job.failed):
            continue
        name = step.get("uses") or step.get("name")
        job.done.append(name)
        if "uses" in step:
            assert ACTIONS[step["uses"]] == step["with"]
            continue
        status, said = machine.try_run(step["run"])
        job = job._replace(said=job.said + said)
        if status:
            job.failed.append(name)
    assert machine.installed == "install bitext\n"
    assert not _is_run("github.event_name == 'push'", "push", is_well=False)
    return job._replace(summary=summary.read_text(encoding="utf-8"))


def _is_run(condition: str, event: str, *, is_well: bool) -> bool:
    """Tell whether GitHub runs a step: on its event, and by default if nothing has failed."""
    states, _, events = condition.rpartition("github.event_name == ")
    if not events.startswith("'"):
        states, events = condition, ""
    return is_well in STATES[states.removesuffix(" && ") or "success()"] and event in (
        events.strip("'") or event
    )


@pytest.fixture
def broken(clone: Path) -> Path:
    """The clone after a commit of a catalog that cannot be read."""
    edit(po(clone, "index"), 'msgstr "Pritisni."', 'msgstr "Pritisni.')
    _git(clone, "commit", "-qam", "Break a catalog")
    return clone


NOT_KNOWN = "| sl-SI | – | – | not known: a file cannot be read |\n"


def test_github_shows_all_findings_of_a_catalog_that_cannot_be_read(broken: Path) -> None:
    job = _run_github(broken, "pull_request")
    assert "The translations are sound" in job.failed
    assert "All languages build" in job.done
    assert "The POT files are up to date" in job.done
    assert re.search(r"::error file=locale/sl-SI/LC_MESSAGES/index.po,line=\d+", job.said)
    assert NOT_KNOWN in job.summary
    assert "1 edited, 0 added, 0 removed" in job.summary
    assert "- `locale/sl-SI/LC_MESSAGES/index.po:" in job.summary


def test_gitlab_shows_all_findings_in_its_log_too(broken: Path) -> None:
    job = _load("gitlab-ci.yml")["check"]
    machine = Machine(broken, CI_DEFAULT_BRANCH="main")
    status, said = machine.try_run("\n".join(job["script"]))
    assert status == 1
    assert re.search(r"^locale/sl-SI/LC_MESSAGES/index.po:\d+:\d*:? error: ", said, re.M)
    assert "en-US: built build/html/en-US" in said
    findings = (broken / job["artifacts"]["reports"]["junit"]).read_text(encoding="utf-8")
    assert 'failures="1"' in findings
    machine.try_run("\n".join(job["after_script"]))
    assert NOT_KNOWN in (broken / "summary.md").read_text(encoding="utf-8")


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
    machine.run("\n".join(jobs["check"]["after_script"]))
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


def test_the_summary_of_what_cannot_be_read(clone: Path) -> None:
    (clone / "source/index.md").write_bytes(b"# Lamps \xff\n")
    run = bitext(clone, "summary", "--since", "origin/main")
    assert run.status == 2
    assert "0 edited, 0 added, 0 removed" in run.out, "nobody removed what cannot be read"
    assert NOT_KNOWN in run.out
    assert run.out.count("- `source/index.md:") == 1
    _git(clone, "commit", "-qam", "Break an article")
    _git(clone, "checkout", "-q", "HEAD~1", "source")
    text = succeed(clone, "summary", "--since", "HEAD")
    assert "0 edited, 0 added, 0 removed" in text
    assert NOT_KNOWN in text
    assert "(at HEAD)`\n" in text


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
