"""What is wrong with articles and POT files, before any language is looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bitext.checks import Finding, Severity
from bitext.checks.catalog import BEHIND, OLD_CUTS
from bitext.checks.source import NOT_EXTRACTED
from bitext.commands.noted import find_all_not_extracted
from bitext.commands.stats import finding_of
from bitext.commands.views import Templates
from bitext.ledger import SEGMENTER_FIELD
from bitext.project import Project


def find_in_articles(
    project: Project, templates: Templates, articles: Collection[str]
) -> Iterator[Finding]:
    """Yield what is wrong with the articles of `templates`; `articles` are all of the project."""
    disabled = project.settings.check.disable
    yield from map(finding_of, templates.errors)
    if NOT_EXTRACTED not in disabled:
        yield from find_all_not_extracted(project, templates.noted, articles)
    if OLD_CUTS not in disabled:
        yield from _find_old_cuts(project, templates)
    if BEHIND not in disabled:
        yield from _find_behind(project, templates)


def _find_old_cuts(project: Project, templates: Templates) -> Iterator[Finding]:
    """Yield the articles whose POT names other rules than the project's."""
    from bitext.segments import sentence_rules

    wanted = sentence_rules(project.settings).label
    for article in templates.catalogs:
        own = templates.catalogs.field(article, SEGMENTER_FIELD)
        if own and own != wanted:
            what = f"is cut by {own!r}, the project by {wanted!r}; its IDs stay"
            message = f"{what}, or run 'bitext gettext --resegment'"
            path = project.shown_template(article)
            yield Finding(path, 0, Severity.INFO, message, OLD_CUTS, article=article)


def _find_behind(project: Project, templates: Templates) -> Iterator[Finding]:
    """Yield the articles that have changed since their POT."""
    for article in templates.behind:
        path = project.shown_template(article)
        message = f"is behind {project.settings.source}/{article}; run 'bitext gettext'"
        yield Finding(path, 0, Severity.INFO, message, BEHIND, article=article)
