"""What a catalog keeps of the published file that it was imported from, for the way back.

The header keeps the prefix of the published IDs and the fields of the front matter, and comments
in it keep the translations whose English is not known. An entry whose published form is not what
the article alone would give has a comment: ``# published: 105``. A retired entry with such a
comment is a *part*: a pair that the article's own sentences do not match one to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bitext.bilingual.body import Waiting
from bitext.bilingual.matter import FIELDS
from bitext.model import SegmentId
from bitext.po import Catalog, Entry, set_field

PREFIX_FIELD = "X-Bitext-Published"
ANCHORS_FIELD = "X-Bitext-Anchors"
_FIELD = "X-Bitext-"
_NO_ANCHORS = "none"
_WAITING = "waits for its English: "
_NOTE = re.compile(
    r"published: (?P<paragraph>p?)(?P<number>[0-9]{1,9})(?: anchor=(?P<anchor>[a-z0-9_-]*))?"
)
_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"))
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Note:
    """How one entry was published."""

    number: int
    is_paragraph: bool = False
    anchor: str | None = None
    """Of its heading, where it is not the slug of its English."""

    def __str__(self) -> str:
        anchor = "" if self.anchor is None else f" anchor={self.anchor}"
        return f"published: {'p' if self.is_paragraph else ''}{self.number}{anchor}"


@dataclass(frozen=True, slots=True)
class Published:
    """How one article was published in one language."""

    prefix: str = ""
    """Of its IDs; empty if it was never published."""

    fields: tuple[tuple[str, str], ...] = ()
    """Of its front matter, as they are spelled."""

    has_anchors: bool = True
    waiting: tuple[Waiting, ...] = ()

    def field(self, name: str) -> str:
        """Return a field of its front matter without quotes; empty if it has none."""
        return next((value.strip("'\"") for key, value in self.fields if key == name), "")


def read_published(catalog: Catalog) -> Published:
    """Return what a catalog says of its published file."""
    fields = ((key, catalog.field(f"{_FIELD}{key}")) for key in FIELDS)
    return Published(
        prefix=catalog.field(PREFIX_FIELD) or "",
        fields=tuple((key, value) for key, value in fields if value is not None),
        has_anchors=catalog.field(ANCHORS_FIELD) != _NO_ANCHORS,
        waiting=tuple(_read_waiting(catalog.header.comments)),
    )


def _read_waiting(comments: Sequence[str]) -> Iterator[Waiting]:
    for comment in comments:
        if comment.startswith(_WAITING):
            name, _, text = comment.removeprefix(_WAITING).partition(": ")
            yield Waiting(name, _ESCAPED.sub(_unescape, text.removesuffix("|")))


def _unescape(match: re.Match[str]) -> str:
    return {"n": "\n", "r": "\r"}.get(match[1], match[1])


def write_published(header: Entry, published: Published) -> Entry:
    """Return a catalog's header that says it; what it said of another file goes."""
    if published.prefix:
        header = set_field(header, PREFIX_FIELD, published.prefix)
    if not published.has_anchors:
        header = set_field(header, ANCHORS_FIELD, _NO_ANCHORS)
    for key, value in published.fields:
        header = set_field(header, f"{_FIELD}{key}", value)
    kept = [comment for comment in header.comments if not comment.startswith(_WAITING)]
    waits = (f"{_WAITING}{own.name}: {_escape(own.text)}|" for own in published.waiting)
    comments = (*kept, *waits)
    return header if comments == header.comments else replace(header, comments=comments, raw=None)


def _escape(text: str) -> str:
    for plain, escaped in _ESCAPES:
        text = text.replace(plain, escaped)
    return text


def find_note(entry: Entry) -> Note | None:
    """Return how an entry was published; None if that goes without saying."""
    for comment in entry.comments:
        match = _NOTE.fullmatch(comment.strip())
        if match:
            return Note(int(match["number"]), bool(match["paragraph"]), match["anchor"])
    return None


def with_note(entry: Entry, note: Note | None) -> Entry:
    """Return an entry that says how it was published, and no longer what it said before."""
    kept = [comment for comment in entry.comments if not _NOTE.fullmatch(comment.strip())]
    comments = (*kept, *([str(note)] if note else ()))
    return entry if comments == entry.comments else replace(entry, comments=comments, raw=None)


def number_of(entry: Entry) -> int:
    """Return the number that an entry was published under: its own if it does not say."""
    note = find_note(entry)
    if note is not None:
        return note.number
    own = SegmentId.parse(entry.msgctxt or "")
    return own.number if own else 0
