"""The front matter of an article: its translatable values, and what it tells the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

_FENCE = "---"


class FrontMatter(NamedTuple):
    """A parsed front matter; empty where an article has none, or a broken one."""

    values: Mapping[str, Any]
    lines: Sequence[str]
    """Its YAML, line by line; the first is the article's second."""

    error: str = ""
    """What YAML says against it; its article is read as if it had none."""


class Value(NamedTuple):
    """A translatable value."""

    key: str
    text: str
    line: int
    """Of its key in the article, from 1."""


def read_front_matter(text: str) -> FrontMatter:
    """Return the front matter at the start of an article."""
    if not text.startswith(_FENCE):
        return FrontMatter({}, ())
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.startswith((_FENCE, "..."))), 0)
    if not end:
        return FrontMatter({}, ())
    return parse_front_matter("\n".join(lines[1:end]))


def parse_front_matter(text: str) -> FrontMatter:
    """Return the front matter that the YAML in `text` spells."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        values = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, in C where there is one
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return FrontMatter({}, (), " ".join(str(error).split()))
    if not isinstance(values, dict):
        return FrontMatter({}, (), "it is not a table of keys and values" if text.strip() else "")
    return FrontMatter(values, text.split("\n"))


def find_values(matter: FrontMatter, keys: Sequence[str]) -> Iterator[Value]:
    """Yield the texts under `keys`, in the order of `keys`; a list yields each of its items."""
    for key in keys:
        value = matter.values.get(key)
        items = value if isinstance(value, list) else [value]
        for item in items:
            if isinstance(item, str) and any(map(str.isalpha, item)):
                yield Value(key, " ".join(item.split()), _line_of(matter, key))


_SHOWN_META = re.compile(
    r"(?:property=)?(?:description|keywords|(?:og|twitter):(?:title|description|image:alt))\b"
)
"""The metadata that search engines and other sites show to people."""


def find_meta(matter: FrontMatter, meta: Mapping[str, object]) -> Iterator[Value]:
    """Yield the texts of ``html_meta`` that people see."""
    for key, value in meta.items():
        if isinstance(value, str) and _SHOWN_META.match(key) and any(map(str.isalpha, value)):
            yield Value(f"html_meta {key}", value, _line_of(matter, key, is_nested=True))


def find_substitutions(matter: FrontMatter, values: Mapping[str, object]) -> Iterator[Value]:
    """Yield the Markdown of substitutions."""
    for key, value in values.items():
        if isinstance(value, str) and any(map(str.isalpha, value)):
            line = _line_of(matter, key, is_nested=True)
            is_block = matter.lines[line - 2].rstrip().endswith(("|", "|-", ">", ">-"))
            yield Value(f"substitution {key}", value.rstrip("\n"), line + is_block)


def _line_of(matter: FrontMatter, key: str, *, is_nested: bool = False) -> int:
    """Return the line of `key` in the article, from 1."""
    for number, line in enumerate(matter.lines, 2):
        start = line.lstrip() if is_nested else line
        if start.startswith((f"{key}:", f'"{key}":', f"'{key}':")):
            return number
    return 1


def replace_text(value: object, strings: Mapping[str, str]) -> object:
    """Return a value of the front matter with its texts translated by `strings`.

    >>> replace_text(["Install", 3], {"Install": "Namestitev"})
    ['Namestitev', 3]
    """
    if isinstance(value, list):
        return [replace_text(item, strings) for item in value]
    if isinstance(value, str):
        return strings.get(" ".join(value.split()), value)
    return value
