"""The manual's articles on the checks: one that lists them all, and one on each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bitext.checks.articles import ARTICLES
from bitext.checks.audit.model import SiteCheck
from bitext.checks.explain import describe_checks, pages_of, severity_of, spelled, with_examples
from bitext.checks.model import Example, LanguageCheck, PairCheck
from bitext.po.escapes import escape

_HEAD = """\
---
title: Checks
description: What each check finds, why it matters, and what to do.
---

# Checks

The command [`bitext check`](command.md#check) looks for everything that is listed here.
The command `bitext check --explain` shows the same text for one check.

| Check | Severity | What it finds |
|---|---|---|
"""

_BELOW_TABLE = """\
You can change the severity of a check in the [settings](settings.md#checks), or disable it.
A [waiver](../guide/translators.md#check-your-work) silences a check for one entry.
"""

_TOGETHER = 2
"""The last examples that are shown of a check that compares translations."""


def check_articles() -> Mapping[str, str]:
    """Return the text that each article should have, by its path in ``source/reference``."""
    articles = {f"checks/{name}.md": _article(name) for name in ARTICLES}
    return {"checks.md": _overview(), **articles}


def _overview() -> str:
    """Return the article that lists all checks."""
    rows = [
        f"| [`{name}`](checks/{name}.md) | `{severity_of(name)}` | {own.what} |"
        for name, own in ARTICLES.items()
    ]
    tree = ["```{toctree}", ":hidden:", "", *(f"checks/{name}" for name in ARTICLES), "```"]
    return _HEAD + "\n".join(rows) + "\n\n" + _BELOW_TABLE + "\n" + "\n".join(tree) + "\n"


def _article(name: str) -> str:
    """Return the article on a check: what it means, why it matters, what resolves it."""
    return "\n\n".join(_blocks(name)) + "\n"


def _blocks(name: str) -> Iterator[str]:
    """Yield the blocks of an article in their order."""
    what, way = ARTICLES[name]
    own = with_examples(name)
    yield f'---\ndescription: "{what[0].upper()}{what[1:]}."\n---'
    yield f"# `{name}`"
    facts = [f"It finds {what}.", f"The severity is `{severity_of(name)}`."]
    yield "\n".join([*facts, *_sentences(describe_checks()[name])])
    if own:
        yield _example(own, found=True)
    yield "## What to do"
    yield "\n".join(_sentences(way))
    if own:
        yield _example(own, found=False)
    if isinstance(own, PairCheck | LanguageCheck):
        yield "## Waive a finding"
        right = "If the translation is right all the same"
        yield f"{right}, say so in a translator comment of the entry:"
        yield f"```po\n# bitext: ignore={name} the reason\n```"


def _sentences(text: str) -> list[str]:
    """Return sentences, one a line; marks in code end none."""
    return re.split(r"(?<=[.!?]) (?=[A-Z'])", text)


def _example(own: PairCheck | LanguageCheck | SiteCheck, *, found: bool) -> str:
    """Return what a check finds, or what it does not, as a block of an article."""
    if isinstance(own, SiteCheck):
        pages = pages_of((own.bad if found else own.good)[0])
        rows = "\n".join(f"<!-- {tag} -->\n{html}" for tag, html in pages)
        return _block("html", "Found on a page" if found else "Nothing is found on this page", rows)
    examples = own.bad if found else own.good
    shown = examples[-_TOGETHER:] if isinstance(own, LanguageCheck) else examples[:1]
    what = "Found in a translation" if found else "Nothing is found in this translation"
    text = "\n\n".join(_terms(example) + _entry(example) for example in shown)
    return _block("po", f"{what} ({shown[0].language})", text)


def _terms(example: Example) -> str:
    """Return the rows of ``terms.csv`` that an example needs, as comments."""
    return "".join(f"# terms.csv: {row}\n" for row in example.terms.split("\n") if row)


def _entry(example: Example) -> str:
    """Return an example as a PO file spells it; what nobody can see is escaped."""
    english, translation = (spelled(escape(text)) for text in example[:2])
    return f'msgid "{english}"\nmsgstr "{translation}"'


def _block(lexer: str, caption: str, text: str) -> str:
    """Return a block of code with its caption."""
    return f"```{{code-block}} {lexer}\n:caption: {caption}\n\n{text}\n```"
