"""What a live preview says to the processes that hold the sites, and what it watches."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bitext.commands.build import BuildOptions, find_configuration
from bitext.commands.editions import editions_file
from bitext.commands.sphinx_runs import sphinx_environment
from bitext.errors import UsageError
from bitext.languages import sphinx_name
from bitext.project import SETTINGS_FILE, Project, article_of_stem
from bitext.sphinx_languages import sphinx_languages

Stamps = Mapping[str, tuple[int, int]]
"""Time stamp and size of each file, by path."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a process is to hold; each field is Sphinx's argument."""

    source: str
    configuration: str
    output: str
    doctrees: str
    builder: str
    overrides: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a change."""

    pages: tuple[str, ...]
    """Addresses of the pages that were written, below the site of their language."""

    messages: str
    """What Sphinx warned of."""

    def line(self) -> str:
        """Return it as a line of JSON."""
        return json.dumps(asdict(self)) + "\n"


def make_order(project: Project, tag: str, options: BuildOptions) -> Order:
    """Return what a process needs to hold the site of a language that `bitext build` built."""
    output = project.root / options.output
    return Order(
        source=str(project.source),
        configuration=str(find_configuration(project)),
        output=str(output / options.builder / tag),
        doctrees=str(output / "doctrees" / "html" / tag),
        builder=options.builder,
        overrides={
            "language": sphinx_name(tag, sphinx_languages()),
            "bitext_language": tag,
            "bitext_is_reported": "1",
            "bitext_editions": str(editions_file(project, options.output)),
        },
    )


class Worker:
    """The process that holds one language's site."""

    def __init__(self, order: Order, root: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bitext.sphinx_ext.warm"],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=sphinx_environment(),
        )
        self._say(json.dumps(asdict(order)) + "\n")

    def wait_until_ready(self) -> Answer:
        """Return when the site is held; raises `UsageError` if it cannot be."""
        return self._hear()

    def update(self, articles: Sequence[str]) -> Answer:
        """Let it read and write what changed."""
        self._say(json.dumps(list(articles)) + "\n")
        return self._hear()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError as error:
            raise UsageError("the preview's process has ended; start it again") from error

    def _hear(self) -> Answer:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise UsageError("the preview's process has ended; see what Sphinx said above")
        known = json.loads(line)
        return Answer(tuple(known["pages"]), known["messages"])


def take_stamps(project: Project, tags: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the stamps of all files that the sites of these languages are made from."""
    folders = [project.source, project.root / project.settings.locale / "pot"]
    folders += [project.catalog_path("x.md", tag).parent for tag in tags]
    stamps = dict(_stamps_below(folders))
    for path in (project.root / SETTINGS_FILE, find_configuration(project) / "conf.py"):
        stamps.update(_stamp(str(path)))
    return stamps


def _stamps_below(folders: Sequence[Path]) -> Iterator[tuple[str, tuple[int, int]]]:
    for folder in folders:
        for parent, _, names in os.walk(folder):
            for name in names:
                if not name.startswith(".") and not name.endswith("~"):
                    yield from _stamp(f"{parent}/{name}").items()


def _stamp(path: str) -> dict[str, tuple[int, int]]:
    """Return the stamp of a file; none of one that is gone in between."""
    try:
        found = os.stat(path)  # noqa: PTH116 - thousands of files, several times a second
    except OSError:
        return {}
    return {path: (found.st_mtime_ns, found.st_size)}


def changed_paths(before: Stamps, after: Stamps) -> list[str]:
    """Return the paths that were written, made or removed."""
    paths = before.keys() | after.keys()
    return sorted(path for path in paths if before.get(path) != after.get(path))


def articles_of(project: Project, tag: str, paths: Sequence[str]) -> list[str]:
    """Return the articles whose catalogs for a language are among `paths`, by their names."""
    catalogs = project.catalog_path("x.md", tag).parent
    templates = project.template_path("x.md").parent
    return [
        article_of_stem(path.relative_to(folder).with_suffix("").as_posix())
        for path in map(Path, paths)
        for folder in (catalogs, templates)
        if path.is_relative_to(folder) and path.suffix in (".po", ".pot")
    ]
