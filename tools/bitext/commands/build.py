"""``bitext build``: one site per language, side by side on the cores there are."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from bitext.errors import UsageError
from bitext.executor import core_count
from bitext.project import Project, write_files
from bitext.reports.index_page import index_page


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build."""

    builder: str = "html"
    output: str = "build"
    """The folder of what is built, below the project's."""

    is_strict: bool = False
    """Whether a warning fails the build."""

    is_fresh: bool = False
    """Whether everything is read anew."""


@dataclass(frozen=True, slots=True)
class LanguageBuild:
    """What came of one language."""

    tag: str
    folder: Path
    status: int
    """The exit status of Sphinx."""

    messages: str
    """What Sphinx warned of."""


def run_build(
    project: Project,
    tags: Sequence[str],
    options: BuildOptions,
    *,
    report: Callable[[LanguageBuild], None] = lambda _: None,
    progress: Callable[[str, float], None] = lambda *_: None,
) -> list[LanguageBuild]:
    """Build the sites of languages, English first.

    `report` is called as each is done, `progress` with a language and how much of it is done,
    from 0 to 1; both from several threads.
    """
    chosen = _choose(project, tags)
    configuration = find_configuration(project)
    builds: list[LanguageBuild] = []
    with ThreadPoolExecutor(min(core_count(), len(chosen))) as pool:
        futures = [
            pool.submit(_build, project, tag, configuration, options, progress) for tag in chosen
        ]
        for future in as_completed(futures):
            builds.append(future.result())
            report(future.result())
    if options.builder == "html":
        _write_index(project, options)
    return sorted(builds, key=lambda build: chosen.index(build.tag))


def _choose(project: Project, tags: Sequence[str]) -> list[str]:
    """Return the languages to build; without any named, English and all others."""
    known = (project.settings.source_language, *project.settings.languages)
    for tag in tags:
        if tag not in known:
            message = f"{tag!r} is not a language of this project ({', '.join(known)})"
            raise UsageError(f"{message}; start it with 'bitext init {tag}'")
    return list(dict.fromkeys(tags)) or list(known)


def find_configuration(project: Project) -> Path:
    """Return the folder of ``conf.py``: the project's or the articles'."""
    for folder in (project.root, project.source):
        if (folder / "conf.py").is_file():
            return folder
    message = f"there is no conf.py in {project.root} or {project.settings.source}/"
    raise UsageError(f'{message}; make one that says extensions = ["bitext"]')


def sphinx_arguments(
    project: Project, tag: str, configuration: Path, options: BuildOptions
) -> list[str]:
    """Return the words of the ``sphinx-build`` command for one language."""
    from bitext.languages import sphinx_name
    from bitext.sphinx_languages import sphinx_languages

    output = project.root / options.output
    arguments = ["-b", options.builder, "-c", str(configuration)]
    arguments += ["-D", f"language={sphinx_name(tag, sphinx_languages())}"]
    arguments += ["-D", f"bitext_language={tag}"]
    arguments += ["-d", str(output / "doctrees" / tag)]
    arguments += ["-W", "--keep-going"] if options.is_strict else []
    arguments += ["-E", "-a"] if options.is_fresh else []
    return [*arguments, str(project.source), str(output / options.builder / tag)]


def _build(
    project: Project,
    tag: str,
    configuration: Path,
    options: BuildOptions,
    progress: Callable[[str, float], None],
) -> LanguageBuild:
    """Build one language in a process of its own."""
    arguments = sphinx_arguments(project, tag, configuration, options)
    folder = project.root / options.output / options.builder / tag
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as messages:
        process = subprocess.Popen(
            [sys.executable, "-m", "sphinx", *arguments],
            cwd=project.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=messages,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=_environment(),
        )
        assert process.stdout is not None
        for line in process.stdout:
            done = _read_progress(line)
            if done is not None:
                progress(tag, done)
        status = process.wait()
        messages.seek(0)
        return LanguageBuild(tag, folder, status, messages.read())


_PROGRESS = re.compile(r"(?P<phase>reading sources|writing output)\.\.\. \[ *(?P<per_cent>\d+)%\]")
_PHASES = {"reading sources": 0.0, "writing output": 0.5}
"""Where each of Sphinx's phases begins in the whole; each takes about half."""


def _read_progress(line: str) -> float | None:
    """Return how much of a build is done, from 0 to 1, if a line of Sphinx's output says so."""
    match = _PROGRESS.search(line)
    return _PHASES[match["phase"]] + int(match["per_cent"]) / 200 if match else None


def _environment() -> Mapping[str, str]:
    return {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"}


def _write_index(project: Project, options: BuildOptions) -> None:
    """Write the page that offers the reader's language; it lists the sites that exist."""
    folder = project.root / options.output / options.builder
    tags = [tag for tag in _choose(project, ()) if any(_entries(folder / tag))]
    path = folder / "index.html"
    text = index_page(tags, project.settings.source_language, title=project.settings.project)
    if tags and (not path.is_file() or path.read_text(encoding="utf-8") != text):
        write_files({path: text}, project.root)


def _entries(folder: Path) -> Iterator[Path]:
    return folder.glob("index.html")
