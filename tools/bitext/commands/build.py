"""``bitext build``: one site per language, side by side on the cores there are."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bitext.commands.articles import find_unreadable
from bitext.commands.editions import editions_file, write_editions, write_sitemap
from bitext.commands.leftovers import (
    find_place,
    read_written,
    remove_gone_sites,
    settle,
    take_stock,
    unshare,
)
from bitext.commands.sphinx_output import COLOUR, find_cause
from bitext.commands.sphinx_runs import FAILED, import_sphinx, run_sphinx
from bitext.commands.views import choose_languages
from bitext.disk import write_files
from bitext.errors import BitextError, UsageError
from bitext.executor import core_count
from bitext.languages import PSEUDO_LANGUAGE
from bitext.processes import Failed, Tell, map_isolated
from bitext.project import LEARN, Project
from bitext.reports.index_page import index_page
from bitext.site.page import Edition

Progress = Callable[[str, float], None]
"""Takes a language and how much of it is done, from 0 to 1."""


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

    jobs: int = 0
    """How many processes may run at a time; 0 for as many as there are cores."""

    beside: tuple[str, ...] = ()
    """Other languages whose sites are taken to be there."""


@dataclass(frozen=True, slots=True)
class LanguageBuild:
    """What came of one language."""

    tag: str
    folder: Path
    status: int
    """The exit status of Sphinx."""

    messages: str
    """What Sphinx warned of."""

    notes: tuple[str, ...] = ()
    """What is good to know and no fault: pages that were built the ordinary way, or removed."""


@dataclass(slots=True)
class BuildReport:
    """What came of a build."""

    builds: list[LanguageBuild] = field(default_factory=list)
    """English first."""

    errors: list[BitextError] = field(default_factory=list)
    """Articles that could not be read; no site has them."""

    removed: list[str] = field(default_factory=list)
    """The languages whose sites were removed, for the settings do not list them."""


def run_build(
    project: Project,
    tags: Sequence[str],
    *,
    options: BuildOptions,
    report: Callable[[LanguageBuild], None] = lambda _: None,
    progress: Progress = lambda *_: None,
) -> BuildReport:
    """Build the sites of languages, English first.

    `report` is called as each is done, `progress` meanwhile. Whatever ends this ends Sphinx too.
    """
    chosen = choose_sites(project, tags)
    configuration = find_configuration(project)
    require_own_folder(project, options.output)
    require_start(project, configuration)
    removed = remove_gone_sites(project, options.output, options.builder)
    editions = write_editions(
        project, [*chosen, *options.beside], output=options.output, builder=options.builder
    )
    builds: list[LanguageBuild] = []
    errors = list(find_unreadable(project).values())
    for tag in chosen if options.builder == "html" else ():
        state_path(project, options, tag).unlink(missing_ok=True)  # it speaks of another site
    build = partial(_build, project, configuration, options)
    jobs = min(options.jobs or core_count(), len(chosen))
    with stopping():
        import_sphinx()
        for tag, made in map_isolated(build, chosen, jobs=jobs, heard=progress):
            own = _failed(project, options, tag, made) if isinstance(made, Failed) else made
            builds.append(own)
            report(own)
    if options.builder == "html":
        write_index(project, options, editions)
    write_sitemap(project, editions, output=options.output, builder=options.builder)
    builds.sort(key=lambda build: chosen.index(build.tag))
    return BuildReport(builds, errors, removed)


def choose_sites(project: Project, tags: Sequence[str]) -> list[str]:
    """Return the languages named, or all; the pseudo-language only if it is named."""
    wanted = [tag for tag in tags if tag != PSEUDO_LANGUAGE]
    chosen = list(choose_languages(project, wanted, with_source=True))
    return [*(chosen if wanted else ()), PSEUDO_LANGUAGE] if PSEUDO_LANGUAGE in tags else chosen


def state_path(project: Project, options: BuildOptions, tag: str) -> Path:
    """Return where the build of all languages at once keeps what a site was made of."""
    return project.root / options.output / "slots" / "states" / f"{tag}.pickle"


def require_own_folder(project: Project, output: str) -> None:
    """Raise `UsageError` if a build would mix with the project's own files."""
    folder = (project.root / output).resolve()
    own = [project.source.resolve(), (project.root / project.settings.locale).resolve()]
    if folder == project.root or any(folder.is_relative_to(path) for path in own):
        message = f"cannot build in {output!r}, where the project's own files are"
        raise UsageError(f"{message}; name another folder with -o")


@contextmanager
def stopping() -> Iterator[None]:
    """Let a request to end be an exception, as Ctrl+C is."""

    def leave(*_: object) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    is_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, leave) if is_main else None
    try:
        yield
    finally:
        if is_main:
            signal.signal(signal.SIGTERM, before)


def find_configuration(project: Project) -> Path:
    """Return the folder of ``conf.py``: the project's or the articles'."""
    for folder in (project.root, project.source):
        if (folder / "conf.py").is_file():
            return folder
    message = f"there is no conf.py in {project.root} or {project.settings.source}/"
    raise UsageError(f'{message}; make one that says extensions = ["bitext"]')


