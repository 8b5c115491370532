"""A language's catalogs apart from those in which all is translated: these are not parsed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from bitext.commands.texts import Texts, catalog_folder, find_settled
from bitext.commands.views import LanguageView, Templates, join_catalogs, view_language
from bitext.coverage import TRANSLATION_TYPE, is_by_machine
from bitext.errors import BitextError
from bitext.po import Catalog
from bitext.project import Project
from bitext.settled import Settled, parse_head


class Unsettled(NamedTuple):
    """A language, with what is settled aside."""

    view: LanguageView
    settled: Mapping[str, Settled]
    """What its other catalogs say, by article."""

    machine: Collection[str]
    """The articles of those whose header says that a machine translated them."""

    texts: Texts
    """The text of each catalog."""


def view_unsettled(project: Project, tag: str, templates: Templates) -> Unsettled:
    """Return a language's catalogs; without POT files that are current, all of them."""
    if not templates.texts:
        return Unsettled(view_language(project, tag, templates.catalogs), {}, (), {})
    errors: list[BitextError] = []
    folder = catalog_folder(project, tag)
    texts = folder.read(dict.fromkeys([*project.find_catalogs(tag), *templates.catalogs]))
    settled = dict(find_settled(texts, templates.texts))
    machine = [article for article in settled if _is_by_machine(str(texts[article]))]
    others = {article: text for article, text in texts.items() if article not in settled}
    parsed = folder.parse(others, errors, is_merged=False)
    known: dict[str, Catalog | Settled] = {**settled, **parsed}
    ordered = {article: known[article] for article in texts if article in known}
    wanted = {a: templates.catalogs[a] for a in templates.catalogs if a not in settled}
    view = join_catalogs(project, tag, ordered, wanted, errors=errors)
    return Unsettled(view, settled, machine, texts)


def _is_by_machine(text: str) -> bool:
    """Tell whether the header of a settled catalog says that a machine translated it."""
    is_told = TRANSLATION_TYPE.lower() in text[: text.find("\n\n")].lower()
    return is_told and is_by_machine(parse_head(text))
