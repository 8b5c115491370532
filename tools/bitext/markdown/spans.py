"""Where the sentences of an article's blocks stand in its text.

The parser gives a block its line and its text without the markers of what it is in. Here each
line of that text is found again in the article: at the end of its line, or in its table cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bitext.markdown.cutting import Cutting, PieceKind
from bitext.markdown.reader import ReadBlock
from bitext.model import BlockKind

_MOST_LINES = 3
"""Lines below the one that the parser names at which a block's text may begin."""


class Span(NamedTuple):
    """A half-open range of code-point offsets into one text."""

    start: int
    end: int


class Located(NamedTuple):
    """A block in its article's text."""

    whole: Span
    """The block's text, from its first character to its last."""

    segments: tuple[Span, ...]
    """Its sentences, in order; none overlaps another."""


def find_spans(text: str, blocks: Sequence[ReadBlock]) -> Iterator[Located | None]:
    """Yield where each block of an article is; None for one that is not found as it is written.

    Values of the front matter and attributes are not; `text` has line feeds only.
    """
    search = _Search(text)
    for read in blocks:
        yield search.find(read) if read.cutting else None


class _Search:
    """Finds blocks in their order; of one line, each behind the one before."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts: list[int] = []
        position = 0
        for line in self._lines:
            self._starts.append(position)
            position += len(line) + 1
        self._last = (-1, 0)

    def find(self, read: ReadBlock) -> Located | None:
        """Return where a block is."""
        assert read.cutting
        wanted = read.cutting.text.split("\n")
        is_cell = read.block.kind is BlockKind.CELL
        first = read.block.line - 1
        for number in range(first, min(first + _MOST_LINES, len(self._lines))):
            offsets = self._find_lines(wanted, number, is_cell=is_cell)
            if offsets is not None:
                self._last = (number + len(wanted) - 1, offsets[-1] - self._starts[number] + 1)
                last = number + len(wanted) - 1
                self._last = (last, offsets[-1] - self._starts[last])
                return _locate(read.cutting, offsets)
        return None

    def _find_lines(self, wanted: Sequence[str], number: int, *, is_cell: bool) -> list[int] | None:
        """Return the offset in the article of each character, its end too; None if not there."""
        if number + len(wanted) > len(self._lines):
            return None
        offsets: list[int] = []
        for place, own in enumerate(wanted):
            line = self._lines[number + place]
            after = self._last[1] if self._last[0] == number + place else 0
            found = _find_in_line(own, line, after, is_cell=is_cell)
            if found is None:
                return None
            start = self._starts[number + place]
            offsets += [start + column for column in found]
        return offsets


def _find_in_line(own: str, line: str, after: int, *, is_cell: bool) -> list[int] | None:
    """Return the column of each character of `own` in `line`, and that of its end."""
    bare = own.strip(" \t")
    lead = own.find(bare) if bare else 0
    written = bare.replace("|", "\\|") if is_cell else bare
    column = _find_column(written, line, after, is_cell=is_cell)
    if column < 0 and is_cell:
        written = bare
        column = _find_column(written, line, after, is_cell=is_cell)
    if column < 0:
        return None
    columns: list[int] = []
    position = column
    for character in bare:
        position += written != bare and character == "|"
        columns.append(position)
        position += 1
    columns.append(position)
    tail = len(own) - lead - len(bare)
    return [column] * lead + columns + [position] * tail


def _find_column(written: str, line: str, after: int, *, is_cell: bool) -> int:
    """Return where a block's line begins in the article's line; -1 if it does not."""
    if not is_cell:
        end = len(line.rstrip(" \t"))
        if line.endswith(written, 0, end) and end - len(written) >= after:
            return end - len(written)
        return line.find(written, after)
    column = line.find(written, after)
    while column >= 0:
        before = line[after:column].rstrip(" \t")
        behind = line[column + len(written) :].lstrip(" \t")
        if before.endswith(("|", "")) and behind.startswith(("|", "")) and _is_cell(before, behind):
            return column
        column = line.find(written, column + 1)
    return -1


def _is_cell(before: str, behind: str) -> bool:
    """Tell whether a text between these is all of a table cell."""
    begins = not before or (before.endswith("|") and not before.endswith("\\|"))
    return (begins or not before.strip("> \t")) and (not behind or behind.startswith("|"))


def _locate(cutting: Cutting, offsets: Sequence[int]) -> Located:
    """Return the sentences of a block whose characters are at `offsets` in the article."""
    spans: list[Span] = []
    position = 0
    for piece in cutting.pieces:
        end = position + len(piece.text)
        if piece.kind is PieceKind.SEGMENT:
            lead = len(piece.text) - len(piece.text.lstrip())
            tail = len(piece.text) - len(piece.text.rstrip())
            spans.append(Span(offsets[position + lead], offsets[end - tail - 1] + 1))
        position = end
    return Located(Span(offsets[0], offsets[-1]), tuple(spans))
