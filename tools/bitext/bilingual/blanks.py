"""What a translation may leave unknown of its English: values, and text of images."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bitext.bilingual.matter import split_matter

_FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<mark>`{3,}|~{3,})", re.MULTILINE)

IMAGE = re.compile(
    r"""
      !\[(?P<alt>(?:[^][\\`]|\\.|\[[^][]*\])*)\](?=[(\[])
    | :::image\b[^\n]*?\balt-text="(?P<text>[^"\n]*)"
    | <img\b[^<>]*?\balt="(?P<html>[^"<>]*)"
    """,
    re.VERBOSE,
)


def find_fences(text: str, fence: str = "") -> Iterator[tuple[str, bool, str]]:
    """Yield the stretches of a text: each, whether it is in a fence, and the fence behind it."""
    position = 0
    for match in _FENCE.finditer(text) if "```" in text or "~~~" in text else ():
        mark = match["mark"]
        closes = bool(fence) and mark[0] == fence[0] and len(mark) >= len(fence)
        after = "" if closes else fence or mark
        yield text[position : match.start()], bool(fence), after
        position, fence = match.start(), after
    yield text[position:], bool(fence), fence


def find_images(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the alt text of each image of an article begins and ends, code left out."""
    position = 0
    for part, is_code, _ in find_fences(text):
        for match in () if is_code else IMAGE.finditer(part):
            start, end = match.span(match.lastgroup or 0)
            yield position + start, position + end
        position += len(part)


def blank(text: str, keys: Sequence[str]) -> str:
    """Return an article without what a translation may leave unknown: values and alt texts."""
    matter, body = split_matter(text)
    texts = {item.key: f"{item.key}:{matter.newline}" for item in matter.items if item.key in keys}
    spans = list(find_images(body))
    return matter.with_texts(texts).text + _replace_spans(body, spans, [""] * len(spans))


def fill_blanks(article: str, other: str, keys: Sequence[str]) -> str:
    """Return a rebuilt article with what was unknown in it and is known in `other`.

    It is returned as it is if `other` is another version of it.
    """
    if article == other or blank(article, keys) != blank(other, keys):
        return article
    matter, body = split_matter(article)
    other_matter, other_body = split_matter(other)
    texts = {
        item.key: known.text
        for item, known in zip(matter.items, other_matter.items, strict=False)
        if item.key in keys and item.key == known.key and _is_unknown(item.text)
    }
    spans, known_spans = list(find_images(body)), list(find_images(other_body))
    pairs = zip(spans, known_spans, strict=True)
    alts = [body[a:b] or other_body[c:d] for (a, b), (c, d) in pairs]
    return matter.with_texts(texts).text + _replace_spans(body, spans, alts)


def _is_unknown(text: str) -> bool:
    """Tell whether the lines of a key hold an empty value, or an empty item."""
    return bool(re.search(r"""(?m)(?::|^[ ]*-)[ ]*(?:''|"")?[ ]*\r?$""", text)) and "''" in text


def _replace_spans(text: str, spans: Sequence[tuple[int, int]], new: Sequence[str]) -> str:
    pieces: list[str] = []
    position = 0
    for (start, end), own in zip(spans, new, strict=True):
        pieces += [text[position:start], own]
        position = end
    return "".join([*pieces, text[position:]])


def on_one_line(text: str) -> str:
    """Return a text with each stretch of white space as one space."""
    return " ".join(text.split())
