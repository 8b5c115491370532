"""What a docset's own files of settings say: ``docfx.json``, and the list of redirections."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from posixpath import normpath
from typing import NamedTuple

from bitext.errors import ArticleError


class Docfx(NamedTuple):
    """What concerns us of ``docfx.json``."""

    exclude: tuple[str, ...] = ()
    """Patterns of files that are no pages."""

    metadata: Mapping[str, str] = {}
    """What the front matter of every page says unless it says something else."""

    def exclude_but(self, includes: Sequence[str]) -> tuple[str, ...]:
        """Return the patterns that do not name folders of files that are included."""
        folders = {part for own in includes for part in own.split("/") if "*" not in part}
        return tuple(own for own in self.exclude if not folders & set(own.split("/")))


class Redirection(NamedTuple):
    """A page that moved."""

    source: str
    """Its former path below the docset's folder."""

    target: str
    """Where it is now, as a link of the docset."""


def parse_docfx(text: str) -> Docfx:
    """Return what ``docfx.json`` says; raises `ArticleError` if it is not JSON."""
    build = _table(_parse(text).get("build"))
    exclude = [
        pattern
        for part in _list(build.get("content"))
        for pattern in _list(_table(part).get("exclude"))
        if isinstance(pattern, str)
    ]
    values = _table(build.get("globalMetadata"))
    metadata = {key: value for key, value in values.items() if isinstance(value, str)}
    return Docfx(tuple(dict.fromkeys(exclude)), metadata)


def parse_redirections(text: str, folder: str) -> Iterator[Redirection]:
    """Yield the redirections of pages below `folder`, the docset's in its repository.

    Raises `ArticleError` if the file is not JSON.
    """
    for item in _list(_parse(text).get("redirections")):
        values = _table(item)
        source = values.get("source_path_from_root") or values.get("source_path")
        target = values.get("redirect_url")
        if not isinstance(source, str) or not isinstance(target, str) or not target.strip():
            continue
        path = normpath(source.replace("\\", "/").lstrip("/"))
        inner = path.removeprefix(f"{folder}/") if folder else path
        is_below = not folder or path != inner
        if is_below and inner.lower().endswith((".md", ".yml")) and not inner.startswith("../"):
            yield Redirection(inner, target.strip())


def redirect_page(address: str) -> str:
    """Return a page in HTML that leads to `address`."""
    from html import escape

    shown = escape(address)
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="0; url={shown}">'
        f'<link rel="canonical" href="{shown}"><meta name="robots" content="noindex"></head>'
        f'<body><p><a href="{shown}">{shown}</a></p></body></html>\n'
    )


def _parse(text: str) -> Mapping[str, object]:
    try:
        return _table(json.loads(text))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise ArticleError(f"it is not JSON: {error}; mend the line", line=line) from error


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
