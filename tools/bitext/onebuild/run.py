"""``bitext build``, all languages at once: the marked build, then each language from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from bitext.bilingual.articles import states_its_language
from bitext.commands.articles import find_unreadable
from bitext.commands.build import (
    MOST_NOTES,
    BuildOptions,
    BuildReport,
    LanguageBuild,
    Progress,
    choose_sites,
    find_configuration,
    removal_notes,
    require_own_folder,
    require_start,
    run_build,
    stopping,
    write_index,
)
from bitext.commands.editions import editions_file, write_sitemap
from bitext.commands.leftovers import remove_gone_sites
from bitext.commands.sphinx_output import find_cause
from bitext.disk import read_file
from bitext.errors import ArticleError
from bitext.executor import can_fork
from bitext.languages import direction
from bitext.markdown.grammar import LEARN
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.placing import put_in_place
from bitext.onebuild.prepared import sentence_parser
from bitext.onebuild.record import Folders, SiteRecord, forget, make_ready
from bitext.onebuild.renewal import begin_marked, renew_marked
from bitext.onebuild.site import LanguageSite, build_language
from bitext.onebuild.slots import without_slots
from bitext.onebuild.whole_site import WholeSite
from bitext.processes import Failed, Tell, map_isolated, run_isolated
from bitext.project import Project
from bitext.segments import make_grammar
from bitext.site.page import Edition
from bitext.sphinx_ext.assets import read_assets
from bitext.sphinx_ext.localized_page import read_editions

_SLOTS = "slots"
"""The folder, in that of what is built, of what the languages are made from."""

_ALL = "all languages"
"""What the progress of the marked build is shown as."""


def run_at_once(
    project: Project,
    tags: Sequence[str],
    *,
    options: BuildOptions,
    report: Callable[[LanguageBuild], None] = lambda _: None,
    progress: Progress = lambda *_: None,
    executor: Executor | None = None,
) -> BuildReport:
    """Build the sites of languages from one Sphinx run; arguments are those of `run_build`.

    A language that does not fit is built the ordinary way.
    """
    chosen = choose_sites(project, tags)
    configuration = find_configuration(project)
    require_own_folder(project, options.output)
    require_start(project, configuration)
    removed = remove_gone_sites(project, options.output, options.builder)
    folders = Folders(project.root / options.output / _SLOTS)
    site = WholeSite(project, configuration, folders, options)
    with stopping():
        reason = _find_reason(project)
        editions, renewed = _begin(site, chosen, is_marked=not reason, progress=progress)
        marked = Failed(reason, "") if reason else _build_marked(site, renewed, progress)
        builds: dict[str, LanguageBuild] = {}
        failed = dict.fromkeys(chosen, marked) if isinstance(marked, Failed) else {}
        if not isinstance(marked, Failed):
            for tag, made in _build_languages(
                site, chosen, marked, progress=progress, executor=executor
            ):
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
    write_index(project, options, editions)
    write_sitemap(project, editions, output=options.output, builder=options.builder)
    errors = list(find_unreadable(project).values())
    return BuildReport([builds[tag] for tag in chosen if tag in builds], errors, removed)


def _begin(
    site: WholeSite, chosen: Sequence[str], *, is_marked: bool, progress: Progress
) -> tuple[Mapping[str, Sequence[Edition]], SiteRecord | str | Failed]:
    """Return the editions of all pages, and what came of renewing the marked build.

    Both are made at the same time. Editions are counted in a process of their own: the memory of
    all catalogs would be that of every process which is forked from this one.
    """
    tasks = [_EDITIONS, _MARKED] if is_marked else [_EDITIONS]
    found: dict[str, Any] = dict(
        map_isolated(
            partial(_do, site, chosen),
            tasks,
            jobs=min(site.jobs, len(tasks)),
            heard=lambda _, done: progress(_ALL, done),
        )
    )
    editions = found[_EDITIONS]
    if isinstance(editions, Failed):
        editions = site.write_editions(chosen)  # what failed does so here too, and says why
    return editions, found.get(_MARKED, "")


_EDITIONS, _MARKED = "editions", "marked build"


def _do(site: WholeSite, chosen: Sequence[str], task: str, tell: Tell) -> object:
    return site.write_editions(chosen) if task == _EDITIONS else renew_marked(site, tell)


def _find_reason(project: Project) -> str:
    """Return why no language can be built from slots; empty if that is not known."""
    if project.settings.dialect == LEARN:
        return "pages of Microsoft Learn's dialect are made for one language"
    for article in project.find_articles():
        if _is_side_by_side(project.source / article):
            return f"{article} holds its translation itself"
    return ""


def _is_side_by_side(path: Path) -> bool:
    try:
        content = read_file(str(path), ArticleError, path.name) or b""
    except ArticleError:  # it is named where it is read
        return False
    return states_its_language(content.decode("utf-8", errors="replace"))


def _build_marked(
    site: WholeSite, renewed: SiteRecord | str | Failed, progress: Progress
) -> SiteRecord | Failed:
    """Return what came of the marked build, anew if it could not be renewed.

    Each run of Sphinx needs a process of its own.
    """

    def heard(_: object, done: float) -> None:
        progress(_ALL, done)

    made = renewed
    if not isinstance(made, SiteRecord):
        made = run_isolated(begin_marked, site, heard)
    if isinstance(made, str):
        made = run_isolated(partial(begin_marked, reads_alone=True), site, heard)
    progress(_ALL, 1.0)
    return Failed(made, "") if isinstance(made, str) else made


def _build_languages(
    site: WholeSite,
    chosen: Sequence[str],
    marked: SiteRecord,
    *,
    progress: Progress,
    executor: Executor | None,
) -> Iterator[tuple[str, LanguageBuild | Failed]]:
    """Yield each language as it is built from the marked build."""
    for tag, made in _map_languages(site, chosen, marked, progress=progress, executor=executor):
        if isinstance(made, Failed):
            yield tag, made
            continue
        gone = _put_in_place(site, tag) if made.is_new else []
        notes = [*_notes(tag, made.ordinary), *removal_notes(tag, gone)]
        said, warnings = made.said, made.messages
        if tag == chosen[0]:
            said = f"{marked.said}\n{said}"
            warnings = _joined(without_slots(marked.messages), warnings)
        status = int(site.options.is_strict and bool(warnings.strip()))
        messages = _each_once(said) + warnings
        yield tag, LanguageBuild(tag, site.target(tag), status, messages, tuple(notes))


def _put_in_place(site: WholeSite, tag: str) -> list[str]:
    """Let a new site take the place of the one before; return the pages that are gone."""
    return put_in_place(
        site.place(tag), site.scratch(tag), state=site.state(tag), root=site.project.root
    )


def _each_once(said: str) -> str:
    """Return lines without repetition: several processes evaluate one configuration."""
    return "".join(f"{line}\n" for line in dict.fromkeys(said.split("\n")) if line)


def _joined(warnings: str, others: str) -> str:
    """Return warnings of two processes, those of both once."""
    known = set(warnings.split("\n"))
    more = (line for line in others.split("\n") if line not in known)
    return warnings + "".join(f"{line}\n" for line in more if line)


def _map_languages(
    site: WholeSite,
    chosen: Sequence[str],
    marked: SiteRecord,
    *,
    progress: Progress,
    executor: Executor | None,
) -> Iterator[tuple[str, LanguageSite | Failed]]:
    """Yield what came of each language, built in a process of its own."""
    _make_ready(site, chosen, marked)
    try:
        build = partial(_build_language, site)
        yield from map_isolated(build, chosen, jobs=site.jobs, heard=progress, executor=executor)
    finally:
        forget()
        read_editions.cache_clear()  # the next build of this process may have others


def _make_ready(site: WholeSite, chosen: Sequence[str], marked: SiteRecord) -> None:
    """Read and import what most languages need, for the processes that this one forks."""
    if not can_fork():
        return
    read_editions(str(editions_file(site.project, site.options.output)))
    if all(site.state(tag).is_file() for tag in chosen):
        return
    for tag in chosen:
        direction(tag)  # what Babel knows of it
    read_assets()
    for name in marked.modules:
        with suppress(ImportError):
            import_module(name)
    with suppress(OSError, ValueError):  # a language says what is wrong
        parser = sentence_parser(make_grammar(site.project.settings).config)
        make_ready(map(site.folders.record, marked.docnames), parser)


def _explained(build: LanguageBuild, failed: Failed) -> LanguageBuild:
    """Return an ordinary build with a note why it is one."""
    reason = without_slots(find_cause(failed.message))
    note = f"{build.tag} was built the ordinary way: {reason}"
    return replace(build, notes=(note, *build.notes))


def _build_language(site: WholeSite, tag: str, tell: Tell) -> LanguageSite:
    """Build one language, in a folder of its own.

    Raises `UnfitError` if its site can have no folder; what plain Sphinx says of that is shown.
    """
    target = site.target(tag)
    if target.exists() and not target.is_dir():
        raise UnfitError(f"{site.project.shown(target)} is not a folder")
    shutil.rmtree(site.scratch(tag), ignore_errors=True)
    read_said = site.become_sphinx(tag, tell)
    made = build_language(
        site.project,
        site.configuration,
        site.folders,
        tag,
        before=(target, site.state(tag)),
        output=site.scratch(tag),
        editions=editions_file(site.project, site.options.output),
        pages=site.place(tag).pages,
        tell=tell,
    )
    return replace(made, said=read_said())


def _notes(tag: str, ordinary: Mapping[str, str]) -> Iterator[str]:
    """Yield which pages were built the ordinary way, and why."""
    for docname, reason in list(ordinary.items())[:MOST_NOTES]:
        yield f"{tag}: {docname} was built the ordinary way: {without_slots(reason)}"
    if len(ordinary) > MOST_NOTES:
        yield f"{tag}: so were {len(ordinary) - MOST_NOTES} more pages"
