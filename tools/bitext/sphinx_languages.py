"""Sphinx's names of languages, and the project's tags."""

from __future__ import annotations

from importlib.resources import files

from bitext.errors import UsageError
from bitext.languages import PSEUDO_LANGUAGE, parse_language, sphinx_name
from bitext.settings import Settings


def sphinx_languages() -> frozenset[str]:
    """Return the languages that Sphinx has message catalogs of."""
    return frozenset(entry.name for entry in files("sphinx.locale").iterdir() if entry.is_dir())


def language_tag(name: str | None, settings: Settings) -> str:
    """Return the project's tag of the language that Sphinx is set to.

    Raises `UsageError` if the project does not list it.
    """
    tags = (settings.source_language, *settings.languages, PSEUDO_LANGUAGE)
    wanted = (name or "en").replace("_", "-").lower()
    for tag in tags:
        language = parse_language(tag)
        names = {tag, sphinx_name(tag, sphinx_languages()), language.gettext if language else tag}
        if wanted in {known.replace("_", "-").lower() for known in names}:
            return tag
    if wanted.partition("-")[0] == settings.source_language.partition("-")[0].lower():
        return settings.source_language
    known = ", ".join(tags[:-1])
    raise UsageError(f"language {name!r} is not one of this project ({known}); add it to languages")
