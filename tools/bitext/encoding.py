"""Bytes of articles and catalogs as text, and the file named in what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bitext.errors import ArticleError, BitextError, CatalogError


def decode_article(content: bytes, path: str) -> str:
    r"""Return an article's text: UTF-8, a byte order mark dropped, line ends as ``\n``.

    Raises `ArticleError` with the line of the first wrong byte.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8; save the article as UTF-8"
        raise ArticleError(message, path=path, line=line) from error
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def decode_catalog(content: bytes, path: str) -> str:
    """Return the text of a PO or POT file, line ends as they are.

    Raises `CatalogError` with the line and column of the first wrong byte.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        before = content[content.rfind(b"\n", 0, error.start) + 1 : error.start]
        column = len(before.decode("utf-8")) + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8; convert with 'msgconv -t UTF-8'"
        raise CatalogError(message, path=path, line=line, column=column) from error


@contextmanager
def located(path: str) -> Iterator[None]:
    """Name the file in errors that functions on its text raise."""
    try:
        yield
    except BitextError as error:
        if error.path:
            raise
        raise error.located(path) from error
