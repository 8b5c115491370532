"""A front matter as lines: taken apart and put together again without losing a character.

Published files spell values in one way: plain where YAML allows, in single quotes where a plain
one would be read as something else, in double quotes with escapes where it begins with a quotation
mark or with white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bitext.markdown.front_matter import Scalar, compose_front_matter

FIELDS = (
    "ms.openlocfilehash",
    "ms.sourcegitcommit",
    "ms.translationtype",
    "ms.contentlocale",
    "ms.lasthandoff",
    "ms.locfileid",
)
"""What a published translation adds to the front matter, in this order."""

_KEY = re.compile(r"(?P<key>[^\s#:'\"\[{&*!|>%@`,-][^:#]*?|'[^']*'|\"[^\"]*\")[ \t]*:(?:[ \t]+|$)")
_FENCE = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Item:
    """One key of a front matter with all its lines, comments and blank lines after it too."""

    key: str
    """Empty for lines before the first key."""

    text: str
    """Its lines, line ends included."""

    @property
    def spelled(self) -> str:
        """The value as written, without the white space around it."""
        match = _KEY.match(self.text)
        return self.text[match.end() :].strip() if match else ""


@dataclass(frozen=True, slots=True)
class Matter:
    """An article's front matter, and where its body begins."""

    items: tuple[Item, ...]
    opening: str
    """The line that opens it, line end included; empty if there is no front matter."""

    closing: str
    """The line that closes it, line end included."""

    @property
    def text(self) -> str:
        """The whole front matter."""
        return self.opening + "".join([item.text for item in self.items]) + self.closing

    @property
    def newline(self) -> str:
        """How its lines end."""
        return "\r\n" if self.opening.endswith("\r\n") else "\n"

    def value(self, key: str) -> str | None:
        """Return the value of a key as it is written; None if there is no such key."""
        return next((item.spelled for item in self.items if item.key == key), None)

    def without(self, keys: Sequence[str]) -> Matter:
        """Return the front matter without these keys."""
        return replace(self, items=tuple(item for item in self.items if item.key not in keys))

    def with_texts(self, texts: Mapping[str, str]) -> Matter:
        """Return the front matter with other lines for some keys."""
        items = (replace(item, text=texts.get(item.key, item.text)) for item in self.items)
        return replace(self, items=tuple(items))

    def with_fields(self, fields: Sequence[tuple[str, str]]) -> Matter:
        """Return the front matter with these keys and spelled values at its end."""
        known = self.without([key for key, _ in fields])
        end = known.newline
        added = tuple(Item(key, f"{key}: {value}{end}") for key, value in fields)
        opening, closing = self.opening or f"---{end}", self.closing or f"---{end}"
        return Matter((*known.items, *added), opening, closing)


def split_matter(text: str) -> tuple[Matter, str]:
    r"""Return an article's front matter and its body; joined they are the article.

    >>> matter, body = split_matter("---\ntitle: One\n---\n# One\n")
    >>> matter.value("title"), body
    ('One', '# One\n')
    """
    opening = _FENCE.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return Matter((), "", ""), text
    end = closing.end() + 1
    inner = text[opening.end() : closing.start()]
    matter = Matter(tuple(_split_items(inner)), opening[0], text[closing.start() : end])
    return matter, text[end:]


def restore_line_ends(text: str, written: str) -> str:
    """Return a text with the line ends of `written`, of its front matter and of its body apart."""
    if "\r" not in written:
        return text
    matter, body = split_matter(text)
    own_matter, own_body = split_matter(written)
    head = _with_line_ends(matter.text, own_matter.text)
    return head + _with_line_ends(body, own_body)


def _with_line_ends(text: str, written: str) -> str:
    return text.replace("\n", "\r\n") if "\r\n" in written else text


def _split_items(text: str) -> Iterator[Item]:
    """Yield the keys of a front matter with their lines."""
    key, lines = "", ""
    for line in text.split("\n"):
        match = _KEY.match(line.removesuffix("\r"))
        if match:
            if lines:
                yield Item(key, lines)
            key, lines = match["key"].strip("'\""), ""
        lines += f"{line}\n"
    lines = lines.removesuffix("\n")
    if lines:
        yield Item(key, lines)


_PLAIN_NEVER = re.compile(
    r"""
      ^$ | ^\s | \s$                     # nothing, or white space at an end
    | ^[,\[\]{}\#&*!|>@`%'"]             # an indicator
    | ^[-?:](?:\s|$)
    | :(?:\s|$) | \s\#                   # a key, a comment
    """,
    re.VERBOSE,
)
_OTHER_TYPE = re.compile(
    r"""
      [-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)? | [-+]?\.[0-9]+
    | 0x[0-9a-fA-F]+ | [-+]?\.inf | \.nan
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?
    | ~ | null | Null | NULL | true | True | TRUE | false | False | FALSE
    | yes | Yes | YES | no | No | NO | on | On | ON | off | Off | OFF
    """,
    re.VERBOSE,
)
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff]")


def spell_text(value: str) -> str:
    r"""Return a text as the format spells it in YAML.

    >>> spell_text("Word: an error"), spell_text('"One" and two'), spell_text("One")
    ("'Word: an error'", '"\\"One\\" and two"', 'One')
    """
    if "\n" in value and not value[:1].isspace():
        return ">-\n  " + re.sub(r"(\n+)", r"\1\n  ", value)
    if value.startswith(('"', "'")) or value[:1].isspace() or _CONTROL.search(value):
        return _double_quoted(value)
    if _OTHER_TYPE.fullmatch(value):
        return _double_quoted(value)
    if _PLAIN_NEVER.search(value):
        if value[:1] == "{":
            return _double_quoted(value) if "'" in value else _single_quoted(value)
        return _single_quoted(value)
    return value


def respell(matter: Matter) -> Matter:
    """Return a front matter as the format spells it; a nested value stays as it is written."""
    text = "".join(item.text for item in matter.items).replace("\r\n", "\n")
    values = dict(compose_front_matter(text))
    items = tuple(
        replace(item, text=_spell_item(item, values[item.key]))
        for item in matter.items
        if item.key in values
    )
    return Matter(items, "---\n", "---\n") if items else matter


def _spell_item(item: Item, value: Scalar | list[Scalar] | None) -> str:
    if value is None:
        return item.text
    if isinstance(value, Scalar):
        return f"{item.key}: {_spell_scalar(value, item.text)}\n"
    if not value:
        return f"{item.key}: []\n"
    return f"{item.key}:\n" + "".join(f"- {_spell_scalar(own)}\n" for own in value)


def _spell_scalar(value: Scalar, written: str = "") -> str:
    if value.kind == "null":
        return "''"
    if value.kind == "float":
        return _spell_number(value.text)
    if value.kind != "str":
        return value.text
    text = value.text.strip("\n") if "\n" in value.text else value.text
    return spell_text(text)


def _spell_number(text: str) -> str:
    """Return a number with a fraction as the pipeline wrote it: 17 digits, no zeros."""
    try:
        return f"{float(text.replace('_', '')):.17g}"
    except ValueError:
        return text


def _single_quoted(value: str) -> str:
    return "'{}'".format(value.replace("'", "''"))


def _double_quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    escaped = escaped.replace("\r", "\\r").replace("\t", "\\t")
    escaped = _ASTRAL.sub(lambda found: f"\\U{ord(found[0]):08X}", escaped)
    return '"{}"'.format(_CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped))
