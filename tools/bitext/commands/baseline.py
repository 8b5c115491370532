"""``bitext check --baseline``: findings beside those that the project had when it began."""

from __future__ import annotations

from bitext.checks import CheckReport
from bitext.disk import read_file, write_files
from bitext.encoding import decode_catalog
from bitext.errors import CatalogError, UsageError
from bitext.project import Project
from bitext.reports.baseline import (
    Compared,
    compare,
    parse_baseline,
    serialize_baseline,
)


def apply_baseline(project: Project, report: CheckReport, name: str) -> Compared:
    """Take out of `report` what the baseline in the file `name` has; return the comparison."""
    text = _read(project, name)
    if text is None:
        message = "there is no such baseline; write it with --write-baseline"
        raise UsageError(message, path=name)
    languages = [language.tag for language in report.languages]
    compared = compare(report.findings, parse_baseline(text, name), languages=languages)
    report.findings = compared.new
    return compared


def write_baseline(project: Project, report: CheckReport, name: str) -> bool:
    """Write the findings of `report` as a baseline; return whether the file changed."""
    text = serialize_baseline(report.findings)
    if _read(project, name) == text:
        return False
    write_files({project.root / name: text}, project.root)
    return True


def _read(project: Project, name: str) -> str | None:
    """Return the text of a baseline; None if there is none."""
    try:
        content = read_file(str(project.root / name), UsageError, name)
        return None if content is None else decode_catalog(content, name)
    except CatalogError as error:
        raise UsageError("is not UTF-8; restore it", path=name) from error
