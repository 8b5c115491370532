r"""The functions that other programs call: text in, values or text out, no files.

These names, their arguments and what they return are stable from one minor version to the next.
Everything else in the package may change. All raise `bitext.errors.BitextError` for what a
person can get wrong, with the line.

>>> from bitext.api import check, extract, localize, segment, update
>>> article = "# Lamps\n\nA lamp has a button. Press it.\n"
>>> [sentence.text for sentence in segment(article)]
['Lamps', 'A lamp has a button.', 'Press it.']
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bitext.bilingual import exporting
from bitext.bilingual.base import Published
from bitext.bilingual.importing import import_file
from bitext.bilingual.pairs import parse as parse_pairs
from bitext.carry import make_carry
from bitext.checks import Finding, Unit, check_catalog
from bitext.coverage import measure
from bitext.encoding import located
from bitext.extract import Source, template_text
from bitext.ledger import new_prefix
from bitext.memory import make_memory
from bitext.model import BlockKind, State, is_paragraph_id
from bitext.po import Catalog, parse, serialize
from bitext.segments import make_grammar, read_article
from bitext.settings import Settings, parse_settings
from bitext.states import find_standings
from bitext.update import update_catalog

__all__ = [
    "Bilingual",
    "Finding",
    "LocalizedSentence",
    "Sentence",
    "Settings",
    "State",
    "check",
    "export_bilingual",
    "extract",
    "import_bilingual",
    "localize",
    "parse_settings",
    "segment",
    "update",
]

_DEFAULT = Settings()


class Sentence(NamedTuple):
    """One sentence of an article."""

    text: str
    """Inline Markdown, soft line breaks as spaces."""

    kind: BlockKind
    """What its block is: ``paragraph``, ``heading`` …"""

    line: int
    """The line of its block in the article, from 1."""

    section: str
    """The heading it stands under; empty above the first."""


def segment(article: str, settings: Settings = _DEFAULT) -> list[Sentence]:
    """Return the sentences of a Markdown article, in the order of the page.

    >>> segment("# Lamps")
    [Sentence(text='Lamps', kind=<BlockKind.HEADING: 'heading'>, line=1, section='')]
    """
    read = read_article("article.md", article, make_grammar(settings))
    return [
        Sentence(text, block.kind, block.line, block.section)
        for block in (one.block for one in read.blocks)
        for text in block.segments
    ]


def extract(
    article: str, pot: str = "", *, path: str = "index.md", settings: Settings = _DEFAULT
) -> str:
    r"""Return the POT file of an article, which is the ledger of its IDs.

    `pot` is the former one: sentences in it keep their IDs. Empty issues IDs for the prefix of
    `path`, which is the article's below the source folder.

    >>> print(extract("# Lamps").partition("\n\n")[2], end="")
    #. heading
    #: source/index.md
    msgctxt "a4874-101"
    msgid "Lamps"
    msgstr ""
    """
    prefix = "" if pot else new_prefix(path, set())
    return template_text(Source(path, article, pot, prefix), settings)


def update(
    pot: str,
    po: str = "",
    *,
    language: str,
    memory: Iterable[str] = (),
    settings: Settings = _DEFAULT,
) -> str:
    """Return the PO file of a language, brought up to a POT file.

    `po` is the former one, empty for none. `memory` are other PO files of the language: what
    they translate is filled in or proposed.
    """
    template, old = _read(pot, "POT"), _read(po, "PO") if po else None
    known = [_read(text, f"memory {n}") for n, text in enumerate(memory, start=1)]
    own = settings.memory
    memories = make_memory(
        [*filter(None, [old]), *known],
        carry=make_carry(language, lambda: make_grammar(settings).parser),
        near=own.near / 100 if own.near < 100 else 0,
        trusts_exact=own.exact == "translated",
    )
    return serialize(update_catalog(old, template, tag=language, memory=memories).catalog)


def check(
    pot: str, po: str, *, language: str, path: str = "", settings: Settings = _DEFAULT
) -> list[Finding]:
    """Return what is wrong with the translations in a PO file.

    It is seen as `update` would leave it. `path` is the file that findings name.
    """
    template = _read(pot, "POT")
    catalog = _updated(template, _read(po, path or "PO"), language)
    is_below = measure(catalog).per_cent < settings.min_coverage(language)
    article = template.field("X-Bitext-Source") or ""
    unit = Unit(language, article, catalog, template, is_below)
    return list(
        check_catalog(
            unit,
            path=path,
            disabled=settings.check.disable,
            grammar=lambda: make_grammar(settings),
        )
    )


class LocalizedSentence(NamedTuple):
    """A sentence as a reader of a language gets it."""

    id: str
    """Of its entry; of a paragraph entry for all the sentences that it speaks for."""

    english: str
    text: str
    """The translation, or the English if there is none to show."""

    state: State


def localize(
    article: str,
    pot: str,
    po: str,
    *,
    language: str,
    path: str = "index.md",
    settings: Settings = _DEFAULT,
) -> list[LocalizedSentence]:
    """Return the sentences of an article as its page in a language shows them.

    A POT file behind the article is brought up in memory; proposals are not shown, and stale
    translations only if the settings say so.
    """
    template = _read(extract(article, pot, path=path, settings=settings), "POT")
    catalog = _updated(template, _read(po, "PO"), language)
    shown: list[LocalizedSentence] = []
    for entry, state, is_covered in find_standings(catalog.entries):
        is_shown = _is_shown(entry.previous_msgctxt, entry.msgctxt, state, settings, language)
        if is_covered or (is_paragraph_id(entry.msgctxt) and not is_shown):
            continue
        text = entry.msgstr if is_shown else entry.msgid
        shown.append(LocalizedSentence(entry.msgctxt or "", entry.msgid, text, state))
    return shown


class Bilingual(NamedTuple):
    """What a side-by-side file holds."""

    article: str
    """The English article."""

    pot: str
    po: str
    former: str
    """The English that the file translates, where that is not the article's; empty if it is."""

    losses: tuple[str, ...]
    """What could not be taken as the file has it, with its line there: ``12: message``."""


