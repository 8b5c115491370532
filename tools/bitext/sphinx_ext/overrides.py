"""Files of a site that take the place of those of Sphinx and of its theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from sphinx import package_dir

from bitext.languages import direction
from bitext.sphinx_ext.mirroring import is_one_sided, mirror_style
from bitext.sphinx_ext.nodes import is_site
from bitext.sphinx_ext.script_words import complete_script

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from bitext.sphinx_ext.theme_words import Words

_SCRIPT = "translations.js"
"""Sphinx's name of what gives scripts their words."""

_FOLDER = "bitext-static"

_AS_READ = "surrogateescape"
"""How bytes of a style sheet that are no UTF-8 are kept."""


def override_files(app: Sphinx, words: Words) -> None:
    """Let the site of a language have files that say its words and run in its direction.

    Sphinx copies what `html_static_path` names after its own and the theme's files. A project's own
    come last and win.
    """
    folder = Path(app.doctreedir, _FOLDER)
    rmtree(folder, ignore_errors=True)
    if not is_site(app.builder):
        return
    for name, text in _find_files(app, words):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors=_AS_READ, newline="\n")
    if folder.is_dir():
        app.config.html_static_path = [str(folder), *app.config.html_static_path]


def _find_files(app: Sphinx, words: Words) -> Iterator[tuple[str, str]]:
    """Yield each file that takes the place of another, by its name among static files."""
    builder: Any = app.builder
    tag, language = app.config.bitext_language, app.config.language
    own = builder._get_translations_js()  # what Sphinx copies has no other name
    wider = Path(package_dir, "locale", language.partition("_")[0], "LC_MESSAGES/sphinx.js")
    paths = [path for path in dict.fromkeys((own, wider)) if path and path.is_file()]
    if paths or words.messages or words.plurals:
        scripts = [path.read_text(encoding="utf-8") for path in paths]
        yield _SCRIPT, complete_script(scripts, words, tag=tag, name=language)
        if not own:
            app.add_js_file(_SCRIPT)
    if direction(tag) == "rtl":
        yield from _find_mirrored(builder)


def _find_mirrored(builder: Builder) -> Iterator[tuple[str, str]]:
    """Yield the mirrored style sheets of a theme that knows nothing of directions."""
    theme: Any = getattr(builder, "theme", None)
    for entry in reversed(theme.get_theme_dirs() if theme else ()):
        static = Path(entry, "static")
        for path in sorted(static.rglob("*.css")):
            style = path.read_text(encoding="utf-8", errors=_AS_READ)
            if is_one_sided(style):
                yield path.relative_to(static).as_posix(), mirror_style(style)
