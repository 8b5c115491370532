"""``bitext export``: articles and catalogs → side-by-side or localized Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.commands.views import choose_languages
from bitext.disk import read_file, write_files
from bitext.errors import ArticleError, BitextError, CatalogError, UsageError
from bitext.project import Project

if TYPE_CHECKING:
    from bitext.bilingual.exporting import Form

_BATCH = 64


@dataclass(slots=True)
class ExportReport:
    """What an export wrote, or would write."""

    articles: int = 0
    written: list[str] = field(default_factory=list)
    left_out: int = 0
    """Articles that the language has no catalog of, which side by side are none."""

    bare: int = 0
    """Articles without any translation, written in English."""

    errors: list[BitextError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Exported:
    article: str
    content: bytes
    is_translated: bool
    has_catalog: bool


def run_export(
    project: Project,
    tag: str,
    folder: Path,
    *,
    form: Form,
    articles: Sequence[str] = (),
    check: bool = False,
) -> ExportReport:
    """Write the articles in a language below `folder`; with `check`, only say which would change.

    Raises `UsageError` for an article that the project does not have.
    """
    choose_languages(project, [tag])
    every = project.find_articles()
    unknown = sorted(set(articles) - set(every))
    if unknown:
        raise UsageError(f"there is no article {unknown[0]!r}; name it as below the source folder")
    chosen = [article for article in every if not articles or article in articles]
    if folder.resolve() == project.source.resolve():
        raise UsageError(f"{folder} holds the English articles; choose another folder")
    report = ExportReport(articles=len(chosen))
    changes: dict[Path, bytes] = {}
    for result in _export_all(project, chosen, tag, form):
        if isinstance(result, BitextError):
            report.errors.append(result)
            continue
        if form.is_side_by_side and not result.has_catalog:
            report.left_out += 1
            continue
        path = folder / result.article
        report.bare += not result.is_translated
        if not path.is_file() or path.read_bytes() != result.content:
            changes[path] = result.content
    report.written = [str(path) for path in changes]
    if not check:
        write_files({path: content.decode() for path, content in changes.items()}, folder)
    return report


def _export_all(
    project: Project, articles: Sequence[str], tag: str, form: Form
) -> Iterator[_Exported | BitextError]:
    from bitext.bilingual import exporting  # noqa: F401 - processes start with what is imported
    from bitext.executor import map_batches

    return map_batches(partial(_export_batch, project, tag, form), articles, batch=_BATCH)


def _export_batch(
    project: Project, tag: str, form: Form, articles: Sequence[str]
) -> list[_Exported | BitextError]:
    """Return a batch of articles in a language, an error in place of one that cannot be read."""
    from bitext.bilingual.exporting import Unit, export

    results: list[_Exported | BitextError] = []
    for article in articles:
        try:
            shown = f"{project.settings.source}/{article}"
            content = read_file(str(project.source / article), ArticleError, shown) or b""
            pot, po = project.template_path(article), project.catalog_path(article, tag)
            unit = Unit(
                article=article,
                content=content,
                pot=(project.shown(pot), _read(pot, project)),
                po=(project.shown(po), _read(po, project)),
                former=_read(project.former_path(article, tag), project),
            )
            text, is_translated = export(unit, project.settings, tag, form)
            results.append(_Exported(article, text.encode(), is_translated, bool(unit.po[1])))
        except BitextError as error:
            results.append(error)
    return results


def _read(path: Path, project: Project) -> bytes:
    return read_file(str(path), CatalogError, project.shown(path)) or b""
