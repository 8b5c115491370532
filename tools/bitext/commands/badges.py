"""``bitext stats --badges``: an SVG picture of each language's coverage."""

from __future__ import annotations

from pathlib import Path

from bitext.checks import CheckReport
from bitext.disk import read_file, write_files
from bitext.errors import UsageError
from bitext.project import Project
from bitext.reports.badge import make_badge


def write_badges(project: Project, report: CheckReport, name: str) -> list[str]:
    """Write the badges to the folder `name`; return the paths of those that changed."""
    folder = project.root / name
    changes: dict[Path, str | None] = {}
    for language in report.languages:
        path = folder / f"{language.tag}.svg"
        badge = make_badge(language.tag, language.total.per_cent, required=language.required)
        if read_file(str(path), UsageError, project.shown(path)) != badge.encode():
            changes[path] = badge
    write_files(changes, project.root)
    return [project.shown(path) for path in changes]
