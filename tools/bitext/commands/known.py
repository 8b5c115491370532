"""What a check found in the last run: kept beside the hashes of translations, never needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import bitext
from bitext import __version__
from bitext.cache import digest, load_cache, store_cache
from bitext.checks.glossary import Glossary
from bitext.checks.known import Known, parse_known
from bitext.commands.gettext import settings_fingerprint
from bitext.commands.packages import installed_versions
from bitext.project import Project

_CODE = ("checks", "markdown", "characters.py", "languages.py", "writing.py")
"""What of the package decides what is found."""


def load_known(project: Project, tag: str, glossary: Glossary) -> Known:
    """Return what was found in the translations of a language; nothing if that may differ now."""
    return parse_known(load_cache(project.root, _name(tag), _fingerprint(project, glossary)))


def store_known(project: Project, tag: str, glossary: Glossary, known: Known) -> None:
    """Store what was found, if it is not what was stored."""
    if known.is_changed:
        fingerprint = _fingerprint(project, glossary)
        store_cache(project.root, _name(tag), fingerprint, known.serialize())


def _name(tag: str) -> str:
    return f"check-{tag}"


def _fingerprint(project: Project, glossary: Glossary) -> str:
    """Return what findings depend on besides the translation: code, settings and terms."""
    terms = sorted({repr(term) for own in glossary.terms.values() for term in own})
    disabled = sorted(project.settings.check.disable)
    relevant = (__version__, installed_versions(["babel"]), terms, disabled)
    extraction = settings_fingerprint(project.settings)
    return digest(f"{_code_digest()} {extraction} {relevant!r}".encode())


@cache
def _code_digest() -> str:
    """Return a hash of the modules that decide what is found: the same for all languages."""
    package = Path(bitext.__file__).parent
    folders = (package / name for name in _CODE)
    paths = (sorted(one.rglob("*.py")) if one.is_dir() else [one] for one in folders)
    return digest(*(path.read_bytes() for own in paths for path in own if path.is_file()))
