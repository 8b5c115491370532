"""The marked build: one run of Sphinx, and all of the site that its languages need to know."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import docutils_namespace, patch_docutils

from bitext.cache import digest
from bitext.commands.articles import find_unreadable
from bitext.commands.sphinx_output import COLOUR
from bitext.languages import sphinx_name
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.configuration import (
    find_unsteady,
    hash_options,
    hash_page_options,
    read_configuration,
)
from bitext.onebuild.environment import dump_environment, find_held
from bitext.onebuild.marked_builder import MarkedBuilder
from bitext.onebuild.marked_sphinx import MarkedSphinx
from bitext.onebuild.opened import is_made, note_opened
from bitext.onebuild.outlines import Outlines, find_homebound
from bitext.onebuild.record import Folders, PageRecord, SiteRecord, load
from bitext.onebuild.slots import find_sentences, has_slot
from bitext.onebuild.sources import hash_files, hash_settled, path_below
from bitext.project import Project
from bitext.sphinx_languages import sphinx_languages

_SHARED = frozenset(
    "alabaster babel bitext docutils furo jinja2 markdown_it mdit_py_plugins myst_parser"
    " snowballstemmer sphinx sphinxcontrib".split()
)
"""Packages whose modules do nothing but define what they are for when they are imported."""

_NEVER = 2**62
"""The time, in microseconds, at which Sphinx is to take a page for read."""


@dataclass(frozen=True, slots=True)
class MarkedState:
    """What the next marked build has to know of this one."""

    files: Mapping[str, str]
    """The hash of each file that an article may be made from, by its path."""

    made_from: Mapping[str, frozenset[str]]
    """The paths that each page was made from, by docname."""

    shown: Mapping[str, frozenset[str]]
    """The sentences that each page shows."""

    own: Mapping[str, frozenset[str]]
    """Those that are in its own text, whether they are shown or not."""

    images: Mapping[str, tuple[str, ...]]
    """Those of each page, in their order."""

    are_images_named_alike: bool
    """Whether images have the same name, so that Sphinx gave them others in its own order."""

    outlines: Outlines

    is_contested: bool = False
    """Whether pages define the same thing, so that their order counts."""


def build_marked(
    project: Project,
    configuration: Path,
    folders: Folders,
    *,
    jobs: int = 1,
    reads_alone: bool = False,
    before: tuple[SiteRecord, MarkedState] | None = None,
    outdated: Set[str] = frozenset(),
) -> tuple[SiteRecord, MarkedState]:
    """Run the marked build; to be called in a process of its own, which may start `jobs` more.

    After one that left `before`, only `outdated` pages are read, and all that they change written.
    Raises `UnfitError` if that would not give what reading all would, or if only one process that
    `reads_alone` can know what counts.
    """
    with patch_docutils(configuration), docutils_namespace():
        files = hash_files(project)  # before they are read: one that changes meanwhile is seen
        settled = hash_settled(project, configuration, ())
        configured = read_configuration(configuration)
        opened = note_opened(project.root)
        messages = io.StringIO()
        known, last = before or (None, None)
        app = _make_app(project, configuration, folders, messages, last)
        assert isinstance(app.builder, MarkedBuilder)
        app.builder.jobs, app.builder.reads_alone = jobs, reads_alone
        app.builder.opened = opened
        unsteady = dict.fromkeys(find_unsteady(configured, app.config), "")
        page_options = hash_page_options(app.config)
        if before:
            app.builder.outdated = outdated
            _let_read(app.env, outdated)
        contests = _listen()
        app.build(force_all=not before)
        state = replace(_find_state(app, project, files, last), is_contested=contests.are_there)
        if last:
            _require_no_order(last, state)
        read = {
            *_find_extra(app, project),
            *_find_read(opened, project, state, folders.root.parent),
        }
        extra = tuple(sorted(read.union(known.extra if known else ())))
        is_same = settled == hash_settled(project, configuration, ())
        options = frozenset(own.name for own in app.config)
        site = replace(
            _find_site(app, project, state, known),
            messages=COLOUR.sub("", messages.getvalue()),
            extra=extra,
            fingerprint=hash_settled(project, configuration, extra) if is_same else "",
            options=options,
            configured=hash_options(configured, options),
            page_options=page_options | unsteady,
        )
        return site, state


class _Contests(logging.Handler):
    """Hears of two pages that define the same thing, whether that is shown or not."""

    are_there = False

    def emit(self, record: logging.LogRecord) -> None:
        """Note a warning of two; docutils speaks of one page."""
        if "uplicate" in str(record.msg) and "docutils" not in record.name:
            self.are_there = True


def _listen() -> _Contests:
    contests = _Contests(logging.WARNING)
    logging.getLogger("sphinx").addHandler(contests)
    return contests


def _require_no_order(before: MarkedState, now: MarkedState) -> None:
    """Raise `UnfitError` if it counts which pages were read after which."""
    if now.is_contested:
        raise UnfitError("two pages define the same thing")
    if now.are_images_named_alike and before.images != now.images:
        raise UnfitError("images may have other names")


def _make_app(
    project: Project,
    configuration: Path,
    folders: Folders,
    messages: io.StringIO,
    before: MarkedState | None,
) -> MarkedSphinx:
    return MarkedSphinx(
        project,
        folders,
        before=before.outlines if before else None,
        srcdir=project.source,
        confdir=configuration,
        outdir=folders.pages,
        doctreedir=folders.doctrees,
        buildername="html",
        confoverrides={
            "language": sphinx_name(project.settings.source_language, sphinx_languages()),
            "bitext_language": project.settings.source_language,
            "bitext_is_reported": "1",
        },
        status=sys.stdout,  # its process tells how far it is
        warning=messages,
        freshenv=before is None,
    )


def _let_read(env: BuildEnvironment, outdated: Set[str]) -> None:
    """Let Sphinx read pages anew, and no others.

    It goes by time stamps, and reads a page each time that a file is missing which it names.
    """
    for docname in env.all_docs:
        env.all_docs[docname] = 0 if docname in outdated else _NEVER
    for paths in env.dependencies.values():
        paths.difference_update([path for path in paths if not Path(env.srcdir, path).is_file()])


def _find_state(
    app: MarkedSphinx, project: Project, files: Mapping[str, str], before: MarkedState | None
) -> MarkedState:
    """Return what the next marked build has to know."""
    env, builder = app.env, app.builder
    assert isinstance(builder, MarkedBuilder)
    known = before.made_from if before else {}
    made_from = {
        name: known[name]
        if name in known and name not in app.read
        else frozenset(_find_files(env, project, name))
        for name in env.found_docs
    }
    shown = dict(before.shown) if before else {}
    own = dict(before.own) if before else {}
    for docname in builder.hashes:
        record: PageRecord = load(builder.folders.record(docname))
        shown[docname] = frozenset(_sentences_on(record))
        own[docname] = record.named | record.english.keys()
    homes = {identifier: name for name, known in own.items() for identifier in known}
    homebound = find_homebound(env, _find_pages(shown), homes)
    return MarkedState(
        outlines=replace(app.outlines, homebound=homebound),
        files={**hash_files(project, set().union(*made_from.values())), **files},
        made_from=made_from,
        shown=shown,
        own=own,
        images={**(before.images if before else {}), **app.page_images},
        are_images_named_alike=any(
            PurePath(path).name != own for path, (_, own) in env.images.items()
        ),
    )


def _find_files(env: BuildEnvironment, project: Project, docname: str) -> Iterator[str]:
    """Yield the paths that a page is made from, those that are not there too."""
    names = [str(env.doc2path(docname, base=False)), *map(str, env.dependencies[docname])]
    for name in names:
        yield path_below(project, project.source / name)
        if project.is_article(name):
            yield path_below(project, project.template_path(name))


def _find_site(
    app: MarkedSphinx,
    project: Project,
    state: MarkedState,
    before: SiteRecord | None,
) -> SiteRecord:
    """Return what languages need of the site."""
    env, builder = app.env, app.builder
    assert isinstance(builder, MarkedBuilder)
    environment = dump_environment(env)
    shown = _find_pages(state.shown)
    held = find_held(env, environment)
    images = before.images.items() if before else ()
    hashes = before.hashes if before else {}
    return SiteRecord(
        environment=environment,
        docnames=tuple(sorted(env.found_docs)),
        images={path: name for path, name in images if path in env.images} | builder.images,
        dependencies={
            name: tuple(sorted(map(str, own))) for name, own in env.dependencies.items() if own
        },
        shown=shown,
        homes={own: name for name, known in state.own.items() for own in known & held},
        unreadable=tuple(find_unreadable(project)),
        modules=tuple(name for name in sys.modules if name.partition(".")[0] in _SHARED),
        hashes={**hashes, **dict(_hash_pages(builder.hashes, state))},
    )


def _find_pages(shown: Mapping[str, Set[str]]) -> dict[str, tuple[str, ...]]:
    """Return the pages that show each sentence which is shown on another than its own."""
    pages: dict[str, list[str]] = {}
    for docname in sorted(shown):
        for identifier in shown[docname]:
            pages.setdefault(identifier, []).append(docname)
    return {own: tuple(docnames) for own, docnames in pages.items() if len(docnames) > 1}


def _hash_pages(records: Mapping[str, str], state: MarkedState) -> Iterator[tuple[str, str]]:
    """Yield a hash of each page that was written and of the files that it shows."""
    for docname, record in records.items():
        files = (state.files.get(path, "") for path in sorted(state.made_from[docname]))
        yield docname, digest(record.encode(), *(own.encode() for own in files))


def _sentences_on(record: PageRecord) -> set[str]:
    """Return all sentences that a page or its search entry shows."""
    texts = [*record.page[1::2], *(o.html for o in record.english.values() if has_slot(o.html))]
    texts += [own.text for own in record.search if has_slot(own.text)]
    found = {own for text in texts for own in find_sentences(text)}
    return found | {own.text for own in record.search if own.kind == "sentence"}


def _find_read(
    opened: Set[str], project: Project, state: MarkedState, output: Path
) -> Iterator[str]:
    """Yield the files that extensions read and that no page is said to be made from."""
    ours = (project.root / project.settings.locale).resolve(), output.resolve()
    known = {(project.root / name).resolve() for name in state.files}
    for path in map(Path, sorted(opened)):
        is_ours = any(path.is_relative_to(folder) for folder in ours)
        if not (is_ours or path in known or is_made(path, project.root)):
            yield str(path)


def _find_extra(app: Sphinx, project: Project) -> set[str]:
    """Return the files and folders that a build reads, besides what pages are made from."""
    config = app.config
    listed = [*config.templates_path, *config.html_static_path, *config.html_extra_path]
    listed += [*config.locale_dirs, config.html_logo or "", config.html_favicon or ""]
    found = {str((app.confdir / path).resolve()) for path in listed if path}
    modules = (getattr(module, "__file__", None) or "" for module in list(sys.modules.values()))
    root = str(project.root.resolve())
    found |= {file for file in modules if file.startswith(root) and "site-packages" not in file}
    ours = str((project.root / project.settings.locale).resolve())
    return {path for path in found if path != ours}
