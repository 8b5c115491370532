"""The last marked build, renewed where articles were edited, or all of it begun anew."""

from __future__ import annotations

import shutil
from collections.abc import Set
from dataclasses import replace

from bitext.commands.articles import find_unreadable
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.configuration import hash_options, read_configuration
from bitext.onebuild.marked_build import MarkedState, build_marked
from bitext.onebuild.record import SiteRecord, load, store
from bitext.onebuild.sources import find_outdated, hash_files, hash_settled
from bitext.onebuild.whole_site import WholeSite
from bitext.processes import Tell


def renew_marked(site: WholeSite, tell: Tell) -> SiteRecord | str:
    """Return what came of the last marked build and of what was edited since.

    Of what it would make the same again nothing is made. Else why all has to be read anew.
    """
    known = None if site.options.is_fresh else _load_marked(site)
    if known is None:
        return "there is none"
    read_said = site.become_sphinx(site.project.settings.source_language, tell)
    outdated = _find_outdated(site, known)
    if outdated is None:
        return "something else is other than an article"
    if not outdated:
        return replace(known[0], environment=b"", messages="", said=read_said())
    return _keep_marked(site, *_make_marked(site, known, outdated), said=read_said())


def begin_marked(site: WholeSite, tell: Tell, *, reads_alone: bool = False) -> SiteRecord | str:
    """Return what came of a marked build that reads all, or why one process has to."""
    shutil.rmtree(site.folders.root, ignore_errors=True)  # the states of all languages too
    read_said = site.become_sphinx(site.project.settings.source_language, tell)
    try:
        marked, state = _make_marked(site, None, frozenset(), reads_alone=reads_alone)
    except UnfitError as error:
        return error.message
    return _keep_marked(site, marked, state, said=read_said())


def _load_marked(site: WholeSite) -> tuple[SiteRecord, MarkedState] | None:
    """Return what the last marked build left, if all of it is there."""
    try:
        known, state = load(site.folders.site), load(site.folders.state)
    except (OSError, ValueError):
        return None
    if not isinstance(known, SiteRecord) or not isinstance(state, MarkedState):
        return None
    folders = site.folders
    files = (file(name) for name in known.docnames for file in (folders.record, folders.article))
    return (known, state) if all(path.is_file() for path in files) else None


def _find_outdated(site: WholeSite, known: tuple[SiteRecord, MarkedState]) -> set[str] | None:
    """Return the pages to read again; None if all have to be."""
    marked, state = known
    if state.is_contested or marked.unreadable != tuple(find_unreadable(site.project)):
        return None
    configured = read_configuration(site.configuration)
    if marked.configured != hash_options(configured, marked.options):
        return None
    if marked.fingerprint != hash_settled(site.project, site.configuration, marked.extra):
        return None
    files = hash_files(site.project, set().union(*state.made_from.values()))
    return find_outdated(state.files, files, state.made_from)


def _make_marked(
    site: WholeSite,
    known: tuple[SiteRecord, MarkedState] | None,
    outdated: Set[str],
    *,
    reads_alone: bool = False,
) -> tuple[SiteRecord, MarkedState]:
    """Run the marked build. Killed, it leaves nothing that the next one would build on."""
    site.folders.state.unlink(missing_ok=True)
    return build_marked(
        site.project,
        site.configuration,
        site.folders,
        jobs=site.jobs,
        reads_alone=reads_alone,
        before=known,
        outdated=outdated,
    )


def _keep_marked(
    site: WholeSite, marked: SiteRecord, state: MarkedState, *, said: str
) -> SiteRecord:
    store(site.folders.site, marked)
    store(site.folders.state, state)
    return replace(marked, environment=b"", said=said)
