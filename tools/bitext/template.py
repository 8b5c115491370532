"""A ledger as text: the POT file of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bitext.errors import CatalogError
from bitext.ledger import FIRST_NUMBER, PREFIX_FIELD, SEGMENTER_FIELD, Ledger, LedgerEntry
from bitext.model import NUMBER_DIGITS, Block, SegmentId
from bitext.places import is_continued, is_heading, make_comments, split_section
from bitext.po import Catalog, Entry, make_entry, set_field
from bitext.segments import Article
from bitext.settings import Settings

_NUMBER = re.compile(rf"[0-9]{{1,{NUMBER_DIGITS}}}")
_PREFIX = re.compile(r"[0-9a-f]{5}")
_NEXT = "X-Bitext-Next"


def ledger_of(template: Catalog) -> Ledger:
    """Return the ledger that a POT holds.

    A number that stands on two sentences (two branches issued it, and git merged them) stays
    with the first; the other waits for a new one. Raises `CatalogError` for a POT that is none
    of ours.
    """
    prefix = template.field(PREFIX_FIELD)
    if prefix is None:
        raise CatalogError(
            f"its header has no {PREFIX_FIELD}; delete the file to issue new IDs", line=1
        )
    if not _PREFIX.fullmatch(prefix):
        message = f"{PREFIX_FIELD} {prefix!r} is not five hex digits; restore the line from git"
        raise CatalogError(message, line=1)
    following = template.field(_NEXT) or ""
    entries: list[LedgerEntry] = []
    seen: set[int] = set()
    for entry in template.entries:
        number = _number(entry, prefix)
        entries.append(LedgerEntry(None if number in seen else number, entry.msgid))
        seen.add(number)
    first = int(following) if _NUMBER.fullmatch(following) else FIRST_NUMBER
    return Ledger(prefix, first, template.field(SEGMENTER_FIELD) or "", tuple(entries))


def _number(entry: Entry, prefix: str) -> int:
    identifier = SegmentId.parse(entry.msgctxt or "")
    if identifier is None or identifier.prefix != prefix or identifier.is_paragraph:
        message = f"msgctxt {entry.msgctxt!r} is not a segment ID of this article ({prefix}-101)"
        raise CatalogError(f"{message}; restore the line", line=entry.line)
    return identifier.number


def make_template(
    ledger: Ledger, article: Article, old: Catalog | None, settings: Settings
) -> Catalog:
    """Return the POT of an article; entries of `old` that did not change keep their bytes."""
    path = f"{settings.source}/{article.path}"
    before = {entry.msgctxt: entry for entry in old.entries} if old else {}
    headings = _headings(article, ledger) if old else {}
    former = _former_headings(old) if old else {}
    entries: list[Entry] = []
    for number, block, text, follows in _located(article, ledger):
        entry = make_entry(
            text,
            msgctxt=str(SegmentId(ledger.prefix, number)),
            extracted=make_comments(block, is_continued=follows),
            references=(path,),
        )
        known = before.get(entry.msgctxt)
        is_same = known and _is_same(known, entry, former=former, headings=headings)
        entries.append(known if known and is_same else entry)
    header = _header(ledger, article, old, settings)
    return Catalog(header, tuple(entries), "", old.newline if old else "\n")


def _located(article: Article, ledger: Ledger) -> Iterator[tuple[int, Block, str, bool]]:
    """Yield each sentence's number, block and text, and whether it continues its block."""
    numbers = iter(ledger.entries)
    for read in article.blocks:
        block = read.block
        for text, follows in zip(block.segments, block.follows, strict=True):
            yield next(numbers).number or 0, block, text, follows


def _headings(article: Article, ledger: Ledger) -> dict[str, str]:
    """Return the ID of each heading's first sentence, by the heading's text."""
    found: dict[str, str] = {}
    for number, block, _, _ in _located(article, ledger):
        if block.kind == "heading":
            found.setdefault(" ".join(block.segments), str(SegmentId(ledger.prefix, number)))
    return found


def _former_headings(old: Catalog) -> dict[str | None, str]:
    """Return the text of each heading in a POT, by the ID of its first sentence."""
    found: dict[str | None, str] = {}
    first: str | None = None
    for entry in old.entries:
        if not is_heading(entry):
            first = None
        elif first is not None and is_continued(entry):
            found[first] += f" {entry.msgid}"
        else:
            first = entry.msgctxt
            found[first] = entry.msgid
    return found


def _is_same(
    known: Entry, entry: Entry, *, former: Mapping[str | None, str], headings: Mapping[str, str]
) -> bool:
    """Tell whether an entry may stay as it is in the file.

    A section's new title is no reason to touch its sentences: the comment keeps the title it
    was written with until the sentence stands under another heading. `former` has the headings
    in the file by ID, `headings` the IDs of those that there are.
    """
    if (known.msgid, known.references) != (entry.msgid, entry.references):
        return False
    if known.extracted == entry.extracted:
        return True
    if not known.extracted or known.extracted[1:] != entry.extracted[1:]:
        return False
    kind, section = split_section(known.extracted[0])
    new_kind, new_section = split_section(entry.extracted[0])
    if kind != new_kind or not section or not new_section or section in headings:
        return False
    heading = headings.get(new_section)
    return heading in former and (section not in former.values() or former[heading] == section)


def _header(ledger: Ledger, article: Article, old: Catalog | None, settings: Settings) -> Entry:
    """Return the POT's header entry; that of `old` if nothing in it changes."""
    former = "" if settings.is_named or old is None else old.field("Project-Id-Version")
    fields: Sequence[tuple[str, str]] = (
        ("Project-Id-Version", former or settings.project),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Bitext-Source", article.path),
        (PREFIX_FIELD, ledger.prefix),
        (_NEXT, str(ledger.next)),
        (SEGMENTER_FIELD, ledger.segmenter),
    )
    if old is None:
        comment = f"Sentences of {settings.source}/{article.path} and their IDs: not to be edited."
        lines = "".join(f"{name}: {value}\n" for name, value in fields)
        return Entry(msgid="", msgstr=lines, comments=(comment,))
    header = old.header
    for name, value in fields:
        header = set_field(header, name, value)
    return header
