"""Event handlers: fetch, call, store."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging

from bitext.errors import BitextError
from bitext.languages import direction
from bitext.sphinx_ext.nodes import unwrap_segments
from bitext.sphinx_ext.page import page_of, set_page
from bitext.sphinx_ext.reading import Reading, find_project, language_tag

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_LOGGER = logging.getLogger(__name__)
_SEEN = "bitext_seen"
"""The attribute of Sphinx's environment: docname → what its page was made from."""


class Pages:
    """The handlers, and the catalogs of this run. Results live in Sphinx's environment."""

    def __init__(self) -> None:
        self._reading: Reading | None = None

    def configure(self, app: Sphinx, config: Config) -> None:
        """Hand the project's settings to Sphinx and MyST."""
        try:
            project = find_project(Path(app.confdir))
            tag = language_tag(config.bitext_language or config.language, project.settings)
            self._reading = Reading(project, "" if tag == project.settings.source_language else tag)
        except BitextError as error:
            raise ExtensionError(str(error)) from error
        settings = project.settings
        config.bitext_language = tag
        config.bitext_settings = repr(settings)
        config.exclude_patterns = [*config.exclude_patterns, *settings.exclude]
        config.myst_enable_extensions = set(settings.myst_extensions)

    def find_outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: Set[str],
        changed: Set[str],
        removed: Set[str],
    ) -> Iterable[str]:
        """Return the pages whose catalogs say something else than when they were read."""
        seen: dict[str, Any] = getattr(env, _SEEN, {})
        if self._reading is None:
            return []
        reading = self._reading
        return [name for name, made_from in seen.items() if not reading.is_current(made_from)]

    def localize(self, app: Sphinx, docname: str, content: list[str]) -> None:
        """Find the sentences of an article before it is parsed."""
        path = Path(app.env.doc2path(docname))
        if self._reading is None or not self._reading.is_article(path):
            return
        try:
            page, made_from = self._reading.read(path, content[0])
        except BitextError as error:
            _LOGGER.warning(
                "%s; the page is shown in English", error.message, location=error.place or docname
            )
            return
        set_page(app.env, page)
        if not hasattr(app.env, _SEEN):
            setattr(app.env, _SEEN, {})
        getattr(app.env, _SEEN)[docname] = made_from
        unknown = page.localization.unknown
        if unknown:
            message = "%d sentences have no ID yet and are shown in English; run 'bitext gettext'"
            _LOGGER.warning(message, unknown, location=docname, type="bitext", subtype="behind")

    def finish(self, app: Sphinx, doctree: nodes.document) -> None:
        """Keep titles and navigation free of sentences' nodes."""
        docname = app.env.current_document.docname
        if page_of(app.env) is None:
            return
        for title in (app.env.titles[docname], app.env.longtitles[docname], app.env.tocs[docname]):
            unwrap_segments(title)

    def purge(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        getattr(env, _SEEN, {}).pop(docname, None)

    def merge(
        self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
    ) -> None:
        """Take over what another process read."""
        theirs: dict[str, Any] = getattr(other, _SEEN, {})
        mine: dict[str, Any] = {**getattr(env, _SEEN, {})}
        mine.update((name, theirs[name]) for name in docnames if name in theirs)
        setattr(env, _SEEN, mine)

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
        context["bitext_direction"] = direction(app.config.bitext_language)
        metadata = app.env.metadata.get(pagename, {})
        tags = [
            f'<meta name="{name}" content="{escape(" ".join(str(metadata[name]).split()))}" />'
            for name in ("description", "keywords")
            if metadata.get(name) and f'name="{name}"' not in context.get("metatags", "")
        ]
        context["metatags"] = "\n".join([context.get("metatags", ""), *tags])
