"""What stands between the quotes: escape sequences, read and written as gettext does."""

from __future__ import annotations

import re

_CHARACTERS = {
    r"\a": "\a",
    r"\b": "\b",
    r"\t": "\t",
    r"\n": "\n",
    r"\v": "\v",
    r"\f": "\f",
    r"\r": "\r",
    r"\"": '"',
    r"\\": "\\",
}
_ESCAPES = {character: escape for escape, character in _CHARACTERS.items()}

SIMPLE_ESCAPE = r'\\[abtnvfr"\\]'
"""Pattern of an escape that gettext writes."""

ESCAPE = rf"(?:{SIMPLE_ESCAPE}|\\[0-7]{{1,3}}|\\x[0-9A-Fa-f]+)"
"""Pattern of any escape that gettext reads."""

_RUN = re.compile(rf"{SIMPLE_ESCAPE}|(?:\\[0-7]{{1,3}}|\\x[0-9A-Fa-f]+)+")
_NUMBER = re.compile(r"\\(?:x([0-9A-Fa-f]+)|([0-7]+))")
_SPECIAL = re.compile(r'[\0\a\b\t\n\v\f\r"\\]')


def unescape(body: str) -> str:
    r"""Return the text that `body`, all of whose escapes match `ESCAPE`, stands for.

    Octal and hex escapes are the bytes of UTF-8 text. Raises `ValueError` if they are not, or
    if one is NUL.

    >>> unescape(r"\"\303\244\"\n")
    '"ä"\n'
    """
    if r"\\" not in body:  # almost always; each backslash then begins an escape of its own
        text = body.replace(r"\"", '"').replace(r"\n", "\n")
        if "\\" not in text:
            return text
    return _RUN.sub(_read_run, body)


def escape(text: str) -> str:
    r"""Return `text` as it stands between quotes; control characters without a letter stay.

    Raises `ValueError` if it holds a NUL, which no catalog can.

    >>> escape('a "b"\n')
    'a \\"b\\"\\n'
    """
    return _SPECIAL.sub(_write_character, text) if _SPECIAL.search(text) else text


def _read_run(match: re.Match[str]) -> str:
    """Return the character of a simple escape, or those of a run of byte escapes."""
    run = match[0]
    simple = _CHARACTERS.get(run)
    if simple is not None:
        return simple
    numbers = [int(hexa, 16) if hexa else int(octal, 8) for hexa, octal in _NUMBER.findall(run)]
    if 0 in numbers:
        raise ValueError("a NUL escape")
    return bytes(numbers).decode("utf-8")


def _write_character(match: re.Match[str]) -> str:
    if match[0] == "\0":
        raise ValueError("a catalog cannot hold a NUL character")
    return _ESCAPES[match[0]]
