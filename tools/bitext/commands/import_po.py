"""``bitext import po``: another project's catalogs of paragraphs → ours of sentences."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bitext.adoption import Fate, FoundMessage, PlacedBlock, adopt, find_placed
from bitext.commands.gettext import run_gettext
from bitext.commands.update import run_update
from bitext.commands.views import choose_languages, current_templates, view_language
from bitext.disk import find_files, read_file
from bitext.encoding import decode_article, located
from bitext.errors import BitextError, CatalogError, UsageError
from bitext.foreign import Message, read_foreign
from bitext.languages import gettext_names, parse_language
from bitext.ledger import SEGMENTER_FIELD
from bitext.lock import alone
from bitext.markdown.cutting import cut_block
from bitext.po import Catalog, serialize
from bitext.project import Project
from bitext.segments import make_grammar, read_article
from bitext.sentences.foreign import find_candidates


@dataclass(slots=True)
class LanguageImport:
    """What came of one language's messages."""

    tag: str
    files: int = 0
    is_named: bool = False
    """Whether a person named its one file and the language: its header may say otherwise."""

    fates: Sequence[tuple[FoundMessage, Fate]] = ()
    untranslated: int = 0
    """Messages of theirs without a translation."""

    written: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many messages had each fate, in the order of fates."""
        found = Counter(fate for _, fate in self.fates)
        return {fate: found[fate] for fate in Fate if found[fate]}


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do."""

    languages: list[LanguageImport] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Folders with catalogs of languages that the project does not have."""

    errors: list[BitextError] = field(default_factory=list)


def run_import_po(
    project: Project, path: Path, tags: Sequence[str] = (), *, check: bool = False
) -> ImportReport:
    """Take the translations of the PO files at `path`, a file or folder, into the project.

    With several languages, or none named, `path` holds ``<language>/LC_MESSAGES`` folders.
    """
    _require_foreign(project, path)
    report = ImportReport()
    files = {tag: find_foreign(path, tag) for tag in choose_languages(project, tags)}
    if not tags:
        report.others += _find_others(path, project.settings.languages)
    found = {tag: paths for tag, paths in files.items() if paths}
    if not found and (path.is_file() or len(tags) == 1):
        found = {tag: _all_files(path) for tag in _require_one(project, tags)}
    if not any(found.values()):
        message = f"there are no PO files of {', '.join(files) or 'a language of this project'}"
        raise UsageError(f"{message} in {path}; name the file or folder, and -l LANG")
    if not check:
        report.errors += run_gettext(project).errors
    with alone(project.root, is_writing=not check) as write:
        templates = current_templates(project)
        blocks = list(find_blocks(project, templates.catalogs))
        for tag, paths in found.items():
            language = LanguageImport(tag, len(paths), bool(tags) and path.is_file())
            changed = _import(project, language, paths, templates.catalogs, blocks, report)
            report.languages.append(language)
            texts = {project.catalog_path(article, tag): text for article, text in changed.items()}
            language.written += [project.shown(name) for name in texts]
            if not check:
                write(texts)
    if not check:
        report.errors += run_update(project, list(found)).errors
    return report


def _require_foreign(project: Project, path: Path) -> None:
    """Raise `UsageError` unless `path` is there, and none of the project's own catalogs."""
    if not path.exists():
        raise UsageError(f"there is no {path}")
    own = project.root / project.settings.locale
    if path.resolve().is_relative_to(own.resolve()):
        way = "move the other project's catalogs to a folder of their own first"
        raise UsageError(f"{path} is where this project has its own catalogs; {way}")


def _require_one(project: Project, tags: Sequence[str]) -> Sequence[str]:
    """Return the one language that is meant; raises `UsageError` if that is not clear."""
    chosen = choose_languages(project, tags)
    if len(chosen) != 1:
        raise UsageError("name the language of the PO files with -l LANG")
    return chosen


