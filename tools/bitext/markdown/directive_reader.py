"""A directive → its blocks: title, options and body, in the order in which Sphinx parses them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from bitext.markdown.directive_bodies import BodyError, Part, find_parts
from bitext.markdown.directives import Directive, DirectiveText, split_directive
from bitext.markdown.unread import find_unread_part, included_article
from bitext.model import BlockKind


class Blocks(Protocol):
    """Where the blocks of a directive go; lines are those of the article."""

    def read(self, text: str, *, first_line: int, kind: BlockKind) -> None:
        """Add the blocks of Markdown."""

    def read_inline(self, text: str, kind: BlockKind, label: str, line: int) -> None:
        """Add a text that is parsed as inline Markdown alone."""

    def add_string(self, text: str, kind: BlockKind, *, label: str, line: int) -> None:
        """Add a text that is not Markdown."""

    def report(self, line: int, message: str, *, included: str = "") -> None:
        """Note a text that is not extracted."""

    def in_object(self, is_object: bool) -> AbstractContextManager[None]:
        """Read as the description of an object, if it is one."""

    def sort_from(self, place: int) -> None:
        """Bring the blocks from the one at `place` into the order of their lines."""

    def __len__(self) -> int: ...


def read_directive(
    blocks: Blocks, directive: Directive, name: str, argument: str, content: str, line: int
) -> None:
    """Add the text of a directive to `blocks`."""
    text = split_directive(argument, content, begins_on_first_line=directive.argument == "body")
    if directive.argument == "version":
        text = text._replace(argument=text.argument.partition(" ")[2].strip())
    message = find_unread_part(name, directive, text)
    if message:
        blocks.report(line, message, included=included_article(directive, text))
    if directive.is_titled_last:
        first = len(blocks)
        _read_body(blocks, directive, name, text, line)
        _read_options(blocks, directive, name, text, line)
        _read_title(blocks, directive, name, text, line)
        blocks.sort_from(first)
    else:
        _read_title(blocks, directive, name, text, line)
        _read_options(blocks, directive, name, text, line)
        _read_body(blocks, directive, name, text, line)


def _read_title(
    blocks: Blocks, directive: Directive, name: str, text: DirectiveText, line: int
) -> None:
    if directive.argument in ("text", "version") and text.argument:
        blocks.read_inline(text.argument, BlockKind.TITLE, name, line)


def _read_options(
    blocks: Blocks, directive: Directive, name: str, text: DirectiveText, line: int
) -> None:
    for option, how in directive.options.items():
        value = text.options.get(option, "")
        if how == "csv":
            _read_parts(blocks, "csv", name, text._replace(body=value), line)
        else:
            read_option(blocks, value, how, f"{name} {option}", line)


def read_option(blocks: Blocks, value: str, how: str, label: str, line: int) -> None:
    """Add the value of an option, or of an attribute: `text` is Markdown, `string` is not."""
    if not any(map(str.isalpha, value)):
        return
    kinds = {"alt": BlockKind.ALT, "attribution": BlockKind.QUOTE}
    kind = kinds.get(label.rpartition(" ")[2].rpartition("-")[2], BlockKind.CAPTION)
    if how == "text":
        blocks.read_inline(value, kind, label, line)
    else:
        blocks.add_string(value, kind, label=label, line=line)


def _read_body(
    blocks: Blocks, directive: Directive, name: str, text: DirectiveText, line: int
) -> None:
    with blocks.in_object(directive.body == "object"):
        _read_parts(blocks, directive.body, name, text, line + text.body_offset)


def _read_parts(blocks: Blocks, body: str, name: str, text: DirectiveText, line: int) -> None:
    try:
        for part in list(find_parts(body, text.body, text.options)):
            _read_part(blocks, part, name, line + part.line)
    except BodyError as error:
        blocks.report(line, f"the body of {name!r} cannot be read: {error}")


def _read_part(blocks: Blocks, part: Part, name: str, line: int) -> None:
    if part.how == "markdown":
        blocks.read(part.text, first_line=line, kind=part.kind)
    elif part.how == "inline":
        blocks.read_inline(part.text, part.kind, name, line)
    elif any(map(str.isalpha, part.text)):
        blocks.add_string(part.text, part.kind, label=name, line=line)
