"""What a docset's own files of settings say: ``docfx.json``, and the list of redirections."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import normpath
from typing import NamedTuple

from bitext.errors import ArticleError
from bitext.patterns import compile_patterns


class Content(NamedTuple):
    """One set of files that are pages."""

    files: re.Pattern[str] | None
    """None stands for all."""

    exclude: re.Pattern[str] | None
    folder: str = ""
    """Where both begin, with a slash at its end; empty for the docset's own folder."""

    def covers(self, path: str) -> bool:
        """Tell whether a file below the docset's folder, in lower case, is in the set."""
        if not path.startswith(self.folder):
            return False
        inner = path.removeprefix(self.folder)
        is_left_out = self.exclude is not None and self.exclude.fullmatch(inner)
        return not is_left_out and (self.files is None or bool(self.files.fullmatch(inner)))


class KeptWords(NamedTuple):
    """Words that stay as they are in every language."""

    files: re.Pattern[str] | None
    """The articles that have them; None stands for all."""

    words: tuple[str, ...]


class Docfx(NamedTuple):
    """What concerns us of ``docfx.json``; as there, the case of paths and names says nothing."""

    content: tuple[Content, ...] = ()
    base_path: str = ""
    """What the docset's own addresses begin with."""

    metadata: Mapping[str, str] = {}
    """What the front matter of every page says unless it says something else, by name."""

    file_metadata: Sequence[tuple[str, re.Pattern[str], str]] = ()
    """A name, the files for which it holds, and its value; of two that hold, the later one."""

    no_loc: Sequence[KeptWords] = ()
    """Of two that have a file, the later one holds."""

    xref: tuple[str, ...] = ()
    """Maps of UIDs of other docsets: files below the docset's folder, and addresses."""

    def is_page(self, path: str) -> bool:
        """Tell whether a file below the docset's folder is one that is published."""
        return not self.content or any(own.covers(path.lower()) for own in self.content)

    def find_metadata(self, path: str) -> Mapping[str, str]:
        """Return what the front matter of one article says unless it says something else."""
        own = {n: v for n, files, v in self.file_metadata if files.fullmatch(path.lower())}
        return {**self.metadata, **own}

    def find_kept(self, path: str) -> tuple[str, ...]:
        """Return the words that stay as they are in an article without ``no-loc`` of its own."""
        fitting = (
            own.words
            for own in reversed(self.no_loc)
            if own.files is None or own.files.fullmatch(path.lower())
        )
        return next(fitting, ())


class Redirection(NamedTuple):
    """A page that moved."""

    source: str
    """Its former path below the docset's folder."""

    target: str
    """Where it is now, as a link of the docset."""


def parse_docfx(text: str) -> Docfx:
    """Return what ``docfx.json`` says.

    Raises `ArticleError` if it is not JSON, `ValueError` for a pattern that is none.
    """
    values = _parse(text)
    build = _table(values.get("build"))
    content = [_read_content(item) for item in _list(build.get("content"))]
    base_path = build.get("basePath", values.get("basePath"))
    return Docfx(
        tuple(filter(None, content)),
        base_path.rstrip("/") if isinstance(base_path, str) else "",
        _read_metadata(build.get("globalMetadata")),
        tuple(_read_file_metadata(build.get("fileMetadata"))),
        tuple(_read_no_loc(build)),
        tuple(_texts(build.get("xref"))),
    )


def _read_content(item: object) -> Content | None:
    """Return one set of files; None if they are outside of the docset's folder."""
    values = _table(item) or {"files": item}
    source = values.get("src") or values.get("cwd") or ""
    folder = normpath(source.replace("\\", "/")).lower() if isinstance(source, str) else "."
    if folder.startswith(("../", "/")) or folder == "..":
        return None
    files, exclude = (_compile(values.get(name)) for name in ("files", "exclude"))
    return Content(files, exclude, "" if folder == "." else f"{folder}/")


