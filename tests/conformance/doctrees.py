"""The sentences that a build sees, beside those of the POT files."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from docutils import nodes

from bitext.cli import main as bitext
from bitext.po import Entry, parse
from bitext.sphinx_ext.nodes import segment

from .messages import run_sphinx

_NO_NODE = re.compile(r"front matter|alt text|caption: toctree|title: toctree")
"""Kinds of sentences that have no node: they stand in attributes and metadata."""

_NOT_PLAIN = re.compile(
    r"""
    [{<&$^|] | ~~ | `[^`]*\]\( | \]\((?:inv|wiki): | \]\[ | !\[ | \[\]      # markup
    | https?: | www\. | ---? | \.\.\. | \([cr]\) | \(tm\) | \+-         # replaced text
    """,
    re.VERBOSE,
)
"""What makes a sentence's text on the page another than its letters in the POT."""


def compare(root: Path) -> Iterator[str]:
    """Build a project's doctrees; yield each difference from its POT files."""
    if bitext(["-C", str(root), "gettext", "--quiet"]) != 0:
        yield f"{root.name}: gettext failed"
    run_sphinx(root, "dummy", "-d", str(root / "doctrees"))
    for path in sorted((root / "locale/pot").rglob("*.pot")):
        article = path.relative_to(root / "locale/pot").with_suffix("").as_posix()
        doctree = root / "doctrees" / f"{article}.doctree"
        if doctree.is_file():
            entries = parse(path.read_text(encoding="utf-8")).entries
            yield from _compare(article, entries, pickle.loads(doctree.read_bytes()))


def count(root: Path) -> tuple[int, int]:
    """Return how many sentences the POT files of a project hold, and how many POT files."""
    paths = list((root / "locale/pot").rglob("*.pot"))
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return sum(len(parse(text).entries) for text in texts), len(paths)


def _compare(article: str, entries: tuple[Entry, ...], doctree: nodes.document) -> Iterator[str]:
    """Yield the differences of one article: IDs that are missing or new, and other texts."""
    wanted = {e.msgctxt or "": e.msgid for e in entries if not _NO_NODE.match(e.extracted[0])}
    known = {entry.msgctxt or "": entry.msgid for entry in entries}
    prefix = next(iter(known), "").partition("-")[0]
    found = _texts(doctree, prefix)
    for identifier in wanted.keys() - found.keys():
        yield f"{article}: {identifier} {wanted[identifier]!r} is in the POT only"
    for identifier in found.keys() - wanted.keys():
        if identifier not in known:
            yield f"{article}: {identifier} {found[identifier]!r} is in the build only"
    for identifier in wanted.keys() & found.keys():
        if not is_same(wanted[identifier], found[identifier]):
            english, shown = wanted[identifier], found[identifier]
            yield f"{article}: {identifier} is {english!r}, on the page {shown!r}"


def _texts(doctree: nodes.document, prefix: str) -> Mapping[str, str]:
    """Return the texts of the sentences of one article, by ID."""
    found = [node for node in doctree.findall(segment) if node["segment_id"].startswith(prefix)]
    return {node["segment_id"]: node.astext() for node in found}


def is_same(english: str, shown: str) -> bool:
    """Tell whether a page shows the letters of a sentence; True where markup makes that unclear."""
    if _NOT_PLAIN.search(english):
        return True
    return _letters(re.sub(r"\]\([^)]*\)", "]", english)) == _letters(shown)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
