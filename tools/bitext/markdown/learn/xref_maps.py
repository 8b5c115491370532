"""Maps of UIDs, as DocFX writes them beside a site: where what has a UID is, and its names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from bitext.characters import make_readable
from bitext.errors import ArticleError
from bitext.markdown.yaml_text import load_yaml


class Reference(NamedTuple):
    """Something that has a UID, on another site."""

    address: str
    """On the web, or from the root of the docset's site."""

    names: Mapping[str, str]
    """How it may be shown: by ``name``, ``nameWithType``, ``fullName``, in lower case."""

    def shown_as(self, wanted: str) -> str:
        """Return the name of a kind; another one if there is none, or nothing.

        >>> Reference("", {"name": "Uri"}).shown_as("fullName")
        'Uri'
        """
        return self.names.get(wanted.lower()) or self.names.get("name", "")


def parse_xref_map(text: str) -> dict[str, Reference]:
    """Return what a map in YAML or JSON says, by UID in lower case.

    Entries without an address are left out. Raises `ArticleError` if the text is neither.
    """
    root = _table(_parse(text))
    base = _text(root.get("baseUrl"))
    found: dict[str, Reference] = {}
    listed = root.get("references")
    for entry in map(_table, listed if isinstance(listed, list) else ()):
        uid, address = _text(entry.get("uid")).lower(), _join(base, _text(entry.get("href")))
        if uid and address:
            found.setdefault(uid, Reference(address, dict(_names(entry))))
    return found


def _parse(text: str) -> object:
    """Return what JSON or YAML says."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return load_yaml(text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ArticleError(f"it is not JSON: {error}; mend the line", line=line) from error


def _names(entry: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key in ("name", "nameWithType", "fullName"):
        if _text(entry.get(key)):
            yield key.lower(), _text(entry[key])


def _join(base: str, href: str) -> str:
    """Return an address on the web, or one from the root of the docset's site; empty if none."""
    try:
        address = urljoin(f"{base.rstrip('/')}/", href) if base and href else href
        is_web = urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return ""
    return address if is_web or (address.startswith("/") and not base) else ""


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return make_readable(value.strip(), "").text if isinstance(value, str) else ""