def find_foreign(path: Path, tag: str) -> list[Path]:
    """Return the PO files of a language in a folder of languages; none if it has none."""
    for name in gettext_names(tag):
        for folder in (path / name / "LC_MESSAGES", path / name):
            if folder.is_dir() and (files := _all_files(folder)):
                return files
    return []


def _find_others(path: Path, tags: Sequence[str]) -> list[str]:
    """Return the folders of languages in a folder that are none of `tags`."""
    if not path.is_dir():
        return []
    known = {name for tag in tags for name in gettext_names(tag)}
    folders = (folder.parent.name for folder in path.glob("*/LC_MESSAGES"))
    return sorted(name for name in folders if name not in known)


def _all_files(path: Path) -> list[Path]:
    """Return a file, or the PO files below a folder."""
    if path.is_file():
        return [path]
    return [path / name for name in find_files(path, ".po")]


def find_blocks(project: Project, templates: Mapping[str, Catalog]) -> Iterator[PlacedBlock]:
    """Yield the blocks of all articles that have a POT."""
    for article, template in templates.items():
        shown = f"{project.settings.source}/{article}"
        content = read_file(f"{project.source}/{article}", CatalogError, shown)
        grammar = make_grammar(project.settings, template.field(SEGMENTER_FIELD) or "")
        text = decode_article(content or b"", shown)
        yield from find_placed(read_article(article, text, grammar), template, grammar)


def _import(
    project: Project,
    language: LanguageImport,
    paths: Sequence[Path],
    templates: Mapping[str, Catalog],
    blocks: Sequence[PlacedBlock],
    report: ImportReport,
) -> Mapping[str, str]:
    """Take one language's messages in; return the texts of its changed catalogs, by article."""
    tag = language.tag
    messages: list[FoundMessage] = []
    for path in paths:
        try:
            messages += _read(path, paths, sorted(templates), language)
        except BitextError as error:
            report.errors.append(error)
    view = view_language(project, tag, templates)
    report.errors += view.errors
    grammar = make_grammar(project.settings)
    cut = partial(cut_block, md=grammar.parser, env={})
    adopted = adopt(
        messages,
        [block for block in blocks if block.article in view.catalogs],
        view.catalogs,
        cut=lambda text: cut(text, find_cuts=grammar.find_cuts),
        cut_translation=lambda text: cut(text, find_cuts=partial(find_candidates, tag=tag)),
    )
    language.fates = adopted.fates
    return {path: serialize(one) for path, one in adopted.catalogs.items()}


def _read(
    path: Path, paths: Sequence[Path], articles: Sequence[str], language: LanguageImport
) -> list[FoundMessage]:
    """Return the messages of one foreign file, each with the article that it is of."""
    tag, is_named = language.tag, language.is_named
    with located(str(path)):
        catalog = read_foreign(read_file(str(path), CatalogError, str(path)) or b"")
        if not is_named:
            _require_language(catalog.language, tag)
    language.untranslated += catalog.untranslated
    base = os.path.commonpath([str(one.parent) for one in paths])
    stem = path.relative_to(base).with_suffix("").as_posix()
    own = f"{stem}.md" if f"{stem}.md" in articles else ""
    return [
        FoundMessage(str(path), _find_article(message, articles) or own, message)
        for message in catalog.messages
    ]


def _require_language(name: str, tag: str) -> None:
    """Raise `CatalogError` if a catalog says that it is of another language."""
    said, own = parse_language(name.partition("@")[0].replace("_", "-")), parse_language(tag)
    if said and own and said.language != own.language:
        message = f"its header says that its language is {name}, not {tag}"
        raise CatalogError(f"{message}; if it is {tag}, import it alone with -l {tag}", line=1)


def _find_article(message: Message, articles: Sequence[str]) -> str:
    """Return the article that a message's references name; empty if they name none."""
    for reference in message.references:
        named = f"/{reference}".replace("\\", "/")
        found = [article for article in articles if named.endswith(f"/{article}")]
        if found:
            return max(found, key=len)
    return ""
