"""Edited sentences: how like two are, and which are most likely one another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Indel

EDITED = 0.6
"""Similarity (normalised insert-delete distance) from which an edited sentence is the same one."""

_SURE = 0.75
"""Similarity from which nobody doubts it."""

_TELLING = 20
"""Characters from which a sentence is recognised in another place though it was edited."""

_TARGET = re.compile(r"\]\([^()\s]*+\)")

_MAX_GAP = 40_000
"""Pairs of sentences compared in one gap; a larger gap is a rewritten article."""

_MAX_COMPARED = 4_000
"""Characters compared of a sentence."""

_MAX_GAP_WORK = 10**10
"""Pairs of characters compared in one gap."""


def likeness(old: str, new: str) -> float:
    """Return how like two sentences are, from `EDITED` to 1; 0 if they are not the same one.

    Where the whole text leaves a doubt, link targets do not count: a long one would make two
    sentences alike that share nothing else, and a new one make them differ. Of very long ones
    only the beginnings are compared, for time grows with the product.
    """
    if old == new:
        return 1.0
    old, new = old[:_MAX_COMPARED], new[:_MAX_COMPARED]
    score = Indel.normalized_similarity(old, new, score_cutoff=EDITED)
    if score >= _SURE or not ("](" in old or "](" in new):
        return score
    return Indel.normalized_similarity(
        _TARGET.sub("]", old), _TARGET.sub("]", new), score_cutoff=EDITED
    )


def match_edited(
    old: Sequence[str], new: Sequence[str], old_gap: Sequence[int], new_gap: Sequence[int]
) -> list[tuple[int, int]]:
    """Return the pairs of one gap that are edits of one another, in order, of highest total.

    None of a gap so large that its article was rewritten.
    """
    if not _can_compare(old, new, old_gap, new_gap):
        return []
    rows, columns = len(old_gap), len(new_gap)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    scores: dict[tuple[int, int], float] = {}
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            score = likeness(old[old_gap[row]], new[new_gap[column]])
            scores[row, column] = score
            skipped = max(best[row + 1][column], best[row][column + 1])
            joined = score + best[row + 1][column + 1] if score else 0.0
            best[row][column] = max(skipped, joined)
    return _trace(best, scores, old_gap, new_gap)


def _trace(
    best: Sequence[Sequence[float]],
    scores: dict[tuple[int, int], float],
    old_gap: Sequence[int],
    new_gap: Sequence[int],
) -> list[tuple[int, int]]:
    """Return the pairs on the best path through the table of one gap."""
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < len(old_gap) and column < len(new_gap):
        score = scores[row, column]
        if score and best[row][column] == score + best[row + 1][column + 1]:
            pairs.append((old_gap[row], new_gap[column]))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def match_edited_and_moved(
    old: Sequence[str], new: Sequence[str], matched: list[int | None]
) -> None:
    """Match sentences that nobody doubts, wherever they moved; short ones are too much alike."""
    used = {index for index in matched if index is not None}
    gone = [i for i, text in enumerate(old) if i not in used and len(text) >= _TELLING]
    come = [i for i, text in enumerate(new) if matched[i] is None and len(text) >= _TELLING]
    if not _can_compare(old, new, gone, come):
        return
    pairs = ((likeness(old[i], new[j]), i, j) for i in gone for j in come)
    for _, old_index, new_index in sorted(
        (pair for pair in pairs if pair[0] >= _SURE), key=lambda pair: (-pair[0], pair[1:])
    ):
        if old_index not in used and matched[new_index] is None:
            used.add(old_index)
            matched[new_index] = old_index


def _can_compare(
    old: Sequence[str], new: Sequence[str], gone: Sequence[int], come: Sequence[int]
) -> bool:
    """Tell whether it takes bearable time to compare these sentences pair by pair."""
    if len(gone) * len(come) > _MAX_GAP:
        return False
    return _size(old, gone) * _size(new, come) <= _MAX_GAP_WORK


def _size(texts: Sequence[str], indices: Sequence[int]) -> int:
    """Return how many characters of these sentences are compared."""
    return sum(min(len(texts[index]), _MAX_COMPARED) for index in indices)
