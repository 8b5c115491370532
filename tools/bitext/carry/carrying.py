"""The translation of a sentence that changed mechanically, made and proved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from bitext.carry.sentence import Sentence, key_of, take_apart
from bitext.carry.steps import STEPS, carry_ends
from bitext.markdown.parts import Part
from bitext.writing import end_marks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Parse: TypeAlias = "Callable[[str], Sequence[Token]]"
"""Inline Markdown → its tokens."""


def carry(old: str, new: str, translation: str, *, tag: str, parse: Parse) -> str | None:
    """Return the translation of `new`, made from that of `old`; None if that is not safe.

    English that was kept is a name: with another capital it may be a word.
    """
    if translation == old and old.casefold() == new.casefold():
        return None
    marks = end_marks(tag)
    before, after = take_apart(old), take_apart(new)
    if key_of(before) != key_of(after):
        return None
    own = take_apart(translation, frozenset(filter(None, marks.values())))
    parts: Sequence[Part] | None = own.parts
    for step in STEPS:
        parts = parts and step(before, after, parts, tag)
    ends = parts and carry_ends(before, after, own, marks)
    if not parts or ends is None:
        return None
    result = str(Sentence(tuple(parts), after.wrap, *ends))
    return result if _is_mirrored((old, new), (translation, result), parse) else None


def make_carry(tag: str, parser: Callable[[], MarkdownIt]) -> Callable[[str, str, str], str | None]:
    """Return `carry` for one language; `parser` is asked for only if a sentence is to be parsed."""

    def parse(text: str) -> Sequence[Token]:
        from bitext.markdown.localize import parse_inline

        return parse_inline(text, parser(), {})

    def carry_in(old: str, new: str, translation: str) -> str | None:
        return carry(old, new, translation, tag=tag, parse=parse)

    return carry_in


def _is_mirrored(english: tuple[str, str], own: tuple[str, str], parse: Parse) -> bool:
    """Tell whether a translation changed by exactly the constructs by which its English did."""
    from bitext.markdown.stray import find_stray
    from bitext.markdown.trust import find_surplus

    old, new, translation, result = (parse(text) for text in (*english, *own))
    if find_surplus(result, new) or find_stray(
        own[1], result, source=english[1], source_tokens=new
    ):
        return False
    counts = [Counter(_constructs(tokens)) for tokens in (old, new, translation, result)]
    return (
        counts[1] - counts[0] == counts[3] - counts[2]
        and counts[0] - counts[1] == counts[2] - counts[3]
    )


def _constructs(tokens: Iterable[Token]) -> Iterable[tuple[str, str]]:
    """Yield each construct of a sentence with what it holds, apart from its words."""
    for token in tokens:
        if token.type in ("text", "text_special"):
            continue
        held = str(sorted((k, str(v)) for k, v in token.attrs.items() if k not in ("alt", "title")))
        yield token.type, held if token.type == "image" else f"{held}{token.content}"
