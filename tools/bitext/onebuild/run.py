"""``bitext build --all-at-once``: the marked build, then each language from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bitext.commands.articles import find_unreadable
from bitext.commands.build import (
    BuildOptions,
    BuildReport,
    LanguageBuild,
    find_configuration,
    require_own_folder,
    run_build,
    stopping,
    write_index,
)
from bitext.commands.views import choose_languages
from bitext.errors import one_line
from bitext.executor import core_count
from bitext.onebuild.marked_build import build_marked
from bitext.onebuild.processes import Failed, map_isolated, run_isolated
from bitext.onebuild.record import Folders, SiteRecord, store
from bitext.onebuild.site import LanguageSite, build_language
from bitext.onebuild.slots import without_slots
from bitext.project import Project

_SLOTS = "slots"
"""The folder, in that of what is built, of what the languages are made from."""

_MOST_NOTES = 5
"""Pages named for each language; of more, how many."""


@dataclass(frozen=True, slots=True)
class _Site:
    """What all languages are built from, as a process of its own gets it."""

    project: Project
    configuration: Path
    folders: Folders
    options: BuildOptions

    def target(self, tag: str) -> Path:
        """Return where the site of a language is to be."""
        return self.project.root / self.options.output / "html" / tag

    def scratch(self, tag: str) -> Path:
        """Return where it is built."""
        return self.folders.root / "sites" / tag


def run_at_once(
    project: Project,
    tags: Sequence[str],
    *,
    options: BuildOptions,
    report: Callable[[LanguageBuild], None] = lambda _: None,
    progress: Callable[[str, float], None] = lambda *_: None,
    executor: Executor | None = None,
) -> BuildReport:
    """Build the sites of languages from one Sphinx run; arguments are those of `run_build`.

    A language that does not fit is built the ordinary way.
    """
    chosen = list(choose_languages(project, tags, with_source=True))
    configuration = find_configuration(project)
    require_own_folder(project, options.output)
    folders = Folders(project.root / options.output / _SLOTS)
    site = _Site(project, configuration, folders, options)
    with stopping([]):
        marked = run_isolated(_build_marked, site)
        builds: dict[str, LanguageBuild] = {}
        failed = dict.fromkeys(chosen, marked) if isinstance(marked, Failed) else {}
        if not isinstance(marked, Failed):
            for tag, made in _build_languages(site, chosen, marked, executor):
                if isinstance(made, Failed):
                    failed[tag] = made
                else:
                    builds[tag] = made
                    report(made)
        if failed:
            ordinary = run_build(
                project,
                [tag for tag in chosen if tag in failed],
                options=options,
                report=lambda build: report(_explained(build, failed[build.tag])),
                progress=progress,
            )
            builds |= {build.tag: build for build in ordinary.builds}
    write_index(project, options)
    errors = list(find_unreadable(project).values())
    return BuildReport([builds[tag] for tag in chosen if tag in builds], errors)


def _build_marked(site: _Site) -> SiteRecord:
    """Run the marked build, and keep what came of it."""
    if site.options.is_fresh:
        shutil.rmtree(site.folders.root, ignore_errors=True)
    made = build_marked(site.project, site.configuration, site.folders, is_fresh=True)
    store(site.folders.site, made)
    return replace(made, environment=b"")


def _build_languages(
    site: _Site,
    chosen: Sequence[str],
    marked: SiteRecord,
    executor: Executor | None,
) -> Iterator[tuple[str, LanguageBuild | Failed]]:
    """Yield each language as it is built from the marked build."""
    jobs = site.options.jobs or core_count()
    for tag, made in map_isolated(
        partial(_build_language, site), chosen, jobs=jobs, executor=executor
    ):
        if isinstance(made, Failed):
            yield tag, made
            continue
        _take_place(site.scratch(tag), site.target(tag))
        messages = made.messages
        if tag == chosen[0]:
            messages = without_slots(marked.messages) + messages
        status = int(site.options.is_strict and bool(messages.strip()))
        yield (
            tag,
            LanguageBuild(
                tag, site.target(tag), status, messages, tuple(_notes(tag, made.ordinary))
            ),
        )


def _explained(build: LanguageBuild, failed: Failed) -> LanguageBuild:
    """Return an ordinary build with a note why it is one."""
    reason = without_slots(one_line(failed.message))
    return replace(build, notes=(f"{build.tag} was built the ordinary way: {reason}",))


def _build_language(site: _Site, tag: str) -> LanguageSite:
    """Build one language, in a folder of its own."""
    shutil.rmtree(site.scratch(tag), ignore_errors=True)
    return build_language(
        site.project, site.configuration, site.folders, tag, output=site.scratch(tag)
    )


def _notes(tag: str, ordinary: Mapping[str, str]) -> Iterator[str]:
    """Yield which pages were built the ordinary way, and why."""
    for docname, reason in list(ordinary.items())[:_MOST_NOTES]:
        yield f"{tag}: {docname} was built the ordinary way: {without_slots(reason)}"
    if len(ordinary) > _MOST_NOTES:
        yield f"{tag}: so were {len(ordinary) - _MOST_NOTES} more pages"


def _take_place(scratch: Path, target: Path) -> None:
    """Let a finished site take the place of the one before."""
    target.parent.mkdir(parents=True, exist_ok=True)
    before = scratch.with_name(f"{scratch.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if target.exists():
        target.rename(before)
    scratch.rename(target)
    shutil.rmtree(before, ignore_errors=True)
