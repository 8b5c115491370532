"""What a check means, why it matters, and what to do: the text of ``bitext check --explain``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bitext.checks.articles import ARTICLES
from bitext.checks.audit import LEFTOVER, SITE_CHECKS
from bitext.checks.audit.model import SiteCheck, SiteExample
from bitext.checks.catalog import BEHIND, OLD_CUTS, ORPHAN, SYNTAX, UNLISTED, UNREADABLE
from bitext.checks.imports import explain_import
from bitext.checks.model import Check, Example, LanguageCheck, PairCheck, Severity
from bitext.checks.source import LEARN_MARKUP, NOT_EXTRACTED
from bitext.checks.table import CHECKS, PAIR_CHECKS
from bitext.checks.waivers import UNUSED
from bitext.checks.whole import LANGUAGE_CHECKS
from bitext.po.escapes import escape

_OTHERS: Mapping[str, str] = {
    SYNTAX: "No tool can be trusted with a catalog that gettext refuses.",
    UNREADABLE: "An article that cannot be read is left out of the site.",
    ORPHAN: "A PO file without an article counts for nothing.",
    UNLISTED: "Nobody is asked to translate into such a language, and it has no site.",
    BEHIND: "Translators are asked for sentences that are no longer in the article.",
    OLD_CUTS: "The rules for sentences are kept for each article, so that no ID changes.",
    NOT_EXTRACTED: "Readers see this text, and no translator is ever asked for it.",
    LEARN_MARKUP: "The page keeps the text, and shows it otherwise than its writer meant.",
    UNUSED: "A waiver that waives nothing hides the next real finding.",
    LEFTOVER: "Readers and search engines find what is published, although nobody keeps it up.",
    "coverage": "Readers of a page with little translated text read English.",
}
"""What is found outside of the table of checks, and why it matters."""

_OTHER_SEVERITIES: Mapping[str, Severity] = {
    SYNTAX: Severity.ERROR,
    UNREADABLE: Severity.ERROR,
    ORPHAN: Severity.INFO,
    UNLISTED: Severity.WARNING,
    BEHIND: Severity.INFO,
    OLD_CUTS: Severity.INFO,
    NOT_EXTRACTED: Severity.WARNING,
    LEARN_MARKUP: Severity.WARNING,
    UNUSED: Severity.WARNING,
    LEFTOVER: Severity.WARNING,
    "coverage": Severity.ERROR,
}


_SHOWN: tuple[PairCheck | LanguageCheck | SiteCheck, ...] = (
    *PAIR_CHECKS,
    *LANGUAGE_CHECKS,
    *SITE_CHECKS,
)
"""The checks that have examples."""

_LISTED: tuple[Check | PairCheck | LanguageCheck | SiteCheck, ...] = (*CHECKS, *_SHOWN)


def known_checks() -> list[str]:
    """Return the IDs of all checks, sorted."""
    return sorted([*_OTHERS, *(check.id for check in _LISTED)])


def describe_checks() -> dict[str, str]:
    """Return why each check matters, by its ID."""
    return {**_OTHERS, **{check.id: check.why for check in _LISTED}}


def explain(name: str) -> str:
    """Return the explanation of a check; empty if there is none of this name."""
    if name not in ARTICLES:
        return explain_import(name)
    own = with_examples(name)
    parts = [f"{name} ({severity_of(name)})", f"It finds {ARTICLES[name].what}."]
    parts += [describe_checks()[name], ARTICLES[name].way]
    return "\n\n".join([*parts, *(_examples(own) if own else ())]) + "\n"


def severity_of(name: str) -> Severity:
    """Return how bad the findings of a check are."""
    own = [check.severity for check in _LISTED if check.id == name]
    return own[0] if own else _OTHER_SEVERITIES[name]


_MOST_SHOWN = 3


def with_examples(name: str) -> PairCheck | LanguageCheck | SiteCheck | None:
    """Return the check of this name, if it has examples."""
    return next((check for check in _SHOWN if check.id == name), None)


def _examples(check: PairCheck | LanguageCheck | SiteCheck) -> Iterator[str]:
    """Yield what a check finds, what it does not, and how to waive it."""
    if isinstance(check, SiteCheck):
        yield from (_show_page("found", example) for example in check.bad[-_MOST_SHOWN:])
        yield from (_show_page("not found", example) for example in check.good[-_MOST_SHOWN:])
        return
    yield from (_show("found", example) for example in check.bad[-_MOST_SHOWN:])
    yield from (_show("not found", example) for example in check.good[-_MOST_SHOWN:])
    yield (
        "If a finding is as it should be, say so in a translator comment of the entry:\n"
        f"# bitext: ignore={check.id} the reason"
    )


def _show(word: str, example: Example) -> str:
    """Return an example as a PO file spells it; what nobody can see is escaped."""
    english, translation = (spelled(escape(text)) for text in example[:2])
    rows = "".join(f"  {row}\n" for row in example.terms.split("\n") if row)
    terms = f" with terms.csv:\n{rows}" if rows else ":\n"
    return f'{word}, {example.language}{terms}  msgid  "{english}"\n  msgstr "{translation}"'


def _show_page(word: str, example: SiteExample) -> str:
    """Return an example of two pages as HTML spells it."""
    return "\n".join([f"{word}:", *(f"  {tag}  {html}" for tag, html in pages_of(example))])


def pages_of(example: SiteExample) -> Iterator[tuple[str, str]]:
    """Yield the language and the HTML of what differs from a page without fault."""
    if example.english:
        yield "en-US", example.english
    if example.translation or example.head:
        yield example.language, example.head or example.translation


def spelled(text: str) -> str:
    """Return `text` with all characters that nobody sees as escapes."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
