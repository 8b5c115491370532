"""Event handlers: fetch, call, store."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.util import logging

from bitext.cache import digest
from bitext.characters import make_readable
from bitext.collector import collect_rarely
from bitext.commands.articles import find_unreadable
from bitext.commands.gettext import settings_fingerprint
from bitext.errors import BitextError
from bitext.markdown.grammar import LEARN, find_foreign_parsing
from bitext.patterns import literal_pattern
from bitext.sphinx_ext.assets import write_assets
from bitext.sphinx_ext.images import find_new_images
from bitext.sphinx_ext.learn.configuration import prepare_docset
from bitext.sphinx_ext.learn.redirections import write_redirections
from bitext.sphinx_ext.listings import is_listing
from bitext.sphinx_ext.localized_page import (
    find_sentences,
    localize_listing,
    localize_page,
    read_editions,
    state_address,
)
from bitext.sphinx_ext.nodes import is_site, unwrap_segments
from bitext.sphinx_ext.overrides import override_files
from bitext.sphinx_ext.page import ORIGIN, expect_page, has_page, seen_by
from bitext.sphinx_ext.reading import Reading, find_project
from bitext.sphinx_ext.search import choose_search_language
from bitext.sphinx_ext.theme_words import use_words
from bitext.sphinx_languages import language_tag

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_LOGGER = logging.getLogger(__name__)

_SPHINX_IMAGES = "{root}.{language}{ext}"
"""How Sphinx names the images of a language; it does not know our tags."""

_EDITIONS = "bitext_editions"
"""Where the environment keeps what each page offered when it was written."""

_HIDDEN = (".*.md", "**/.*.md", ".*/**.md", "**/.*/**.md")
"""Patterns of what is no article: locks of editors, and folders of other tools."""


_LEARN_NAMES = ("author", "robots", "ms.author", "ms.date", "ms.topic")
"""What of a docset's front matter its pages say too."""


def meta_tag(name: str, value: object) -> str:
    """Return what says a value of the front matter in a page's head."""
    return f'<meta name="{name}" content="{escape(_on_one_line(value))}" />'


def _on_one_line(value: object) -> str:
    """Return a value of the front matter as a meta tag says it; MyST keeps a list as JSON."""
    text = str(value)
    if text.startswith("["):
        with suppress(ValueError, RecursionError):
            text = ", ".join(map(str, json.loads(text)))
    return make_readable(" ".join(text.split()), "").text


