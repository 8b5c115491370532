"""What Sphinx has to know of a docset before it looks for pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bitext.markdown.learn.yaml_pages import find_outermost, is_pivots
from bitext.patterns import literal_pattern

if TYPE_CHECKING:
    from sphinx.config import Config

    from bitext.project import Project


def prepare_docset(config: Config, project: Project) -> None:
    """Let pages in YAML be pages, and begin where the docset does.

    Included files are no pages, and files that name pivots are none.
    """
    articles = project.find_articles()
    pages = set(articles)
    yaml = project.find_yaml_files()
    others = [path for path in yaml if path not in pages or is_pivots(path)]
    config.exclude_patterns = [
        *config.exclude_patterns,
        *project.settings.learn.includes,
        *map(literal_pattern, others),
    ]
    config.source_suffix = {**config.source_suffix, ".yml": "markdown"}
    docnames = {path.rpartition(".")[0] for path in articles if not is_pivots(path)}
    if config.root_doc not in docnames:
        contents = find_outermost(articles) or min(articles, key=_rank, default="")
        config.root_doc = contents.rpartition(".")[0] or config.root_doc


def _rank(article: str) -> tuple[int, str]:
    """Return what sorts the articles from the outermost folder first."""
    return article.count("/"), article