def import_bilingual(
    text: str,
    article: str | None = None,
    pot: str = "",
    po: str = "",
    *,
    language: str,
    path: str = "index.md",
    settings: Settings = _DEFAULT,
) -> Bilingual:
    """Return the article and the catalogs that a side-by-side file becomes.

    Without `article`, the English is put together from the file's own pairs. `po` may hold
    translations that the project has already.
    """
    pairs = parse_pairs(text).pairs
    published = Published(
        article=path,
        path=path,
        content=text.encode(),
        prefix=pairs[0].id.prefix if pairs else new_prefix(path, set()),
        english=None if article is None else article.encode(),
        pot=pot.encode(),
        catalogs={language: ("PO", po.encode())} if po else {},
    )
    found = import_file(published, settings, language)
    return Bilingual(
        article=(article or "") if found.english is None else found.english,
        pot=found.pot,
        po=found.catalogs.get(language, po),
        former=found.former or "",
        losses=tuple(f"{fault.line}: {fault.message}" for fault in found.faults),
    )


def export_bilingual(
    article: str,
    pot: str,
    po: str,
    *,
    language: str,
    former: str = "",
    path: str = "index.md",
    settings: Settings = _DEFAULT,
) -> str:
    """Return an article with its translations as a side-by-side file.

    What `import_bilingual` returned for a published file gives that file back. `former` is what
    it returned under that name.
    """
    unit = exporting.Unit(
        article=path,
        content=article.encode(),
        pot=("POT", pot.encode()),
        po=("PO", po.encode()),
        former=former.encode(),
    )
    text, _ = exporting.export(unit, settings, language, exporting.Form())
    return text


def _is_shown(
    origin: str | None, own: str | None, state: State, settings: Settings, language: str
) -> bool:
    """Tell whether readers see a translation in this state."""
    if state is State.TRANSLATED:
        return True
    is_proposal = origin not in (None, own)
    shows_stale = settings.stale(language) == "show"
    return state is not State.UNTRANSLATED and shows_stale and not is_proposal


def _read(text: str, name: str) -> Catalog:
    with located(name):
        return parse(text, is_merged=True)


def _updated(template: Catalog, old: Catalog, language: str) -> Catalog:
    """Return a catalog as `update` would leave it without a memory."""
    return update_catalog(old, template, tag=language, memory=make_memory([])).catalog
