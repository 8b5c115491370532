"""What the sites of all languages are built from, and where each is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bitext.commands.build import (
    BuildOptions,
    sphinx_arguments,
    state_path,
)
from bitext.commands.editions import write_editions
from bitext.commands.leftovers import Place, find_place
from bitext.commands.sphinx_runs import become_sphinx
from bitext.executor import core_count
from bitext.onebuild.record import Folders
from bitext.processes import Tell
from bitext.project import Project
from bitext.site.page import Edition


@dataclass(frozen=True, slots=True)
class WholeSite:
    """What all languages are built from, as a process of its own gets it."""

    project: Project
    configuration: Path
    folders: Folders
    options: BuildOptions

    def target(self, tag: str) -> Path:
        """Return where the site of a language is to be."""
        return self.project.root / self.options.output / "html" / tag

    def place(self, tag: str) -> Place:
        """Return where it is, and what builds wrote of it."""
        return find_place(self.project, self.options.output, "html", tag)

    def state(self, tag: str) -> Path:
        """Return where is what that site was made of."""
        return state_path(self.project, self.options, tag)

    def scratch(self, tag: str) -> Path:
        """Return where it is built."""
        return self.folders.root / "sites" / tag

    @property
    def jobs(self) -> int:
        """How many processes may run at a time."""
        return self.options.jobs or core_count()

    def write_editions(self, chosen: Sequence[str]) -> Mapping[str, Sequence[Edition]]:
        """Write the languages that each page is offered in; return them."""
        return write_editions(
            self.project, chosen, output=self.options.output, builder=self.options.builder
        )

    def become_sphinx(self, tag: str, tell: Tell) -> Callable[[], str]:
        """Let this process be one of Sphinx; return what reads what it said (`become_sphinx`)."""
        arguments = sphinx_arguments(self.project, tag, self.configuration, self.options)
        return become_sphinx(arguments, self.project.root, tell)
