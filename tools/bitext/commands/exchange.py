"""``bitext export`` and ``bitext import`` of TMX and XLIFF: entries for other tools, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bitext.adoption import Fate, FoundMessage, adopt
from bitext.commands.import_po import find_blocks
from bitext.commands.update import run_update
from bitext.commands.views import choose_languages, current_templates, view_language
from bitext.disk import read_file, write_files
from bitext.encoding import located
from bitext.errors import BitextError, CatalogError, UsageError
from bitext.exchange.tmx import find_memory_units, parse_tmx, serialize_tmx
from bitext.exchange.xliff import parse_xliff, serialize_xliff
from bitext.foreign import Message
from bitext.languages import parse_language
from bitext.lock import Write, alone
from bitext.markdown.cutting import cut_block
from bitext.model import State
from bitext.po import Catalog, Entry, serialize
from bitext.project import Project
from bitext.receiving import Receipt, receive, receive_memory
from bitext.segments import make_grammar
from bitext.sentences.foreign import find_candidates
from bitext.states import find_standings


@dataclass(slots=True)
class ExchangeReport:
    """What came of a file."""

    tag: str
    counts: dict[str, int] = field(default_factory=dict)
    """How many translations had each fate, in words that people read."""

    written: list[str] = field(default_factory=list)
    errors: list[BitextError] = field(default_factory=list)


def run_export_tmx(
    project: Project, tag: str, path: Path, *, check: bool = False, with_fuzzy: bool = False
) -> ExchangeReport:
    """Write the memory of a language: what its catalogs translate, retired entries too."""
    catalogs, report = _current(project, tag)
    entries = [entry for catalog in catalogs.values() for entry in catalog.entries]
    units = list(dict.fromkeys(find_memory_units(entries, with_fuzzy=with_fuzzy)))
    source = project.settings.source_language
    report.counts["translations"] = len(units)
    return _write_export(
        path, serialize_tmx(units, source_language=source, language=tag), report, check=check
    )


def run_export_xliff(
    project: Project, tag: str, path: Path, *, check: bool = False, unfinished: bool = False
) -> ExchangeReport:
    """Write the entries of a language; with `unfinished` only those that need a translator."""
    catalogs, report = _current(project, tag)
    articles: dict[str, Sequence[Entry]] = {}
    for article, catalog in catalogs.items():
        entries = [
            standing.entry
            for standing in find_standings(catalog.entries)
            if not unfinished or not (standing.is_covered or standing.state is State.TRANSLATED)
        ]
        if entries:
            articles[f"{project.settings.source}/{article}"] = entries
            report.counts["entries"] = report.counts.get("entries", 0) + len(entries)
    source = project.settings.source_language
    text = serialize_xliff(articles, source_language=source, language=tag)
    return _write_export(path, text, report, check=check)


def _current(project: Project, tag: str) -> tuple[Mapping[str, Catalog], ExchangeReport]:
    """Return a language's catalogs as `update` would leave them."""
    choose_languages(project, [tag])
    templates = current_templates(project)
    view = view_language(project, tag, templates.catalogs)
    return view.catalogs, ExchangeReport(tag, errors=[*templates.errors, *view.errors])


def _write_export(path: Path, text: str, report: ExchangeReport, *, check: bool) -> ExchangeReport:
    """Write the file, unless it says the same already."""
    old = read_file(str(path), CatalogError, str(path))
    if old != text.encode():
        report.written.append(str(path))
        if not check:
            write_files({path: text}, path.parent)
    return report


def run_import_xliff(
    project: Project, tag: str, path: Path, *, check: bool = False
) -> ExchangeReport:
    """Take an XLIFF document in that a tool has worked on."""
    content = _read(path)
    with located(str(path)):
        document = parse_xliff(content)
        _require_language(document.source_language, project.settings.source_language)
        _require_language(document.language, tag)

    def take(catalogs: Mapping[str, Catalog], report: ExchangeReport) -> Mapping[str, Catalog]:
        received = receive(document.units, catalogs)
        report.counts.update((str(receipt), n) for receipt, n in received.receipts.items())
        return received.catalogs

    return _import(project, tag, take, check=check)


def run_import_tmx(
    project: Project, tag: str, path: Path, *, check: bool = False
) -> ExchangeReport:
    """Take a translation memory in: into entries that have no translation, else for the memory."""
    content = _read(path)
    source = project.settings.source_language
    with located(str(path)):
        units = parse_tmx(content, source_language=source, language=tag)

    def take(catalogs: Mapping[str, Catalog], report: ExchangeReport) -> Mapping[str, Catalog]:
        received = receive_memory(units, catalogs)
        filled = {**catalogs, **received.catalogs}
        messages = [
            FoundMessage(
                str(path),
                "",
                Message(u.english, u.translation, u.line, is_fuzzy=u.is_fuzzy, comments=u.comments),
            )
            for u in received.rest
        ]
        grammar = make_grammar(project.settings)
        cut = partial(cut_block, md=grammar.parser, env={})
        adopted = adopt(
            messages,
            list(find_blocks(project, current_templates(project).catalogs)) if messages else [],
            filled,
            cut=lambda text: cut(text, find_cuts=grammar.find_cuts),
            cut_translation=lambda text: cut(text, find_cuts=partial(find_candidates, tag=tag)),
        )
        report.counts.update((str(receipt), n) for receipt, n in received.receipts.items())
        _count_fates(adopted.fates, report)
        return {**received.catalogs, **adopted.catalogs}

    return _import(project, tag, take, check=check)


def _count_fates(fates: Sequence[tuple[FoundMessage, Fate]], report: ExchangeReport) -> None:
    for _, fate in fates:
        name = str(Receipt.KNOWN if fate is Fate.KNOWN else fate)
        report.counts[name] = report.counts.get(name, 0) + 1


_Take = Callable[[Mapping[str, Catalog], ExchangeReport], Mapping[str, Catalog]]
"""(catalogs, report) → those that change."""


def _import(project: Project, tag: str, take: _Take, *, check: bool) -> ExchangeReport:
    """Bring catalogs up, take something in and bring them up again."""
    from bitext.commands.gettext import run_gettext

    choose_languages(project, [tag])
    errors = [] if check else run_gettext(project).errors
    with alone(project.root, is_writing=not check) as write:
        catalogs, report = _current(project, tag)
        changed = take(catalogs, report)
        _write_catalogs(project, changed, report, None if check else write)
    report.errors += errors
    if not check:
        report.errors += run_update(project, [tag]).errors
    return report


def _write_catalogs(
    project: Project, changed: Mapping[str, Catalog], report: ExchangeReport, write: Write | None
) -> None:
    texts = {project.catalog_path(a, report.tag): serialize(one) for a, one in changed.items()}
    report.written += [project.shown(path) for path in texts]
    if write is not None:
        write(texts)


def _read(path: Path) -> bytes:
    content = read_file(str(path), CatalogError, str(path))
    if content is None:
        raise UsageError(f"there is no {path}")
    return content


def _require_language(name: str, tag: str) -> None:
    """Raise `CatalogError` if a document is of another language than is meant."""
    said, own = parse_language(name.replace("_", "-")), parse_language(tag)
    if said is None or own is None or said.language != own.language:
        raise CatalogError(f"it is of the language {name!r}, not {tag}", line=1)
