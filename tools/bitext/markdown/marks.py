"""Marks for translators in comments, ``<!-- bitext: skip -->`` or ``% bitext: skip``.

skip
    the next element is not offered for translation
off, on
    nothing between the two is; without an ``on``, nothing to the end of the directive or article
note TEXT
    translators of the next element read TEXT
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from markdown_it.utils import EnvType

SKIP = "bitext_skip"
"""The key of a directive token's `meta` whose content a mark excludes."""

ENV_OFF = "bitext_off"
"""The key of an environment that is true while an excluded directive is parsed."""

_MARK = re.compile(
    r"(?:<!--)?\s*bitext:\s*(?P<word>\S+)(?:\s+(?P<text>.*?))?\s*(?:-->)?", re.DOTALL
)


def find_offered(tokens: Sequence[Token], env: EnvType) -> Iterator[tuple[Token, str]]:
    """Yield the tokens that no mark excludes, each with the note on it; mark directives skipped."""
    if not env.get(ENV_OFF) and not any("bitext:" in token.content for token in tokens):
        yield from ((token, "") for token in tokens)
        return
    marks = _Marks(is_off=bool(env.get(ENV_OFF)))
    for token in tokens:
        words = _find_marks(token)
        if words:
            for word, text in words:
                marks.read(word, text)
        elif marks.excludes(token):
            token.meta[SKIP] = True
        else:
            yield token, marks.note
            marks.leave(token)


def _find_marks(token: Token) -> list[tuple[str, str]]:
    """Return the marks (word, text) that a comment holds."""
    if token.type not in ("html_block", "myst_line_comment") or "bitext:" not in token.content:
        return []
    lines = [token.content] if token.type == "html_block" else token.content.split("\n")
    matches = (_MARK.fullmatch(line.strip()) for line in lines)
    return [(match["word"], match["text"] or "") for match in matches if match]


class _Marks:
    """The marks in force while one level of an article is read."""

    def __init__(self, *, is_off: bool) -> None:
        self.is_off = is_off
        self.note = ""
        self._skips = False
        self._skip_level: int | None = None
        self._note_level: int | None = None

    def read(self, word: str, text: str) -> None:
        """Take a mark; an unknown word is a comment."""
        if word == "skip":
            self._skips = True
        elif word in ("off", "on"):
            self.is_off = word == "off"
        elif word == "note":
            self.note = " ".join(filter(None, (self.note, " ".join(text.split()))))
            self._note_level = None

    def excludes(self, token: Token) -> bool:
        """Tell whether `token` is excluded, and end a skip with its element."""
        if self._skip_level is not None:
            if token.nesting == -1 and token.level == self._skip_level:
                self._skip_level = None
            return True
        if self._skips:
            self._skips = False
            self.note = ""
            self._skip_level = token.level if token.nesting == 1 else None
            return True
        return self.is_off

    def leave(self, token: Token) -> None:
        """End a note with the element that it stands before."""
        if not self.note:
            return
        if self._note_level is None:
            self._note_level = token.level
        if token.level == self._note_level and token.nesting < 1:
            self.note = ""
            self._note_level = None