class Pages:
    """The handlers, and the catalogs of this run. Results live in Sphinx's environment."""

    def __init__(self) -> None:
        self._reading: Reading | None = None
        self._touched: frozenset[str] | None = None
        self._are_documents_others = False

    def configure(self, app: Sphinx, config: Config) -> None:
        """Hand the project's settings to Sphinx and MyST."""
        collect_rarely()
        try:
            project = find_project(Path(app.confdir))
            tag = language_tag(config.bitext_language or config.language, project.settings)
            self._reading = Reading(project, "" if tag == project.settings.source_language else tag)
            self._reading.prepare()
            words = self._reading.theme_words
        except BitextError as error:
            raise ConfigError(str(error)) from error
        settings = project.settings
        config.bitext_language = tag
        config.bitext_dialect = settings.dialect
        if config.figure_language_filename == _SPHINX_IMAGES:
            config.figure_language_filename = f"{{root}}.{tag}{{ext}}"
        config.bitext_review = settings.site.review
        said = digest(repr(words).encode())
        config.bitext_settings = f"{settings_fingerprint(settings)} {settings.stale(tag)} {said}"
        use_words(app, words)
        is_told = bool(config.bitext_unreadable)
        unreadable = {} if is_told else find_unreadable(project)
        told: list[str] = json.loads(config.bitext_unreadable) if is_told else []
        left_out = [
            *_HIDDEN,
            *settings.exclude,
            *map(literal_pattern, [*unreadable, *told, *project.find_loops()]),
        ]
        config.exclude_patterns = [*config.exclude_patterns, *left_out]
        if not config.bitext_is_reported:
            for wrong in unreadable.values():
                _LOGGER.warning(
                    "%s",
                    f"{wrong.message}; the article is left out",
                    location=wrong.place if wrong.line else f"{wrong.path}:1",
                    type="bitext",
                    subtype="article",
                )
        if settings.dialect == LEARN:
            prepare_docset(config, project)
        _take_extensions(config, self._reading.grammar.config.enable_extensions)
        app.add_search_language(choose_search_language(config))

    def add_reading(self, app: Sphinx) -> None:
        """Let pages find the reading control's files, and those of their language."""
        if is_site(app.builder):
            write_assets(Path(app.outdir) / "_static")
        if self._reading:
            override_files(app, self._reading.theme_words)

    def check_parsing(self, app: Sphinx) -> None:
        """Warn of options in ``conf.py`` that would change how articles are parsed."""
        if self._reading is None:
            return
        config = app.env.myst_config  # type: ignore[attr-defined]
        for name in find_foreign_parsing(config, self._reading.grammar.config):
            message = "myst_%s in conf.py has no effect; set it in [tool.bitext.myst]"
            _LOGGER.warning(message, name, type="bitext", subtype="config")

    def refresh(self, app: Sphinx, articles: frozenset[str]) -> None:
        """Look at the catalogs anew, in a process that stays: only those of `articles` changed."""
        if self._reading:
            self._reading = self._reading.again()
            self._touched = articles
        read_editions.cache_clear()

    def find_outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: Set[str],
        changed: Set[str],
        removed: Set[str],
    ) -> Iterable[str]:
        """Return the pages whose catalogs say something else than when they were read."""
        self._are_documents_others = bool(added or removed) and self._touched is None
        if self._reading is None:
            return []
        is_current = self._reading.is_current
        seen = seen_by(env)
        if self._touched is not None:
            return [
                name
                for name, parts in seen.items()
                if any(part.article in self._touched for part in parts)
            ]
        behind = [name for name, parts in seen.items() if not all(map(is_current, parts))]
        return [*behind, *find_new_images(env, app.config.bitext_language)]

    def find_rewritten(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Return the pages that now offer other languages, or the same with more translated.

        If a page came or went, all are: their navigation leads to it.
        """
        before: Any = getattr(env, _EDITIONS, {})
        now = read_editions(app.config.bitext_editions)
        setattr(env, _EDITIONS, now)
        if self._are_documents_others:
            return sorted(env.found_docs)
        return [name for name in env.found_docs if now.get(name) != before.get(name)]

    def localize(self, app: Sphinx, docname: str, content: list[str]) -> None:
        """Let the parser find the catalogs of an article."""
        if self._reading and self._reading.is_article(Path(app.env.doc2path(docname))):
            expect_page(app.env, self._reading)

    def finish(self, app: Sphinx, doctree: nodes.document) -> None:
        """Keep titles and navigation free of sentences' nodes."""
        docname = app.env.current_document.docname
        if not has_page(app.env):
            return
        for title in (app.env.titles[docname], app.env.longtitles[docname], app.env.tocs[docname]):
            unwrap_segments(title)

    def purge(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        seen_by(env).pop(docname, None)

    def merge(
        self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
    ) -> None:
        """Take over what another process read."""
        theirs = seen_by(other)
        seen_by(env).update((name, theirs[name]) for name in docnames if name in theirs)

    def redirect(self, app: Sphinx, exception: Exception | None) -> None:
        """Write pages for what moved in a docset."""
        if self._reading and exception is None and app.config.bitext_dialect == LEARN:
            write_redirections(app, self._reading.docset)

    def describe(
        self,
        app: Sphinx,
        pagename: str,
        template: str,
        context: dict[str, Any],
        doctree: nodes.document,
    ) -> None:
        """Tell browsers and search engines the page's language and description."""
        context["language"] = app.config.bitext_language
        metadata = app.env.metadata.get(pagename, {})
        names = ["description", "keywords", ORIGIN]
        if self._reading and app.config.bitext_dialect == LEARN:
            names += _LEARN_NAMES
            path = str(app.env.doc2path(pagename, base=False)) if doctree else ""
            own = {name.lower(): value for name, value in metadata.items()}
            metadata = {**self._reading.docset.find_metadata(path), **own}
        tags = [
            meta_tag(name, metadata[name])
            for name in names
            if metadata.get(name) and f'name="{name}"' not in context.get("metatags", "")
        ]
        context["metatags"] = "\n".join([context.get("metatags", ""), *tags])
        if self._reading:
            settings = self._reading.settings
            state_address(app, settings, pagename, context)
            if doctree:
                localize_page(app, settings, pagename, context, find_sentences(doctree))
            elif is_listing(template):
                localize_listing(app, settings, pagename, context)


def _take_extensions(config: Config, known: Set[str]) -> None:
    """Let MyST have the extensions `known`; warn of others in ``conf.py``."""
    unknown = sorted(set(config.myst_enable_extensions) - known)
    if unknown:
        listed = ", ".join(f'"{name}"' for name in sorted({*unknown, *known}))
        message = "myst_enable_extensions in conf.py has no effect; write myst-extensions = [%s]"
        place = "in [tool.bitext] of pyproject.toml"
        _LOGGER.warning(f"{message} {place}", listed, type="bitext", subtype="config")
    config.myst_enable_extensions = set(known)
