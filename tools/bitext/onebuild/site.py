"""The site of one language: its pages from slots, all else by Sphinx itself."""

from __future__ import annotations

import gc
import io
import json
import logging
import os
import shutil
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from sphinx.application import Sphinx
from sphinx.util.build_phase import BuildPhase
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.parallel import SerialTasks

from bitext.commands.sphinx_output import COLOUR
from bitext.languages import sphinx_name
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.configuration import hash_page_options
from bitext.onebuild.language_builder import LanguageBuilder
from bitext.onebuild.language_values import fill_environment, read_values
from bitext.onebuild.marked_nodes import depart_slot, gap, keep, slot, visit_gap, visit_slot
from bitext.onebuild.own_images import find_gone, find_own_images, require_plain_names
from bitext.onebuild.record import Folders, SiteRecord, load, store
from bitext.onebuild.state import LanguageState, find_changed_pages, find_sizes, load_state
from bitext.processes import Tell
from bitext.project import Project
from bitext.sphinx_ext.localized_page import read_editions
from bitext.sphinx_languages import sphinx_languages


class LanguageSphinx(Sphinx):
    """Sphinx in one language, in an environment that a marked build made."""

    def setup_extension(self, extname: str) -> None:
        """Set up an extension; ours with the builder of slots."""
        super().setup_extension(extname)
        if extname == "bitext":
            self.add_builder(LanguageBuilder, override=True)
            self.add_node(slot, html=(visit_slot, depart_slot))
            self.add_node(gap, html=(visit_gap, keep))


@dataclass(frozen=True, slots=True)
class LanguageSite:
    """What came of one language."""

    messages: str
    """What Sphinx warned of."""

    ordinary: Mapping[str, str]
    """Why pages were built the ordinary way, by docname."""

    is_new: bool
    """Whether there is a new site, and beside it what it is made of; else that before is right."""

    said: str = ""
    """What was written to the error stream meanwhile, by ``conf.py`` and extensions."""


def build_language(
    project: Project,
    configuration: Path,
    folders: Folders,
    tag: str,
    *,
    before: tuple[Path, Path],
    output: Path,
    editions: Path,
    pages: Path,
    tell: Tell,
) -> LanguageSite:
    """Build the site of a language in `output`; to be called in a process of its own.

    `editions` is the file of the languages that each page is offered in; to `pages` the names of
    all pages are written.
    `before` is where its last one is, of which pages that are the same are taken, and its state.
    Raises `UnfitError` if the language has to be built the ordinary way.
    """
    site: SiteRecord = load(folders.site)
    known = load_state(before[1], site, before[0])
    changed = set(site.docnames) if known is None else find_changed_pages(project, tag, known, site)
    offered = {docname: tuple(own) for docname, own in read_editions(str(editions)).items()}
    images = find_own_images(project.source, site.dependencies, tag)
    if known is not None:
        changed |= {own for own in site.docnames if offered.get(own) != known.editions.get(own)}
        both = {*images, *known.images}
        changed |= {own for own in both if images.get(own) != known.images.get(own)}
    if known is not None and not changed:
        return LanguageSite("", known.ordinary, is_new=False)
    messages = io.StringIO()
    gc.disable()  # what is read is in use until its page is written
    logging.disable(logging.INFO)  # it has a record made for all that an extension registers
    with patch_docutils(configuration), docutils_namespace():
        app = _make_app(
            project,
            tag,
            configuration=configuration,
            doctrees=folders.root / "languages" / tag,
            output=output,
            overrides={"bitext_editions": str(editions), "bitext_pages": str(pages)},
            messages=messages,
            unreadable=site.unreadable,
        )
        _require_same_options(site.page_options, hash_page_options(app.config))
        builder = app.builder
        assert isinstance(builder, LanguageBuilder)
        builder.folders = folders
        builder.keep_templates(folders.root / "templates")
        builder.settings = project.settings
        builder.own_images = images
        builder.tell = tell
        if known is not None:
            written = frozenset(os.fspath(before[0] / f"{own}.html") for own in site.docnames)
            copy = partial(_take_over, written)
            shutil.copytree(before[0], output, dirs_exist_ok=True, copy_function=copy)
        state = _write_site(builder, project, site=site, known=known, changed=changed)
        app.events.emit("build-finished", None)
    state.files = find_sizes(output)
    state.editions = offered
    store(state_beside(output), state)
    return LanguageSite(COLOUR.sub("", messages.getvalue()), builder.ordinary, is_new=True)