_OTHER_START = re.compile(rb"^\s*(?:root|master)_doc\b", re.MULTILINE)


def has_start(project: Project, configuration: Path) -> bool:
    """Tell whether there is the page that a site begins with, or ``conf.py`` names another.

    A docset begins with its contents where it has no such page.
    """
    if project.settings.dialect == LEARN or any(project.source.glob("index.*")):
        return True
    return bool(_OTHER_START.search((configuration / "conf.py").read_bytes()))


def require_start(project: Project, configuration: Path) -> None:
    """Raise `UsageError` if a site would have no page at all; an extension may make the first."""
    if not project.find_articles() and not has_start(project, configuration):
        source = project.settings.source
        raise UsageError(f"{source}/ has no article; write {source}/index.md")


def sphinx_arguments(
    project: Project, tag: str, configuration: Path, options: BuildOptions
) -> list[str]:
    """Return the words of the ``sphinx-build`` command for one language."""
    from bitext.languages import sphinx_name
    from bitext.sphinx_languages import sphinx_languages

    output = project.root / options.output
    arguments = ["-b", options.builder, "-c", str(configuration)]
    arguments += ["-D", f"language={sphinx_name(tag, sphinx_languages())}"]
    arguments += ["-D", f"bitext_language={tag}", "-D", "bitext_is_reported=1"]
    arguments += ["-D", f"bitext_editions={editions_file(project, options.output)}"]
    place = find_place(project, options.output, options.builder, tag)
    arguments += ["-D", f"bitext_pages={place.pages}"]
    arguments += ["-d", str(output / "doctrees" / _family(options.builder) / tag)]
    arguments += ["-W", "--keep-going"] if options.is_strict else []
    arguments += ["-E", "-a"] if options.is_fresh else []
    return [*arguments, str(project.source), str(output / options.builder / tag)]


def _family(builder: str) -> str:
    """Return the name that builders share which read articles alike; gettext's reads them so that
    no other can use what it read.
    """
    return "html" if builder in ("html", "dirhtml", "singlehtml") else builder


def _build(
    project: Project, configuration: Path, options: BuildOptions, tag: str, tell: Tell
) -> LanguageBuild:
    """Build one language in this process; what no article makes any more is removed."""
    place = find_place(project, options.output, options.builder, tag)
    written, stock = read_written(place), take_stock(place.folder)
    place.pages.unlink(missing_ok=True)  # of a run that was killed
    arguments = sphinx_arguments(project, tag, configuration, options)
    if not written.is_sphinx:
        unshare(place, written)
        arguments.insert(0, "-a")  # of other pages it knows nothing
    run = run_sphinx(arguments, project.root, tell)
    gone = settle(place, written, stock, root=project.root)
    notes = tuple(removal_notes(tag, gone))
    build = LanguageBuild(tag, place.folder, run.status, run.messages, notes)
    return _explained(project, build, options)


def _failed(project: Project, options: BuildOptions, tag: str, failed: Failed) -> LanguageBuild:
    """Return a build whose process raised or was killed."""
    folder = find_place(project, options.output, options.builder, tag).folder
    return LanguageBuild(tag, folder, FAILED, f"{tag}: error: {failed.message}\n")


MOST_NOTES = 5
"""Pages named for each language; of more, how many."""


def removal_notes(tag: str, gone: Sequence[str]) -> Iterator[str]:
    """Yield which pages of a site were removed."""
    pages = [path for path in gone if path.endswith(".html")]
    for path in pages[:MOST_NOTES]:
        yield f"{tag}: removed {path}, which no article makes any more"
    if len(pages) > MOST_NOTES:
        yield f"{tag}: so were {len(pages) - MOST_NOTES} more pages"


def _explained(project: Project, build: LanguageBuild, options: BuildOptions) -> LanguageBuild:
    """Return a build that failed with its cause in a line; all that Sphinx said goes to a file."""
    is_warned = options.is_strict and build.status < FAILED
    if not build.status or is_warned or not build.messages.strip():
        return build
    log = project.root / options.output / "log" / f"{build.tag}.txt"
    try:
        write_files({log: COLOUR.sub("", build.messages)}, project.root)
    except UsageError:
        return build
    way = f"Sphinx's own words are in {project.shown(log.parent)}/"
    return replace(build, messages=f"error: {find_cause(build.messages)}; {way}\n")


def write_index(
    project: Project, options: BuildOptions, editions: Mapping[str, Sequence[Edition]]
) -> None:
    """Write the page that offers the reader's language; it lists the sites that exist.

    Where there are several, those with too little translated are left out.
    """
    offered = {own.tag for known in editions.values() for own in known}
    folder = project.root / options.output / options.builder
    tags = [
        tag
        for tag in choose_languages(project, (), with_source=True)
        if any(_entries(folder / tag)) and (not offered or tag in offered)
    ]
    path = folder / "index.html"
    text = index_page(tags, project.settings.source_language, title=project.settings.project)
    if tags and (not path.is_file() or path.read_bytes() != text.encode()):
        write_files({path: text}, project.root)


def _entries(folder: Path) -> Iterator[Path]:
    return folder.glob("index.html")
