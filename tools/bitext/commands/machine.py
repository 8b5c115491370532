"""``bitext machine``: ask an engine for what nobody has translated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from bitext.checks import Severity
from bitext.checks.glossary import Glossary, make_glossary
from bitext.checks.pair import Pair
from bitext.checks.table import PAIR_CHECKS, find_each
from bitext.checks.terms import TERMS
from bitext.commands.engines import make_engine
from bitext.commands.terms import read_terms
from bitext.commands.views import choose_languages, current_templates, view_language
from bitext.errors import BitextError
from bitext.held import hold_terms
from bitext.lock import alone
from bitext.machine import translate_catalogs
from bitext.markdown.blocks import Grammar
from bitext.po import Entry, serialize
from bitext.project import Project
from bitext.segments import make_grammar


@dataclass(slots=True)
class MachineReport:
    """What an engine did in one language, or would do."""

    tag: str
    engine: str
    done: int
    refused: Sequence[str] = ()
    """The IDs of entries whose translation could not be used."""

    written: list[str] = field(default_factory=list)
    errors: list[BitextError] = field(default_factory=list)


def run_machine(
    project: Project, tags: Sequence[str] = (), *, check: bool = False
) -> list[MachineReport]:
    """Fill the untranslated entries of languages, as fuzzy; with `check` nothing is written.

    Nothing is sent anywhere but to the engine that the settings name.
    """
    source = project.settings.source_language
    name = project.settings.machine.engine
    chosen = choose_languages(project, tags)
    engines = {tag: make_engine(name, source, tag) for tag in chosen}
    terms = read_terms(project)
    reports: list[MachineReport] = []
    with alone(project.root, is_writing=not check) as write:
        templates = current_templates(project)
        grammar = make_grammar(project.settings)
        for tag, engine in engines.items():
            view = view_language(project, tag, templates.catalogs)
            glossary = make_glossary(terms, tag)
            accept = partial(is_sound, tag=tag, grammar=grammar, glossary=glossary)
            holds = [
                partial(hold_terms, glossary=glossary, with_renderings=with_renderings)
                for with_renderings in (False, True)
            ]
            found = translate_catalogs(view.catalogs, engine, accept=accept, holds=holds)
            texts = {project.catalog_path(a, tag): serialize(c) for a, c in found.catalogs.items()}
            report = MachineReport(tag, engine.name, found.done, found.refused)
            report.written += [project.shown(path) for path in texts]
            report.errors += [*templates.errors, *view.errors]
            reports.append(report)
            if not check:
                write(texts)
    return reports


def is_sound(
    english: str, translation: str, *, tag: str, grammar: Grammar, glossary: Glossary
) -> bool:
    """Tell whether no check of sentences calls a translation an error, nor it misses a term."""
    pair = Pair(Entry(english, translation), tag, grammar, glossary)
    checks = [check for check in PAIR_CHECKS if check.severity is Severity.ERROR or check in TERMS]
    return not find_each(checks, pair)
