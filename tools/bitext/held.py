"""The project's terms in what a machine translates: codes that stand for what is to be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.checks.glossary import Glossary, Term
from bitext.codes import CodeKind, Stretch


def hold_terms(
    stretches: Sequence[Stretch], glossary: Glossary, *, with_renderings: bool
) -> list[Stretch]:
    r"""Return a sentence in which each term is a code of what its translation has there.

    A term that stays as it is always is one; a term with renderings is the first of these, in
    the form in which the glossary has it, and only if asked for.

    >>> from bitext.checks.glossary import make_glossary, parse_terms
    >>> from bitext.codes import find_codes
    >>> terms = parse_terms("term,language,rendering\nkettle,es-ES,hervidor\n", ["es-ES"])
    >>> glossary = make_glossary(terms, "es-ES")
    >>> found = hold_terms(find_codes("Clean kettles."), glossary, with_renderings=True)
    >>> [(str(s.raw), s.number) for s in found]
    [('Clean ', 0), ('hervidor', 1), ('.', 0)]
    """
    last = max((stretch.number for stretch in stretches), default=0)
    held: list[Stretch] = []
    for stretch in stretches:
        if stretch.kind is not CodeKind.TEXT:
            held.append(stretch)
            continue
        for raw, is_term in _cut(stretch.raw, glossary, with_renderings=with_renderings):
            last += is_term
            held.append(Stretch(CodeKind.LONE, raw, last) if is_term else stretch._replace(raw=raw))
    return held


def _cut(text: str, glossary: Glossary, *, with_renderings: bool) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, each with whether it stands for a term."""
    place = 0
    for start, end, term in glossary.find_places(text):
        if start < place or not (term.is_kept or (with_renderings and term.renderings)):
            continue
        if text[place:start]:
            yield text[place:start], False
        yield _said(term, text[start:end]), True
        place = end
    if text[place:]:
        yield text[place:], False


def _said(term: Term, english: str) -> str:
    """Return what a translation has for a term, which English has in some form."""
    if term.is_kept:
        return english if term.term.islower() else term.term
    rendering = term.renderings[0]
    if english[0].isupper() and not term.term[0].isupper():
        return rendering[0].upper() + rendering[1:]
    return rendering
