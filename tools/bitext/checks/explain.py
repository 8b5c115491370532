"""What a check means, why it matters, and what to do: the text of ``bitext check --explain``."""

from __future__ import annotations

from collections.abc import Mapping

from bitext.checks.catalog import BEHIND, OLD_CUTS, ORPHAN, SYNTAX, UNREADABLE
from bitext.checks.model import Example, LanguageCheck, PairCheck
from bitext.checks.source import NOT_EXTRACTED
from bitext.checks.table import CHECKS, PAIR_CHECKS
from bitext.checks.waivers import UNUSED
from bitext.checks.whole import LANGUAGE_CHECKS
from bitext.po.escapes import escape

_OTHERS: Mapping[str, str] = {
    SYNTAX: "A catalog that gettext cannot read, or would read otherwise than it looks. No tool can"
    " be trusted with it: mend the line that the message names.",
    UNREADABLE: "An article whose name, encoding or front matter cannot be read is left out of the"
    " site: mend what the message names.",
    ORPHAN: "A PO file without an article counts for nothing: delete it, or keep it as a memory of"
    " old translations.",
    BEHIND: "The POT of this article is older than the article: run 'bitext gettext'.",
    OLD_CUTS: "The sentences of this article are cut by other rules than the project's. Their IDs"
    " are kept: do nothing, or cut it anew with 'bitext gettext --resegment'.",
    NOT_EXTRACTED: "Readers see this text, and no translator is ever asked for it: write it in"
    " Markdown, or exclude it with a mark.",
    UNUSED: "A waiver that waives nothing, or without a reason, hides the next real finding: delete"
    " it, or write the reason.",
    "coverage": "The language is below the coverage that the settings ask for: translate more, or"
    " ask for less.",
}
"""What is found outside of the table of checks."""


def known_checks() -> list[str]:
    """Return the IDs of all checks, sorted."""
    return sorted([*_OTHERS, *(check.id for check in (*CHECKS, *PAIR_CHECKS, *LANGUAGE_CHECKS))])


def describe_checks() -> dict[str, str]:
    """Return why each check matters, by its ID."""
    return {
        **_OTHERS,
        **{check.id: check.why for check in (*CHECKS, *PAIR_CHECKS, *LANGUAGE_CHECKS)},
    }


def explain(name: str) -> str:
    """Return the explanation of a check; empty if there is none of this name."""
    if name in _OTHERS:
        return f"{name}\n\n{_OTHERS[name]}\n"
    for check in CHECKS:
        if check.id == name:
            return f"{name} ({check.severity})\n\n{check.why}\n"
    checks = (*PAIR_CHECKS, *LANGUAGE_CHECKS)
    return next((_explain(check) for check in checks if check.id == name), "")


_MOST_SHOWN = 3


def _explain(check: PairCheck | LanguageCheck) -> str:
    parts = [f"{check.id} ({check.severity})", check.why]
    parts += [_show("found", example) for example in check.bad[-_MOST_SHOWN:]]
    parts += [_show("not found", example) for example in check.good[-_MOST_SHOWN:]]
    parts.append(
        "If a finding is as it should be, say so in a translator comment of the entry:\n"
        f"# bitext: ignore={check.id} the reason"
    )
    return "\n\n".join(parts) + "\n"


def _show(word: str, example: Example) -> str:
    """Return an example as a PO file spells it; what nobody can see is escaped."""
    english, translation = (_spelled(escape(text)) for text in example[:2])
    rows = "".join(f"  {row}\n" for row in example.terms.split("\n") if row)
    terms = f" with terms.csv:\n{rows}" if rows else ":\n"
    return f'{word}, {example.language}{terms}  msgid  "{english}"\n  msgstr "{translation}"'


def _spelled(text: str) -> str:
    """Return `text` with all characters that nobody sees as escapes."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
