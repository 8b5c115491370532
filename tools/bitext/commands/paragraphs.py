"""``bitext join`` and ``bitext split``: one entry for all sentences of a block, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bitext.commands.views import choose_languages
from bitext.disk import read_file
from bitext.encoding import decode_catalog, located
from bitext.errors import CatalogError, UsageError
from bitext.joining import find_missing, find_unfinished, join_run, split_run
from bitext.ledger import find_prefix
from bitext.lock import alone
from bitext.model import SegmentId
from bitext.paragraphs import Run, find_runs, match_paragraphs
from bitext.places import is_html
from bitext.po import Catalog, Entry, parse, serialize
from bitext.project import Project


@dataclass(frozen=True, slots=True)
class JoinReport:
    """What was joined or split."""

    path: str
    """The PO file, as messages show it."""

    id: str
    """Of the paragraph entry."""

    sentences: tuple[str, ...]
    """The IDs of its sentences."""

    unfinished: tuple[str, ...] = ()
    """Those whose translation the new entry lacks, or has from a fuzzy one."""


class _Place(NamedTuple):
    """A block in a language's catalog."""

    path: str
    catalog: Catalog
    run: Run
    paragraph: Entry | None
    """Its paragraph entry in use."""


def run_join(project: Project, identifier: str, tag: str, *, check: bool = False) -> JoinReport:
    """Join the sentences of the block that holds one; with `check`, only say what would be joined.

    Raises `UsageError` where that cannot be.
    """
    choose_languages(project, [tag])
    own = _parse_id(identifier)
    with alone(project.root, is_writing=not check) as write:
        path, catalog, run, paragraph = _find_place(project, own, tag)
        _require_joinable(own, run)
        names = ", ".join(map(str, run.ids))
        if paragraph is not None:
            message = f"{names} are joined in {paragraph.msgctxt}"
            raise UsageError(f"{message}; translate that entry, or split it", path=path)
        missing = find_missing(catalog, run)
        if missing:
            message = f"it does not have {missing} as the POT has it; run 'bitext update' first"
            raise UsageError(message, path=path)
        joined, entry = join_run(catalog, run)
        if not check:
            write({project.root / path: serialize(joined)})
    unfinished = find_unfinished(catalog, run) if entry.is_fuzzy else []
    return JoinReport(path, entry.msgctxt or "", tuple(map(str, run.ids)), tuple(unfinished))


def run_split(project: Project, identifier: str, tag: str, *, check: bool = False) -> JoinReport:
    """Undo the paragraph entry of a block; with `check`, only say what would be split.

    Raises `UsageError` if there is none.
    """
    choose_languages(project, [tag])
    own = _parse_id(identifier)
    with alone(project.root, is_writing=not check) as write:
        path, catalog, run, paragraph = _find_place(project, own, tag)
        if paragraph is None:
            message = f"{own} is not joined with other sentences; there is nothing to split"
            raise UsageError(message, path=path)
        if not check:
            write({project.root / path: serialize(split_run(catalog, run, paragraph))})
    return JoinReport(path, paragraph.msgctxt or "", tuple(map(str, run.ids)))


def _parse_id(text: str) -> SegmentId:
    found = SegmentId.parse(text)
    if found is None:
        way = "it looks like 137fa-103 and stands in msgctxt"
        raise UsageError(f"{text!r} is not the ID of a sentence; {way}")
    return found


def _find_place(project: Project, own: SegmentId, tag: str) -> _Place:
    """Return the block of a sentence, or of a paragraph entry, in a language's catalog."""
    article, template = _find_template(project, own)
    path = project.shown(project.catalog_path(article, tag))
    catalog = _read(project, path)
    if catalog is None:
        message = f"{tag} has no {path}; run 'bitext update' first"
        raise UsageError(message)
    runs = list(find_runs(template.entries))
    in_use = {n: e for n, e in enumerate(catalog.entries) if not e.is_obsolete}
    matched = match_paragraphs(list(in_use.values()), runs)
    entries = list(in_use.values())
    paragraphs = {run.place: entries[n] for n, run in matched.items()}
    sentence = own._replace(is_paragraph=False)
    named = [r for r in runs if own.is_paragraph and _is_id(paragraphs.get(r.place), own)]
    holding = [run for run in runs if sentence in run.ids]
    run = next(iter([*named, *holding]), None)
    if run is None:
        shown = project.shown_template(article)
        raise UsageError(f"there is no {own} in {shown}; it lists the IDs of {article}")
    return _Place(path, catalog, run, paragraphs.get(run.place))


def _is_id(entry: Entry | None, own: SegmentId) -> bool:
    return entry is not None and entry.msgctxt == str(own)


def _find_template(project: Project, own: SegmentId) -> tuple[str, Catalog]:
    """Return the article whose prefix an ID has, and its POT."""
    for article in project.find_templates():
        path = project.shown_template(article)
        content = read_file(str(project.root / path), CatalogError, path) or b""
        if find_prefix(content.decode(errors="replace")) == own.prefix:
            with located(path):
                return article, parse(decode_catalog(content, path), is_merged=True)
    message = f"no POT file has the IDs {own.prefix}-…"
    raise UsageError(f"{message}; take the ID from msgctxt, or run 'bitext gettext' first")


def _read(project: Project, path: str) -> Catalog | None:
    """Return a catalog; None if there is none."""
    content = read_file(str(project.root / path), CatalogError, path)
    if content is None:
        return None
    with located(path):
        return parse(decode_catalog(content, path))


def _require_joinable(own: SegmentId, run: Run) -> None:
    """Raise `UsageError` if a block cannot have a paragraph entry."""
    if len(run.entries) == 1:
        message = f"{own} has no other sentence beside it"
        raise UsageError(f"{message}; translate its own entry")
    if is_html(run.entries[0]):
        message = f"{own} stands in an HTML block, whose sentences cannot be joined"
        raise UsageError(f"{message}; translate their own entries")
