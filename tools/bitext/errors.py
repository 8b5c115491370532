"""Errors that stop one operation, each with its place and the way out.

::

    BitextError
    ├── UsageError      a command's words, or a folder that is not a bitext project
    ├── SettingsError   a value in pyproject.toml that is not accepted
    ├── ArticleError    an English article that cannot be read
    └── CatalogError    a PO or POT file that cannot be read

Functions on text know the line, not the file: they raise without a path, and the edge
that read the file adds it with `BitextError.located`.
"""

from __future__ import annotations

import re
from typing import Self

_CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return `text` as one line of a terminal: U+FFFD for each character that is none to see."""
    return _CONTROL.sub("\ufffd", text.replace("\n", " "))


class BitextError(Exception):
    """One operation cannot go on. Printed as ``path:line:column: error: message``."""

    def __init__(self, message: str, *, path: str = "", line: int = 0, column: int = 0) -> None:
        """Keep `message` and its place; `line` and `column` count from 1, 0 means unknown."""
        super().__init__(message, path, line, column)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def located(self, path: str) -> Self:
        """Return this error in the file `path`."""
        return type(self)(self.message, path=path, line=self.line, column=self.column)

    @property
    def place(self) -> str:
        """The place as ``path:line:column``, as far as it is known."""
        parts = [self.path, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts) if self.path else ""

    def __str__(self) -> str:
        place = f"{self.place}: " if self.path else ""
        return one_line(f"{place}error: {self.message}")

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message, self.path, self.line, self.column))


def _rebuild(
    kind: type[BitextError], message: str, path: str, line: int, column: int
) -> BitextError:
    """Rebuild an error that another process raised."""
    return kind(message, path=path, line=line, column=column)


class UsageError(BitextError):
    """A command's words are wrong, or this folder is not a bitext project."""


class SettingsError(BitextError):
    """A value in ``[tool.bitext]`` is not accepted."""


class ArticleError(BitextError):
    """An English article cannot be read."""


class CatalogError(BitextError):
    """A PO or POT file cannot be read."""
