"""The front matter of an article: its translatable values, and what it tells the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bitext.errors import ArticleError
from bitext.markdown.yaml_text import compose_yaml, load_yaml

_FENCE = "---"
_UNPRINTABLE = re.compile("[\0\ud800-\udfff]")


class FrontMatter(NamedTuple):
    """A parsed front matter; empty where an article has none, or a broken one."""

    values: Mapping[str, Any]
    lines: Sequence[str]
    """Its YAML, line by line; the first is the article's second."""

    error: str = ""
    """What is wrong with it; its article is read as if it had none."""

    error_line: int = 0
    """The line in the article, from 1, at which it stops being YAML; 0 if it is YAML."""


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
    return parse_front_matter("\n".join(lines[1:end]).replace("\0", "\ufffd"))  # as Markdown does


_PLAIN = r"(?: [\w\ !\"$-9;-~] | (?<!\ )\# | :(?=[\w/]) )"
"""What means itself inside a plain scalar of YAML: no comment begins there, and no value."""

_NO_TEXT = "(?i: y|n|yes|no|on|off|true|false|null )"
"""Words that are values of another type."""

_EVIDENT = re.compile(
    rf"""
    (?! {_NO_TEXT} : ) (?P<key> [A-Za-z][A-Za-z0-9_.-]* ) :
    (?: [ ]+
      (?: (?! {_NO_TEXT} [ ]* \Z )
          (?P<plain> [A-Za-z_] (?: {_PLAIN}* (?![ ]){_PLAIN} )?
            | \d\d?/\d\d?/\d{{4}} (?: [ ]\d\d?:\d\d:\d\d[ ][AP]M )? )
        | (?P<quote> ["'] ) (?P<quoted> (?: (?!["'\\]) (?: {_PLAIN} | [:\#] ) )* ) (?P=quote)
        | (?P<style> [>|] )- )
    )?
    [ ]*
    """,
    re.VERBOSE,
)


_ROW = re.compile(r"  (?! )[\w -~]*(?<! )")
"""A line of a block scalar that is folded, or kept, as it stands."""


def parse_evident(text: str) -> Mapping[str, str | None] | None:
    """Return the values of front matter that says ``key: text`` in every line, else None.

    The text may be a block scalar (``>-``, ``|-``) of evenly indented lines. YAML says the same
    of it, in many times as long: `tests/test_front_matter.py` compares them.
    """
    values: dict[str, str | None] = {}
    lines = text.split("\n")
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if not line:
            continue
        match = _EVIDENT.fullmatch(line)
        if match is None:
            return None
        value = match["plain"] or match["quoted"]
        if match["style"]:
            start = place
            while place < len(lines) and _ROW.fullmatch(lines[place]):
                place += 1
            if start == place:
                return None
            joint = " " if match["style"] == ">" else "\n"
            value = joint.join(row[2:] for row in lines[start:place])
        values[match["key"]] = value
    return values or None


def parse_front_matter(text: str) -> FrontMatter:
    """Return the front matter that the YAML in `text` spells."""
    evident = parse_evident(text)
    if evident is not None:
        return FrontMatter(evident, text.split("\n"))
    try:
        values = load_yaml(text)
    except ArticleError as error:
        return FrontMatter({}, (), error.message, error.line + 1)
    if not isinstance(values, dict):
        return FrontMatter({}, (), "it is not a table of keys and values" if text.strip() else "")
    return FrontMatter(values, text.split("\n"))


class Scalar(NamedTuple):
    """A value of a front matter as YAML has it."""

    text: str
    kind: str
    """``str``, ``int``, ``float``, ``bool``, ``null``, ``timestamp``; a quoted one is ``str``."""


def compose_front_matter(text: str) -> list[tuple[str, Scalar | list[Scalar] | None]]:
    """Return keys and values in the order of the YAML `text`; None for a nested value.

    Nothing is returned for YAML that cannot be read.
    """
    import yaml

    try:
        node = compose_yaml(text)
    except ArticleError:
        return []
    if not isinstance(node, yaml.MappingNode):
        return []
    pairs = ((key.value, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))
    return [(key, _scalars(value)) for key, value in pairs]


def _scalars(node: Any) -> Scalar | list[Scalar] | None:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, node.tag.rpartition(":")[2])
    if not isinstance(node, yaml.SequenceNode):
        return None
    found = [_scalars(item) for item in node.value]
    scalars = [item for item in found if isinstance(item, Scalar)]
    return scalars if len(scalars) == len(found) else None


def find_values(matter: FrontMatter, keys: Sequence[str]) -> Iterator[Value]:
    """Yield the texts under `keys`, in the order of `keys`; a list yields each of its items."""
    for key in keys:
        value = matter.values.get(key)
        items = value if isinstance(value, list) else [value]
        for item in items:
            if isinstance(item, str) and any(map(str.isalpha, item)):
                yield Value(key, " ".join(_printable(item).split()), line_of_key(matter, key))


def _printable(text: str) -> str:
    """Return a text with U+FFFD for what only an escape of YAML can spell, as Markdown has it."""
    return _UNPRINTABLE.sub("\ufffd", text)


def find_kept(matter: FrontMatter) -> list[str]:
    """Return the words of ``no-loc``: they stay as they are in every language."""
    value = matter.values.get("no-loc")
    items = value if isinstance(value, list) else [value]
    return list(
        dict.fromkeys(item.strip() for item in items if isinstance(item, str) and item.strip())
    )


_SHOWN_META = re.compile(
    r"(?:property=)?(?:description|keywords|(?:og|twitter):(?:title|description|image:alt))\b"
)
"""The metadata that search engines and other sites show to people."""


def find_meta(matter: FrontMatter, meta: Mapping[str, object]) -> Iterator[Value]:
    """Yield the texts of ``html_meta`` that people see."""
    for key, value in meta.items():
        if isinstance(value, str) and _SHOWN_META.match(key) and any(map(str.isalpha, value)):
            yield Value(f"html_meta {key}", value, line_of_key(matter, key, is_nested=True))


def find_substitutions(matter: FrontMatter, values: Mapping[str, object]) -> Iterator[Value]:
    """Yield the Markdown of substitutions."""
    for key, value in values.items():
        if isinstance(value, str) and any(map(str.isalpha, value)):
            line = line_of_key(matter, key, is_nested=True)
            is_block = matter.lines[line - 2].rstrip().endswith(("|", "|-", ">", ">-"))
            yield Value(f"substitution {key}", value.rstrip("\n"), line + is_block)


def line_of_key(matter: FrontMatter, key: str, *, is_nested: bool = False) -> int:
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
        text = _printable(value)
        return strings.get(" ".join(text.split()), text)
    return value
