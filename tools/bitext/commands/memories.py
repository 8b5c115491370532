"""The memory of a language: its catalogs, and the TMX files that the settings name."""

from __future__ import annotations

import glob
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

from bitext.carry import make_carry
from bitext.commands.grammars import project_grammar
from bitext.disk import read_file
from bitext.encoding import located
from bitext.errors import CatalogError, SettingsError
from bitext.memory import Memory, Wants, make_memory
from bitext.po import Catalog, Entry
from bitext.project import SETTINGS_FILE, Project
from bitext.settled import Settled


def language_memory(
    project: Project,
    tag: str,
    catalogs: Iterable[Catalog | Settled],
    *,
    free: Collection[str] = frozenset(),
    wants: Wants | None = None,
) -> Memory:
    """Return the memory of a language, as the settings let it propose."""
    own = project.settings.memory
    return make_memory(
        catalogs,
        carry=make_carry(tag, lambda: project_grammar(project).parser),
        near=own.near / 100 if own.near < 100 else 0,
        trusts_exact=own.exact == "translated",
        free=free,
        more=partial(read_memories, project, tag),
        wants=wants,
    )


def read_memories(project: Project, tag: str) -> Iterator[Catalog]:
    """Yield what each TMX file has in a language, as retired entries; no fuzzy ones.

    Raises `CatalogError` for a file that cannot be read, `SettingsError` if one is named and
    not there.
    """
    for path in find_memories(project):
        from bitext.exchange.tmx import parse_tmx

        shown = project.shown(path)
        with located(shown):
            content = read_file(str(path), CatalogError, shown) or b""
            source = project.settings.source_language
            units = parse_tmx(content, source_language=source, language=tag)
        entries = (
            Entry(unit.english, unit.translation, unit.id or None, is_obsolete=True)
            for unit in units
            if not unit.is_fuzzy
        )
        yield Catalog(Entry(""), tuple(entries), "", "\n")


def find_memories(project: Project) -> list[Path]:
    """Return the TMX files that the settings name, each once."""
    found: list[Path] = []
    for pattern in project.settings.memory.files:
        names = sorted(glob.glob(pattern, root_dir=project.root, recursive=True))  # noqa: PTH207 - `..`
        if not names and not glob.has_magic(pattern):
            message = f"memory.files names {pattern}, which does not exist; make it, or remove it"
            raise SettingsError(message, path=SETTINGS_FILE)
        found += [project.root / name for name in names]
    return list(dict.fromkeys(found))
