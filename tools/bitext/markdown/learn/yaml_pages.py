"""Pages in YAML as Markdown: a table of contents, a landing page, questions and answers.

Each text stands on its own line of the file, or below where the lines above it took that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import basename

from bitext.errors import ArticleError
from bitext.markdown.yaml_text import compose_yaml

_TITLES = frozenset({"title", "name", "question", "label", "heading"})
_TEXTS = frozenset({"summary", "text", "description", "content", "answer", "subtitle", "note"})
_TARGETS = ("url", "href", "tocHref", "topicHref")
"""Keys of what pages show, and of where it leads."""

_MAX_DEPTH = 40
_MOST_LINES = 100_000
_LAST_LEVEL = 6
"""Of headings: what is deeper is on this level too."""

_MARKUP = re.compile(
    r"""
    [`*\[\]] | \\(?=[!-/:-@\[-`{-~]) | <(?=[a-z/!?]) | (?<!\w)_ | _(?!\w) | ~(?=~)
    | \$(?=.*\$) | &(?=\#?\w+;) | (?<![\w.])@(?=\w) | :(?=::)
    """,
    re.VERBOSE | re.IGNORECASE,
)


_END = re.compile(r"#+$")
"""What is no text at the end of a heading."""


_NO_PAGES = (b"YamlMime:XRefMap", b"YamlMime:ZonePivotGroups")
"""How files begin that say what they are, and are no pages."""


def is_contents(path: str) -> bool:
    """Tell whether a file is a table of contents: ``TOC.yml``, ``toc.md``."""
    return basename(path).lower() in ("toc.yml", "toc.md")


def is_pivots(path: str) -> bool:
    """Tell whether a file names the pivots of zones: it is translated, and has no page."""
    return basename(path).lower() == "zone-pivot-groups.yml"


def find_outermost(paths: Iterable[str]) -> str:
    """Return the outermost table of contents among files; empty if there is none."""
    found = sorted(filter(is_contents, paths), key=lambda path: (path.count("/"), path))
    return found[0] if found else ""


def is_yaml_page(path: str, head: bytes) -> bool:
    """Tell whether a file of YAML is a page; `head` are its first bytes."""
    if not path.lower().endswith(".yml"):
        return False
    if is_contents(path) or is_pivots(path):
        return True
    kind = head.lstrip(b"\xef\xbb\xbf# ")
    return kind.startswith(b"YamlMime:") and not kind.startswith(_NO_PAGES)


def yaml_to_markdown(path: str, text: str) -> str:
    """Return the page in YAML at `path` as Markdown.

    Raises `ArticleError` if it is not YAML, or more than a page.
    """
    try:
        root = compose_yaml(text)
    except ArticleError as error:
        raise ArticleError(f"{error.message}; mend the line", line=error.line) from error
    page = _Page()
    if root is not None and is_pivots(path):
        page.add_pivots(root)
    elif root is not None:
        page.add_metadata(root)
        (page.add_contents if is_contents(path) else page.add_part)(root, 1, 0)
    return page.text


class _Page:
    """The Markdown of a page, as it grows."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """What was added."""
        return "".join(f"{line}\n" for line in self._lines)

    def _add(self, line: int, markdown: str) -> None:
        """Add a block at `line`, from 0, or below what is there."""
        added = markdown.strip("\n").split("\n")
        if len(self._lines) + len(added) > _MOST_LINES:
            raise ArticleError("it has too many lines for a page; take it apart", line=line + 1)
        is_inside = self._lines and self._lines[-1].strip()
        padding = max(line - len(self._lines), 1 if is_inside else 0)
        self._lines += [""] * min(padding, _MOST_LINES) + added

    def add_metadata(self, node: object) -> None:
        """Add the front matter that the page's metadata are."""
        pairs = dict(_pairs(dict(_pairs(node)).get("metadata")))
        values = {key: _scalar(value) for key, value in pairs.items() if _scalar(value)}
        if values:
            lines = (f"{json.dumps(key)}: {json.dumps(value)}" for key, value in values.items())
            self._add(0, "\n".join(["---", *lines, "---"]))

    def add_contents(self, node: object, level: int, depth: int) -> None:
        """Add the entries of a table of contents as headings."""
        self._require_depth(node, depth)
        for item in _items(node):
            pairs = dict(_pairs(item))
            name = _scalar(pairs.get("name")) or _scalar(pairs.get("displayName"))
            uid = _scalar(pairs.get("topicUid")) or _scalar(pairs.get("uid"))
            href = next(filter(None, (_scalar(pairs.get(key)) for key in reversed(_TARGETS))), "")
            href = href or (f"xref:{uid}" if uid else "")
            if name or uid:
                heading = "#" * min(level, _LAST_LEVEL)
                self._add(_line(item), f"{heading} {_link(name or uid, href)}")
            for key in ("items", "children"):
                if key in pairs:
                    self.add_contents(pairs[key], level + bool(name or uid), depth + 1)

    def add_pivots(self, node: object) -> None:
        """Add groups of pivots, and these below, as headings that link to their IDs."""
        for group in _items(dict(_pairs(node)).get("groups")):
            pairs = dict(_pairs(group))
            self._add_named(pairs, ("prompt", "title", "id"), "#")
            for pivot in _items(pairs.get("pivots")):
                self._add_named(dict(_pairs(pivot)), ("title", "id"), "##")

    def _add_named(self, pairs: Mapping[str, object], keys: Sequence[str], mark: str) -> None:
        """Add the heading of what has an ID, in the words of the first key that it has."""
        name = _scalar(pairs.get("id"))
        key = next((key for key in keys if _scalar(pairs.get(key))), "")
        if name:
            self._add(_line(pairs[key]), f"{mark} {_link(_scalar(pairs[key]), f'#{name}')}")

    def add_part(self, node: object, level: int, depth: int) -> None:
        """Add what a page of another kind shows."""
        self._require_depth(node, depth)
        pairs = dict(_pairs(node))
        if not pairs:
            for item in _items(node):
                self.add_part(item, level, depth + 1)
            return
        title = next((key for key in (*sorted(_TITLES), "text") if _scalar(pairs.get(key))), "")
        href = next(filter(None, (_scalar(pairs.get(key)) for key in _TARGETS)), "")
        if title and href:
            self._add(_line(pairs[title]), f"- {_link(_scalar(pairs[title]), href)}")
        elif title in _TITLES:
            heading = "#" * min(level, _LAST_LEVEL)
            self._add(_line(pairs[title]), f"{heading} {escape(_scalar(pairs[title]))}")
        is_named = bool(title in _TITLES and not href)
        for key, value in pairs.items():
            if key == "metadata" or (key == title and (href or is_named)):
                continue
            if _scalar(value) and key in _TEXTS | _TITLES:
                self._add(_line(value), _scalar(value))
            elif not _scalar(value):
                self.add_part(value, level + is_named, depth + 1)

    def _require_depth(self, node: object, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ArticleError("its lists are nested too deep", line=_line(node) + 1)


def escape(text: str) -> str:
    r"""Return a text that is no Markdown as Markdown.

    >>> escape("nuget.exe *CLI* [old]")
    'nuget.exe \\*CLI\\* \\[old\\]'
    """
    return _END.sub(r"\\\g<0>", _escape_inside(text))


def _escape_inside(text: str) -> str:
    """Return a text as Markdown that more follows on its line."""
    return _MARKUP.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))


def _link(text: str, href: str) -> str:
    if not href:
        return escape(text)
    target = " ".join(href.split()).replace("<", "%3C").replace(">", "%3E")
    return f"[{_escape_inside(text)}](<{target}>)"


def _items(node: object) -> Iterator[object]:
    """Yield the items of a list, of the list in a table, or a table alone."""
    from yaml import MappingNode, SequenceNode

    if isinstance(node, SequenceNode):
        yield from node.value
    elif isinstance(node, MappingNode):
        pairs = dict(_pairs(node))
        yield from _items(pairs["items"]) if "items" in pairs and "name" not in pairs else [node]


def _pairs(node: object) -> Iterator[tuple[str, object]]:
    from yaml import MappingNode, ScalarNode

    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                yield str(key.value), value


def _scalar(node: object) -> str:
    from yaml import ScalarNode

    return str(node.value).strip() if isinstance(node, ScalarNode) else ""


def _line(node: object) -> int:
    from yaml import Node

    return int(node.start_mark.line) if isinstance(node, Node) else 0
