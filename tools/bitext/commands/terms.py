"""The project's terms, read from ``locale/terms.csv``."""

from __future__ import annotations

from collections.abc import Sequence

from bitext.checks.glossary import Term, parse_terms
from bitext.disk import read_file
from bitext.encoding import located
from bitext.errors import SettingsError
from bitext.project import Project


def read_terms(project: Project) -> Sequence[Term]:
    """Return the terms of all languages; none if there is no file.

    Raises `SettingsError` with the place of the first row that cannot be read.
    """
    shown = project.shown(project.terms)
    content = read_file(str(project.terms), SettingsError, shown)
    if content is None:
        return ()
    with located(shown):
        return parse_terms(_decode(content), project.settings.languages)


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8; save the file as CSV UTF-8"
        raise SettingsError(message, line=line) from error
