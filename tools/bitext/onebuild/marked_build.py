"""The marked build: one run of Sphinx, and all of the site that its languages need to know."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from bitext.commands.articles import find_unreadable
from bitext.languages import sphinx_name
from bitext.onebuild.environment import dump_environment, find_held
from bitext.onebuild.marked_builder import MarkedBuilder
from bitext.onebuild.marked_sphinx import MarkedSphinx
from bitext.onebuild.record import Folders, PageRecord, SiteRecord, load
from bitext.onebuild.slots import find_sentences, has_slot
from bitext.project import Project
from bitext.sphinx_languages import sphinx_languages

_SHARED = frozenset(
    "alabaster babel bitext docutils furo jinja2 markdown_it mdit_py_plugins myst_parser"
    " snowballstemmer sphinx sphinxcontrib".split()
)
"""Packages whose modules do nothing but define what they are for when they are imported."""


def build_marked(
    project: Project, configuration: Path, folders: Folders, *, is_fresh: bool
) -> SiteRecord:
    """Run the marked build; to be called in a process of its own."""
    with patch_docutils(configuration), docutils_namespace():
        return _build(project, configuration, folders, is_fresh=is_fresh)


def _build(
    project: Project, configuration: Path, folders: Folders, *, is_fresh: bool
) -> SiteRecord:
    messages = io.StringIO()
    app = MarkedSphinx(
        project,
        folders,
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
        status=None,
        warning=messages,
        freshenv=is_fresh,
    )
    app.build(force_all=is_fresh)
    assert isinstance(app.builder, MarkedBuilder)
    environment = dump_environment(app.env)
    shown, homes = _find_shown(app.builder, find_held(app.env, environment))
    return SiteRecord(
        environment=environment,
        docnames=tuple(sorted(app.env.found_docs)),
        images=dict(app.builder.images),
        messages=messages.getvalue(),
        shown=shown,
        homes=homes,
        extra=tuple(sorted(_find_extra(app, project))),
        unreadable=tuple(find_unreadable(project)),
        modules=tuple(name for name in sys.modules if name.partition(".")[0] in _SHARED),
    )


def _find_shown(
    builder: MarkedBuilder, held: set[str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return the pages that show each sentence which is shown on another than its own.

    And, of those sentences that the environment holds, which page is its own.
    """
    shown: dict[str, list[str]] = {}
    homes: dict[str, str] = {}
    for docname in sorted(builder.env.found_docs):
        record: PageRecord = load(builder.folders.record(docname))
        for identifier in _sentences_on(record):
            shown.setdefault(identifier, []).append(docname)
        homes |= dict.fromkeys(held & (record.named | record.english.keys()), docname)
    return {own: tuple(docnames) for own, docnames in shown.items() if len(docnames) > 1}, homes


def _sentences_on(record: PageRecord) -> set[str]:
    """Return all sentences that a page or its search entry shows."""
    texts = [*record.page[1::2], *(o.html for o in record.english.values() if has_slot(o.html))]
    texts += [own.text for own in record.search if has_slot(own.text)]
    found = {own for text in texts for own in find_sentences(text)}
    return found | {own.text for own in record.search if own.kind == "sentence"}


def _find_extra(app: Sphinx, project: Project) -> set[str]:
    """Return the files and folders that a build reads, besides articles and catalogs."""
    config = app.config
    listed = [*config.templates_path, *config.html_static_path, *config.html_extra_path]
    listed += [*config.locale_dirs, config.html_logo or "", config.html_favicon or ""]
    found = {str((app.confdir / path).resolve()) for path in listed if path}
    found |= {str(app.srcdir / path) for paths in app.env.dependencies.values() for path in paths}
    modules = (getattr(module, "__file__", None) or "" for module in list(sys.modules.values()))
    root = str(project.root.resolve())
    found |= {file for file in modules if file.startswith(root) and "site-packages" not in file}
    ours = str((project.root / project.settings.locale).resolve())
    return {path for path in found if path != ours}
