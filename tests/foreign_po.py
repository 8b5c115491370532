"""Whether all translations of another project's PO files are in ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib

from bitext.po import parse

TAGS = {"zh_CN": "zh-CN"}
"""What we call a language whose folder has another name."""

_LINK = re.compile(r"\A!?\[(.*)\]\([^()\s]*\)\Z", re.DOTALL)


def find_lost(root: Path, theirs: Path) -> Iterator[tuple[str, bool]]:
    """Yield each translation in a folder of theirs, with whether no catalog of ours holds it.

    `root` is our project; the folder is called as their language is.
    """
    holds = Held(root, TAGS.get(theirs.name, theirs.name)).has
    for path in sorted(theirs.rglob("*.po")):
        for entry in polib.pofile(str(path)):
            if entry.msgstr:
                text = _LINK.sub(r"\1", entry.msgstr)  # of a block that is a link its words
                yield entry.msgstr, not (holds(entry.msgstr) or holds(text))


class Held:
    """What the catalogs of a language hold: translations, and those kept in comments."""

    def __init__(self, root: Path, tag: str) -> None:
        self._texts = {_bare(text) for text in _held(root, tag)}

    def has(self, text: str) -> bool:
        """Tell whether a text is there, whole or cut into sentences; white space does not count."""
        return _is_tiled(_bare(text), self._texts)


def _held(root: Path, tag: str) -> Iterator[str]:
    for path in sorted((root / "locale" / tag / "LC_MESSAGES").rglob("*.po")):
        for entry in parse(path.read_text(encoding="utf-8")).entries:
            yield entry.msgstr
            yield from (comment.rpartition(": ")[2] for comment in entry.comments)


def _bare(text: str) -> str:
    return "".join(text.replace("\\\n", "").split())


def _is_tiled(text: str, pieces: set[str]) -> bool:
    """Tell whether a text is made of whole pieces."""
    ends = {0}
    own = [piece for piece in pieces if piece and piece in text]
    for start in range(len(text)):
        if start in ends:
            ends |= {start + len(piece) for piece in own if text.startswith(piece, start)}
    return len(text) in ends