def _read_metadata(values: object) -> Mapping[str, str]:
    """Return the values that are texts, by name in lower case."""
    return {key.lower(): value for key, value in _table(values).items() if isinstance(value, str)}


def _read_file_metadata(values: object) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Yield each name with the files for which it has a value, and that."""
    for key, choices in _table(values).items():
        for pattern, value in _table(choices).items():
            files = _compile([pattern])
            if files is not None and isinstance(value, str):
                yield key.lower(), files, value


def _read_no_loc(build: Mapping[str, object]) -> Iterator[KeptWords]:
    """Yield the words that stay as they are: those for all files, and those for some."""
    for key, value in _table(build.get("globalMetadata")).items():
        if key.lower() == "no-loc":
            yield KeptWords(None, _texts(value))
    for key, choices in _table(build.get("fileMetadata")).items():
        for pattern, value in _table(choices).items():
            files = _compile([pattern])
            if key.lower() == "no-loc" and files is not None:
                yield KeptWords(files, _texts(value))


def _texts(value: object) -> tuple[str, ...]:
    """Return the texts of a list, or one alone, without white space around them."""
    listed = [value] if isinstance(value, str) else _list(value)
    return tuple(text.strip() for text in listed if isinstance(text, str) and text.strip())


_BRACES = re.compile(r"\{([^{}]*)\}")
_MOST_CHOICES = 64
"""Patterns that the braces of one may stand for."""


def _compile(patterns: object) -> re.Pattern[str] | None:
    """Return one pattern for those of a list, or for one alone; None if there is none.

    Raises `ValueError` for one that is none.
    """
    listed = [patterns] if isinstance(patterns, str) else _list(patterns)
    texts = [text.replace("\\", "/").lower() for text in listed if isinstance(text, str)]
    choices = tuple(part for text in texts for part in _spread(text))
    return compile_patterns(choices, is_exact=True)


def _spread(pattern: str) -> list[str]:
    """Return the patterns that ``*.{md,yml}`` stands for.

    Raises `ValueError` if they are too many.
    """
    whole, pending = [], [pattern.removeprefix("./")]
    while pending:
        text = pending.pop()
        match = _BRACES.search(text)
        if match is None:
            whole.append(text)
            continue
        choices = match[1].split(",")
        pending += [text[: match.start()] + own + text[match.end() :] for own in choices]
        if len(whole) + len(pending) > _MOST_CHOICES:
            raise ValueError(f"the pattern {pattern!r} stands for too many")
    return whole


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


def redirect_page(address: str, root: str) -> str:
    """Return a page in HTML that leads to `address`; `root` are the attributes of its root."""
    from html import escape

    shown = escape(address)
    return (
        f'<!DOCTYPE html>\n<html {root}><head><meta charset="utf-8"><title>{shown}</title>'
        f'<meta http-equiv="refresh" content="0; url={shown}">'
        f'<link rel="canonical" href="{shown}"><meta name="robots" content="noindex"></head>'
        f'<body><p><a href="{shown}">{shown}</a></p></body></html>\n'
    )


_COMMENTS = re.compile(
    r"""
    (?P<text> "(?:[^"\\\n]|\\.)*" )
    | //[^\n]* | /\*.*?(?:\*/|\Z)      # what DocFX reads over
    | ,(?=\s*[\]}])
    """,
    re.VERBOSE | re.DOTALL,
)


def _parse(text: str) -> Mapping[str, object]:
    """Return a table of JSON; comments and last commas in it, as DocFX has them, are no error."""
    try:
        return _table(json.loads(_COMMENTS.sub(_without_comment, text)))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise ArticleError(f"it is not JSON: {error}; mend the line", line=line) from error


def _without_comment(match: re.Match[str]) -> str:
    """Return a text as it is, and of a comment its lines."""
    return match["text"] or "\n" * match[0].count("\n")


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
