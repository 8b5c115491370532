"""``bitext check --fix``: what can be mended for sure, in the PO files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from functools import partial
from pathlib import Path

from bitext.checks.glossary import Glossary, make_glossary
from bitext.checks.mending import Fix, mend_catalog
from bitext.commands.terms import read_terms
from bitext.commands.texts import catalog_folder
from bitext.commands.views import choose_languages
from bitext.encoding import located
from bitext.errors import CatalogError
from bitext.lock import alone
from bitext.po import parse, serialize
from bitext.project import Project
from bitext.segments import make_grammar


@dataclass(slots=True)
class FixReport:
    """What was mended, or would be."""

    fixes: dict[str, tuple[Fix, ...]] = field(default_factory=dict)
    """By the path of the PO file, as messages show it."""

    diffs: list[str] = field(default_factory=list)
    """The changes of each file, as a unified diff."""


def run_fix(project: Project, tags: Sequence[str] = (), *, is_writing: bool = True) -> FixReport:
    """Mend the PO files of languages; unless `is_writing`, only return what would change.

    A file that cannot be read is left to `run_check` to name.
    """
    report = FixReport()
    chosen = choose_languages(project, tags)
    terms = read_terms(project)
    with alone(project.root, is_writing=is_writing) as write:
        changes: dict[Path, str | None] = {}
        for tag in chosen:
            folder = catalog_folder(project, tag)
            texts = folder.read(project.find_catalogs(tag))
            glossary = make_glossary(terms, tag)
            for article, text in texts.items():
                if not isinstance(text, str):
                    continue
                shown = folder.shown_file(article)
                mended = _mend(project, text, shown, tag, glossary=glossary)
                if mended:
                    new, report.fixes[shown] = mended
                    report.diffs.append(_diff(text, new, shown))
                    changes[project.catalog_path(article, tag)] = new
        if is_writing:
            write(changes)
    return report


def _mend(
    project: Project, text: str, shown: str, tag: str, *, glossary: Glossary
) -> tuple[str, tuple[Fix, ...]] | None:
    """Return the new text of a catalog and its fixes; None if there is nothing to mend."""
    try:
        with located(shown):
            catalog = parse(text)
    except CatalogError:
        return None
    mended = mend_catalog(
        catalog,
        tag,
        grammar=partial(make_grammar, project.settings),
        disabled=project.settings.check.disable,
        glossary=glossary,
    )
    return (serialize(mended.catalog), mended.fixes) if mended.fixes else None


def _diff(old: str, new: str, shown: str) -> str:
    """Return a unified diff whose lines are those of the files."""
    lines = unified_diff(
        old.split("\n"), new.split("\n"), f"a/{shown}", f"b/{shown}", lineterm="", n=3
    )
    return "\n".join(lines)
