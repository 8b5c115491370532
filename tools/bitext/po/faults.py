"""Why a line cannot be read, and the way out."""

from __future__ import annotations

import re

from bitext.errors import CatalogError
from bitext.po.escapes import ESCAPE

BLANK = r"[ \t\r\f\v]*+"
"""Pattern of what gettext skips within a line."""

_HEAD = re.compile(rf"{BLANK}(?:\#~\||\#~|\#\||){BLANK}(\w*){BLANK}(\[[^\]]*\])?{BLANK}")
_STRING = re.compile(rf'"[^"\\\n]*+(?:{ESCAPE}[^"\\\n]*+)*+')
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |\Z)")
_KEYWORDS = frozenset({"msgctxt", "msgid", "msgid_plural", "msgstr"})


def fault(message: str, line: int, column: int = 1) -> CatalogError:
    """Return the error to raise at `line` and `column`, both from 1."""
    return CatalogError(message, line=line, column=column)


def find_fault(text: str, start: int, *, number: int) -> CatalogError:
    """Return what is wrong with the line of `text` at `start`, which has `number`.

    The line is one that the grammar does not match.
    """
    end = text.find("\n", start)
    row = text[start:end].removesuffix("\r") if end >= 0 else text[start:]
    if _CONFLICT.match(row):
        message = "unresolved merge conflict; keep one side and delete the marker lines"
        return fault(message, number)
    head = _HEAD.match(row)
    assert head is not None, "each of its parts may be empty"
    if message := _find_word_fault(head[1], has_index=head[2] is not None):
        return fault(message, number, head.start(1) + 1)
    quoted = _STRING.match(row, head.end())
    if quoted is None:
        return fault(_explain_missing_string(head[1]), number, head.end() + 1)
    message = _explain_string(row[quoted.end() :], is_last=end < 0)
    return fault(message, number, quoted.end() + 1)


def _find_word_fault(word: str, *, has_index: bool) -> str:
    """Return what is wrong with the word before the string; empty if nothing is."""
    if word == "domain":
        return "a domain line; keep the entries of each domain in a file of their own"
    if word and word not in _KEYWORDS:
        return (
            f"{word[:20]!r} is not a keyword; a line is a comment, a string in quotes, or msgctxt, "
            "msgid, msgid_plural or msgstr with a string"
        )
    if has_index and word != "msgstr":
        return "only msgstr takes a number in brackets; remove it"
    return ""


def _explain_missing_string(word: str) -> str:
    if word:
        return f'no string in quotes after {word} and before the end of the line; write {word} ""'
    return "neither a comment nor a string; put it in quotes, or # and a space before it"


def _explain_string(rest: str, *, is_last: bool) -> str:
    """Return why a string cannot end before `rest` of its line, the file's last or not."""
    if is_last and rest in {"", "\\"}:
        return "the file ends inside a string; restore the missing end, or close the string"
    if not rest:
        return 'the line ends inside a string; end it with "'
    if rest[0] == "\\":
        return f"{rest[:2]} is not an escape; write \\\\ for a backslash"
    return 'text after the closing quote; write \\" for a quote inside, and one string a line'