def _require_same_options(marked: Mapping[str, str], own: Mapping[str, str]) -> None:
    """Raise `UnfitError` if the marked build had other values than a language has."""
    names = sorted(name for name in {*marked, *own} if marked.get(name) not in ("", own.get(name)))
    if names:
        raise UnfitError(f"another value in this language: {', '.join(names)}")


def state_beside(output: Path) -> Path:
    """Return where is what a new site is made of, until it takes its place."""
    return output.with_name(f"{output.name}.pickle")


def _make_app(
    project: Project,
    tag: str,
    *,
    configuration: Path,
    doctrees: Path,
    output: Path,
    overrides: Mapping[str, str],
    messages: io.StringIO,
    unreadable: Sequence[str],
) -> Sphinx:
    return LanguageSphinx(
        srcdir=project.source,
        confdir=configuration,
        outdir=output,
        doctreedir=doctrees,
        buildername="html",
        confoverrides={
            "language": sphinx_name(tag, sphinx_languages()),
            "bitext_language": tag,
            "bitext_is_reported": "1",
            "bitext_unreadable": json.dumps(unreadable),
            **overrides,
        },
        status=None,
        warning=messages,
        freshenv=True,
    )


def _write_site(
    builder: LanguageBuilder,
    project: Project,
    *,
    site: SiteRecord,
    known: LanguageState | None,
    changed: set[str],
) -> LanguageState:
    """Write the pages that changed, and all that is one for the site."""
    state = LanguageState(site.fingerprint, site.hashes, site.shared)
    if known is not None:
        state.made_from = dict(known.made_from)
        builder.shared = known.shared.copy()
        builder.is_incremental = True
        builder.ordinary = dict(known.ordinary)
    shared = site.shared
    state.made_from |= read_values(builder, project, changed, shared=shared)
    if known is not None:
        different = builder.shared.find_changed(known.shared) | (shared - known.travelling)
        more = {page for own in different for page in site.shown.get(own, ())} - changed
        if different:  # nobody knows what a page shows that Sphinx writes
            more |= known.ordinary.keys() - changed
        state.made_from |= read_values(builder, project, more, shared=shared)
        changed |= more
    builder.images = dict(site.images)
    changed |= fill_environment(builder, site)
    if known is not None:
        vars(builder.env).update(known.search_index)
    builder.phase = BuildPhase.RESOLVING
    builder.parallel_ok = False
    builder.finish_tasks = SerialTasks()
    builder.chosen = changed
    before = known.lost_images if known else {}
    builder.lost_images = {own: lost for own, lost in before.items() if own not in changed}
    shown = _note_images(builder)
    builder.write(sorted(changed), [], "specific")
    _forget_images(builder, shown, known)
    _copy_sources(builder)
    builder.finish()
    builder.finish_tasks.join()
    state.shared = builder.shared
    state.ordinary = builder.ordinary
    state.images = builder.own_images
    state.lost_images = builder.lost_images
    state.search_index = builder.search_index
    return state


def _note_images(builder: LanguageBuilder) -> set[str]:
    """Let the builder know which images each page shows; return the paths of all."""
    for path, (docnames, name) in builder.env.images.items():
        for docname in docnames:
            builder.images_of.setdefault(docname, []).append((path, name))
    return set(builder.env.images)


def _forget_images(builder: LanguageBuilder, shown: Set[str], known: LanguageState | None) -> None:
    """Forget images of which `shown` says that pages had them, and what the site before had."""
    paths = (shown - builder.env.images.keys()) | find_gone(builder.env, builder.lost_images)
    if paths:
        require_plain_names(builder.env)
    gone = [builder.images.pop(path, "") for path in paths]
    own = known.images.values() if known else ()
    gone += [PurePath(path).name for images in own for path, _ in images]
    for name in filter(None, {*gone} - {*builder.images.values()}):
        Path(builder.outdir, builder.imagedir, name).unlink(missing_ok=True)


def _copy_sources(builder: LanguageBuilder) -> None:
    """Copy what pages link to as their source."""
    folder = builder.folders.pages / "_sources"
    if folder.is_dir():
        shutil.copytree(
            folder, builder.outdir / "_sources", dirs_exist_ok=True, copy_function=_link
        )


def _take_over(pages: Set[str], source: str, target: str) -> None:
    """Take over a file of the site before: one that is not written in place, by a link."""
    is_kept = source in pages or "/_sources/" in source
    (_link if is_kept else shutil.copy2)(source, target)


def _link(source: str, target: str) -> None:
    """Let a file be at a second place, without copying it if that can be."""
    try:
        os.link(source, target)  # no `Path` for each of thousands
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108
        _link(source, target)
    except OSError:
        shutil.copy2(source, target)
