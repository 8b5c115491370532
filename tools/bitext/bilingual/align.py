"""Which pairs of a published file say which sentences of an article.

Equal sentences in their order fix the rest. Between them, runs of pairs and of sentences whose
texts are the same but for where they are cut belong together; then, of what is left, sentences
that are recognisably the same. Order is kept throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise, product
from typing import NamedTuple

from bitext.ledger import align as align_edited
from bitext.ledger import match_in_order

_SPACE = re.compile(r"[\s\u00a0]+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(
    r"\[(?P<label>(?:[^][\\]|\\.|\[[^][]*\])*)\](?P<target>\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^][]*\])"
)
_MARKUP = re.compile(r"<[^<>]*>|`[^`]*`|\[!\w+\]|\]\([^()]*\)|!?\[|\s")
_HELD_SHARE = 2
"""A sentence is at most this many times as long as the pairs that it holds, markup left out."""

_MOST_JOINED = 60
"""Sentences and pairs compared as one where cuts differ."""


class Fit(StrEnum):
    """How surely pairs and sentences say the same."""

    SAME = "same"
    CUT = "cut"
    """The same text, cut otherwise."""

    HELD = "held"
    """One sentence that holds all of the pairs, and markup or other text beside them."""

    EDITED = "edited"
    """Recognisably the same sentence, in another version."""

    NONE = "none"


class Group(NamedTuple):
    """Pairs and sentences that belong together: places, in their order."""

    pairs: tuple[int, ...]
    sentences: tuple[int, ...]
    """Empty if the pairs say nothing of this article."""

    fit: Fit


def make_key(text: str) -> str:
    r"""Return what a sentence says, whatever a publication did to its white space and escapes.

    >>> make_key("It costs\u00a05\n\\* x") == make_key("It costs 5 * x")
    True
    """
    return _ESCAPE.sub(r"\1", _SPACE.sub(" ", text.strip().rstrip("\\")))


def split_link(text: str) -> tuple[str, str]:
    """Return label and target of a text that is exactly one link; both empty if it is none."""
    match = _LINK.fullmatch(text.strip())
    return (match["label"], match["target"]) if match else ("", "")


def align_pairs(sources: Sequence[str], sentences: Sequence[str]) -> list[Group]:
    """Return groups that hold each pair once, and each sentence at most once, in order of pairs."""
    old = [make_key(text) for text in sources]
    new = [make_key(text) for text in sentences]
    if old == new:
        return [Group((place,), (place,), Fit.SAME) for place in range(len(old))]
    fixed = sorted(match_in_order(old, new))
    groups = [Group((pair,), (sentence,), Fit.SAME) for pair, sentence in fixed]
    ends = [(-1, -1), *fixed, (len(old), len(new))]
    for (pair, sentence), (next_pair, next_sentence) in pairwise(ends):
        pairs = range(pair + 1, next_pair)
        if pairs:
            groups += _align_gap(old, new, pairs, range(sentence + 1, next_sentence))
    return sorted(groups)


def _align_gap(
    old: Sequence[str], new: Sequence[str], pairs: Sequence[int], sentences: Sequence[int]
) -> Iterator[Group]:
    """Yield the groups between two fixed places."""
    rest_pairs, rest_sentences = list(pairs), list(sentences)
    for find in (_find_same_text, _find_held):
        for group in find(old, new, tuple(rest_pairs), tuple(rest_sentences)):
            yield group
            rest_pairs = [place for place in rest_pairs if place not in group.pairs]
            rest_sentences = [place for place in rest_sentences if place not in group.sentences]
    if not rest_pairs:
        return
    texts = [_words(old[place]) for place in rest_pairs]
    matched = align_edited(texts, [_words(new[place]) for place in rest_sentences])
    known = {before: after for after, before in enumerate(matched) if before is not None}
    for place, pair in enumerate(rest_pairs):
        if place in known:
            sentence = rest_sentences[known[place]]
            is_same = _squeeze(old[pair]) == _squeeze(new[sentence])
            yield Group((pair,), (sentence,), Fit.SAME if is_same else Fit.EDITED)
        else:
            yield Group((pair,), (), Fit.NONE)


def _find_same_text(
    old: Sequence[str], new: Sequence[str], pairs: Sequence[int], sentences: Sequence[int]
) -> Iterator[Group]:
    """Yield groups of the same text, each as small as it can be."""
    start = 0
    skip = 0
    while skip < len(pairs):
        for first in range(start, len(sentences)):
            found = _join(old, new, pairs[skip:], sentences[first:])
            if found:
                count, length = found
                is_one = (count, length) == (1, 1)
                fit = Fit.SAME if is_one else Fit.CUT
                own = tuple(pairs[skip : skip + count]), tuple(sentences[first : first + length])
                yield Group(*own, fit)
                start, skip = first + length, skip + count - 1
                break
        skip += 1


def _find_held(
    old: Sequence[str], new: Sequence[str], pairs: Sequence[int], sentences: Sequence[int]
) -> Iterator[Group]:
    """Yield sentences with all pairs that stand in them, in order; more than half of each."""
    start = place = 0
    while place < len(sentences):
        length = 1
        for length, first in product((1, 2, 3), range(start, len(pairs))):
            own = sentences[place : place + length]
            text = " ".join(new[sentence] for sentence in own)
            held = _count_held(text, [old[pair] for pair in pairs[first:]])
            if held and len(own) == length:
                yield Group(tuple(pairs[first : first + held]), tuple(own), Fit.HELD)
                start = first + held
                break
        else:
            length = 1
        place += length


def _count_held(text: str, sources: Sequence[str]) -> int:
    """Return how many of `sources`, from the first, stand in a text and make up most of it."""
    position = count = size = 0
    for source in sources:
        found = text.find(source, position)
        if found < 0:
            break
        position = found + len(source)
        size += len(source)
        count += 1
    rest = _MARKUP.sub("", text)
    return count if size * _HELD_SHARE > len(rest) else 0


def _join(
    old: Sequence[str], new: Sequence[str], pairs: Sequence[int], sentences: Sequence[int]
) -> tuple[int, int] | None:
    """Return how many pairs and sentences, from the first of each, have the same text."""
    if _squeeze(old[pairs[0]]) == _squeeze(new[sentences[0]]):
        return 1, 1
    left, right = _bare(old[pairs[0]]), _bare(new[sentences[0]])
    count = length = 1
    while left != right and count + length < _MOST_JOINED:
        if right.startswith(left) and count < len(pairs):
            left += _bare(old[pairs[count]])
            count += 1
        elif left.startswith(right) and length < len(sentences):
            right += _bare(new[sentences[length]])
            length += 1
        else:
            return None
    return (count, length) if left == right else None


def _squeeze(text: str) -> str:
    """Return a text without white space; one that is exactly one link without its target."""
    return _bare(_words(text))


def _bare(text: str) -> str:
    return text.replace(" ", "")


def _words(text: str) -> str:
    """Return the label of a text that is exactly one link, else the text."""
    return split_link(text)[0] or text
